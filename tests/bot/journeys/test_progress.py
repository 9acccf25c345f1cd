import struct
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings

from bot.chat.limits import MAX_ALT_TEXT, cost
from bot.journeys import changes, progress_picture
from bot.journeys.journey import Journey
from bot.journeys.progress import WEEKS, progress
from bot.journeys.progress_picture import WEEKS_A_NAME_TAKES, alt_text, draw, weeks_named
from bot.streaks.model import Pause
from tests.bot.journeys.samples import DAY, TUESDAY, journey, journeys, left_out, on, small, ticked


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


@given(journeys())
def test_lines_rise_from_nothing_to_all(found: Journey) -> None:
    seen = progress(found)
    for line in (seen.planned, seen.actual, seen.expected):
        days, shares = [day for day, _ in line], [share for _, share in line]
        assert days == sorted(days)
        assert shares == sorted(shares)
        assert all(0 <= share <= 100.000001 for share in shares)
    if found.total_effort:
        assert seen.planned[-1] == (found.agreed.ends, 100)
    assert seen.actual[-1][0] == found.today
    assert bool(seen.expected) == bool(found.open_tasks)
    assert seen.percent == int(seen.actual[-1][1] + 1e-9)


@given(journeys())
def test_the_calendar_has_each_task_that_was_done_in_its_weeks(found: Journey) -> None:
    seen = progress(found)
    assert seen.first_day.weekday() == 0
    done = [t.done_on for t in found.tasks if t.done_on and t.done_on >= seen.first_day]
    assert sum(seen.done_on.values()) == sum(seen.by_week) == len(done)
    assert len(seen.by_week) == WEEKS


def test_the_planned_line_is_level_while_there_is_a_rest() -> None:
    rest = Pause(TUESDAY + 7 * DAY, TUESDAY + 13 * DAY)
    seen = progress(on(journey().with_pause(rest), TUESDAY + 10 * DAY))
    assert [(day - TUESDAY).days for day, _ in seen.planned] == [0, 7, 14, 42]
    assert [share for _, share in seen.planned] == pytest.approx([0, 20, 20, 100])
    assert seen.planned_percent == 20


def test_what_was_dropped_was_done_all_the_same() -> None:
    begun = ticked(journey(), 0)
    known, _added = changes.updated(begun, small([{**small_phase(), "goals": ["Sail away."]}]))
    seen = progress(changes.with_tasks(begun, known))
    assert seen.percent == 0
    assert seen.done_on == {TUESDAY: 1}


def small_phase() -> dict[str, object]:
    return {"title": "Sea", "weeks": 1, "milestone": "You can swim."}


def test_the_words_have_the_pictures_numbers() -> None:
    seen = progress(on(ticked(journey(), 0, 1, 2), TUESDAY + 7 * DAY))
    assert alt_text(seen) == (
        "Done: 40%, planned by today: 20%. The plan runs from November 24, 2026 to December 29, "
        "2026. From today it would end on December 15, 2026. Tasks done in each of the last 17 "
        "weeks: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0."
    )
    whole = progress(ticked(journey(), *range(6)))
    assert "From today" not in alt_text(whole)


@given(journeys())
def test_the_words_fit_beside_a_picture(found: Journey) -> None:
    assert cost(alt_text(progress(found))) <= MAX_ALT_TEXT


@settings(max_examples=5)
@given(journeys())
def test_whatever_there_is_can_be_drawn(found: Journey) -> None:
    assert size(draw(progress(found))) == (900, 912)


@pytest.mark.parametrize("locale", ["ja", "de", "pt_BR"])
def test_names_that_the_font_cannot_draw_give_way_to_numbers(
    locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_picture, "number_locale", lambda: locale)
    monkeypatch.setattr(progress_picture, "_", "進捗 {}".format)
    whole = left_out(ticked(journey(), 0, 1, 2, 3, 4), 5)
    assert size(draw(progress(on(whole, TUESDAY + timedelta(weeks=9))))) == (900, 912)


def test_months_whose_names_would_touch_are_left_out() -> None:
    assert size(draw(progress(on(journey(), TUESDAY + 73 * DAY)))) == (900, 912)


@pytest.mark.parametrize("first", [date(2026, 6, 29), date(2026, 6, 1)])
def test_a_month_is_named_where_it_begins_if_there_is_room(first: date) -> None:
    mondays = [first + timedelta(weeks=number) for number in range(17)]
    named = weeks_named(mondays)
    assert (named[0] == 0) == (first.day < 8)
    assert all(later - earlier >= WEEKS_A_NAME_TAKES for earlier, later in pairwise(named))
