"""Suggested slots against a search that tries all of them with the zones' clocks."""

import time
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.availability.model import Range, WeeklyHours
from bot.availability.reading import read
from bot.availability.slots import Differing, Slot, Wanted, suggested
from bot.availability.weighing import Attendee
from bot.when.recurrence import resolve
from bot.when.zone_names import POPULAR
from tests.bot.availability.oracle import Tried, tried
from tests.conftest import NOW, TORTURE

BERLIN, LAGOS, DENVER = "Europe/Berlin", "Africa/Lagos", "America/Denver"
ZONES = [BERLIN, LAGOS, DENVER, "Asia/Kathmandu", "Pacific/Chatham", "Australia/Lord_Howe"]
AFTERS = [
    NOW,
    datetime(2027, 3, 26, 23, 10, tzinfo=UTC),
    datetime(2027, 10, 30, 0, 45, tzinfo=UTC),
    datetime(2027, 10, 31, 1, 10, tzinfo=UTC),
]
"""Any day, shortly before clocks change, and in the second of two equal hours of Berlin."""

AN_HOUR = timedelta(hours=1)


def best_of_three_days(all_: list[Tried]) -> list[datetime] | None:
    """No other three slots of three days have a better best one, second best one, and third."""
    in_order = sorted(all_, key=lambda each: each.rank)
    sets = (some for some in combinations(in_order, 3) if len({each.day for each in some}) == 3)
    first = next(sets, None)
    return None if first is None else [each.wall for each in first]


LENGTHS = st.sampled_from([timedelta(minutes=45), AN_HOUR, timedelta(hours=2)])
FEW_HOURS = st.lists(
    st.builds(Range, st.integers(0, 6), st.integers(0, 47), st.integers(2, 6)),
    min_size=1,
    max_size=3,
).map(WeeklyHours.of)


@settings(max_examples=200 if TORTURE else 15)
@given(
    st.lists(st.builds(Attendee, st.sampled_from(ZONES), FEW_HOURS), min_size=1, max_size=3),
    st.builds(Wanted, st.sampled_from(ZONES), LENGTHS, st.sampled_from(AFTERS)),
)
def test_three_single_slots_are_the_best_there_are(people: list[Attendee], wanted: Wanted) -> None:
    check(people, wanted)


@settings(max_examples=20 if TORTURE else 3)
@given(
    st.lists(st.builds(Attendee, st.sampled_from(ZONES), FEW_HOURS), min_size=2, max_size=2),
    st.builds(Wanted, st.sampled_from(ZONES), LENGTHS, st.sampled_from(AFTERS), st.just(True)),
)
def test_three_weekly_slots_are_the_best_there_are(people: list[Attendee], wanted: Wanted) -> None:
    check(people, wanted)


def check(people: list[Attendee], wanted: Wanted) -> None:
    found, all_ = suggested(people, wanted), tried(people, wanted)
    starts = [slot.start for slot in found]
    assert len(starts) == len({*starts}) <= 5
    assert bool(found) is bool(all_)
    if found:
        assert starts[0] == min(all_, key=lambda each: each.rank).wall
    expected = best_of_three_days(all_)
    if expected:
        assert starts[:3] == expected
        assert [slot.at for slot in found] == [resolve(each, wanted.zone) for each in starts]


def hour_of(slot: Slot, zone: str) -> int:
    return slot.at.astimezone(ZoneInfo(zone)).hour


def test_awkward_hours_go_to_nobody_more_than_need_be() -> None:
    """Two would rather have it at noon; the third would then have to rise at 5 in Denver."""
    people = [Attendee(BERLIN), Attendee(LAGOS), Attendee(DENVER)]
    (first, *_others) = found = suggested(people, Wanted(BERLIN, AN_HOUR, NOW))
    assert first.can == 3
    assert first.awkward == 0
    assert [hour_of(first, zone) for zone in (BERLIN, LAGOS, DENVER)] == [17, 17, 9]
    assert len(found) == len({slot.start.date() for slot in found}) == 5
    far = suggested([Attendee(BERLIN), Attendee("Pacific/Auckland")], Wanted(BERLIN, AN_HOUR, NOW))
    assert (far[0].can, far[0].awkward) == (2, 1)


def test_more_members_count_for_more_than_a_better_hour() -> None:
    late = Attendee(BERLIN, read("weekdays 22-24"))
    early = Attendee(BERLIN, read("weekdays 12-14"))
    slots = suggested([late, late, early], Wanted(BERLIN, AN_HOUR, NOW))
    assert {(slot.can, slot.start.hour) for slot in slots} == {(2, 22)}
    assert {slot.awkward for slot in slots} == {2}


def test_a_fourth_is_offered_only_if_as_many_can() -> None:
    both = Attendee(BERLIN, read("Mon, Tue, Wed 18-20"))
    one = Attendee(BERLIN, read("Mon, Tue, Wed, Thu, Fri 18-20"))
    slots = suggested([both, one], Wanted(BERLIN, AN_HOUR, NOW, weekly=True))
    assert [slot.start.weekday() for slot in slots] == [1, 2, 0]
    assert {slot.can for slot in slots} == {2}


def test_where_there_is_one_day_its_slots_dont_overlap() -> None:
    people = [Attendee(BERLIN, read("Wed 18-21"))]
    slots = suggested(people, Wanted(BERLIN, AN_HOUR, NOW, weekly=True))
    assert [f"{slot.start:%a %H}" for slot in slots] == ["Wed 18", "Wed 19", "Wed 20"]
    assert suggested(people, Wanted(BERLIN, timedelta(hours=4), NOW)) == ()


def test_nothing_is_suggested_before_the_earliest_instant() -> None:
    second_of_two = Wanted(BERLIN, AN_HOUR, AFTERS[-1])
    (first, *_) = suggested([Attendee(BERLIN, read("Sun 0-24"))], second_of_two)
    assert first.at >= second_of_two.after
    check([Attendee(BERLIN, read("Sun 0-4"))], second_of_two)


def test_who_says_that_they_meet_at_night_is_believed() -> None:
    owls = [Attendee(BERLIN, read("Fri 23-02:00"))] * 2
    (first, *_) = suggested(owls, Wanted(BERLIN, AN_HOUR, NOW, weekly=True))
    assert (f"{first.start:%a %H}", first.can) == ("Fri 23", 2)
    assert first.awkward == 3 * 53


def test_weeks_in_which_a_weekly_slot_differs_are_told() -> None:
    people = [
        Attendee(BERLIN, read("Tue 18-20")),
        Attendee(DENVER, read("Tue 10am-11am")),
        Attendee(LAGOS),
    ]
    slots = suggested(people, Wanted(BERLIN, AN_HOUR, NOW, weekly=True))
    (first, *_) = slots
    assert first.start == datetime.fromisoformat("2026-11-24 18:00")
    assert first.can == 2
    assert first.differing == (
        Differing(date(2026, 11, 24), date(2027, 3, 9), can=3, moved=0),
        Differing(date(2027, 3, 16), date(2027, 3, 23), can=2, moved=1),
        Differing(date(2027, 3, 30), date(2027, 10, 26), can=3, moved=1),
        Differing(date(2027, 11, 2), date(2027, 11, 2), can=2, moved=1),
        Differing(date(2027, 11, 9), date(2027, 11, 23), can=3, moved=0),
    )


@pytest.mark.parametrize("weekly", [False, True])
def test_a_slot_for_thirty_is_found_at_once(weekly: bool) -> None:
    hours = [None, read("weekdays 17-22, Sat 10-16"), read("daily after 6pm")]
    people = [Attendee(POPULAR[place], hours[place % 3]) for place in range(30)]
    wanted = Wanted(BERLIN, AN_HOUR, NOW, weekly)
    times: list[float] = []
    for _ in range(5):
        begin = time.perf_counter()
        assert suggested(people, wanted)
        times.append(time.perf_counter() - begin)
    assert min(times) < (0.1 if TORTURE else 1)
