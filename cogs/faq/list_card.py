"""A server's entries at a glance, for everybody, with a menu to open one."""

import re
from collections.abc import Sequence
from typing import Self

import discord
from discord import ui
from discord.utils import escape_markdown

from bot.chat.answering import Shown, in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import MAX_OPTION_TEXT, clip, paged
from bot.chat.paging import page_moves
from bot.chat.parts import Item
from bot.client import Waymark
from bot.faq.model import Entry
from bot.i18n import _
from cogs.faq.access import facilitates
from cogs.faq.editing import EditButton
from cogs.faq.entry_card import RemoveButton, counts, entry_card
from cogs.faq.history_card import HistoryButton
from cogs.faq.places import ID, EntryPlace, ListPlace

ENTRIES_PER_PAGE = 10
MAX_QUESTION_SHOWN = 140
"""Characters, so that ten of them fit."""

ANSWER_PAGE = 2000
"""Characters of an answer on one card: nearly always all of it."""


class ListButton(LastingButton, template=rf"faq:v1:list:{ListPlace.PATTERN}"):
    """Opens a page of the entries."""

    def __init__(self, place: ListPlace, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"faq:v1:list:{place}"))
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(ListPlace.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        await in_place(interaction, listed(interaction, self.place))


class EntrySelect(LastingSelect, template=rf"faq:v1:pick:{ListPlace.PATTERN}"):
    """Opens one of the entries."""

    def __init__(self, place: ListPlace, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(
            ui.Select(
                custom_id=f"faq:v1:pick:{place}",
                placeholder=_("Read an answer…"),
                options=[*options],
            )
        )
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(ListPlace.read(match))

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Show the entry in place of the list."""
        await in_place(interaction, opened(interaction, EntryPlace(int(value), 0, self.place)))


class EntryButton(LastingButton, template=rf"faq:v1:entry:{EntryPlace.PATTERN}"):
    """Opens a page of an entry."""

    def __init__(self, place: EntryPlace, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"faq:v1:entry:{place}"))
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(EntryPlace.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        await in_place(interaction, opened(interaction, self.place))


class OpenButton(LastingButton, template=rf"faq:v1:open:{ID}"):
    """Shows an entry beside the card that names it."""

    def __init__(self, entry_id: int) -> None:
        super().__init__(ui.Button(label=_("Open"), custom_id=f"faq:v1:open:{entry_id}"))
        self.entry_id = entry_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show it."""
        await privately(interaction, opened(interaction, EntryPlace(self.entry_id)))


async def listed(interaction: discord.Interaction[Waymark], place: ListPlace) -> Shown:
    """Return a page of the server's entries; facilitators see how often each was given."""
    faq, guild_id = interaction.client.services.faq, interaction.guild_id or 0
    start = place.page * ENTRIES_PER_PAGE
    found, count = await faq.page(guild_id, place.search, start, ENTRIES_PER_PAGE)
    counted = await facilitates(interaction)
    return Shown(list_card(found, place, count, counted=counted))


async def opened(interaction: discord.Interaction[Waymark], place: EntryPlace) -> Shown:
    """Return a page of an entry as it is now. Raises EntryGone."""
    services = interaction.client.services
    entry = await services.faq.get(interaction.guild_id or 0, place.entry_id)
    titles = services.careers.registry.titles()
    may_change = await facilitates(interaction)
    pages = paged([entry.answer], ANSWER_PAGE)
    page = min(place.page, len(pages) - 1)
    rows = [_moves(place.at(page), len(pages)), _controls(entry) if may_change else []]
    subtitle = _("page {page} of {count}").format(page=page + 1, count=len(pages))
    return Shown(
        entry_card(
            entry,
            titles,
            subtitle if len(pages) > 1 else "",
            answer=pages[page],
            counted=may_change,
            rows=rows,
        )
    )


def list_card(
    found: Sequence[Entry], place: ListPlace, count: int, *, counted: bool
) -> ui.LayoutView:
    """Show a page of the entries, `count` in all; `counted`, with how often each was given."""
    numbered = [*enumerate(found, place.page * ENTRIES_PER_PAGE + 1)]
    lines = [_line(n, entry, counted=counted) for n, entry in numbered]
    options = [_option(n, entry) for n, entry in numbered]
    pages = -(-count // ENTRIES_PER_PAGE)
    return card(
        heading=heading(_("Answers of this server"), _subtitle(place, pages)),
        body="\n".join(lines) or _nothing(place),
        rows=[[EntrySelect(place, options)] if options else [], _list_moves(place, pages)],
    )


def _subtitle(place: ListPlace, pages: int) -> str:
    parts: list[str] = []
    if place.search:
        parts.append(_("about “{search}”").format(search=escape_markdown(place.search)))
    if pages > 1 and place.page < pages:
        text = _("page {page} of {count}")
        parts.append(text.format(page=place.page + 1, count=pages))
    return " · ".join(parts)


def _nothing(place: ListPlace) -> str:
    if place.page:
        return _("Nothing is left on this page.")
    if place.search:
        return _("Nothing is called that. Try fewer words, or ask with `/ask`.")
    return _("There are none yet. Facilitators write them with `/faq add`.")


def _line(number: int, entry: Entry, *, counted: bool) -> str:
    question = clip(escape_markdown(entry.question), MAX_QUESTION_SHOWN)
    line = f"{number}. {question}"
    return f"{line}\n-# {counts(entry)}" if counted else line


def _option(number: int, entry: Entry) -> discord.SelectOption:
    label = clip(f"{number}. {entry.question}", MAX_OPTION_TEXT)
    return discord.SelectOption(label=label, value=str(entry.id))


def _list_moves(place: ListPlace, pages: int) -> list[ListButton]:
    def button(page: int, label: str) -> ListButton:
        return ListButton(place.at(page), label)

    return page_moves(place.page, pages, button, _("← Back"), _("More →"))


def _moves(place: EntryPlace, count: int) -> list[LastingButton]:
    def button(page: int, label: str) -> EntryButton:
        return EntryButton(place.at(page), label)

    back = [] if place.back is None else [ListButton(place.back, _("← All"))]
    return [*back, *page_moves(place.page, count, button, _("← Back"), _("More →"))]


def _controls(entry: Entry) -> list[Item]:
    return [
        EditButton(entry.id, _("Edit")),
        HistoryButton(entry.id, 0, _("History")),
        RemoveButton(entry.id),
    ]
