"""Members' streaks: worked out from their answers, their pauses and Waymark's outages."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.attempts.service import Attempts
from bot.clock import Clock
from bot.daily.service import Daily
from bot.members.service import Members
from bot.store.database import Database
from bot.streaks import store
from bot.streaks.fold import fold, state_of_today
from bot.streaks.local_day import OwnDays
from bot.streaks.model import (
    DAY,
    FROM_THE_FIRST,
    LONGEST_PAUSE,
    ROOM_TO_ANSWER,
    AlreadyPaused,
    DayState,
    History,
    LocalDay,
    NothingPaused,
    Pause,
    PauseTooLong,
    Rest,
    Streak,
    outage_between,
    quarter_of,
)

Observer = Callable[[AsyncSession, int, int], Awaitable[None]]
"""Hears, in the same unit of work, of a server's member who rests or goes on."""


@dataclass(frozen=True)
class Seen:
    """A member's streak, as seen on a local day of theirs."""

    streak: Streak
    today: LocalDay
    days: OwnDays
    state: DayState
    """What today is."""

    @property
    def today_ends(self) -> datetime:
        """When the member's day is over."""
        return self.days.beginning(self.today.date + DAY)

    def over_at(self) -> datetime | None:
        """Return when the streak is over if nothing happens from now on; None if there is none.

        At the latest, that is: rests, downtimes and days without a question put it off.
        """
        if not self.streak.current:
            return None
        missable = self.today.date + (DAY if self.streak.today_done else 0 * DAY)
        return self.days.beginning(missable + DAY * (self.streak.freezes + 1))


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
        self.observers: list[Observer] = []

    async def of(self, guild_id: int, member_id: int) -> Seen:
        """Return a member's streak in a server, and what today is for it."""
        coming = [each.upcoming for each in await self._daily.all(guild_id) if each.upcoming]
        async with self._database.reading() as session:
            return await self.seen(session, guild_id, member_id, coming)

    async def seen(
        self, session: AsyncSession, guild_id: int, member_id: int, coming: Sequence[datetime] = ()
    ) -> Seen:
        """Return a member's streak in a server, within a unit of work.

        The times at which questions are still to come matter for nothing but what today is.
        """
        days = await self._members.days_within(session, member_id, guild_id)
        acts = await self._attempts.acts(session, guild_id, member_id)
        since = min((act.at for act in acts), default=self._clock.now()) - FROM_THE_FIRST
        posted = await store.asked(session, guild_id, since)
        history = History(
            acts=acts,
            pauses=await store.pauses_of(session, guild_id, member_id),
            outages=await self._days_down(session, days, since),
            asked=days.of_each(at + ROOM_TO_ANSWER for at in [*posted, *sorted(coming)]),
        )
        today = days.of(self._clock.now())
        streak = fold(history, today)
        return Seen(streak, today, days, state_of_today(history, streak, today))

    async def asked(self, session: AsyncSession, guild_id: int) -> None:
        """Keep, in the unit of work of whoever posts it, that there is a question now."""
        await store.add_asked(session, guild_id, quarter_of(self._clock.now()))

    async def pause(self, guild_id: int, member_id: int, days: int | None) -> Rest:
        """Rest for so many days or until it is ended: from today on, or tomorrow if it is done.

        Raises AlreadyPaused or PauseTooLong.
        """
        if days is not None and days > LONGEST_PAUSE:
            raise PauseTooLong
        async with self._database.writing() as session:
            seen = await self.seen(session, guild_id, member_id)
            done = seen.streak.today_done
            first = seen.today.date + (DAY if done else 0 * DAY)
            if any(first in each for each in await store.pauses_of(session, guild_id, member_id)):
                raise AlreadyPaused
            pause = Pause(first, first + (days - 1) * DAY if days is not None else None)
            await store.add_pause(session, guild_id, member_id, pause)
            await self._tell(session, guild_id, member_id)
            return Rest(pause, after_today=done)

    async def resume(self, guild_id: int, member_id: int) -> None:
        """End a pause, also one that begins tomorrow: today counts. Raises NothingPaused."""
        today = await self._today(guild_id, member_id)
        async with self._database.writing() as session:
            pauses = await store.pauses_of(session, guild_id, member_id)
            if not any(today in pause or today + DAY in pause for pause in pauses):
                raise NothingPaused
            await store.end_pauses(session, guild_id, member_id, today - DAY, today + DAY)
            await self._tell(session, guild_id, member_id)

    async def rest(
        self, session: AsyncSession, guild_id: int, member_id: int, pause: Pause
    ) -> None:
        """Rest for a span of local days, beside any other rest, within a unit of work."""
        await store.add_pause(session, guild_id, member_id, pause)
        await self._tell(session, guild_id, member_id)

    async def cut_rest(
        self, session: AsyncSession, guild_id: int, member_id: int, pause: Pause, last: date
    ) -> None:
        """Let such a rest end on `last` at the latest; others stay as they are."""
        await store.cut_pause(session, guild_id, member_id, pause, last)
        await self._tell(session, guild_id, member_id)

    async def beat(self) -> None:
        """Note that Waymark runs, and for how long it didn't, if that was long.

        Every process does so: it was down when none ran.
        """
        async with self._database.writing() as session:
            before = await store.last_pulse(session, locked=True)
            now = self._clock.now()  # only now, so that no beat that had to wait sets it back
            if outage := outage_between(before, now):
                await store.add_outage(session, outage)
            await store.beat(session, now)

    async def _days_down(
        self, session: AsyncSession, days: OwnDays, since: datetime
    ) -> frozenset[date]:
        """Return the days of outages, and of one that hasn't been noted yet, just after a start."""
        latest = outage_between(await store.last_pulse(session), self._clock.now())
        spans = [*await store.outages(session, since), *filter(None, [latest])]
        return frozenset(day for each in spans for day in days.touched(each.began, each.ended))

    async def _today(self, guild_id: int, member_id: int) -> date:
        days = await self._members.days(member_id, guild_id)
        return days.of(self._clock.now()).date

    async def _tell(self, session: AsyncSession, guild_id: int, member_id: int) -> None:
        for observer in self.observers:
            await observer(session, guild_id, member_id)
