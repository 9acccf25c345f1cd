"""The groups that a member looks for, and their own ones."""

import re
from dataclasses import dataclass, replace
from typing import Self

import discord
from discord import ui

from bot.careers.slugs import KEY_PATTERN, key_of
from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import MAX_BUTTON_LABEL, clip
from bot.chat.paging import page_moves
from bot.client import Waymark
from bot.i18n import _, ngettext
from bot.study.model import Entry, Standing
from bot.study.roll import Roll
from bot.study.service import Found, Wanted
from cogs.study import words
from cogs.study.seat_card import SeatAct, SeatButton
from cogs.study.sight import may_see

ON_A_PAGE = 4
"""Groups; each has a button."""

ANY = "0"
TOPIC_SHOWN = 160


@dataclass(frozen=True)
class Search:
    """What is looked for, as custom ids carry it."""

    role: str = ANY
    """The key of a career."""

    phase: int = 0
    """Which phase of its roadmap, from 1."""

    free: bool = False
    near: bool = False
    page: int = 0

    PATTERN = (
        rf"(?P<role>{KEY_PATTERN}|{ANY}):(?P<phase>\d{{1,2}}):(?P<free>[01]):(?P<near>[01])"
        r":(?P<page>\d{1,2})"
    )

    def __str__(self) -> str:
        return f"{self.role}:{self.phase}:{self.free:d}:{self.near:d}:{self.page}"

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        free, near = match["free"] == "1", match["near"] == "1"
        return cls(match["role"], int(match["phase"]), free, near, int(match["page"]))

    @classmethod
    def of(cls, bot: Waymark, wanted: Wanted) -> Self:
        """Return a search as custom ids carry it."""
        phases = titles(bot, wanted.role)
        phase = phases.index(wanted.phase) + 1 if wanted.phase in phases else 0
        return cls(key_of(wanted.role) if wanted.role else ANY, phase, wanted.free, wanted.near)

    def wanted(self, bot: Waymark) -> Wanted:
        """Return what is looked for; a career or phase that is gone isn't, any more."""
        loaded = bot.services.careers.registry.all()
        slug = next((each.slug for each in loaded if key_of(each.slug) == self.role), None)
        phases = (None, *titles(bot, slug))
        phase = phases[self.phase] if self.phase < len(phases) else None
        return Wanted(slug, phase, self.free, self.near)


def titles(bot: Waymark, slug: str | None) -> tuple[str, ...]:
    """Return the titles of a career's phases, in order; none if it isn't known."""
    outline = bot.services.journeys.outline(slug) if slug else None
    return tuple(dict.fromkeys(item.phase_title for item in outline.items)) if outline else ()


class FindButton(LastingButton, template=rf"study:v1:find:{Search.PATTERN}"):
    """Goes to another page of what was found; the card is its asker's alone."""

    def __init__(self, search: Search, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"study:v1:find:{search}"))
        self.search = search

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Search.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page as it is now."""
        await in_place(interaction, found_card(interaction, self.search))


async def found_card(interaction: discord.Interaction[Waymark], search: Search) -> ui.LayoutView:
    """Show one page of the groups that a member looks for."""
    bot, guild_id = interaction.client, interaction.guild_id or 0
    there = await bot.services.study.find(guild_id, interaction.user.id, search.wanted(bot))
    found = [each for each in there if await may_see(interaction, each.roll.group)]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(search.page, pages - 1)
    shown = found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    count = ngettext("{n} group", "{n} groups", len(found)).format(n=len(found))
    nothing = _("None yet. `/study create` makes one; fewer options find more.")
    return card(
        heading=heading(_("Study groups"), count, page, pages),
        body="\n\n".join(_found(bot, each) for each in shown) or nothing,
        rows=[
            [_join(each.roll, interaction.user.id) for each in shown],
            page_moves(
                page, pages, lambda to, label: _move(search, to, label), _("Back"), _("More")
            ),
        ],
    )


def _move(search: Search, page: int, label: str) -> FindButton:
    return FindButton(replace(search, page=page), label)


def _join(roll: Roll, member_id: int) -> SeatButton:
    entry = roll.of(member_id)
    is_in = entry is not None and entry.is_concerned
    act = SeatAct.LEAVE if is_in else SeatAct.JOIN
    label = _("Leave {name}") if is_in else _("Join {name}")
    text = label.format(name=roll.group.wish.name)
    return SeatButton(act, roll.group.id, clip(text, MAX_BUTTON_LABEL))


def _found(bot: Waymark, found: Found) -> str:
    roll = found.roll
    hours = ngettext("{n} hour of day in common", "{n} hours of day in common", found.hours)
    facts = [words.places(roll), words.admission(roll), hours.format(n=found.hours)]
    about = clip(" · ".join(words.topic(bot, roll).splitlines()), TOPIC_SHOWN)
    head = f"**{words.name(roll)}** · <#{roll.group.place.channel_id}>"
    return "\n".join(filter(None, [head, about, " · ".join(facts)]))


def mine_card(rolls: list[Roll], member_id: int) -> ui.LayoutView:
    """Show a member the groups that they are in, wait for, or have asked to join."""
    lines = [_mine(roll, entry) for roll in rolls if (entry := roll.of(member_id))]
    nothing = _("You're in none. `/study find` shows those there are.")
    return card(
        heading=heading(_("Your study groups"), _("In this server")),
        body="\n".join(lines) or nothing,
        small_print=_("-# `/study leave` leaves one."),
    )


def _mine(roll: Roll, entry: Entry) -> str:
    match entry.standing:
        case Standing.WAITING:
            stands = _("number {n} on the waiting list").format(n=roll.place_of(entry))
        case Standing.ASKED:
            stands = _("you have asked to join")
        case _:
            stands = words.places(roll)
    return f"- **{words.name(roll)}** · <#{roll.group.place.channel_id}> · {stands}"
