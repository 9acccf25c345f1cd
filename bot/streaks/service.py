"""Members' streaks: worked out from their answers, their pauses and Waymark's outages."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.attempts.service import Attempts
from bot.clock import Clock
from bot.daily.service import Daily
from bot.members.service import Members
from bot.store.database import Database
from bot.streaks import store
from bot.streaks.fold import fold
from bot.streaks.local_day import days_of, local_day
from bot.streaks.model import (
    DAY,
    DOWN_FROM,
    LONGEST_PAUSE,
    ROOM_TO_ANSWER,
    AlreadyPaused,
    History,
    NothingPaused,
    Outage,
    Pause,
    PauseTooLong,
    Streak,
)


class Streaks:
    """Streaks of members in a server."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        attempts: Attempts,
        members: Members,
        daily: Daily,
    ) -> None:
        self._database = database
        self._clock = clock
        self._attempts = attempts
        self._members = members
        self._daily = daily

    async def of(self, guild_id: int, member_id: int) -> tuple[Streak, date]:
        """Return a member's streak in a server, and their local day on which it is seen."""
        acts = await self._attempts.acts(guild_id, member_id)
        zone = await self._members.zone(member_id, guild_id)
        posted = await self._daily.times_posted(guild_id)
        asked = frozenset(local_day(at + ROOM_TO_ANSWER, zone).date for at in posted)
        async with self._database.reading() as session:
            pauses = await store.pauses_of(session, guild_id, member_id)
            down = await _days_down(session, zone)
        today = local_day(self._clock.now(), zone)
        return fold(History(acts, pauses, down, asked or None), today), today.date

    async def pause(self, guild_id: int, member_id: int, days: int | None) -> Pause:
        """Rest from today on, for so many days or until it is ended.

        Raises AlreadyPaused or PauseTooLong.
        """
        if days is not None and days > LONGEST_PAUSE:
            raise PauseTooLong
        today = await self._today(guild_id, member_id)
        last = today + (days - 1) * DAY if days is not None else None
        async with self._database.writing() as session:
            if any(today in pause for pause in await store.pauses_of(session, guild_id, member_id)):
                raise AlreadyPaused
            pause = Pause(today, last)
            await store.add_pause(session, guild_id, member_id, pause)
            return pause

    async def resume(self, guild_id: int, member_id: int) -> None:
        """End a pause: today counts again. Raises NothingPaused."""
        today = await self._today(guild_id, member_id)
        async with self._database.writing() as session:
            pauses = await store.pauses_of(session, guild_id, member_id)
            if not any(today in pause for pause in pauses):
                raise NothingPaused
            await store.end_pauses(session, guild_id, member_id, today - DAY, today)

    async def beat(self) -> None:
        """Note that Waymark runs, and for how long it didn't, if that was long."""
        now = self._clock.now()
        async with self._database.writing() as session:
            before = await store.last_pulse(session)
            if before is not None and now - before >= DOWN_FROM:
                await store.add_outage(session, Outage(before, now))
            await store.beat(session, now)

    async def _today(self, guild_id: int, member_id: int) -> date:
        zone = await self._members.zone(member_id, guild_id)
        return local_day(self._clock.now(), zone).date


async def _days_down(session: AsyncSession, zone: str) -> frozenset[date]:
    spans = await store.outages(session)
    return frozenset(day for each in spans for day in days_of(each.began, each.ended, zone))
