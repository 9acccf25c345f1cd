from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.milestones.stages import (
    CORRECTED_WITHIN,
    MOST_STEPS,
    UNDER_WAY,
    Counted,
    Outcome,
    Stage,
    Step,
    Steps,
    funnel,
    moved,
    reached,
)
from tests.conftest import NOW

DAY = timedelta(days=1)
moves = st.lists(st.tuples(st.sampled_from(Stage), st.integers(0, 10**6)), max_size=60)


def walked(start: Stage, steps_to: list[tuple[Stage, int]]) -> Steps:
    """The steps after moves, each so many seconds after the one before."""
    steps, at = (Step(start, NOW),), NOW
    for stage, wait in steps_to:
        at += timedelta(seconds=wait)
        steps = moved(steps, stage, at)
    return steps


def test_each_change_is_kept_with_its_time() -> None:
    steps = moved((Step(Stage.SAVED, NOW),), Stage.APPLIED, NOW)
    steps = moved(steps, Stage.INTERVIEW, NOW + DAY)
    assert steps == (
        Step(Stage.SAVED, NOW),
        Step(Stage.APPLIED, NOW),
        Step(Stage.INTERVIEW, NOW + DAY),
    )
    assert moved((), Stage.SAVED, NOW) == (Step(Stage.SAVED, NOW),)


def test_a_slip_is_corrected_soon_after_and_kept_later() -> None:
    steps = walked(Stage.SAVED, [(Stage.APPLIED, 0), (Stage.OFFER, 86_400)])
    soon = steps[-1].at + CORRECTED_WITHIN - timedelta(seconds=1)
    assert [step.stage for step in moved(steps, Stage.INTERVIEW, soon)] == [
        Stage.SAVED,
        Stage.APPLIED,
        Stage.INTERVIEW,
    ]
    assert moved(steps, Stage.APPLIED, soon) == steps[:-1]
    assert len(moved(steps, Stage.INTERVIEW, steps[-1].at + CORRECTED_WITHIN)) == 4


def test_how_far_one_came_is_where_it_was_before_it_was_closed() -> None:
    assert reached(walked(Stage.SAVED, [(Stage.INTERVIEW, 9999), (Stage.CLOSED, 9999)])) is (
        Stage.INTERVIEW
    )
    assert reached((Step(Stage.CLOSED, NOW),)) is Stage.APPLIED


@given(st.sampled_from(UNDER_WAY), moves)
def test_the_last_stage_is_the_chosen_one_and_times_never_go_back(
    start: Stage, steps_to: list[tuple[Stage, int]]
) -> None:
    steps = walked(start, steps_to)
    assert steps[-1].stage is (steps_to[-1][0] if steps_to else start)
    assert all(a.at <= b.at for a, b in pairwise(steps))
    assert all(a.stage is not b.stage for a, b in pairwise(steps))
    assert len(steps) <= MOST_STEPS
    assert reached(steps) in UNDER_WAY


@given(st.sampled_from(UNDER_WAY), moves, st.sampled_from(Stage))
def test_the_same_move_twice_is_one(
    start: Stage, steps_to: list[tuple[Stage, int]], stage: Stage
) -> None:
    once = moved(walked(start, steps_to), stage, NOW + 400 * DAY)
    assert moved(once, stage, NOW + 500 * DAY) == once


@given(
    st.lists(
        st.builds(
            Counted,
            st.sampled_from(Stage),
            st.sampled_from(UNDER_WAY),
            st.none() | st.sampled_from(Outcome),
            st.integers(1, 100),
        )
    )
)
def test_the_funnel_narrows_and_counts_each_once(counted: list[Counted]) -> None:
    found = funnel(counted)
    total = sum(each.count for each in counted)
    widths = [found.reached[stage] for stage in UNDER_WAY]
    assert widths == sorted(widths, reverse=True)
    assert (found.total, sum(found.standing.values())) == (total, total)
    assert sum(found.outcomes.values()) == found.standing[Stage.CLOSED]
    assert found.sent == found.reached[Stage.APPLIED]
