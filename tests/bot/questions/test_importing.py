from dataclasses import replace

from bot.questions.files import Parsed
from bot.questions.importing import (
    Alike,
    Back,
    Change,
    Imported,
    ImportPlan,
    ImportUndo,
    plan_of,
    undo_of,
)
from bot.questions.known import State
from bot.questions.own import MAX_KEPT, MAX_QUESTIONS, Own
from bot.questions.text import QuestionText
from bot.sheets.rows import Problem
from tests.bot.questions.samples import ANALYST, own, text

APPEAL = own(1, text())
RULE = own(2, text("How are rules made?"))


def parsed(*written: QuestionText) -> Parsed:
    return Parsed(tuple((2 + place, each) for place, each in enumerate(written)))


def plan(*written: QuestionText, there: tuple[Own, ...] = (APPEAL, RULE)) -> ImportPlan:
    return plan_of(parsed(*written), there, (), roles=[ANALYST])


def test_questions_are_told_apart_by_their_text() -> None:
    new, other = text("What is doxxing?"), text("what is an APPEAL", "Something else.")
    assert plan(new, other, RULE.text) == ImportPlan((new,), (Change(APPEAL, other),), (RULE,))
    assert plan(new).changes_something
    assert not plan(RULE.text).changes_something


def test_a_retired_question_comes_back() -> None:
    gone = replace(APPEAL, state=State.RETIRED)
    assert plan(APPEAL.text, there=(gone,)).changed == (Change(gone, APPEAL.text),)
    both = plan(APPEAL.text, there=(APPEAL, replace(gone, id=9)))
    assert both.unchanged == (APPEAL,)


def test_a_file_with_problems_changes_nothing() -> None:
    problem = Problem(3, "No.")
    found = plan_of(Parsed((), (problem,), 4), (APPEAL,), (), roles=[])
    assert found == ImportPlan(problems=(problem,), more=4)


def test_nearly_the_same_ones_are_shown() -> None:
    new = text("What is an appeal, then?")
    built_in = "What do you know about the history of content rules?"
    other = text("what do you know about the history of content rules")
    found = plan_of(parsed(new, other), (APPEAL, RULE), (built_in,), roles=[])
    assert found.alike == (Alike(new.text, APPEAL.text.text), Alike(other.text, built_in))
    assert found.added == (new, other)
    retired = replace(APPEAL, state=State.RETIRED)
    assert plan_of(parsed(new), (retired,), (), roles=[]).alike == ()


def test_a_career_must_be_known_or_have_been_given_before() -> None:
    problems = plan(text("New?", role="pilot")).problems
    message = f"I know no career “pilot”. Those that I know: {ANALYST}."
    assert problems == (Problem(2, message),)
    assert plan(text("New?", role=ANALYST)).problems == ()
    there = own(1, text(role="pilot"))
    assert plan(text("New?", role="pilot"), there=(there,)).problems == ()


def test_no_more_questions_than_a_server_may_have() -> None:
    full = tuple(own(n, text(f"q{n}")) for n in range(MAX_QUESTIONS))
    problem = Problem(None, "The server would have 5,001 questions; 5,000 fit.")
    assert plan(text("q1"), text("New?"), there=full).problems == (problem,)
    assert plan(text("q1", "x"), there=full).problems == ()
    kept = tuple(own(n, text(f"q{n}"), State.RETIRED) for n in range(MAX_KEPT))
    [problem] = plan(text("New?"), there=kept).problems
    assert "20,001 questions with the retired ones" in problem.message


def test_undoing_retires_what_was_new_and_puts_back_what_was_changed() -> None:
    before = text("What is an appeal?", "Before.")
    imported = [Imported(1, 1, before, State.RETIRED), Imported(2, 1, None)]
    back = Back(APPEAL, before, State.RETIRED)
    assert undo_of(imported, (APPEAL, RULE)) == ImportUndo((RULE,), (back,))


def test_what_was_changed_since_is_left() -> None:
    imported = [Imported(1, 2, None), Imported(9, 1, None)]
    assert undo_of(imported, (APPEAL, RULE)) == ImportUndo((), (), 2)
