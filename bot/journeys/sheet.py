"""A journey's plan as a table for spreadsheets."""

from collections.abc import Iterator, Mapping

from bot.i18n import later
from bot.journeys.journey import Journey
from bot.journeys.model import Task
from bot.journeys.planning import MINUTES
from bot.sheets import tables
from bot.sheets.rows import Shape

SHAPE = Shape(
    one=later("A task"),
    many=later("tasks"),
    names=("phase", "task", "state", "planned", "done", "hours", "note"),
)
ARCHIVED = "archived"


def written(journey: Journey) -> str:
    """Return all tasks, the archived ones too, with ISO dates and hours of effort."""
    return tables.write(_rows(journey), SHAPE)


def _rows(journey: Journey) -> Iterator[Mapping[str, str]]:
    for task in journey.tasks:
        planned = journey.plan.dates.get(task.id)
        yield {
            "phase": f"{task.item.phase + 1}. {task.item.phase_title}",
            "task": task.item.text,
            "state": _state(task),
            "planned": planned.isoformat() if planned else "",
            "done": task.done_on.isoformat() if task.done_on else "",
            "hours": f"{task.item.effort / MINUTES:.1f}",
            "note": task.note,
        }


def _state(task: Task) -> str:
    return f"{task.state} ({ARCHIVED})" if task.archived else str(task.state)
