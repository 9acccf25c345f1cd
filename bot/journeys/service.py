"""Members' journeys in a server: one under way at a time, its tasks, its pace and its rests."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.careers.registry import RoleRegistry
from bot.careers.service import RoleGone
from bot.clock import Clock
from bot.journeys import changes, store
from bot.journeys.beginning import begun, first_tasks
from bot.journeys.journey import Journey
from bot.journeys.model import (
    MAX_NOTE,
    DayNotAhead,
    Finished,
    JourneyChanged,
    NoJourney,
    NoSuchTask,
    NotOneDay,
    NotShown,
    Pace,
    TakenBack,
    Task,
)
from bot.journeys.outline import Outline, outline
from bot.journeys.settings import PRIVATE, VISIBILITY
from bot.members.service import Members
from bot.settings.service import Preferences
from bot.store.database import Database
from bot.streaks.local_day import local_day
from bot.when.errors import UnclearTime
from bot.when.phrases import Once, understand

EXAMPLE = "in 20 weeks"

Observer = Callable[[AsyncSession, Finished], Awaitable[None]]
"""Hears, within the unit of work, what a member has newly finished."""

BackObserver = Callable[[AsyncSession, TakenBack], Awaitable[None]]
"""Hears, within the unit of work, what a member has taken back."""

StartObserver = Callable[[AsyncSession, Journey], Awaitable[None]]
"""Hears, within the unit of work, of a journey that begins, with what was done before."""


@dataclass(frozen=True)
class Way:
    """The career and the pace with which a journey is to begin."""

    role: str
    """The pack's slug."""

    hours: int | None = None
    """A week; None for what the target needs, or without one the pack's own."""

    target: date | None = None


class Journeys:
    """Journeys of members in a server. What changes one asks for its member."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        registry: RoleRegistry,
        members: Members,
        preferences: Preferences,
    ) -> None:
        self._database = database
        self._clock = clock
        self._registry = registry
        self._members = members
        self._preferences = preferences
        self._outlines: dict[str, Outline] = {}
        self.observers: list[Observer] = []
        self.taken_back: list[BackObserver] = []
        self.started: list[StartObserver] = []

    async def active(self, guild_id: int, member_id: int) -> Journey | None:
        """Return the journey that a member is on, fitted to its pack as it is now."""
        today = await self.today(guild_id, member_id)
        async with self._database.reading() as session:
            found = await store.active(session, guild_id, member_id, today)
        if found is None or not self._is_outdated(*found):
            return found[0] if found else None
        async with self._changing(guild_id, member_id) as (session, today):
            return await self._found(session, guild_id, member_id, today)

    async def of(self, guild_id: int, member_id: int) -> Journey:
        """Return the journey that a member is on. Raises NoJourney."""
        journey = await self.active(guild_id, member_id)
        if journey is None:
            raise NoJourney
        return journey

    async def kept(self, guild_id: int, member_id: int, journey_id: int) -> Journey | None:
        """Return a member's journey, under way or ended, as it was kept."""
        today = await self.today(guild_id, member_id)
        async with self._database.reading() as session:
            journey = await store.by_id(session, journey_id, today)
        whose = journey and (journey.guild_id, journey.member_id)
        return journey if whose == (guild_id, member_id) else None

    async def seen(self, guild_id: int, member_id: int, viewer_id: int) -> Journey:
        """Return a member's journey for who may see it. Raises NoJourney or NotShown."""
        if member_id == viewer_id:
            return await self.of(guild_id, member_id)
        visibility = await self._preferences.get(VISIBILITY, member_id)
        journey = None if visibility == PRIVATE else await self.active(guild_id, member_id)
        if journey is None:
            raise NotShown
        return journey

    def outline(self, role: str) -> Outline | None:
        """Return what a career's roadmap asks for; None where its pack isn't loaded."""
        if role not in self._outlines:
            loaded = self._registry.get(role)
            if loaded is None:
                return None
            self._outlines[role] = outline(loaded)
        return self._outlines[role]

    async def today(self, guild_id: int, member_id: int) -> date:
        """Return the member's local day."""
        days = await self._members.days(member_id, guild_id)
        return days.of(self._clock.now()).date

    async def day_meant(self, guild_id: int, member_id: int, phrase: str) -> date:
        """Return the coming day that a member means. Raises UnclearTime and MemberErrors."""
        days, now = await self._members.days(member_id, guild_id), self._clock.now()
        try:
            moment = await asyncio.to_thread(understand, phrase, now, days.zone)
        except UnclearTime as error:
            raise UnclearTime(error.what, error.choices, EXAMPLE) from None
        if not isinstance(moment, Once):
            raise NotOneDay
        day = local_day(moment.at, days.zone).date
        if day <= days.of(now).date:
            raise DayNotAhead
        return day

    async def draft(
        self, guild_id: int, member_id: int, way: Way, *, switching: bool = False
    ) -> Journey:
        """Return the journey that would begin today. Nothing is kept.

        Raises JourneyRuns, or where one is to be switched NoJourney or SameCareer; RoleGone.
        """
        today = await self.today(guild_id, member_id)
        async with self._database.reading() as session:
            found = await store.active(session, guild_id, member_id, today)
            changes.check_way(way.role, found[0] if found else None, switching=switching)
            return await self._drafted(session, guild_id, member_id, way, today)

    async def begin(
        self, guild_id: int, member_id: int, way: Way, *, replacing: int | None = None
    ) -> Journey:
        """Begin a journey, in the place of the one with the id `replacing`, which is ended.

        Raises JourneyRuns, JourneyChanged or RoleGone.
        """
        async with self._changing(guild_id, member_id) as (session, today):
            there = await self._found(session, guild_id, member_id, today)
            if replacing is not None:
                changes.check_same(there, replacing)
                await store.put_end(session, replacing, self._clock.now())
            changes.check_way(way.role, there, switching=replacing is not None)
            draft = await self._drafted(session, guild_id, member_id, way, today)
            printed = self._outlines[way.role].print
            journey_id = await store.add(session, draft, printed, self._clock.now())
            journey = await self._stored(session, journey_id, today)
            for observe in self.started:
                await observe(session, journey)
            return journey

    async def finish(self, guild_id: int, member_id: int, task_ids: Collection[int]) -> Finished:
        """Note that tasks are done; those that are done stay as they are.

        Raises NoJourney or NoSuchTask.
        """
        return await self._act(guild_id, member_id, task_ids, changes.done)

    async def skip(self, guild_id: int, member_id: int, task_ids: Collection[int]) -> Finished:
        """Leave open tasks out of the plan. Raises NoJourney or NoSuchTask."""
        return await self._act(
            guild_id, member_id, task_ids, lambda tasks, _now, _day: changes.skipped(tasks)
        )

    async def reopen(
        self, guild_id: int, member_id: int, task_ids: Collection[int]
    ) -> tuple[Task, ...]:
        """Take back that tasks are done or skipped; return those that weren't open.

        Raises NoJourney or NoSuchTask.
        """
        async with self._changing(guild_id, member_id) as (session, today):
            journey = await self._current(session, guild_id, member_id, today)
            opened = changes.opened(changes.meant(journey, task_ids))
            await store.put_tasks(session, opened)
            back = changes.taken_back(journey, opened)
            for observe in self.taken_back if back.phases or back.was_over else ():
                await observe(session, back)
            return opened

    async def reopen_done_at(self, guild_id: int, member_id: int, at: datetime) -> None:
        """Take back what was done at one instant, by one act. Raises NoJourney."""
        journey = await self.of(guild_id, member_id)
        ids = [task.id for task in journey.tasks if task.done_at == at]
        await self.reopen(guild_id, member_id, ids)

    async def write_note(self, guild_id: int, member_id: int, task_id: int, note: str) -> Task:
        """Keep a note on a task, in the place of an earlier one.

        Raises NoJourney or NoSuchTask.
        """
        async with self._changing(guild_id, member_id) as (session, today):
            journey = await self._current(session, guild_id, member_id, today)
            [task] = changes.meant(journey, [task_id])
            noted = replace(task, note=note.strip()[:MAX_NOTE])
            await store.put_tasks(session, [noted])
            return noted

    async def task(self, guild_id: int, member_id: int, task_id: int) -> tuple[Journey, Task]:
        """Return a task with its journey. Raises NoJourney or NoSuchTask."""
        journey = await self.of(guild_id, member_id)
        task = journey.task(task_id)
        if task is None:
            raise NoSuchTask
        return journey, task

    async def set_pace(self, guild_id: int, member_id: int, journey_id: int, pace: Pace) -> Journey:
        """Agree on another pace. Raises NoJourney or JourneyChanged."""
        async with self._changing(guild_id, member_id) as (session, today):
            journey = await self._current(session, guild_id, member_id, today, journey_id)
            await store.put_pace(session, journey.id, pace)
            return replace(journey, pace=pace)

    async def pause(
        self, guild_id: int, member_id: int, journey_id: int, back: date | None
    ) -> Journey:
        """Rest from today on until the day before `back`, or until it is ended.

        Raises NoJourney, JourneyChanged or what `changes.resting` raises.
        """
        async with self._changing(guild_id, member_id) as (session, today):
            journey = await self._current(session, guild_id, member_id, today, journey_id)
            paused = changes.resting(journey, back)
            await store.put_pauses(session, journey.id, paused.pauses)
            return paused

    async def resume(self, guild_id: int, member_id: int, journey_id: int) -> Journey:
        """End a rest: today counts again. Raises NoJourney, JourneyChanged or NothingPaused."""
        async with self._changing(guild_id, member_id) as (session, today):
            journey = await self._current(session, guild_id, member_id, today, journey_id)
            resumed = changes.resumed(journey)
            await store.put_pauses(session, journey.id, resumed.pauses)
            return resumed

    async def end(self, guild_id: int, member_id: int, journey_id: int) -> Journey:
        """End a journey; it is kept as it is. Raises NoJourney or JourneyChanged."""
        async with self._changing(guild_id, member_id) as (session, today):
            journey = await self._current(session, guild_id, member_id, today, journey_id)
            await store.put_end(session, journey.id, self._clock.now())
            return journey

    @staticmethod
    def finishers(guild_id: int, role: str, phase: str | None) -> Select[int]:
        """Return the statement for who has finished a career's phase, or all of it.

        It counts on a member's latest journey of that career, and holds for other features'
        units of work.
        """
        return store.finishers(guild_id, role, phase)

    async def return_to(self, guild_id: int, member_id: int, journey_id: int) -> Journey:
        """Go on with a journey that was ended; another one that is under way is ended.

        Raises JourneyChanged if the member has no such journey in the server.
        """
        async with self._changing(guild_id, member_id) as (session, today):
            journey = await store.by_id(session, journey_id, today)
            if journey is None or (journey.guild_id, journey.member_id) != (guild_id, member_id):
                raise JourneyChanged
            there = await self._found(session, guild_id, member_id, today)
            if there is not None and there.id != journey_id:
                await store.put_end(session, there.id, self._clock.now())
            await store.put_end(session, journey_id, None)
            return await self._current(session, guild_id, member_id, today, journey_id)

    @asynccontextmanager
    async def _changing(
        self, guild_id: int, member_id: int
    ) -> AsyncGenerator[tuple[AsyncSession, date]]:
        """Open a unit of work in which nobody else changes the member's journeys."""
        today = await self.today(guild_id, member_id)
        async with self._database.writing() as session:
            await store.lock_member(session, guild_id, member_id)
            yield session, today

    async def _act(
        self,
        guild_id: int,
        member_id: int,
        task_ids: Collection[int],
        change: Callable[[tuple[Task, ...], datetime, date], tuple[Task, ...]],
    ) -> Finished:
        now = self._clock.now()
        async with self._changing(guild_id, member_id) as (session, today):
            journey = await self._current(session, guild_id, member_id, today)
            changed = change(changes.meant(journey, task_ids), now, today)
            await store.put_tasks(session, changed)
            finished = changes.finished(journey, changed, now)
            if finished.tasks or finished.phases or (changed and finished.is_over):
                for observe in self.observers:
                    await observe(session, finished)
            return finished

    async def _current(
        self,
        session: AsyncSession,
        guild_id: int,
        member_id: int,
        today: date,
        journey_id: int | None = None,
    ) -> Journey:
        """Return the journey under way, with that id. Raises NoJourney or JourneyChanged."""
        journey = await self._found(session, guild_id, member_id, today)
        if journey is None:
            raise NoJourney
        if journey_id is not None:
            changes.check_same(journey, journey_id)
        return journey

    async def _found(
        self, session: AsyncSession, guild_id: int, member_id: int, today: date
    ) -> Journey | None:
        """Return the journey under way, first fitted to its pack if that has changed."""
        found = await store.active(session, guild_id, member_id, today)
        if found is None or not self._is_outdated(*found):
            return found[0] if found else None
        journey, now = found[0], self._outlines[found[0].role]
        known, added = changes.updated(journey, now)
        await store.put_tasks(session, known)
        await store.add_tasks(session, journey.id, added)
        await store.put_outline(session, journey.id, now.title, now.print)
        return await self._stored(session, journey.id, today)

    def _is_outdated(self, journey: Journey, printed: str) -> bool:
        """Return whether the pack is loaded and has changed since a journey was fitted to it."""
        now = self.outline(journey.role)
        return now is not None and now.print != printed

    async def _drafted(
        self, session: AsyncSession, guild_id: int, member_id: int, way: Way, today: date
    ) -> Journey:
        asked = self.outline(way.role)
        if asked is None:
            raise RoleGone
        tasks = first_tasks(asked, await store.done_by(session, guild_id, member_id))
        draft = begun(asked, (guild_id, member_id), today, tasks)
        return draft.with_pace(way.hours, way.target)

    async def _stored(self, session: AsyncSession, journey_id: int, today: date) -> Journey:
        journey = await store.by_id(session, journey_id, today)
        if journey is None:
            raise JourneyChanged
        return journey
