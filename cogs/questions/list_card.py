"""The questions at a glance, for facilitators, with a menu to open one."""

import re
from collections.abc import Mapping, Sequence
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import MAX_OPTION_TEXT, clip
from bot.chat.paging import page_moves
from bot.chat.parts import Item
from bot.chat.quoting import on_one_line
from bot.client import Waymark
from bot.i18n import _, later
from bot.plain_text import number
from bot.questions.known import Known, State, own_id_in
from bot.questions.own import Own
from cogs.faq.access import facilitating
from cogs.questions.access import titles_of
from cogs.questions.editing import EditButton
from cogs.questions.history_card import HistoryButton
from cogs.questions.places import SHOWN, ListPlace, QuestionPlace
from cogs.questions.question_card import BringBackButton, RetireButton, pages_of, question_card
from cogs.questions.words import in_short

QUESTIONS_PER_PAGE = 8
MAX_QUESTION_SHOWN = 160
MAX_SHORT = 100
"""Characters, so that all of a page fit."""

TITLES = {
    "a": later("Questions of this server"),
    "r": later("Retired questions"),
    "p": later("Questions that come with me"),
}


class ListButton(LastingButton, template=rf"questions:v1:list:{ListPlace.PATTERN}"):
    """Opens a page of the questions."""

    def __init__(self, place: ListPlace, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"questions:v1:list:{place}"))
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(ListPlace.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        await in_place(interaction, listed(interaction, self.place))


class QuestionSelect(LastingSelect, template=rf"questions:v1:pick:{ListPlace.PATTERN}"):
    """Opens one of the questions."""

    def __init__(self, place: ListPlace, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(
            ui.Select(
                custom_id=f"questions:v1:pick:{place}",
                placeholder=_("Open a question…"),
                options=[*options],
            )
        )
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(ListPlace.read(match))

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Show the question in place of the list."""
        await in_place(interaction, opened(interaction, QuestionPlace(value, 0, self.place)))


class QuestionButton(LastingButton, template=rf"questions:v1:open:{QuestionPlace.PATTERN}"):
    """Opens a page of a question."""

    def __init__(self, place: QuestionPlace, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"questions:v1:open:{place}"))
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(QuestionPlace.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        await in_place(interaction, opened(interaction, self.place))


async def listed(interaction: discord.Interaction[Waymark], place: ListPlace) -> ui.LayoutView:
    """Return a page of the questions. Raises NotAFacilitator."""
    guild_id = await facilitating(interaction)
    found, count = await _found(interaction, guild_id, place)
    balance = await _balance(interaction, guild_id)
    return list_card(found, place, count, titles_of(interaction), balance)


async def opened(interaction: discord.Interaction[Waymark], place: QuestionPlace) -> ui.LayoutView:
    """Return a page of a question as it is now. Raises NotAFacilitator or QuestionGone."""
    guild_id = await facilitating(interaction)
    questions = interaction.client.services.questions
    own_id = own_id_in(place.handle)
    own = None if own_id is None else await questions.own(guild_id, own_id)
    known = own.known() if own else await questions.get(guild_id, place.handle)
    moves = _moves(place, len(pages_of(known)))
    rows = [moves, _controls(own)]
    return question_card(known, titles_of(interaction), own=own, page=place.page, rows=rows)


async def _found(
    interaction: discord.Interaction[Waymark], guild_id: int, place: ListPlace
) -> tuple[list[Known], int]:
    """Return the questions on a page, and how many there are in all."""
    questions = interaction.client.services.questions
    start, state = place.page * QUESTIONS_PER_PAGE, SHOWN[place.sort]
    if state is None:
        found = questions.built_in.like(place.search)
        return found[start : start + QUESTIONS_PER_PAGE], len(found)
    own, count = await questions.page(guild_id, state, place.search, start, QUESTIONS_PER_PAGE)
    return [each.known() for each in own], count


async def _balance(interaction: discord.Interaction[Waymark], guild_id: int) -> str:
    """Return how many questions there are of each sort."""
    questions = interaction.client.services.questions
    counts = await questions.counts(guild_id)
    text = _(
        "-# {own} of this server · {built_in} built in · {retired} retired · {waiting} waiting"
    )
    return text.format(
        own=number(counts[State.ACTIVE]),
        built_in=number(len(questions.built_in.all())),
        retired=number(counts[State.RETIRED]),
        waiting=number(counts[State.SUGGESTED]),
    )


def list_card(
    found: Sequence[Known],
    place: ListPlace,
    count: int,
    titles: Mapping[str, str],
    balance: str,
) -> ui.LayoutView:
    """Show a page of the questions, `count` in all."""
    numbered = [*enumerate(found, place.page * QUESTIONS_PER_PAGE + 1)]
    lines = [_line(n, known, titles) for n, known in numbered]
    options = [_option(n, known) for n, known in numbered]
    pages = -(-count // QUESTIONS_PER_PAGE)
    return card(
        heading=heading(_(TITLES[place.sort]), _subtitle(place, pages)),
        body="\n".join(lines) or _nothing(place),
        small_print=balance,
        rows=[[QuestionSelect(place, options)] if options else [], _list_moves(place, pages)],
    )


def _subtitle(place: ListPlace, pages: int) -> str:
    parts: list[str] = []
    if place.search:
        search = on_one_line(place.search, MAX_SHORT)
        parts.append(_("about “{search}”").format(search=search))
    if pages > 1 and place.page < pages:
        text = _("page {page} of {count}")
        parts.append(text.format(page=place.page + 1, count=pages))
    return " · ".join(parts)


def _nothing(place: ListPlace) -> str:
    if place.page:
        return _("Nothing is left on this page.")
    if place.search:
        return _("No question has these words. Try fewer.")
    if place.sort == "r":
        return _("None is retired.")
    return _("There are none yet. Write one with `/questions add`, or bring a file.")


def _line(place: int, known: Known, titles: Mapping[str, str]) -> str:
    question = on_one_line(known.question.text, MAX_QUESTION_SHOWN)
    return f"{place}. {question}\n-# {clip(in_short(known, titles), MAX_SHORT)}"


def _option(place: int, known: Known) -> discord.SelectOption:
    label = clip(f"{place}. {known.question.text}", MAX_OPTION_TEXT)
    return discord.SelectOption(label=label, value=known.handle)


def _list_moves(place: ListPlace, pages: int) -> list[ListButton]:
    def button(page: int, label: str) -> ListButton:
        return ListButton(place.at(page), label)

    return page_moves(place.page, pages, button, _("← Back"), _("More →"))


def _moves(place: QuestionPlace, count: int) -> list[LastingButton]:
    def button(page: int, label: str) -> QuestionButton:
        return QuestionButton(place.at(page), label)

    back = [] if place.back is None else [ListButton(place.back, _("← All"))]
    return [*back, *page_moves(place.page, count, button, _("← Back"), _("More →"))]


def _controls(own: Own | None) -> list[Item]:
    if own is None:
        return []
    is_retired = own.state is State.RETIRED
    turn = BringBackButton(own.id) if is_retired else RetireButton(own.id)
    return [EditButton(own.id), HistoryButton(own.id, 0, _("History")), turn]
