"""Figures, sections, sources and comparisons in words."""

from typing import Any

import pytest
from hypothesis import given

from bot.careers import compare, figures
from bot.careers.model import Pay, Range, Role
from bot.careers.sections import Section, written
from tests.bot.careers.samples import ranges, role

DASH = "\N{EN DASH}"


def ladder(*pays: dict[str, Any] | None) -> list[dict[str, Any]]:
    step: dict[str, Any] = {"title": "Step", "level": "Entry", "duties": ["Work."]}
    return [step | ({"pay": pay | {"source": "survey"}} if pay else {}) for pay in pays]


def usd(low: int, high: int, **more: Any) -> dict[str, Any]:
    return {"range": {"low": low, "high": high}, "currency": "USD", **more}


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (Range(low=9, high=9), "9"),
        (Range(low=2, high=5), f"2{DASH}5"),
        (Range(low=12, high_open=True), "12+"),
        (Range(low=250, high=400, high_open=True), f"250{DASH}400+"),
        (Range(high=2, low_open=True), "up to 2"),
        (Range(low=1, high=2, low_open=True), "up to 2"),
        (Range(low=65000, high=95000), f"65,000{DASH}95,000"),
    ],
)
def test_a_range_is_shown_with_its_open_ends(numbers: Range, words: str) -> None:
    assert figures.span(numbers) == words


@given(ranges)
def test_every_bound_of_a_range_is_shown(numbers: Range) -> None:
    shown = figures.span(numbers).replace(",", "")
    if numbers.high is not None:
        assert str(numbers.high) in shown
    if numbers.low is not None and not numbers.low_open:
        assert str(numbers.low) in shown
    assert shown.endswith("+") == numbers.high_open


@pytest.mark.parametrize(
    ("pay", "words"),
    [
        (usd(65000, 95000), f"$65,000{DASH}$95,000 a year"),
        (usd(30, 45, period="hour"), f"$30{DASH}$45 an hour"),
        (usd(3000, 3000, period="month", currency="EUR"), "€3,000 a month"),
        ({"range": {"low": 1, "high_open": True}, "currency": "JPY"}, "¥1+ a year"),
    ],
)
def test_pay_is_shown_with_currency_and_period(pay: dict[str, Any], words: str) -> None:
    assert figures.pay_range(Pay.model_validate(pay | {"source": "s"})) == words


def test_figures_with_a_source_are_said() -> None:
    def sourced(value: object) -> dict[str, object]:
        return {"value": value, "source": "survey"}

    known = role(
        difficulty=sourced("advanced"),
        entry_barrier=sourced("medium"),
        coding=sourced("helpful"),
        months_to_learn=sourced({"low": 1, "high": 1}),
        demand=sourced(9),
        replacement_risk=sourced(12.5),
        remote=sourced("hybrid"),
        industries=["Atlases", "Games"],
    )
    assert figures.difficulty(known) == "Advanced"
    assert figures.entry_barrier(known) == "Medium"
    assert figures.coding(known) == "Helpful, not required"
    assert figures.time_to_learn(known) == "About 1 month"
    assert figures.demand(known) == "9.0 out of 10"
    assert figures.replacement_risk(known) == "12.5%"
    assert figures.remote(known) == "Hybrid"
    assert figures.industries(known) == "Atlases, Games"


def test_figures_without_a_source_are_unknown_never_zero() -> None:
    unknown = role()
    for say in (
        figures.difficulty, figures.entry_barrier, figures.coding, figures.time_to_learn,
        figures.demand, figures.replacement_risk, figures.remote, figures.industries,
    ):  # fmt: skip
        assert say(unknown) == "Unknown (no source yet)"
    assert figures.pay(unknown.ladder[0]) == "pay unknown (no source yet)"
    assert figures.experience(unknown.ladder[0]) == "experience unknown"


def whole(of: Role, section: Section) -> str:
    text = written(of, section, {"b": "Surveyor"})
    return "\n".join([text.title, *text.entries, text.sources])


def test_one_source_is_named_without_numbers_and_only_where_it_is_used() -> None:
    sourced = role(difficulty={"value": "advanced", "source": "survey"})
    assert "**Difficulty:** Advanced\n" in whole(sourced, Section.OVERVIEW)
    assert "-# Source: Survey of map makers, read 2026-11-24." in whole(sourced, Section.FIT)
    assert written(sourced, Section.SKILLS, {}).sources == ""


def test_several_sources_are_numbered_in_order_of_use() -> None:
    sources = {
        "one": {"title": "One", "read": "2026-01-01", "url": "https://example.org/1"},
        "two": {"title": "Two", "read": "2026-02-02", "note": "By hand."},
    }
    numbered = role(
        sources=sources,
        difficulty={"value": "advanced", "source": "two"},
        coding={"value": "none", "source": "one"},
    )
    text = whole(numbered, Section.FIT)
    assert "Advanced ¹" in text
    assert "Not needed ²" in text
    assert "-# ¹ Source: Two, read 2026-02-02. By hand." in text
    assert "-# ² Source: [One](https://example.org/1), read 2026-01-01." in text


def test_sections_that_a_pack_leaves_out_say_so() -> None:
    for section in (Section.DAY, Section.TOOLS, Section.QUESTIONS):
        assert "doesn't say yet" in whole(role(), section)


def test_sections_show_what_the_pack_holds() -> None:
    rich = role(
        typical_day=[{"time": "09:00", "activity": "Tea."}],
        tools=[{"name": "Compass", "use": "Finding north."}],
        questions=[{"question": "Why?", "answer": "Because."}],
        related=[{"slug": "b", "why": "Same field."}, {"slug": "gone", "why": "Hidden."}],
        roadmap=[
            {
                "title": "Start", "weeks": 1, "goals": ["G"], "milestone": "M",
                "resources": [{"title": "R", "url": "https://example.org/r"}, {"title": "S"}],
            }
        ],
    )  # fmt: skip
    assert "**09:00** · Tea." in whole(rich, Section.DAY)
    assert "**Compass**\nFinding north." in whole(rich, Section.TOOLS)
    assert "**Why?**\nBecause." in whole(rich, Section.QUESTIONS)
    assert "**Surveyor:** Same field." in whole(rich, Section.OVERVIEW)
    assert "Hidden." not in whole(rich, Section.OVERVIEW)
    roadmap = whole(rich, Section.ROADMAP)
    assert "1 phase, 1 week" in roadmap
    assert "### 1. Start · 1 week" in roadmap
    assert "- [R](https://example.org/r)\n- S\n**Milestone:** M" in roadmap


def test_a_compared_field_tells_whether_the_roles_differ() -> None:
    one = role(difficulty={"value": "advanced", "source": "survey"})
    fields = {field.name: field for field in compare.compared_fields([one, role()])}
    assert fields["Difficulty"].values == ("Advanced", "Unknown (no source yet)")
    assert fields["Difficulty"].differs
    assert not fields["Category"].differs


def test_overlaps_ignore_how_a_skill_is_written() -> None:
    def skilled(*names: str) -> Role:
        skill = {"level": "beginner", "why": "x", "learn": "x"}
        return role(skills=[skill | {"name": name} for name in names])

    (skills, *_) = compare.overlaps(
        [skilled("SQL", "Red teaming"), skilled("sql", "Maps"), skilled("Sql", "maps")]
    )
    assert skills.shared == ("SQL",)
    assert skills.only == (("Red teaming",), (), ())
