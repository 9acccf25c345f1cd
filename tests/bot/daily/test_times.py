from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.daily.times import DailyZoneNeeded, Times, times_meant, weekdays_meant
from bot.errors import MemberError
from bot.when.errors import UnclearTime
from bot.when.recurrence import Recurrence
from tests.conftest import NOW

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("9:00", Times(time(9), BERLIN)),
        ("9am", Times(time(9), BERLIN)),
        ("noon", Times(time(12), BERLIN)),
        ("18:30 Kolkata", Times(time(18, 30), "Asia/Kolkata")),
        ("every weekday at 9", Times(time(9), BERLIN, (0, 1, 2, 3, 4))),
        ("mon wed fri 8am", Times(time(8), BERLIN, (0, 2, 4))),
    ],
)
def test_a_time_is_understood(phrase: str, expected: Times) -> None:
    assert times_meant(phrase, "", NOW, BERLIN) == expected


def test_days_that_are_named_apart_win() -> None:
    assert times_meant("every weekday at 9", "sat", NOW, BERLIN).weekdays == (5,)


@pytest.mark.parametrize("phrase", ["in 2 hours", "every 2 days at 9", "the 1st of each month 9am"])
def test_what_is_neither_daily_nor_weekly_is_refused(phrase: str) -> None:
    with pytest.raises(MemberError, match=r"9:00"):
        times_meant(phrase, "", NOW, BERLIN)


def test_a_zone_is_needed() -> None:
    with pytest.raises(DailyZoneNeeded):
        times_meant("9:00", "", NOW, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("weekdays", (0, 1, 2, 3, 4)),
        ("mon, wed, fri", (0, 2, 4)),
        ("weekend", (5, 6)),
        ("every day", ()),
        ("daily", ()),
        ("monday to sunday", ()),
        ("Saturday", (5,)),
    ],
)
def test_days_are_understood(text: str, expected: tuple[int, ...]) -> None:
    assert weekdays_meant(text) == expected


def test_other_days_are_asked_back() -> None:
    with pytest.raises(MemberError, match="weekdays"):
        weekdays_meant("the 1st")


@pytest.mark.parametrize("weekdays", [(), (0, 2), (5, 6)])
def test_a_rule_says_what_it_was_made_from(weekdays: tuple[int, ...]) -> None:
    times = Times(time(9, 30), BERLIN, weekdays)
    assert Times.of(times.recurrence(NOW)) == times


def test_a_rule_of_all_days_is_every_day() -> None:
    rule = Recurrence("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", datetime(2026, 1, 1, 9), BERLIN)  # noqa: DTZ001
    assert Times.of(rule).weekdays == ()


def test_the_evening_that_clocks_skip_is_that_evenings() -> None:
    nuuk = Times(time(23, 30), "America/Nuuk")
    saturday = date(2027, 3, 27)
    due = nuuk.due_on(saturday)
    assert nuuk.local_day(due) == date(2027, 3, 28)
    assert nuuk.day_of(due) == saturday
    assert nuuk.day_of(nuuk.due_on(date(2027, 3, 28))) == date(2027, 3, 28)


def test_a_midnight_that_clocks_skip_is_that_days() -> None:
    cairo = Times(time(0), "Africa/Cairo")
    day = date(2027, 4, 30)
    assert cairo.day_of(cairo.due_on(day)) == day


def test_a_day_is_over_at_midnight_but_not_within_an_hour() -> None:
    times, day = Times(time(23, 50), BERLIN), date(2026, 11, 24)
    due = times.due_on(day)
    assert due == datetime(2026, 11, 24, 22, 50, tzinfo=UTC)
    assert not times.is_over(day, due, due + timedelta(minutes=59))
    assert times.is_over(day, due, due + timedelta(minutes=60))
    morning = Times(time(9), BERLIN)
    due = morning.due_on(day)
    assert not morning.is_over(day, due, due + timedelta(hours=14, minutes=59))
    assert morning.is_over(day, due, due + timedelta(hours=15))


def test_weekdays_are_understood_or_asked_for() -> None:
    assert weekdays_meant("mon, wed") == (0, 2)
    assert weekdays_meant("day") == ()
    with pytest.raises(UnclearTime):
        weekdays_meant("someday soon")
