from collections import Counter

import pytest

from bot.answers.yardstick import Case, Half, load_cases, missing, of_half
from bot.careers.loader import load_packs
from bot.paths import DATA

FILE = DATA / "eval" / "faq.jsonl"


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return load_cases(FILE)


@pytest.mark.parametrize("half", Half)
def test_each_half_asks_enough_of_everything(cases: list[Case], half: Half) -> None:
    mine = of_half(cases, half)
    expected = Counter(case.expect for case in mine)
    assert expected["answer"] >= 200
    assert expected["abstain"] >= 75
    topics = Counter(case.topic for case in mine if case.expect == "answer")
    assert len(topics) >= 18
    assert min(topics.values()) >= 8
    assert {case.lang for case in mine} == {"en", "es", "pt", "fr", "de", "hi-en"}


def test_nothing_is_asked_twice(cases: list[Case]) -> None:
    assert len({case.id for case in cases}) == len(cases)
    assert len({case.question.casefold() for case in cases}) == len(cases)


def test_what_must_be_answered_has_facts_and_the_rest_has_none(cases: list[Case]) -> None:
    slugs = {loaded.slug for loaded in load_packs([DATA]).roles}
    for case in cases:
        assert bool(case.facts) == (case.expect == "answer"), case.id
        assert {case.role, case.about} - {None} <= slugs, case.id
        assert case.about is None or case.expect == "answer", case.id


def test_facts_are_looked_for_whatever_their_dashes_and_commas() -> None:
    case = Case(
        id="x",
        half=Half.TUNE,
        question="pay?",
        lang="en",
        persona="student",
        topic="pay",
        role=None,
        expect="answer",
        about=None,
        facts=("140,000", ("remote-friendly", "remoto")),
    )
    assert missing(case, "$140000\N{EN DASH}$190,000, and Remote friendly.") == []
    assert missing(case, "$140,000") == [("remote-friendly", "remoto")]
