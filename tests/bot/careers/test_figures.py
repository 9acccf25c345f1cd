from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot import i18n
from bot.careers import figures
from bot.careers.model import CodingNeed, Degree, Level, Range, RemoteFit, Role, Step
from tests.bot.careers.samples import paid, ranges, role, step

NUMBERS = st.integers(0, 10**12)


def paid_step(*pay: Any, **changes: Any) -> Step:
    return Step.model_validate(step(pay=paid(*pay, **changes)))


def ladder(*pay: Any) -> Role:
    return role(ladder=[step(pay=each) for each in pay])


def years(**fields: Any) -> Step:
    return Step.model_validate(step(years={"range": fields, "source": "survey"}))


def months(**fields: Any) -> Role:
    return role(months_to_learn={"value": fields, "source": "survey"})


def test_pay_is_shown_in_its_currency_with_thousands_marked() -> None:
    assert figures.pay(paid_step(65_000, 95_000)) == "$65,000–$95,000 a year"


def test_an_open_end_is_shown_with_a_plus() -> None:
    assert figures.pay(paid_step(250_000, 400_000, high_open=True)) == "$250,000–$400,000+ a year"


def test_pay_without_an_upper_end_is_one_number_with_a_plus() -> None:
    assert figures.pay(paid_step(400_000, None, high_open=True)) == "$400,000+ a year"


def test_pay_without_a_lower_end_is_shown_as_up_to() -> None:
    assert figures.pay(paid_step(None, 50_000, low_open=True)) == "up to $50,000 a year"


def test_a_single_salary_is_shown_once() -> None:
    assert figures.pay(paid_step(50_000, 50_000)) == "$50,000 a year"


def test_unpaid_is_zero_and_not_unknown() -> None:
    assert figures.pay(paid_step(0, 0)) == "$0 a year"


@pytest.mark.parametrize(("period", "words"), [("month", "€9 a month"), ("hour", "€9 an hour")])
def test_pay_names_its_period(period: str, words: str) -> None:
    assert figures.pay(paid_step(9, 9, "EUR", period=period)) == words


def test_a_currency_without_cents_is_shown_in_whole_units_too() -> None:
    assert figures.pay(paid_step(4_000_000, 4_000_000, "JPY")) == "¥4,000,000 a year"


def test_a_currency_without_a_symbol_is_shown_by_its_code() -> None:
    assert "XXX" in figures.pay(paid_step(1, 2, "XXX"))


def test_pay_without_a_source_is_said_to_be_unknown() -> None:
    assert figures.pay(Step.model_validate(step())) == "pay unknown (no source yet)"


def test_numbers_follow_the_language_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "waymark.mo").open("wb") as file:
        catalogue = Catalog(locale="de")
        catalogue.add("{amount} a year", "{amount} im Jahr")
        write_mo(file, catalogue)
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    with i18n.speaking("de"):
        assert figures.pay(paid_step(65_000, 95_000)) == "$65.000–$95.000 im Jahr"


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"low": 2, "high": 5}, "2–5 years"),
        ({"low": 0, "high": 2}, "0–2 years"),
        ({"low": 12, "high_open": True}, "12+ years"),
        ({"low": 1, "high": 1}, "1 year"),
        ({"low": 0, "high": 0}, "0 years"),
        ({"high": 3, "low_open": True}, "up to 3 years"),
        ({"high": 1, "low_open": True}, "up to 1 year"),
        ({"low": 1, "high_open": True}, "1+ years"),
    ],
)
def test_experience_is_counted_in_years(fields: dict[str, Any], shown: str) -> None:
    assert figures.experience(years(**fields)) == shown


def test_experience_without_a_source_is_said_to_be_unknown() -> None:
    assert figures.experience(Step.model_validate(step())) == "experience unknown"


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"low": 9, "high": 9}, "About 9 months"),
        ({"low": 6, "high": 12}, "About 6–12 months"),
        ({"low": 1, "high": 1}, "About 1 month"),
        ({"low": 24, "high_open": True}, "About 24+ months"),
        ({"low": 1, "high_open": True}, "About 1+ months"),
    ],
)
def test_the_time_to_learn_is_counted_in_months(fields: dict[str, Any], shown: str) -> None:
    assert figures.time_to_learn(months(**fields)) == shown


@pytest.mark.parametrize(("score", "shown"), [(9, "9.0"), (7.25, "7.2"), (10, "10.0"), (0, "0.0")])
def test_demand_is_a_score_with_one_decimal(score: float, shown: str) -> None:
    scored = role(demand={"value": score, "source": "survey"})
    assert figures.demand(scored) == f"{shown} out of 10"


@pytest.mark.parametrize(("risk", "shown"), [(20, "20%"), (12.5, "12.5%"), (0, "0%")])
def test_the_replacement_risk_is_a_percentage(risk: float, shown: str) -> None:
    scored = role(replacement_risk={"value": risk, "source": "survey"})
    assert figures.replacement_risk(scored) == shown


@pytest.mark.parametrize(
    ("field", "kind", "show"),
    [
        ("difficulty", Level, figures.difficulty),
        ("entry_barrier", Degree, figures.entry_barrier),
        ("coding", CodingNeed, figures.coding),
        ("remote", RemoteFit, figures.remote),
    ],
)
def test_every_value_has_words_of_its_own(
    field: str, kind: type[StrEnum], show: Callable[[Role], str]
) -> None:
    shown = [show(role(**{field: {"value": value, "source": "survey"}})) for value in kind]
    assert len({*shown, figures.unknown()}) == len(kind) + 1
    assert all(words[0].isupper() for words in shown)


@pytest.mark.parametrize(
    "show",
    [
        figures.difficulty,
        figures.entry_barrier,
        figures.coding,
        figures.time_to_learn,
        figures.demand,
        figures.replacement_risk,
        figures.remote,
        figures.industries,
    ],
)
def test_what_has_no_source_is_said_to_be_unknown(show: Callable[[Role], str]) -> None:
    assert show(role()) == "Unknown (no source yet)"


def test_industries_are_listed_in_the_order_of_the_pack() -> None:
    assert figures.industries(role(industries=["Surveying", "Defense"])) == "Surveying, Defense"


def test_the_weeks_of_all_phases_are_added_up() -> None:
    phase: dict[str, Any] = {"title": "Start", "goals": ["Draw."], "milestone": "A map."}
    assert figures.total_weeks(role(roadmap=[phase | {"weeks": 1}])) == "1 week"
    assert figures.total_weeks(role(roadmap=[phase | {"weeks": n} for n in (4, 6)])) == "10 weeks"


@given(NUMBERS, NUMBERS, st.booleans())
def test_a_range_shows_both_its_numbers(one: int, other: int, high_open: bool) -> None:
    low, high = sorted((one, other))
    shown = figures.span(Range(low=low, high=high, high_open=high_open))
    assert shown.replace(",", "").removesuffix("+").split("–") == [
        str(number) for number in dict.fromkeys((low, high))
    ]


@given(ranges)
def test_a_range_has_a_plus_where_its_end_is_open_and_nowhere_else(numbers: Range) -> None:
    shown = figures.span(numbers)
    assert shown.endswith("+") == numbers.high_open
    assert shown.count("+") == int(numbers.high_open)


@given(ranges)
def test_a_range_open_below_is_up_to_its_highest_number(numbers: Range) -> None:
    assert figures.span(numbers).startswith("up to ") == numbers.low_open


@given(st.integers(0, 10**60), st.sampled_from(["USD", "JPY", "XXX"]))
def test_every_number_that_a_pack_may_hold_can_be_shown(number: int, currency: str) -> None:
    try:
        shown = figures.pay(paid_step(number, number, currency))
    except ValidationError:
        return
    assert str(number) in shown.replace(",", "")
