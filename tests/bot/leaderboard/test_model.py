from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.leaderboard.model import (
    EVER,
    Length,
    Period,
    Span,
    last_day,
    span_of,
    spans_shown,
    spans_with,
)

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(days)
def test_a_day_is_within_one_span_of_each_length(day: date) -> None:
    spans = spans_with(day)
    assert [span.length for span in spans] == [*Length]
    assert all(span.begins <= day <= last_day(span) for span in spans)


@given(days)
def test_spans_follow_each_other_without_gap(day: date) -> None:
    for span in spans_with(day)[:3]:
        [following] = [
            each
            for each in spans_with(last_day(span) + timedelta(days=1))
            if each.length is span.length
        ]
        assert following.begins == last_day(span) + timedelta(days=1)


@given(days)
def test_last_week_and_last_month_end_where_this_one_begins(day: date) -> None:
    for last, this in ((Period.LAST_WEEK, Period.WEEK), (Period.LAST_MONTH, Period.MONTH)):
        assert last_day(span_of(last, day)) + timedelta(days=1) == span_of(this, day).begins


@given(days)
def test_all_that_can_be_asked_for_is_counted_whatever_the_zone(day: date) -> None:
    for near in (day - timedelta(days=1), day, day + timedelta(days=1)):
        assert {span_of(period, near) for period in Period} <= spans_shown(day)


def test_weeks_begin_on_monday() -> None:
    assert span_of(Period.WEEK, date(2026, 11, 25)) == Span(Length.WEEK, date(2026, 11, 23))
    assert span_of(Period.YEAR, date(2026, 11, 25)).begins == date(2026, 1, 1)
    assert span_of(Period.EVER, date(2026, 11, 25)).begins == EVER
