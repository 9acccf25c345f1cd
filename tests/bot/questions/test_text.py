from dataclasses import replace

import pytest

from bot.questions.model import Content, Kind, Level
from bot.questions.text import Part, Unfit, checked, checked_reason, name_of
from bot.sheets.rows import Value
from tests.bot.questions.samples import FULL, text


def unfit(**changes: Value) -> tuple[Part, str]:
    with pytest.raises(Unfit) as refused:
        checked(FULL.values() | changes)
    return refused.value.part, str(refused.value)


def test_what_is_written_is_read_again() -> None:
    for written in (FULL, text()):
        assert checked(written.values()) == written


def test_it_is_read_kindly() -> None:
    written = checked(
        {
            Part.TEXT: "  What is\n an appeal? ",
            Part.LEVEL: " Entry",
            Part.KIND: "Policy Writing",
            Part.KEY_POINTS: "One.\n\n two \nOne.\n",
            Part.MINUTES: " ",
            Part.ROLE: "",
            Part.TOPICS: ("Policy design", "", "policy-design"),
        }
    )
    assert written == text(
        "What is an appeal?", "One.", "two", kind=Kind.POLICY_WRITING, topics=("policy-design",)
    )
    assert checked(FULL.values() | {Part.KIND: "policy-writing"}).kind is Kind.POLICY_WRITING
    assert checked(FULL.values() | {Part.TEXT: ("a", "b")}).text == "a b"


@pytest.mark.parametrize(
    ("changes", "part", "message"),
    [
        ({"question": " "}, Part.TEXT, "The question is empty. Write what is asked."),
        ({"question": "x" * 501}, Part.TEXT, "The question has 501 characters; 500 fit."),
        ({"question": "a\x07"}, Part.TEXT, "can't be shown (U+0007). Take it out."),
        ({"question": "a\ud800"}, Part.TEXT, "can't be shown (U+D800)"),
        ({"key_points": ()}, Part.KEY_POINTS, "Name at least one key point"),
        ({"key_points": "x" * 161}, Part.KEY_POINTS, "A key point has 161 characters; 160 fit"),
        ({"key_points": tuple("abcdefgh")}, Part.KEY_POINTS, "There are 8 in “key_points”; 7 fit"),
        ({"level": "boss"}, Part.LEVEL, "“boss” is no level. Write one of: entry, mid, senior, l"),
        ({"kind": ""}, Part.KIND, "“” is no kind. Write one of: knowledge, scenario"),
        ({"minutes": "ten"}, Part.MINUTES, "“ten” isn't a number of minutes. Write one from 1"),
        ({"minutes": "0"}, Part.MINUTES, "from 1 to 60"),
        ({"minutes": "61"}, Part.MINUTES, "from 1 to 60"),
        ({"minutes": "٣"}, Part.MINUTES, "from 1 to 60"),
        ({"role": "The Boss!"}, Part.ROLE, "“the boss!” isn't a career's short name"),
        ({"hint": "x" * 301}, Part.HINT, "The hint has 301"),
        ({"mistakes": tuple("abcde")}, Part.MISTAKES, "There are 5 in “mistakes”; 4 fit"),
        ({"follow_up": "x" * 301}, Part.FOLLOW_UP, "The follow-up has 301"),
        ({"topics": ("a!",)}, Part.TOPICS, "“a!” isn't a topic, which looks like"),
        ({"topics": ("a" * 41,)}, Part.TOPICS, "isn't a topic"),
        ({"topics": tuple("abcde")}, Part.TOPICS, "There are 5 in “topics”; 4 fit"),
    ],
)
def test_what_is_unfit(changes: dict[str, Value], part: Part, message: str) -> None:
    found = unfit(**changes)
    assert found[0] is part
    assert message in found[1]


def test_a_reason_is_a_sentence() -> None:
    assert checked_reason(" We have\none. ") == "We have one."
    assert len(checked_reason("x " * 600)) <= 500
    for reason in ("", " \n", "a\x07"):
        with pytest.raises(Unfit, match="Say in a sentence why"):
            checked_reason(reason)


def test_texts_are_compared_without_case_and_signs() -> None:
    assert text("What's an APPEAL?!").name == text("what's an appeal").name
    assert name_of("???") == "???"
    assert len(name_of("x" * 900)) == 500


def test_it_becomes_what_packs_questions_are() -> None:
    content = FULL.content()
    assert Content.model_validate(content.model_dump()) == content
    assert (content.level, content.minutes) == (Level.SENIOR, 12)
    assert [point.point for point in content.key_points] == [*FULL.key_points]
    assert {point.weight for point in content.key_points} == {2}
    assert content.hint == FULL.hint
    assert replace(FULL, hint="").content().hint == ""
