"""Being away: nothing is asked, and no streak suffers, until one is back."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from bot.checkins.model import LONGEST_AWAY, Away, AwayTooLong, NotAway, UnclearReturn
from bot.checkins.statements import absences
from bot.clock import Clock
from bot.daily.times import ONE_DAY
from bot.members.service import Members
from bot.store.database import Database
from bot.streaks.local_day import local_day
from bot.streaks.model import Pause
from bot.streaks.service import Streaks
from bot.when.phrases import Once, understand


class Absences:
    """When members are away, in each server apart."""

    def __init__(
        self, database: Database, clock: Clock, members: Members, streaks: Streaks
    ) -> None:
        self._database = database
        self._clock = clock
        self._members = members
        self._streaks = streaks

    async def away(self, guild_id: int, member_id: int, until: str) -> Away:
        """Let a member be away from today until the day that they name, when they are back.

        Raises UnclearTime, UnclearReturn or AwayTooLong.
        """
        days = await self._members.days(member_id, guild_id)
        # In a thread: the first phrase reads in all names of zones.
        moment = await asyncio.to_thread(understand, until, self._clock.now(), days.zone)
        if not isinstance(moment, Once):
            raise UnclearReturn
        now = self._clock.now()
        # A day of the calendar, however late one's own days begin.
        span = Away(days.of(now).date, local_day(moment.at, days.zone).date)
        if span.back <= local_day(now, days.zone).date:
            raise UnclearReturn
        if span.back - span.first > LONGEST_AWAY:
            raise AwayTooLong
        async with self._database.writing() as session:
            await self._end(session, guild_id, member_id, span)
            await absences.keep(session, guild_id, member_id, span)
            await self._streaks.rest(session, guild_id, member_id, _rest(span))
        return span

    async def back(self, guild_id: int, member_id: int) -> None:
        """End an absence: today counts again. Raises NotAway."""
        days = await self._members.days(member_id, guild_id)
        today = days.of(self._clock.now()).date
        async with self._database.writing() as session:
            span = await absences.of_member(session, guild_id, member_id)
            if span is None or today not in span:
                raise NotAway
            await self._end(session, guild_id, member_id, Away(today, today))
            await absences.drop(session, guild_id, member_id)

    async def _end(self, session: AsyncSession, guild_id: int, member_id: int, since: Away) -> None:
        """Let the rest of an absence that goes on end the day before."""
        before = await absences.of_member(session, guild_id, member_id)
        if before is not None:
            last = since.first - ONE_DAY
            await self._streaks.cut_rest(session, guild_id, member_id, _rest(before), last)


def _rest(span: Away) -> Pause:
    """Return the local days on which a streak rests meanwhile."""
    return Pause(span.first, span.back - ONE_DAY)
