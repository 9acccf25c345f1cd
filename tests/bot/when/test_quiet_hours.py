"""Hours in which nobody is disturbed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.when.quiet_hours import A_DAY, Quiet, QuietHours, undisturbed

NIGHT = QuietHours(22, 7)
ZONES = ("UTC", "Europe/Berlin", "Asia/Kolkata", "America/Los_Angeles", "Pacific/Apia")
HOUR = timedelta(hours=1)

hours = st.integers(0, 23)
quiets = (
    st.tuples(hours, hours)
    .filter(lambda span: span[0] != span[1])
    .map(lambda span: QuietHours(*span))
)
instants = st.integers(0, 6 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
zones = st.sampled_from(ZONES)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "quiet"), [(21, False), (22, True), (23, True), (0, True), (6, True), (7, False)]
)
def test_a_night_goes_past_midnight(hour: int, quiet: bool) -> None:
    assert (hour in NIGHT) is quiet


def test_it_is_over_in_the_morning_of_the_zone() -> None:
    assert NIGHT.over(at(24, 22, 30), "UTC") == at(25, 7)
    assert NIGHT.over(at(25, 3), "UTC") == at(25, 7)
    assert NIGHT.over(at(25, 7), "UTC") == at(25, 7)
    assert NIGHT.over(at(24, 21, 30), "Europe/Berlin") == at(25, 6)
    assert QuietHours(9, 17).over(at(24, 12), "UTC") == at(24, 17)


def test_it_is_over_when_clocks_say_so_though_they_change() -> None:
    before = datetime(2027, 3, 27, 23, tzinfo=UTC)  # midnight in Berlin, an hour is skipped
    assert NIGHT.over(before, "Europe/Berlin") == datetime(2027, 3, 28, 5, tzinfo=UTC)


@given(instants, quiets, zones)
def test_quiet_hours_end_within_a_day_and_then_it_isnt_quiet(
    moment: datetime, quiet: QuietHours, zone: str
) -> None:
    over = quiet.over(moment, zone)
    assert moment <= over <= moment + A_DAY + HOUR
    assert quiet.over(over, zone) == over
    if over == moment:
        assert moment.astimezone(ZoneInfo(zone)).hour not in quiet


def test_nobody_has_quiet_hours() -> None:
    assert undisturbed(at(24, 23), []) == at(24, 23)
    assert undisturbed(at(24, 23), [Quiet(None, "UTC")]) == at(24, 23)


def test_both_are_kept_in_their_zones() -> None:
    ours, theirs = Quiet(NIGHT, "UTC"), Quiet(NIGHT, "America/Los_Angeles")
    assert undisturbed(at(24, 23), [ours, theirs]) == at(25, 15)
    assert undisturbed(at(24, 20), [ours, theirs]) == at(24, 20)


def test_where_no_time_is_left_the_first_ones_are_kept() -> None:
    ours, theirs = Quiet(NIGHT, "UTC"), Quiet(QuietHours(7, 22), "UTC")
    assert undisturbed(at(24, 23), [ours, theirs]) == at(25, 7)
    assert undisturbed(at(24, 12), [ours, theirs]) == at(24, 12)
