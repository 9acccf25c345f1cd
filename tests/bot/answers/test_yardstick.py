from collections import Counter
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.answers.yardstick import Case, Half, load_cases, missing, of_half, plain
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


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("$140,000\N{EN DASH}$190,000", "$140000 $190000"),
        ("Remote-friendly\N{EM DASH}mostly", "remote friendly mostly"),
        ("  Two\n\nLINES  ", "two lines"),
        ("Stra\N{LATIN SMALL LETTER SHARP S}e", "strasse"),
        ("", ""),
    ],
)
def test_texts_are_compared_without_case_commas_and_dashes(text: str, plainly: str) -> None:
    assert plain(text) == plainly


LINE = (
    '{"id": "a", "half": "test", "question": "pay?", "lang": "en", "persona": "x", "topic": "pay",'
    ' "role": null, "expect": "answer", "about": null, "facts": ["1", ["2", "3"]]}'
)


def test_cases_are_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "faq.jsonl"
    file.write_text(f"{LINE}\n{LINE.replace('test', 'tune')}\n", encoding="utf-8")
    first, second = load_cases(file)
    assert first.facts == ("1", ("2", "3"))
    assert of_half([first, second], Half.TUNE) == [second]
    assert of_half([first, second], Half.TEST) == [first]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"en"', '"it"'),
        ('"test"', '"half"'),
        ('"answer"', '"guess"'),
        ('["2", "3"]', "[]"),
        ('"about": null', '"about": null, "more": 1'),
        ("{", ""),
    ],
)
def test_a_case_that_is_written_wrong_is_refused(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "faq.jsonl"
    file.write_text(LINE.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ValidationError):
        load_cases(file)
