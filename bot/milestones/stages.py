"""An application's way: saved, applied, interview, offer, closed; and how many came how far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CORRECTED_WITHIN = timedelta(minutes=10)
"""A change so soon after the last one corrects it instead of following it."""

MOST_STEPS = 40
"""Steps of an application that are kept; beyond them, the newest ones."""


class Stage(StrEnum):
    """Where an application stands, in order."""

    SAVED = "saved"
    APPLIED = "applied"
    INTERVIEW = "interview"
    OFFER = "offer"
    CLOSED = "closed"

    @property
    def rank(self) -> int:
        """The place in the order, from 0."""
        return list(Stage).index(self)


UNDER_WAY = (Stage.SAVED, Stage.APPLIED, Stage.INTERVIEW, Stage.OFFER)


class Outcome(StrEnum):
    """How an application was closed."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NO_ANSWER = "no answer"


@dataclass(frozen=True)
class Step:
    """A stage, and when it was noted (UTC)."""

    stage: Stage
    at: datetime


Steps = tuple[Step, ...]


def moved(steps: Steps, stage: Stage, at: datetime) -> Steps:
    """Return the steps after a move to any stage; to the present one changes nothing.

    A later step within ten minutes corrects the last one. The first step is never corrected away.
    """
    if steps and steps[-1].stage is stage:
        return steps
    kept = steps[:-1] if _is_corrected(steps, at) else steps
    if kept and kept[-1].stage is stage:
        return kept
    return (*kept, Step(stage, at))[-MOST_STEPS:]


def reached(steps: Steps) -> Stage:
    """Return the stage that an application is in or, closed, was in before.

    One that was closed from the start had been sent.
    """
    open_ones = [step.stage for step in steps if step.stage is not Stage.CLOSED]
    return open_ones[-1] if open_ones else Stage.APPLIED


def _is_corrected(steps: Steps, at: datetime) -> bool:
    return len(steps) > 1 and at - steps[-1].at < CORRECTED_WITHIN


@dataclass(frozen=True)
class Counted:
    """How many applications stand alike."""

    stage: Stage
    reached: Stage
    outcome: Outcome | None
    count: int


@dataclass(frozen=True)
class Funnel:
    """How many applications there are, and how far they came."""

    reached: Mapping[Stage, int]
    """How many came at least as far as each stage under way."""

    standing: Mapping[Stage, int]
    """How many stand in each stage now."""

    outcomes: Mapping[Outcome | None, int]
    """How the closed ones ended; None where that wasn't said."""

    @property
    def total(self) -> int:
        """All of them."""
        return self.reached[Stage.SAVED]

    @property
    def sent(self) -> int:
        """How many were sent: each is effort, however it ended."""
        return self.reached[Stage.APPLIED]


def funnel(counted: Iterable[Counted]) -> Funnel:
    """Return the funnel of applications."""
    rows = [*counted]
    closed = [row for row in rows if row.stage is Stage.CLOSED]
    endings: tuple[Outcome | None, ...] = (*Outcome, None)
    return Funnel(
        reached={
            stage: sum(row.count for row in rows if row.reached.rank >= stage.rank)
            for stage in UNDER_WAY
        },
        standing={stage: sum(row.count for row in rows if row.stage is stage) for stage in Stage},
        outcomes={
            outcome: sum(row.count for row in closed if row.outcome is outcome)
            for outcome in endings
        },
    )
