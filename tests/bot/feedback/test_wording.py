"""What is said stays within what docs/feedback.md says was measured."""

import pytest

from bot.feedback.model import Coverage, Covered, Doubt, Feedback, Fit, Length, Part, Shape
from bot.feedback.wording import DOUBTS, LENGTHS, PARTS, doubt_in_words, hints, mark, others
from bot.questions.model import Kind

CLAIMS = ("missing", "wrong", "forgot", "incorrect", "most good answers", "score")


def feedback(fit: Fit, missing: tuple[Part, ...] = (), doubt: Doubt | None = None) -> Feedback:
    covered = Covered("Says who decides", 0.2, likely=False)
    words = {Fit.TOO_SHORT: 40, Fit.FITTING: 120, Fit.VERY_LONG: 900}[fit]
    length = Length(words, 60, 200)
    assert length.fit is fit
    return Feedback(Coverage((covered,), doubt), Shape(length, found=(), missing=missing))


def test_everything_has_words() -> None:
    assert set(DOUBTS) == set(Doubt)
    assert set(LENGTHS) == set(Fit)
    assert set(PARTS) == set(Part)


@pytest.mark.parametrize("fit", Fit)
def test_a_length_is_named_with_its_bounds_where_it_is_off(fit: Fit) -> None:
    [said] = hints(feedback(fit))
    assert " words" in said
    assert ("200" in said) == (fit is not Fit.FITTING)


def test_parts_that_were_not_found_are_named_unless_nothing_can_be_told() -> None:
    missing = (Part.RESULT, Part.TASK)
    assert [*hints(feedback(Fit.FITTING, missing))][1] == (
        "Perhaps make clearer: the result, your task."
    )
    assert len([*hints(feedback(Fit.TOO_SHORT, missing, Doubt.FEW_WORDS))]) == 1


def test_nothing_more_is_claimed_than_was_measured() -> None:
    every = [doubt_in_words(doubt) for doubt in Doubt]
    every += [said for fit in Fit for said in hints(feedback(fit, tuple(Part)))]
    every += [others(kind) for kind in Kind]
    every += [mark(kind, likely=likely) for kind in Kind for likely in (True, False)]
    assert not [said for said in every for claim in CLAIMS if claim in said.lower()]


def test_of_a_story_it_is_not_said_that_a_point_should_be_looked_at_again() -> None:
    unlikely = {kind: mark(kind, likely=False) for kind in Kind}
    assert [kind for kind, said in unlikely.items() if said != "look again"] == [Kind.BEHAVIOURAL]
    again = [kind for kind in Kind if others(kind).startswith("Look again")]
    assert again == [kind for kind in Kind if kind is not Kind.BEHAVIOURAL]
