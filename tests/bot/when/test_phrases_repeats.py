from datetime import UTC, date, datetime

import pytest

from bot.when.phrases import describe, understand
from bot.when.recurrence import Recurrence

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
"""A Tuesday, 12:00 in Berlin."""


def repeat(phrase: str, now: datetime = NOW, zone: str | None = BERLIN) -> Recurrence:
    moment = understand(phrase, now, zone)
    assert isinstance(moment, Recurrence)
    return moment


@pytest.mark.parametrize(
    ("phrase", "rule", "start"),
    [
        ("every day at 9", "DAILY", "2026-12-02 09:00"),
        ("daily 9am", "DAILY", "2026-12-02 09:00"),
        ("each morning", "DAILY", "2026-12-02 09:00"),
        ("every weekday at 9", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-12-02 09:00"),
        ("weekdays 9:00", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-12-02 09:00"),
        ("weekends at 11am", "WEEKLY;BYDAY=SA,SU", "2026-12-05 11:00"),
        ("every monday and thursday 18:30", "WEEKLY;BYDAY=MO,TH", "2026-12-03 18:30"),
        ("mon, wed, fri 7am", "WEEKLY;BYDAY=MO,WE,FR", "2026-12-02 07:00"),
        ("mon-fri 8am", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-12-02 08:00"),
        ("every other tuesday 6pm", "WEEKLY;INTERVAL=2;BYDAY=TU", "2026-12-01 18:00"),
        ("every 2 weeks on friday 10am", "WEEKLY;INTERVAL=2;BYDAY=FR", "2026-12-04 10:00"),
        ("fortnightly", "WEEKLY;INTERVAL=2;BYDAY=TU", "2026-12-08 09:00"),
        ("every 3 days at 8pm", "DAILY;INTERVAL=3", "2026-12-01 20:00"),
        ("weekly on sunday 20:00", "WEEKLY;BYDAY=SU", "2026-12-06 20:00"),
        ("first monday monthly 18:30", "MONTHLY;BYDAY=1MO", "2026-12-07 18:30"),
        ("last friday of the month 4pm", "MONTHLY;BYDAY=-1FR", "2026-12-25 16:00"),
        ("every month on the 1st 9am", "MONTHLY;BYMONTHDAY=1", "2027-01-01 09:00"),
        (
            "monthly on the 31st 9am",
            "MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            "2026-12-31 09:00",
        ),
        ("monthly on the 31st 9am skip short months", "MONTHLY;BYMONTHDAY=31", "2026-12-31 09:00"),
        ("every last day of the month", "MONTHLY;BYMONTHDAY=-1", "2026-12-31 09:00"),
        ("yearly on 24 december 9am", "YEARLY;BYMONTH=12;BYMONTHDAY=24", "2026-12-24 09:00"),
        ("every year on march 3", "YEARLY;BYMONTH=3;BYMONTHDAY=3", "2027-03-03 09:00"),
        ("every 4 hours", "HOURLY;INTERVAL=4", "2026-12-01 16:00"),
        ("hourly", "HOURLY", "2026-12-01 13:00"),
        ("every day at 9 until 1 march", "DAILY;UNTIL=20270301T235959", "2026-12-02 09:00"),
        ("every day at 9 until march 1 2027", "DAILY;UNTIL=20270301T235959", "2026-12-02 09:00"),
        ("every day 9am 10 times", "DAILY;COUNT=10", "2026-12-02 09:00"),
        ("every day 9am for 3 weeks", "DAILY;UNTIL=20261222T235959", "2026-12-02 09:00"),
        ("every monday 9am starting next monday", "WEEKLY;BYDAY=MO", "2026-12-07 09:00"),
        ("every day 9am from 1 december", "DAILY", "2026-12-02 09:00"),
        ("every day 9am from 5 december", "DAILY", "2026-12-05 09:00"),
        ("every day 9am except sunday", "WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA", "2026-12-02 09:00"),
        ("every weekday except fridays 9am", "WEEKLY;BYDAY=MO,TU,WE,TH", "2026-12-02 09:00"),
        ("every night at 1", "DAILY", "2026-12-02 01:00"),
        ("every evening", "DAILY", "2026-12-01 19:00"),
        ("monthly", "MONTHLY;BYMONTHDAY=1", "2027-01-01 09:00"),
        ("weekly", "WEEKLY;BYDAY=TU", "2026-12-08 09:00"),
        ("yearly", "YEARLY;BYMONTH=12;BYMONTHDAY=1", "2027-12-01 09:00"),
        (
            "every year on 29 february",
            "YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
            "2027-02-28 09:00",
        ),
        ("on the 1st and 15th of each month 9am", "MONTHLY;BYMONTHDAY=1,15", "2026-12-15 09:00"),
        (
            "every 2 months on the last friday 5pm",
            "MONTHLY;INTERVAL=2;BYDAY=-1FR",
            "2026-12-25 17:00",
        ),
        ("every third day 8pm", "DAILY;INTERVAL=3", "2026-12-01 20:00"),
        ("every 6 hours from 8am", "HOURLY;INTERVAL=6", "2026-12-01 08:00"),
        ("hourly for 6 hours", "HOURLY;COUNT=6", "2026-12-01 13:00"),
        ("every first monday of september 9am", "YEARLY;BYMONTH=9;BYDAY=1MO", "2027-09-06 09:00"),
        ("every christmas 8am", "YEARLY;BYMONTH=12;BYMONTHDAY=25", "2026-12-25 08:00"),
        ("quarterly on the 1st", "MONTHLY;INTERVAL=3;BYMONTHDAY=1", "2027-01-01 09:00"),
        ("mondays 19h", "WEEKLY;BYDAY=MO", "2026-12-07 19:00"),
        ("once a week on tuesday 7pm", "WEEKLY;BYDAY=TU", "2026-12-01 19:00"),
        ("every other day 8am", "DAILY;INTERVAL=2", "2026-12-02 08:00"),
        ("monday to friday at 9", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-12-02 09:00"),
        ("every midnight", "DAILY", "2026-12-02 00:00"),
        ("every noon", "DAILY", "2026-12-02 12:00"),
        ("every 60 minutes", "HOURLY", "2026-12-01 13:00"),
        ("every day at noon for 5 times", "DAILY;COUNT=5", "2026-12-02 12:00"),
        ("every other week on monday 9am", "WEEKLY;INTERVAL=2;BYDAY=MO", "2026-12-07 09:00"),
        ("every monday morning", "WEEKLY;BYDAY=MO", "2026-12-07 09:00"),
        ("every monday 7pm", "WEEKLY;BYDAY=MO", "2026-12-07 19:00"),
        ("each monday at 7 pm", "WEEKLY;BYDAY=MO", "2026-12-07 19:00"),
        ("mondays at 7pm", "WEEKLY;BYDAY=MO", "2026-12-07 19:00"),
        ("every mon wed fri 7pm", "WEEKLY;BYDAY=MO,WE,FR", "2026-12-02 19:00"),
        ("every monday, wednesday and friday at 7pm", "WEEKLY;BYDAY=MO,WE,FR", "2026-12-02 19:00"),
        ("every weekday morning", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-12-02 09:00"),
        ("every sat & sun 10am", "WEEKLY;BYDAY=SA,SU", "2026-12-05 10:00"),
        ("every day at 9:30", "DAILY", "2026-12-02 09:30"),
        ("everyday 9am", "DAILY", "2026-12-02 09:00"),
        ("each day at 7am", "DAILY", "2026-12-02 07:00"),
        ("daily at noon", "DAILY", "2026-12-02 12:00"),
        ("daily", "DAILY", "2026-12-02 09:00"),
        ("daily at 18:00 until friday", "DAILY;UNTIL=20261204T235959", "2026-12-01 18:00"),
        ("daily 9am until 31/12/2026", "DAILY;UNTIL=20261231T235959", "2026-12-02 09:00"),
        ("daily 9am until 2026-12-31", "DAILY;UNTIL=20261231T235959", "2026-12-02 09:00"),
        ("every week on monday", "WEEKLY;BYDAY=MO", "2026-12-07 09:00"),
        ("every week 9am", "WEEKLY;BYDAY=TU", "2026-12-08 09:00"),
        ("weekly on mondays and thursdays 9am", "WEEKLY;BYDAY=MO,TH", "2026-12-03 09:00"),
        ("every two weeks on monday 9am", "WEEKLY;INTERVAL=2;BYDAY=MO", "2026-12-07 09:00"),
        ("every second week on monday 9am", "WEEKLY;INTERVAL=2;BYDAY=MO", "2026-12-07 09:00"),
        (
            "every other monday and thursday 9am",
            "WEEKLY;INTERVAL=2;BYDAY=MO,TH",
            "2026-12-03 09:00",
        ),
        ("fortnightly on friday 5pm", "WEEKLY;INTERVAL=2;BYDAY=FR", "2026-12-04 17:00"),
        ("every fortnight on friday 5pm", "WEEKLY;INTERVAL=2;BYDAY=FR", "2026-12-04 17:00"),
        ("every 2 days 9am", "DAILY;INTERVAL=2", "2026-12-02 09:00"),
        ("every other day", "DAILY;INTERVAL=2", "2026-12-02 09:00"),
        ("every 12 hours", "HOURLY;INTERVAL=12", "2026-12-02 00:00"),
        ("every 24 hours", "HOURLY;INTERVAL=24", "2026-12-02 12:00"),
        ("every 4 hours starting at 9am", "HOURLY;INTERVAL=4", "2026-12-01 09:00"),
        ("every 4 hours from 9am", "HOURLY;INTERVAL=4", "2026-12-01 09:00"),
        ("every hour from 9am tomorrow", "HOURLY", "2026-12-02 09:00"),
        ("once a day at 9am", "DAILY", "2026-12-02 09:00"),
        ("once a month on the 15th 9am", "MONTHLY;BYMONTHDAY=15", "2026-12-15 09:00"),
        ("once per week on friday 9am", "WEEKLY;BYDAY=FR", "2026-12-04 09:00"),
        ("monthly on the 15th", "MONTHLY;BYMONTHDAY=15", "2026-12-15 09:00"),
        ("every 15th 9am", "MONTHLY;BYMONTHDAY=15", "2026-12-15 09:00"),
        ("every 15th of the month 9am", "MONTHLY;BYMONTHDAY=15", "2026-12-15 09:00"),
        ("the 15th of every month at 9am", "MONTHLY;BYMONTHDAY=15", "2026-12-15 09:00"),
        (
            "every month on the 30th 9am",
            "MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
            "2026-12-30 09:00",
        ),
        ("every month on the last day 6pm", "MONTHLY;BYMONTHDAY=-1", "2026-12-31 18:00"),
        ("last day of every month 6pm", "MONTHLY;BYMONTHDAY=-1", "2026-12-31 18:00"),
        ("end of every month 6pm", "MONTHLY;BYMONTHDAY=-1", "2026-12-31 18:00"),
        ("end of each month 6pm", "MONTHLY;BYMONTHDAY=-1", "2026-12-31 18:00"),
        ("every 3 months on the 1st 9am", "MONTHLY;INTERVAL=3;BYMONTHDAY=1", "2027-01-01 09:00"),
        ("every first monday 6pm", "MONTHLY;BYDAY=1MO", "2026-12-07 18:00"),
        ("every third friday 6pm", "MONTHLY;BYDAY=3FR", "2026-12-18 18:00"),
        ("third friday of each month 6pm", "MONTHLY;BYDAY=3FR", "2026-12-18 18:00"),
        (
            "the first and third monday of each month 6pm",
            "MONTHLY;BYDAY=1MO,3MO",
            "2026-12-07 18:00",
        ),
        ("every last friday 5pm", "MONTHLY;BYDAY=-1FR", "2026-12-25 17:00"),
        ("on the last friday of every month 5pm", "MONTHLY;BYDAY=-1FR", "2026-12-25 17:00"),
        ("every month on the second tuesday 6pm", "MONTHLY;BYDAY=2TU", "2026-12-08 18:00"),
        ("annually on march 3", "YEARLY;BYMONTH=3;BYMONTHDAY=3", "2027-03-03 09:00"),
        ("every 3rd of march 9am", "YEARLY;BYMONTH=3;BYMONTHDAY=3", "2027-03-03 09:00"),
        ("every march 3 9am", "YEARLY;BYMONTH=3;BYMONTHDAY=3", "2027-03-03 09:00"),
        ("every new year's day 10am", "YEARLY;BYMONTH=1;BYMONTHDAY=1", "2027-01-01 10:00"),
        ("every year 9am", "YEARLY;BYMONTH=12;BYMONTHDAY=1", "2027-12-01 09:00"),
        (
            "every 2 years on 3 march 9am",
            "YEARLY;INTERVAL=2;BYMONTH=3;BYMONTHDAY=3",
            "2027-03-03 09:00",
        ),
        ("every first monday of september", "YEARLY;BYMONTH=9;BYDAY=1MO", "2027-09-06 09:00"),
        (
            "every friday until christmas 5pm",
            "WEEKLY;BYDAY=FR;UNTIL=20261225T235959",
            "2026-12-04 17:00",
        ),
        (
            "every friday 5pm for 2 months",
            "WEEKLY;BYDAY=FR;UNTIL=20270203T235959",
            "2026-12-04 17:00",
        ),
        (
            "every friday 5pm for 10 weeks",
            "WEEKLY;BYDAY=FR;UNTIL=20270211T235959",
            "2026-12-04 17:00",
        ),
        ("every friday 5pm, 5 times", "WEEKLY;BYDAY=FR;COUNT=5", "2026-12-04 17:00"),
        ("every friday 5pm for 5 times", "WEEKLY;BYDAY=FR;COUNT=5", "2026-12-04 17:00"),
        ("every friday 5pm 5x", "WEEKLY;BYDAY=FR;COUNT=5", "2026-12-04 17:00"),
        (
            "every friday 5pm from 1 january until 1 march",
            "WEEKLY;BYDAY=FR;UNTIL=20270301T235959",
            "2027-01-01 17:00",
        ),
        ("every friday 5pm starting 1 january 2027", "WEEKLY;BYDAY=FR", "2027-01-01 17:00"),
        ("every friday 5pm starting tomorrow", "WEEKLY;BYDAY=FR", "2026-12-04 17:00"),
        ("starting tomorrow every day at 9am", "DAILY", "2026-12-02 09:00"),
        ("from monday every day 9am", "DAILY", "2026-12-07 09:00"),
        ("daily 9am except weekends", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-12-02 09:00"),
        ("daily 9am except sat and sun", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-12-02 09:00"),
        ("daily except mondays and fridays 9am", "WEEKLY;BYDAY=TU,WE,TH,SA,SU", "2026-12-02 09:00"),
        ("every night", "DAILY", "2026-12-01 20:00"),
        ("nightly at 22:00", "DAILY", "2026-12-01 22:00"),
        ("every evening at 8", "DAILY", "2026-12-01 20:00"),
        ("every afternoon at 3", "DAILY", "2026-12-01 15:00"),
        ("every sunday night 9pm", "WEEKLY;BYDAY=SU", "2026-12-06 21:00"),
        ("every 31st", "MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2026-12-31 09:00"),
        ("every feb 29 9am", "YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", "2027-02-28 09:00"),
        ("every 29 february", "YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", "2027-02-28 09:00"),
        ("hourly until tomorrow", "HOURLY;UNTIL=20261202T235959", "2026-12-01 13:00"),
        (
            "every year on the first and last friday of september 6pm",
            "YEARLY;BYMONTH=9;BYDAY=1FR,-1FR",
            "2027-09-03 18:00",
        ),
        (
            "every 2 months on the 1st and 2nd tuesday 6pm",
            "MONTHLY;INTERVAL=2;BYDAY=1TU,2TU",
            "2026-12-01 18:00",
        ),
        ("on the 31st and 15th of every month", "MONTHLY;BYMONTHDAY=15,31", "2026-12-15 09:00"),
        ("every monday 7pm 1 times", "WEEKLY;BYDAY=MO;COUNT=1", "2026-12-07 19:00"),
        ("each day until the 3rd", "DAILY;UNTIL=20261203T235959", "2026-12-02 09:00"),
        ("1 march every year", "YEARLY;BYMONTH=3;BYMONTHDAY=1", "2027-03-01 09:00"),
    ],
)
def test_a_repeat_is_understood(phrase: str, rule: str, start: str) -> None:
    recurrence = repeat(phrase)
    assert recurrence == Recurrence(f"FREQ={rule}", datetime.fromisoformat(start), BERLIN)
    assert repeat(describe(recurrence, NOW), zone=None) == recurrence


@pytest.mark.parametrize(
    ("phrase", "skipped"),
    [
        ("every friday 5pm except 25 december", [date(2026, 12, 25)]),
        ("every friday 5pm except 25 dec and 1 jan", [date(2026, 12, 25), date(2027, 1, 1)]),
        ("daily 9am except tomorrow", [date(2026, 12, 2)]),
        ("every monday 7pm but not on 28 december", [date(2026, 12, 28)]),
        ("every day except sundays and 25 december", [date(2026, 12, 25)]),
    ],
)
def test_days_are_left_out(phrase: str, skipped: list[date]) -> None:
    recurrence = repeat(phrase)
    assert recurrence.skipped == frozenset(skipped)
    assert repeat(describe(recurrence, NOW), zone=None) == recurrence


def test_a_zone_in_the_phrase_wins() -> None:
    assert repeat("every tuesday 6pm New York").zone == "America/New_York"
    assert repeat("every monday 7pm london time", zone=None).zone == "Europe/London"


def test_a_repeat_that_began_keeps_its_turn() -> None:
    recurrence = repeat("every 2 weeks on friday 10am starting 20 november 2026")
    assert recurrence.start == datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 - wall time
    later = datetime(2027, 2, 1, tzinfo=UTC)
    assert repeat(describe(recurrence, later), later) == recurrence


def test_a_repeat_without_gaps_begins_with_what_is_to_come() -> None:
    assert repeat("daily 9am from 1 november 2026") == repeat("daily 9am")


def test_a_time_that_the_zone_leaves_out_is_no_matter_for_a_repeat() -> None:
    before = datetime(2027, 3, 27, 11, 0, tzinfo=UTC)
    assert repeat("every day 02:30", before).start.isoformat() == "2027-03-28T02:30:00"


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("every day at 9", "every day at 09:00"),
        ("every weekday at 9", "every weekday at 09:00"),
        ("weekends at 11am", "every weekend at 11:00"),
        ("every monday and thursday 18:30", "every Monday and Thursday at 18:30"),
        ("mon, wed, fri 7am", "every Monday, Wednesday and Friday at 07:00"),
        ("every other tuesday 6pm", "every 2 weeks on Tuesday at 18:00, starting 1 December 2026"),
        ("every 3 days at 8pm", "every 3 days at 20:00, starting 1 December 2026"),
        ("first monday monthly 18:30", "on the first Monday of each month at 18:30"),
        ("last friday of the month 4pm", "on the last Friday of each month at 16:00"),
        ("every month on the 1st 9am", "on the 1st of each month at 09:00"),
        ("monthly on the 31st 9am", "on the 31st of each month at 09:00, or its last day"),
        (
            "monthly on the 31st 9am skip short months",
            "on the 31st of each month at 09:00, skipping shorter months",
        ),
        ("every last day of the month", "on the last day of each month at 09:00"),
        ("yearly on 24 december 9am", "every year on 24 December at 09:00"),
        ("every 4 hours", "every 4 hours from 16:00, starting 1 December 2026"),
        ("hourly", "every hour from 13:00, starting 1 December 2026"),
        ("every day at 9 until 1 march", "every day at 09:00, until 1 March 2027"),
        ("every day 9am 10 times", "every day at 09:00, 10 times"),
        ("every day 9am from 5 december", "every day at 09:00, starting 5 December 2026"),
        ("on the 1st and 15th of each month 9am", "on the 1st and 15th of each month at 09:00"),
        (
            "every 2 months on the last friday 5pm",
            "every 2 months on the last Friday at 17:00, starting 25 December 2026",
        ),
        (
            "every first monday of september 9am",
            "every year on the first Monday of September at 09:00",
        ),
        ("every 29 february", "every year on 29 February at 09:00, or its last day"),
        (
            "every year on the first and last friday of september 6pm",
            "every year on the first Friday of September and the last Friday of September at 18:00",
        ),
        (
            "every 2 years on 3 march 9am",
            "every 2 years on 3 March at 09:00, starting 3 March 2027",
        ),
        ("every monday 7pm 1 times", "every Monday at 19:00, 1 time"),
        (
            "the first and third monday of each month 6pm",
            "on the first Monday and third Monday of each month at 18:00",
        ),
    ],
)
def test_a_repeat_is_said_back(phrase: str, words: str) -> None:
    assert describe(repeat(phrase), NOW) == f"{words}, Europe/Berlin time"


def test_the_beginning_is_said_only_where_it_matters() -> None:
    recurrence = repeat("every day 9am from 5 december")
    assert describe(recurrence) == "every day at 09:00, Europe/Berlin time"
    assert "starting 5 December 2026" in describe(recurrence, NOW)
    assert "starting 1 December 2026" in describe(repeat("every other tuesday 6pm"))


def test_a_point_in_time_has_no_words() -> None:
    assert describe(understand("in 20 minutes", NOW, None)) == ""
