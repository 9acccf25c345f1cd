import pytest

from bot.answers.declining import (
    LEAST,
    LEAST_WITHOUT_ROLE,
    TOO_UNSURE,
    WHICH_ROLE,
    note_on,
    reason_against,
)
from bot.answers.judging import CERTAINLY, CLEARLY, judge
from bot.answers.knowledge import Knowledge
from bot.answers.options import Option
from bot.answers.topics import GLOSSARY
from bot.careers.model import Topic


def learnt(knowledge: Knowledge, question: str) -> float:
    """The margin for a term's meaning that no rule has raised."""
    guesses = knowledge.classifier.guesses(knowledge.reader.read(question).features)
    return next(guess.margin for guess in guesses if guess.label == GLOSSARY)


@pytest.mark.parametrize(
    ("question", "least"),
    [
        ("what is a jailbreak", CERTAINLY),
        ("what does jailbreak mean", CERTAINLY),
        ("what does portfolio mean", CERTAINLY),
        ("jailbreak", CLEARLY),
        ("jailbreak please", CLEARLY),
    ],
)
def test_a_rule_recognises_that_a_terms_meaning_is_asked_for(
    knowledge: Knowledge, question: str, least: float
) -> None:
    assert judge(knowledge.reader.read(question), knowledge).meaning >= least


@pytest.mark.parametrize("question", ["portfolio", "what is the portfolio", "the roadmap"])
def test_no_rule_takes_an_everyday_word_for_a_term(knowledge: Knowledge, question: str) -> None:
    judged = judge(knowledge.reader.read(question), knowledge)
    assert judged.terms
    assert judged.meaning == learnt(knowledge, question)


@pytest.mark.parametrize("question", ["jailbreak sycophancy", "what is a jailbreak sycophancy"])
def test_no_rule_holds_for_a_term_beside_a_very_telling_word(
    knowledge: Knowledge, question: str
) -> None:
    judged = judge(knowledge.reader.read(question), knowledge)
    assert judged.terms == ("Jailbreak",)
    assert judged.meaning == learnt(knowledge, question)


@pytest.mark.parametrize(
    ("confidence", "role_known", "reason"),
    [
        (LEAST - 0.01, True, TOO_UNSURE),
        (LEAST - 0.01, False, TOO_UNSURE),
        (LEAST, True, None),
        (LEAST, False, WHICH_ROLE),
        (LEAST_WITHOUT_ROLE - 0.01, False, WHICH_ROLE),
        (LEAST_WITHOUT_ROLE, False, None),
    ],
)
def test_without_a_role_it_takes_more_confidence(
    knowledge: Knowledge, confidence: float, role_known: bool, reason: str | None
) -> None:
    judged = judge(knowledge.reader.read("what does it pay"), knowledge)
    best = Option(0.0, topic=Topic.PAY)
    assert reason_against(judged, best, confidence, role_known=role_known) == reason
    assert note_on(judged, WHICH_ROLE) == "Which career do you mean?"


def test_a_term_needs_no_role(knowledge: Knowledge) -> None:
    judged = judge(knowledge.reader.read("jailbreak"), knowledge)
    best = Option(0.0, terms=("Jailbreak",))
    assert reason_against(judged, best, LEAST, role_known=False) is None
