"""Planning what is to be posted, within the unit of work of whoever plans it."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery import store
from bot.delivery.kinds import Kinds
from bot.delivery.model import (
    CatchUp,
    Delivery,
    Kind,
    Plan,
    Reason,
    Schedule,
    SchedulePlan,
    ScheduleState,
    State,
    Target,
)
from bot.store.database import after_commit, on_postgres
from bot.when.recurrence import Recurrence, latest_occurrence, next_occurrence

CHANNEL = "waymark_deliveries"
"""PostgreSQL's notification channel; its payload is the earliest instant that changed, in ISO."""

NONCE_BITS = 63


class Planner:
    """Writes deliveries and schedules; after the commit it tells when the queue wants attention."""

    def __init__(self, clock: Clock, kinds: Kinds) -> None:
        self._clock = clock
        self.kinds = kinds
        self.listeners: list[Callable[[datetime], None]] = []

    async def plan(self, session: AsyncSession, plan: Plan) -> Delivery | None:
        """Plan one delivery; None if what it means is planned or was sent already."""
        planned = await self.plan_all(session, [plan])
        return planned[0] if planned else None

    async def plan_all(self, session: AsyncSession, plans: Sequence[Plan]) -> list[Delivery]:
        """Plan many deliveries at once; those whose intent is known already are left out."""
        return await self.insert(session, [self._row(plan) for plan in plans])

    async def insert(
        self, session: AsyncSession, rows: Sequence[Mapping[str, Any]]
    ) -> list[Delivery]:
        """Insert rows of the queue, as `following` returns them; leave out known intents."""
        planned = await store.insert_deliveries(session, rows)
        if planned:
            await self.announce(session, min(row.due for row in planned))
        return planned

    async def begin(self, session: AsyncSession, plan: SchedulePlan) -> Schedule:
        """Begin a schedule and plan its next occurrence."""
        schedule = await store.insert_schedule(
            session,
            {
                "kind": plan.kind,
                "subject_id": plan.subject_id,
                "guild_id": plan.guild_id,
                "configured_by": plan.configured_by,
                "state": ScheduleState.ACTIVE.value,
                **store.target_columns(plan.target),
                **store.recurrence_columns(plan.recurrence),
            },
        )
        return await self._go_on(session, schedule)

    async def edit(
        self,
        session: AsyncSession,
        schedule_id: int,
        *,
        recurrence: Recurrence | None = None,
        target: Target | None = None,
    ) -> Schedule | None:
        """Change a schedule: what is pending is cancelled and its next occurrence planned anew."""
        schedule = await self._locked(session, schedule_id)
        if schedule is None:
            return None
        changed = replace(
            schedule,
            recurrence=recurrence or schedule.recurrence,
            target=target or schedule.target,
            version=schedule.version + 1,
            failures=0,
        )
        await store.update_schedule(
            session,
            schedule_id,
            {
                "version": changed.version,
                "failures": 0,
                **store.target_columns(changed.target),
                **store.recurrence_columns(changed.recurrence),
            },
        )
        await store.cancel_pending(session, schedule_id, self._clock.now())
        paused = changed.state is ScheduleState.PAUSED
        return changed if paused else await self._go_on(session, changed)

    async def pause(
        self, session: AsyncSession, schedule_id: int, reason: Reason = Reason.PAUSED
    ) -> None:
        """Stop a schedule until it is resumed; what is pending is cancelled."""
        values = {"state": ScheduleState.PAUSED.value, "reason": reason.value}
        await store.update_schedule(session, schedule_id, values)
        await store.cancel_pending(session, schedule_id, self._clock.now())

    async def resume(self, session: AsyncSession, schedule_id: int) -> Schedule | None:
        """Let a paused schedule go on with its next occurrence; what was missed stays missed."""
        schedule = await self._locked(session, schedule_id)
        return schedule and await self._go_on(session, replace(schedule, failures=0))

    async def end(self, session: AsyncSession, schedule_id: int) -> None:
        """End a schedule; what is pending is cancelled. It is kept for a while, to be resumed."""
        now = self._clock.now()
        ended = {"state": ScheduleState.ENDED.value, "reason": Reason.CANCELLED.value}
        await store.update_schedule(session, schedule_id, ended | {"ended_at": now})
        await store.cancel_pending(session, schedule_id, now)

    async def cancel(self, session: AsyncSession, delivery_id: int) -> bool:
        """Cancel a delivery that isn't settled; return whether there was one to cancel.

        Its schedule, if it has one, goes on with the next occurrence.
        """
        found = await store.delivery_by_id(session, delivery_id)
        schedule_id = found and found.schedule_id
        schedule = await self._locked(session, schedule_id) if schedule_id is not None else None
        cancelled = await store.cancel(session, delivery_id, self._clock.now())
        if cancelled and schedule and schedule.version == cancelled.schedule_version:
            await self._go_on(session, schedule, after=cancelled.due)
        return cancelled is not None

    async def cancel_about(
        self, session: AsyncSession, kind: str, subject_id: int, *, alone_only: bool = False
    ) -> None:
        """Cancel what is pending about a thing of a feature; its schedules don't go on by that.

        `alone_only` leaves the rows of schedules, so that these do go on.
        """
        now = self._clock.now()
        await store.cancel_subject(session, kind, subject_id, now, alone_only=alone_only)

    async def retry(self, session: AsyncSession, delivery_id: int) -> Delivery | None:
        """Queue a failed or expired delivery again, now; None if it isn't one.

        It may be as late as its kind allows, counted from now. Where the message may exist, it is
        looked for first, unless that was tried in vain: then a person has decided.
        """
        delivery = await store.delivery_by_id(session, delivery_id)
        kind = delivery and self.kinds.get(delivery.kind)
        if delivery is None or kind is None or delivery.state not in (State.FAILED, State.EXPIRED):
            return None
        now = self._clock.now()
        values: dict[str, Any] = {
            "state": State.WAITING.value,
            "next_try": now,
            "expires": now + kind.expires_after,
            "attempts": 0,
            "settled_at": None,
            "reason": None,
        }
        if delivery.tried_at is None or delivery.reason == Reason.UNCONFIRMED:
            values |= {"nonce": new_nonce(), "tried_at": None}
        await store.update_delivery(session, delivery_id, values)
        await self.announce(session, now)
        return replace(delivery, state=State.WAITING, next_try=now)

    def following(self, schedule: Schedule, after: datetime) -> dict[str, Any] | None:
        """Return the row of the next occurrence after `after`, or None when the rule has ended.

        Of missed occurrences the kind's rule says which count: those that have expired don't.
        """
        kind = self.kinds.get(schedule.kind)
        due = kind and self._next_due(schedule.recurrence, kind, after)
        if kind is None or due is None:
            return None
        return self._occurrence(schedule, kind, due)

    async def _go_on(
        self, session: AsyncSession, schedule: Schedule, after: datetime | None = None
    ) -> Schedule:
        """Make a schedule active and plan what comes now, never what came before."""
        last = await store.last_due(session, schedule.id)
        now = self._clock.now()
        row = self.following(schedule, max(filter(None, (after, last, now))))
        state = ScheduleState.ACTIVE if row else ScheduleState.ENDED
        values = {
            "state": state.value,
            "reason": None,
            "failures": schedule.failures,
            "ended_at": None,
        }
        await store.update_schedule(session, schedule.id, values)
        await self.insert(session, [row] if row else [])
        return replace(schedule, state=state, reason=None)

    def _next_due(self, recurrence: Recurrence, kind: Kind, after: datetime) -> datetime | None:
        now = self._clock.now()
        after = max(after, now - kind.expires_after)
        newest = None
        if kind.catch_up is CatchUp.NEWEST:
            newest = latest_occurrence(recurrence, after, now)
        return newest or next_occurrence(recurrence, after)

    async def _locked(self, session: AsyncSession, schedule_id: int) -> Schedule | None:
        return (await store.schedules_by_id(session, [schedule_id])).get(schedule_id)

    def _row(self, plan: Plan) -> dict[str, Any]:
        return _columns(self.kinds[plan.kind], plan.dedupe_key, plan.due) | {
            "subject_id": plan.subject_id,
            "schedule_id": None,
            "schedule_version": None,
            "guild_id": plan.guild_id,
            "configured_by": plan.configured_by,
            **store.target_columns(plan.target),
        }

    def _occurrence(self, schedule: Schedule, kind: Kind, due: datetime) -> dict[str, Any]:
        wall = due.astimezone(ZoneInfo(schedule.recurrence.zone)).replace(tzinfo=None)
        key = f"{schedule.kind}:schedule:{schedule.id}:{wall.isoformat()}"
        return _columns(kind, key, due) | {
            "subject_id": schedule.subject_id,
            "schedule_id": schedule.id,
            "schedule_version": schedule.version,
            "guild_id": schedule.guild_id,
            "configured_by": schedule.configured_by,
            **store.target_columns(schedule.target),
        }

    async def announce(self, session: AsyncSession, due: datetime) -> None:
        """Once committed, tell this process and, on PostgreSQL, the others."""
        if on_postgres(session):
            notify = text("SELECT pg_notify(:channel, :due)")
            await session.execute(notify, {"channel": CHANNEL, "due": due.isoformat()})
        after_commit(session, lambda: self.heard(due))

    def heard(self, due: datetime) -> None:
        """Tell whoever listens in this process that the queue wants attention at `due`."""
        for listener in self.listeners:
            listener(due)


def new_nonce() -> str:
    """Return a nonce of at most 19 digits; Discord allows 25 characters."""
    return str(secrets.randbits(NONCE_BITS))


def _columns(kind: Kind, dedupe_key: str, due: datetime) -> dict[str, Any]:
    due = due.astimezone(UTC)
    return {
        "kind": kind.name,
        "urgency": kind.urgency.value,
        "dedupe_key": dedupe_key,
        "due": due,
        "expires": due + kind.expires_after,
        "state": State.WAITING.value,
        "next_try": due,
        "nonce": new_nonce(),
        "attempts": 0,
        "fallbacks": 0,
    }
