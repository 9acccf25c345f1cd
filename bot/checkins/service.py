"""What members do with their own check-ins: when and where they are asked, and rests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.checkins.course import Course
from bot.checkins.model import (
    CHECKIN,
    DAYS_KEPT_FOR,
    CheckinGone,
    CheckinsEnded,
    Config,
    Day,
    DayState,
    NoCheckins,
    NoProgress,
    Progress,
    Prompt,
    Standing,
    Status,
    Wish,
)
from bot.checkins.own.answering import Answers
from bot.checkins.own.asking import Asking
from bot.checkins.own.away import Absences
from bot.checkins.statements import absences, configs, days
from bot.checkins.together.service import Groups
from bot.clock import Clock
from bot.delivery.model import Reason, Schedule, SchedulePlan, ScheduleState
from bot.delivery.planner import Planner
from bot.guilds.settings import ZONE as GUILD_ZONE
from bot.members.service import Members
from bot.members.settings import ZONE as MEMBER_ZONE
from bot.settings.model import Setting
from bot.settings.service import Preferences
from bot.store.database import Database
from bot.streaks.service import Streaks
from bot.when.recurrence import occurrences

ZONES_AT_ONCE = 100
"""Members whose check-ins are moved to another zone in one unit of work."""


class Checkins:
    """Members' own check-ins, one for each server they set them up in."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        planner: Planner,
        preferences: Preferences,
        members: Members,
        *,
        streaks: Streaks,
        progress: Progress | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._members = members
        self.asking = Asking(database, clock, planner, preferences, members)
        self.answers = Answers(database, clock, planner, preferences, progress or NoProgress())
        self.groups = Groups(database, clock, planner, members)
        self.absences = Absences(database, clock, members, streaks)

    async def setup(self, guild_id: int, member_id: int, wish: Wish) -> Standing:
        """Begin to ask a member; what they had set up before is changed to it."""
        now = self._clock.now()
        course = Course.begun(wish.times, now)
        whose = {"guild_id": guild_id, "member_id": member_id, "created_at": now}
        own = {"state": Status.ACTIVE.value, "zone_is_old": False}
        values = whose | own | configs.wish_columns(wish) | configs.course_columns(course)
        async with self._database.writing() as session:
            config = await configs.add(session, values)
            is_new = config is not None
            if config is None:
                await self._set_up_again(session, guild_id, member_id, wish)
            else:
                await self._begin(session, config, course)
        return replace(await self.get(guild_id, member_id), is_new=is_new)

    async def change(self, guild_id: int, member_id: int, wish: Wish) -> Standing:
        """Ask otherwise from now on; never twice on one day. Raises NoCheckins or CheckinsEnded."""
        async with self._database.writing() as session:
            config, schedule = await self._own(session, guild_id, member_id)
            goes_on = config.state is Status.ACTIVE
            await self._turned(session, config, schedule, wish, goes_on=goes_on)
        return await self.get(guild_id, member_id)

    async def get(self, guild_id: int, member_id: int) -> Standing:
        """Return how a member's check-ins stand. Raises NoCheckins or CheckinsEnded."""
        now = self._clock.now()
        async with self._database.reading() as session:
            config, schedule = await self._own(session, guild_id, member_id, to_change=False)
            course = _course(config, schedule)
            date = course.times.local_day(now)
            today = await days.of_date(session, config.id, date)
            away = await absences.of_member(session, guild_id, member_id)
            away = away if away and date < away.back else None
        standing = Standing(config, course, None, away=away, today=today)
        if schedule.state is ScheduleState.ACTIVE:
            return replace(standing, upcoming=_upcoming(standing, now))
        stopped = schedule.reason if config.state is Status.ACTIVE else None
        return replace(standing, stopped=stopped)

    async def pause(self, guild_id: int, member_id: int) -> Standing:
        """Ask no more until it is resumed. Raises NoCheckins or CheckinsEnded."""
        async with self._database.writing() as session:
            config, schedule = await self._own(session, guild_id, member_id)
            await self._planner.pause(session, schedule.id)
            await days.leave_out(session, config.id, Reason.PAUSED)
            await self.answers.stop_nudging(session, config.id)
            await configs.change(session, config.id, state=Status.PAUSED.value)
        return await self.get(guild_id, member_id)

    async def resume(self, guild_id: int, member_id: int) -> Standing:
        """Ask again, from the next day on; also after `off`. Raises NoCheckins or CheckinsEnded."""
        async with self._database.writing() as session:
            config, schedule = await self._own(session, guild_id, member_id)
            if schedule.state is not ScheduleState.ACTIVE:
                await self._planner.resume(session, schedule.id)
            await configs.change(session, config.id, state=Status.ACTIVE.value)
        return await self.get(guild_id, member_id)

    async def off(self, guild_id: int, member_id: int) -> Standing:
        """Ask no more; `resume` takes it back. Raises NoCheckins or CheckinsEnded."""
        async with self._database.writing() as session:
            config, schedule = await self._own(session, guild_id, member_id)
            await self._planner.end(session, schedule.id)
            await days.leave_out(session, config.id, Reason.CANCELLED)
            await self.answers.stop_nudging(session, config.id)
            await configs.change(session, config.id, state=Status.OFF.value)
        return await self.get(guild_id, member_id)

    async def now(self, guild_id: int, member_id: int) -> Prompt:
        """Return today's check-in; one that hadn't come yet comes no more.

        Raises NoCheckins or CheckinsEnded.
        """
        now = self._clock.now()
        async with self._database.writing() as session:
            config, schedule = await self._own(session, guild_id, member_id)
            course = _course(config, schedule)
            today = course.times.local_day(now)
            asked = {"state": DayState.ASKED.value, "reason": None, "asked_at": now}
            questions = {"asked": days.column(config.asked)}
            whose = {"config_id": config.id, "guild_id": guild_id, "member_id": member_id}
            day = await days.add(session, whose | asked | questions | {"day": today})
            if day is None:
                return Prompt(
                    config, await self._asked_anyway(session, config, today, asked, questions)
                )
            columns = configs.course_columns(course.asked(today, now))
            return Prompt(await configs.change(session, config.id, **columns), day)

    async def _asked_anyway(
        self,
        session: AsyncSession,
        config: Config,
        today: date,
        asked: Mapping[str, Any],
        questions: Mapping[str, Any],
    ) -> Day:
        """Return today as asked: it has its row, whatever it was before."""
        found = await days.of_date(session, config.id, today)
        if found is None:  # pragma: no cover - nobody erases today
            raise CheckinGone
        new = {} if found.state is DayState.ASKED else dict(asked)
        if not found.said:  # what was said stays with its questions
            new |= questions
        return await days.change(session, found.id, **new) if new else found

    async def zone_changed(
        self, session: AsyncSession, setting: Setting[Any], owner_id: int
    ) -> None:
        """Move check-ins to a zone that was just chosen; an observer of the preferences.

        A server's are moved a hundred at once; the others by the hour.
        """
        if setting is MEMBER_ZONE:
            theirs = await configs.following(session, ZONES_AT_ONCE, member_id=owner_id)
            await self._move_all(session, theirs)
        elif setting is GUILD_ZONE:
            first = await configs.following(session, ZONES_AT_ONCE, guild_id=owner_id)
            await self._move_all(session, first)
            if len(first) == ZONES_AT_ONCE:
                await configs.note_new_zone(session, owner_id, first[-1].id)

    async def look_after(self) -> None:
        """Move what follows a server's new zone, and erase what is of long ago."""
        await self.groups.look_after()
        old = (self._clock.now() - DAYS_KEPT_FOR).date()
        async with self._database.writing() as session:
            await days.forget(session, old)
        more = True
        while more:
            async with self._database.writing() as session:
                stale = await configs.with_old_zone(session, ZONES_AT_ONCE)
                await self._move_all(session, stale)
                more = len(stale) == ZONES_AT_ONCE

    async def _move_all(self, session: AsyncSession, theirs: Sequence[Config]) -> None:
        for config in theirs:
            own = await self._members.days_within(session, config.member_id, config.guild_id)
            await self._moved(session, config, own.zone)

    async def _moved(self, session: AsyncSession, config: Config, zone: str) -> None:
        schedule = await configs.schedule_of(session, config, locked=True)
        course = schedule and _course(config, schedule)
        if schedule and course and course.times.zone != zone:
            turned = course.turned(replace(course.times, zone=zone), self._clock.now())
            await self._planned(session, config, schedule, turned)
        await configs.change(session, config.id, zone_is_old=False)

    async def _begin(self, session: AsyncSession, config: Config, course: Course) -> None:
        begun = await self._planner.begin(session, _plan(config, course))
        await configs.change(session, config.id, schedule_id=begun.id)

    async def _set_up_again(
        self, session: AsyncSession, guild_id: int, member_id: int, wish: Wish
    ) -> None:
        """Change what a member had; where its schedule is gone, begin a new one."""
        try:
            config, schedule = await self._own(session, guild_id, member_id)
        except CheckinsEnded:
            await self._begin_anew(session, guild_id, member_id, wish)
        else:
            await self._turned(session, config, schedule, wish, goes_on=True)

    async def _begin_anew(
        self, session: AsyncSession, guild_id: int, member_id: int, wish: Wish
    ) -> None:
        config = await configs.of_member(session, guild_id, member_id, locked=True)
        if config is None or await configs.schedule_of(session, config):
            return  # erased or begun meanwhile
        course = Course.begun(wish.times, self._clock.now())
        covered = max(course.covered, config.covered)
        course = replace(course, covered=covered, asked_at=config.asked_at)
        own = {"state": Status.ACTIVE.value, "zone_is_old": False}
        columns = own | configs.wish_columns(wish) | configs.course_columns(course)
        await self._begin(session, await configs.change(session, config.id, **columns), course)

    async def _turned(
        self,
        session: AsyncSession,
        config: Config,
        schedule: Schedule,
        wish: Wish,
        *,
        goes_on: bool,
    ) -> None:
        course = _course(config, schedule)
        if wish.times != course.times:
            course = course.turned(wish.times, self._clock.now())
        columns = configs.wish_columns(wish)
        if goes_on:
            columns["state"] = Status.ACTIVE.value
        changed = await configs.change(session, config.id, **columns)
        await self._planned(session, changed, schedule, course)
        if goes_on and schedule.state is ScheduleState.PAUSED:
            await self._planner.resume(session, schedule.id)

    async def _planned(
        self, session: AsyncSession, config: Config, schedule: Schedule, course: Course
    ) -> None:
        """Let a schedule follow a course; what was turned off stays so."""
        rule = course.recurrence()
        await self._planner.edit(session, schedule.id, recurrence=rule, target=config.target)
        await days.leave_out(session, config.id, Reason.CANCELLED)
        if config.state is Status.OFF:
            await self._planner.end(session, schedule.id)
        await configs.change(session, config.id, **configs.course_columns(course))

    async def _own(
        self, session: AsyncSession, guild_id: int, member_id: int, *, to_change: bool = True
    ) -> tuple[Config, Schedule]:
        """Return a member's check-ins; their schedule is locked first, as the queue does."""
        config = await configs.of_member(session, guild_id, member_id)
        if config is None:
            raise NoCheckins
        schedule = await configs.schedule_of(session, config, locked=to_change)
        if schedule is None:
            raise CheckinsEnded
        return config, schedule


def _plan(config: Config, course: Course) -> SchedulePlan:
    return SchedulePlan(
        kind=CHECKIN.name,
        subject_id=config.id,
        target=config.target,
        recurrence=course.recurrence(),
        guild_id=config.guild_id,
        configured_by=config.member_id,
    )


def _course(config: Config, schedule: Schedule) -> Course:
    return Course.of(schedule.recurrence, config.covered, config.asked_at, config.left_out)


def _upcoming(standing: Standing, now: datetime) -> datetime | None:
    """Return when they are asked next: not while away, nor again today."""
    course = standing.course
    done = standing.today.day if standing.today else date.min
    for due in occurrences(course.recurrence(), now):  # pragma: no branch - without an end
        day = course.times.day_of(due)
        if day > done and not (standing.away and day in standing.away):
            return due
    return None  # pragma: no cover - rules have no end
