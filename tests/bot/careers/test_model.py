import pytest
from pydantic import ValidationError

from bot.careers.model import Range
from tests.bot.careers.samples import role


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"low": 5, "high": 4},
        {"low": 5},
        {"high": 5},
        {"low": -1, "high": 4},
        {"low": 1.5, "high": 4},
    ],
)
def test_a_range_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Range.model_validate(wrong)


def test_an_open_end_needs_no_bound() -> None:
    assert Range(low=12, high_open=True).high is None
    assert Range(high=2, low_open=True).low is None


def test_a_figure_must_name_a_listed_source() -> None:
    with pytest.raises(ValidationError, match="no such source in `sources`: rumor"):
        role(demand={"value": 9, "source": "rumor"})
    with pytest.raises(ValidationError, match="source"):
        role(demand={"value": 9})


def test_every_sourced_fact_is_found() -> None:
    years = {"range": {"low": 0, "high": 2}, "source": "survey"}
    pay = {"range": {"low": 1, "high": 2}, "currency": "EUR", "source": "survey"}
    step = {"title": "A", "level": "Entry", "duties": ["x"], "years": years, "pay": pay}
    full = role(demand={"value": 9, "source": "survey"}, ladder=[step])
    assert len(full.sourced_facts()) == 3


def test_related_roles_are_named_once() -> None:
    twice = [{"slug": "a", "why": "x"}, {"slug": "a", "why": "y"}]
    with pytest.raises(ValidationError, match="given twice: a"):
        role(related=twice)


@pytest.mark.parametrize("text", ["", "  ", "bell\a", "x" * 101])
def test_a_name_that_cannot_be_shown_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        role(title=text)


def test_a_role_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        role().title = "Another"  # type: ignore[misc]
