from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.when.errors import UnclearTime, ZoneNeeded
from bot.when.phrases import Once, understand

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
"""A Tuesday, 12:00 in Berlin."""


def said(phrase: str, now: datetime = NOW, zone: str | None = BERLIN) -> datetime:
    """The wall time that is understood, in the zone that is understood."""
    moment = understand(phrase, now, zone)
    assert isinstance(moment, Once)
    return moment.at.astimezone(ZoneInfo(moment.zone or "UTC")).replace(tzinfo=None)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("in 20 minutes", "2026-12-01 12:20"),
        ("tonight at 12", "2026-12-02 00:00"),
        ("17pm", "2026-12-01 17:00"),
        ("0am", "2026-12-02 00:00"),
        ("in an hour", "2026-12-01 13:00"),
        ("in half an hour", "2026-12-01 12:30"),
        ("2h", "2026-12-01 14:00"),
        ("45m", "2026-12-01 12:45"),
        ("1 day", "2026-12-02 12:00"),
        ("in 2 weeks", "2026-12-15 12:00"),
        ("in 3 months", "2027-03-01 12:00"),
        ("in a fortnight", "2026-12-15 12:00"),
        ("in 1h30", "2026-12-01 13:30"),
        ("in 1h30m", "2026-12-01 13:30"),
        ("in an hour and a half", "2026-12-01 13:30"),
        ("in 2 and a half hours", "2026-12-01 14:30"),
        ("in 1.5 hours", "2026-12-01 13:30"),
        ("a couple of hours from now", "2026-12-01 14:00"),
        ("in twenty five minutes", "2026-12-01 12:25"),
        ("tomorrow 7pm", "2026-12-02 19:00"),
        ("tomorrow morning", "2026-12-02 09:00"),
        ("tonight", "2026-12-01 20:00"),
        ("tonight at 10", "2026-12-01 22:00"),
        ("noon", "2026-12-02 12:00"),
        ("midnight", "2026-12-02 00:00"),
        ("tonight at midnight", "2026-12-02 00:00"),
        ("this evening", "2026-12-01 19:00"),
        ("end of day", "2026-12-01 17:00"),
        ("today 17:30", "2026-12-01 17:30"),
        ("tomorrow at 12am", "2026-12-02 00:00"),
        ("half past six pm", "2026-12-01 18:30"),
        ("quarter to 9am", "2026-12-02 08:45"),
        ("ten past 7 pm", "2026-12-01 19:10"),
        ("7.30pm", "2026-12-01 19:30"),
        ("19h", "2026-12-01 19:00"),
        ("19h30", "2026-12-01 19:30"),
        ("1930 hrs", "2026-12-01 19:30"),
        ("at 1930", "2026-12-01 19:30"),
        ("monday", "2026-12-07 09:00"),
        ("next monday", "2026-12-07 09:00"),
        ("this friday", "2026-12-04 09:00"),
        ("next friday noon", "2026-12-11 12:00"),
        ("friday week", "2026-12-11 09:00"),
        ("on the 15th", "2026-12-15 09:00"),
        ("the 1st of december", "2027-12-01 09:00"),
        ("24 December 2026 at 5pm", "2026-12-24 17:00"),
        ("Dec 24 17:00", "2026-12-24 17:00"),
        ("Dec. 24th, 5 p.m.", "2026-12-24 17:00"),
        ("2026-12-24 17:00", "2026-12-24 17:00"),
        ("2026-12-24T17:00", "2026-12-24 17:00"),
        ("2026-12-24T17:00:00Z", "2026-12-24 18:00"),
        ("24.12.2026 17:00", "2026-12-24 17:00"),
        ("24.12. 17:00", "2026-12-24 17:00"),
        ("24-Dec-2026 17:00", "2026-12-24 17:00"),
        ("12/24 5pm", "2026-12-24 17:00"),
        ("new year's eve 23:30", "2026-12-31 23:30"),
        ("christmas", "2026-12-25 09:00"),
        ("<t:1797225600:F>", "2026-12-14 06:20"),
        ("please remind me tomorrow @ 5pm", "2026-12-02 17:00"),
        ("tmrw 5pm", "2026-12-02 17:00"),
        ("wensday 5pm", "2026-12-02 17:00"),
        ("thrusday 18:00", "2026-12-03 18:00"),
        ("5 febuary 2027 9am", "2027-02-05 09:00"),
        ("next friday noon Berlin", "2026-12-11 12:00"),
        ("thursday 24 december 5pm", "2026-12-24 17:00"),
        ("friday the 13th 8pm", "2027-08-13 20:00"),
        ("in 3 days at 9am", "2026-12-04 09:00"),
        ("a week from friday 5pm", "2026-12-11 17:00"),
        ("3 days from tomorrow 5pm", "2026-12-05 17:00"),
        ("tomorrow 0730", "2026-12-02 07:30"),
        ("today at 5", "2026-12-01 17:00"),
        ("day after tomorrow noon", "2026-12-03 12:00"),
        ("first monday of next month 9am", "2027-01-04 09:00"),
        ("first monday of december", "2026-12-07 09:00"),
        ("end of month", "2026-12-31 09:00"),
        ("last day of the month 5pm", "2026-12-31 17:00"),
        ("at 17", "2026-12-01 17:00"),
        ("tomorrow night", "2026-12-02 20:00"),
        ("friday night at 11", "2026-12-04 23:00"),
        ("friday evening", "2026-12-04 19:00"),
        ("2 weeks from now", "2026-12-15 12:00"),
        ("tomorrow 9h", "2026-12-02 09:00"),
        ("5 pm on 3 march", "2027-03-03 17:00"),
        ("at 5pm on march 3", "2027-03-03 17:00"),
        ("december 31st 2026 23:59", "2026-12-31 23:59"),
        ("in a week", "2026-12-08 12:00"),
        ("in a month at noon", "2027-01-01 12:00"),
        ("in 10 mins", "2026-12-01 12:10"),
        ("in 1 hr 20 min", "2026-12-01 13:20"),
        ("20 min", "2026-12-01 12:20"),
        ("90 minutes from now", "2026-12-01 13:30"),
        ("in an hour and 15 minutes", "2026-12-01 13:15"),
        ("an hour from now", "2026-12-01 13:00"),
        ("after 2 hours", "2026-12-01 14:00"),
        ("in 3 days", "2026-12-04 12:00"),
        ("tomorrow at noon", "2026-12-02 12:00"),
        ("tomorrow noon", "2026-12-02 12:00"),
        ("tomorrow evening at 8", "2026-12-02 20:00"),
        ("tomorrow afternoon", "2026-12-02 15:00"),
        ("tomorrow at 8 in the morning", "2026-12-02 08:00"),
        ("8 in the evening tomorrow", "2026-12-02 20:00"),
        ("tomorrow 8pm sharp", "2026-12-02 20:00"),
        ("tomorrow at 8 o'clock pm", "2026-12-02 20:00"),
        ("Tomorrow, at 19:00!", "2026-12-02 19:00"),
        ("TOMORROW 7PM", "2026-12-02 19:00"),
        ("tomorow 7pm", "2026-12-02 19:00"),
        ("tmr at 7pm", "2026-12-02 19:00"),
        ("7pm tomorrow", "2026-12-02 19:00"),
        ("7 pm", "2026-12-01 19:00"),
        ("7p.m.", "2026-12-01 19:00"),
        ("at 19:00", "2026-12-01 19:00"),
        ("19:00", "2026-12-01 19:00"),
        ("noon tomorrow", "2026-12-02 12:00"),
        ("tonight 9pm", "2026-12-01 21:00"),
        ("tonight at 1", "2026-12-02 01:00"),
        ("tonight 23:15", "2026-12-01 23:15"),
        ("late tonight", "2026-12-01 20:00"),
        ("sunday", "2026-12-06 09:00"),
        ("sun 10am", "2026-12-06 10:00"),
        ("this coming sunday 10am", "2026-12-06 10:00"),
        ("on saturday at 14:00", "2026-12-05 14:00"),
        ("next week monday 9am", "2026-12-07 09:00"),
        ("monday next week 9am", "2026-12-07 09:00"),
        ("monday week noon", "2026-12-14 12:00"),
        ("coming friday 5pm", "2026-12-04 17:00"),
        ("fri 5pm", "2026-12-04 17:00"),
        ("friday at noon", "2026-12-04 12:00"),
        ("december 24", "2026-12-24 09:00"),
        ("24th of december 5pm", "2026-12-24 17:00"),
        ("the 24th 5pm", "2026-12-24 17:00"),
        ("on the 24th of this month 5pm", "2026-12-24 17:00"),
        ("15th of next month 9am", "2027-01-15 09:00"),
        ("1 jan", "2027-01-01 09:00"),
        ("jan 1st 2028 00:00", "2028-01-01 00:00"),
        ("1/1/2027 10:00", "2027-01-01 10:00"),
        ("31/12/2026 23:59", "2026-12-31 23:59"),
        ("12/31/2026 11:59pm", "2026-12-31 23:59"),
        ("2027/01/15 08:00", "2027-01-15 08:00"),
        ("2027-01-15T08:00:00+05:30", "2027-01-15 03:30"),
        ("2027-01-15 08:00Z", "2027-01-15 09:00"),
        ("xmas eve 6pm", "2026-12-24 18:00"),
        ("halloween 8pm", "2027-10-31 20:00"),
        ("valentine's day 7pm", "2027-02-14 19:00"),
        ("new year", "2027-01-01 09:00"),
        ("new year's day noon", "2027-01-01 12:00"),
        ("boxing day 10am", "2026-12-26 10:00"),
        ("nye 11pm", "2026-12-31 23:00"),
        ("29 february 2028 noon", "2028-02-29 12:00"),
        ("feb 29", "2028-02-29 09:00"),
        ("half past seven in the evening", "2026-12-01 19:30"),
        ("quarter past 8 pm", "2026-12-01 20:15"),
        ("five to nine am", "2026-12-02 08:55"),
        ("twenty to 6pm", "2026-12-01 17:40"),
        ("12:30am tomorrow", "2026-12-02 00:30"),
        ("12:30pm", "2026-12-01 12:30"),
        ("12 noon", "2026-12-02 12:00"),
        ("12 midnight", "2026-12-02 00:00"),
        ("at 0:30", "2026-12-02 00:30"),
        ("00:30", "2026-12-02 00:30"),
        ("at 24:00", "2026-12-02 00:00"),
        ("9:15 pm", "2026-12-01 21:15"),
        ("9.15pm", "2026-12-01 21:15"),
        ("21.15", "2026-12-01 21:15"),
        ("21.15 hrs", "2026-12-01 21:15"),
        ("8h tomorrow", "2026-12-02 08:00"),
        ("tomorrow 8h15", "2026-12-02 08:15"),
        ("end of the day", "2026-12-01 17:00"),
        ("eod friday", "2026-12-04 17:00"),
        ("end of the month 5pm", "2026-12-31 17:00"),
        ("friday cob", "2026-12-04 17:00"),
        ("lunchtime tomorrow", "2026-12-02 12:00"),
        ("tomorrow 9am CET", "2026-12-02 09:00"),
        ("tomorrow 18:00 (Berlin)", "2026-12-02 18:00"),
        ("in 20 minutes berlin", "2026-12-01 12:20"),
        ("first friday of january 2027 6pm", "2027-01-01 18:00"),
        ("second tuesday of next month 6pm", "2027-01-12 18:00"),
        ("last friday of this month 5pm", "2026-12-25 17:00"),
        ("last friday of december 5pm", "2026-12-25 17:00"),
        ("2 days from now", "2026-12-03 12:00"),
        ("2 weeks from monday 9am", "2026-12-21 09:00"),
        ("3 weeks from today at 9am", "2026-12-22 09:00"),
        ("in two weeks at 9am", "2026-12-15 09:00"),
        ("in 2 days 18:30", "2026-12-03 18:30"),
        ("can you remind me tomorrow at 7pm", "2026-12-02 19:00"),
        ("set a reminder for tomorrow 7pm", "2026-12-02 19:00"),
        ("remind me at 7pm tomorrow please", "2026-12-02 19:00"),
        ("around 7pm", "2026-12-01 19:00"),
        ("by friday 5pm", "2026-12-04 17:00"),
        ("this afternoon", "2026-12-01 15:00"),
        ("in the morning", "2026-12-02 09:00"),
        ("in the evening", "2026-12-01 19:00"),
        ("start of next month", "2027-01-01 09:00"),
        ("beginning of next month", "2027-01-01 09:00"),
        ("tues 7pm", "2026-12-01 19:00"),
        ("weds 7pm", "2026-12-02 19:00"),
        ("thurs 7pm", "2026-12-03 19:00"),
        ("sept 3 7pm", "2027-09-03 19:00"),
        ("march 3rd, 2027 at 7:00 PM", "2027-03-03 19:00"),
        ("3rd march 7pm", "2027-03-03 19:00"),
        ("Wednesday, December 2, 2026 7:00 PM", "2026-12-02 19:00"),
        ("Wed Dec 2 2026 19:00", "2026-12-02 19:00"),
        ("2026-12-02 7pm", "2026-12-02 19:00"),
        ("on 2 december at 7 p.m.", "2026-12-02 19:00"),
        ("dec 2, 7pm", "2026-12-02 19:00"),
        ("can you set a reminder for tomorrow 7pm", "2026-12-02 19:00"),
        ("this friday week", "2026-12-11 09:00"),
        ("monday next week", "2026-12-07 09:00"),
    ],
)
def test_a_phrase_is_understood(phrase: str, expected: str) -> None:
    assert said(phrase) == wall(expected)


@pytest.mark.parametrize(
    ("phrase", "zone", "expected"),
    [
        ("at 18:00 Europe/Kyiv", "Europe/Kyiv", "2026-12-01 18:00"),
        ("9am london time", "Europe/London", "2026-12-02 09:00"),
        ("friday 9am in New York", "America/New_York", "2026-12-04 09:00"),
        ("5pm EDT", "America/New_York", "2026-12-01 17:00"),
        ("17:00 utc", "Etc/UTC", "2026-12-01 17:00"),
        ("5pm Lagos", "Africa/Lagos", "2026-12-01 17:00"),
        ("5pm lagos time", "Africa/Lagos", "2026-12-01 17:00"),
        ("tomorrow 9am pacific time", "America/Los_Angeles", "2026-12-02 09:00"),
        ("tomorrow 9am eastern", "America/New_York", "2026-12-02 09:00"),
        ("tomorrow 12:00 UTC", "Etc/UTC", "2026-12-02 12:00"),
        ("9am São Paulo tomorrow", "America/Sao_Paulo", "2026-12-02 09:00"),
        ("tomorrow 5pm in India", "Asia/Kolkata", "2026-12-02 17:00"),
        ("tomorrow 5pm Asia/Calcutta", "Asia/Kolkata", "2026-12-02 17:00"),
        ("tomorrow 5pm US/Eastern", "America/New_York", "2026-12-02 17:00"),
        ("5pm Port-au-Prince", "America/Port-au-Prince", "2026-12-01 17:00"),
        ("tomorrow 9am CET", "Europe/Paris", "2026-12-02 09:00"),
    ],
)
def test_a_zone_in_the_phrase_wins(phrase: str, zone: str, expected: str) -> None:
    for members in (BERLIN, None):
        moment = understand(phrase, NOW, members)
        assert moment == Once(wall(expected).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC), zone)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("in 20 minutes", "2026-12-01 11:20"),
        ("1h30", "2026-12-01 12:30"),
        ("2 days", "2026-12-03 11:00"),
        ("in a month", "2027-01-01 11:00"),
        ("<t:1797225600:F>", "2026-12-14 05:20"),
        ("2026-12-24T17:00Z", "2026-12-24 17:00"),
    ],
)
def test_what_counts_from_now_needs_no_zone(phrase: str, expected: str) -> None:
    moment = understand(phrase, NOW, None)
    assert moment == Once(wall(expected).replace(tzinfo=UTC), None)


@pytest.mark.parametrize("phrase", ["tomorrow", "5pm", "every day at 9", "in 3 days at noon"])
def test_a_time_of_day_needs_a_zone(phrase: str) -> None:
    with pytest.raises(ZoneNeeded, match="tomorrow 7pm Berlin"):
        understand(phrase, NOW, None)


def test_days_from_now_keep_the_wall_time_over_a_change_of_clocks() -> None:
    before = datetime(2027, 3, 27, 11, 0, tzinfo=UTC)
    assert said("in 1 day", before) == wall("2027-03-28 12:00")
    assert said("in 24 hours", before) == wall("2027-03-28 13:00")


def test_days_from_now_that_end_in_a_gap_end_after_it() -> None:
    assert said("in 1 day", datetime(2027, 3, 27, 1, 30, tzinfo=UTC)) == wall("2027-03-28 03:00")


def test_a_weekday_today_is_today_while_its_time_is_to_come() -> None:
    assert said("tuesday 1pm") == wall("2026-12-01 13:00")
    assert said("tuesday 11am") == wall("2026-12-08 11:00")


def test_next_friday_is_in_the_week_that_begins_next_monday() -> None:
    sunday = datetime(2026, 12, 6, 11, 0, tzinfo=UTC)
    assert said("friday", sunday) == said("next friday", sunday) == wall("2026-12-11 09:00")


def test_a_day_that_a_month_lacks_is_in_the_next_month_that_has_it() -> None:
    assert said("the 31st", datetime(2027, 2, 3, 11, 0, tzinfo=UTC)) == wall("2027-03-31 09:00")


CLOCKS_GO_BACK = "31 October 2027 02:30"


def test_a_wall_time_that_comes_twice_is_told_apart() -> None:
    first = understand(f"{CLOCKS_GO_BACK} first time", NOW, BERLIN)
    second = understand(f"{CLOCKS_GO_BACK} second time", NOW, BERLIN)
    assert first == Once(datetime(2027, 10, 31, 0, 30, tzinfo=UTC), BERLIN)
    assert second == Once(datetime(2027, 10, 31, 1, 30, tzinfo=UTC), BERLIN)


def test_of_a_wall_time_that_comes_twice_the_one_to_come_is_meant() -> None:
    between = datetime(2027, 10, 31, 0, 45, tzinfo=UTC)
    second = Once(datetime(2027, 10, 31, 1, 30, tzinfo=UTC), BERLIN)
    assert understand("02:30", between, BERLIN) == second
    assert understand("02:30 first time", between, BERLIN) == second


def test_a_year_is_understood_on_a_leap_day() -> None:
    leap_day = datetime(2028, 2, 29, 11, 0, tzinfo=UTC)
    assert said("in 1 year", leap_day) == wall("2029-02-28 12:00")
    with pytest.raises(UnclearTime) as caught:
        understand("29.2.2024", leap_day, BERLIN)
    assert caught.value.choices == ("28 February 2029 09:00",)
