import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.parts import MOST_PARTS, joined_questions, questions, sentences
from tests.conftest import TORTURE

PIECES = st.sampled_from(
    [
        "what does it pay",
        "and how",
        "? ",
        "! ",
        "; ",
        ".. ",
        "\n",
        ". ",
        ", and what ",
        " ",
        "¿",
        "y",
    ]
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Is it hard? What does it pay?", ["Is it hard?", "What does it pay?"]),
        ("I'm a nurse. Is it for me?", ["I'm a nurse.", "Is it for me?"]),
        ("I'm 45! Is it for me", ["I'm 45!", "Is it for me"]),
        ("pay\n\nhours", ["pay", "hours"]),
        ("pay; hours", ["pay", "hours"]),
        ("so... what does it pay", ["what does it pay"]),
        ("hmm...... tell me.. now", ["hmm", "tell me", "now"]),
        ("one sentence", ["one sentence"]),
    ],
)
def test_a_text_is_split_into_its_sentences(text: str, parts: list[str]) -> None:
    found = sentences(text)
    assert [part for part in found if part != "so"] == parts


@pytest.mark.parametrize(
    "text", ["e.g. Python or SQL", "is it 6.5 years?", "node.js or C#?", "What?!", "J. Smith asks"]
)
def test_a_dot_or_sign_within_a_sentence_does_not_end_it(text: str) -> None:
    assert sentences(text) == [text]


def test_of_many_sentences_the_last_ones_are_looked_at() -> None:
    text = " ".join(f"Number {number}?" for number in range(20))
    assert sentences(text) == [f"Number {number}?" for number in range(20 - MOST_PARTS, 20)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("I'm a nurse. Is it for me?", ["Is it for me?"]),
        ("Is it hard? I'm 45! What does it pay?", ["Is it hard?", "What does it pay?"]),
        ("I'm 45! Is it for me", ["I'm 45!", "Is it for me"]),
        ("I like maps. What does it pay and is it hard?", ["What does it pay", "is it hard?"]),
    ],
)
def test_where_some_sentences_end_as_questions_they_alone_are_parts(
    text: str, parts: list[str]
) -> None:
    assert list(questions(text)) == parts


@pytest.mark.parametrize("text", ["", " ", "\n\n", "?", "? ? ?", "hm", ";;;", "......"])
def test_what_holds_no_sentence_has_no_parts(text: str) -> None:
    assert list(questions(text)) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "what does it pay and how long does it take",
            ["what does it pay", "how long does it take"],
        ),
        ("what does it pay, and is it remote", ["what does it pay", "is it remote"]),
        ("is it hard plus whats the pay", ["is it hard", "whats the pay"]),
        ("do I code AND ALSO WHICH TOOLS", ["do I code", "WHICH TOOLS"]),
        ("que hace y cuanto gana", ["que hace", "cuanto gana"]),
        ("qué hace y cuánto gana", ["qué hace", "cuánto gana"]),
        ("cuánto gana y qué herramientas usa", ["cuánto gana", "qué herramientas usa"]),
        ("o que faz e quanto ganha", ["o que faz", "quanto ganha"]),
        ("c'est quoi et combien on gagne", ["c'est quoi", "combien on gagne"]),
        ("was macht man und wie lange dauert es", ["was macht man", "wie lange dauert es"]),
        ("kya karte hai aur kitna milta hai", ["kya karte hai", "kitna milta hai"]),
    ],
)
def test_questions_that_are_joined_are_parted(text: str, parts: list[str]) -> None:
    assert joined_questions(text) == parts


@pytest.mark.parametrize(
    "text",
    ["trust and safety", "how does pay and time compare", "und dann", "and whatever", "Android"],
)
def test_what_joins_no_questions_parts_nothing(text: str) -> None:
    assert joined_questions(text) == [text]


def test_where_questions_end_with_their_mark_only_they_are_asked() -> None:
    text = "I'm a nurse. Is it hard, and what does it pay? Thanks!"
    assert list(questions(text)) == ["Is it hard", "what does it pay?"]


def test_without_a_question_mark_everything_may_be_asked() -> None:
    text = "I'm a nurse. tell me the pay and how long it takes"
    assert list(questions(text)) == ["I'm a nurse.", "tell me the pay", "how long it takes"]


def test_no_more_questions_are_looked_at_than_that() -> None:
    sentence = " and ".join(["what does it pay"] * 2 * MOST_PARTS)
    assert 1 <= len(list(questions(sentence))) <= MOST_PARTS
    assert 1 <= len(list(questions(f"{sentence}? " * 2 * MOST_PARTS))) <= MOST_PARTS


@pytest.mark.parametrize(
    "text",
    [
        f"what{' ' * 4000}pay",
        f"what{' ' * 2000}and{' ' * 2000}how",
        f"a{chr(0x3000) * 4000}b",
        "\t" * 4000,
        ", " * 2000,
        "?" * 4000,
        "? " * 2000,
        "." * 4000,
        "ab. " * 1000,
        "\n" * 4000,
        " and what" * 450,
    ],
)
def test_no_text_takes_long_to_part(text: str) -> None:
    begin = time.perf_counter()
    list(questions(text))
    assert not TORTURE or time.perf_counter() - begin < 0.1  # 0.001 at rest


@given(st.lists(PIECES, max_size=20).map("".join))
def test_parts_are_said_in_the_text_in_their_order(text: str) -> None:
    start = 0
    for part in questions(text):
        assert part == part.strip() != ""
        start = text.index(part, start) + len(part)


@given(st.text(st.characters(), max_size=200))
def test_any_text_has_parts_or_none(text: str) -> None:
    found = sentences(text)
    assert len(found) <= MOST_PARTS
    parts = {part for sentence in found for part in joined_questions(sentence)}
    assert set(questions(text)) <= parts
    assert bool(parts) == bool(list(questions(text)))
