"""On which days members are asked, against an oracle that walks through the hours."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.checkins.course import Course
from bot.checkins.model import TooManyQuestions, questions_meant
from bot.daily.times import Times
from bot.when.recurrence import next_occurrence
from tests.conftest import TORTURE

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BEGIN = datetime(2026, 3, 24, 10, 30, tzinfo=UTC)
"""Before Europe's clocks go forward, and after America's have."""

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kolkata",
    "UTC",
]
HOURS = [time(0, 30), time(2, 30), time(9), time(23, 45)]


Asked = tuple[date, datetime, str]
"""The local day, the instant, and the zone it was asked in."""


@dataclass
class Walk:
    """A member who is asked and changes their zone, hour and weekdays as time goes by."""

    course: Course
    now: datetime = BEGIN
    asked: list[Asked] = field(default_factory=list[Asked])
    named: set[date] = field(default_factory=set[date])

    def until(self, end: datetime) -> None:
        """Ask whatever is due until then."""
        while (due := next_occurrence(self.course.recurrence(), self.now)) and due <= end:
            self.now = due
            day = self.course.times.day_of(due)
            self.asked.append((day, due, self.course.times.zone))
            self.named |= {*self.course.left_out}
            self.course = self.course.asked(day, due)
        self.now = end


def walked(times: Times, changes: list[tuple[int, Times]]) -> Walk:
    walk = Walk(Course.begun(times, BEGIN))
    for hours, changed in changes:
        walk.until(walk.now + hours * HOUR)
        walk.course = walk.course.turned(changed, walk.now)
    walk.until(walk.now + 4 * DAY)
    return walk


def local(instant: datetime, zone: str) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()


every_day = st.builds(Times, st.sampled_from(HOURS), st.sampled_from(ZONES))
some_days = st.builds(
    Times,
    st.sampled_from(HOURS),
    st.sampled_from(ZONES),
    st.sets(st.integers(0, 6), min_size=1, max_size=6).map(lambda days: tuple(sorted(days))),
)
spans = st.integers(0, 60)


@settings(max_examples=2000 if TORTURE else 150)
@given(every_day, st.lists(st.tuples(spans, every_day), max_size=6))
@example(Times(time(9), "America/New_York"), [(23, Times(time(9), "Pacific/Auckland"))])
def test_no_local_day_is_asked_on_twice_and_each_is_asked_on_or_named(
    times: Times, changes: list[tuple[int, Times]]
) -> None:
    walk = walked(times, changes)
    for (day, at, _), (following, next_at, zone) in pairwise(walk.asked):
        assert day < following
        assert local(at, zone) < local(next_at, zone)
    days = [day for day, _, _ in walk.asked]
    first, last = walk.course.first, days[-1]
    first = min(days[0], *walk.named) if walk.named else days[0]
    spoken = {*days} | walk.named
    assert spoken >= {first + n * DAY for n in range((last - first).days + 1)}
    assert not {*days} & walk.named
    assert (first - local(BEGIN, times.zone)) <= DAY


@settings(max_examples=2000 if TORTURE else 100)
@given(some_days, st.lists(st.tuples(spans, st.sampled_from(ZONES)), max_size=5))
def test_a_new_zone_costs_no_weekday_without_a_word(
    times: Times, moves: list[tuple[int, str]]
) -> None:
    changes = [(hours, Times(times.at, zone, times.weekdays)) for hours, zone in moves]
    walk = walked(times, changes)
    walk.until(walk.now + 8 * DAY)
    days = {day for day, _, _ in walk.asked}
    assert all(day.weekday() in times.weekdays for day in days | walk.named)
    begun, over = local(BEGIN, times.zone) + DAY, max(days)
    wanted = {begun + n * DAY for n in range((over - begun).days + 1)}
    assert {day for day in wanted if day.weekday() in times.weekdays} <= days | walk.named


@given(st.sampled_from(ZONES), st.sampled_from(HOURS))
def test_it_stays_at_its_hour_when_clocks_change(zone: str, at: time) -> None:
    walk = walked(Times(at, zone), [])
    for day, due, _ in walk.asked:
        wall = due.astimezone(ZoneInfo(zone))
        gap = wall.date() == date(2026, 3, 29) and at == time(2, 30)
        assert (wall.date(), wall.time()) == (day, time(3) if gap and zone == ZONES[0] else at)


def test_going_there_and_back_costs_nothing() -> None:
    berlin, auckland = Times(time(9), "Europe/Berlin"), Times(time(9), "Pacific/Auckland")
    before = datetime(2026, 3, 26, 7, tzinfo=UTC)
    course = Course.begun(berlin, BEGIN).asked(date(2026, 3, 25), before - 23 * HOUR)
    there = course.turned(auckland, before)
    assert there.left_out == (date(2026, 3, 26),)
    back = there.turned(berlin, before + HOUR / 2)
    assert (back.first, back.left_out) == (date(2026, 3, 26), ())


def test_a_day_that_was_lost_stays_to_be_named() -> None:
    berlin, auckland = Times(time(9), "Europe/Berlin"), Times(time(9), "Pacific/Auckland")
    course = Course.begun(berlin, BEGIN).turned(auckland, datetime(2026, 3, 25, 7, tzinfo=UTC))
    assert course.left_out == (date(2026, 3, 25),)
    later = course.turned(berlin, datetime(2026, 3, 28, 12, tzinfo=UTC))
    assert later.left_out == (date(2026, 3, 25),)


def test_questions_stand_between_bars() -> None:
    assert questions_meant(" What? | Why? ") == ("What?", "Why?")
    assert questions_meant(None) == ()
    for text in ("a|b|c|d", "x" * 101):
        with pytest.raises(TooManyQuestions):
            questions_meant(text)
