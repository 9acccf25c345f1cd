"""How well feedback finds key points may not fall below what was aimed at."""

from collections import Counter

import pytest

from bot.feedback.model import MAX_ANSWER, Doubt
from bot.questions.model import Kind, Level
from tests.bot.feedback.yardstick import (
    Judged,
    by_kind,
    cases,
    judged,
    mispaired,
    questions,
    table,
    tally,
)

PRECISION, RECALL = 0.80, 0.75
MISPAIRED = 0.05
"""The largest share of points claimed for answers that were given to other questions."""


@pytest.fixture(scope="module", params=["tune", "test"])
def half(request: pytest.FixtureRequest) -> list[Judged]:
    return [judged(case) for case in cases() if case.half == request.param]


def test_points_are_found_as_well_as_the_interface_says(half: list[Judged]) -> None:
    measured = tally(half)
    assert measured.precision >= PRECISION
    assert measured.recall >= RECALL


def test_what_says_nothing_of_its_own_covers_hardly_anything(half: list[Judged]) -> None:
    kinds = by_kind(half)
    for kind in ("copied", "stuffed", "other_language"):
        assert kinds[kind].right + kinds[kind].wrong == 0
    assert kinds["off_topic"].wrong <= 1


def test_doubts_are_told_where_they_are_due_and_nowhere_else(half: list[Judged]) -> None:
    due = {"stuffed": Doubt.KEYWORDS, "other_language": Doubt.OTHER_LANGUAGE}
    for each in half:
        assert each.doubt == due.get(each.case.kind), each.case.text


@pytest.mark.parametrize("name", ["tune", "test"])
def test_answers_to_other_questions_cover_hardly_anything(name: str) -> None:
    measured = tally(mispaired(name))
    assert measured.wrong <= MISPAIRED * measured.points


def test_the_figures_can_be_printed() -> None:
    assert table("tune").startswith("tune all: precision 0.")


def test_the_answers_are_of_all_sorts() -> None:
    asked = {case.question: questions()[case.question] for case in cases()}
    assert len(cases()) >= 160
    assert len(asked) >= 60
    assert len({name.split("/")[0] for name in asked}) == 4
    assert {each.kind for each in asked.values()} == set(Kind)
    assert {each.level for each in asked.values()} == set(Level)
    assert min(Counter(case.kind for case in cases()).values()) >= 10


def test_no_question_is_in_both_halves_and_every_point_is_labelled() -> None:
    halves: dict[str, set[str]] = {}
    for case in cases():
        halves.setdefault(case.question, set()).add(case.half)
        assert len(case.covers) == len(questions()[case.question].key_points)
        assert len(case.text) <= MAX_ANSWER
    assert all(len(each) == 1 for each in halves.values())
    assert len({case.text for case in cases()}) == len(cases())
