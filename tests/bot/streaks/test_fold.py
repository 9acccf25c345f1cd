from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.streaks.fold import fold
from bot.streaks.model import Act, DayState, History, LocalDay, Pause, Streak
from tests.bot.streaks.histories import (
    DAY,
    Lived,
    anything,
    at,
    day,
    lives,
    pauses,
    some_days,
    state,
    streak,
    today,
)
from tests.bot.streaks.oracle import Diary

done_days = st.frozensets(st.integers(1, 60), max_size=60)


def check_against_the_diary(lived: Lived) -> None:
    found, told = fold(lived.history, lived.today), Diary(lived.history, lived.today)
    assert {each.date: each.state for each in found.days} == told.states
    assert (found.current, found.best) == (told.current, told.best)
    assert (found.freezes, [*found.used]) == (told.freezes, told.used)
    assert found.today_done == (told.states.get(lived.today.date) is DayState.DONE)


@given(anything())
def test_whatever_happened_the_diary_says_the_same(lived: Lived) -> None:
    check_against_the_diary(lived)


@given(lives())
def test_whatever_people_live_the_diary_says_the_same(lived: Lived) -> None:
    check_against_the_diary(lived)


@given(anything().flatmap(lambda lived: st.tuples(st.just(lived), shuffled(lived))))
def test_the_order_of_events_does_not_matter_nor_that_one_is_stored_twice(
    both: tuple[Lived, History],
) -> None:
    lived, other = both
    assert fold(lived.history, lived.today) == fold(other, lived.today)


def shuffled(lived: Lived) -> st.SearchStrategy[History]:
    history = lived.history
    twice = st.lists(st.sampled_from(history.acts)) if history.acts else st.just(list[Act]())
    acts = twice.flatmap(lambda more: st.permutations([*history.acts, *more]))
    order = st.tuples(acts, st.permutations(history.pauses))
    return order.map(lambda both: replace(history, acts=tuple(both[0]), pauses=tuple(both[1])))


def test_without_any_act_there_is_nothing_to_show() -> None:
    assert fold(History(), today(1)) == Streak()


def test_days_in_a_row_add_up() -> None:
    found = streak([1, 2, 3], now=3)
    assert (found.current, found.best, found.today_done) == (3, 3, True)


@given(anything())
def test_todays_acts_add_one_day_at_most_and_without_them_nothing_is_broken(lived: Lived) -> None:
    before = tuple(act for act in lived.history.acts if act.day.date < lived.today.date)
    acts = tuple(act for act in lived.history.acts if act.day.date <= lived.today.date)
    without = fold(replace(lived.history, acts=before), lived.today)
    assert fold(replace(lived.history, acts=acts), lived.today).best <= without.best + 1
    assert not without.today_done
    assert state(without, lived.today.date) not in {DayState.MISSED, DayState.FROZEN, DayState.DONE}


def test_today_undone_is_open_and_breaks_nothing() -> None:
    found = streak([1, 2], now=3)
    assert (found.current, found.today_done) == (2, False)
    assert state(found, day(3)) is DayState.OPEN


def test_a_missed_day_without_a_freeze_breaks_the_streak_and_the_best_is_kept() -> None:
    found = streak([1, 2, 3, 5], now=5)
    assert (found.current, found.best) == (1, 3)
    assert state(found, day(4)) is DayState.MISSED
    assert streak([1, 2, 3], now=5).current == 0


@given(done_days, st.lists(st.tuples(st.integers(1, 60), st.floats(0, 23.9)), max_size=30))
def test_more_acts_on_a_day_that_is_done_change_nothing(
    done: frozenset[int], more: list[tuple[int, float]]
) -> None:
    acts = [at(number) for number in done]
    again = [at(number, hour) for number, hour in more if number in done]
    once = fold(History(tuple(acts)), today(60))
    assert fold(History((*acts, *again)), today(60)) == once


def test_answers_around_midnight_belong_to_the_day_each_was_sent_on() -> None:
    second = 1 / 3600
    just = [at(1, 24 - second), at(2, 0), at(2, 0), at(2, second), at(2, 24 - second), at(3, 0)]
    found = fold(History(tuple(just)), today(3))
    assert (found.current, found.today_done) == (3, True)


@pytest.mark.parametrize(
    ("length", "freezes"), [(6, 0), (7, 1), (13, 1), (14, 2), (20, 2), (21, 2), (35, 2)]
)
def test_each_seven_days_earn_a_freeze_and_two_are_held_at_most(length: int, freezes: int) -> None:
    assert streak(range(1, length + 1), now=length).freezes == freezes


def test_a_freeze_covers_one_missed_day_and_is_named() -> None:
    found = streak([*range(1, 8), 9], now=9)
    assert (found.current, found.freezes, found.used) == (8, 0, (day(8),))
    assert state(found, day(8)) is DayState.FROZEN


def test_two_freezes_cover_two_days_in_a_row_and_not_a_third() -> None:
    fortnight = [*range(1, 15)]
    assert streak([*fortnight, 17], now=17).used == (day(15), day(16))
    found = streak([*fortnight, 18], now=18)
    assert (found.current, found.best, found.freezes, found.used) == (1, 14, 0, ())
    assert state(found, day(16)) is DayState.FROZEN
    assert state(found, day(17)) is DayState.MISSED


def test_a_frozen_day_earns_nothing() -> None:
    found = streak([*range(1, 8), *range(9, 15)], now=14)
    assert (found.current, found.freezes) == (13, 0)
    assert streak([*range(1, 8), *range(9, 16)], now=15).freezes == 1


def test_freezes_of_a_broken_streak_are_not_earned_again() -> None:
    assert streak([1, 2, 3, 5, 6, 7, 8], now=8).freezes == 0


@given(anything())
def test_no_more_freezes_are_used_than_earned(lived: Lived) -> None:
    found = fold(lived.history, lived.today)
    assert 0 <= found.freezes <= 2
    assert len(found.used) + found.freezes <= found.current // 7
    assert all(state(found, used) is DayState.FROZEN for used in found.used)
    assert found.current <= found.best


@given(done_days, st.integers(1, 60))
def test_what_was_said_of_a_day_stays_said(done: frozenset[int], now: int) -> None:
    then = streak([number for number in done if number <= now], now=now)
    later = streak(done, now=60)
    past = [each for each in then.days if each.date < day(now)]
    assert past == [each for each in later.days if each.date < day(now)]


def test_a_correction_heals_the_streak() -> None:
    assert streak([1, 2, 4], now=4).current == 1
    assert streak([1, 2, 3, 4], now=4).current == 4


def test_who_joins_today_has_missed_nothing() -> None:
    found = streak([5], now=5, others=History(asked=frozenset(map(day, range(1, 6)))))
    assert [each.date for each in found.days] == [day(5)]
    assert found.today_done


def neutral(kind: str, first: int, length: int) -> History:
    dates = frozenset(day(first + number) for number in range(length))
    match kind:
        case "pause":
            return History(pauses=(Pause(min(dates), max(dates)),))
        case "outage":
            return History(outages=dates)
        case _:
            return History(asked=frozenset(map(day, range(100))) - dates)


@pytest.mark.parametrize("kind", ["pause", "outage", "no question"])
@given(done=done_days, first=st.integers(2, 61), length=st.integers(1, 20))
def test_neutral_days_are_as_if_they_had_not_been(
    kind: str, done: frozenset[int], first: int, length: int
) -> None:
    moved = [number if number < first else number + length for number in done]
    without = streak(done, now=61)
    with_them = streak(moved, now=61 + length, others=neutral(kind, first, length))
    fields = ("current", "best", "freezes", "today_done")
    assert all(getattr(without, name) == getattr(with_them, name) for name in fields)


def test_an_act_on_a_paused_day_adds_nothing() -> None:
    found = streak([1, 2, 3], now=3, others=History(pauses=(Pause(day(2), day(2)),)))
    assert found.current == 2
    assert state(found, day(2)) is DayState.PAUSED


def test_a_pause_that_was_not_ended_goes_on() -> None:
    found = streak([1, 2], now=40, others=History(pauses=(Pause(day(3)),)))
    assert (found.current, state(found, day(40))) == (2, DayState.PAUSED)


def test_a_pause_saves_the_freezes() -> None:
    found = streak([*range(1, 8), 12], now=12, others=History(pauses=(Pause(day(8), day(10)),)))
    assert (found.current, found.used, found.freezes) == (8, (day(11),), 0)


@pytest.mark.parametrize("kind", ["outage", "no question"])
def test_an_act_on_a_day_that_asks_for_none_counts(kind: str) -> None:
    assert streak([1, 2, 3], now=3, others=neutral(kind, 2, 1)).current == 3


def test_weekends_of_a_working_week_neither_add_nor_break() -> None:
    working = [number for number in range(1, 27) if (number - 1) % 7 < 5]
    found = streak(working, now=29, others=History(asked=frozenset(map(day, working))))
    assert (found.current, found.used) == (20, ())
    assert state(found, day(6)) is DayState.UNASKED


@given(anything(), pauses, some_days)
def test_pauses_and_outages_use_no_freeze_and_break_nothing(
    lived: Lived, more: tuple[Pause, ...], outages: frozenset[date]
) -> None:
    history = replace(lived.history, pauses=more, outages=outages)
    found = fold(history, lived.today)
    for each in found.days:
        if any(each.date in pause for pause in more):
            assert each.state is DayState.PAUSED
        elif each.date in outages:
            assert each.state in {DayState.DONE, DayState.TOO_SOON, DayState.DOWN}


@given(anything())
def test_the_calendar_has_each_day_once_and_today_is_the_last_of_them(lived: Lived) -> None:
    found = fold(lived.history, lived.today)
    dates = [each.date for each in found.days]
    acted = [act.day.date for act in lived.history.acts]
    assert len(dates) == ((max(*acted, lived.today.date) - min(acted)) // DAY + 1 if acted else 0)
    assert dates == sorted(set(dates))
    assert found.best >= found.current == _counted_back(found)


def _counted_back(found: Streak) -> int:
    """The days done since the last missed one."""
    states = [each.state for each in found.days]
    since = states[::-1].index(DayState.MISSED) if DayState.MISSED in states else len(states)
    return states[len(states) - since :].count(DayState.DONE)


def test_today_may_lie_before_the_first_act() -> None:
    yesterday = LocalDay(day(0), -timedelta(hours=11))
    found = fold(History((at(1),)), yesterday)
    assert (found.current, found.today_done, len(found.days)) == (1, False, 1)
