"""What acts of a member make of a journey's tasks. The store keeps what these return."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.journeys.journey import Journey
from bot.journeys.model import (
    LONGEST_PAUSE,
    AlreadyPaused,
    DayNotAhead,
    Finished,
    FinishedPhase,
    JourneyChanged,
    JourneyRuns,
    NoJourney,
    NoSuchTask,
    NothingPaused,
    PauseTooLong,
    Phase,
    SameCareer,
    TakenBack,
    Task,
    TaskState,
)
from bot.journeys.outline import Outline
from bot.journeys.planning import DAY
from bot.journeys.reconciling import reconcile
from bot.streaks.model import Pause


def meant(journey: Journey, task_ids: Collection[int]) -> tuple[Task, ...]:
    """Return the tasks with these ids. Raises NoSuchTask."""
    found = tuple(task for task in journey.tasks if task.id in task_ids)
    if len(found) < len({*task_ids}):
        raise NoSuchTask
    return found


def done(tasks: Iterable[Task], now: datetime, today: date) -> tuple[Task, ...]:
    """Return those that weren't done, as done now."""
    return tuple(
        replace(
            task,
            state=TaskState.DONE,
            done_at=now,
            done_on=today,
            first_done_at=task.first_done_at or now,
        )
        for task in tasks
        if not task.is_done
    )


def opened(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Return those that were done or skipped, as open."""
    return tuple(
        replace(task, state=TaskState.OPEN, done_at=None, done_on=None)
        for task in tasks
        if task.state is not TaskState.OPEN
    )


def skipped(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Return those that were open, as skipped: what is done stays done."""
    return tuple(
        replace(task, state=TaskState.SKIPPED) for task in tasks if task.state is TaskState.OPEN
    )


def with_tasks(journey: Journey, changed: Iterable[Task]) -> Journey:
    """Return the journey with tasks in the place of those with the same ids."""
    by_id = {task.id: task for task in changed}
    return replace(journey, tasks=tuple(by_id.get(task.id, task) for task in journey.tasks))


def finished(before: Journey, changed: tuple[Task, ...], now: datetime) -> Finished:
    """Return what changed tasks have newly finished."""
    after, complete = with_tasks(before, changed), {each.place for each in _complete(before)}
    phases = [
        FinishedPhase(
            phase.place,
            phase.title,
            again=_was_done_before(phase.tasks, changed),
            last_task=phase.tasks[-1].id,
            known_by=phase.known_by,
        )
        for phase in _complete(after)
        if phase.place not in complete
    ]
    return Finished(
        journey_id=before.id,
        guild_id=before.guild_id,
        member_id=before.member_id,
        role=before.role,
        role_title=before.role_title,
        at=now,
        tasks=tuple(task for task in changed if task.is_done),
        phases=tuple(phases),
        is_over=after.is_over,
    )


def taken_back(before: Journey, changed: tuple[Task, ...]) -> TakenBack:
    """Return what changed tasks have opened again."""
    after = with_tasks(before, changed)
    complete = {each.place for each in _complete(after)}
    return TakenBack(
        journey_id=before.id,
        guild_id=before.guild_id,
        member_id=before.member_id,
        role=before.role,
        phases=tuple(phase for phase in _complete(before) if phase.place not in complete),
        was_over=before.is_over and not after.is_over,
    )


def updated(journey: Journey, outline: Outline) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
    """Return the tasks as their changed pack has them, and those to be added (without ids)."""
    found, places = reconcile(journey.tasks, outline.items), _places(outline)
    kept = (
        replace(task, item=item, place=places[item.key], archived=False)
        for task, item in found.kept
    )
    archived = (replace(task, archived=True) for task in found.archived)
    added = (Task(0, places[item.key], item) for item in found.added)
    return (*kept, *archived), tuple(added)


def resting(journey: Journey, back: date | None) -> Journey:
    """Return the journey resting from today until the day before `back`, or without an end.

    Raises AlreadyPaused, DayNotAhead or PauseTooLong.
    """
    if journey.rest is not None:
        raise AlreadyPaused
    if back is not None and back <= journey.today:
        raise DayNotAhead
    if back is not None and (back - journey.today).days > LONGEST_PAUSE:
        raise PauseTooLong
    return journey.with_pause(Pause(journey.today, back - DAY if back else None))


def resumed(journey: Journey) -> Journey:
    """Return the journey with today counting again. Raises NothingPaused."""
    if journey.rest is None:
        raise NothingPaused
    return journey.resumed()


def check_same(journey: Journey | None, journey_id: int) -> None:
    """Raise JourneyChanged unless the journey has that id."""
    if journey is None or journey.id != journey_id:
        raise JourneyChanged


def check_way(role: str, there: Journey | None, *, switching: bool) -> None:
    """Raise JourneyRuns, NoJourney or SameCareer where the way can't be gone."""
    if switching and there is None:
        raise NoJourney
    if switching and there is not None and there.role == role:
        raise SameCareer
    if not switching and there is not None:
        raise JourneyRuns(there.role_title)


def _complete(journey: Journey) -> list[Phase]:
    return [phase for phase in journey.phases if phase.is_complete]


def _was_done_before(tasks: Iterable[Task], changed: tuple[Task, ...]) -> bool:
    """Return whether all that was done now in a phase had been done before."""
    ids = {task.id for task in changed}
    now_done = [task for task in tasks if task.id in ids and task.is_done]
    return bool(now_done) and all(task.first_done_at != task.done_at for task in now_done)


def _places(outline: Outline) -> dict[str, int]:
    return {item.key: place for place, item in enumerate(outline.items)}
