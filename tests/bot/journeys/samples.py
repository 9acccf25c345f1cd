"""Journeys to test with: of a small pack, and arbitrary ones to which anything may happen."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.journeys import changes
from bot.journeys.beginning import begun, first_tasks
from bot.journeys.journey import Journey
from bot.journeys.model import Task
from bot.journeys.outline import Outline, outline
from bot.streaks.model import Pause
from tests.bot.careers.samples import loaded

DAY = timedelta(days=1)
TUESDAY = date(2026, 11, 24)
ROADMAP: list[dict[str, Any]] = [
    {
        "title": "Paper",
        "weeks": 2,
        "goals": ["Draw a coast.", "Fold a map."],
        "resources": [{"title": "An atlas", "url": "https://example.org/atlas"}],
        "milestone": "You have a map of an island.",
    },
    {
        "title": "Ink",
        "weeks": 3,
        "goals": ["Name the mountains.", "Number the roads."],
        "milestone": "Somebody finds home with your map.",
    },
]


def small(
    roadmap: list[dict[str, Any]] = ROADMAP, slug: str = "cartographer", **more: Any
) -> Outline:
    """A roadmap of six tasks in two phases of 20 and 30 hours."""
    return outline(loaded(slug, roadmap=roadmap, **more))


def journey(asked: Outline | None = None, day: date = TUESDAY) -> Journey:
    """A journey that begins on the day."""
    asked = asked or small()
    return begun(asked, (3, 77), day, first_tasks(asked, ()))


def on(found: Journey, day: date) -> Journey:
    """The journey seen on another day."""
    return replace(found, today=day)


def at(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def ticked(found: Journey, *places: int) -> Journey:
    """The journey with tasks done today."""
    tasks = [found.tasks[place] for place in places]
    return changes.with_tasks(found, changes.done(tasks, at(found.today), found.today))


def left_out(found: Journey, *places: int) -> Journey:
    return changes.with_tasks(found, changes.skipped(found.tasks[place] for place in places))


dates = st.dates(date(2024, 1, 1), date(2032, 12, 31))
hours = st.integers(1, 60)
WORDS = "draw map coast river road name fold ink sea hill find way home"
words = st.sampled_from(WORDS.split())
texts = st.lists(words, min_size=1, max_size=7).map(" ".join)


@st.composite
def phases(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "title": draw(texts)[:100],
        "weeks": draw(st.integers(1, 104)),
        "goals": draw(st.lists(texts, min_size=1, max_size=6)),
        "milestone": draw(texts),
    }


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """Any roadmap; the same words may come twice."""
    roadmap = draw(st.lists(phases(), min_size=1, max_size=5))
    return small(roadmap, hours_a_week=draw(hours))


@st.composite
def pauses(draw: st.DrawFn, near: date = TUESDAY, most: int = 4) -> tuple[Pause, ...]:
    """Pauses that have ends; they may overlap."""
    spans = draw(st.lists(st.tuples(st.integers(-30, 400), st.integers(0, 60)), max_size=most))
    return tuple(Pause(near + first * DAY, near + (first + more) * DAY) for first, more in spans)


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    """A journey on which anything happened: ticks, skips, returns, paces, rests."""
    found = journey(draw(outlines()), draw(dates))
    for _ in range(draw(st.integers(0, 8))):
        found = on(found, found.today + draw(st.integers(0, 40)) * DAY)
        act = draw(st.sampled_from(["tick", "skip", "open", "pace", "rest", "resume"]))
        found = _after(draw, act, found)
    return found


def _after(draw: st.DrawFn, act: str, found: Journey) -> Journey:
    task = draw(st.sampled_from(found.tasks))
    if act == "pace":
        return found.with_pace(draw(hours), None)
    if act == "rest" and found.rest is None:
        days = draw(st.none() | st.integers(1, 60))
        return changes.resting(found, found.today + days * DAY if days else None)
    if act == "resume" and found.rest is not None:
        return changes.resumed(found)
    changed = {
        "tick": changes.done([task], at(found.today), found.today),
        "skip": changes.skipped([task]),
        "open": changes.opened([task]),
    }
    return changes.with_tasks(found, changed.get(act, ()))


def states(tasks: tuple[Task, ...]) -> list[tuple[int, str, object]]:
    return sorted((task.id, task.state.value, task.done_on) for task in tasks)
