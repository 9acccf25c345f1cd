"""A member's journey: its tasks, what was agreed, and the plan that follows from both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import groupby

from bot.journeys import planning
from bot.journeys.model import Pace, Phase, Task
from bot.journeys.planning import DAY, Need
from bot.streaks.model import Pause

ALL = 100


@dataclass(frozen=True)
class Plan:
    """Until when what is open is to be done."""

    starts: date
    """From when on what is open is planned."""

    dates: Mapping[int, date]
    """By the tasks' ids, in their order."""

    ends: date
    """When nothing is open any more; `starts` if nothing is."""


@dataclass(frozen=True)
class Journey:
    """One journey as it stands on the member's local day `today`."""

    id: int
    guild_id: int
    member_id: int
    role: str
    """The pack's slug."""

    role_title: str
    started_on: date
    pace: Pace
    tasks: tuple[Task, ...]
    """In their order, the archived ones last."""

    today: date
    pauses: tuple[Pause, ...] = ()
    ended_at: datetime | None = None

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """What is still to be done, in order."""
        return tuple(task for task in self.tasks if task.is_open)

    @property
    def counted(self) -> tuple[Task, ...]:
        """What the plan consists of, done or open: nothing that was skipped or archived."""
        return tuple(task for task in self.tasks if task.counts)

    @property
    def done_tasks(self) -> tuple[Task, ...]:
        """What is done of the plan."""
        return tuple(task for task in self.counted if task.is_done)

    @property
    def archived(self) -> tuple[Task, ...]:
        """What the pack has dropped, with its state."""
        return tuple(task for task in self.tasks if task.archived)

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """The phases in order, without archived tasks."""
        live = (task for task in self.tasks if not task.archived)
        grouped = groupby(live, key=lambda task: (task.item.phase, task.item.phase_title))
        return tuple(self._phase(*which, tuple(tasks)) for which, tasks in grouped)

    @property
    def phase(self) -> Phase | None:
        """The first phase in which something is open; None when nothing is."""
        return next((phase for phase in self.phases if phase.is_open), None)

    @property
    def is_over(self) -> bool:
        """Whether something was done and nothing is open."""
        return bool(self.done_tasks) and not self.open_tasks

    @property
    def total_effort(self) -> int:
        """Minutes of the whole plan."""
        return _effort(self.counted)

    @property
    def open_effort(self) -> int:
        """Minutes that are still to be worked."""
        return _effort(self.open_tasks)

    @property
    def percent(self) -> int:
        """How much of the plan's effort is done, 0 to 100; 100 only if nothing is open."""
        done = self.total_effort - self.open_effort
        return ALL * done // self.total_effort if self.total_effort else 0

    @property
    def rest(self) -> Pause | None:
        """The pause that today is part of."""
        return next((pause for pause in self.pauses if self.today in pause), None)

    @cached_property
    def settled_pauses(self) -> tuple[Pause, ...]:
        """The pauses as if one without an end ended today."""
        return planning.settled(self.pauses, self.today)

    @cached_property
    def plan(self) -> Plan:
        """The plan for what is open.

        It goes on from where the last task was done, so that work on the present one isn't asked
        for twice. Once that should have been done, all that is open is planned from today.
        """
        done = [task.done_on for task in self.done_tasks if task.done_on]
        plan = self._planned(max([self.pace.since, *done]))
        first = next(iter(plan.dates.values()), self.today)
        return plan if first >= self.today else self._planned(self.today)

    @cached_property
    def agreed(self) -> Plan:
        """The plan that was agreed with the present pace: what has been done since is in it."""
        return self._planned(self.pace.since, since=True)

    @property
    def effort_before(self) -> int:
        """Minutes that were done before the present pace was agreed."""
        return self.total_effort - _effort(self._since())

    @property
    def days_late(self) -> int:
        """By how many days the plan ends later than agreed; less than 0 if earlier."""
        return (self.plan.ends - self.agreed.ends).days

    @property
    def needed(self) -> Need | None:
        """What the target asks for from today on; None if there is no target."""
        if self.pace.target is None:
            return None
        return planning.need(self.open_effort, self.today, self.pace.target, self.settled_pauses)

    def with_pace(self, hours: int | None, target: date | None) -> "Journey":
        """Return the journey with another pace from today on.

        Without hours those that the target needs, 60 at most; without either the present ones.
        """
        if hours is None and target is not None:
            wanted = planning.need(self.open_effort, self.today, target, self.settled_pauses)
            hours = planning.pace_for(wanted)
        return replace(self, pace=Pace(hours or self.pace.hours, self.today, target))

    def with_pause(self, pause: Pause) -> "Journey":
        """Return the journey with one more pause."""
        return replace(self, pauses=(*self.pauses, pause))

    def resumed(self) -> "Journey":
        """Return the journey with the pause ended that today is part of: today counts again."""
        pauses = (
            replace(pause, last=self.today - DAY) if self.today in pause else pause
            for pause in self.pauses
        )
        held = (pause for pause in pauses if pause.last is None or pause.first <= pause.last)
        return replace(self, pauses=tuple(held))

    def task(self, task_id: int) -> Task | None:
        """Return the task with that id."""
        return next((task for task in self.tasks if task.id == task_id), None)

    def _since(self) -> tuple[Task, ...]:
        """Return what of the plan wasn't done before the present pace was agreed."""
        return tuple(
            task for task in self.counted if task.done_on is None or task.done_on >= self.pace.since
        )

    def _phase(self, place: int, title: str, tasks: tuple[Task, ...]) -> Phase:
        dropped = (task for task in self.archived if task.item.phase_title == title)
        return Phase(place, title, tasks, tuple(task.id for task in (*tasks, *dropped)))

    def _planned(self, start: date, *, since: bool = False) -> Plan:
        tasks = self._since() if since else self.open_tasks
        efforts = [task.item.effort for task in tasks]
        found = planning.dates(efforts, start, self.pace.hours, self.settled_pauses)
        by_id = dict(zip((task.id for task in tasks), found, strict=True))
        return Plan(start, by_id, found[-1] if found else start)


def _effort(tasks: tuple[Task, ...]) -> int:
    return sum(task.item.effort for task in tasks)
