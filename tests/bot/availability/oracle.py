"""A search for slots that tries all of them, each with its attendees' own clocks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.availability.model import HALVES_A_DAY
from bot.availability.slots import Wanted
from bot.availability.weighing import Attendee
from bot.when.recurrence import fits, resolve

STEP = timedelta(minutes=30)
COSTS = {**dict.fromkeys(range(9, 21), 0), 8: 1, 21: 1, 7: 2, 22: 2}

Rank = tuple[int, int, int, datetime]


@dataclass(frozen=True)
class Tried:
    """A slot, and how it ranks."""

    rank: Rank
    wall: datetime
    day: int


def free(person: Attendee, local: datetime) -> bool:
    if person.hours is None:
        return local.hour in COSTS
    place = local.weekday() * HALVES_A_DAY + local.hour * 2 + local.minute // 30
    return place in person.hours.halves


def meets(person: Attendee, at: datetime, length: timedelta) -> int | None:
    """How awkward the worst of it is for them; None if they can't all the time."""
    zone, worst = ZoneInfo(person.zone), 0
    for step in range(0, length // timedelta(minutes=1), 15):
        local = (at + timedelta(minutes=step)).astimezone(zone)
        if not free(person, local):
            return None
        worst = max(worst, COSTS.get(local.hour, 3))
    return worst


def walls(wanted: Wanted) -> Iterator[datetime]:
    """The half hours of the zone's clocks from the earliest instant on."""
    wall = wanted.after.astimezone(ZoneInfo(wanted.zone)).replace(tzinfo=None, minute=0)
    while resolve(wall, wanted.zone) < wanted.after:
        wall += STEP
    end = wall + timedelta(weeks=1 if wanted.weekly else 2)
    while wall < end:
        if fits(wall, wanted.zone) != "never":
            yield wall
        wall += STEP


def tried(people: Sequence[Attendee], wanted: Wanted) -> list[Tried]:
    found: list[Tried] = []
    for wall in walls(wanted):
        weeks = range(53 if wanted.weekly else 1)
        instants = [resolve(wall + timedelta(weeks=week), wanted.zone) for week in weeks]
        each = [[meets(one, at, wanted.length) for at in instants] for one in people]
        costs = [[cost for cost in theirs if cost is not None] for theirs in each]
        made, burdens = sum(map(len, costs)), [*map(sum, costs)]
        if made:
            day = wall.weekday() if wanted.weekly else wall.toordinal()
            found.append(Tried((-made, max(burdens), sum(burdens), wall), wall, day))
    return found
