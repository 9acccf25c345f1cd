"""A member's milestones at a glance: tick one, open one, or see the done ones."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self

import discord
from discord import ui

from bot.chat.answering import in_place
from bot.chat.cards import heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import MAX_OPTION_TEXT, clip
from bot.chat.paging import page_moves
from bot.chat.parts import Item, paragraph, parted, with_button
from bot.client import Waymark
from bot.i18n import _, ngettext
from bot.milestones.model import Kind, Milestone, Page, State, Wanted
from bot.milestones.service import PER_PAGE
from cogs.celebrations.offer import offer
from cogs.milestones import words
from cogs.milestones.access import ID, OWNER, PAGE, owner_here
from cogs.milestones.milestone_card import milestone_card

MAX_ENTRY = 500
"""Characters, so that all of a page fit."""

ALL = "a"
KINDS: Mapping[str, Kind] = {
    "g": Kind.GOAL,
    "p": Kind.APPLICATION,
    "i": Kind.INTERVIEW,
    "o": Kind.OFFER,
}
STATES: Mapping[str, State] = {"o": State.OPEN, "d": State.DONE}


@dataclass(frozen=True)
class ListPlace:
    """A page (from 0) of a member's own milestones."""

    owner: int
    wanted: Wanted
    page: int = 0

    PATTERN: ClassVar = rf"{OWNER}:(?P<kind>[gpioa]):(?P<state>[oda]):{PAGE}"

    def __str__(self) -> str:
        kind = next((sign for sign, each in KINDS.items() if each is self.wanted.kind), ALL)
        state = next((sign for sign, each in STATES.items() if each is self.wanted.state), ALL)
        return f"{self.owner}:{kind}:{state}:{self.page}"

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        wanted = Wanted(KINDS.get(match["kind"]), STATES.get(match["state"]))
        return cls(int(match["owner"]), wanted, int(match["page"]))

    def at(self, page: int) -> Self:
        """Return another page of the same."""
        return replace(self, page=page)


class ListButton(LastingButton, template=rf"milestone:v1:list:{ListPlace.PATTERN}"):
    """Opens a page of one's milestones."""

    def __init__(self, place: ListPlace, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"milestone:v1:list:{place}"))
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(ListPlace.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        owner_here(interaction, self.place.owner)
        await in_place(interaction, listed(interaction, self.place))


class TickButton(LastingButton, template=rf"milestone:v1:tick:{ID}:{ListPlace.PATTERN}"):
    """Notes in the list that a milestone is done."""

    def __init__(self, milestone_id: int, place: ListPlace) -> None:
        custom_id = f"milestone:v1:tick:{milestone_id}:{place}"
        style = discord.ButtonStyle.success
        super().__init__(ui.Button(label=_("Done"), style=style, custom_id=custom_id))
        self.milestone_id = milestone_id
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), ListPlace.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Note it, and show the list as it is then."""
        whose = owner_here(interaction, self.place.owner)
        await in_place(interaction, self._ticked(interaction, whose))
        await offer(interaction)

    async def _ticked(
        self, interaction: discord.Interaction[Waymark], whose: tuple[int, int]
    ) -> ui.LayoutView:
        milestones = interaction.client.services.milestones
        seen = await milestones.done(*whose, self.milestone_id)
        return await listed(interaction, self.place, ticked=seen.milestone)


class UntickButton(LastingButton, template=rf"milestone:v1:untick:{ID}:{ListPlace.PATTERN}"):
    """Opens again what was just noted as done."""

    def __init__(self, milestone_id: int, place: ListPlace) -> None:
        custom_id = f"milestone:v1:untick:{milestone_id}:{place}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.milestone_id = milestone_id
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), ListPlace.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open it, and show the list as it is then."""
        whose = owner_here(interaction, self.place.owner)
        await in_place(interaction, self._unticked(interaction, whose))

    async def _unticked(
        self, interaction: discord.Interaction[Waymark], whose: tuple[int, int]
    ) -> ui.LayoutView:
        await interaction.client.services.milestones.reopen(*whose, self.milestone_id)
        return await listed(interaction, self.place)


class MilestoneSelect(LastingSelect, template=rf"milestone:v1:pick:{OWNER}"):
    """Opens one of the milestones."""

    def __init__(self, owner: int, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(
            ui.Select(
                custom_id=f"milestone:v1:pick:{owner}",
                placeholder=_("Open, edit, remove…"),
                options=[*options],
            )
        )
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(int(match["owner"]))

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Show the milestone in place of the list."""
        whose = owner_here(interaction, self.owner)
        await in_place(interaction, self._opened(interaction, whose, int(value)))

    async def _opened(
        self, interaction: discord.Interaction[Waymark], whose: tuple[int, int], chosen: int
    ) -> ui.LayoutView:
        return milestone_card(await interaction.client.services.milestones.get(*whose, chosen))


async def listed(
    interaction: discord.Interaction[Waymark], place: ListPlace, ticked: Milestone | None = None
) -> ui.LayoutView:
    """Return a page of a member's own milestones."""
    milestones, guild_id = interaction.client.services.milestones, interaction.guild_id or 0
    page = await milestones.page(guild_id, place.owner, place.wanted, place.page)
    return list_card(page, place.at(page.number), ticked)


def list_card(page: Page, place: ListPlace, ticked: Milestone | None = None) -> ui.LayoutView:
    """Show a page of a member's own milestones."""
    count = ngettext("{count} milestone", "{count} milestones", page.total)
    title = heading(_title(place), count.format(count=page.total), place.page, pages_of(page))
    parts = [*_ticked(ticked, place), *_entries(page, place)]
    rows = [_menu(page.milestones, place.owner), _moves(page, place)]
    return parted(title, parts, rows)


def options_for(milestones: Sequence[Milestone]) -> list[discord.SelectOption]:
    """Return the choices of a menu that opens milestones."""
    return [
        discord.SelectOption(
            label=clip(each.details.title, MAX_OPTION_TEXT),
            description=clip(_(words.KINDS[each.details.kind]), MAX_OPTION_TEXT),
            value=str(each.id),
        )
        for each in milestones
    ]


def entry(milestone: Milestone, page: Page) -> str:
    """Return a milestone as a list shows it."""
    title, marks = words.title_of(milestone.details), words.in_short(milestone, page.today)
    return clip(f"**{title}**\n{marks}" if marks else f"**{title}**", MAX_ENTRY)


def pages_of(page: Page) -> int:
    """Return how many pages there are."""
    return max(1, -(-page.total // PER_PAGE))


def _title(place: ListPlace) -> str:
    if place.wanted.state is State.DONE:
        return _("What you have done")
    return _("Your open milestones") if place.wanted.state else _("Your milestones")


def _ticked(ticked: Milestone | None, place: ListPlace) -> Iterator[Item]:
    if ticked is not None:
        text = _("Done: **{title}**. Well done!").format(title=words.title_of(ticked.details))
        yield with_button(text, UntickButton(ticked.id, place))


def _entries(page: Page, place: ListPlace) -> Iterator[Item]:
    for each in page.milestones:
        tickable = each.state is State.OPEN and each.details.kind is not Kind.APPLICATION
        text = entry(each, page)
        yield with_button(text, TickButton(each.id, place)) if tickable else paragraph(text)
    if not page.milestones:
        yield paragraph(_("None here. Try `/milestone add title: Finish the ethics course`."))


def _menu(milestones: Sequence[Milestone], owner: int) -> list[Item]:
    return [MilestoneSelect(owner, options_for(milestones))] if milestones else []


def _moves(page: Page, place: ListPlace) -> list[Item]:
    def to(number: int, label: str) -> ListButton:
        return ListButton(place.at(number), label)

    moves = page_moves(place.page, pages_of(page), to, _("Back"), _("Next"))
    shows_done = place.wanted.state is State.DONE
    other = State.OPEN if shows_done else State.DONE
    label = _("Open ones") if shows_done else _("Done ones")
    there = replace(place, wanted=replace(place.wanted, state=other), page=0)
    return [*moves, ListButton(there, label)]
