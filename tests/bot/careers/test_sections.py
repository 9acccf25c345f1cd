from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.careers.model import Role
from bot.careers.sections import Section, title, written
from tests.bot.careers.samples import paid, role, roles, step

NOTHING_YET = "This pack doesn't say yet."
READ = "2026-11-24"
extreme = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.large_base_example,
        HealthCheck.data_too_large,
    ],
)


def entries(written_role: Role, section: Section) -> tuple[str, ...]:
    return written(written_role, section, {}).entries


def whole(written_role: Role, section: Section) -> str:
    return "\n".join(entries(written_role, section))


def test_every_section_has_a_title_of_its_own() -> None:
    titles = [title(section) for section in Section]
    assert len(set(titles)) == len(Section)
    assert [written(role(), section, {}).title for section in Section] == titles


def test_the_sections_keep_their_values_which_are_in_sent_buttons() -> None:
    kept = ["overview", "fit", "day", "skills", "tools", "roadmap", "pay", "questions"]
    assert [section.value for section in Section] == kept


@pytest.mark.parametrize("section", [Section.DAY, Section.TOOLS, Section.QUESTIONS])
def test_a_section_the_pack_leaves_out_says_so(section: Section) -> None:
    assert entries(role(), section) == (NOTHING_YET,)


def test_the_overview_opens_short_and_ends_in_prose() -> None:
    first, _, last = entries(role(), Section.OVERVIEW)
    assert first == "Draws maps."
    assert last == "### What they do\nCartographers draw maps."


def test_the_overview_gives_the_facts_at_a_glance() -> None:
    known = role(
        demand={"value": 9, "source": "survey"},
        remote={"value": "on-site", "source": "survey"},
        industries=["Surveying"],
    )
    assert entries(known, Section.OVERVIEW)[1].splitlines() == [
        "### At a glance",
        "- **Difficulty:** Unknown (no source yet)",
        "- **Entry barrier:** Unknown (no source yet)",
        "- **Coding:** Unknown (no source yet)",
        "- **Time to learn:** Unknown (no source yet)",
        "- **Future demand:** 9.0 out of 10",
        "- **AI replacement risk:** Unknown (no source yet)",
        "- **Remote work:** On site",
        "- **Industries:** Surveying",
    ]


def test_related_roles_are_named_by_their_titles() -> None:
    both = [{"slug": "surveyor", "why": "Both measure."}, {"slug": "gone", "why": "It's gone."}]
    text = written(role(related=both), Section.OVERVIEW, {"surveyor": "Surveyor"})
    assert text.entries[3:] == ("### Related roles\n- **Surveyor:** Both measure.",)


def test_no_related_roles_leave_no_heading() -> None:
    gone = role(related=[{"slug": "gone", "why": "It's gone."}])
    assert "Related" not in whole(gone, Section.OVERVIEW)


def test_related_roles_are_in_the_overview_alone() -> None:
    linked = role(related=[{"slug": "surveyor", "why": "Both measure."}])
    shown = [
        section
        for section in Section
        if "Both measure." in "".join(written(linked, section, {"surveyor": "S"}).entries)
    ]
    assert shown == [Section.OVERVIEW]


def test_the_fit_tells_for_whom_the_role_is_and_for_whom_not() -> None:
    assert entries(role(), Section.FIT)[:2] == (
        "### A great fit if…\n- You like maps.",
        "### It may not be right if…\n- You get lost.",
    )
    requirements = entries(role(), Section.FIT)[2]
    names = ["Difficulty", "Entry barrier", "Coding", "Time to learn"]
    assert [line.split("**")[1].rstrip(":") for line in requirements.splitlines()[1:]] == names


def test_the_day_is_told_by_the_clock() -> None:
    day = [{"time": "09:00", "activity": "Draw."}, {"time": "12:30", "activity": "Eat."}]
    assert entries(role(typical_day=day), Section.DAY) == ("**09:00** · Draw.", "**12:30** · Eat.")


def test_a_skill_says_how_deep_it_goes_why_it_counts_and_how_to_learn_it() -> None:
    assert entries(role(), Section.SKILLS) == (
        "**Drawing** · Beginner\nWhy: Maps.\nHow to learn it: Draw.",
    )


def test_a_tool_says_what_it_is_for() -> None:
    tools = [{"name": "Compass", "use": "Finding north."}]
    assert entries(role(tools=tools), Section.TOOLS) == ("**Compass**\nFinding north.",)


def test_the_roadmap_is_told_phase_by_phase() -> None:
    resources = [{"title": "Atlas", "url": "https://example.org/atlas"}, {"title": "A walk"}]
    first = {"title": "Start", "weeks": 1, "goals": ["Look.", "Draw."], "milestone": "A map."}
    second = {**first, "title": "Go on", "weeks": 3, "resources": resources}
    assert entries(role(roadmap=[first, second]), Section.ROADMAP) == (
        "2 phases, 4 weeks",
        "### 1. Start · 1 week\n**Goals**\n- Look.\n- Draw.\n**Milestone:** A map.",
        "### 2. Go on · 3 weeks\n**Goals**\n- Look.\n- Draw.\n"
        "**Resources**\n- [Atlas](https://example.org/atlas)\n- A walk\n"
        "**Milestone:** A map.",
    )


def test_a_roadmap_of_one_phase_is_counted_as_one() -> None:
    assert entries(role(), Section.ROADMAP)[0] == "1 phase, 2 weeks"


def test_a_step_tells_its_pay_its_experience_and_its_duties() -> None:
    years = {"range": {"low": 0, "high": 2}, "source": "survey"}
    first = step(years=years, pay=paid(65_000, 95_000))
    text = written(role(ladder=[first, step("Master")]), Section.PAY, {})
    assert text.entries == (
        "### Apprentice\nEntry · 0–2 years · **$65,000–$95,000 a year**\n- Sharpen pencils.",
        "### Master\nEntry · experience unknown · **pay unknown (no source yet)**\n"
        "- Sharpen pencils.",
    )
    assert text.sources == "-# Source: Survey of map makers, read 2026-11-24."


def test_a_question_comes_with_its_answer() -> None:
    asked = role(questions=[{"question": "Is it fun?", "answer": "It is."}])
    assert entries(asked, Section.QUESTIONS) == ("**Is it fun?**\nIt is.",)


def test_figures_of_several_sources_are_marked_where_they_stand() -> None:
    sources: dict[str, Any] = {key: {"title": key.title(), "read": READ} for key in ("a", "b")}
    text = written(
        role(
            sources=sources,
            difficulty={"value": "beginner", "source": "b"},
            coding={"value": "none", "source": "a"},
        ),
        Section.FIT,
        {},
    )
    assert "- **Difficulty:** Beginner ¹\n" in text.entries[2]
    assert "- **Coding:** Not needed ²\n" in text.entries[2]
    assert [line[:14] for line in text.sources.splitlines()] == ["-# ¹ Source: B", "-# ² Source: A"]


def test_a_section_without_figures_names_no_source() -> None:
    known = role(difficulty={"value": "beginner", "source": "survey"})
    assert written(known, Section.SKILLS, {}).sources == ""
    assert written(known, Section.OVERVIEW, {}).sources != ""


def texts_of(any_role: Role) -> dict[Section, list[str]]:
    """What a reader must find in each section."""
    related = [link.why for link in any_role.related if link.slug == "r1"]
    phases = any_role.roadmap
    return {
        Section.OVERVIEW: [any_role.overview, *any_role.industries, *related],
        Section.FIT: [*any_role.great_fit, *any_role.poor_fit],
        Section.DAY: [entry.activity for entry in any_role.typical_day],
        Section.SKILLS: [t for skill in any_role.skills for t in (skill.name, skill.learn)],
        Section.TOOLS: [t for tool in any_role.tools for t in (tool.name, tool.use)],
        Section.ROADMAP: [t for p in phases for t in (p.title, *p.goals, p.milestone)],
        Section.PAY: [t for rung in any_role.ladder for t in (rung.title, *rung.duties)],
        Section.QUESTIONS: [t for item in any_role.questions for t in (item.question, item.answer)],
    }


@extreme
@given(roles())
def test_every_text_of_a_pack_is_in_its_section(any_role: Role) -> None:
    for section, texts in texts_of(any_role).items():
        shown = written(any_role, section, {"r1": "Surveyor"})
        assert all(entry.strip() for entry in shown.entries)
        assert [text for text in texts if text not in "\n".join(shown.entries)] == []


@extreme
@given(roles(), st.sampled_from([Section.OVERVIEW, Section.FIT, Section.PAY]))
def test_the_small_print_lists_each_source_used_once(any_role: Role, section: Section) -> None:
    shown = written(any_role, section, {})
    starts = [f"-# {mark} Source: " for mark in "¹²"]
    used = [start for start in starts if start in shown.sources]
    assert used == starts[: len(used)]
    assert shown.sources.count("-# ¹ Source: ") <= 1
