"""What was typed into the form of a question, kept on the card that asks about it."""

from collections.abc import Iterable, Sequence

from bot.chat.answering import Shown
from bot.chat.cards import heading
from bot.chat.kept import Keeping
from bot.chat.parts import Item, parted
from cogs.questions.typed import LABELS, Typed

KEPT = Keeping(LABELS, room=2000, preview=1000)
kept_on = KEPT.kept_on


def kept_card(
    title: str,
    note: str,
    typed: Typed,
    rows: Iterable[Sequence[Item]],
    more: Sequence[Item] = (),
) -> Shown:
    """Say what stands in the way, with what was typed, and the ways on."""
    items, files = KEPT.keep(typed)
    return Shown(parted(heading(title, note), [*more, *items], rows), files)
