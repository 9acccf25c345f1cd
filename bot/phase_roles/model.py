"""Discord roles that are given for finished phases, and what can be in the way.

The rules are explained in docs/journeys.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.delivery.model import CatchUp, Kind, Urgency
from bot.errors import MemberError
from bot.guilds.model import NOWHERE, Trouble
from bot.i18n import _, later

PHASE_ROLE = Kind(
    "phase_role", timedelta(days=1), CatchUp.EACH, Urgency.RELAXED, title=later("Phase roles")
)
"""Gives a member a role, or takes it back."""

MOST_RULES = 20
"""A server may have so many: they fit on one card."""

WINDOW = 50
"""Grants of one server that are in the queue at once: thousands at once would slow it down."""

LOST_AFTER = timedelta(days=2)
"""When what is in the queue surely isn't any more, as its delivery has expired."""

BACK_WITHIN = timedelta(days=7)
"""How long a removed one can be brought back."""


class State(StrEnum):
    """Where a member's role is on its way."""

    WAITING = "waiting"
    """Something is to be done, and will be planned."""

    PLANNED = "planned"
    DONE = "done"
    STUCK = "stuck"
    """Somebody has to mend something first."""

    LEFT = "left"
    """Its member has left the server; it goes on when they are back."""


class Hindrance(StrEnum):
    """Why a role can't be given or taken."""

    GONE = "role_gone"
    ABOVE = "role_above"
    NOT_ALLOWED = "no_manage_roles"
    RISKY = "role_risky"
    """It has got permissions that no bot should hand out."""

    FACILITATORS = "role_facilitators"
    """Whoever has it may do with Waymark what facilitators may."""

    REFUSED = "role_refused"
    """Discord refuses, and nothing of the above is why."""


@dataclass(frozen=True)
class Prize:
    """What is given for what."""

    role: str
    """The career's slug."""

    phase: str | None
    """The phase's title; None for the whole journey."""

    role_id: int
    """The Discord role."""


@dataclass(frozen=True)
class Rule:
    """A prize that a server's managers have chosen."""

    id: int
    guild_id: int
    prize: Prize
    set_by: int | None
    removed_at: datetime | None = None


@dataclass(frozen=True)
class Grant:
    """What a member has earned by a rule, and has been given."""

    id: int
    guild_id: int
    member_id: int
    rule_id: int
    earned: bool
    """Whether the phase is finished now."""

    role_id: int | None
    """The role that Waymark has given, or was about to give; never one they had already."""

    state: State
    version: int
    """Counts what was planned, so that no older outcome is written down."""


@dataclass(frozen=True)
class Step:
    """What is to be done for a member."""

    grant: Grant
    rule: Rule
    give: int | None
    take: int | None

    @property
    def is_resumed(self) -> bool:
        """Whether the role may have been given by a try of which nothing was heard."""
        return self.give is not None and self.grant.role_id == self.give


@dataclass(frozen=True)
class StuckRole:
    """A role that can't be given, or taken, by a rule; the rule may give another one by now."""

    rule: Rule
    role_id: int


@dataclass(frozen=True)
class Standing:
    """A rule, and how many members have or await its role."""

    rule: Rule
    given: int
    on_the_way: int
    stuck: int


def step(grant: Grant, rule: Rule, *, kept: bool) -> Step:
    """Return what is to be done: nothing, giving, taking back, or one role for another.

    `kept` says that the role that was given is earned by another rule too.
    """
    if grant.earned and rule.removed_at is not None:
        return Step(grant, rule, give=None, take=None)  # who has it keeps it
    give = rule.prize.role_id if grant.earned else None
    take = grant.role_id if grant.role_id != give and not kept else None
    return Step(grant, rule, give, take)


def trouble(rule: Rule, hindrance: str = "") -> Trouble:
    """Return what managers are told while a rule's role can't be given."""
    return Trouble(
        target=NOWHERE,
        kind=PHASE_ROLE.name,
        reason=hindrance,
        guild_id=rule.guild_id,
        configured_by=rule.set_by,
        subject_id=rule.id,
    )


class RuleGone(MemberError):
    """A role for a phase that was removed, or never was."""

    def __init__(self) -> None:
        super().__init__(_("No role is given for that. `/phase-roles list` shows what there is."))


class TooManyRules(MemberError):
    """A server gives roles for as many phases as it may."""

    def __init__(self) -> None:
        text = _(
            "A server gives roles for {count} phases at most. `/phase-roles remove` one first."
        )
        super().__init__(text.format(count=MOST_RULES))


class NoSuchPhase(MemberError):
    """A career's roadmap has no phase of that name."""

    def __init__(self) -> None:
        super().__init__(_("That career has no such phase. Pick one from the list while you type."))
