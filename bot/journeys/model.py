"""What a journey is made of, and what can't be done with one.

The rules are explained in docs/journeys.md. Effort is in minutes, a pace in hours a week, and
dates are those of the member's own calendar.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.errors import MemberError
from bot.i18n import _

MAX_NOTE = 500
"""Characters of the note on a task."""

LONGEST_PAUSE = 366
"""Days."""


class TaskState(StrEnum):
    """What became of a task."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    """Left out on purpose: it counts for nothing."""


@dataclass(frozen=True)
class Item:
    """A task as the pack describes it."""

    key: str
    """The same for the same words in a phase of the same title."""

    phase: int
    """Counts from 0."""

    phase_title: str
    text: str
    is_milestone: bool
    """Whether it is what ends its phase."""

    effort: int


@dataclass(frozen=True)
class Task:
    """A task of a journey."""

    id: int
    place: int
    """Its place in the roadmap, from 0; those that were archived come last."""

    item: Item
    state: TaskState = TaskState.OPEN
    archived: bool = False
    """Whether its pack dropped it since."""

    done_at: datetime | None = None
    done_on: date | None = None
    """The member's local day on which it was done; set if, and only if, it is done."""

    first_done_at: datetime | None = None
    """Kept when it is taken back, so that done twice is not two celebrations."""

    note: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is part of the plan."""
        return not self.archived and self.state is not TaskState.SKIPPED

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.counts and self.state is TaskState.OPEN

    @property
    def is_done(self) -> bool:
        """Whether it is done, be it in the plan still or not."""
        return self.state is TaskState.DONE


@dataclass(frozen=True)
class Pace:
    """What a member has agreed with themselves."""

    hours: int
    """A week, 1 to 60."""

    since: date
    """The day from which it holds: open effort is planned from it on."""

    target: date | None = None
    """The day by which they would like to be there."""


@dataclass(frozen=True)
class Phase:
    """A phase with its tasks in the plan, those left out included."""

    place: int
    title: str
    tasks: tuple[Task, ...]
    known_by: tuple[int, ...] = ()
    """The ids of its tasks, of those too that its pack has dropped."""

    @property
    def is_complete(self) -> bool:
        """Whether something was done and nothing is open."""
        return any(task.is_done for task in self.tasks) and not self.is_open

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return any(task.is_open for task in self.tasks)


@dataclass(frozen=True)
class FinishedPhase:
    """A phase in which nothing is open any more."""

    place: int
    title: str
    again: bool
    """Whether it was complete before, and tasks of it had been taken back."""

    last_task: int = 0
    """The id of the task that ends it."""

    known_by: tuple[int, ...] = ()
    """The ids of all its tasks: what it is known by when its pack ends it by another one."""


@dataclass(frozen=True)
class Finished:
    """What an act of a member has newly finished."""

    journey_id: int
    guild_id: int
    member_id: int
    role: str
    """The pack's slug."""

    role_title: str
    at: datetime
    tasks: tuple[Task, ...]
    """As they are now; those whose `first_done_at` is `at` are done for the first time."""

    phases: tuple[FinishedPhase, ...]
    is_over: bool
    """Whether nothing of the journey is open any more."""


@dataclass(frozen=True)
class TakenBack:
    """What an act of a member has opened again."""

    journey_id: int
    guild_id: int
    member_id: int
    role: str
    """The pack's slug."""

    phases: tuple["Phase", ...]
    """Those that were complete, as they were."""

    was_over: bool
    """Whether nothing of the journey was open before."""


class NoJourney(MemberError):
    """A member who isn't on a journey wants to change or see one."""

    def __init__(self) -> None:
        super().__init__(_("You aren't on a journey here yet. `/journey start` begins one."))


class NotShown(MemberError):
    """Somebody else's journey, if there is one, isn't shown to the server."""

    def __init__(self) -> None:
        super().__init__(_("There is no journey to see: members choose whether theirs is shown."))


class JourneyRuns(MemberError):
    """A second journey is to begin in a server."""

    def __init__(self, title: str) -> None:
        text = _("You are on your way to {role} already. `/journey switch` changes the career.")
        super().__init__(text.format(role=title))


class SameCareer(MemberError):
    """A switch to the career of the journey that is under way."""

    def __init__(self) -> None:
        super().__init__(_("That is the career you are on. `/journey pace` changes its dates."))


class JourneyChanged(MemberError):
    """A button is about a journey that isn't under way any more."""

    def __init__(self) -> None:
        super().__init__(_("That journey isn't under way any more. See `/journey show`."))


class NoSuchTask(MemberError):
    """A task that isn't, or no longer, on the journey."""

    def __init__(self) -> None:
        super().__init__(_("That task isn't on your journey any more. See `/journey show`."))


class AlreadyPaused(MemberError):
    """A journey that rests is to rest."""

    def __init__(self) -> None:
        super().__init__(_("Your journey rests already. `/journey resume` ends that."))


class NothingPaused(MemberError):
    """A journey that doesn't rest is to go on."""

    def __init__(self) -> None:
        super().__init__(_("Your journey isn't resting. `/journey show` has its dates."))


class PauseTooLong(MemberError):
    """A rest of more than a year."""

    def __init__(self) -> None:
        text = _("A rest may have {count} days. Leave the day out to rest until you resume.")
        super().__init__(text.format(count=LONGEST_PAUSE))


class DayNotAhead(MemberError):
    """A target or a return that isn't after today."""

    def __init__(self) -> None:
        super().__init__(_("That day isn't after today. Try “in 20 weeks” or “1 june 2027”."))


class NotOneDay(MemberError):
    """A repeat where one day is asked for."""

    def __init__(self) -> None:
        super().__init__(_("I need one day here, such as “in 20 weeks” or “1 june 2027”."))
