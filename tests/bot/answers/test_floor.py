"""How well questions are answered may not fall; `waymark eval` prints what lies behind."""

import pytest

from bot.answers.bank import fingerprint, load_bank
from bot.answers.context import Context
from bot.answers.engine import Answerer
from bot.answers.knowledge import Knowledge
from bot.answers.learning import own_questions
from bot.answers.measuring import measure, sure, tally
from bot.answers.yardstick import Half, load_cases, of_half
from bot.careers.loader import load_packs
from bot.paths import DATA

FLOORS = {Half.TUNE: (0.94, 0.02, 0.97), Half.TEST: (0.92, 0.03, 0.97)}
"""The least share of right answers, the largest of false ones, the least of right sure ones."""


@pytest.mark.parametrize("half", Half)
def test_questions_are_answered_as_well_as_before(half: Half, knowledge: Knowledge) -> None:
    answerer = Answerer(knowledge)
    cases = of_half(load_cases(DATA / "eval" / "faq.jsonl"), half)
    measured = measure(cases, lambda case: answerer.reply(case.question, Context(case.role)))
    counted, certain = tally(measured), sure(measured)
    least_right, most_false, least_sure = FLOORS[half]
    assert counted.right_share >= least_right
    assert counted.false_share <= most_false
    assert certain.right / certain.answers >= least_sure


def test_what_was_learnt_is_what_the_phrase_bank_and_the_packs_say(knowledge: Knowledge) -> None:
    bank = [*load_bank(DATA / "asking"), *own_questions(load_packs([DATA]).roles)]
    assert knowledge.weights.learnt_from == fingerprint(bank), "run: make topics"
