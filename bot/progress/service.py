"""How a server's members get on, for its facilitators: sums alone, never of few."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.clock import Clock
from bot.journeys.service import Journeys
from bot.progress import store
from bot.progress.figures import Career, Counts, Stage, shown
from bot.progress.store import AtPhase, Took, Wanted
from bot.store.database import Database

SILENT_FOR = timedelta(days=30)
"""Whoever has done nothing for so long, and isn't resting, has dropped off."""

Days = Mapping[int, Mapping[int, int]]
Counted = TypeVar("Counted", AtPhase, Took)


class ServerProgress:
    """Counts journeys. Whether whoever asks may see that, their cog checks."""

    def __init__(self, database: Database, clock: Clock, journeys: Journeys) -> None:
        self._database = database
        self._clock = clock
        self._journeys = journeys

    async def careers(self, guild_id: int, role: str | None = None) -> list[Career]:
        """Return what may be shown of each career that members of a server are or were on.

        `role` leaves one of them; the largest come first.
        """
        now = self._clock.now()
        wanted = Wanted(guild_id, now, now - SILENT_FOR, role)
        async with self._database.reading() as session:
            stages = _by_role(await store.stages(session, wanted))
            days = _by_role(await store.days(session, wanted))
            titles = {
                each: self._titles(each) or tuple(await store.titles(session, guild_id, each))
                for each in stages
            }
        careers = [
            shown(_counts(each, titles[each], rows, _histograms(days.get(each, ()))))
            for each, rows in stages.items()
        ]
        return sorted(careers, key=lambda career: (-(career.ever or 0), career.title))

    def _titles(self, role: str) -> tuple[str, ...]:
        """Return the titles of a career's phases; none if its pack isn't loaded."""
        outline = self._journeys.outline(role)
        items = outline.items if outline else ()
        return tuple({item.phase: item.phase_title for item in items}.values())


def _by_role(rows: Iterable[Counted]) -> Mapping[str, Sequence[Counted]]:
    found = defaultdict[str, list[Counted]](list)
    for row in rows:
        found[row.role].append(row)
    return found


def _counts(role: str, phases: tuple[str, ...], rows: Sequence[AtPhase], days: Days) -> Counts:
    """Gather what is counted; journeys that their pack has overtaken are in its last phase."""
    stages, all_the_way = [Stage() for _ in phases], 0
    for row in rows:
        if row.at is None:
            all_the_way += row.members
        elif phases:
            place = min(row.at, len(phases) - 1)
            dropped = row.members if row.has_dropped else 0
            stages[place] += Stage(row.members - dropped, dropped)
    title = max(row.title for row in rows)
    return Counts(role, title, phases, tuple(stages), all_the_way, days)


def _histograms(rows: Iterable[Took]) -> Days:
    found = defaultdict[int, dict[int, int]](dict)
    for row in rows:
        found[row.phase][row.days] = row.members
    return found
