"""A member's milestones in a server."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.errors import MemberError
from bot.i18n import _
from bot.milestones.progress import Progress
from bot.milestones.stages import Funnel, Outcome, Stage, Steps

MOST_OPEN = 200
"""Open ones of a member in a server."""

MOST_KEPT = 1000
"""Open and done ones of a member in a server."""

MAX_TITLE = 100
MAX_NOTE = 1000
MAX_CATEGORY = 50
MAX_NEXT_STEP = 200
"""Characters."""

KEY = "milestone:"

KEPT_FOR = timedelta(days=1)
"""How long a removed one can be brought back."""


def id_in(text: str) -> int | None:
    """Return the id that a key names, None if the text is no key."""
    number = text.removeprefix(KEY)
    is_key = text.startswith(KEY) and number.isascii() and number.isdigit()
    return int(number) if is_key and len(number) < len(str(2**63)) else None


class Kind(StrEnum):
    """What a milestone is."""

    GOAL = "goal"
    APPLICATION = "application"
    INTERVIEW = "interview"
    OFFER = "offer"


class Visibility(StrEnum):
    """Who sees a milestone in its server."""

    ME = "me"
    SERVER = "server"


class State(StrEnum):
    """How a milestone stands."""

    OPEN = "open"
    DONE = "done"
    REMOVED = "removed"


@dataclass(frozen=True)
class Details:
    """What a member says of a milestone; dates are their local ones."""

    title: str
    kind: Kind = Kind.GOAL
    note: str = ""
    due: date | None = None
    category: str = ""
    visibility: Visibility = Visibility.ME
    progress: Progress | None = None
    next_step: str = ""
    """What is to be done next for an application."""

    next_on: date | None = None

    @property
    def name(self) -> str:
        """The title as titles are compared."""
        return self.title.casefold()[:MAX_TITLE]

    def private_if_must_be(self) -> "Details":
        """Return it private unless it is a goal: the pipeline is nobody else's business."""
        return self if self.kind is Kind.GOAL else replace(self, visibility=Visibility.ME)


@dataclass(frozen=True)
class Milestone:
    """A milestone; all instants are UTC."""

    id: int
    guild_id: int
    member_id: int
    details: Details
    created_at: datetime
    changed_at: datetime
    done_at: datetime | None = None
    was_done_at: datetime | None = None
    """When it was done before it was opened again."""

    times_done: int = 0
    removed_at: datetime | None = None
    stage: Stage | None = None
    """Of applications only."""

    stage_since: datetime | None = None
    outcome: Outcome | None = None
    reminder_id: int | None = None

    @property
    def state(self) -> State:
        """How it stands."""
        if self.removed_at is not None:
            return State.REMOVED
        return State.OPEN if self.done_at is None else State.DONE

    @property
    def is_achieved(self) -> bool:
        """Whether it is done, and not an application that wasn't accepted."""
        achieved = self.details.kind is not Kind.APPLICATION or self.outcome is Outcome.ACCEPTED
        return self.state is State.DONE and achieved

    @property
    def key(self) -> str:
        """How it is named where a title could be ambiguous."""
        return f"{KEY}{self.id}"

    def finished(self) -> "FinishedMilestone":
        """Return what observers are told. Raises ValueError if it isn't done."""
        if self.done_at is None:
            raise ValueError(f"milestone {self.id} is not done")
        return FinishedMilestone(
            milestone_id=self.id,
            guild_id=self.guild_id,
            member_id=self.member_id,
            kind=self.details.kind,
            title=self.details.title,
            visibility=self.details.visibility,
            at=self.done_at,
            times=self.times_done,
        )


@dataclass(frozen=True)
class FinishedMilestone:
    """What observers are told when one is done, or opened again.

    An application is told of only if it was accepted: any other end is its member's alone.
    """

    milestone_id: int
    guild_id: int
    member_id: int
    kind: Kind
    title: str
    visibility: Visibility
    at: datetime
    """When it was done."""

    times: int
    """1 the first time; more if it was opened again and done once more."""


@dataclass(frozen=True)
class Whose:
    """A member in one server: nothing is known of them beyond it."""

    guild_id: int
    member_id: int


@dataclass(frozen=True)
class Wanted:
    """Which milestones are meant; None means all. Removed ones never are."""

    kind: Kind | None = None
    state: State | None = None
    visibility: Visibility | None = None


@dataclass(frozen=True)
class Seen:
    """A milestone as its member sees it today, with the steps of an application."""

    milestone: Milestone
    today: date
    steps: Steps = ()
    problems: tuple[str, ...] = ()
    """What was typed and couldn't be understood; the rest was kept."""


@dataclass(frozen=True)
class Page:
    """Milestones of a page, and how many there are in all."""

    milestones: tuple[Milestone, ...]
    total: int
    today: date
    number: int = 0
    """From 0."""


@dataclass(frozen=True)
class Pipeline:
    """A member's applications, and their interviews and offers noted for themselves."""

    funnel: Funnel
    under_way: tuple[Milestone, ...]
    """Open applications, the furthest first."""

    others: tuple[Milestone, ...]
    """Open interviews and offers, soonest first."""

    today: date
    done: dict[Kind, int] = field(default_factory=dict[Kind, int])
    """How many interviews and offers are done."""


class MilestoneGone(MemberError):
    """The milestone was removed, or there is none like that."""

    def __init__(self) -> None:
        super().__init__(_("That milestone is gone. `/milestone list` shows the ones you have."))


class NotYourMilestone(MemberError):
    """Somebody pressed a button of another member's milestone."""

    def __init__(self) -> None:
        super().__init__(_("That's somebody else's milestone. `/milestone add` makes your own."))


class NothingToUndo(MemberError):
    """Nothing was done or removed lately."""

    def __init__(self) -> None:
        text = _("There is nothing to undo: none is done, and none was removed in the last day.")
        super().__init__(text)


class NotAnApplication(MemberError):
    """Only applications have stages."""

    def __init__(self) -> None:
        super().__init__(_("Only applications have stages. Add one with `kind: application`."))


class MilestoneUnclear(MemberError):
    """No milestone, or several, have a title like what was typed."""

    def __init__(self) -> None:
        text = _(
            "I don't know which milestone that is. Pick one from the list while you type, or "
            "see `/milestone list`."
        )
        super().__init__(text)


class TooManyMilestones(MemberError):
    """A member has as many as they may."""

    def __init__(self, most: int) -> None:
        if most == MOST_OPEN:
            text = _("You have {count} open milestones here. Finish or remove one, then add more.")
        else:
            text = _(
                "You have {count} milestones here, done ones included, which is the most I keep. "
                "Remove some that you don't need; `/milestone export` keeps a copy."
            )
        super().__init__(text.format(count=most))
