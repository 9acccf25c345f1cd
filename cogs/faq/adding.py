"""Writing a new entry; what is like it is shown first, and nothing typed is lost."""

import re
from collections.abc import Mapping, Sequence
from typing import Self

import discord
from discord import ui
from discord.utils import escape_markdown

from bot.answers.entries import OwnEntry
from bot.answers.words import words
from bot.chat.answering import Shown, in_place, privately
from bot.chat.components import LastingButton
from bot.chat.forms import Form
from bot.chat.limits import MAX_BUTTON_LABEL, clip
from bot.chat.parts import line, paragraph
from bot.client import Waymark
from bot.errors import MemberError
from bot.faq.model import Entry, NameTaken
from bot.faq.service import Faq
from bot.faq.text import EntryText
from bot.i18n import _, ngettext
from cogs.faq.access import facilitating
from cogs.faq.again import RewriteButton, kept_card
from cogs.faq.editing import EditButton
from cogs.faq.entry_card import changed_card
from cogs.faq.kept import kept_on
from cogs.faq.places import NewEntry
from cogs.faq.typed import Typed, in_parts, text_of

LIKE = 0.5
"""Likeness from which an entry is shown before another one is saved."""

MOST_LIKE = 3
MAX_QUESTION_SHOWN, MAX_ANSWER_SHOWN = 120, 180
"""Characters of each."""


class AddForm(Form):
    """Saves a new entry."""

    template = rf"faq:v1:add:{NewEntry.PATTERN}"

    def __init__(self, new: NewEntry) -> None:
        self.new = new

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(NewEntry.read(match))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Save it, or show what stands in the way."""
        saved = added(interaction, self.new.here(), in_parts(typed))
        if self.new.apart or interaction.message is None:
            await privately(interaction, saved)
        else:
            await in_place(interaction, saved)


class SaveButton(LastingButton, template=rf"faq:v1:save:{NewEntry.PATTERN}"):
    """Saves an entry though there are others like it."""

    def __init__(self, new: NewEntry) -> None:
        style = discord.ButtonStyle.primary
        custom_id = f"faq:v1:save:{new}"
        super().__init__(ui.Button(label=_("Save anyway"), style=style, custom_id=custom_id))
        self.new = new

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(NewEntry.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Save what the card keeps."""
        await in_place(interaction, self._saved(interaction))

    async def _saved(self, interaction: discord.Interaction[Waymark]) -> Shown:
        typed = await kept_on(interaction)
        return await added(interaction, self.new, typed, anyway=True)


async def added(
    interaction: discord.Interaction[Waymark],
    new: NewEntry,
    typed: Typed,
    *,
    anyway: bool = False,
) -> Shown:
    """Save an entry and return it, or what stands in the way with what was typed."""
    faq, by = interaction.client.services.faq, interaction.user.id
    try:
        guild_id = await facilitating(interaction)
        text = text_of(typed, new.career).checked()
        alike = [] if anyway else await _like(interaction, guild_id, text.question)
        if alike:
            return alike_card(new, typed, alike)
        entry = await _saved(faq, guild_id, text, by, new.waiting_id)
    except MemberError as problem:
        again = RewriteButton(new)
        return kept_card(_("Not saved yet"), str(problem), typed, [[again]])
    if entry.text != text:
        return _made_meanwhile(new, typed, entry)
    return changed_card(interaction, entry, _("Saved. Members who ask get this answer."))


async def _saved(
    faq: Faq, guild_id: int, text: EntryText, by: int, waiting_id: int | None
) -> Entry:
    """Add an entry, or return the same one that is there already, as after a second press."""
    try:
        return await faq.add(guild_id, text, by, waiting_id=waiting_id)
    except NameTaken:
        there = await faq.named(guild_id, text.question)
        if there is None or there.text != text:
            raise
        return there


def _made_meanwhile(new: NewEntry, typed: Typed, entry: Entry) -> Shown:
    """Say that the question that waited has become another entry already."""
    note = _("Somebody has made an entry of that question meanwhile. Yours isn't saved.")
    anew = RewriteButton(NewEntry(new.career))
    ways = [[EditButton(entry.id, _edit_label(entry), apart=True), anew]]
    return kept_card(_("Made meanwhile"), note, typed, ways)


async def _like(
    interaction: discord.Interaction[Waymark], guild_id: int, question: str
) -> list[OwnEntry]:
    """Return the server's entries whose names are like the question, best first."""
    entries = await interaction.client.services.answers.entries(guild_id)
    found = entries.like(words(question))
    return [each.entry for each in found if each.likeness >= LIKE][:MOST_LIKE]


def alike_card(new: NewEntry, typed: Typed, alike: Sequence[OwnEntry]) -> Shown:
    """Show the entries that are like what was typed, and the ways on."""
    note = ngettext(
        "There is an entry like it. Edit that one, or save yours as well.",
        "There are entries like it. Edit one of them, or save yours as well.",
        len(alike),
    )
    edits = [EditButton(each.id, _edit_label(each), apart=True) for each in alike]
    ways = [SaveButton(new), RewriteButton(new)]
    listed = paragraph("\n".join(map(_in_short, alike)))
    mine = paragraph(_("**What you typed**"))
    more = [listed, line(), mine]
    return kept_card(_("Is it one of these?"), note, typed, [edits, ways], more)


def _edit_label(entry: OwnEntry | Entry) -> str:
    return clip(_("Edit “{question}”").format(question=entry.question), MAX_BUTTON_LABEL)


def _in_short(entry: OwnEntry) -> str:
    question = clip(escape_markdown(entry.question), MAX_QUESTION_SHOWN)
    answer = clip(" ".join(entry.answer.split()), MAX_ANSWER_SHOWN)
    return f"**{question}**\n-# {answer}"
