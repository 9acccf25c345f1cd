from bot.faq.files import Parsed
from bot.faq.importing import Change, Imported, ImportPlan, ImportUndo, plan_of, undo_of
from bot.faq.model import MAX_ENTRIES
from bot.faq.text import EntryText
from bot.sheets.rows import Problem
from tests.bot.faq.samples import entry, text

PENTEST = entry(1, text("Pentest?", "pen test"))
SALARY = entry(2, text("Salary?", "pay"))


def parsed(*written: EntryText) -> Parsed:
    return Parsed(tuple((2 + place, each) for place, each in enumerate(written)))


def test_answers_are_told_apart_by_their_question() -> None:
    new, other = text("New?"), text("PENTESTS", "pen test", answer="Other.")
    plan = plan_of(parsed(new, other, SALARY.text), (PENTEST, SALARY))
    assert plan == ImportPlan((new,), (Change(PENTEST, other),), (SALARY,))
    assert plan.changes_something
    assert not plan_of(parsed(SALARY.text), (PENTEST, SALARY)).changes_something


def test_a_file_with_problems_changes_nothing() -> None:
    problem = Problem(3, "The answer is empty.")
    plan = plan_of(Parsed((), (problem,), 4), (PENTEST,))
    assert plan == ImportPlan(problems=(problem,), more=4)
    assert not plan.changes_something


def test_a_name_of_an_answer_that_stays_is_a_problem() -> None:
    plan = plan_of(parsed(text("New?", "PAY", "salarys")), (PENTEST, SALARY))
    assert plan.problems == (
        Problem(2, "“PAY” is a name of the server's answer to “Salary?” already."),
        Problem(2, "“salarys” is a name of the server's answer to “Salary?” already."),
    )
    assert plan.added == ()


def test_a_name_may_move_from_one_answer_of_the_file_to_another() -> None:
    plan = plan_of(parsed(text("Pentest?"), text("New?", "pen test")), (PENTEST, SALARY))
    assert plan.problems == ()
    assert (len(plan.added), len(plan.changed)) == (1, 1)


def test_no_more_answers_than_a_server_may_have() -> None:
    full = [entry(number, text(f"q{number}")) for number in range(MAX_ENTRIES)]
    plan = plan_of(parsed(text("q1"), text("New?")), full)
    assert plan.problems == (Problem(None, "The server would have 20,001 answers; 20,000 fit."),)
    assert plan_of(parsed(text("q1", answer="x")), full).problems == ()


def test_undoing_removes_what_was_new_and_restores_what_was_changed() -> None:
    before = text("Salary?", answer="Before.")
    undo = undo_of([Imported(1, 1, None), Imported(2, 1, before)], (PENTEST, SALARY))
    assert undo == ImportUndo((PENTEST,), (Change(SALARY, before),))


def test_what_was_changed_or_removed_since_is_left() -> None:
    imported = [Imported(1, 1, None), Imported(2, 3, text("Salary?")), Imported(9, 1, None)]
    assert undo_of(imported, (PENTEST, SALARY)) == ImportUndo((PENTEST,), (), 2)


def test_what_would_take_a_name_of_one_that_stays_is_left_and_so_on() -> None:
    now = [entry(1, text("one", "c")), entry(2, text("two", "d")), entry(3, text("three"))]
    before = (text("one", "b"), text("two", "c"), text("three", "d"))
    imported = [Imported(number, 1, each) for number, each in enumerate(before, 1)]
    assert undo_of(imported, now).left == 0
    assert undo_of(imported, [*now, entry(4, text("four", "b"))]).left == 3
    assert undo_of(imported[1:], now).left == 2
    assert undo_of(imported[2:], now).left == 1
