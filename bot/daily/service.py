"""What managers do with their server's daily questions."""

import secrets
from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.daily.model import (
    BANK_EMPTY,
    BANK_LOW,
    DAILY,
    MOST_CONFIGS,
    POSTS_KEPT_FOR,
    REMOVED_KEPT_FOR,
    SHOWN_POSTS,
    AlreadyPosted,
    BeingPosted,
    BeingTried,
    Config,
    ConfigState,
    Counts,
    DailyGone,
    NothingToAsk,
    PostState,
    Preview,
    Resting,
    Skip,
    SkipOver,
    Standing,
    TooManyConfigs,
    Wish,
    candidates_of,
)
from bot.daily.posting import books
from bot.daily.posting.poster import Bank, Poster, trouble_of
from bot.daily.selection import choose, left_in_round
from bot.daily.statements import configs, days
from bot.daily.times import Times
from bot.delivery import listing
from bot.delivery.model import (
    Delivery,
    Plan,
    Schedule,
    SchedulePlan,
    ScheduleState,
    State,
    Target,
)
from bot.delivery.planner import Planner
from bot.guilds.service import Notices
from bot.store.database import Database
from bot.when.recurrence import occurrences

SEED_BITS = 62
UNRECORDED_FOR = timedelta(days=1)


class Daily:
    """Servers' daily questions. Everything asks for the server's id: nobody reaches another's."""

    def __init__(
        self, database: Database, clock: Clock, planner: Planner, notices: Notices, bank: Bank
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._notices = notices
        self.poster = Poster(database, clock, planner, notices, bank)

    async def setup(self, guild_id: int, wish: Wish, by: int) -> Standing:
        """Begin to post. Raises TooManyConfigs."""
        now = self._clock.now()
        async with self._database.writing() as session:
            await configs.lock_guild(session, guild_id)
            await self._check_room(session, guild_id)
            own = {"guild_id": guild_id, "schedule_id": 0, "seed": secrets.randbits(SEED_BITS)}
            times = {"created_at": now, "recorded_until": now}
            by_whom = {"configured_by": by, "state": ConfigState.ACTIVE.value}
            values = configs.wish_columns(wish) | own | times | by_whom
            config = await configs.add(session, values)
            schedule = await self._begin(session, config, wish)
            config = await configs.change(session, config.id, schedule_id=schedule.id)
        return replace(await self._looked_at(config, schedule), is_new=True)

    async def change(self, guild_id: int, config_id: int, wish: Wish) -> Standing:
        """Post otherwise from now on. Raises DailyGone or BeingPosted."""
        now = self._clock.now()
        async with self._changing(guild_id, config_id) as (session, config, schedule):
            await configs.change(session, config.id, **configs.wish_columns(wish))
            target = Target.channel(wish.channel_id)
            if (target, wish.times) != (schedule.target, Times.of(schedule.recurrence)):
                rule = wish.times.recurrence(now)
                await self._planner.edit(session, schedule.id, recurrence=rule, target=target)
                await books.give_up_under_way(session, config, Skip.CHANGED)
                await books.account_for_change(
                    session, config, replace(schedule, recurrence=rule), now
                )
            await self._forget_troubles(session, config, target)
        return await self.get(guild_id, config_id)

    async def all(self, guild_id: int) -> list[Standing]:
        """Return how a server's daily questions stand, in the order they were set up."""
        async with self._database.reading() as session:
            found = await configs.of_guild(session, guild_id)
            its = {each.id: each.schedule_id for each in found}
            schedules = await listing.schedules_of(session, DAILY.name, its)
            return [
                await self._standing(session, each, schedules[each.id])
                for each in found
                if each.id in schedules
            ]

    async def get(self, guild_id: int, config_id: int) -> Standing:
        """Return how one stands. Raises DailyGone."""
        async with self._database.reading() as session:
            config, schedule = await self._own(session, guild_id, config_id)
        return await self._looked_at(config, schedule)

    async def preview(self, guild_id: int, config_id: int) -> Preview:
        """Return what would be posted next. Raises DailyGone or NothingToAsk."""
        standing = await self.get(guild_id, config_id)
        pool = await self.poster.pool_of(standing.config)
        async with self._database.reading() as session:
            past = await days.past(session, config_id)
        choice = choose(candidates_of(pool), standing.config.seed, past)
        if choice is None:
            raise NothingToAsk
        return Preview(standing, next(each for each in pool if each.key == choice.key))

    async def pause(self, guild_id: int, config_id: int) -> Standing:
        """Let it rest; the days until it is resumed are skipped. Raises DailyGone, BeingPosted."""
        async with self._changing(guild_id, config_id) as (session, config, schedule):
            await self._planner.pause(session, schedule.id)
            await books.give_up_under_way(session, config, Skip.PAUSED)
            await configs.change(session, config.id, state=ConfigState.PAUSED.value)
        return await self.get(guild_id, config_id)

    async def resume(self, guild_id: int, config_id: int) -> Standing:
        """Let it go on with the next day. Raises DailyGone."""
        async with self._changing(guild_id, config_id) as (session, config, schedule):
            if schedule.state is not ScheduleState.ACTIVE:
                await self._planner.resume(session, schedule.id)
            await configs.change(session, config.id, state=ConfigState.ACTIVE.value)
        return await self.get(guild_id, config_id)

    async def skip(self, guild_id: int, config_id: int) -> date:
        """Leave out the next day, and return it. Raises DailyGone, BeingPosted or Resting."""
        async with self._changing(guild_id, config_id) as (session, config, schedule):
            pending = await self._pending(session, config)
            coming = [row for row in pending if row.schedule_id and row.due > self._clock.now()]
            if not coming:
                raise Resting
            times, delivery = Times.of(schedule.recurrence), coming[0]
            skip = books.skip_values(config, times, delivery.due, Skip.MANAGER)
            await days.add_all(session, [skip])
            await self._planner.cancel(session, delivery.id)
            return times.day_of(delivery.due)

    async def unskip(self, guild_id: int, config_id: int, day: date) -> Standing:
        """Take back that a day is left out. Raises DailyGone, BeingPosted or SkipOver."""
        async with self._changing(guild_id, config_id) as (session, _config, schedule):
            post = await days.of_day(session, config_id, day)
            if post is None or post.reason != Skip.MANAGER:
                raise SkipOver
            changed_to = Times.of(schedule.recurrence).due_on(day)
            if min(post.due, changed_to) <= self._clock.now():
                raise SkipOver
            await days.take_back_skip(session, post.id)
            if schedule.state is ScheduleState.ACTIVE:
                await self._planner.edit(session, schedule.id)
        return await self.get(guild_id, config_id)

    async def now(self, guild_id: int, config_id: int, by: int) -> None:
        """Post today's question at once, however the day was.

        Raises DailyGone, BeingPosted, BeingTried, AlreadyPosted or NothingToAsk.
        """
        await self.preview(guild_id, config_id)
        now = self._clock.now()
        async with self._changing(guild_id, config_id) as (session, config, schedule):
            today = await days.of_day(
                session, config.id, Times.of(schedule.recurrence).local_day(now)
            )
            if today is not None and today.state is PostState.POSTED:
                raise AlreadyPosted(today.link)
            if today is not None and today.state is PostState.CHOSEN:
                raise BeingTried
            plan = Plan(
                kind=DAILY.name,
                dedupe_key=f"{DAILY.name}:now:{config.id}:{now.isoformat()}",
                target=schedule.target,
                due=now,
                subject_id=config.id,
                guild_id=guild_id,
                configured_by=by,
            )
            await self._planner.plan(session, plan)

    async def remove(self, guild_id: int, config_id: int) -> Standing:
        """Stop for good; it can be brought back for a day. Raises DailyGone or BeingPosted."""
        standing = await self.get(guild_id, config_id)
        async with self._changing(guild_id, config_id) as (session, config, schedule):
            await self._planner.end(session, schedule.id)
            await self._planner.cancel_about(session, DAILY.name, config.id)
            await books.give_up_under_way(session, config, Skip.CHANGED)
            await self._forget_troubles(session, config, schedule.target)
            await configs.change(session, config.id, removed_at=self._clock.now())
        return standing

    async def bring_back(self, guild_id: int, config_id: int) -> Standing:
        """Take a removal back; the days between are skipped. Raises DailyGone, TooManyConfigs."""
        async with self._database.writing() as session:
            await configs.lock_guild(session, guild_id)
            config, schedule = await self._own(
                session, guild_id, config_id, removed_too=True, to_change=True
            )
            if config.removed_at is not None:
                await self._check_room(session, guild_id)
                await self._back(session, config, schedule)
        return await self.get(guild_id, config_id)

    async def look_after(self) -> None:
        """Give past days of what rests their rows, and forget what was removed long ago."""
        now = self._clock.now()
        async with self._database.writing() as session:
            await configs.forget_removed(session, now - POSTS_KEPT_FOR)
            ids = await configs.unrecorded(session, now - UNRECORDED_FOR)
        for config_id in ids:
            async with self._database.writing() as session:
                await self._account(session, config_id, now)

    async def _account(self, session: AsyncSession, config_id: int, now: datetime) -> None:
        config = await configs.by_id(session, config_id, locked=True)
        if config is None or config.removed_at is not None:
            return
        its = config.schedule_id
        schedule = await listing.schedule_of(session, DAILY.name, config.id, its)
        if schedule is not None:
            await books.account(session, config, schedule, now)

    async def _back(self, session: AsyncSession, config: Config, schedule: Schedule) -> None:
        """Let a removed configuration go on as it was; the days between count as paused."""
        now = self._clock.now()
        if config.removed_at is None or now - config.removed_at > REMOVED_KEPT_FOR:
            raise DailyGone
        paused = replace(config, state=ConfigState.PAUSED)
        await books.account(session, paused, schedule, now)
        await self._planner.resume(session, schedule.id)
        if config.state is ConfigState.PAUSED:
            await self._planner.pause(session, schedule.id)
        await configs.change(session, config.id, removed_at=None)

    async def _begin(self, session: AsyncSession, config: Config, wish: Wish) -> Schedule:
        plan = SchedulePlan(
            kind=DAILY.name,
            subject_id=config.id,
            target=Target.channel(wish.channel_id),
            recurrence=wish.times.recurrence(self._clock.now()),
            guild_id=config.guild_id,
            configured_by=config.configured_by,
        )
        return await self._planner.begin(session, plan)

    async def _check_room(self, session: AsyncSession, guild_id: int) -> None:
        if await configs.count_of(session, guild_id) >= MOST_CONFIGS:
            raise TooManyConfigs

    async def _forget_troubles(self, session: AsyncSession, config: Config, target: Target) -> None:
        """Let managers be told anew of what runs low after they changed what is asked."""
        troubles = [trouble_of(config, target, kind) for kind in (BANK_LOW, BANK_EMPTY)]
        await self._notices.over(session, troubles)

    @asynccontextmanager
    async def _changing(
        self, guild_id: int, config_id: int
    ) -> AsyncGenerator[tuple[AsyncSession, Config, Schedule]]:
        """Open a unit of work on a configuration whose past days all have their row.

        Raises DailyGone, or BeingPosted while its question is on its way.
        """
        async with self._database.writing() as session:
            await configs.lock_guild(session, guild_id)
            config, schedule = await self._own(session, guild_id, config_id, to_change=True)
            if any(row.state is State.LEASED for row in await self._pending(session, config)):
                raise BeingPosted
            config = await books.account(session, config, schedule, self._clock.now())
            yield session, config, schedule

    async def _own(
        self,
        session: AsyncSession,
        guild_id: int,
        config_id: int,
        *,
        removed_too: bool = False,
        to_change: bool = False,
    ) -> tuple[Config, Schedule]:
        config = await configs.by_id(session, config_id)
        if config is None or config.guild_id != guild_id:
            raise DailyGone
        its = config.schedule_id
        found = await listing.schedule_of(session, DAILY.name, config.id, its, locked=to_change)
        if found is None or (config.removed_at and not removed_too):
            raise DailyGone
        return config, found

    async def _pending(self, session: AsyncSession, config: Config) -> list[Delivery]:
        return await listing.of_subjects(session, DAILY.name, [config.id])

    async def _looked_at(self, config: Config, schedule: Schedule) -> Standing:
        """Return how one stands, with how many questions are left."""
        pool = candidates_of(await self.poster.pool_of(config))
        async with self._database.reading() as session:
            past = await days.past(session, config.id)
            standing = await self._standing(session, config, schedule)
        counts = Counts(len(pool), left_in_round(pool, past), past.round)
        return replace(standing, counts=counts)

    async def _standing(
        self, session: AsyncSession, config: Config, schedule: Schedule
    ) -> Standing:
        now = self._clock.now()
        today = Times.of(schedule.recurrence).local_day(now)
        over = {post.day for post in await days.since(session, config.id, today) if post.is_over}
        goes_on = schedule.state is ScheduleState.ACTIVE
        stopped = config.state is ConfigState.ACTIVE and schedule.state is ScheduleState.PAUSED
        return Standing(
            config,
            schedule.target,
            schedule.recurrence,
            _upcoming(schedule, now, over) if goes_on else None,
            schedule.reason if stopped else None,
            posts=tuple(await days.last(session, config.id, SHOWN_POSTS, now)),
        )


def _upcoming(schedule: Schedule, now: datetime, over: Collection[date]) -> datetime | None:
    """Return the next instant whose day isn't over for it."""
    times = Times.of(schedule.recurrence)
    ahead = islice(occurrences(schedule.recurrence, now), len(over) + 1)
    return next((due for due in ahead if times.day_of(due) not in over), None)
