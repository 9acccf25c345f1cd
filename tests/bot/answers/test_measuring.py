import pytest

from bot.answers.measuring import (
    Bin,
    Measured,
    Outcome,
    Tally,
    by,
    calibration,
    measure,
    outcome,
    sure,
    tally,
)
from bot.answers.model import Answer, Basis, Reply, Verdict
from bot.answers.yardstick import Case, Half


def case(question: str = "pay?", *facts: str, topic: str = "pay", lang: str = "en") -> Case:
    """A case that wants these facts, or no answer."""
    return Case.model_validate(
        {
            "id": question,
            "half": Half.TUNE,
            "question": question,
            "lang": lang,
            "persona": "student",
            "topic": topic,
            "role": None,
            "expect": "answer" if facts else "abstain",
            "about": None,
            "facts": facts,
        }
    )


def reply(text: str | None, confidence: float = 0.9) -> Reply:
    """A reply with this answer, or with none."""
    if text is None:
        return Reply("?", Verdict.ABSTAIN, confidence, note="$65,000 is in no answer")
    answer = Answer("k", "t", Basis.TERM, text, "Source: x.")
    return Reply("?", Verdict.ANSWER, confidence, (answer,))


def measured(kind: Outcome, confidence: float = 0.9, **of: str) -> Measured:
    answers: dict[Outcome, tuple[Case, str | None]] = {
        Outcome.RIGHT: (case("a", "yes", **of), "yes"),
        Outcome.WRONG: (case("b", "yes", **of), "no"),
        Outcome.ABSTAINED: (case("c", "yes", **of), None),
        Outcome.FALSE: (case("d", **of), "no"),
        Outcome.DECLINED: (case("e", **of), None),
    }
    asked, said = answers[kind]
    [each] = measure([asked], lambda _case: reply(said, confidence))
    return each


@pytest.mark.parametrize("kind", Outcome)
def test_what_becomes_of_a_case_is_told_from_the_reply(kind: Outcome) -> None:
    assert measured(kind).outcome is kind


def test_every_fact_must_be_in_the_answer() -> None:
    wanted = case("pay?", "65,000", "95,000")
    assert outcome(wanted, reply("$65000-$95000")) is Outcome.RIGHT
    assert outcome(wanted, reply("$65,000")) is Outcome.WRONG


def test_the_note_of_a_declined_question_is_no_answer() -> None:
    assert outcome(case("pay?", "65,000"), reply(None)) is Outcome.ABSTAINED


def test_outcomes_are_counted() -> None:
    kinds = [Outcome.RIGHT] * 5 + [Outcome.WRONG] * 2 + [Outcome.ABSTAINED]
    counted = tally([measured(kind) for kind in [*kinds, Outcome.FALSE, *[Outcome.DECLINED] * 3]])
    assert counted == Tally(right=5, wrong=2, abstained=1, false=1, declined=3)
    assert (counted.in_domain, counted.out_of_domain) == (8, 4)
    assert (counted.right_share, counted.false_share) == (5 / 8, 1 / 4)


def test_nothing_asked_is_nothing_wrong() -> None:
    nothing = tally([])
    assert (nothing.right_share, nothing.false_share) == (1.0, 0.0)


def test_outcomes_are_counted_by_a_property_of_the_case() -> None:
    all_of_them = [
        measured(Outcome.RIGHT, topic="tools"),
        measured(Outcome.WRONG, topic="pay"),
        measured(Outcome.FALSE, topic="pay", lang="de"),
    ]
    assert by(all_of_them, lambda each: each.topic) == {
        "pay": Tally(wrong=1, false=1),
        "tools": Tally(right=1),
    }
    assert list(by(all_of_them, lambda each: each.topic)) == ["pay", "tools"]
    assert by(all_of_them, lambda each: each.lang)["de"] == Tally(false=1)


def test_sure_answers_are_those_of_high_confidence() -> None:
    asked = [
        measured(Outcome.RIGHT, 1.0),
        measured(Outcome.RIGHT, 0.8),
        measured(Outcome.WRONG, 0.95),
        measured(Outcome.FALSE, 0.85),
        measured(Outcome.WRONG, 0.79),
        measured(Outcome.DECLINED, 0.99),
        measured(Outcome.ABSTAINED, 0.99),
    ]
    assert sure(asked) == Bin(0.8, 1.0, answers=4, right=2)


def test_every_answer_is_in_one_bin_of_confidence() -> None:
    levels = [0.0, 0.49, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0]
    asked = [measured(Outcome.RIGHT, level) for level in levels]
    asked += [measured(Outcome.WRONG, 0.5), measured(Outcome.ABSTAINED, 0.5)]
    bins = calibration(asked)
    assert sum(each.answers for each in bins) == len(levels) + 1
    assert [each.low for each in bins[1:]] == [each.high for each in bins[:-1]]
    assert (bins[0].low, bins[-1].high) == (0.0, 1.0)
    assert bins[1] == Bin(0.5, 0.6, answers=3, right=2)
    assert bins[-1] == Bin(0.95, 1.0, answers=3, right=3)
