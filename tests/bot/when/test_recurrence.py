"""Recurrence over the changes of clocks; all times in comments are local."""

# ruff: noqa: DTZ001 - wall times are naive
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest

from bot.when.recurrence import (
    Recurrence,
    fits,
    latest_occurrence,
    next_occurrence,
    occurrences,
    resolve,
)

NEW_YORK = "America/New_York"


def first(recurrence: Recurrence, after: datetime, count: int) -> list[str]:
    found = islice(occurrences(recurrence, after), count)
    return [f"{instant:%m-%d %H:%M}" for instant in found]


def test_wall_time_is_kept_when_clocks_change() -> None:
    rule = Recurrence("FREQ=DAILY", datetime(2026, 10, 1, 9), "Europe/Berlin")
    after = datetime(2026, 10, 24, tzinfo=UTC)
    assert first(rule, after, 2) == ["10-24 07:00", "10-25 08:00"]


def test_in_a_gap_it_comes_at_the_first_instant_after() -> None:
    rule = Recurrence("FREQ=DAILY", datetime(2026, 3, 1, 2, 30), NEW_YORK)
    after = datetime(2026, 3, 7, 12, tzinfo=UTC)
    assert first(rule, after, 2) == ["03-08 07:00", "03-09 06:30"]


def test_of_a_fold_it_comes_once_the_first_time() -> None:
    rule = Recurrence("FREQ=DAILY", datetime(2026, 10, 1, 1, 30), NEW_YORK)
    after = datetime(2026, 10, 31, 12, tzinfo=UTC)
    assert first(rule, after, 2) == ["11-01 05:30", "11-02 06:30"]


def test_every_hour_comes_once_in_a_gap() -> None:
    rule = Recurrence("FREQ=HOURLY", datetime(2020, 1, 1), NEW_YORK)
    after = datetime(2026, 3, 8, 5, tzinfo=UTC)
    assert first(rule, after, 3) == ["03-08 06:00", "03-08 07:00", "03-08 08:00"]


def test_long_after_its_start_a_rule_keeps_its_step() -> None:
    rule = Recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", datetime(2010, 1, 4, 9), "UTC")
    found = next_occurrence(rule, datetime(2026, 11, 24, tzinfo=UTC))
    assert found is not None
    assert (found.date() - date(2010, 1, 4)).days % 14 == 0
    assert found - datetime(2026, 11, 24, tzinfo=UTC) < timedelta(days=14)


def test_left_out_dates_still_count() -> None:
    skipped = frozenset({date(2026, 1, 2)})
    rule = Recurrence("FREQ=DAILY;COUNT=3", datetime(2026, 1, 1, 9), "UTC", skipped)
    assert first(rule, datetime(2025, 1, 1, tzinfo=UTC), 9) == ["01-01 09:00", "01-03 09:00"]


def test_the_latest_of_a_span_is_found() -> None:
    rule = Recurrence("FREQ=DAILY;COUNT=5", datetime(2026, 1, 1, 9), "UTC")
    start, end = datetime(2026, 1, 1, 10, tzinfo=UTC), datetime(2026, 1, 3, 9, tzinfo=UTC)
    assert latest_occurrence(rule, start, end) == end
    assert latest_occurrence(rule, end, end) is None
    far = datetime(2027, 1, 1, tzinfo=UTC)
    assert latest_occurrence(rule, start, far) == datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_a_wall_time_exists_once_never_or_twice() -> None:
    assert fits(datetime(2026, 3, 8, 1, 30), NEW_YORK) == "once"
    assert fits(datetime(2026, 3, 8, 2, 30), NEW_YORK) == "never"
    assert fits(datetime(2026, 11, 1, 1, 30), NEW_YORK) == "twice"


def test_a_jump_of_half_an_hour_ends_on_its_minute() -> None:
    wall = datetime(2026, 10, 4, 2, 15)
    assert resolve(wall, "Australia/Lord_Howe") == datetime(2026, 10, 3, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MINUTELY",
        "daily",
        "FREQ=DAILY;BYMINUTE=5",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;COUNT=x",
    ],
)
def test_a_rule_that_is_not_run_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=r"FREQ|start|invalid"):
        Recurrence(rule, datetime(2026, 1, 1), "UTC")
