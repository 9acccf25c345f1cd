"""The list of `/phase-roles` stays within Discord's limits, whatever packs are called."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.phase_roles.model import MOST_RULES, Hindrance, Prize, Rule, Standing
from cogs.phase_roles.cards import MendButton, PreviousButton, RuleAct, RuleButton, rules_card
from tests.bot.careers.samples import names
from tests.cogs.limits import check, text_of
from tests.conftest import TORTURE

LAST = 2**63 - 1


@settings(max_examples=200 if TORTURE else 15)
@given(st.lists(st.tuples(names, names), min_size=MOST_RULES, max_size=MOST_RULES))
def test_the_list_fits_and_shows_every_role(named: list[tuple[str, str]]) -> None:
    rules = [
        (f"{career}: {phase}", Standing(rule(number), 99_999, 99_999, 99_999))
        for number, (career, phase) in enumerate(named)
    ]
    card = rules_card(rules, [*Hindrance])
    check(card)
    assert all(f"<@&{LAST - number}>" in text_of(card) for number in range(MOST_RULES))


def rule(number: int) -> Rule:
    return Rule(LAST - number, LAST, Prize("cartographer", "Paper", LAST - number), LAST)


def test_buttons_carry_the_largest_ids() -> None:
    buttons = (
        RuleButton(RuleAct.TAKE_BACK, LAST),
        PreviousButton(LAST, LAST),
        MendButton(LAST, LAST),
    )
    for button in buttons:
        assert len(button.custom_id) <= 100
