"""One question with what a strong answer covers, and the way back after it was changed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import Shown, in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import clip, paged
from bot.chat.parts import Item
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.i18n import _
from bot.questions.known import Known, State
from bot.questions.own import Own
from cogs.faq.access import facilitating
from cogs.questions.access import titles_of
from cogs.questions.places import APPROVE, ID, PENDING, VERSION, jump
from cogs.questions.words import in_short

QUESTION_PAGE = 2000
"""Characters of a question with its key points on one card: nearly always all of it."""

MAX_SHORT = 180


class UndoButton(LastingButton, template=rf"questions:v1:undo:{ID}:{VERSION}"):
    """Puts back what was before a change, unless it was changed again since."""

    def __init__(self, question_id: int, version: int) -> None:
        custom_id = f"questions:v1:undo:{question_id}:{version}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.question_id = question_id
        self.version = version

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), int(match["version"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Put it back; that can be undone as well."""
        await in_place(interaction, self._put_back(interaction))

    async def _put_back(self, interaction: discord.Interaction[Waymark]) -> Shown:
        guild_id = await facilitating(interaction)
        questions, by = interaction.client.services.questions, interaction.user.id
        own = await questions.undo(guild_id, self.question_id, self.version, by)
        return changed_card(interaction, own, _("Put back as it was."))


class RetireButton(LastingButton, template=rf"questions:v1:retire:{ID}"):
    """Retires a question."""

    def __init__(self, question_id: int) -> None:
        custom_id = f"questions:v1:retire:{question_id}"
        super().__init__(ui.Button(label=_("Retire"), custom_id=custom_id))
        self.question_id = question_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Retire it."""
        await in_place(interaction, self._retired(interaction))

    async def _retired(self, interaction: discord.Interaction[Waymark]) -> Shown:
        return await retired(interaction, await facilitating(interaction), self.question_id)


class BringBackButton(LastingButton, template=rf"questions:v1:back:{ID}"):
    """Lets a retired question be asked again."""

    def __init__(self, question_id: int) -> None:
        custom_id = f"questions:v1:back:{question_id}"
        super().__init__(ui.Button(label=_("Bring back"), custom_id=custom_id))
        self.question_id = question_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Bring it back."""
        await in_place(interaction, self._brought_back(interaction))

    async def _brought_back(self, interaction: discord.Interaction[Waymark]) -> Shown:
        guild_id = await facilitating(interaction)
        questions, by = interaction.client.services.questions, interaction.user.id
        own = await questions.bring_back(guild_id, self.question_id, by)
        return changed_card(interaction, own, _("Back. It may be asked again."))


async def retired(
    interaction: discord.Interaction[Waymark], guild_id: int, question_id: int
) -> Shown:
    """Retire a question, and return the card with the way back. Raises QuestionGone."""
    questions, by = interaction.client.services.questions, interaction.user.id
    return changed_card(interaction, await questions.retire(guild_id, question_id, by), "")


def changed_card(interaction: discord.Interaction[Waymark], own: Own, news: str) -> Shown:
    """Show what became of a question, with the way back."""
    if own.state is State.RETIRED:
        news = _("Retired. It isn't asked any more; answers to it stay.")
    rows = [[UndoButton(own.id, own.version), *_ways_on(own)]]
    return Shown(question_card(own.known(), titles_of(interaction), news, own=own, rows=rows))


def _ways_on(own: Own) -> list[Item]:
    """Return the ways on with what somebody has to decide on still."""
    if own.state is not State.SUGGESTED:
        return []
    approve = jump(_("Approve"), f"{APPROVE}:{own.id}")
    return [approve, jump(_("← Suggestions"), f"{PENDING}:0")]


def question_card(
    known: Known,
    titles: Mapping[str, str],
    news: str = "",
    *,
    own: Own | None = None,
    page: int = 0,
    rows: Iterable[Sequence[Item]] = (),
) -> ui.LayoutView:
    """Show a page of a question; `own` is the same as the server keeps it."""
    pages = pages_of(known)
    page = min(page, len(pages) - 1)
    subtitle = news or _("Built in") if own is None else news
    return card(
        heading=heading(_("Interview question"), subtitle, page, len(pages)),
        body=pages[page],
        small_print="\n".join(_notes(known, titles, own)),
        rows=rows,
    )


def pages_of(known: Known) -> list[str]:
    """Return a question with all that belongs to it, in pages."""
    return paged(_paragraphs(known), QUESTION_PAGE)


def _paragraphs(known: Known) -> Iterator[str]:
    question = known.question
    yield f"**{inert(question.text)}**"
    yield _listed(_("A strong answer covers"), (each.point for each in question.key_points))
    if question.hint:
        yield _listed(_("Hint"), [question.hint])
    if question.mistakes:
        yield _listed(_("Common mistakes"), question.mistakes)
    if question.follow_up:
        yield _listed(_("Follow-up"), [question.follow_up])


def _listed(title: str, texts: Iterable[str]) -> str:
    return "\n".join([f"-# {title}", *(f"- {inert(text)}" for text in texts)])


def _notes(known: Known, titles: Mapping[str, str], own: Own | None) -> Iterator[str]:
    yield f"-# {clip(in_short(known, titles), MAX_SHORT)}"
    if own is None:
        return
    when = format_dt(own.changed_at, "R")
    if own.suggested_by is not None:
        yield _("-# Suggested by <@{member}>").format(member=own.suggested_by)
    if own.changed_by is None:
        yield _("-# Changed {when}").format(when=when)
    else:
        yield _("-# Changed by <@{member}> {when}").format(member=own.changed_by, when=when)
