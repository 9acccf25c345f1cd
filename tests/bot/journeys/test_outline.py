import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.careers.loader import LoadedRole, load_packs
from bot.journeys.outline import outline, shares
from bot.paths import DATA
from tests.bot.careers.samples import loaded
from tests.bot.journeys.samples import ROADMAP, small

BUILT_IN = load_packs([DATA]).roles


@given(st.integers(0, 10**6), st.integers(1, 13))
def test_shares_are_as_equal_as_can_be_and_lose_nothing(total: int, count: int) -> None:
    found = shares(total, count)
    assert (sum(found), len(found)) == (total, count)
    assert max(found) - min(found) <= 1


def test_each_goal_is_a_task_and_the_milestone_the_last_one_of_its_phase() -> None:
    found = small()
    assert [item.text for item in found.items if item.phase == 0] == [
        *ROADMAP[0]["goals"],
        ROADMAP[0]["milestone"],
    ]
    assert [item.is_milestone for item in found.items] == [False, False, True] * 2
    assert sum(item.effort for item in found.items) == (2 + 3) * 10 * 60


def test_a_key_stays_while_phase_and_words_stay() -> None:
    moved = small([ROADMAP[1], {**ROADMAP[0], "goals": ["Fold a map.", "Draw a coast."]}])
    assert {item.key for item in moved.items} == {item.key for item in small().items}
    assert moved.print != small().print


def test_the_same_words_twice_are_two_tasks() -> None:
    twice = small([{**ROADMAP[0], "goals": ["Fold a map.", "Fold a map."]}])
    assert len({item.key for item in twice.items}) == 3


def test_what_a_roadmap_does_not_hold_changes_nothing() -> None:
    assert small(summary="Another.").print == small().print
    assert small(title="Map maker").print != small().print


@pytest.mark.parametrize("role", BUILT_IN, ids=lambda role: role.slug)
def test_every_pack_has_its_pace(role: LoadedRole) -> None:
    assert outline(role).hours == 10


def test_a_pack_that_names_no_pace_has_ten_hours() -> None:
    assert loaded().role.hours_a_week == 10
