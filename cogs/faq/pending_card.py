"""Questions that wait for people, oldest first, each to be answered or dismissed."""

import re
from collections.abc import Mapping, Sequence
from typing import Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import Shown, in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.forms import Field, modal
from bot.chat.limits import clip
from bot.chat.paging import page_moves
from bot.chat.parts import MAX_PARTS, Item, grouped, in_a_row, paragraph, parted
from bot.chat.quoting import quoted
from bot.client import Waymark
from bot.faq.model import AlreadyAnswered, Waiting, WaitingState
from bot.faq.text import MAX_ANSWER, Part
from bot.i18n import _, ngettext
from cogs.faq.access import facilitating
from cogs.faq.places import ID, PAGE

QUESTIONS_PER_PAGE = 4
MAX_QUOTE = 2300
"""Characters of a quoted question; its thousand fit whatever they are."""


class PendingButton(LastingButton, template=rf"faq:v1:pending:{PAGE}"):
    """Opens a page of the questions that wait."""

    def __init__(self, page: int = 0, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"faq:v1:pending:{page}"))
        self.page = page

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["page"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        await in_place(interaction, pending(interaction, self.page))


class AnswerButton(LastingButton, template=rf"faq:v1:answer:{ID}"):
    """Opens the form in which a question is answered."""

    def __init__(self, waiting_id: int) -> None:
        style = discord.ButtonStyle.primary
        custom_id = f"faq:v1:answer:{waiting_id}"
        super().__init__(ui.Button(label=_("Answer"), style=style, custom_id=custom_id))
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
        if waiting.state is WaitingState.ANSWERED:
            raise AlreadyAnswered
        await interaction.response.send_modal(reply_modal(waiting))


class DismissButton(LastingButton, template=rf"faq:v1:dismiss:{ID}"):
    """Puts a question away unanswered."""

    def __init__(self, waiting_id: int) -> None:
        custom_id = f"faq:v1:dismiss:{waiting_id}"
        super().__init__(ui.Button(label=_("Dismiss"), custom_id=custom_id))
        self.waiting_id = waiting_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Put it away, with the way back."""
        await in_place(interaction, self._dismissed(interaction))

    async def _dismissed(self, interaction: discord.Interaction[Waymark]) -> Shown:
        guild_id = await facilitating(interaction)
        faq, by = interaction.client.services.faq, interaction.user.id
        waiting = await faq.dismiss(guild_id, self.waiting_id, by)
        return Shown(dismissed_card(waiting))


class ReopenButton(LastingButton, template=rf"faq:v1:reopen:{ID}"):
    """Lets a dismissed question wait again."""

    def __init__(self, waiting_id: int) -> None:
        custom_id = f"faq:v1:reopen:{waiting_id}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.waiting_id = waiting_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Put it back."""
        await in_place(interaction, self._reopened(interaction))

    async def _reopened(self, interaction: discord.Interaction[Waymark]) -> Shown:
        guild_id = await facilitating(interaction)
        waiting = await interaction.client.services.faq.reopen(guild_id, self.waiting_id)
        return Shown(question_card(waiting, titles_of(interaction)))


def reply_modal(waiting: Waiting, typed: str = "") -> ui.Modal:
    """Return the form in which a question is answered."""
    answer = Field(
        Part.ANSWER, _("Your answer"), typed, MAX_ANSWER, placeholder=waiting.question, long=True
    )
    return modal(_("Answer a question"), f"faq:v1:reply:{waiting.id}", answer)


async def pending(interaction: discord.Interaction[Waymark], page: int) -> Shown:
    """Return a page of the questions that wait. Raises NotAFacilitator."""
    guild_id = await facilitating(interaction)
    waiting = await interaction.client.services.faq.look_through(guild_id)
    return Shown(pending_card(waiting, titles_of(interaction), page))


def titles_of(interaction: discord.Interaction[Waymark]) -> Mapping[str, str]:
    """Return what careers are called, by their slugs."""
    return interaction.client.services.careers.registry.titles()


def pending_card(waiting: Sequence[Waiting], titles: Mapping[str, str], page: int) -> ui.LayoutView:
    """Show a page of the questions that wait, oldest first."""
    if not waiting:
        hint = _("Nobody is waiting for an answer. Thank you!")
        return card(heading=heading(_("Open questions"), _("none")), body=hint)
    texts = [_asked(each, titles) for each in waiting]
    groups = grouped(texts, MAX_PARTS, QUESTIONS_PER_PAGE)
    page = min(page, len(groups) - 1)
    shown = groups[page]
    count = ngettext("{count} question waits", "{count} questions wait", len(waiting))
    title = heading(_("Open questions"), count.format(count=len(waiting)), page, len(groups))
    parts = [part for n in shown for part in _answerable(waiting[n], texts[n])]
    return parted(title, parts, [_moves(page, len(groups))])


def question_card(waiting: Waiting, titles: Mapping[str, str]) -> ui.LayoutView:
    """Show one question that waits."""
    parts = _answerable(waiting, _asked(waiting, titles))
    return parted(heading(_("It waits again"), ""), parts, [[back_button()]])


def dismissed_card(waiting: Waiting) -> ui.LayoutView:
    """Show a question that was put away, with the way back."""
    return card(
        heading=heading(_("Dismissed"), _("Who asked isn't told.")),
        body=in_quotes(waiting),
        rows=[[ReopenButton(waiting.id), back_button()]],
    )


def back_button() -> PendingButton:
    """Return the button to the questions that wait."""
    return PendingButton(0, _("← Open questions"))


def in_quotes(waiting: Waiting, limit: int = MAX_QUOTE) -> str:
    """Return a member's question as a quote, which can't look like the bot's own text."""
    return clip(quoted(waiting.question), limit)


def _asked(waiting: Waiting, titles: Mapping[str, str]) -> str:
    asked = _("<@{member}> asked {when}")
    if waiting.channel_id is not None:
        asked = _("<@{member}> asked {when} in <#{channel}>")
    line = asked.format(
        member=waiting.asker_id,
        when=format_dt(waiting.asked_at, "R"),
        channel=waiting.channel_id,
    )
    if waiting.role is not None:
        about = _("about {career}").format(career=titles.get(waiting.role, waiting.role))
        line = f"{line} · {about}"
    return f"{in_quotes(waiting)}\n-# {line}"


def _answerable(waiting: Waiting, text: str) -> list[Item]:
    row = in_a_row(AnswerButton(waiting.id), DismissButton(waiting.id))
    return [paragraph(text), row]


def _moves(page: int, count: int) -> list[PendingButton]:
    return page_moves(page, count, PendingButton, _("← Older"), _("Newer →"))
