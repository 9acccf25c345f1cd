"""What organisers do with a series; what each act changes for members."""

# ruff: noqa: DTZ001 - wall times are naive
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meetings.acts import begin, cancel, move, restore, skip, this_and_following
from bot.meetings.differences import Differences, differences
from bot.meetings.errors import NoSuchSession, NothingToCome, TooOften, WrongLength
from bot.meetings.model import Moment, Moved, Series, Session, SessionId, Skipped
from bot.meetings.overlaps import overlapping
from bot.meetings.rules import dated, rest
from bot.meetings.series import find, next_after, occurrences, upcoming
from bot.when.recurrence import Recurrence
from tests.bot.meetings.samples import RULES

BERLIN = "Europe/Berlin"
FIRST = datetime(2027, 3, 2, 19)
A_WEEK, A_DAY = timedelta(days=7), timedelta(days=1)
BEGIN, END = datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC)


def weekly(rule: str = "FREQ=WEEKLY;BYDAY=TU", **given: Any) -> Series:
    return begin("a1", Recurrence(rule, FIRST, BERLIN, **given), 90)


def single() -> Series:
    return begin("a1", Moment(FIRST, BERLIN), 90)


def starts(*every: Series) -> list[str]:
    found = [session for series in every for session in occurrences(series, BEGIN, END)]
    return [f"{session.start:%d %H:%M}" for session in found]


def later(n: int) -> datetime:
    return FIRST + n * A_WEEK


def test_wall_time_stays_when_clocks_change() -> None:
    assert starts(weekly()) == ["02 18:00", "09 18:00", "16 18:00", "23 18:00", "30 17:00"]
    assert starts(single()) == ["02 18:00"]


def test_a_window_has_its_begin_but_not_its_end() -> None:
    start = datetime(2027, 3, 2, 18, tzinfo=UTC)
    assert len(occurrences(weekly(), start, start + A_WEEK)) == 1
    following = next_after(weekly(), start)
    assert following
    assert following.start == start + A_WEEK
    assert next_after(single(), start) is None


def test_of_a_wall_time_that_comes_twice_the_second_can_be_meant() -> None:
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    moment = Moment.of(second, BERLIN)
    assert moment == Moment(datetime(2027, 10, 31, 2, 30), BERLIN, second=True)
    assert moment.instant == second
    assert Moment.of(second - timedelta(hours=1), BERLIN).instant == second - timedelta(hours=1)


def test_a_session_keeps_its_id_as_it_moves() -> None:
    act = move(weekly(), later(1), Moment(datetime(2027, 3, 10, 8), BERLIN), 30)
    moved = find(act.after[0], later(1))
    assert moved == Session(
        SessionId("a1", later(1)), datetime(2027, 3, 10, 7, tzinfo=UTC), 30, moved=True
    )
    assert moved is not None
    assert moved.end - moved.start == timedelta(minutes=30)
    assert str(moved.id) == "a1:20270309T190000"
    assert SessionId.read(str(moved.id)) == moved.id


def test_moving_twice_counts_once_and_moving_back_not_at_all() -> None:
    away = move(weekly(), later(1), Moment(later(1) + A_DAY, BERLIN)).after[0]
    further = move(away, later(1), Moment(later(1) + 2 * A_DAY, BERLIN)).after[0]
    assert len(further.changes) == 1
    back = move(further, later(1), Moment(later(1), BERLIN)).after[0]
    assert back == replace(weekly(), revision=3)


def test_skipped_is_left_out_and_undo_brings_it_back() -> None:
    act = skip(weekly(), later(1))
    assert starts(*act.after) == ["02 18:00", "16 18:00", "23 18:00", "30 17:00"]
    undone = restore(act.after[0], weekly())
    assert starts(*undone.after) == starts(weekly())
    assert undone.after[0].revision == 2


def test_cancelling_leaves_what_has_begun_and_can_be_repeated() -> None:
    now = datetime(2027, 3, 9, 18, 30, tzinfo=UTC)
    act = cancel(weekly(), now)
    assert starts(*act.after) == ["02 18:00", "09 18:00"]
    again = cancel(act.after[0], now + A_DAY)
    assert again.before == again.after
    earlier = cancel(act.after[0], datetime(2027, 3, 5, tzinfo=UTC))
    assert starts(*earlier.after) == ["02 18:00"]


@pytest.mark.parametrize("original", [later(1) + A_DAY, later(1), later(3), FIRST - A_WEEK])
def test_what_doesnt_take_place_cant_be_changed(original: datetime) -> None:
    series = cancel(skip(weekly(), later(1)).after[0], datetime(2027, 3, 20, tzinfo=UTC)).after[0]
    with pytest.raises(NoSuchSession):
        skip(series, original)
    with pytest.raises(NoSuchSession):
        move(single(), original, Moment(FIRST, BERLIN))


def test_what_no_session_can_be_is_refused() -> None:
    for rule in ("FREQ=HOURLY", "FREQ=DAILY;BYHOUR=9,18"):
        with pytest.raises(TooOften):
            weekly(rule)
    with pytest.raises(NothingToCome):
        weekly("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260101T000000")
    for minutes in (0, 24 * 60 + 1):
        with pytest.raises(WrongLength):
            begin("a1", Moment(FIRST, BERLIN), minutes)
        with pytest.raises(WrongLength):
            move(weekly(), FIRST, Moment(FIRST, BERLIN), minutes)
        with pytest.raises(WrongLength):
            this_and_following(weekly(), FIRST, "b2", minutes=minutes)


def test_this_and_following_goes_on_as_another_series() -> None:
    new = rest(Recurrence("FREQ=WEEKLY;BYDAY=TU", FIRST, BERLIN), later(2), time(8))
    old, following = this_and_following(weekly(), later(2), "b2", when=new, minutes=60).after
    assert starts(old) == ["02 18:00", "09 18:00"]
    assert starts(following) == ["16 07:00", "23 07:00", "30 06:00"]
    assert (following.key, following.follows, following.minutes) == ("b2", "a1", 60)
    assert find(old, later(2)) is None


def test_exceptions_go_on_where_they_still_match() -> None:
    far = Moment(datetime(2027, 3, 31, 12), BERLIN)
    series = skip(weekly(), later(1)).after[0]
    series = skip(series, later(2)).after[0]
    series = move(series, later(3), far).after[0]
    series = move(series, later(4), far, 15).after[0]
    new = Recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", later(0).replace(hour=20), BERLIN)
    act = this_and_following(series, FIRST, "b2", when=new, minutes=60)
    (changed,) = act.after
    assert changed.key == "a1"
    assert changed.changes == (
        Skipped(later(2).replace(hour=20)),
        Moved(later(4).replace(hour=20), far, 15),
    )


def test_a_move_gives_way_to_a_new_rule_but_not_to_a_new_length() -> None:
    moved = move(weekly(), later(1), Moment(later(1) + A_DAY, BERLIN)).after[0]
    new = rest(Recurrence("FREQ=WEEKLY;BYDAY=TU", FIRST, BERLIN), later(1), time(8))
    assert this_and_following(moved, later(1), "b2", when=new).after[1].changes == ()
    (change,) = this_and_following(moved, later(1), "b2", minutes=60).after[1].changes
    assert change == Moved(later(1), Moment(later(1) + A_DAY, BERLIN), 60)


def test_dates_that_a_rule_left_out_stay_left_out() -> None:
    series = weekly(skipped=frozenset({date(2027, 3, 23)}))
    new = Recurrence("FREQ=WEEKLY;BYDAY=TU", later(2), BERLIN)
    assert starts(this_and_following(series, later(2), "b2", when=new).after[1]) == [
        "16 18:00",
        "30 17:00",
    ]


def test_a_single_session_can_become_a_series_and_a_series_a_single_one() -> None:
    new = Recurrence("FREQ=WEEKLY;BYDAY=TU", FIRST, BERLIN)
    (series,) = this_and_following(single(), FIRST, "b2", when=new).after
    assert (series.key, starts(series)) == ("a1", starts(weekly()))
    _, last = this_and_following(weekly(), later(1), "b2", when=Moment(later(2), BERLIN)).after
    assert starts(last) == ["16 18:00"]
    (longer,) = this_and_following(single(), FIRST, "b2", minutes=120).after
    assert longer == replace(single(), minutes=120, revision=1)


@given(st.sampled_from(RULES), st.integers(0, 9), st.sampled_from(["", ";COUNT=12"]))
def test_the_rest_of_a_rule_is_what_was_left_of_it(rule: str, n: int, end: str) -> None:
    whole = Recurrence(rule + end, datetime(2026, 1, 3, 9), BERLIN)
    before = datetime(2026, 1, 1, tzinfo=UTC)
    matches = [wall for (wall, _), _ in zip(dated(whole, before), range(12), strict=False)]
    left = dated(rest(whole, matches[n]), before)
    assert [wall for (wall, _), _ in zip(left, range(12 - n), strict=False)] == matches[n:]
    assert not end or next(left, None) is None


def changed(act: Any) -> Differences:
    return differences(act, BEGIN, END)


def test_who_is_to_be_told_of_one_session_is_told_of_it_alone() -> None:
    series = weekly()
    (gone,) = changed(skip(series, later(1))).cancelled
    assert gone.id.original == later(1)
    assert changed(skip(series, later(1))) == Differences(cancelled=(gone,))
    undone = restore(skip(series, later(1)).after[0], series)
    assert changed(undone) == Differences(new=(gone,))


def test_a_session_that_leaves_the_window_is_moved_not_cancelled() -> None:
    act = move(weekly(), later(1), Moment(datetime(2027, 5, 1, 12), BERLIN))
    ((before, after),) = changed(act).moved
    assert (before.start.month, after.start.month) == (3, 5)
    back = restore(act.after[0], weekly())
    assert [(a, b) for b, a in changed(back).moved] == [(before, after)]


def test_following_sessions_are_paired_by_their_date() -> None:
    at_eight = rest(Recurrence("FREQ=WEEKLY;BYDAY=TU", FIRST, BERLIN), later(3), time(8))
    moved = changed(this_and_following(weekly(), later(3), "b2", when=at_eight))
    assert [(was.id.series, now.id.series) for was, now in moved.moved] == [("a1", "b2")] * 2
    assert moved == Differences(moved=moved.moved)
    wednesdays = Recurrence("FREQ=WEEKLY;BYDAY=WE", later(3), BERLIN)
    other = changed(this_and_following(weekly(), later(3), "b2", when=wednesdays))
    assert (len(other.cancelled), len(other.new), len(other.moved)) == (2, 2, 0)


def test_what_only_changes_its_series_is_renamed() -> None:
    act = this_and_following(weekly(), later(3), "b2", minutes=90)
    found = changed(act)
    assert len(found.renamed) == 2
    assert found == Differences(renamed=found.renamed)
    undone = changed(restore(act.after[0], weekly(), act.after[1]))
    assert undone == Differences(renamed=tuple((now, was) for was, now in found.renamed))


def test_sessions_overlap_unless_one_begins_as_the_other_ends() -> None:
    def at(key: str, hour: int, minutes: int) -> Session:
        start = datetime(2027, 3, 2, hour, tzinfo=UTC)
        return Session(SessionId(key, FIRST), start, minutes)

    long, inside, touching, apart = (
        at("a", 9, 180),
        at("b", 10, 60),
        at("c", 12, 60),
        at("d", 13, 9),
    )
    pairs = list(overlapping([touching, apart, inside, long]))
    assert pairs == [(long, inside)]
    assert list(overlapping([inside, long, at("e", 10, 150)]))[-1][1].id.series == "e"
    assert len(list(overlapping([inside, long, at("e", 10, 150)]))) == 3


def test_a_series_without_end_is_listed_as_far_as_asked() -> None:
    found = upcoming(weekly(), BEGIN)
    assert [next(found).id.original for _ in range(60)][-1] == later(59)
