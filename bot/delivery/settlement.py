"""Writing down how sends ended: rows, schedules, and whoever wants to know."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery import store
from bot.delivery.model import Delivery, Reason, Schedule, ScheduleState, State
from bot.delivery.outcomes import (
    Held,
    Lapsed,
    Outcome,
    Policy,
    Retry,
    Sent,
    Undeliverable,
    Unwanted,
    next_try,
)
from bot.delivery.planner import Planner, new_nonce


@dataclass(frozen=True)
class Settled:
    """A delivery that has come to its end, and how its schedule stands now, if it has one."""

    delivery: Delivery
    schedule: ScheduleState | None = None

    @property
    def troubled(self) -> bool:
        """Whether somebody should know that it wasn't sent."""
        lapsed = self.delivery.attempts > 0 or self.delivery.reason == Reason.LATE
        expired = self.delivery.state is State.EXPIRED and lapsed
        return expired or self.delivery.state is State.FAILED


MAYBE_ARRIVED = (Reason.UNCONFIRMED, Reason.BROKEN)
"""What leaves open whether Discord has the message."""

Observer = Callable[[AsyncSession, Sequence[Settled]], Awaitable[None]]
"""Is told, within the settling transaction, what has come to its end."""

Result = tuple[Delivery, Outcome]


class Settlement:
    """Writes the outcomes of one claim owner's sends, all of a call in one unit of work."""

    def __init__(self, planner: Planner, clock: Clock, policy: Policy, owner: str) -> None:
        self._planner = planner
        self._clock = clock
        self._policy = policy
        self._owner = owner
        self.observers: list[Observer] = []

    async def settle(self, session: AsyncSession, results: Sequence[Result]) -> None:
        """Write down the outcomes of rows that the owner still leases; others have taken the rest.

        A process that stood still for longer than a lease comes with results that no longer count.
        """
        if not results:
            return
        now = self._clock.now()
        schedules = await self._schedules(session, results)
        ids = [delivery.id for delivery, _ in results]
        mine = await store.still_leased(session, self._owner, ids)
        after = [
            await self._after(session, delivery, outcome, now)
            for delivery, outcome in results
            if delivery.id in mine
        ]
        await store.update_leased(session, [_columns(delivery) for delivery in after])
        ended = [delivery for delivery in after if delivery.settled_at is not None]
        states = await self._continue_schedules(session, ended, schedules)
        settled = [Settled(each, states.get(each.schedule_id or 0)) for each in ended]
        for observer in self.observers if settled else ():
            await observer(session, settled)

    async def _after(
        self, session: AsyncSession, delivery: Delivery, outcome: Outcome, now: datetime
    ) -> Delivery:
        """Return the delivery as the outcome leaves it."""
        match outcome:
            case Sent(message_id):
                return _ended(delivery, State.SENT, Reason.SENT, now, message_id)
            case Retry():
                return self._waiting(delivery, outcome, now)
            case Undeliverable(reason):
                return await self._fallen_back(session, delivery, reason, now)
            case Unwanted(reason):
                return _ended(delivery, State.CANCELLED, reason, now)
            case Held(until):
                return replace(
                    delivery,
                    state=State.WAITING,
                    next_try=until,
                    expires=until + (delivery.expires - delivery.due),
                    reason=Reason.PAUSED.value,
                )
            case Lapsed(reason):
                # Tries that failed say more than that it is late now.
                why = Reason(delivery.reason) if delivery.attempts and delivery.reason else reason
                return _ended(delivery, State.EXPIRED, why, now)

    def _waiting(self, delivery: Delivery, retry: Retry, now: datetime) -> Delivery:
        return replace(
            delivery,
            state=State.WAITING,
            next_try=next_try(delivery, retry, now, self._policy),
            attempts=delivery.attempts + 1,
            reason=retry.reason.value,
        )

    async def _fallen_back(
        self, session: AsyncSession, delivery: Delivery, reason: Reason, now: datetime
    ) -> Delivery:
        """Return the delivery on its way to its fallback, or failed for want of one."""
        elsewhere = None
        if reason not in MAYBE_ARRIVED:  # no second one elsewhere
            elsewhere = await self._planner.kinds.fallback(session, delivery, reason)
        if elsewhere is None:
            return _ended(delivery, State.FAILED, reason, now)
        return replace(
            delivery,
            state=State.WAITING,
            target=elsewhere.target,
            guild_id=elsewhere.guild_id,
            fallbacks=delivery.fallbacks + 1,
            nonce=new_nonce(),
            tried_at=None,
            next_try=now,
            attempts=0,
            reason=reason.value,
        )

    async def _schedules(
        self, session: AsyncSession, results: Sequence[Result]
    ) -> Mapping[int, Schedule]:
        """Return the schedules, locked before their rows are, as the planner does."""
        found = (delivery.schedule_id for delivery, _ in results)
        ids = {each for each in found if each is not None}
        return await store.schedules_by_id(session, sorted(ids))

    async def _continue_schedules(
        self,
        session: AsyncSession,
        ended: Sequence[Delivery],
        schedules: Mapping[int, Schedule],
    ) -> dict[int, ScheduleState]:
        """Plan each schedule's next occurrence; return how those schedules stand now."""
        following: list[dict[str, Any]] = []
        states: dict[int, ScheduleState] = {}
        for delivery in ended:
            schedule = schedules.get(delivery.schedule_id or 0)
            if schedule is None or not _goes_on(schedule, delivery):
                continue
            states[schedule.id] = ScheduleState.ACTIVE
            if await self._counted(session, schedule, delivery):
                states[schedule.id] = ScheduleState.PAUSED
            elif row := self._planner.following(schedule, delivery.due):
                following.append(row)
            else:
                states[schedule.id] = ScheduleState.ENDED
                ended_now = {"state": ScheduleState.ENDED.value}
                await store.update_schedule(session, schedule.id, ended_now)
        await self._planner.insert(session, following)
        return states

    async def _counted(self, session: AsyncSession, schedule: Schedule, delivery: Delivery) -> bool:
        """Count failures in a row; return whether they have paused the schedule."""
        failures = schedule.failures + 1 if delivery.state is State.FAILED else 0
        if failures != schedule.failures:
            await store.update_schedule(session, schedule.id, {"failures": failures})
        if failures < self._policy.failures_to_pause:
            return False
        values = {"state": ScheduleState.PAUSED.value, "reason": delivery.reason}
        await store.update_schedule(session, schedule.id, values)
        return True


def _goes_on(schedule: Schedule, delivery: Delivery) -> bool:
    return schedule.state is ScheduleState.ACTIVE and schedule.version == delivery.schedule_version


def _ended(
    delivery: Delivery, state: State, reason: Reason, now: datetime, message_id: int | None = None
) -> Delivery:
    return replace(
        delivery,
        state=state,
        reason=reason.value,
        settled_at=now,
        next_try=None,
        message_id=message_id,
    )


def _columns(delivery: Delivery) -> dict[str, Any]:
    """Return what an outcome may change."""
    return {
        "id": delivery.id,
        "state": delivery.state.value,
        "guild_id": delivery.guild_id,
        "expires": delivery.expires,
        "next_try": delivery.next_try,
        "attempts": delivery.attempts,
        "tried_at": delivery.tried_at,
        "nonce": delivery.nonce,
        "fallbacks": delivery.fallbacks,
        "message_id": delivery.message_id,
        "settled_at": delivery.settled_at,
        "reason": delivery.reason,
        "lease_owner": None,
        **store.target_columns(delivery.target),
    }
