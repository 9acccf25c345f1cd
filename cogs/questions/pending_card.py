"""Members' suggestions, oldest first, each to be approved, edited or declined."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import discord
from discord import ui

from bot.chat.answering import Shown, in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.forms import Form
from bot.chat.limits import clip
from bot.chat.paging import page_moves
from bot.chat.parts import MAX_PARTS, Item, in_a_row, paragraph, parted
from bot.chat.quoting import inert, on_one_line
from bot.client import Waymark
from bot.i18n import _, ngettext
from bot.questions.known import Known, State
from bot.questions.own import AlreadyDecided, Own
from cogs.faq.access import facilitating
from cogs.questions.access import titles_of
from cogs.questions.editing import EditButton
from cogs.questions.places import APPROVE, ID, PAGE, PENDING
from cogs.questions.question_card import RetireButton, question_card
from cogs.questions.typed import REASON, decline_modal
from cogs.questions.words import in_short

MOST_SHOWN = 5
"""Suggestions on one page."""

MAX_SUGGESTION = 1200
MAX_ALIKE = 150
MAX_TEXT_SHOWN = 900
MAX_REASON_SHOWN = 1100
"""Characters of each."""


@dataclass(frozen=True)
class Suggested:
    """A suggestion, and the question most like it, if one is."""

    own: Own
    alike: Known | None = None


class PendingButton(LastingButton, template=rf"{PENDING}:{PAGE}"):
    """Opens a page of the suggestions."""

    def __init__(self, page: int = 0, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"{PENDING}:{page}"))
        self.page = page

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["page"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        await in_place(interaction, pending(interaction, self.page))


class ApproveButton(LastingButton, template=rf"{APPROVE}:{ID}"):
    """Takes a suggestion into the pool."""

    def __init__(self, question_id: int) -> None:
        style = discord.ButtonStyle.primary
        custom_id = f"{APPROVE}:{question_id}"
        super().__init__(ui.Button(label=_("Approve"), style=style, custom_id=custom_id))
        self.question_id = question_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Approve it; who suggested it is told."""
        await in_place(interaction, self._approved(interaction))

    async def _approved(self, interaction: discord.Interaction[Waymark]) -> Shown:
        guild_id = await facilitating(interaction)
        questions, by = interaction.client.services.questions, interaction.user.id
        own = await questions.approve(guild_id, self.question_id, by)
        return Shown(approved_card(own, titles_of(interaction)))


class DeclineButton(LastingButton, template=rf"questions:v1:decline:{ID}"):
    """Opens the form in which a suggestion is turned down."""

    def __init__(self, question_id: int) -> None:
        custom_id = f"questions:v1:decline:{question_id}"
        super().__init__(ui.Button(label=_("Decline"), custom_id=custom_id))
        self.question_id = question_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open the form."""
        guild_id = await facilitating(interaction)
        questions = interaction.client.services.questions
        own = await questions.own(guild_id, self.question_id, [*State])
        if own.state is not State.SUGGESTED:
            raise AlreadyDecided
        await interaction.response.send_modal(decline_modal(own.id))


class DeclineForm(Form):
    """Turns a suggestion down; who made it is told why."""

    template = rf"questions:v1:declined:{ID}"
    gives_back = True

    def __init__(self, question_id: int) -> None:
        self.question_id = question_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(int(match["id"]))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Decline it."""
        await in_place(interaction, self._declined(interaction, typed.get(REASON, "")))

    async def _declined(self, interaction: discord.Interaction[Waymark], reason: str) -> Shown:
        guild_id = await facilitating(interaction)
        questions, by = interaction.client.services.questions, interaction.user.id
        own = await questions.decline(guild_id, self.question_id, reason, by)
        return Shown(declined_card(own))


async def pending(interaction: discord.Interaction[Waymark], page: int) -> ui.LayoutView:
    """Return a page of the suggestions. Raises NotAFacilitator."""
    guild_id = await facilitating(interaction)
    questions = interaction.client.services.questions
    waiting = await questions.look_through(guild_id)
    start = min(page, max(0, len(waiting) - 1) // MOST_SHOWN) * MOST_SHOWN
    shown = waiting[start : start + MOST_SHOWN]
    alike = await questions.alike(guild_id, *(own.text.text for own in shown))
    suggested = [
        Suggested(own, found[0] if found else None) for own, found in zip(shown, alike, strict=True)
    ]
    return pending_card(suggested, titles_of(interaction), start // MOST_SHOWN, len(waiting))


def pending_card(
    suggested: Sequence[Suggested], titles: Mapping[str, str], page: int, count: int
) -> ui.LayoutView:
    """Show a page of the suggestions, `count` in all, oldest first."""
    if not suggested:
        hint = _("Nobody is waiting. Members suggest with `/questions suggest`.")
        return card(heading=heading(_("Suggested questions"), _("none")), body=hint)
    waits = ngettext("{count} suggestion waits", "{count} suggestions wait", count)
    pages = -(-count // MOST_SHOWN)
    title = heading(_("Suggested questions"), waits.format(count=count), page, pages)
    room = MAX_PARTS // len(suggested)
    parts = [part for each in suggested for part in _decidable(each, titles, room)]
    return parted(title, parts, [_moves(page, pages)])


def approved_card(own: Own, titles: Mapping[str, str]) -> ui.LayoutView:
    """Show a suggestion that became a question."""
    told = _("Approved. <@{member}> is told, by direct message if they allow that.")
    rows = [[RetireButton(own.id), _back()]]
    news = told.format(member=own.suggested_by)
    return question_card(own.known(), titles, news, own=own, rows=rows)


def declined_card(own: Own) -> ui.LayoutView:
    """Show a suggestion that was turned down."""
    told = _("<@{member}> is told why, by direct message if they allow that.")
    question = on_one_line(own.text.text, MAX_TEXT_SHOWN)
    reason = on_one_line(own.reason or "", MAX_REASON_SHOWN)
    return card(
        heading=heading(_("Declined"), told.format(member=own.suggested_by)),
        body=f"> {question}\n\n{reason}",
        rows=[[_back()]],
    )


def _back() -> PendingButton:
    return PendingButton(0, _("← Suggestions"))


def _decidable(suggested: Suggested, titles: Mapping[str, str], room: int) -> list[Item]:
    own = suggested.own
    controls = [ApproveButton(own.id), EditButton(own.id), DeclineButton(own.id)]
    return [paragraph(_in_words(suggested, titles, room)), in_a_row(*controls)]


def _in_words(suggested: Suggested, titles: Mapping[str, str], room: int) -> str:
    """Return a suggestion within a share of the card: who made it, then as much as fits."""
    own = suggested.own
    by = _("-# <@{member}> · {short}")
    lines = [by.format(member=own.suggested_by, short=in_short(own.known(), titles))]
    if suggested.alike is not None:
        question = on_one_line(suggested.alike.question.text, MAX_ALIKE)
        lines.append(_("-# Like “{question}”").format(question=question))
    lines.append(f"**{inert(own.text.text)}**")
    lines += [f"- {inert(point)}" for point in own.text.key_points]
    return clip("\n".join(lines), min(room, MAX_SUGGESTION))


def _moves(page: int, count: int) -> list[PendingButton]:
    return page_moves(page, count, PendingButton, _("← Older"), _("Newer →"))
