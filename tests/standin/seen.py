"""What a message stand-in has seen: the messages it created, and each request's outcome."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a request; one that met a fault may have two."""

    ACCEPTED = "accepted"
    DEDUPLICATED = "deduplicated"
    DONE = "done"
    """Read, edited, deleted, or a DM channel opened."""

    REJECTED = "rejected"
    """Answered with an error that isn't a 429 and no fault."""

    TOO_MANY = "too_many"
    """Every 429, by a fault or by a limit."""

    OVER_LIMIT = "over_limit"
    """A 429 by a limit."""

    REFUSED = "refused"
    SERVER_ERRORS = "server_errors"
    DROPPED = "dropped"
    LATE_ERRORS = "late_errors"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that was created. `at` is of the monotonic clock, `wall` Unix time (seconds)."""

    id: int
    channel: int
    nonce: str | None
    text: str
    """Its first text display, or its content."""

    at: float
    wall: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what became of it. `at` is of the monotonic clock."""

    at: float
    method: str
    path: str
    outcomes: tuple[Outcome, ...]
