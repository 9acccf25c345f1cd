import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.questions.files import Parsed, read_file, write_csv, write_yaml
from bot.questions.model import Kind, Level
from bot.questions.own import MAX_FILE, MAX_QUESTIONS
from bot.questions.text import QuestionText, Unfit, checked
from tests.bot.questions.samples import FULL, text

HEAD = "question,level,kind,key_points\n"


def read(name: str, content: str | bytes) -> Parsed:
    return read_file(name, content if isinstance(content, bytes) else content.encode())


def texts(parsed: Parsed) -> list[QuestionText]:
    assert parsed.problems == ()
    return [written for _, written in parsed.items]


def test_a_table_needs_four_columns() -> None:
    parsed = read("a.csv", f"{HEAD}What is an appeal?,entry,knowledge,A second look.\n")
    assert texts(parsed) == [text()]
    assert parsed.items[0][0] == 2


def test_yaml_and_json() -> None:
    content = "questions:\n- {question: Q?, level: mid, kind: case, key_points: [a], minutes: 9}\n"
    expected = [text("Q?", "a", level=Level.MID, kind=Kind.CASE, minutes=9)]
    assert texts(read("a.yaml", content)) == expected
    item = {"question": "Q?", "level": "mid", "kind": "case", "key_points": ["a"], "minutes": 9}
    assert texts(read("a.json", json.dumps([item]))) == expected


@pytest.mark.parametrize(
    ("name", "content", "line", "message"),
    [
        ("a.csv", f"{HEAD}Q?,entry,knowledge,=cmd|' /C calc'!A0\n", 2, "begins like a formula"),
        ("a.csv", f'{HEAD}"Q\n?",entry,knowledge,a\nR?,boss,case,b\n', 4, "“boss” is no level"),
        ("a.csv", f"{HEAD}Q?,entry,knowledge,\n", 2, "Name at least one key point"),
        ("a.csv", f"{HEAD}Q?,mid,case,a\nR?,mid,case,b\nq,mid,case,c\n", 4, "in line 2 already"),
        ("a.csv", "question,level,kind\nQ?,mid,case\n", 1, "The column “key_points” is missing"),
        ("a.csv", HEAD, None, "There is no question in the file"),
        ("a.csv", (HEAD + "Qué?,mid,case,a\n").encode("latin-1"), 2, "isn't UTF-8"),
        ("a.csv", HEAD.encode("utf-16"), 1, "isn't UTF-8"),
        ("a.csv", b"PK\x03\x04" + bytes(40), 1, "can't be shown"),
        ("a.csv", b"\x1f\x8b" + b"x" * 40, 1, "isn't UTF-8"),
        ("a.csv", b"x" * 50_000_000, None, "The file has 50,000,000 bytes; 5,000,000 fit"),
        ("a.xlsx", b"x", None, "I read files whose names end in"),
        ("a.yaml", "- &a [&b [*a, *a]]\n", 1, "Anchors (&) and aliases (*)"),
        ("a.yaml", "- question: Q?\n  answer: a\n", 2, "I don't know “answer”"),
        ("a.yaml", "- question: Q?\n  level: mid\n  kind: case\n  key_points: a\n", 4, "a list"),
        ("a.json", '[{"question": "Q?",\n}]', 2, "isn't valid JSON"),
        ("a.json", "[" * 200_000, None, "lists in lists"),
    ],
)
def test_broken_files_are_refused_whole(
    name: str, content: str | bytes, line: int | None, message: str
) -> None:
    parsed = read(name, content)
    assert parsed.items == ()
    [problem] = parsed.problems
    assert problem.line == line
    assert message in problem.message


def test_all_problems_are_counted_and_the_first_are_listed() -> None:
    wrong = "?,x,case,a\n" * 40
    parsed = read("a.csv", f"{HEAD}Good?,mid,case,a\n{wrong}")
    assert [problem.line for problem in parsed.problems] == [*range(3, 28)]
    assert parsed.more == 15
    assert parsed.items == ()


def test_no_more_than_a_server_may_have() -> None:
    lines = "".join(f"Q{n}?,mid,case,a\n" for n in range(MAX_QUESTIONS + 1))
    [problem] = read("a.csv", HEAD + lines).problems
    assert "5,001 questions; 5,000 fit in a server" in problem.message


def test_the_largest_questions_fit_in_exports_that_can_come_back() -> None:
    long = checked(
        FULL.values()
        | {"question": "x" * 500, "key_points": tuple(f"{n}" + "y" * 159 for n in range(7))}
    )
    assert len(write_yaml([long])) * 1000 < MAX_FILE


WORDS = st.text(
    st.one_of(st.sampled_from("ab=+-@|\\'\",;:#&*!%?\n é\uff1d🧭"), st.characters()), max_size=30
)


@st.composite
def written(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "question": draw(WORDS),
        "level": draw(st.sampled_from([*Level])).value,
        "kind": draw(st.sampled_from([*Kind])).value,
        "minutes": str(draw(st.integers(1, 60))),
        "key_points": tuple(draw(st.lists(WORDS, min_size=1, max_size=7))),
        "hint": draw(WORDS),
        "mistakes": tuple(draw(st.lists(WORDS, max_size=4))),
        "follow_up": draw(WORDS),
        "role": draw(st.sampled_from(["", "trust-safety-analyst"])),
        "topics": tuple(draw(st.lists(st.sampled_from(["a", "b-c", "null"]), max_size=4))),
    }


@given(st.lists(written(), max_size=6))
@example([FULL.values()])
@example([FULL.values() | {"question": "=1|2", "key_points": ("|", "\\|", "~", "'=x", "a\\")}])
def test_what_is_exported_comes_back_as_it_was(found: list[dict[str, Any]]) -> None:
    questions: dict[str, QuestionText] = {}
    for values in found:
        try:
            question = checked(values)
        except Unfit:
            continue
        questions.setdefault(question.name, question)
    if not questions:
        return
    expected = [*questions.values()]
    assert texts(read("a.csv", write_csv(expected))) == expected
    assert texts(read("a.yaml", write_yaml(expected))) == expected
    plain = [{**each.values()} for each in expected]
    assert texts(read("a.json", json.dumps(plain))) == expected


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.yaml", "a.json"]))
def test_nothing_in_a_file_makes_reading_fail(data: bytes, name: str) -> None:
    parsed = read_file(name, data)
    assert bool(parsed.problems) != bool(parsed.items)
