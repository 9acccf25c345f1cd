"""The card of a leaderboard, and what is pressed on it."""

import re
from collections.abc import Iterator, Mapping
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import clip
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.i18n import _, later, ngettext
from bot.leaderboard.model import Measure, Period, Seen, Wanted
from bot.leaderboard.ranking import Place

MAX_NAME = 60
"""Characters of a member's name with what makes it inert; Discord allows 32."""

LOOKS = 5
"""How often a page is looked at anew when members on it have left."""

MEASURES = "|".join(Measure)
PERIODS = "|".join(Period)
WANTED = rf"(?P<measure>{MEASURES}):(?P<period>{PERIODS}):(?P<page>\d{{1,6}})"

MEASURE_NAMES: Mapping[Measure, str] = {
    Measure.STREAK: later("Days in a row"),
    Measure.ANSWERS: later("Answers"),
    Measure.HELPFUL: later("Helpful votes"),
}
PERIOD_NAMES: Mapping[Period, str] = {
    Period.WEEK: later("this week"),
    Period.LAST_WEEK: later("last week"),
    Period.MONTH: later("this month"),
    Period.LAST_MONTH: later("last month"),
    Period.YEAR: later("this year"),
    Period.EVER: later("of all time"),
}


async def board_card(interaction: discord.Interaction[Waymark], wanted: Wanted) -> ui.LayoutView:
    """Return a page of a server's leaderboard, without members who have left."""
    seen, names = await _present(interaction, wanted)
    lines = [_line(place, names, interaction.user.id) for place in seen.board.places]
    return card(
        heading=heading(_("Leaderboard"), title_of(seen.wanted), seen.board.page, seen.board.pages),
        body="\n".join(lines) or _("Nobody is on it yet. Take part, answer, and be the first."),
        small_print="\n".join(_own(seen)),
        rows=[[BoardSelect.at(seen.wanted)], [*_pages(seen), _part_button(seen)]],
    )


async def _present(
    interaction: discord.Interaction[Waymark], wanted: Wanted
) -> tuple[Seen, dict[int, str]]:
    """Return a page, and its members' names; who has left is hidden from now on."""
    boards, now = interaction.client.services.leaderboards, interaction.client.services.clock.now()
    guild_id, names = interaction.guild_id or 0, dict[int, str]()
    for _look in range(LOOKS):
        seen = await boards.seen(guild_id, interaction.user.id, wanted)
        members = [place.member for place in seen.board.places]
        found = await interaction.client.roster.names(interaction.guild, members, now)
        names = {member: name for member, name in found.items() if name is not None}
        gone = found.keys() - names.keys()
        if not gone:
            return seen, names
        await boards.hide(guild_id, gone)
        for member in gone:
            await interaction.client.services.leavings.left(guild_id, member)
    return await boards.seen(guild_id, interaction.user.id, wanted), names


def title_of(wanted: Wanted) -> str:
    """Return what is ranked, over which time."""
    measure, period = _(MEASURE_NAMES[wanted.measure]), _(PERIOD_NAMES[wanted.period])
    return measure if wanted.measure is Measure.STREAK else f"{measure}, {period}"


def _line(place: Place, names: Mapping[int, str], reader: int) -> str:
    name = clip(inert(names.get(place.member, _("somebody who left"))), MAX_NAME)
    you = _(" (you)") if place.member == reader else ""
    return f"{place.rank}\\. **{name}**{you} · {place.score}"


def _own(seen: Seen) -> Iterator[str]:
    own = seen.board.own
    if own is not None:
        text = ngettext(
            "-# You: rank {rank}, of {count} member.",
            "-# You: rank {rank}, of {count} members.",
            seen.board.members,
        )
        yield text.format(rank=own.rank, count=seen.board.members)
    elif seen.takes_part:
        yield _("-# You take part, and have no rank here yet: an answer gives you one.")
    else:
        yield _("-# You don't take part: nobody sees your numbers here.")


def _pages(seen: Seen) -> "Iterator[BoardButton]":
    wanted, board = seen.wanted, seen.board
    if board.page:
        yield BoardButton(Wanted(wanted.measure, wanted.period, board.page - 1), _("← Back"))
    if board.page + 1 < board.pages:
        yield BoardButton(Wanted(wanted.measure, wanted.period, board.page + 1), _("More →"))


def _part_button(seen: Seen) -> "PartButton":
    return PartButton(seen.wanted, joins=not seen.takes_part)


def read_wanted(match: re.Match[str]) -> Wanted:
    """Read a custom id that `WANTED` matched."""
    return Wanted(Measure(match["measure"]), Period(match["period"]), int(match["page"]))


def written(wanted: Wanted) -> str:
    """Return it as `read_wanted` reads it."""
    return f"{wanted.measure}:{wanted.period}:{wanted.page}"


class BoardButton(LastingButton, template=rf"board:v1:page:{WANTED}"):
    """Turns to another page, for whoever presses."""

    def __init__(self, wanted: Wanted, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"board:v1:page:{written(wanted)}"))
        self.wanted = wanted

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(read_wanted(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        await in_place(interaction, board_card(interaction, self.wanted))


class BoardSelect(LastingSelect, template=r"board:v1:pick"):
    """Picks what is ranked, and over which time."""

    def __init__(self) -> None:
        super().__init__(ui.Select(custom_id="board:v1:pick", placeholder=_("Rank by…")))

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls()

    @classmethod
    def at(cls, wanted: Wanted) -> Self:
        """Return the menu with all there is, of which what is shown is marked."""
        made = cls()
        for each in _all_boards():
            same = title_of(each) == title_of(wanted)
            made.item.add_option(label=title_of(each), value=written(each), default=same)
        return made

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Show it from its first page on."""
        match = re.fullmatch(WANTED, value)
        wanted = read_wanted(match) if match else Wanted()
        await in_place(interaction, board_card(interaction, wanted))


def _all_boards() -> Iterator[Wanted]:
    yield Wanted(Measure.STREAK)
    for measure in (Measure.ANSWERS, Measure.HELPFUL):
        for period in Period:
            yield Wanted(measure, period)


class PartButton(LastingButton, template=rf"board:v1:(?P<way>join|leave):{WANTED}"):
    """Lets whoever presses take part, or no more."""

    def __init__(self, wanted: Wanted, *, joins: bool) -> None:
        way = "join" if joins else "leave"
        super().__init__(
            ui.Button(
                label=_("Take part") if joins else _("Take part no more"),
                style=discord.ButtonStyle.primary if joins else discord.ButtonStyle.secondary,
                custom_id=f"board:v1:{way}:{written(wanted)}",
            )
        )
        self.wanted, self.joins = wanted, joins

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(read_wanted(match), joins=match["way"] == "join")

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do so, and show the leaderboard as it is then."""
        await in_place(interaction, self._done(interaction))

    async def _done(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        boards = interaction.client.services.leaderboards
        change = boards.join if self.joins else boards.leave
        await change(interaction.guild_id or 0, interaction.user.id)
        return await board_card(interaction, self.wanted)
