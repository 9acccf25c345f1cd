import struct
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.practice.model import Phase, Rating, Review
from bot.practice.progress import WEEKS, Progress, Week, first_monday, weeks_of
from bot.practice.progress_picture import alt_text, draw, percent

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def review(days_ago: float, rating: Rating = Rating.GOOD, before: Phase = Phase.REVIEW) -> Review:
    return Review(NOW - timedelta(days=days_ago), rating, before)


def progress(*reviews: Review) -> Progress:
    return Progress(len(reviews), 3, 5, 1, weeks_of(reviews, NOW, "UTC"))


def test_twelve_weeks_from_a_monday_the_newest_last() -> None:
    weeks = weeks_of([], NOW, "UTC")
    assert len(weeks) == WEEKS == 12
    assert first_monday(NOW, "UTC") == weeks[0].monday == date(2026, 9, 7)
    assert weeks[-1] == Week(date(2026, 11, 23))


def test_retention_counts_what_had_been_learnt_alone() -> None:
    got = weeks_of(
        [
            review(0),
            review(0, Rating.HARD),
            review(0, Rating.AGAIN),
            review(0, Rating.AGAIN, Phase.LEARNING),
            review(0, Rating.GOOD, Phase.RELEARNING),
            review(9),
            review(200),
        ],
        NOW,
        "UTC",
    )
    assert (got[-1].reviews, got[-1].tested, got[-1].recalled) == (5, 3, 2)
    assert got[-1].retention == pytest.approx(2 / 3)
    assert (got[-3].reviews, got[-2].retention) == (1, None)
    assert sum(week.reviews for week in got) == 6


def test_weeks_begin_in_the_members_zone() -> None:
    sunday_night = Review(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), Rating.GOOD, Phase.REVIEW)
    assert weeks_of([sunday_night], NOW, "UTC")[-1].reviews == 0
    assert weeks_of([sunday_night], NOW, "Europe/Berlin")[-1].reviews == 1


def test_all_weeks_together() -> None:
    assert progress().retention is None
    assert progress(review(0), review(20, Rating.AGAIN)).retention == 0.5


def test_the_alt_text_says_in_words_what_the_picture_shows() -> None:
    assert alt_text(progress(review(0), review(0), review(8, Rating.AGAIN))) == (
        "Practice in the 12 weeks since September 7, 2026. "
        "Reviews a week: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2. "
        "Remembered a week, of what was learnt: none, none, none, none, none, none, none, none, "
        "none, none, 0%, 100%. The goal is 90%."
    )
    assert percent(0.125) == "12%"


def test_the_longest_alt_text_fits() -> None:
    week = Week(date(2026, 9, 30), 10**6, 10**6, 10**6)
    assert len(alt_text(Progress(1, 1, 1, 1, (week,) * WEEKS))) <= 1024


@pytest.mark.parametrize("shown", [progress(), progress(*(review(n) for n in range(80)))])
def test_the_picture_is_always_as_large_and_the_same_for_the_same(shown: Progress) -> None:
    picture = draw(shown)
    assert struct.unpack(">II", picture[16:24]) == (900, 696)
    assert draw(shown) == picture
