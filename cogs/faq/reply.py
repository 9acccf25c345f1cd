"""Answering a question that waited, and making an entry of it in one press."""

import re
from collections.abc import Mapping
from typing import Self

import discord
from discord import ui

from bot.chat.answering import Shown, in_place
from bot.chat.cards import heading
from bot.chat.components import LastingButton
from bot.chat.forms import Form
from bot.chat.limits import clip
from bot.chat.parts import line, paragraph, parted
from bot.client import Waymark
from bot.errors import MemberError
from bot.faq.model import AlreadyAnswered, Entry, Waiting
from bot.faq.text import Part
from bot.i18n import _
from cogs.faq.access import facilitating
from cogs.faq.again import RewriteButton, kept_card
from cogs.faq.editing import EditButton
from cogs.faq.entry_card import changed_card, entry_card
from cogs.faq.kept import kept_on
from cogs.faq.pending_card import back_button, in_quotes, reply_modal
from cogs.faq.places import ID, NewEntry
from cogs.faq.typed import typed_of

MAX_QUESTION_SHOWN = 600
MAX_ANSWER_SHOWN = 2400

MAX_THEIRS = 900
"""Characters of what somebody else has answered."""


class ReplyForm(Form):
    """Answers a question; who asked is told."""

    template = rf"faq:v1:reply:{ID}"

    def __init__(self, waiting_id: int) -> None:
        self.waiting_id = waiting_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(int(match["id"]))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Answer it, or show why not with what was typed."""
        await in_place(interaction, self._answered(interaction, typed.get(Part.ANSWER, "")))

    async def _answered(self, interaction: discord.Interaction[Waymark], answer: str) -> Shown:
        faq, by = interaction.client.services.faq, interaction.user.id
        try:
            guild_id = await facilitating(interaction)
            waiting = await faq.reply(guild_id, self.waiting_id, answer, by)
        except AlreadyAnswered as problem:
            theirs = await faq.waiting_by_id(interaction.guild_id or 0, self.waiting_id)
            return late_card(theirs, str(problem), answer)
        except MemberError as problem:
            ways = [[RetypeButton(self.waiting_id), back_button()]]
            return kept_card(_("Not sent yet"), str(problem), {Part.ANSWER: answer}, ways)
        return answered_card(waiting)


class RetypeButton(LastingButton, template=rf"faq:v1:retype:{ID}"):
    """Opens the form of an answer with what the card keeps."""

    def __init__(self, waiting_id: int) -> None:
        custom_id = f"faq:v1:retype:{waiting_id}"
        super().__init__(ui.Button(label=_("Change what I typed"), custom_id=custom_id))
        self.waiting_id = waiting_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open the form."""
        guild_id = await facilitating(interaction)
        faq = interaction.client.services.faq
        waiting = await faq.waiting_by_id(guild_id, self.waiting_id)
        typed = await kept_on(interaction)
        modal = reply_modal(waiting, typed.get(Part.ANSWER, ""))
        await interaction.response.send_modal(modal)


class MakeEntryButton(LastingButton, template=rf"faq:v1:make:{ID}"):
    """Makes an entry of an answered question; pressed again, shows the same entry."""

    def __init__(self, waiting_id: int) -> None:
        style = discord.ButtonStyle.primary
        custom_id = f"faq:v1:make:{waiting_id}"
        super().__init__(ui.Button(label=_("Make it an entry"), style=style, custom_id=custom_id))
        self.waiting_id = waiting_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Make it."""
        await in_place(interaction, self._made(interaction))

    async def _made(self, interaction: discord.Interaction[Waymark]) -> Shown:
        guild_id = await facilitating(interaction)
        faq, by = interaction.client.services.faq, interaction.user.id
        waiting = await faq.waiting_by_id(guild_id, self.waiting_id)
        text = waiting.as_entry()
        try:
            entry = await faq.add(guild_id, text, by, waiting_id=waiting.id)
        except MemberError as problem:
            again = RewriteButton(NewEntry(waiting.role, waiting.id))
            return kept_card(_("Not saved yet"), str(problem), typed_of(text), [[again]])
        return made_card(interaction, entry)


def late_card(waiting: Waiting, problem: str, answer: str) -> Shown:
    """Show what somebody else has answered meanwhile, and what was typed."""
    title = _("**The answer by <@{member}>**").format(member=waiting.answered_by)
    theirs = paragraph(clip(f"{title}\n{waiting.answer}", MAX_THEIRS))
    more = [theirs, line(), paragraph(_("**What you typed**"))]
    ways = [[MakeEntryButton(waiting.id), back_button()]]
    return kept_card(_("Somebody was faster"), problem, {Part.ANSWER: answer}, ways, more)


def made_card(interaction: discord.Interaction[Waymark], entry: Entry) -> Shown:
    """Show the entry that a question has become; if it was edited since, that can't be undone."""
    news = _("An entry now. Members who ask get this answer.")
    if entry.version == 1:
        return changed_card(interaction, entry, news, [back_button()])
    titles = interaction.client.services.careers.registry.titles()
    rows = [[EditButton(entry.id, _("Edit")), back_button()]]
    return Shown(entry_card(entry, titles, news, rows=rows))


def answered_card(waiting: Waiting) -> Shown:
    """Show a question that was answered, and offer to keep the answer for others."""
    told = _("<@{member}> is told, by direct message if they allow that.")
    parts = [
        paragraph(in_quotes(waiting, MAX_QUESTION_SHOWN)),
        paragraph(clip(waiting.answer or "", MAX_ANSWER_SHOWN)),
    ]
    ways = [[MakeEntryButton(waiting.id), back_button()]]
    title = heading(_("Answered"), told.format(member=waiting.asker_id))
    return Shown(parted(title, parts, ways))
