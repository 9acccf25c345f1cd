"""What is shown of members' journeys: right, and nothing of fewer than five follows from it."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.progress.figures import FEWEST, Career, Counts, Stage, median, places, shown
from tests.conftest import TORTURE

Group = tuple[int, str]
"""A phase's members on the way or dropped off; the phase after the last is all the way."""

few = st.integers(0, 6)
sizes = st.one_of(st.integers(0, 6), st.integers(0, 40))
stages = st.builds(Stage, sizes, sizes)
days = st.dictionaries(st.integers(0, 60), st.integers(1, 9), max_size=4)


@st.composite
def counted(draw: st.DrawFn, most: int = 5) -> Counts:
    found = draw(st.lists(stages, max_size=most))
    titles = tuple(f"Phase {place}" for place in range(len(found)))
    took = {place: draw(days) for place in range(len(found))}
    return Counts("cartographer", "Cartographer", titles, tuple(found), draw(sizes), took)


def counts(*at: tuple[int, int], all_the_way: int = 0) -> Counts:
    titles = tuple(f"Phase {place}" for place in range(len(at)))
    found = tuple(Stage(*each) for each in at)
    return Counts("cartographer", "Cartographer", titles, found, all_the_way)


def members(found: Counts) -> dict[Group, int]:
    """How many are in each of the groups of which all others are made."""
    groups: dict[Group, int] = {(len(found.stages), "end"): found.all_the_way}
    for place, stage in enumerate(found.stages):
        groups |= {(place, "on"): stage.on_the_way, (place, "off"): stage.dropped}
    return groups


def parts_of(total: int, number: int) -> Iterator[tuple[int, ...]]:
    """All ways to make a total of so many parts."""
    if number == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in parts_of(total - first, number - 1))


def published(found: Counts, career: Career) -> Iterator[tuple[frozenset[Group], int]]:
    """Every number that is shown, with the groups that it is said to be the sum of."""
    groups = members(found)
    end = len(found.stages)
    claims = [(frozenset(groups), career.ever)]
    claims.append((frozenset(each for each in groups if each[1] == "on"), career.on_the_way))
    claims.append((frozenset({(end, "end")}), career.all_the_way))
    for part in career.parts:
        beyond = frozenset(each for each in groups if each[0] > part.last)
        here = range(part.first, part.last + 1)
        claims += [(beyond, part.finished), (frozenset((p, "off") for p in here), part.dropped)]
    yield from ((which, value) for which, value in claims if value is not None)


@given(counted())
def test_what_is_shown_is_true(found: Counts) -> None:
    groups = members(found)
    for which, value in published(found, shown(found)):
        assert value == sum(groups[each] for each in which)


@given(counted(most=3))
def test_no_sum_or_difference_of_what_is_shown_is_about_fewer_than_five(found: Counts) -> None:
    groups = members(found)
    numbers = dict(published(found, shown(found)))
    for signs in product((-1, 0, 1), repeat=len(numbers)):
        total = dict.fromkeys(groups, 0)
        for sign, which in zip(signs, numbers, strict=True):
            for each in which:
                total[each] += sign
        is_a_group = any(total.values()) and {*total.values()} <= {0, 1}
        if is_a_group:
            assert sum(groups[each] for each in total if total[each]) >= FEWEST, total


@settings(max_examples=400 if TORTURE else 15)
@given(st.lists(st.tuples(few, few), min_size=2, max_size=2), few)
def test_no_group_of_fewer_than_five_can_be_worked_out(
    at: list[tuple[int, int]], all_the_way: int
) -> None:
    """For each, there are other sizes with which all that is shown would be as true."""
    found = counts(*at, all_the_way=all_the_way)
    groups = members(found)
    sums = [[*which] for which, _ in published(found, shown(found))]
    told = [sum(groups[each] for each in which) for which in sums]
    if not told:
        return
    names = [*groups]
    possible = [
        dict(zip(names, sizes, strict=True)) for sizes in parts_of(sum(groups.values()), len(names))
    ]
    fitting = [
        each for each in possible if [sum(each[name] for name in which) for which in sums] == told
    ]
    for name, size in groups.items():
        assert size >= FEWEST or len({each[name] for each in fitting}) > 1, name


@given(counted())
def test_parts_are_all_phases_in_order(found: Counts) -> None:
    career = shown(found)
    if career.ever is None:
        assert career.parts == ()
        return
    spans = [place for part in career.parts for place in range(part.first, part.last + 1)]
    assert spans == [*range(len(found.phases))]
    assert tuple(title for part in career.parts for title in part.titles) == found.phases


def test_of_fewer_than_five_nothing_is_shown() -> None:
    assert shown(counts((2, 1), all_the_way=1)) == Career("cartographer", "Cartographer", None)


def test_of_many_everything_is_shown() -> None:
    career = shown(counts((10, 6), (8, 5), all_the_way=9))
    assert (career.ever, career.on_the_way, career.all_the_way) == (38, 18, 9)
    assert [(part.finished, part.dropped) for part in career.parts] == [(22, 6), (9, 5)]


def test_phases_with_few_in_them_are_put_together() -> None:
    career = shown(counts((10, 6), (2, 1), (1, 0), (9, 5), all_the_way=9))
    assert [places(part) for part in career.parts] == ["1", "2 to 4"]
    assert [part.finished for part in career.parts] == [27, 9]


def test_few_who_have_come_all_the_way_are_put_together_with_the_last_phase() -> None:
    career = shown(counts((10, 6), (8, 5), all_the_way=2))
    assert career.all_the_way is None
    assert [(part.finished, part.dropped) for part in career.parts] == [(15, 6), (None, None)]


def test_one_number_that_would_give_another_away_is_left_out() -> None:
    """With 30 on the way in all and 10 in the first phase, 20 were in the second, and 2 dropped."""
    career = shown(counts((10, 6), (20, 2), all_the_way=9))
    assert career.on_the_way == 30
    assert [part.dropped for part in career.parts] == [None, None]


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ({3: 2, 4: 2}, None),
        ({3: 5}, 3),
        ({1: 2, 9: 3}, 9),
        ({1: 3, 2: 3}, 1.5),
        ({}, None),
    ],
)
def test_the_median_is_of_five_or_more(taken: dict[int, int], expected: float | None) -> None:
    assert median(taken) == expected


def test_days_are_shown_of_single_phases_that_may_be_told_from_others() -> None:
    base = counts((10, 6), (8, 5), (1, 0), all_the_way=9)
    took = {0: {4: 5}, 1: {5: 5}, 2: {6: 5}}
    found = Counts(base.role, base.title, base.phases, base.stages, base.all_the_way, took)
    assert [part.days for part in shown(found).parts] == [4, None]
