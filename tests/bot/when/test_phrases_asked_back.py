import re
from datetime import UTC, datetime

import pytest

from bot.when.errors import UnclearTime
from bot.when.phrases import MAX_PHRASE, understand

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
"""A Tuesday, 12:00 in Berlin."""


def refused(phrase: str, zone: str | None = BERLIN) -> UnclearTime:
    """The error; what it offers is checked to be understood."""
    with pytest.raises(UnclearTime) as caught:
        understand(phrase, NOW, zone)
    error = caught.value
    for choice in error.choices:
        understand(choice, NOW, zone)
    offer = re.search(r"(Try|Did you mean) (.*)[.?]$", str(error))
    assert offer, str(error)
    for example in re.findall("“(.*?)”", offer[2]):
        understand(example, NOW, BERLIN)
    return error


@pytest.mark.parametrize(
    ("phrase", "choices"),
    [
        ("yesterday", ["tomorrow 09:00"]),
        ("2020-01-01", ["1 January 2027 09:00"]),
        ("0001-01-01 5pm", ["1 January 2027 5pm"]),
        ("today 9am", ["tomorrow 9am"]),
        ("this morning", ["tomorrow 09:00"]),
        ("today at noon", ["tomorrow 12:00"]),
        ("last night", ["today 20:00"]),
        ("at 5", ["today 17:00", "tomorrow 05:00"]),
        ("tomorrow at 5", ["tomorrow 05:00", "tomorrow 17:00"]),
        ("friday at 5:30", ["4 December 2026 05:30", "4 December 2026 17:30"]),
        ("tomorrow quarter to 1", ["tomorrow 00:45", "tomorrow 12:45"]),
        ("tomorrow half past 11", ["tomorrow 11:30", "tomorrow 23:30"]),
        ("03/04 5pm", ["3 April 2027 5pm", "4 March 2027 5pm"]),
        ("03/04/2027 5:30pm", ["3 April 2027 5:30pm", "4 March 2027 5:30pm"]),
        ("at 5 Lagos", ["today 17:00 Africa/Lagos", "tomorrow 05:00 Africa/Lagos"]),
        ("friday midnight", ["4 December 2026 00:00", "5 December 2026 00:00"]),
        ("28 march 2027 02:30", ["28 March 2027 03:30", "28 March 2027 01:30"]),
        (
            "31 october 2027 02:30",
            ["31 October 2027 02:30 first time", "31 October 2027 02:30 second time"],
        ),
        ("friday 24 december 5pm", ["24 december 5pm", "friday 7pm"]),
        ("5pm IST", ["5pm Asia/Kolkata", "5pm Europe/Dublin", "5pm Asia/Jerusalem"]),
        ("5pm ukraine", ["5pm Europe/Kyiv", "5pm Europe/Simferopol"]),
        ("tomorrow 5pm UTC+5:30", ["tomorrow 5pm Asia/Kolkata", "tomorrow 5pm Asia/Colombo"]),
        ("march", ["1 march"]),
        ("next march 5pm", ["1 march 5pm"]),
        ("in 5", ["in 5 minutes", "in 5 hours"]),
        ("next week 5pm", ["next monday 5pm", "in 1 week 5pm"]),
        ("next month", ["1st of next month", "in 1 month"]),
        ("next year", ["1 january", "in 1 year"]),
        ("this weekend", ["saturday", "sunday"]),
        ("next weekend 5pm", ["next saturday 5pm", "next sunday 5pm"]),
        ("every day at 3", ["every day at 03:00", "every day at 15:00"]),
        (
            "every 2nd tuesday 5pm",
            ["every 2 weeks on tuesday 5pm", "2nd tuesday of every month 5pm"],
        ),
        ("every second", ["2nd of every month", "every 2 days"]),
        (
            "every year on 03/04 9am",
            ["every year on 3 April at 09:00", "every year on 4 March at 09:00"],
        ),
        ("biweekly 9am", ["every 2 weeks 9am"]),
        ("bi-monthly", ["every 2 months"]),
    ],
)
def test_what_is_meant_is_asked_back(phrase: str, choices: list[str]) -> None:
    assert list(refused(phrase).choices) == choices


@pytest.mark.parametrize(
    ("phrase", "what"),
    [
        ("", "When?"),
        ("at", "When?"),
        ("berlin", "When?"),
        ("10 times", "When?"),
        ("x" * (MAX_PHRASE + 1), "too long"),
        ("gibberish", "understand “gibberish”"),
        ("tomorrow 5pm dinner with bob", "understand “dinner with bob”"),
        ("dinner tomorrow with bob", "understand “dinner tomorrow with bob”"),
        ("5pm xyzzy", "understand “xyzzy”"),
        ("soon", "“soon” isn't a time"),
        ("later", "“later” isn't a time"),
        ("sometime", "“sometime” isn't a time"),
        ("now", "“now” isn't a time"),
        ("when i'm done", "isn't a time"),
        ("before friday", "isn't a time"),
        ("this week", "isn't a time"),
        ("in 0 minutes", "right now"),
        ("in 999 years", "five years"),
        ("in 99999999999999 years", "too far"),
        ("in 1.5 months", "whole months"),
        ("24 december 2040", "five years"),
        ("9999-12-31 24:00", "five years"),
        ("<t:4102444800>", "five years"),
        ("<t:99999999999999999999>", "too far"),
        ("<t:1>", "past"),
        ("<t:1797225600> 5pm", "two different"),
        ("<t:1797225600> tomorrow", "two different"),
        ("2026-12-24T17:00+99:00", "no such"),
        ("20 minutes ago", "past"),
        ("last friday", "past"),
        ("feb 30", "no 30 February"),
        ("31 june 2027", "no 31 June 2027"),
        ("2027-13-01", "no month 13"),
        ("0000-01-01", "no year 0"),
        ("32nd", "no month has a day 32"),
        ("day 0 of month", "no month has a day 0"),
        ("25:00", "no time “25:00”"),
        ("24:30", "no time “24:30”"),
        ("7:75pm", "no time “7:75”"),
        ("tomorrow 25h", "no time “25:00”"),
        ("tomorrow morning 7pm", "isn't in the morning"),
        ("5pm 6pm", "two different"),
        ("tomorrow 5pm and friday 6pm", "two different"),
        ("tomorrow and friday", "two different"),
        ("tomorrow 9h at 10am", "two different"),
        ("24 december 25 december", "two different"),
        ("in 2 hours at 5pm", "two different"),
        ("19h30 in 2 hours", "two different"),
        ("tomorrow 5pm 10 times", "How often"),
        ("tomorrow until friday", "How often"),
        ("every", "how often"),
        ("every 5 minutes", "once an hour"),
        ("every 90 minutes", "once an hour"),
        ("every 10 seconds", "once an hour"),
        ("every 0 days", "right now"),
        ("every 999999 years", "too rare"),
        ("every 99 years", "five years"),
        ("every day at 9 every week", "two different"),
        ("every other week monthly", "two different"),
        ("every 2 friday every month", "how often"),
        ("every day in 3 hours", "two different"),
        ("monthly on monday", "Which day of the month"),
        ("hourly on mondays", "how often"),
        ("every 2 days on monday", "how often"),
        ("every 2026-12-24", "how often"),
        ("every monday and 1st", "how often"),
        ("every year on 1 march and 2 march", "each day"),
        ("every first monday of june and first monday of may", "each month"),
        ("twice a day", "each time"),
        ("every monday 0 times", "1 to 1000"),
        ("every monday 1001 times", "1 to 1000"),
        ("every day until", "Until or except"),
        ("every day except", "Until or except"),
        ("every day until 1 march 10 times", "one way only"),
        ("every day until 1 march 2020", "ends before"),
        ("every day until 03/04", "month of that date"),
        ("every monday until first friday of may 2020", "no such day"),
        ("every hour for 3 minutes", "how many days"),
        ("every day for 3 hours", "how many days"),
        ("every monday except monday", "leaves no day"),
        ("every month except monday", "leaves no day"),
        ("every day from tomorrow starting friday", "two different"),
        ("every day from 0001-01-01", "five years ago"),
        ("every day from 9999-12-31", "five years ahead"),
        ("every day from tomorrow until tomorrow 10 times", "one way only"),
        ("every day 9am except tomorrow until tomorrow", "before it comes"),
    ],
)
def test_what_cannot_be_is_refused_with_an_example(phrase: str, what: str) -> None:
    assert what.lower() in str(refused(phrase)).lower()


def test_a_choice_that_would_be_refused_is_not_offered() -> None:
    assert refused("every 2nd tuesday friday").choices == ("every 2 weeks on tuesday friday",)


def test_a_member_of_no_zone_is_asked_back_for_the_zone_only() -> None:
    assert refused("5pm EST", zone=None).choices[0] == "5pm America/New_York"
