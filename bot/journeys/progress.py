"""How a journey goes, in the numbers that its picture and its texts show."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from bot.journeys import planning
from bot.journeys.journey import ALL, Journey
from bot.journeys.planning import DAY, DAYS_A_WEEK

WEEKS = 17
"""Shown of what was done on which day."""

Point = tuple[date, float]
"""A day, and how many percent are done at its beginning (planned) or its end (actual)."""


@dataclass(frozen=True)
class Progress:
    """What was agreed against what was done, and what was done on which day."""

    percent: int
    planned_percent: int
    """What was to be done before today."""

    planned: tuple[Point, ...]
    actual: tuple[Point, ...]
    expected: tuple[Point, ...]
    """From today until nothing is open; empty when nothing is."""

    first_day: date
    """The Monday with which the calendar begins."""

    today: date
    done_on: Mapping[date, int]
    """How many tasks were done on each day of the calendar that has any."""

    by_week: tuple[int, ...]
    """The same week by week, the present one last."""


def progress(journey: Journey) -> Progress:
    """Return how a journey goes."""
    first = journey.today - timedelta(days=journey.today.weekday(), weeks=WEEKS - 1)
    days = Counter(task.done_on for task in journey.tasks if task.done_on)
    done_on = Counter({day: days[day] for day in days if day and first <= day <= journey.today})
    weeks = [(day - first).days // DAYS_A_WEEK for day in done_on.elements()]
    by_week = tuple(Counter(weeks)[number] for number in range(WEEKS))
    return Progress(
        percent=journey.percent,
        planned_percent=int(_planned_at(journey, journey.today)),
        planned=_planned(journey),
        actual=_actual(journey),
        expected=_expected(journey),
        first_day=first,
        today=journey.today,
        done_on=done_on,
        by_week=by_week,
    )


def _planned(journey: Journey) -> tuple[Point, ...]:
    """Return the agreed plan's line, level while there is a pause."""
    begin, end = journey.pace.since, journey.agreed.ends
    turns = {begin, end}
    for pause in journey.settled_pauses:
        turns |= {pause.first, (pause.last or pause.first) + DAY}
    return tuple((day, _planned_at(journey, day)) for day in sorted(turns) if begin <= day <= end)


def _planned_at(journey: Journey, day: date) -> float:
    pace, total = journey.pace, journey.total_effort
    worked = planning.worked_by(day, pace.since, pace.hours, journey.settled_pauses)
    return ALL * min(1, (journey.effort_before + worked) / total) if total else 0


def _actual(journey: Journey) -> tuple[Point, ...]:
    """Return the line of what was done, with a step on each day on which something was."""
    total = journey.total_effort or 1
    efforts = Counter[date]()
    for task in journey.done_tasks:
        efforts[max(task.done_on or journey.started_on, journey.started_on)] += task.item.effort
    days = sorted(efforts)
    sums = accumulate(efforts[day] for day in days)
    steps = [(day, ALL * done / total) for day, done in zip(days, sums, strict=True)]
    return ((journey.started_on, 0.0), *steps, (journey.today, float(steps[-1][1] if steps else 0)))


def _expected(journey: Journey) -> tuple[Point, ...]:
    if not journey.open_tasks:
        return ()
    done = ALL * (1 - journey.open_effort / journey.total_effort)
    return ((journey.today, done), (journey.plan.ends, float(ALL)))
