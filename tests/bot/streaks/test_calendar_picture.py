import re
import struct
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from bot.streaks import calendar_picture
from bot.streaks.calendar_picture import SIGNS, alt_text, draw, first_day
from bot.streaks.fold import fold
from bot.streaks.model import Day, DayState, Streak
from tests.bot.streaks.histories import Lived, anything, streak

TODAY = date(2026, 11, 24)
SIZE = (900, 720)


def full(*states: DayState) -> Streak:
    """Each day of the calendar and many before it, in these states by turns."""
    days = tuple(
        Day(TODAY - timedelta(days=back), states[back % len(states)]) for back in range(200, -1, -1)
    )
    return Streak(1234, 1234, 2, days=days)


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


@pytest.mark.parametrize("state", DayState)
def test_every_state_has_a_sign_of_its_own(state: DayState) -> None:
    assert list(SIGNS.values()).count(SIGNS[state]) == 1


def test_the_picture_is_the_same_for_the_same_streak() -> None:
    shown = full(*DayState)
    assert draw(shown, TODAY) == draw(shown, TODAY)
    assert draw(shown, TODAY) != draw(full(DayState.DONE), TODAY)


@pytest.mark.parametrize("shown", [Streak(), full(DayState.DONE), full(*DayState)])
def test_it_is_always_as_large(shown: Streak) -> None:
    assert size(draw(shown, TODAY)) == SIZE


def test_it_begins_on_a_monday_and_holds_seventeen_weeks() -> None:
    for offset in range(7):
        today = TODAY + timedelta(days=offset)
        assert first_day(today).weekday() == 0
        assert 16 * 7 <= (today - first_day(today)).days < 17 * 7


def test_what_lies_before_it_or_after_today_is_not_shown() -> None:
    within = Streak(days=(Day(TODAY, DayState.DONE),))
    beyond = (
        Day(first_day(TODAY) - timedelta(days=1), DayState.DONE),
        *within.days,
        Day(TODAY + timedelta(days=1), DayState.DONE),
    )
    assert draw(Streak(days=beyond), TODAY) == draw(within, TODAY)
    assert alt_text(Streak(days=beyond), TODAY) == alt_text(within, TODAY)


def test_the_alt_text_says_in_words_what_the_picture_shows() -> None:
    found = streak([*range(1, 8), 9, 12], now=12)
    assert alt_text(found, date(2026, 6, 12)) == (
        "Streak calendar, February 16, 2026 to June 12, 2026. "
        "Streak: 1 day · best: 8 days · 0 freezes held. "
        "Days: done 9, covered by a freeze 1, missed 2. "
        "Done in each of these 17 weeks: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 2."
    )


def test_the_alt_text_of_nothing() -> None:
    words = alt_text(Streak(), TODAY)
    assert "Streak: 0 days · best: 0 days · 0 freezes held. Days: none yet. " in words


def test_the_longest_alt_text_fits_into_discords_1024_characters() -> None:
    assert len(alt_text(full(*DayState), TODAY)) <= 1024


@given(anything())
def test_the_alt_text_holds_every_number(lived: Lived) -> None:
    found, today = fold(lived.history, lived.today), lived.today.date
    words = alt_text(found, today)
    shown = [each for each in found.days if first_day(today) <= each.date <= today]
    for state in DayState:
        count = sum(each.state is state for each in shown)
        assert (f"{calendar_picture.state_names()[state]} {count}" in words) == bool(count)
    assert re.findall(r"\d+", words.split("Streak: ")[1])[:3] == [
        str(found.current),
        str(found.best),
        str(found.freezes),
    ]
    weeks = [int(number) for number in words.rpartition(": ")[2].rstrip(".").split(", ")]
    assert len(weeks) == 17
    assert sum(weeks) == sum(each.state is DayState.DONE for each in shown)


@settings(max_examples=5)
@given(anything())
def test_whatever_there_is_can_be_drawn(lived: Lived) -> None:
    assert size(draw(fold(lived.history, lived.today), lived.today.date)) == SIZE


@pytest.mark.parametrize("locale", ["ja", "hi", "ko", "de", "pt_BR"])
def test_names_that_the_font_cannot_draw_give_way_to_numbers(
    locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_picture, "number_locale", lambda: locale)
    assert size(draw(full(DayState.DONE), TODAY)) == SIZE
