"""What stands in a calendar file."""

# ruff: noqa: DTZ001 - wall times are naive
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from bot.meetings.acts import begin, cancel, move, skip
from bot.meetings.calendar import Entry, calendar_file
from bot.meetings.clock_changes import clock_changes
from bot.meetings.model import Moment, Series
from bot.when.recurrence import Recurrence

NOW = datetime(2027, 1, 1, tzinfo=UTC)
BERLIN = "Europe/Berlin"
FIRST = datetime(2027, 3, 2, 19)
A_WEEK = timedelta(days=7)


def weekly(rule: str = "FREQ=WEEKLY;BYDAY=TU", **given: Any) -> Series:
    return begin("a1", Recurrence(rule, FIRST, BERLIN, **given), 90)


def written(series: Series, **given: str) -> str:
    file = calendar_file("Group", [Entry(series, given.pop("title", "Session"), **given)], NOW)
    return file.replace(b"\r\n ", b"").decode()


def events(series: Series) -> list[Any]:
    calendar: Any = Calendar.from_ical(written(series))
    return list(calendar.walk("VEVENT"))


def test_a_series_keeps_its_uid_and_counts_its_changes() -> None:
    series = weekly()
    act = skip(series, FIRST)
    (before,), (after,) = events(series), events(act.after[0])
    assert before["UID"] == after["UID"] == "a1@waymark"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert before["DTSTART"].dt == FIRST.replace(tzinfo=ZoneInfo(BERLIN))
    assert before["DURATION"].dt == timedelta(minutes=90)
    assert "VALARM" not in written(series)


def test_a_skipped_session_and_left_out_dates_are_excluded() -> None:
    series = weekly(skipped=frozenset({date(2027, 3, 16)}))
    text = written(skip(series, FIRST).after[0])
    assert "EXDATE;TZID=Europe/Berlin:20270302T190000,20270316T190000" in text


def test_a_moved_session_names_its_original_start() -> None:
    to = Moment(datetime(2027, 3, 3, 18), "America/New_York")
    _, moved = events(move(weekly(), FIRST, to, 30).after[0])
    assert moved["RECURRENCE-ID"].dt == FIRST.replace(tzinfo=ZoneInfo(BERLIN))
    assert moved["DTSTART"].dt == to.wall.replace(tzinfo=ZoneInfo("America/New_York"))
    assert "TZID:America/New_York" in written(move(weekly(), FIRST, to).after[0])


@pytest.mark.parametrize("when", [weekly().when, Moment(FIRST, BERLIN)])
def test_what_never_takes_place_is_cancelled(when: Any) -> None:
    (event,) = events(cancel(begin("a1", when, 90), NOW).after[0])
    assert event["STATUS"] == "CANCELLED"
    assert event["UID"] == "a1@waymark"


def test_what_is_cancelled_on_its_way_keeps_what_was() -> None:
    over = cancel(weekly(), datetime(2027, 3, 20, tzinfo=UTC)).after[0]
    (event,) = events(over)
    assert event["STATUS"] == "CONFIRMED"
    assert event["RRULE"]["UNTIL"] == [datetime(2027, 3, 16, 22, 59, 59, tzinfo=UTC)]


def test_an_early_move_of_a_cancelled_series_stays_and_those_between_are_excluded() -> None:
    early = Moment(datetime(2027, 3, 1, 12), BERLIN)
    moved = move(weekly(), FIRST + 2 * A_WEEK, early).after[0]
    (series, session) = events(cancel(moved, datetime(2027, 3, 2, tzinfo=UTC)).after[0])
    assert len(series["EXDATE"].dts) == 2
    assert session["DTSTART"].dt == early.wall.replace(tzinfo=ZoneInfo(BERLIN))


def test_what_was_to_be_moved_isnt_written_once_cancelled() -> None:
    late = move(weekly(), FIRST + A_WEEK, Moment(datetime(2027, 5, 1, 12), BERLIN)).after[0]
    (event,) = events(cancel(late, datetime(2027, 3, 12, tzinfo=UTC)).after[0])
    assert event["RRULE"]["UNTIL"] == [datetime(2027, 3, 2, 22, 59, 59, tzinfo=UTC)]


def test_the_end_of_a_rule_is_the_end_of_its_last_day_in_utc() -> None:
    until = weekly("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270330T190000")
    assert events(until)[0]["RRULE"]["UNTIL"] == [datetime(2027, 3, 30, 21, 59, 59, tzinfo=UTC)]
    before = weekly("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270330T185959")
    assert events(before)[0]["RRULE"]["UNTIL"] == [datetime(2027, 3, 29, 21, 59, 59, tzinfo=UTC)]


def test_a_session_whose_wall_time_comes_never_or_twice_is_written_on_its_own() -> None:
    nightly = begin("a1", Recurrence("FREQ=DAILY", datetime(2027, 3, 1, 2, 30), BERLIN), 60)
    text = written(nightly)
    assert "RECURRENCE-ID;TZID=Europe/Berlin:20270328T023000" in text
    assert "DTSTART;TZID=Europe/Berlin:20270328T030000" in text
    assert "RECURRENCE-ID;TZID=Europe/Berlin:20271031T023000" in text
    assert "DTSTART:20271031T003000Z" in text


def test_the_zone_says_what_clocks_show_as_they_are_set() -> None:
    text = written(weekly())
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZNAME:CEST" in text
    assert "BEGIN:STANDARD\r\nDTSTART:20271031T030000\r\nTZNAME:CET" in text
    assert "VTIMEZONE" not in written(begin("a1", Moment(FIRST, "UTC"), 60))


def test_clock_changes_are_found_to_the_second() -> None:
    (change,) = clock_changes("Australia/Lord_Howe", NOW, datetime(2027, 6, 1, tzinfo=UTC))
    assert change.instant == datetime(2027, 4, 3, 15, tzinfo=UTC)
    assert change.after - change.before == timedelta(minutes=-30)


def test_text_is_escaped_and_cannot_add_lines() -> None:
    title = "Mock, interviews; A\\B\r\nATTENDEE:mailto:x@example.org\x07"
    about = "First\r\nBEGIN:VALARM\x00\nlast"
    text = written(weekly(), title=title, about=about, link="https://example.org/1")
    assert "SUMMARY:Mock\\, interviews\\; A\\\\B ATTENDEE:mailto:x@example.org\r\n" in text
    assert "DESCRIPTION:First\\nBEGIN:VALARM\\nlast\r\n" in text
    assert "URL:https://example.org/1\r\n" in text
    assert not any(line.startswith(("ATTENDEE", "BEGIN:VALARM")) for line in text.splitlines())
