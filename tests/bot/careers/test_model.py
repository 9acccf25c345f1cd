from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from bot.careers.model import DayEntry, DemandScore, Line, Name, Paragraph, Pay, Range, Role
from tests.bot.careers.samples import paid, role, step

COUNTS = st.none() | st.integers(0, 10**6)


def test_a_misspelt_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="sumary"):
        role(sumary="Draws maps.")


def test_a_role_stays_as_it_was_read() -> None:
    read = role()
    with pytest.raises(ValidationError, match="frozen"):
        read.title = "Surveyor"


@pytest.mark.parametrize(("kind", "maximum"), [(Name, 100), (Line, 400), (Paragraph, 2000)])
class TestTexts:
    def test_a_text_may_be_as_long_as_its_limit(self, kind: Any, maximum: int) -> None:
        longest = "漢" * maximum
        assert TypeAdapter[str](kind).validate_python(longest) == longest

    def test_a_longer_text_is_refused(self, kind: Any, maximum: int) -> None:
        with pytest.raises(ValidationError, match=f"at most {maximum}"):
            TypeAdapter[str](kind).validate_python("x" * (maximum + 1))

    def test_space_around_a_text_is_dropped(self, kind: Any, maximum: int) -> None:
        assert TypeAdapter[str](kind).validate_python("  a\tb\nc \n") == "a\tb\nc"

    def test_space_around_a_text_does_not_count(self, kind: Any, maximum: int) -> None:
        longest = "x" * maximum
        assert TypeAdapter[str](kind).validate_python(f"  {longest}\n") == longest

    @pytest.mark.parametrize("blank", ["", " ", "\n\t "])
    def test_a_blank_text_is_refused(self, kind: Any, maximum: int, blank: str) -> None:
        with pytest.raises(ValidationError):
            TypeAdapter[str](kind).validate_python(blank)

    @pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\r"])
    def test_a_control_character_is_refused(self, kind: Any, maximum: int, control: str) -> None:
        with pytest.raises(ValidationError, match="control character"):
            TypeAdapter[str](kind).validate_python(f"a{control}b")


def test_a_blank_summary_is_refused() -> None:
    with pytest.raises(ValidationError, match="summary"):
        role(summary="   ")


@given(COUNTS, COUNTS, st.booleans(), st.booleans())
def test_a_range_says_something_of_both_its_ends(
    low: int | None, high: int | None, low_open: bool, high_open: bool
) -> None:
    low_is_told = low is not None or low_open
    high_is_told = high is not None or high_open
    has_a_number = low is not None or high is not None
    in_order = low is None or high is None or low <= high
    fields = {"low": low, "high": high, "low_open": low_open, "high_open": high_open}
    if low_is_told and high_is_told and has_a_number and in_order:
        assert Range.model_validate(fields).model_dump() == fields
    else:
        with pytest.raises(ValidationError):
            Range.model_validate(fields)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "needs low, high or both"),
        ({"low_open": True, "high_open": True}, "needs low, high or both"),
        ({"high": 5}, "low_open must be true"),
        ({"low": 5}, "high_open must be true"),
        ({"low": 6, "high": 5}, "low 6 is above high 5"),
        ({"low": -1, "high": 5}, "greater than or equal to 0"),
        ({"low": 1.5, "high": 5}, "valid integer"),
    ],
)
def test_a_wrong_range_is_told_what_is_wrong(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Range.model_validate(fields)


@pytest.mark.parametrize("time", ["24:00", "9:00", "09:60", "09:00 ", "noon"])
def test_a_time_that_no_clock_shows_is_refused(time: str) -> None:
    with pytest.raises(ValidationError, match="time"):
        DayEntry(time=time, activity="Draw.")


@pytest.mark.parametrize("time", ["00:00", "09:30", "19:59", "23:59"])
def test_a_time_of_a_24_hour_clock_is_kept(time: str) -> None:
    assert DayEntry(time=time, activity="Draw.").time == time


@pytest.mark.parametrize("score", [-0.1, 10.1, float("nan"), float("inf")])
def test_a_demand_that_is_no_score_out_of_ten_is_refused(score: float) -> None:
    with pytest.raises(ValidationError):
        DemandScore(source="survey", value=score)


@pytest.mark.parametrize("currency", ["usd", "US", "USDT", "$"])
def test_a_currency_is_an_iso_code(currency: str) -> None:
    with pytest.raises(ValidationError, match="currency"):
        Pay.model_validate(paid(1, 2, currency))


def test_money_is_in_whole_units() -> None:
    with pytest.raises(ValidationError, match="low"):
        Pay.model_validate(paid(1, 2) | {"range": {"low": 1.5, "high": 2}})


def test_a_fact_without_a_listed_source_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="no such source in `sources`: gossip, hearsay"):
        role(
            difficulty={"value": "beginner", "source": "hearsay"},
            ladder=[step(pay=paid(1, 2, source="gossip"))],
        )


def test_a_figure_of_any_step_needs_a_listed_source() -> None:
    years = {"range": {"low": 1, "high": 2}, "source": "gossip"}
    with pytest.raises(ValidationError, match="gossip"):
        role(ladder=[step(), step(years=years)])


def test_sourced_facts_come_in_reading_order() -> None:
    figure = {"low": 1, "high": 2}
    written = role(
        remote={"value": "hybrid", "source": "survey"},
        coding={"value": "none", "source": "survey"},
        months_to_learn={"value": figure, "source": "survey"},
        ladder=[
            step(pay=paid(1, 2)),
            step(),
            step(years={"range": figure, "source": "survey"}, pay=paid(3, 4)),
        ],
    )
    first, third = written.ladder[0], written.ladder[2]
    assert written.sourced_facts() == (
        written.coding,
        written.months_to_learn,
        written.remote,
        first.pay,
        third.years,
        third.pay,
    )


def test_what_nobody_could_source_may_be_left_out() -> None:
    assert role().sourced_facts() == ()


@pytest.mark.parametrize("slug", ["Map-Maker", "map_maker", "-map", "map--maker", "x" * 61, ""])
def test_a_related_role_is_named_by_a_slug(slug: str) -> None:
    with pytest.raises(ValidationError, match=r"related\.0\.slug"):
        role(related=[{"slug": slug, "why": "Maps."}])


def test_a_role_can_be_related_only_once() -> None:
    twice = [{"slug": slug, "why": "Maps."} for slug in ("surveyor", "geologist", "surveyor")]
    with pytest.raises(ValidationError, match=r"given twice: surveyor( |$)"):
        role(related=twice)


@pytest.mark.parametrize("field", ["great_fit", "poor_fit", "skills", "roadmap", "ladder"])
def test_a_role_has_at_least_one_of_what_every_card_shows(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        role(**{field: []})


@pytest.mark.parametrize("weeks", [0, 105])
def test_a_phase_takes_from_a_week_to_two_years(weeks: int) -> None:
    phase = {"title": "Start", "weeks": weeks, "goals": ["Draw."], "milestone": "A map."}
    with pytest.raises(ValidationError, match="weeks"):
        role(roadmap=[phase])


def test_a_role_survives_being_written_and_read() -> None:
    written = role(ladder=[step(pay=paid(1, None, high_open=True))])
    assert Role.model_validate_json(written.model_dump_json()) == written
