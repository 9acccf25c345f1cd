"""Every change of clocks in every zone, compared with a clock that is looked at all the time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product, takewhile
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.when import recurrence
from bot.when.recurrence import Recurrence, fits, occurrences, resolve
from tests.bot.when.oracle import DAY, HOUR, MINUTE, Change, Rule, changes, offset, rules, watched
from tests.conftest import TORTURE

FIRST_YEAR, LAST_YEAR = 2024, 2035
NOT_IANA = {"Factory", "localtime", "posixrules"}
ZONES = sorted(zone for zone in available_timezones() if zone not in NOT_IANA)

TELLING = [
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "America/Nuuk",
    "America/Santiago",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Chatham",
]
"""Changes twice a year for a month, at midnight, of half an hour, of two, and from :45."""

ODD = {
    "Africa/Monrovia": 1972,  # a gap of 44:30 min
    "Asia/Pyongyang": 2015,  # half an hour back for good
    "Pacific/Apia": 2011,  # a whole day left out
    "Pacific/Kwajalein": 1993,  # likewise
}


@dataclass(frozen=True)
class Case:
    """A rule near a change, asked for what comes after an instant."""

    change: Change
    rule: Rule
    start: datetime
    after: datetime
    count: int | None = None
    until: datetime | None = None
    skipped: frozenset[date] = frozenset()

    @property
    def found(self) -> list[datetime]:
        """What Waymark says."""
        count = f";COUNT={self.count}" if self.count else ""
        until = f";UNTIL={self.until:%Y%m%dT%H%M%S}" if self.until else ""
        text = f"{self.rule.text}{count}{until}"
        asked = Recurrence(text, self.start, self.change.zone, self.skipped)
        end = watched(self.change).end
        return list(takewhile(lambda instant: instant <= end, occurrences(asked, self.after)))

    @property
    def expected(self) -> list[datetime]:
        """What was seen."""
        seen = watched(self.change)
        walls = list(self.rule.walls(self.start, seen))[: self.count]
        kept = (wall for wall in walls if self.until is None or wall <= self.until)
        instants = {seen.reached[wall] for wall in kept if wall.date() not in self.skipped}
        return sorted(instant for instant in instants if instant > self.after)


def wall_times(change: Change) -> list[datetime]:
    """Return wall times just outside, at both ends of and within what is left out or repeated."""
    low, high = change.walls
    within = (low + (high - low) / 2).replace(second=0)
    near = [low - MINUTE, low, within, high - MINUTE, high, high + MINUTE]
    return [*near, low.replace(hour=0, minute=0), low.replace(hour=9, minute=0)]


def cases(change: Change) -> Iterator[Case]:
    """Yield each rule at each wall time near the change, its variants by turns."""
    seen = watched(change)
    afters = [seen.begin, change.instant - MINUTE, change.instant, change.instant + HOUR]
    both = product(rules(change.walls[0].date()), wall_times(change))
    for turn, (rule, wall) in enumerate(both):
        after, near = afters[turn // 4 % 4], wall - DAY
        match turn % 4:
            case 0:
                yield Case(change, rule, wall.replace(year=wall.year - 4), after)
            case 1:
                yield Case(change, rule, near, after, count=1 + turn % 3)
            case 2:
                yield Case(change, rule, near - 364 * DAY, after, until=wall)
            case _:
                yield Case(change, rule, near, after, skipped=frozenset({wall.date()}))


def differences(change: Change) -> list[Case]:
    """Return the cases that don't come when the clock shows their times."""
    return [case for case in cases(change) if case.found != case.expected]


def misread(change: Change) -> list[datetime]:
    """Return wall times near the change that are taken for others than the clock shows."""
    seen, (low, high) = watched(change), change.walls
    return [
        wall
        for wall, instant in seen.reached.items()
        if low - 2 * HOUR <= wall <= high + 2 * HOUR
        if resolve(wall, change.zone) != instant
        or fits(wall, change.zone) != ("never", "once", "twice")[seen.times_shown[wall]]
    ]


def looked_at(zone: str) -> list[Change]:
    """Return the changes of a zone, but at reduced size two; or a day of one that has none."""
    found = changes(zone, FIRST_YEAR, LAST_YEAR if TORTURE else FIRST_YEAR)
    return (found if TORTURE else found[:2]) or [unchanged(zone)]


def unchanged(zone: str) -> Change:
    """Return no change at all, on a day of a zone that leaves its clocks alone."""
    same = offset(zone, datetime(FIRST_YEAR, 3, 31, 1, tzinfo=UTC))
    return Change(zone, datetime(FIRST_YEAR, 3, 31, 1, tzinfo=UTC), same, same)


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    zone, year = draw(st.sampled_from(ZONES)), draw(st.integers(FIRST_YEAR, LAST_YEAR))
    change = draw(st.sampled_from(changes(zone, year, year) or [unchanged(zone)]))
    seen = watched(change)
    wall = change.walls[0] + draw(st.integers(-180, 180)) * MINUTE
    start = wall - draw(st.integers(0, 1)) * DAY
    count = draw(st.none() | st.integers(1, 5))
    until = None if count else draw(st.none() | st.integers(-2880, 2880))
    return Case(
        change,
        draw(st.sampled_from(rules(wall.date()))),
        start if count else start - draw(st.integers(0, 2000)) * DAY,
        seen.begin + draw(st.integers(0, 4 * 1440)) * MINUTE,
        count,
        None if until is None else wall + until * MINUTE,
        frozenset(draw(st.sets(st.sampled_from(list(seen.days())), max_size=2))),
    )


@pytest.mark.parametrize("zone", ZONES if TORTURE else sorted({*TELLING, *ZONES[::25]}))
def test_a_rule_follows_the_clock_through_every_change(zone: str) -> None:
    for change in looked_at(zone):
        assert differences(change) == []
        assert misread(change) == []


@pytest.mark.parametrize("zone", ODD)
def test_a_rule_follows_the_clock_through_odd_changes(zone: str) -> None:
    change = max(
        changes(zone, ODD[zone], ODD[zone]), key=lambda each: abs(each.after - each.before)
    )
    assert differences(change) == []
    assert misread(change) == []


@given(case=any_case())
def test_any_rule_comes_when_the_clock_shows_its_time(case: Case) -> None:
    assert case.found == case.expected


def second_of_two(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)


def as_far_after_the_gap(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def before_the_gap(wall: datetime, zone: str) -> datetime:
    fold = 1 if fits(wall, zone) == "never" else 0
    return wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


@pytest.mark.parametrize("wrong", [second_of_two, as_far_after_the_gap, before_the_gap])
def test_a_wrong_reading_of_wall_times_would_be_noticed(
    wrong: Callable[[datetime, str], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recurrence, "resolve", wrong)
    assert any(differences(change) for change in changes("America/New_York", 2026, 2026))
