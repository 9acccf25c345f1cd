"""What managers and operators do with the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery import listing, store
from bot.delivery.model import Delivery, Reason, Schedule, ScheduleState, State, Target
from bot.delivery.planner import Planner
from bot.store.database import Database
from bot.store.upsert import upsert

SHOWN = 10


@dataclass(frozen=True)
class Overview:
    """A server's queue at a glance."""

    upcoming: Sequence[Delivery]
    troubled: Sequence[Delivery]
    paused: Sequence[Schedule]
    paused_until: datetime | None
    """Until when nothing is posted in the server's channels."""


class Deliveries:
    """Looking at the queue, and stepping in. `guild_id` None means every server: the operator's."""

    def __init__(self, database: Database, clock: Clock, planner: Planner) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner

    def title_of(self, kind: str) -> str:
        """Return what managers know a kind by; it isn't translated yet."""
        known = self._planner.kinds.get(kind)
        return known.title if known and known.title else kind

    async def overview(self, guild_id: int) -> Overview:
        """Return what is next, what went wrong, and what is paused."""
        async with self._database.reading() as session:
            pauses = await store.pauses(session, [guild_id], self._clock.now())
            return Overview(
                await listing.upcoming(session, guild_id, SHOWN),
                await listing.troubled(session, guild_id, SHOWN),
                await listing.paused_schedules(session, guild_id),
                pauses.get(guild_id),
            )

    async def listed(self, state: State | None, limit: int) -> list[Delivery]:
        """Return rows in a state, or what is to be sent."""
        async with self._database.reading() as session:
            if state is None:
                return await listing.upcoming(session, None, limit)
            return await listing.in_state(session, state, None, limit)

    async def get(self, delivery_id: int, guild_id: int | None = None) -> Delivery | None:
        """Return a delivery, if it is of that server."""
        async with self._database.reading() as session:
            return await self._of(session, delivery_id, guild_id)

    async def retry(self, delivery_id: int, guild_id: int | None = None) -> bool:
        """Queue what failed or came too late again, now; return whether there was such a row."""
        async with self._database.writing() as session:
            if await self._of(session, delivery_id, guild_id) is None:
                return False
            return await self._planner.retry(session, delivery_id) is not None

    async def cancel(self, delivery_id: int, guild_id: int | None = None) -> bool:
        """Cancel what is to be sent; return whether there was such a row."""
        async with self._database.writing() as session:
            if await self._of(session, delivery_id, guild_id) is None:
                return False
            return await self._planner.cancel(session, delivery_id)

    async def pause_all(self, guild_id: int, until: datetime, by: int) -> None:
        """Post nothing in the server's channels until then: repeats are skipped, the rest waits."""
        async with self._database.writing() as session:
            await upsert(session, store.PauseRow, guild_id=guild_id, until=until, paused_by=by)
            await self._release(session, guild_id)

    async def resume_all(self, guild_id: int) -> None:
        """End the pause now; what waited for its end is sent."""
        async with self._database.writing() as session:
            await session.execute(delete(store.PauseRow).where(store.PauseRow.guild_id == guild_id))
            await self._release(session, guild_id)

    async def retry_target(self, session: AsyncSession, guild_id: int, target: Target) -> int:
        """Send what failed at a target again and resume its schedules; return how many rows."""
        for schedule in await listing.schedules_at(session, guild_id, target):
            if schedule.state is ScheduleState.PAUSED and schedule.reason != Reason.PAUSED:
                await self._planner.resume(session, schedule.id)
        failed = await listing.failed_at(session, guild_id, target, self._clock.now())
        for row in failed:
            await self._planner.retry(session, row.id)
        return len(failed)

    async def move_target(
        self, session: AsyncSession, guild_id: int, old: Target, new: Target
    ) -> int:
        """Let what goes to one target go to another; return how many rows are sent again.

        What is personal stays where its member wanted it.
        """
        for schedule in await listing.schedules_at(session, guild_id, old):
            if not self._is_personal(schedule.kind):
                await self._planner.edit(session, schedule.id, target=new)
        rows = await listing.failed_at(session, guild_id, old, self._clock.now())
        for row in [*rows, *await listing.waiting_at(session, guild_id, old)]:
            if not self._is_personal(row.kind):
                await store.update_delivery(session, row.id, store.target_columns(new))
        return await self.retry_target(session, guild_id, new)

    async def stop(self, delivery_id: int, guild_id: int) -> bool:
        """Pause the schedule that a delivery belongs to; return whether it has one."""
        async with self._database.writing() as session:
            found = await self._of(session, delivery_id, guild_id)
            if found is None or found.schedule_id is None:
                return False
            await self._planner.pause(session, found.schedule_id)
            return True

    async def _release(self, session: AsyncSession, guild_id: int) -> None:
        """Let what waits for the end of a pause be looked at again."""
        for row in await listing.upcoming(session, guild_id, None):
            if row.reason == Reason.PAUSED:
                again = {"next_try": row.due, "reason": None}
                await store.update_delivery(session, row.id, again)
                await self._planner.announce(session, row.due)

    def _is_personal(self, kind: str) -> bool:
        known = self._planner.kinds.get(kind)
        return known is not None and known.personal

    async def _of(
        self, session: AsyncSession, delivery_id: int, guild_id: int | None
    ) -> Delivery | None:
        found = await store.delivery_by_id(session, delivery_id)
        return found if found and guild_id in (None, found.guild_id) else None
