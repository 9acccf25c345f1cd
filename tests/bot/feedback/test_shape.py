import pytest

from bot.feedback.answer import read
from bot.feedback.model import Fit, Part
from bot.feedback.shape import length, shape, wanted_parts
from bot.questions.model import Kind, Question
from tests.bot.feedback.conftest import point, question

STORY = (
    "Last year at my former firm a filter blocked half of the posts. My task was to find out why."
    " I read two hundred of them and then I rewrote the rule. In the end errors fell to 4%."
)
RULE = "You must not post a person's address. Example: a street with a name. Exception: shops."


def policy() -> Question:
    wanted = question(Kind.POLICY_WRITING)
    text = "Write the rule on addresses, with an example and an exception."
    return wanted.model_copy(update={"text": text})


def test_the_four_parts_of_a_story_are_found() -> None:
    found = shape(question(Kind.BEHAVIOURAL), read(STORY))
    assert found.found == (Part.SITUATION, Part.TASK, Part.ACTION, Part.RESULT)
    assert found.missing == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("I rewrote the rule and I told everybody.", {Part.SITUATION, Part.TASK, Part.RESULT}),
        ("Honesty matters to me very much.", set(Part) - {Part.RULE, Part.EXAMPLE, Part.EXCEPTION}),
        ("At my last firm I had to cut costs.", {Part.ACTION, Part.RESULT}),
    ],
)
def test_parts_that_are_not_told_are_missing(text: str, missing: set[Part]) -> None:
    assert set(shape(question(Kind.BEHAVIOURAL), read(text)).missing) == missing


def test_a_policy_has_a_rule_an_example_and_an_exception() -> None:
    assert shape(policy(), read(RULE)).found == (Part.RULE, Part.EXAMPLE, Part.EXCEPTION)
    lacking = shape(policy(), read("You must not post a person's address."))
    assert lacking.missing == (Part.EXAMPLE, Part.EXCEPTION)


def test_parts_of_a_policy_are_looked_for_only_where_they_are_asked_for() -> None:
    letter = question(Kind.POLICY_WRITING, text="Write the letter.", key_points=(point("Thanks"),))
    assert wanted_parts(letter) == ()
    assert wanted_parts(question(Kind.CASE)) == ()


@pytest.mark.parametrize(
    ("minutes", "words", "fit"),
    [
        (5, 59, Fit.TOO_SHORT),
        (5, 60, Fit.FITTING),
        (5, 500, Fit.FITTING),
        (5, 501, Fit.VERY_LONG),
        (1, 40, Fit.FITTING),
        (1, 251, Fit.VERY_LONG),
        (60, 119, Fit.TOO_SHORT),
        (60, 601, Fit.VERY_LONG),
    ],
)
def test_the_length_is_compared_with_the_minutes(minutes: int, words: int, fit: Fit) -> None:
    said = length(question(minutes=minutes), read("word " * words))
    assert (said.words, said.fit) == (words, fit)
