"""The banks that come with Waymark: large enough, spread over levels and kinds, and no filler."""

from collections import Counter
from copy import deepcopy
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz import fuzz
from yaml import safe_dump

from bot.answers.words import words
from bot.careers.loader import load_packs
from bot.paths import DATA
from bot.questions.bank import BANK_FILE, load_banks
from bot.questions.model import Bank, Kind, Level, Question
from tests.bot.careers.samples import write_pack

POLICY = "ai-trust-safety-policy-specialist"
BANKS = load_banks(load_packs([DATA]).roles)
ALL = [(slug, each) for slug, bank in BANKS.questions.items() for each in bank]

CELLS = {(level, kind) for level in Level for kind in Kind}
MOST_ALIKE = 75
"""Likeness (rapidfuzz's token_set_ratio, 0-100) that two questions of a role stay below."""

MOST_ALIKE_ELSEWHERE = 90
"""The same across roles, which may meet the same matter from two sides."""

LEAST_WORDS = 10
LEAST_CUES = 6
FEW = 3
MOST_SHARED = 0.75
"""Share of a key point's words of five letters and more that its question may have said already.

Key points with fewer such words than `FEW` aren't measured."""


POINTS = [
    {"point": f"Point {n}", "why": "It tells.", "weight": 1 + n % 3, "cues": ["a cue"]}
    for n in range(4)
]
UNEXPLAINED = POINTS[0] | {"why": " "}


def sample(**changes: object) -> dict[str, object]:
    return {
        "id": "north",
        "text": "Where is north?",
        "level": "entry",
        "kind": "knowledge",
        "topics": ["maps"],
        "minutes": 3,
        "hint": "Look up.",
        "key_points": deepcopy(POINTS),
        "mistakes": ["Pointing south."],
        "follow_up": "And at night?",
    } | changes


def long(text: str) -> set[str]:
    return {word for word in words(text) if len(word) > 4}


def test_every_role_has_a_bank_without_problems() -> None:
    assert BANKS.problems == ()
    assert BANKS.questions.keys() == {role.slug for role in load_packs([DATA]).roles}


@pytest.mark.parametrize("slug", BANKS.questions)
def test_every_level_and_kind_is_asked(slug: str) -> None:
    bank = BANKS.questions[slug]
    cells = Counter((each.level, each.kind) for each in bank)
    assert cells.keys() == CELLS
    assert len(bank) >= (60 if slug == POLICY else 25)
    if slug == POLICY:
        assert min(cells.values()) >= 3


@pytest.mark.parametrize(
    "topic",
    [
        *("harm-taxonomy", "policy-design", "acceptable-use", "content-moderation"),
        *("moderation-tools", "red-teaming", "bias-and-fairness", "evaluation", "dataset-review"),
        *("incident-response", "metrics-and-dashboards", "regulation", "risk-frameworks"),
        *("misinformation", "intellectual-property", "self-harm", "stakeholders", "privacy"),
    ],
)
def test_the_career_pages_topics_are_asked(topic: str) -> None:
    assert sum(topic in each.topics for each in BANKS.questions[POLICY]) >= 2


@pytest.mark.parametrize(
    "question",
    ["what-trust-and-safety-is-for", "content-policy-or-aup", "kinds-of-generated-harm"],
)
def test_the_questions_that_the_career_page_previews_are_asked(question: str) -> None:
    assert question in [each.id for each in BANKS.questions[POLICY]]


@pytest.mark.parametrize("slug", BANKS.questions)
def test_no_two_questions_of_a_role_are_nearly_the_same(slug: str) -> None:
    alike = [
        (first.id, second.id)
        for first, second in combinations(BANKS.questions[slug], 2)
        if fuzz.token_set_ratio(first.text, second.text) >= MOST_ALIKE
    ]
    assert alike == []


def test_no_two_questions_of_different_roles_are_the_same() -> None:
    alike = [
        (one.id, other.id)
        for (_, one), (_, other) in combinations(ALL, 2)
        if fuzz.token_set_ratio(one.text, other.text) >= MOST_ALIKE_ELSEWHERE
    ]
    assert alike == []


@pytest.mark.parametrize(("slug", "question"), ALL, ids=[each.id for _, each in ALL])
def test_no_question_is_filler(slug: str, question: Question) -> None:
    assert len(words(question.text)) >= LEAST_WORDS
    assert len({point.weight for point in question.key_points}) > 1
    asked = long(question.text)
    for point in question.key_points:
        said = long(point.point)
        assert len(said) < FEW or len(said & asked) <= MOST_SHARED * len(said), point.point
        assert len({*point.cues}) >= LEAST_CUES, point.point
        assert all(cue.lower() not in question.text.lower() for cue in point.cues), point.point


@pytest.mark.parametrize(("slug", "question"), ALL, ids=[each.id for _, each in ALL])
def test_key_points_are_told_apart(slug: str, question: Question) -> None:
    points = [point.point for point in question.key_points]
    assert [
        pair for pair in combinations(points, 2) if fuzz.token_set_ratio(*pair) >= MOST_ALIKE
    ] == []


@pytest.mark.parametrize(
    ("content", "line", "field", "message"),
    [
        (safe_dump({"questions": [sample(level="boss")]}), None, "questions.0.level", "Input"),
        (safe_dump({"questions": [sample(), sample()]}), 1, "", "ids given twice: north"),
        (safe_dump({"questions": [sample(key_points=[])]}), None, "questions.0.key_points", "4"),
        (safe_dump({"questions": [sample(hints="x")]}), None, "questions.0.hints", "Extra"),
        (
            safe_dump({"questions": [sample(key_points=[UNEXPLAINED, *POINTS[1:]])]}),
            None,
            "questions.0.key_points.0",
            "say why an interviewer",
        ),
        ("questions: [\n", 1, None, "not valid YAML"),
    ],
)
def test_a_broken_bank_is_named_and_its_role_has_none(
    tmp_path: Path, content: str, line: int | None, field: str | None, message: str
) -> None:
    role = write_pack(tmp_path, "cartographer")
    role.with_name(BANK_FILE).write_text(content, encoding="utf-8")
    banks = load_banks(load_packs([tmp_path]).roles)
    [problem] = banks.problems
    assert banks.questions == {}
    assert message in problem.message
    assert (problem.field or "") == (field or "")
    assert line is None or problem.line is not None


def test_a_role_without_a_bank_has_no_questions(tmp_path: Path) -> None:
    write_pack(tmp_path, "cartographer")
    banks = load_banks(load_packs([tmp_path]).roles)
    assert (banks.questions, banks.problems) == ({}, ())


def test_a_good_bank_is_read(tmp_path: Path) -> None:
    role = write_pack(tmp_path, "cartographer")
    role.with_name(BANK_FILE).write_text(safe_dump({"questions": [sample()]}), encoding="utf-8")
    banks = load_banks(load_packs([tmp_path]).roles)
    assert banks.questions == {
        "cartographer": Bank.model_validate({"questions": [sample()]}).questions
    }
