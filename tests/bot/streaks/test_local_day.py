from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.streaks.local_day import OwnDays, act_at, days_of, local_day
from tests.bot.streaks.histories import DAY, HOUR, instants, zones


@given(instants, zones)
def test_the_day_is_what_the_calendar_on_the_wall_shows(instant: datetime, zone: str) -> None:
    assert local_day(instant, zone).date == instant.astimezone(ZoneInfo(zone)).date()


@given(instants, zones, st.integers(0, 23))
def test_until_its_start_the_day_before_goes_on(instant: datetime, zone: str, starts: int) -> None:
    wall = instant.astimezone(ZoneInfo(zone))
    expected = wall.date() if wall.hour >= starts else wall.date() - DAY
    assert local_day(instant, zone, starts).date == expected


@given(instants, zones, st.integers(0, 23), zones)
def test_the_zone_in_which_an_instant_is_written_does_not_matter(
    instant: datetime, zone: str, starts: int, written: str
) -> None:
    same = instant.astimezone(ZoneInfo(written))
    assert local_day(same, zone, starts) == local_day(instant, zone, starts)


@given(instants, zones, st.integers(0, 23), st.lists(st.integers(0, 60 * 24), max_size=60))
def test_the_days_of_many_instants_are_those_of_each(
    first: datetime, zone: str, starts: int, hours: list[int]
) -> None:
    days = OwnDays(zone, starts)
    found = [first + HOUR / 4 * hour for hour in sorted(hours)]
    assert days.of_each(found) == {days.of(instant).date for instant in found}


def test_how_far_a_day_is_ahead() -> None:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert local_day(noon, "Europe/Berlin").ahead == 2 * HOUR
    assert local_day(noon, "Europe/Berlin", 4).ahead == -2 * HOUR


@pytest.mark.parametrize(("change", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_days_with_clock_changes_are_days_like_any_other(change: date, hours: int) -> None:
    begin = datetime(change.year, change.month, change.day, tzinfo=UTC) - DAY
    shown = [local_day(begin + HOUR * hour, "Europe/Berlin").date for hour in range(72)]
    assert shown.count(change) == hours


@pytest.mark.parametrize("starts", [-1, 24])
def test_a_day_starts_at_an_hour_of_the_clock(starts: int) -> None:
    with pytest.raises(ValueError, match="can't start"):
        local_day(datetime(2026, 6, 1, tzinfo=UTC), "UTC", starts)


def test_an_answer_that_comes_late_belongs_to_the_day_it_was_sent_on() -> None:
    sent = datetime(2026, 6, 3, 22, 30, tzinfo=UTC)
    act = act_at(sent, "Europe/Berlin")
    assert (act.day.date, act.at) == (date(2026, 6, 4), sent)


@given(instants, st.floats(0, 40), zones, st.integers(0, 23))
def test_an_outage_touches_each_day_from_its_first_to_its_last(
    begins: datetime, hours: float, zone: str, starts: int
) -> None:
    ends = begins + HOUR * hours
    within = [begins + timedelta(hours=hour) for hour in range(int(hours) + 1)]
    touched = {local_day(instant, zone, starts).date for instant in [*within, ends]}
    assert days_of(begins, ends, zone, starts) == tuple(sorted(touched))
