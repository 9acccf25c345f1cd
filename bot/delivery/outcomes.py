"""How a try to send can end, and when the next one comes."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.model import Delivery, Reason


@dataclass(frozen=True)
class Sent:
    """Discord has it; the message's id is None where it was deleted meanwhile."""

    message_id: int | None


@dataclass(frozen=True)
class Retry:
    """It may work later. `maybe_sent`: the message may exist though no answer came."""

    reason: Reason
    after_s: float | None = None
    maybe_sent: bool = True


@dataclass(frozen=True)
class Undeliverable:
    """It won't work by itself: somebody has to mend something, or it goes to its fallback."""

    reason: Reason


@dataclass(frozen=True)
class Unwanted:
    """What it was about is no longer there, or no longer wants to be posted."""

    reason: Reason = Reason.UNWANTED


@dataclass(frozen=True)
class Lapsed:
    """Its time is over: too late, or a newer occurrence takes its place."""

    reason: Reason


@dataclass(frozen=True)
class Held:
    """The server is paused: it waits until then."""

    until: datetime


def is_certain(outcome: "Outcome") -> bool:
    """Return whether the try that ended so has surely posted nothing."""
    return not isinstance(outcome, Sent) and not (isinstance(outcome, Retry) and outcome.maybe_sent)


Outcome = Sent | Retry | Undeliverable | Unwanted | Lapsed | Held


@dataclass(frozen=True)
class Policy:
    """The dispatcher's figures, in seconds unless said otherwise."""

    lease_s: float = 20.0
    """How long a claim holds; renewed while its send is under way."""

    nonce_memory_s: float = 60.0
    """How long we trust Discord to remember a nonce: its documentation says "a few minutes"."""

    first_backoff_s: float = 2.0
    longest_backoff_s: float = 600.0
    tries_of_broken: int = 5
    """How often a delivery is tried whose text can't be built or that raises an error of ours."""

    parallel: int = 100
    """Sends under way at once, each to another channel."""

    failures_to_pause: int = 3


def next_try(delivery: Delivery, retry: Retry, now: datetime, policy: Policy) -> datetime:
    """Return when to try again: exponential backoff with jitter, never after the expiry.

    Half of each wait is random, so that what failed together doesn't come back together
    (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/).
    """
    longest = min(
        policy.longest_backoff_s, policy.first_backoff_s * 2.0 ** min(delivery.attempts, 20)
    )
    wait_s = longest * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
    wait_s = max(wait_s, retry.after_s or 0.0)
    return min(now + timedelta(seconds=wait_s), delivery.expires)
