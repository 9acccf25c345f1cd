"""Any text at all is understood, or refused with an example, in little time."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.when.errors import UnclearTime
from bot.when.phrases import MAX_PHRASE, Moment, Once, describe, understand
from bot.when.recurrence import next_occurrence
from bot.when.vocabulary import MONTHS, NUMBERS, ORDINALS, SPELLINGS, WEEKDAYS

EXTRA = (
    "at in for of to 5 9 17 30 31 1st 31st last 7pm 12am 17:30 5:30 02:30 24:00 h m 19h 2h30 03/04 "
    "12/24 24.12. 24.12.2026 2026-12-24 2027 <t:1797225600:F> now soon other berlin new york est "
    "utc+2 half past quarter an hour noon midnight eve times 3 short after before when , - ' @ × ٣"
)
WORDS = [
    *SPELLINGS,
    *(spelling for spellings in SPELLINGS.values() for spelling in spellings.split()),
    *WEEKDAYS,
    *MONTHS,
    *NUMBERS.split(),
    *ORDINALS.split(),
    *EXTRA.split(),
]
NOWS = st.sampled_from(
    [
        datetime(2026, 12, 1, 11, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 0, 45, tzinfo=UTC),
        datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC),
    ]
)
ZONES = st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe", None])
SHUFFLED = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
BEGINNINGS = ["every", "every 2", "daily", "weekly", "monthly", "yearly", "hourly", "mon wed"]
REPEATS = st.tuples(st.sampled_from(BEGINNINGS), SHUFFLED).map(" ".join)
thorough = settings(max_examples=400, deadline=None)


def attempt(text: str, now: datetime, zone: str | None) -> Moment | UnclearTime:
    try:
        return understand(text, now, zone)
    except UnclearTime as error:
        return error


def check(text: str, now: datetime, zone: str | None) -> Moment | None:
    """Understand the text; what it offers is understood and what it means is to come."""
    moment = attempt(text, now, zone)
    if isinstance(moment, UnclearTime):
        assert "“" in str(moment)
        assert all(understand(choice, now, zone) for choice in moment.choices)
        return None
    if isinstance(moment, Once):
        assert moment.at > now
    else:
        assert next_occurrence(moment, now)
    return moment


@thorough
@given(st.text(max_size=MAX_PHRASE + 5), NOWS, ZONES)
def test_any_text_is_understood_or_refused(text: str, now: datetime, zone: str | None) -> None:
    check(text, now, zone)


@thorough
@given(SHUFFLED, NOWS, ZONES)
def test_any_words_are_understood_or_refused(text: str, now: datetime, zone: str | None) -> None:
    check(text, now, zone)


@thorough
@given(REPEATS, NOWS)
def test_any_repeat_is_understood_as_it_is_said_back(text: str, now: datetime) -> None:
    moment = check(text, now, "Europe/Berlin")
    if moment and not isinstance(moment, Once):
        assert understand(describe(moment, now), now, None) == moment


@pytest.mark.parametrize(
    "text",
    [
        "a " * 100,
        "1 " * 100,
        "every " * 33,
        "1 h " * 50,
        "monday " * 28,
        "1st " * 50,
        "in 1 day " * 22,
        "new york " * 22,
        "zzzzzz " * 28,
        "9" * 200,
        "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 200,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    now = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
    check("tomorrow", now, "Europe/Berlin")
    begin = time.perf_counter()
    check(text[:MAX_PHRASE], now, "Europe/Berlin")
    assert time.perf_counter() - begin < 0.5  # 0.1 at rest
