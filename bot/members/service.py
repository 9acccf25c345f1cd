"""What is known of a member wherever they act: above all, the zone in which they say times."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.guilds.settings import QUIET_HOURS as GUILD_QUIET_HOURS
from bot.guilds.settings import ZONE as GUILD_ZONE
from bot.members.settings import DAY_START, QUIET_HOURS
from bot.members.settings import ZONE as MEMBER_ZONE
from bot.pictures.looks import LOOKS, Look
from bot.pictures.settings import LOOK
from bot.settings.service import Preferences
from bot.store.database import Database
from bot.streaks.local_day import OwnDays
from bot.when.phrases import Moment, understand
from bot.when.quiet_hours import Quiet, undisturbed


class Members:
    """Reads what members type in their own zone, else in their server's."""

    def __init__(self, database: Database, clock: Clock, preferences: Preferences) -> None:
        self._database = database
        self._clock = clock
        self._preferences = preferences

    async def time_meant(
        self, phrase: str, member_id: int, guild_id: int | None, locale: str | None = None
    ) -> Moment:
        """Return the time that a member means, of this Discord locale. Raises UnclearTime."""
        async with self._database.reading() as session:
            return await self.understood(session, phrase, member_id, guild_id, locale)

    async def understood(
        self,
        session: AsyncSession,
        phrase: str,
        member_id: int,
        guild_id: int | None,
        locale: str | None = None,
    ) -> Moment:
        """Return the time that a member means, within a unit of work. Raises UnclearTime."""
        zone = await self._zone(session, member_id, guild_id)
        # In a thread: the first phrase reads in all names of zones.
        return await asyncio.to_thread(understand, phrase, self._clock.now(), zone, locale)

    async def zone(self, member_id: int, guild_id: int | None) -> str:
        """Return the IANA zone of a member's days: their own, else their server's, else UTC."""
        async with self._database.reading() as session:
            return await self._zone(session, member_id, guild_id) or "UTC"

    async def days(self, member_id: int, guild_id: int | None) -> OwnDays:
        """Return how a member's days run: their zone, and the hour at which they begin."""
        async with self._database.reading() as session:
            return await self.days_within(session, member_id, guild_id)

    async def days_within(
        self, session: AsyncSession, member_id: int, guild_id: int | None
    ) -> OwnDays:
        """Return how a member's days run, within a unit of work."""
        zone = await self._zone(session, member_id, guild_id)
        starts = await self._preferences.read(session, DAY_START, member_id)
        return OwnDays(zone or "UTC", starts)

    async def look(self, member_id: int) -> Look:
        """Return how pictures for a member look."""
        return LOOKS[await self._preferences.get(LOOK, member_id)]

    async def undisturbed(
        self, session: AsyncSession, member_id: int, guild_id: int | None, at: datetime
    ) -> datetime:
        """Return the first instant from `at` on that isn't in the member's quiet hours."""
        return undisturbed(at, [await self._quiet(session, member_id, guild_id)])

    async def both_undisturbed(
        self, session: AsyncSession, member_id: int, guild_id: int, at: datetime
    ) -> datetime:
        """Return the first instant from `at` on in neither the server's quiet hours nor theirs.

        Where these leave no time of the day, the server's alone are kept.
        """
        hours = await self._preferences.read(session, GUILD_QUIET_HOURS, guild_id)
        zone = await self._preferences.read(session, GUILD_ZONE, guild_id)
        of_server = Quiet(hours, zone or "UTC")
        return undisturbed(at, [of_server, await self._quiet(session, member_id, guild_id)])

    async def _quiet(self, session: AsyncSession, member_id: int, guild_id: int | None) -> Quiet:
        hours = await self._preferences.read(session, QUIET_HOURS, member_id)
        return Quiet(hours, await self._zone(session, member_id, guild_id) or "UTC")

    async def zones_within(
        self, session: AsyncSession, member_ids: Sequence[int], guild_id: int
    ) -> dict[int, str]:
        """Return the IANA zone of each of many members' days, within a unit of work."""
        own = await self._preferences.read_each(session, MEMBER_ZONE, member_ids)
        servers = await self._preferences.read(session, GUILD_ZONE, guild_id) or "UTC"
        return {member_id: zone or servers for member_id, zone in own.items()}

    async def _zone(
        self, session: AsyncSession, member_id: int, guild_id: int | None
    ) -> str | None:
        zone = await self._preferences.read(session, MEMBER_ZONE, member_id)
        if zone is None and guild_id is not None:
            return await self._preferences.read(session, GUILD_ZONE, guild_id)
        return zone
