import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.compose import Said
from bot.careers.model import Role, Topic
from bot.careers.sections import Section
from tests.bot.answers.cartography import LADDER, ROADMAP, TOOLS, full, own, told, years
from tests.bot.careers.samples import paid, role, roles, step

UNKNOWN = "Unknown (no source yet)"

KNOWN: dict[Topic, tuple[str, Section, tuple[str, ...]]] = {
    Topic.OVERVIEW: ("Cartographer: Draws maps. Cartographers draw maps.", Section.OVERVIEW, ()),
    Topic.FIT: (
        "It fits well if: You like maps. It may not fit if: You get lost.",
        Section.FIT,
        (),
    ),
    Topic.ENTRY: (
        "Difficulty: intermediate; entry barrier: high. The first step of the ladder is "
        "Apprentice / Junior Surveyor (0–2 years). Few start here.",
        Section.FIT,
        ("census",),
    ),
    Topic.CODING: ("Coding: Helpful, not required.", Section.FIT, ("survey",)),
    Topic.TIME: (
        "Time until job-ready: About 6–12 months. The roadmap has 3 phases and takes 10 weeks.",
        Section.ROADMAP,
        ("survey",),
    ),
    Topic.DEMAND: ("Future demand: 7.5 out of 10.", Section.OVERVIEW, ("survey",)),
    Topic.AUTOMATION: ("AI replacement risk: 40%.", Section.OVERVIEW, ("survey",)),
    Topic.REMOTE: ("Remote work: Hybrid.", Section.OVERVIEW, ("survey",)),
    Topic.DAY: (
        "A typical day: 09:00 Sharpen pencils. 10:30 Walk the coast. 12:00 Eat a sandwich. "
        "15:00 Draw what was seen. 17:00 Wash the brushes.",
        Section.DAY,
        (),
    ),
    Topic.SKILLS: (
        "Skills, with the level they need: Drawing (beginner), Trigonometry (advanced) and "
        "Coastal regulation (intermediate).",
        Section.SKILLS,
        (),
    ),
    Topic.TOOLS: ("The tools of the trade: Theodolite and Compass.", Section.TOOLS, ()),
    Topic.ROADMAP: (
        "The roadmap has 3 phases, 10 weeks in all: 1. Pencil basics (2 weeks); "
        "2. Coastlines (7 weeks); 3. Portfolio (1 week).",
        Section.ROADMAP,
        (),
    ),
    Topic.RESOURCES: (
        "For phase 1, Pencil basics: The Pencil Handbook.",
        Section.ROADMAP,
        (),
    ),
    Topic.REGULATION: (
        "Coastal regulation (intermediate): Rules. How to learn it: Read. "
        "The laws and frameworks that come up: GDPR.",
        Section.SKILLS,
        (),
    ),
    Topic.LADDER: (
        "The career ladder: Apprentice / Junior Surveyor (0–2 years): $30,000–$40,000 a year; "
        "Cartographer (2–5 years): $40,000–$60,000 a year; "
        "Senior Cartographer (5–9 years): $60,000–$80,000 a year; "
        "Chief Cartographer (9+ years): $90,000+ a year.",
        Section.PAY,
        ("survey", "census"),
    ),
    Topic.PAY: (
        "Apprentice / Junior Surveyor (0–2 years): $30,000–$40,000 a year; "
        "Cartographer (2–5 years): $40,000–$60,000 a year; "
        "Senior Cartographer (5–9 years): $60,000–$80,000 a year; "
        "Chief Cartographer (9+ years): $90,000+ a year.",
        Section.PAY,
        ("survey", "census"),
    ),
    Topic.SWITCHING: (
        "Backgrounds that fit well: You like maps. The first step of the ladder is "
        "Apprentice / Junior Surveyor (0–2 years).",
        Section.FIT,
        ("census",),
    ),
    Topic.INDUSTRIES: (
        "These industries hire for it: Shipping, Mining and Tourism.",
        Section.OVERVIEW,
        (),
    ),
    Topic.RELATED: ("Close to it: Surveyor: Both measure.", Section.OVERVIEW, ()),
}
"""What is said, the section and the sources, where everything is known."""

BARE: dict[Topic, str] = {
    Topic.ENTRY: "Difficulty: unknown (no source yet); entry barrier: unknown (no source yet). "
    "The first step of the ladder is Apprentice (experience unknown).",
    Topic.CODING: f"Coding: {UNKNOWN}.",
    Topic.TIME: f"Time until job-ready: {UNKNOWN}. The roadmap has 1 phase and takes 2 weeks.",
    Topic.DEMAND: f"Future demand: {UNKNOWN}.",
    Topic.AUTOMATION: f"AI replacement risk: {UNKNOWN}.",
    Topic.REMOTE: f"Remote work: {UNKNOWN}.",
    Topic.DAY: "This pack doesn't describe a day.",
    Topic.TOOLS: "This pack lists no tools.",
    Topic.ROADMAP: "The roadmap has 1 phase, 2 weeks in all: 1. Start (2 weeks).",
    Topic.REGULATION: "This pack names no laws or frameworks.",
    Topic.LADDER: "The career ladder: Apprentice (experience unknown): "
    "pay unknown (no source yet).",
    Topic.PAY: "Pay: unknown; there is no sourced figure yet.",
    Topic.SWITCHING: "Backgrounds that fit well: You like maps. The first step of the ladder is "
    "Apprentice (experience unknown).",
    Topic.INDUSTRIES: "This pack doesn't say which industries hire.",
    Topic.RELATED: "This pack names no related careers.",
}
"""What is said where no figure and no list is known."""


def text(topic: Topic, question: str, **changes: Any) -> str:
    return told(topic, full(**changes), question).text


@pytest.mark.parametrize("topic", Topic)
def test_what_is_known_is_said_with_its_section_and_its_sources(topic: Topic) -> None:
    assert told(topic, full(), laws=["GDPR"]) == Said(*KNOWN[topic])


@pytest.mark.parametrize("topic", BARE)
def test_what_is_unknown_is_said_to_be_unknown(topic: Topic) -> None:
    said = told(topic, role())
    assert said.text == BARE[topic]
    assert said.sources == ()


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_says_something_and_never_zero_of_what_is_unknown(topic: Topic) -> None:
    said = told(topic, role()).text
    assert said.strip()
    assert not re.search(r"\b0\b", said)


def test_resources_that_no_phase_names_are_said_to_be_missing() -> None:
    assert "no resources" in told(Topic.RESOURCES, role()).text


@settings(max_examples=40)
@given(roles(), st.sampled_from(Topic), st.sampled_from([(), ("GDPR",)]))
def test_every_topic_of_any_role_has_an_answer_that_rests_on_its_sources(
    any_role: Role, topic: Topic, laws: tuple[str, ...]
) -> None:
    said = told(topic, any_role, "which phase, which skill, after 3 years?", laws=laws)
    assert said.text
    assert set(said.sources) <= set(any_role.sources)


@pytest.mark.parametrize(
    ("topic", "figure"),
    [
        (Topic.ENTRY, "Difficulty: intermediate; entry barrier: high."),
        (Topic.CODING, "Coding: Helpful, not required."),
        (Topic.TIME, "Time until job-ready: About 6–12 months."),
        (Topic.DEMAND, "Future demand: 7.5 out of 10."),
        (Topic.AUTOMATION, "AI replacement risk: 40%."),
        (Topic.REMOTE, "Remote work: Hybrid."),
    ],
)
def test_a_packs_own_words_follow_the_figure(topic: Topic, figure: str) -> None:
    assert text(topic, "", questions=[own("So we say.", topic)]) == f"{figure} So we say."


def test_own_words_come_first_on_switching() -> None:
    assert text(Topic.SWITCHING, "", questions=[own("Just do it.", Topic.SWITCHING)]).startswith(
        "Just do it. Backgrounds that fit well:"
    )


def test_own_words_on_laws_stand_for_laws_that_are_not_named() -> None:
    lawful = role(questions=[own("Only the sea's.", Topic.REGULATION)])
    assert told(Topic.REGULATION, lawful).text == "Only the sea's."
    named = told(Topic.REGULATION, lawful, laws=["GDPR", "DORA"]).text
    assert named == "The laws and frameworks that come up: GDPR and DORA. Only the sea's."


def test_own_words_on_pay_explain_that_it_is_unknown() -> None:
    unpaid = role(questions=[own("Nobody counts.", Topic.PAY)])
    answer = told(Topic.PAY, unpaid)
    assert (answer.text, answer.known) == ("Pay: unknown. Nobody counts.", False)


def test_a_low_barrier_warns_nobody() -> None:
    low = {"value": "low", "source": "survey"}
    assert "Few start here" not in text(Topic.ENTRY, "", entry_barrier=low)


def test_a_long_overview_is_cut_at_a_sentence() -> None:
    said = text(Topic.OVERVIEW, "", overview="Maps are drawn. " * 60).removeprefix(
        "Cartographer: Draws maps. "
    )
    assert len(said) <= 420
    assert said.endswith("Maps are drawn.")


def test_a_skill_that_is_named_with_code_is_told_of() -> None:
    assert text(Topic.CODING, "do I need trigonometry") == (
        "Coding: Helpful, not required. Trigonometry (advanced): Heights. How to learn it: Measure."
    )


@pytest.mark.parametrize(
    ("question", "steps"),
    [
        ("salary of a senior", ["Senior Cartographer"]),
        ("what would a beginner get", ["Apprentice / Junior Surveyor"]),
        ("what does the chief get", ["Chief Cartographer"]),
        ("after 1 year", ["Apprentice / Junior Surveyor"]),
        ("after three years", ["Cartographer"]),
        ("after 2 years", ["Apprentice / Junior Surveyor", "Cartographer"]),
        ("with 5 yrs", ["Cartographer", "Senior Cartographer"]),
        ("after 40 years", ["Chief Cartographer"]),
        ("pay of a junior surveyor", ["Apprentice / Junior Surveyor"]),
        ("how much does a senior cartographer get", ["Senior Cartographer"]),
        ("from entry to senior, every step", []),
        ("how much is it", []),
    ],
)
def test_a_question_on_pay_means_steps_by_level_years_or_title(
    question: str, steps: list[str]
) -> None:
    said = text(Topic.PAY, question)
    titles = [each["title"] for each in LADDER]
    told_of = [each.partition(" (")[0] for each in said.split("; ")]
    assert told_of == (steps or titles)


def test_years_beyond_all_steps_show_the_whole_ladder() -> None:
    short = LADDER[:2]
    assert text(Topic.PAY, "after 30 years", ladder=short) == text(Topic.PAY, "", ladder=short)


def test_a_level_that_the_ladder_lacks_shows_the_whole_ladder() -> None:
    assert text(Topic.PAY, "as a team lead") == text(Topic.PAY, "")


def test_a_word_for_a_job_means_the_first_step_that_has_it() -> None:
    ladder = [step("Trainee"), step("Map Analyst", pay=paid(1_000, 2_000)), step("Old Analyst")]
    said = text(Topic.PAY, "what does an analyst get", ladder=ladder)
    assert said == "Map Analyst (experience unknown): $1,000–$2,000 a year."
    assert text(Topic.PAY, "what does an officer get", ladder=ladder).startswith("Trainee")


def test_an_unknown_pay_is_said_to_be_unknown_though_other_steps_are_known() -> None:
    ladder = [step("Apprentice", pay=paid(1_000, 2_000)), step("Senior", level="Senior")]
    assert text(Topic.PAY, "pay of a senior", ladder=ladder) == (
        "Pay: unknown; there is no sourced figure yet."
    )
    assert text(Topic.PAY, "", ladder=ladder) == (
        "Apprentice (experience unknown): $1,000–$2,000 a year; "
        "Senior (experience unknown): pay unknown (no source yet)."
    )


@pytest.mark.parametrize(
    ("question", "duties"),
    [
        ("what comes after apprentice", ["Draw counties."]),
        ("what comes after cartographer", ["Draw countries."]),
        ("what comes after the second step", ["Draw countries."]),
        ("what comes before chief", ["Draw countries."]),
        ("the level below senior", ["Draw counties."]),
        ("what is below apprentice", ["Sharpen pencils."]),
        ("the third step", ["Draw countries."]),
        ("steps 2 and 3", ["Draw counties.", "Draw countries."]),
        ("the last step", ["Draw the world."]),
        ("the ninth step", []),
        ("who draws counties", ["Draw counties."]),
        ("what are the steps of a cartographer", []),
        ("next step from senior", ["Draw the world."]),
        ("what does a senior do", ["Draw countries."]),
        ("what does a senior cartographer do", ["Draw countries."]),
        ("with 5 years", ["Draw counties.", "Draw countries."]),
        ("what is next", []),
    ],
)
def test_a_question_on_the_ladder_means_steps_or_the_one_after(
    question: str, duties: list[str]
) -> None:
    said = text(Topic.LADDER, question)
    assert [each for step in LADDER for each in step["duties"] if each in said] == duties


def test_after_the_last_step_comes_none() -> None:
    assert told(Topic.LADDER, full(), "what comes after chief") == Said(
        "Chief Cartographer is the top of the ladder. "
        "Chief Cartographer (executive, 9+ years, $90,000+ a year): Draw the world.",
        Section.PAY,
        ("survey", "census"),
        place=4,
    )


def test_years_say_more_of_the_step_than_the_roles_own_title() -> None:
    said = text(Topic.PAY, "what does a cartographer earn after 6 years")
    assert said == "Senior Cartographer (5–9 years): $60,000–$80,000 a year."


def test_years_say_more_of_the_step_than_a_word_for_a_job() -> None:
    ladder = [step("Map Analyst", years=years(0, 2)), step("Boss", years=years(3, 9))]
    assert text(Topic.PAY, "an analyst with 4 years", ladder=ladder) == text(
        Topic.PAY, "with 4 years", ladder=ladder
    )


def test_pay_in_general_is_told_with_the_packs_own_words() -> None:
    own_pay = [own("It varies.", Topic.PAY)]
    assert text(Topic.PAY, "", questions=own_pay) == f"{text(Topic.PAY, '')} It varies."
    assert "varies" not in text(Topic.PAY, "pay of a senior", questions=own_pay)


def test_a_title_said_in_full_means_no_other_step_of_the_level_in_it() -> None:
    ladder = [step("Guide"), step("Senior Guide", level="Mid"), step("Boss", level="Senior")]
    said = text(Topic.LADDER, "what does a senior guide do", ladder=ladder)
    assert "Senior Guide (" in said
    assert "Boss" not in said


def test_a_step_tells_its_level_years_pay_and_duties() -> None:
    assert told(Topic.LADDER, full(), "as a senior") == Said(
        "Senior Cartographer (senior, 5–9 years, $60,000–$80,000 a year): Draw countries.",
        Section.PAY,
        ("survey", "census"),
        place=3,
    )


@pytest.mark.parametrize(
    ("question", "pays"),
    [
        ("which level pays 70k", "Senior Cartographer (5–9 years): $60,000–$80,000 a year."),
        ("where would I get $70,000", "Senior Cartographer (5–9 years): $60,000–$80,000 a year."),
        ("who makes 2000000", "Chief Cartographer (9+ years): $90,000+ a year."),
    ],
)
def test_an_amount_means_the_step_that_pays_it(question: str, pays: str) -> None:
    assert text(Topic.PAY, question) == pays


@pytest.mark.parametrize(
    ("question", "phases"),
    [
        ("what is in phase 2", [2]),
        ("the second phase", [2]),
        ("the last phase", [3]),
        ("the longest phase", [2]),
        ("the shortest one", [3]),
        ("which phase has the estuary with coastlines", [2]),
        ("what comes after phase 1", [1, 2]),
        ("what comes after the third phase", [3]),
        ("what comes after coastlines", [3]),
        ("what comes after portfolio", [3]),
        ("what comes before phase 2", [1]),
        ("what comes before coastlines", [1]),
        ("what comes before the first phase", [1]),
        ("which phase has the tide tables", [2]),
        ("how does it start", [1]),
        ("what do I have at the end", [3]),
        ("are coastlines at the end", [2]),
        ("the first and the third phase", [1, 3]),
        ("the ninth lesson", []),
        ("what is the sixth phase", []),
    ],
)
def test_a_question_on_the_roadmap_means_phases(question: str, phases: list[int]) -> None:
    said = text(Topic.ROADMAP, question)
    assert [number for number in (1, 2, 3) if f"Phase {number}, " in said] == phases


def test_a_phase_tells_its_length_goals_and_milestone() -> None:
    assert text(Topic.ROADMAP, "phase 2") == (
        "Phase 2, Coastlines (7 weeks): Sketch an estuary. It ends with: An estuary on paper. "
        "To read: Atlas of Shores; Tide Tables."
    )


def test_a_phase_without_resources_tells_nothing_to_read() -> None:
    assert text(Topic.ROADMAP, "phase 3") == (
        "Phase 3, Portfolio (1 week): Bind it. It ends with: A bound book."
    )


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what to read in phase 2", "For phase 2, Coastlines: Atlas of Shores; Tide Tables."),
        ("books for the last phase", "Phase 3, Portfolio, names no resources."),
        ("is the handbook any good", "From phase 1, Pencil basics: The Pencil Handbook."),
        (
            "first and second phase",
            "For phase 1, Pencil basics: The Pencil Handbook. "
            "For phase 2, Coastlines: Atlas of Shores; Tide Tables.",
        ),
    ],
)
def test_a_question_on_resources_means_a_phase_or_a_title(question: str, said: str) -> None:
    assert text(Topic.RESOURCES, question) == said


def test_resources_begin_with_the_first_phase_that_has_some() -> None:
    assert text(Topic.RESOURCES, "", roadmap=[RULES, ROADMAP[1]]).startswith(
        "For phase 2, Coastlines:"
    )


def test_each_resource_is_told_with_its_own_phase() -> None:
    said = text(Topic.RESOURCES, "the handbook and the one on shores").casefold()
    assert "phase 1, pencil basics: the pencil handbook" in said
    assert "phase 2, coastlines: atlas of shores" in said


def test_resources_of_one_phase_are_told_together() -> None:
    said = text(Topic.RESOURCES, "the atlas of shores or the tide tables")
    assert said == "From phase 2, Coastlines: Atlas of Shores and Tide Tables."


@pytest.mark.parametrize(
    ("question", "times"),
    [
        ("what happens at 9", ["09:00"]),
        ("at 9 am", ["09:00"]),
        ("at 3 pm", ["15:00"]),
        ("at 5", ["17:00"]),
        ("at noon", ["12:00"]),
        ("in the morning", ["09:00", "10:30"]),
        ("in the afternoon", ["15:00", "17:00"]),
        ("in the evening", ["17:00"]),
        ("at 10:30", ["10:30"]),
    ],
)
def test_a_question_on_the_day_means_an_hour_or_a_part_of_it(
    question: str, times: list[str]
) -> None:
    said = text(Topic.DAY, question)
    assert said.startswith("On a typical day: ")
    assert re.findall(r"\d\d:\d\d", said) == times


@pytest.mark.parametrize("question", ["at 8", "from 9 to 5", "on 3 days out of 9"])
def test_other_numbers_mean_the_whole_day(question: str) -> None:
    assert text(Topic.DAY, question) == text(Topic.DAY, "")


def test_a_part_of_the_day_in_which_nothing_happens_means_the_whole_day() -> None:
    day = [{"time": "09:00", "activity": "Sharpen pencils."}]
    assert text(Topic.DAY, "in the evening", typical_day=day) == (
        "A typical day: 09:00 Sharpen pencils."
    )


def test_a_skill_that_is_named_is_told_with_how_to_learn_it() -> None:
    assert text(Topic.SKILLS, "how much trigonometry") == (
        "Trigonometry (advanced): Heights. How to learn it: Measure."
    )


def test_a_tool_that_is_named_among_skills_is_told_of_too() -> None:
    assert text(Topic.SKILLS, "must I know the theodolite").startswith(
        "Theodolite: Measures angles. Skills, with the level they need: Drawing (beginner)"
    )


def test_tools_that_are_named_are_told_of() -> None:
    assert text(Topic.TOOLS, "what is the compass for") == "Compass: Finds north."
    both = text(Topic.TOOLS, "the theodolite and the compass")
    assert both == "Theodolite: Measures angles. Compass: Finds north."


def test_a_tool_that_is_not_listed_shows_those_that_are() -> None:
    assert text(Topic.TOOLS, "is photoshop used", tools=TOOLS[:1]) == (
        "The tools of the trade: Theodolite."
    )


def test_an_industry_that_is_named_is_confirmed() -> None:
    hire = "These industries hire for it: Shipping, Mining and Tourism."
    assert text(Topic.INDUSTRIES, "is it used in mining") == f"Yes, Mining is among them. {hire}"
    assert text(Topic.INDUSTRIES, "is it used in forestry") == hire


def test_two_industries_that_are_named_are_confirmed_in_the_plural() -> None:
    said = text(Topic.INDUSTRIES, "mining or shipping")
    assert said.startswith("Yes, Shipping and Mining are among them.")


READING: Any = {"name": "Reading law", "level": "beginner", "why": "Rules.", "learn": "The GDPR."}
RULES: Any = {"title": "Rules", "weeks": 1, "goals": ["Know the GDPR."], "milestone": "Known."}


def lawful(**changes: Any) -> Role:
    told_of = {"great_fit": ["You know the GDPR."], "skills": [READING], "roadmap": [RULES]}
    return role(**(told_of | changes))


def test_a_law_that_is_named_is_told_of_where_the_pack_speaks_of_it() -> None:
    said = told(Topic.REGULATION, lawful(), laws=["GDPR", "DORA"], law="GDPR").text
    assert said == (
        "It fits well if: You know the GDPR. "
        "Reading law (beginner): Rules. How to learn it: The GDPR."
    )


def test_a_law_of_which_the_pack_says_little_is_told_with_the_others() -> None:
    once = lawful(great_fit=["You like maps."], skills=[{**READING, "learn": "Read."}])
    said = told(Topic.REGULATION, once, laws=["GDPR", "DORA"], law="GDPR").text
    assert said == (
        "Phase 1, Rules (1 week): Know the GDPR. It ends with: Known. "
        "The laws and frameworks that come up: GDPR and DORA."
    )


def test_a_law_that_the_pack_does_not_speak_of_shows_those_that_it_does() -> None:
    said = told(Topic.REGULATION, lawful(), laws=["GDPR"], law="COPPA").text
    assert said == "The laws and frameworks that come up: GDPR."


def test_laws_in_general_are_told_with_the_skill_that_is_about_law() -> None:
    said = told(Topic.REGULATION, lawful(), laws=["GDPR"]).text
    assert said.startswith("Reading law (beginner): ")
    assert said.endswith("The laws and frameworks that come up: GDPR.")
    lawless = told(Topic.REGULATION, role(), laws=["GDPR"]).text
    assert lawless == "The laws and frameworks that come up: GDPR."


def test_a_related_career_that_is_not_loaded_is_not_named() -> None:
    assert "no longer here" not in text(Topic.RELATED, "")
    only_gone = [{"slug": "gone", "why": "Is no longer here."}]
    assert text(Topic.RELATED, "", related=only_gone) == "This pack names no related careers."


def test_the_sources_are_those_of_what_is_said() -> None:
    ladder = [
        step("Guide", pay=paid(1, 2)),
        step("Boss", level="Senior", pay=paid(3, 4, source="census")),
    ]
    assert told(Topic.PAY, full(ladder=ladder), "as a senior").sources == ("census",)
    assert told(Topic.PAY, full(ladder=ladder)).sources == ("survey", "census")
