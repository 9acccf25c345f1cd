"""Dates from effort and pace, against a calendar that is walked day by day."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.careers.model import Range
from bot.journeys import planning
from bot.journeys.planning import Need, Verdict
from bot.streaks.model import Pause
from tests.bot.journeys import samples
from tests.bot.journeys.samples import DAY, TUESDAY

efforts = st.lists(st.integers(0, 5000), max_size=12)


def walked(start: date, days: int, pauses: Sequence[Pause]) -> date:
    """The same told a second time: day after day, those of pauses hold nothing."""
    day = start
    while days:
        days -= not any(day in pause for pause in pauses)
        day += DAY
    return day


@given(samples.dates, st.integers(0, 300), st.data())
def test_days_of_work_are_those_without_a_pause(
    start: date, days: int, data: st.DataObject
) -> None:
    pauses = data.draw(samples.pauses(start))
    end = planning.after(start, days, pauses)
    assert end == walked(start, days, pauses)
    assert planning.days_between(start, end, pauses) == days


@given(samples.dates, samples.dates, st.data())
def test_days_between_are_counted_one_by_one(start: date, end: date, data: st.DataObject) -> None:
    pauses = data.draw(samples.pauses(start))
    days = [start + DAY * number for number in range((end - start).days)]
    free = [day for day in days if not any(day in pause for pause in pauses)]
    assert planning.days_between(start, end, pauses) == len(free)


@given(efforts, samples.dates, samples.hours, st.data())
def test_all_effort_fits_before_its_date_and_none_is_given_a_day_more(
    efforts: list[int], start: date, hours: int, data: st.DataObject
) -> None:
    pauses = data.draw(samples.pauses(start))
    found = planning.dates(efforts, start, hours, pauses)
    assert list(found) == sorted(found)
    for number, day in enumerate(found, start=1):
        days, minutes = planning.days_between(start, day, pauses), sum(efforts[:number])
        assert days * hours * 60 >= minutes * 7
        assert not days or (days - 1) * hours * 60 < minutes * 7


@given(efforts.filter(any), samples.dates, samples.hours, st.integers(1, 60))
def test_a_pause_in_the_plan_moves_its_end_by_as_many_days(
    efforts: list[int], start: date, hours: int, days: int
) -> None:
    plain = planning.dates(efforts, start, hours, ())
    rest = Pause(start, start + (days - 1) * DAY)
    assert planning.dates(efforts, start, hours, (rest,)) == tuple(
        day + days * DAY if effort else day
        for day, effort in zip(plain, _sums(efforts), strict=True)
    )


def _sums(efforts: list[int]) -> list[int]:
    return [sum(efforts[: number + 1]) for number in range(len(efforts))]


@given(st.integers(0, 60 * 5000), samples.dates, st.integers(-5, 800), st.data())
def test_what_a_target_needs_is_enough_and_an_hour_less_is_not(
    effort: int, start: date, days: int, data: st.DataObject
) -> None:
    pauses, target = data.draw(samples.pauses(start)), start + days * DAY
    needed = planning.need(effort, start, target, pauses)
    if needed.hours is None:
        assert planning.days_between(start, target, pauses) == 0
        assert needed.verdict is Verdict.IMPOSSIBLE
        return
    [end] = planning.dates([effort], start, needed.hours, pauses)
    assert end <= target or not effort
    if needed.hours > 1:
        [later] = planning.dates([effort], start, needed.hours - 1, pauses)
        assert later > target


@pytest.mark.parametrize(
    ("hours", "verdict", "planned"),
    [
        (1, Verdict.FITS, 1),
        (39, Verdict.FITS, 39),
        (40, Verdict.HARD, 40),
        (60, Verdict.HARD, 60),
        (61, Verdict.IMPOSSIBLE, 60),
        (None, Verdict.IMPOSSIBLE, 60),
    ],
)
def test_nobody_plans_with_more_than_sixty_hours(
    hours: int | None, verdict: Verdict, planned: int
) -> None:
    assert (Need(hours).verdict, planning.pace_for(Need(hours))) == (verdict, planned)


def test_the_leap_day_is_a_day_like_any_other() -> None:
    week = 7 * 60
    assert planning.dates([week], date(2028, 2, 25), 7, ()) == (date(2028, 3, 3),)
    assert planning.dates([week], date(2027, 2, 25), 7, ()) == (date(2027, 3, 4),)
    assert planning.dates([60], date(2028, 2, 28), 7, ()) == (date(2028, 2, 29),)


def test_a_rest_without_an_end_is_planned_as_if_it_ended_today() -> None:
    rest = Pause(TUESDAY, None)
    [ended] = planning.settled([rest], TUESDAY + 3 * DAY)
    assert ended == Pause(TUESDAY, TUESDAY + 3 * DAY)
    assert planning.settled([ended], TUESDAY) == (ended,)


def test_the_longest_plan_that_a_pack_allows_has_an_end() -> None:
    effort = 12 * 104 * 60 * 60
    [end] = planning.dates([effort], TUESDAY, 1, ())
    assert end - TUESDAY == timedelta(weeks=12 * 104 * 60)


@pytest.mark.parametrize(
    ("months", "weeks"),
    [
        (Range(low=9, high=9), 19),
        (Range(low=1, high=9), 0),
        (Range(low=1, high=2), -11),
        (Range(low=1, high_open=True), 0),
        (Range(low=1, high=2, high_open=True), 0),
        (Range(high=2, low_open=True), -11),
        (Range(low=10**12, high_open=True), 5198),
    ],
)
def test_a_source_s_months_are_put_beside_a_plan(months: Range, weeks: int) -> None:
    end = TUESDAY + timedelta(weeks=20)
    assert planning.weeks_beyond(months, TUESDAY, end) == weeks
