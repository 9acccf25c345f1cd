"""Members' weekly hours, which nobody else sees, and the slots that suit most of a group."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.availability import store
from bot.availability.model import Change, HoursChangedSince, Known, WeeklyHours
from bot.availability.slots import Slot, Wanted, suggested
from bot.availability.weighing import Attendee
from bot.clock import Clock
from bot.members.service import Members
from bot.store.database import Database


class Availability:
    """When members have time. What is given to others are slots alone, with how many can."""

    def __init__(self, database: Database, clock: Clock, members: Members) -> None:
        self._database = database
        self._clock = clock
        self._members = members

    async def of(self, member_id: int) -> Known:
        """Return what a member has said, to be shown to them alone."""
        async with self._database.reading() as session:
            return await store.of(session, member_id)

    async def keep(self, member_id: int, hours: WeeklyHours) -> Change:
        """Keep a member's hours in place of those before; without any they are cleared."""
        async with self._database.writing() as session:
            before = await store.of(session, member_id)
            return Change(before, await self._keep(session, member_id, hours or None))

    async def clear(self, member_id: int) -> Change:
        """Keep none."""
        return await self.keep(member_id, WeeklyHours(frozenset()))

    async def undo(
        self, member_id: int, changed_at: datetime | None, before: WeeklyHours | None
    ) -> Known:
        """Put back what was said before the change made at `changed_at` (None: it cleared them).

        Raises HoursChangedSince if they were changed again.
        """
        async with self._database.writing() as session:
            if (await store.of(session, member_id)).changed_at != changed_at:
                raise HoursChangedSince
            return await self._keep(session, member_id, before)

    async def suggested(
        self, member_ids: Sequence[int], guild_id: int, wanted: Wanted
    ) -> tuple[Slot, ...]:
        """Return three to five slots that most of these members can make, the best one first.

        Whose hours aren't known has time by day. There are fewer where there aren't so many.
        """
        async with self._database.reading() as session:
            hours = await store.of_each(session, member_ids)
            zones = await self._members.zones_within(session, member_ids, guild_id)
        attendees = [Attendee(zones[each], hours.get(each)) for each in member_ids]
        return await asyncio.to_thread(suggested, attendees, wanted)

    async def _keep(
        self, session: AsyncSession, member_id: int, hours: WeeklyHours | None
    ) -> Known:
        if hours is None:
            await store.drop(session, member_id)
            return Known()
        now = self._clock.now()
        await store.keep(session, member_id, hours, now)
        return Known(hours, now)
