"""What was typed, kept on the card that asks about it, so that no restart and no refusal loses it.

Discord sends a card along when one of its buttons is pressed. Short texts stand on it as they were
typed, each in a part of its own; those too long for a card are in a file that belongs to it.
"""

import asyncio
import json
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

import discord

from bot.chat.answering import Shown
from bot.chat.cards import heading
from bot.chat.failures import NETWORK_ERRORS
from bot.chat.limits import clip, cost
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _
from bot.questions.text import Part
from cogs.faq.shown import Item, attached, file_on, paragraph, parted, parts_on
from cogs.questions.typed import LABELS, Typed

FIRST_ID = 1000
"""The component id of the first part; those of the others follow."""

ROOM = 2000
"""Characters that texts kept on a card may have."""

PREVIEW = 1000
"""Characters that are shown of texts that are in a file."""

FILE = "what-you-typed.json"
READ_WITHIN_S = 2.0
"""A form must be opened within 3 seconds."""

IDS = {name: FIRST_ID + place for place, name in enumerate(LABELS)}


class NotReadable(MemberError):
    """What was typed couldn't be read from the card in time."""

    def __init__(self) -> None:
        super().__init__(
            _("I couldn't read what you typed just now. Try again; it is still on the card above.")
        )


def kept_card(
    title: str,
    note: str,
    typed: Typed,
    rows: Iterable[Sequence[Item]],
    more: Sequence[Item] = (),
) -> Shown:
    """Say what stands in the way, with what was typed, and the ways on."""
    items, files = keep(typed)
    return Shown(parted(heading(title, note), [*more, *items], rows), files)


def keep(typed: Typed) -> tuple[list[Item], tuple[discord.File, ...]]:
    """Return the parts of a card, and its files, that keep what was typed."""
    texts = {name: typed[name].strip() for name in LABELS if typed.get(name, "").strip()}
    if sum(map(cost, texts.values())) <= ROOM:
        return [item for name in texts for item in _standing(name, texts[name])], ()
    data = BytesIO(json.dumps(texts, ensure_ascii=False, indent=2).encode())
    preview = clip("\n\n".join(texts.values()), PREVIEW)
    return [paragraph(preview), attached(FILE)], (discord.File(data, FILE),)


def _standing(name: Part, text: str) -> Iterator[Item]:
    title = _(LABELS[name])
    yield paragraph(f"-# {title}")
    yield paragraph(text, IDS[name])


async def kept_on(interaction: discord.Interaction[Waymark]) -> dict[Part, str]:
    """Return what was typed, from the card that was used. Raises NotReadable."""
    try:
        async with asyncio.timeout(READ_WITHIN_S):
            file = await file_on(interaction)
    except (discord.HTTPException, *NETWORK_ERRORS) as error:
        raise NotReadable from error
    if file is not None:
        written: dict[str, str] = json.loads(file[1])
        return {Part(name): text for name, text in written.items()}
    texts = {
        part.id: part.content
        for part in parts_on(interaction.message)
        if isinstance(part, discord.TextDisplay)
    }
    return {name: texts[number] for name, number in IDS.items() if number in texts}
