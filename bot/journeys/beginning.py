"""A new journey's tasks: what was done on earlier journeys stays done."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.journeys.journey import Journey
from bot.journeys.model import Pace, Task
from bot.journeys.outline import Outline
from bot.journeys.reconciling import reconcile


def first_tasks(outline: Outline, earlier: Iterable[Task]) -> tuple[Task, ...]:
    """Return a roadmap's tasks, done where a task of the same words was done earlier.

    Their ids are their places, until the store gives them their own.
    """
    done = [replace(task, archived=False) for task in earlier if task.is_done]
    known = {item.key: task for task, item in reconcile(done, outline.items).kept}
    return tuple(
        replace(known[item.key], id=place, place=place, item=item)
        if item.key in known
        else Task(place, place, item)
        for place, item in enumerate(outline.items)
    )


def begun(
    outline: Outline, owner: tuple[int, int], today: date, tasks: tuple[Task, ...]
) -> Journey:
    """Return a journey of a guild's member (by both ids) that begins today at the pack's pace."""
    pace = Pace(outline.hours, today)
    return Journey(0, *owner, outline.role, outline.title, today, pace, tasks, today)
