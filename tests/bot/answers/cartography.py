"""A hand-made career in which everything is known, and how a topic of a role is asked."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from bot.answers.compose import Asked, Said, compose
from bot.answers.glossary import Glossary
from bot.answers.items import Items
from bot.answers.levels import LevelReader
from bot.answers.words import words
from bot.careers.model import Role, Topic
from bot.paths import DATA
from tests.bot.careers.samples import paid, role, step

LONGEST_PLAIN = 4
"""Letters of the longest word that tells nothing in these tests."""

SOURCES: Any = {
    "survey": {"title": "Survey of map makers", "read": date(2026, 11, 24)},
    "census": {"title": "Census of trades", "read": date(2026, 10, 1)},
}

SKILLS: Any = [
    {"name": "Drawing", "level": "beginner", "why": "Maps.", "learn": "Draw daily."},
    {"name": "Trigonometry", "level": "advanced", "why": "Heights.", "learn": "Measure."},
    {"name": "Coastal regulation", "level": "intermediate", "why": "Rules.", "learn": "Read."},
]

TOOLS: Any = [
    {"name": "Theodolite", "use": "Measures angles."},
    {"name": "Compass", "use": "Finds north."},
]

DAY: Any = [
    {"time": "09:00", "activity": "Sharpen pencils."},
    {"time": "10:30", "activity": "Walk the coast."},
    {"time": "12:00", "activity": "Eat a sandwich."},
    {"time": "15:00", "activity": "Draw what was seen."},
    {"time": "17:00", "activity": "Wash the brushes."},
]

ROADMAP: Any = [
    {
        "title": "Pencil basics",
        "weeks": 2,
        "goals": ["Sketch a village."],
        "resources": [{"title": "The Pencil Handbook"}],
        "milestone": "A village on paper.",
    },
    {
        "title": "Coastlines",
        "weeks": 7,
        "goals": ["Sketch an estuary."],
        "resources": [{"title": "Atlas of Shores"}, {"title": "Tide Tables"}],
        "milestone": "An estuary on paper.",
    },
    {"title": "Portfolio", "weeks": 1, "goals": ["Bind it."], "milestone": "A bound book."},
]


def years(low: int | None, high: int | None, **ends: bool) -> Any:
    """Experience as a pack states it."""
    return {"range": {"low": low, "high": high, **ends}, "source": "census"}


LADDER: Any = [
    step("Apprentice / Junior Surveyor", years=years(0, 2), pay=paid(30_000, 40_000)),
    step(
        "Cartographer",
        level="Mid",
        years=years(2, 5),
        pay=paid(40_000, 60_000),
        duties=["Draw counties."],
    ),
    step(
        "Senior Cartographer",
        level="Senior",
        years=years(5, 9),
        pay=paid(60_000, 80_000),
        duties=["Draw countries."],
    ),
    step(
        "Chief Cartographer",
        level="Executive",
        years=years(9, None, high_open=True),
        pay=paid(90_000, None, high_open=True),
        duties=["Draw the world."],
    ),
]

RELATED: Any = [
    {"slug": "surveyor", "why": "Both measure."},
    {"slug": "gone", "why": "Is no longer here."},
]

LATER_FACTS: Mapping[str, Any] = {
    "difficulty": {"value": "intermediate", "source": "census"},
    "entry_barrier": {"value": "high", "source": "census"},
    "coding": {"value": "helpful", "source": "survey"},
    "months_to_learn": {"value": {"low": 6, "high": 12}, "source": "survey"},
    "demand": {"value": 7.5, "source": "survey"},
    "replacement_risk": {"value": 40, "source": "survey"},
    "remote": {"value": "hybrid", "source": "survey"},
}


def full(**changes: Any) -> Role:
    """A role of which everything is known, with changes."""
    known: dict[str, Any] = {
        "sources": SOURCES,
        "industries": ["Shipping", "Mining", "Tourism"],
        "typical_day": DAY,
        "skills": SKILLS,
        "tools": TOOLS,
        "roadmap": ROADMAP,
        "ladder": LADDER,
        "related": RELATED,
        **LATER_FACTS,
    }
    return role(**(known | changes))


def telling(word: str) -> float:
    """Say that a short word tells nothing, and any longer one all it can."""
    return float(len(word) > LONGEST_PLAIN)


@cache
def level_reader() -> LevelReader:
    """Return what reads levels, phases and hours out of a question."""
    return LevelReader(DATA / "asking" / "levels.yaml")


def asked(
    topic: Topic,
    of: Role,
    question: str = "",
    laws: Sequence[str] = (),
    law: str | None = None,
) -> Asked:
    """A topic as a question asks it of a role."""
    said = words(question)
    return Asked(
        role=of,
        topic=topic,
        said=said,
        levels=level_reader().read(said),
        items=Items(of, telling),
        titles={"surveyor": "Surveyor"},
        laws=laws,
        law=law,
    )


def told(topic: Topic, of: Role, question: str = "", **more: Any) -> Said:
    """What is said on a topic, as a question asks it."""
    return compose(asked(topic, of, question, **more))


def own(answer: str, *topics: Topic) -> Any:
    """A question that the pack answers in its own words."""
    return {"question": "And?", "answer": answer, "topics": [topic.value for topic in topics]}


def glossary_of(*terms: Mapping[str, object]) -> Glossary:
    """Return a glossary of these terms."""
    return Glossary.model_validate({"revised": "2026-11-24", "terms": terms})
