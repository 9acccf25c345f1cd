from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.streaks.fold import fold
from bot.streaks.local_day import act_at, local_day
from bot.streaks.model import Act, DayState, History, LocalDay, Pause
from tests.bot.streaks.histories import (
    DAY,
    HOUR,
    Lived,
    anything,
    at,
    instants,
    lives,
    state,
    zones,
)

TROUBLE = {DayState.MISSED, DayState.FROZEN}
TRAVEL = {DayState.TRAVELLED, DayState.TOO_SOON}


def wall(zone: str, number: int, hour: float) -> Act:
    """An act at the zone's wall time on the n-th of June 2026 (no clock changes then)."""
    offset = local_day(datetime(2026, 6, number, 12, tzinfo=UTC), zone).ahead
    return at(number, hour - offset / HOUR, zone)


def seen(acts: Sequence[Act], now: Act | None = None) -> list[DayState]:
    return [each.state for each in fold(History(tuple(acts)), (now or acts[-1]).day).days]


D, T, M, S = DayState.DONE, DayState.TRAVELLED, DayState.MISSED, DayState.TOO_SOON


@pytest.mark.parametrize(
    ("left", "arrived", "hours"),
    [
        ("Pacific/Pago_Pago", "Pacific/Apia", (22, 1)),
        ("Pacific/Pago_Pago", "Pacific/Kiritimati", (0, 23)),
        ("Pacific/Honolulu", "Pacific/Auckland", (8, 23)),
        ("America/Los_Angeles", "Asia/Tokyo", (0.5, 23.5)),
        ("America/Los_Angeles", "Pacific/Auckland", (21, 9)),
        ("America/New_York", "Asia/Tokyo", (9, 20)),
        ("Europe/London", "Asia/Tokyo", (20, 7)),
        ("America/Los_Angeles", "America/New_York", (23, 0.5)),
    ],
)
def test_flying_east_costs_no_day(left: str, arrived: str, hours: tuple[float, float]) -> None:
    acts = [wall(left, 1, hours[0]), wall(arrived, 3, hours[1])]
    assert seen(acts) == [D, T, D]


def test_the_day_is_excused_before_the_traveller_answers_again() -> None:
    assert seen([wall("Pacific/Honolulu", 1, 9)], wall("Pacific/Auckland", 3, 8)) == [
        D,
        T,
        DayState.OPEN,
    ]


def test_flying_west_makes_one_day_of_the_same_date_twice() -> None:
    acts = [wall("Pacific/Auckland", 2, 9), wall("Pacific/Honolulu", 2, 9)]
    assert seen([*acts, wall("Pacific/Honolulu", 3, 9)]) == [D, D]


def test_flying_west_leaves_the_date_open_that_comes_again() -> None:
    acts = [wall("Pacific/Auckland", 1, 9), wall("Pacific/Auckland", 3, 9)]
    assert seen(acts) == [D, M, D]
    assert seen(acts, wall("Pacific/Honolulu", 2, 12)) == [D, DayState.OPEN, D]
    assert seen([*acts, wall("Pacific/Honolulu", 2, 13)]) == [D, D, D]


def test_an_hour_or_two_excuse_nothing() -> None:
    assert seen([wall("Europe/London", 1, 9), wall("Europe/Berlin", 3, 9)]) == [D, M, D]
    assert seen([wall("America/Los_Angeles", 1, 9), wall("America/Chicago", 3, 9)]) == [D, M, D]


def test_one_day_is_excused_and_not_the_others() -> None:
    assert seen([wall("America/New_York", 1, 9), wall("Asia/Tokyo", 4, 9)]) == [D, T, M, D]


def test_a_day_without_a_question_leaves_the_excuse_to_the_one_that_was_missed() -> None:
    acts = (wall("America/New_York", 1, 9), wall("Asia/Tokyo", 4, 9))
    found = fold(History(acts, outages=frozenset({date(2026, 6, 2)})), acts[-1].day)
    assert [each.state for each in found.days] == [D, DayState.DOWN, T, D]


def test_a_zone_moved_to_and_fro_excuses_one_day_in_seven() -> None:
    east = [wall("Asia/Tokyo", number, 9) for number in range(3, 24, 2)]
    west = [wall("America/New_York", number, 9) for number in range(1, 24, 2)]
    states = seen(sorted([*east, *west], key=lambda act: act.at))
    excused = [number for number, each in enumerate(states) if each is T]
    assert excused == [1, 9, 17]


@pytest.mark.parametrize(("days_later", "found"), [(6, [M]), (7, [T])])
def test_the_next_day_is_excused_a_week_after_the_last(
    days_later: int, found: list[DayState]
) -> None:
    there = [wall("America/New_York", 1, 9), wall("Asia/Tokyo", 3, 9)]
    back = [wall("America/New_York", number, 9) for number in range(4, 2 + days_later)]
    states = seen([*there, *back, wall("Asia/Tokyo", 3 + days_later, 9)])
    assert [each for each in states if each is not D] == [T, *found]


def test_a_zone_set_after_the_answer_excuses_nothing() -> None:
    acts = [wall("America/New_York", 1, 9), wall("America/New_York", 3, 0.5)]
    assert seen(acts, wall("Asia/Tokyo", 3, 20)) == [D, M, D]


def test_an_act_on_a_paused_day_still_shows_where_its_member_was() -> None:
    acts = (
        wall("America/New_York", 1, 9),
        wall("Asia/Tokyo", 3, 9),
        wall("America/New_York", 4, 9),
    )
    paused = History(acts, pauses=(Pause(date(2026, 6, 3), date(2026, 6, 3)),))
    found = fold(paused, acts[-1].day)
    assert [each.state for each in found.days] == [D, T, DayState.PAUSED, D]


def test_dates_that_never_began_are_excused_however_often() -> None:
    west = [wall("Pacific/Pago_Pago", number, 22) for number in range(1, 9, 2)]
    east = [wall("Pacific/Apia", number, 1) for number in range(3, 11, 2)]
    assert seen(sorted([*west, *east], key=lambda act: act.at)) == [D, T, D, T, D, T, D, T, D]


def test_the_date_that_samoa_left_out_was_nobodys_fault() -> None:
    acts = [
        act_at(datetime(2011, 12, 30, 5, tzinfo=UTC) + DAY * number, "Pacific/Apia")
        for number in range(-1, 4)
    ]
    assert date(2011, 12, 30) not in {act.day.date for act in acts}
    assert seen(acts) == [D, D, T, D, D, D]


@given(zones, st.integers(0, 23), instants, st.lists(st.floats(0, 90 * 24), max_size=90))
def test_at_home_no_act_is_too_soon_and_no_day_excused(
    zone: str, starts: int, begin: datetime, hours: list[float]
) -> None:
    acts = tuple(act_at(begin + HOUR * hour, zone, starts) for hour in hours)
    found = fold(History(acts), local_day(begin + 90 * DAY, zone, starts))
    assert not {each.state for each in found.days} & TRAVEL
    assert {each.date for each in found.days if each.state is D} == {act.day.date for act in acts}


@given(zones, instants, st.integers(3, 20))
def test_answers_as_early_and_as_late_as_can_be_count_through_clock_changes(
    zone: str, begin: datetime, days: int
) -> None:
    """In the last quarter of an hour of the first day, then in the first one of each."""
    minutes = [begin + timedelta(minutes=number) for number in range(0, days * 24 * 60, 15)]
    firsts = [
        late for early, late in pairwise(minutes) if local_day(early, zone) != local_day(late, zone)
    ]
    last = max(at for at in minutes if local_day(at, zone).date == local_day(begin, zone).date)
    acts = [act_at(instant, zone) for instant in [last, *firsts]]
    assert set(seen(acts)) == {D}


@given(anything() | lives())
def test_no_zones_make_more_days_than_have_passed(lived: Lived) -> None:
    acts = lived.history.acts
    found = fold(lived.history, lived.today)
    done = sum(each.state is D for each in found.days)
    if acts:
        passed = max(act.at for act in acts) - min(act.at for act in acts)
        assert done <= 2 + (passed + 3 * HOUR) / DAY


def test_three_dates_of_one_instant_are_two_days() -> None:
    acts = [at(2, 10.5, zone) for zone in ("Pacific/Pago_Pago", "UTC", "Pacific/Kiritimati")]
    assert [act.day.date.day for act in acts] == [1, 2, 3]
    assert seen(acts) == [D, D, S]


@pytest.mark.parametrize(("hour", "third"), [(7.4, S), (7.5, D)])
def test_a_third_day_takes_twenty_one_hours(hour: float, third: DayState) -> None:
    first_two = [at(2, 10.5, "Pacific/Pago_Pago"), at(2, 10.5, "UTC")]
    assert seen([*first_two, at(3, hour, "UTC")]) == [D, D, third]


def test_an_act_that_came_too_soon_leaves_its_day_to_a_later_one() -> None:
    acts = [at(2, 10.5, zone) for zone in ("Pacific/Pago_Pago", "UTC", "Pacific/Kiritimati")]
    found = fold(History(tuple(acts)), acts[-1].day)
    assert (found.current, found.today_done) == (2, False)
    assert seen([*acts, at(3, 9, "UTC")]) == [D, D, D]


def test_around_the_world_eastwards_day_by_day_no_day_is_won() -> None:
    """Phileas Fogg saw the sun rise 80 times in 79 days; he had set out from UTC."""
    begin = datetime(2026, 6, 1, 20, tzinfo=UTC)
    spins = [timedelta(hours=24 * number / 80) for number in range(81)]
    acts = [
        Act(LocalDay((begin + DAY * number).date(), spin), begin + DAY * number - spin)
        for number, spin in enumerate(spins)
    ]
    found = fold(History(tuple(acts)), acts[-1].day)
    assert found.current == 81
    assert (acts[-1].at - acts[0].at) / DAY == 79


@given(
    st.lists(st.tuples(zones, st.integers(9 * 24, 20 * 24)), min_size=1, max_size=5),
    instants,
    st.randoms(use_true_random=False),
)
def test_travelling_costs_nothing_to_who_uses_each_date_that_their_clock_shows(
    stays: list[tuple[str, int]], begin: datetime, chance: Random
) -> None:
    """A date that the clock shows for less than eleven hours may go by."""
    shown: dict[date, list[Act]] = {}
    for zone, hours in stays:
        for _ in range(hours):
            begin += HOUR
            act = act_at(begin, zone)
            shown.setdefault(act.day.date, []).append(act)
    used = sorted(shown)[1:-1]
    acts = [chance.choice(shown[each]) for each in used if len(shown[each]) >= 11]
    found = fold(History(tuple(acts)), acts[-1].day)
    assert not TROUBLE & {each.state for each in found.days}
    assert found.current + Counter(each.state for each in found.days)[S] == len(acts)


def test_moving_the_start_of_the_day_is_as_travelling() -> None:
    late = act_at(datetime(2026, 6, 2, 3, tzinfo=UTC), "UTC", starts=4)
    early = act_at(datetime(2026, 6, 3, 0, 30, tzinfo=UTC), "UTC")
    assert seen([late, early]) == [D, T, D]
    assert state(fold(History((late,)), early.day), date(2026, 6, 2)) is T
