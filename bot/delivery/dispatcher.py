"""Sending what is due: claim and commit, send, settle and commit.

No connection to the database is held over a send. A row whose process dies in between is due
again when its lease ends, and is sent with the nonce it had.
"""

import asyncio
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery import queue, retention, store
from bot.delivery.model import CatchUp, Delivery, Reason, Schedule, TargetKind
from bot.delivery.outcomes import (
    Held,
    Lapsed,
    Outcome,
    Policy,
    Retry,
    Sent,
    Undeliverable,
    Unwanted,
    is_certain,
)
from bot.delivery.planner import Planner
from bot.delivery.settlement import Result, Settlement
from bot.store.database import Database
from bot.store.errors import is_outage
from bot.when.recurrence import next_occurrence

SHORTEST_RECURRENCE = timedelta(hours=1)
FIRST_WAIT_FOR_STORE_S = 0.5
LONGEST_WAIT_FOR_STORE_S = 15.0
SLOW_STORE_S = 2.0
BEGUN_AT_ONCE = 10

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Claim:
    """A row that is ours to send."""

    delivery: Delivery
    tried_before: datetime | None
    """When an earlier try began of which we don't know how it ended."""

    instead: Lapsed | Held | None
    """What comes of it without sending: its time is over, or its server is paused."""


class Sender(Protocol):
    """Posts deliveries; knows Discord, while the dispatcher knows none of it."""

    async def send(self, delivery: Delivery) -> Outcome:
        """Post it with its nonce."""
        ...

    async def find(self, delivery: Delivery) -> Sent | Retry | Undeliverable | None:
        """Look for the message that an earlier try may have posted; None if there is none."""
        ...


class Dispatcher:
    """Works off the queue. One at a time runs in a process; processes share by leases."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        planner: Planner,
        sender: Sender,
        policy: Policy | None = None,
    ) -> None:
        self.owner = secrets.token_hex(8)
        self.policy = policy or Policy()
        self.settlement = Settlement(planner, clock, self.policy, self.owner)
        self._database = database
        self._clock = clock
        self._planner = planner
        self._sender = sender
        self._turn = asyncio.Lock()
        self._sending: dict[asyncio.Task[Result], int] = {}
        self._news = asyncio.Event()
        self._stopping = False

    def nudge(self) -> None:
        """Let a run under way look at the queue again."""
        self._news.set()

    async def run_due(self) -> int:
        """Send what is due until nothing due is left; return how many rows were settled.

        An unusable database is waited for; nothing is forgotten meanwhile.
        """
        async with self._turn:
            count, results = 0, list[Result]()
            while True:
                claims = await self._exchanged(results)
                count += len(results)
                await self._begin(claims)
                if not self._sending:
                    return count
                results = await self._some_results()

    async def _begin(self, claims: Sequence[Claim]) -> None:
        """Begin to send, a few at a time, so that a burst doesn't hold the event loop."""
        for number, claim in enumerate(claims, 1):
            self._sending[asyncio.create_task(self._attempt(claim))] = claim.delivery.id
            if number % BEGUN_AT_ONCE == 0:
                await asyncio.sleep(0)

    async def stop(self, within_s: float) -> None:
        """Claim nothing more, and let what is under way end and be settled."""
        self._stopping = True
        self.nudge()
        try:
            async with asyncio.timeout(within_s), self._turn:
                pass
        except TimeoutError:
            log.warning("deliveries took too long to end; the next start finds out about them")
            for task in self._sending:
                task.cancel()

    async def earliest(self) -> datetime | None:
        """Return when the queue next wants attention."""
        async with self._database.reading() as session:
            return await queue.earliest(session)

    async def forget_settled(self) -> None:
        """Erase what was settled long ago."""
        count = await retention.forget_settled(self._database, self._clock.now())
        if count:
            log.info("old deliveries forgotten", count=count)

    async def clock_was_set_back(self) -> None:
        """Bring near again what was leased or put off by the clock as it was before."""
        now = self._clock.now()
        async with self._database.writing() as session:
            await queue.bring_back(
                session, self._lease_end(), now + timedelta(seconds=self.policy.longest_backoff_s)
            )

    async def _exchanged(self, results: Sequence[Result]) -> list[Claim]:
        """Settle results and claim what is due, waiting for as long as the database fails."""
        wait_s = 0.0
        while True:
            begun = time.monotonic()
            try:
                async with self._database.writing() as session:
                    claims = await self._exchange(session, results)
            except Exception as error:
                if not is_outage(error):
                    raise
                wait_s = min(max(wait_s * 2, FIRST_WAIT_FOR_STORE_S), LONGEST_WAIT_FOR_STORE_S)
                log.warning("the database fails; trying again", error=_short(error), in_s=wait_s)
                await asyncio.sleep(wait_s)
            else:
                took_s = time.monotonic() - begun
                if took_s > SLOW_STORE_S:
                    log.warning("the database was slow or locked", for_s=round(took_s, 1))
                if wait_s:
                    log.info("the database works again", settled=len(results))
                return claims

    async def _exchange(self, session: AsyncSession, results: Sequence[Result]) -> list[Claim]:
        await self.settlement.settle(session, results)
        under_way = list(self._sending.values())
        await queue.renew(session, self.owner, self._lease_end(), under_way)
        room = self.policy.parallel - len(under_way)
        if self._stopping or room <= 0:
            return []
        now = self._clock.now()
        claimed = await queue.claim(
            session, self.owner, now, self._lease_end(), room, excluded=under_way
        )
        return await self._judged(session, claimed, now)

    async def _judged(
        self, session: AsyncSession, claimed: Sequence[queue.Claimed], now: datetime
    ) -> list[Claim]:
        """Return the claims of rows, with what ends those whose time is over."""
        rows = [each.delivery for each in claimed]
        overdue = [row for row in rows if row.late_by(now) >= SHORTEST_RECURRENCE]
        repeating = {row.schedule_id for row in overdue if row.schedule_id is not None}
        schedules = await store.schedules_by_id(session, sorted(repeating))
        return [
            Claim(
                replace(row, tried_at=row.tried_at or now),
                row.tried_at,
                _paused(row, each.paused_until)
                or self._lapsed(row, schedules.get(row.schedule_id or 0), now),
            )
            for row, each in zip(rows, claimed, strict=True)
        ]

    def _lapsed(self, row: Delivery, schedule: Schedule | None, now: datetime) -> Lapsed | None:
        if now >= row.expires:
            return Lapsed(Reason.LATE)
        kind = self._planner.kinds.get(row.kind)
        if kind is None or kind.catch_up is not CatchUp.NEWEST or schedule is None:
            return None
        newer = next_occurrence(schedule.recurrence, row.due)
        return Lapsed(Reason.SUPERSEDED) if newer and newer <= now else None

    async def _attempt(self, claim: Claim) -> Result:
        """Make one try; an error of ours is a reason to try again, but not for ever."""
        delivery = claim.delivery
        try:
            outcome = await self._outcome(claim)
        except Exception:
            log.exception("a delivery failed on an error of ours", delivery=delivery.id)
            last = delivery.attempts + 1 >= self.policy.tries_of_broken
            outcome = Undeliverable(Reason.BROKEN) if last else Retry(Reason.BROKEN)
        if is_certain(outcome):
            delivery = replace(delivery, tried_at=claim.tried_before)
        return delivery, outcome

    async def _outcome(self, claim: Claim) -> Outcome:
        looked, delivery = False, claim.delivery
        if claim.tried_before and (claim.instead or self._forgotten(claim.tried_before)):
            found, looked = await self._sender.find(delivery), True
            if found is not None:
                return found
            delivery = replace(delivery, tried_at=self._clock.now())  # as if for the first time
        outcome = claim.instead or await self._sender.send(delivery)
        if claim.tried_before and not looked and _may_be_there(outcome):
            # An earlier try may have arrived: before it is posted elsewhere, see.
            return await self._sender.find(claim.delivery) or outcome
        return outcome

    def _forgotten(self, tried_at: datetime) -> bool:
        """Return whether Discord may have forgotten the nonce of a try; also if time ran back."""
        age_s = (self._clock.now() - tried_at).total_seconds()
        return not 0 <= age_s < self.policy.nonce_memory_s

    async def _some_results(self) -> list[Result]:
        """Wait for sends to end, for news, or until leases want renewing."""
        news = asyncio.create_task(self._news.wait())
        await asyncio.wait(
            {*self._sending, news},
            timeout=self.policy.lease_s / 3,
            return_when=asyncio.FIRST_COMPLETED,
        )
        news.cancel()
        self._news.clear()
        done = [task for task in self._sending if task.done()]
        for task in done:
            del self._sending[task]
        return [task.result() for task in done]

    def _lease_end(self) -> datetime:
        return self._clock.now() + timedelta(seconds=self.policy.lease_s)


def _paused(row: Delivery, until: datetime | None) -> Lapsed | Held | None:
    """Return what a server's pause means: repeats are skipped, anything else waits for its end."""
    if until is None or row.target.kind is not TargetKind.CHANNEL:
        return None
    return Held(until) if row.schedule_id is None else Lapsed(Reason.PAUSED)


def _may_be_there(outcome: Outcome) -> bool:
    """Return whether what an earlier try posted could still be read where this one failed.

    What isn't wanted any more may be there too: its feature hears of it, to take it off.
    """
    if isinstance(outcome, Unwanted):
        return True
    return isinstance(outcome, Undeliverable) and outcome.reason is not Reason.CHANNEL_GONE


def _short(error: BaseException) -> str:
    """Return an error in one line, without the statement and its values."""
    return f"{type(error).__name__}: {getattr(error, 'orig', None) or error}"
