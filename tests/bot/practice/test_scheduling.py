from datetime import UTC, datetime, timedelta

import fsrs
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.model import Memory, Phase, Rating
from bot.practice.scheduling import after, forecast

START = datetime(2026, 11, 24, 12, tzinfo=UTC)
GAPS = st.timedeltas(timedelta(seconds=0), timedelta(days=900))
HISTORIES = st.lists(st.tuples(st.sampled_from(list(Rating)), GAPS), max_size=30)


def memory_of(card: fsrs.Card) -> Memory:
    return Memory(
        card.due, Phase(card.state), card.step, card.stability, card.difficulty, card.last_review
    )


@given(HISTORIES)
def test_dates_equal_the_librarys_for_any_ratings_at_any_times(
    history: list[tuple[Rating, timedelta]],
) -> None:
    theirs, ours, now = fsrs.Card(card_id=1, due=START), Memory(START), START
    library = fsrs.Scheduler(desired_retention=0.9, enable_fuzzing=False)
    for rating, gap in history:
        now += gap
        dates = forecast(ours, now)
        theirs, _ = library.review_card(theirs, fsrs.Rating(rating), now)
        ours = after(ours, rating, now)
        assert ours == memory_of(theirs)
        assert dates[rating] == theirs.due


def test_a_forecast_names_all_ratings_and_later_ones_come_later() -> None:
    dates = forecast(Memory(START), START)
    assert list(dates) == [Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY]
    assert sorted(dates.values()) == list(dates.values())
    assert dates[Rating.AGAIN] - START == timedelta(minutes=1)
    assert dates[Rating.EASY] - START == timedelta(days=8)


def test_a_late_recall_lengthens_the_gap_instead_of_resetting_it() -> None:
    learnt = after(Memory(START), Rating.EASY, START)
    in_time, late = (
        after(learnt, Rating.GOOD, learnt.due + timedelta(days=days)) for days in (0, 60)
    )
    assert late.stability is not None
    assert in_time.stability is not None
    assert late.stability > in_time.stability
