"""Histories for tests: as they happen to people, and as nobody could live them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from bot.streaks.fold import fold
from bot.streaks.local_day import act_at, local_day
from bot.streaks.model import Act, DayState, History, LocalDay, Pause, Streak

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = date(2026, 6, 1)
NOTHING = History()

ZONES = [
    "Pacific/Pago_Pago",
    "Pacific/Honolulu",
    "America/Los_Angeles",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "Atlantic/Azores",
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Africa/Cairo",
    "Antarctica/Troll",
    "Asia/Tehran",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Kiritimati",
]
zones = st.sampled_from(ZONES)
FIRST = datetime(2015, 1, 1, tzinfo=UTC)
instants = st.integers(0, 20 * 365 * 24 * 60).map(lambda minutes: FIRST + HOUR / 60 * minutes)
"""Of the years 2015 to 2034."""


def day(number: int) -> date:
    """The n-th day of June 2026, whose first is a Monday; 0 and less lie before it."""
    return MONDAY + DAY * (number - 1)


def at(number: int, hour: float = 12, zone: str = "UTC") -> Act:
    """An act at the hour of UTC on the n-th of June, by somebody in the zone."""
    midnight = datetime(2026, 6, 1, tzinfo=UTC) + DAY * (number - 1)
    return act_at(midnight + HOUR * hour, zone)


def today(number: int) -> LocalDay:
    return LocalDay(day(number), timedelta())


def streak(done: Iterable[int], now: int, others: History = NOTHING) -> Streak:
    """The streak of somebody at UTC who acted on these days of June."""
    acts = tuple(at(number) for number in done)
    return fold(replace(others, acts=acts), today(now))


def state(found: Streak, wanted: date) -> DayState | None:
    return {each.date: each.state for each in found.days}.get(wanted)


@dataclass(frozen=True)
class Lived:
    """A history and the day on which it is looked at."""

    history: History
    today: LocalDay


near = st.dates(MONDAY, MONDAY + 45 * DAY)
aheads = st.integers(-35 * 4, 14 * 4).map(lambda quarters: timedelta(minutes=15 * quarters))


@st.composite
def anything(draw: st.DrawFn) -> Lived:
    """Acts in whatever zones, even several at once; pauses, outages and free days anywhere."""
    start = datetime(2026, 6, 1, tzinfo=UTC)
    few = draw(st.lists(aheads, min_size=1, max_size=3))
    hours = draw(st.lists(st.integers(0, 45 * 24 * 4), max_size=60))
    acts = tuple(_act(start + HOUR / 4 * hour, draw(st.sampled_from(few))) for hour in hours)
    now = start + HOUR * draw(st.integers(0, 47 * 24))
    return Lived(
        History(acts, draw(pauses), draw(some_days), draw(st.none() | some_days)),
        _act(now, draw(st.sampled_from(few))).day,
    )


@st.composite
def lives(draw: st.DrawFn, journeys: int = 3) -> Lived:
    """Somebody who answers on most days, moves now and then, and rests now and then."""
    begin = draw(instants)
    homes = draw(st.lists(st.tuples(zones, st.integers(0, 23)), min_size=1, max_size=journeys + 1))
    stay = draw(st.integers(1, 20))
    gaps = draw(st.lists(st.sampled_from([1, 5, 20, 24, 24, 24, 24, 27, 40, 60]), max_size=60))
    acts: list[Act] = []
    instant = begin
    for gap in gaps:
        instant += HOUR * gap
        acts.append(act_at(instant, *_home(homes, instant - begin, stay)))
    instant += HOUR * draw(st.integers(0, 60))
    now = local_day(instant, *_home(homes, instant - begin, stay))
    spans = [
        Pause(local_day(begin, "UTC").date + DAY * first, None)
        for first in draw(st.lists(st.integers(5, 60), max_size=1))
    ]
    return Lived(History(tuple(acts), tuple(spans)), now)


def _home(homes: Sequence[tuple[str, int]], since: timedelta, stay: int) -> tuple[str, int]:
    return homes[min(since.days // stay, len(homes) - 1)]


def _act(instant: datetime, ahead: timedelta) -> Act:
    return Act(LocalDay((instant + ahead).date(), ahead), instant)


some_days = st.frozensets(near, max_size=30)
pauses = st.lists(st.builds(Pause, near, st.none() | near), max_size=3).map(tuple)
"""Some end before they begin: those hold no day."""
