"""What may need an entry, or a better one: asked but not answered, not helpful, or old."""

import re
from collections.abc import Sequence
from hashlib import blake2s
from typing import Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import Shown, in_place
from bot.chat.cards import heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import clip
from bot.chat.parts import Item, paragraph, parted, with_button
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.errors import MemberError
from bot.faq.model import Gap, GapKind
from bot.faq.text import Part, name_key
from bot.i18n import _, later, ngettext
from cogs.faq.access import facilitating
from cogs.faq.list_card import OpenButton
from cogs.faq.places import NewEntry
from cogs.faq.typed import new_modal

MOST_GAPS = 8
MOST_LOOKED_THROUGH = 200
MAX_TEXT = 300
"""Characters of each; eight fit."""

TITLES = {
    GapKind.UNANSWERED: later("Not answered"),
    GapKind.MOST_ASKED: later("Most asked"),
    GapKind.UNHELPFUL: later("Not helpful"),
    GapKind.STALE: later("Old but still asked for"),
}
HINTS = {
    GapKind.UNANSWERED: later("What members asked and I couldn't answer."),
    GapKind.MOST_ASKED: later("The answers that I gave most often."),
    GapKind.UNHELPFUL: later("Answers that most voters found not helpful."),
    GapKind.STALE: later("Entries that nobody has changed for half a year."),
}


class GapGone(MemberError):
    """A question of the list isn't open any more."""

    def __init__(self) -> None:
        super().__init__(_("That question has an answer by now. `/faq gaps` shows what is left."))


class GapSelect(LastingSelect, template=r"faq:v1:gaps"):
    """Switches between the kinds of what is missing."""

    def __init__(self, kind: GapKind = GapKind.UNANSWERED) -> None:
        options = [
            discord.SelectOption(label=_(TITLES[each]), value=each.value, default=each is kind)
            for each in TITLES
        ]
        super().__init__(ui.Select(custom_id="faq:v1:gaps", options=options))

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls()

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Show that kind."""
        await in_place(interaction, gaps(interaction, GapKind(value)))


class WriteButton(LastingButton, template=r"faq:v1:write:(?P<mark>[0-9a-f]{16})"):
    """Opens the form of a new entry with a question that wasn't answered."""

    def __init__(self, mark: str) -> None:
        super().__init__(ui.Button(label=_("Write an entry"), custom_id=f"faq:v1:write:{mark}"))
        self.mark = mark

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(match["mark"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open the form."""
        guild_id = await facilitating(interaction)
        faq = interaction.client.services.faq
        missing = await faq.gaps(guild_id, GapKind.UNANSWERED, MOST_LOOKED_THROUGH)
        question = next((gap.text for gap in missing if mark_of(gap) == self.mark), None)
        if question is None:
            raise GapGone
        form = new_modal(NewEntry(apart=True), {Part.QUESTION: question})
        await interaction.response.send_modal(form)


def mark_of(gap: Gap) -> str:
    """Return what stands for a question in a custom id."""
    return blake2s(name_key(gap.text).encode(), digest_size=8).hexdigest()


async def gaps(interaction: discord.Interaction[Waymark], kind: GapKind) -> Shown:
    """Return what is missing, of one kind. Raises NotAFacilitator."""
    guild_id = await facilitating(interaction)
    found = await interaction.client.services.faq.gaps(guild_id, kind, MOST_GAPS)
    return Shown(gaps_card(kind, found))


def gaps_card(kind: GapKind, found: Sequence[Gap]) -> ui.LayoutView:
    """Show what is missing, what matters most first."""
    parts = [_part(gap) for gap in found]
    nothing = paragraph(_("Nothing here. Well kept!"))
    title = heading(_(TITLES[kind]), _(HINTS[kind]))
    return parted(title, parts or [nothing], [[GapSelect(kind)]])


def _part(gap: Gap) -> Item:
    text = f"{clip(inert(gap.text), MAX_TEXT)}\n-# {_times(gap)}"
    if gap.kind is GapKind.UNANSWERED:
        return with_button(text, WriteButton(mark_of(gap)))
    if gap.entry_id is not None:
        return with_button(text, OpenButton(gap.entry_id))
    return paragraph(text)


def _times(gap: Gap) -> str:
    asked = ngettext("asked {count} time", "asked {count} times", gap.count)
    last = _("last {when}")
    if gap.kind is GapKind.UNHELPFUL:
        asked = ngettext("not helpful to {count}", "not helpful to {count}", gap.count)
        last = _("last asked {when}")
    elif gap.kind is GapKind.STALE:
        last = _("last changed {when}")
    counted = asked.format(count=gap.count)
    return f"{counted} · {last.format(when=format_dt(gap.last, 'R'))}" if gap.last else counted
