from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.milestones.model import (
    MOST_KEPT,
    MOST_OPEN,
    Details,
    Kind,
    Milestone,
    MilestoneGone,
    MilestoneUnclear,
    NotAnApplication,
    NothingToUndo,
    NotYourMilestone,
    State,
    TooManyMilestones,
    id_in,
)
from bot.milestones.stages import Outcome, Stage
from tests.conftest import NOW

GOAL = Milestone(12, 3, 7, Details("Learn SQL"), NOW, NOW)
DONE = replace(GOAL, done_at=NOW, times_done=2)
APPLIED = replace(GOAL, details=Details("Acme", Kind.APPLICATION), stage=Stage.APPLIED)


def test_it_is_open_done_or_removed() -> None:
    assert [each.state for each in (GOAL, DONE, replace(DONE, removed_at=NOW))] == [*State]


def test_an_application_is_achieved_only_if_it_was_accepted() -> None:
    assert (GOAL.is_achieved, DONE.is_achieved) == (False, True)
    closed = replace(APPLIED, stage=Stage.CLOSED, done_at=NOW)
    achieved = [replace(closed, outcome=each).is_achieved for each in (*Outcome, None)]
    assert achieved == [True, False, False, False, False]
    assert not replace(DONE, removed_at=NOW).is_achieved


def test_observers_are_told_what_is_needed() -> None:
    told = DONE.finished()
    assert (told.milestone_id, told.guild_id, told.member_id, told.at) == (12, 3, 7, NOW)
    assert (told.kind, told.title, told.times) == (Kind.GOAL, "Learn SQL", 2)
    with pytest.raises(ValueError, match="not done"):
        GOAL.finished()


def test_a_key_names_one_and_nothing_else_does() -> None:
    assert (GOAL.key, id_in(GOAL.key)) == ("milestone:12", 12)
    for text in ("12", "milestone:", "milestone:-1", "milestone:٣", f"milestone:{10**30}"):
        assert id_in(text) is None


@given(st.text())
def test_no_text_is_too_odd_for_a_key(text: str) -> None:
    assert (id_in(f"milestone:{text}") or 0) < 2**63


def test_errors_say_what_to_do() -> None:
    errors = [MilestoneGone(), NotYourMilestone(), MilestoneUnclear(), NotAnApplication()]
    errors += [TooManyMilestones(MOST_OPEN), TooManyMilestones(MOST_KEPT), NothingToUndo()]
    for error in errors:
        assert any(hint in str(error) for hint in ("`/milestone", "Finish or", "kind:", "nothing"))
