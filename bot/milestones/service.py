"""Making milestones, and all that a member does with them."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.members.service import Members
from bot.milestones import store
from bot.milestones.files import Record
from bot.milestones.model import (
    KEPT_FOR,
    MOST_KEPT,
    MOST_OPEN,
    Details,
    FinishedMilestone,
    Kind,
    Milestone,
    MilestoneGone,
    MilestoneUnclear,
    NotAnApplication,
    NothingToUndo,
    Page,
    Pipeline,
    Seen,
    State,
    TooManyMilestones,
    Visibility,
    Wanted,
    Whose,
    id_in,
)
from bot.milestones.stages import Outcome, Stage, Step, Steps, funnel, moved, reached
from bot.milestones.statements import milestones as statements
from bot.milestones.typed import Typed, understood
from bot.store.database import Database

Observer = Callable[[AsyncSession, FinishedMilestone], Awaitable[None]]
ChangeObserver = Callable[[AsyncSession, Milestone, Milestone], Awaitable[None]]

PER_PAGE = 6
MOST_SUGGESTED = 25
KEPT = (State.OPEN, State.DONE)
SHARED = Wanted(Kind.GOAL, None, Visibility.SERVER)


class Milestones:
    """Members' milestones, each in one server. Everything asks for the server and the member.

    `finished` are awaited, in its unit of work, when a milestone is done (an application: when it
    was accepted); `taken_back` when such a one is opened again or removed. Bringing a removed one
    back tells nobody anew, nor does an import. `changed` are awaited whatever has become of one,
    with how it was and how it is.
    """

    def __init__(self, database: Database, clock: Clock, members: Members) -> None:
        self._database = database
        self._clock = clock
        self._members = members
        self.finished: list[Observer] = []
        self.taken_back: list[Observer] = []
        self.changed: list[ChangeObserver] = []

    async def add(
        self,
        guild_id: int,
        member_id: int,
        typed: Typed,
        kind: Kind = Kind.GOAL,
        stage: Stage = Stage.SAVED,
    ) -> Seen:
        """Add a milestone; what is unclear is left out and told of.

        Raises Unfit or TooManyMilestones.
        """
        zone, now = await self._members.zone(member_id, guild_id), self._clock.now()
        # In a thread, as reading a phrase may take some milliseconds.
        meant = await asyncio.to_thread(understood, typed, Details("", kind), now, zone)
        steps = (Step(stage, now),) if kind is Kind.APPLICATION else ()
        record = Record(meant.details, steps=steps)
        async with self._writing(member_id) as session:
            await self._check_room(session, guild_id, member_id)
            added = await store.add(session, guild_id, member_id, record, now)
        return Seen(added, _day(now, zone), steps, meant.problems)

    async def edit(self, guild_id: int, member_id: int, milestone_id: int, typed: Typed) -> Seen:
        """Change what was typed; what is unclear stays as it was and is told of.

        Raises MilestoneGone or Unfit.
        """
        zone, now = await self._members.zone(member_id, guild_id), self._clock.now()
        async with self._changing(guild_id, member_id, milestone_id) as (session, before):
            meant = await asyncio.to_thread(understood, typed, before.details, now, zone)
            columns = store.columns(meant.details)
            changed = await store.change(session, milestone_id, now, **columns)
            await self._note(session, before, changed)
            steps = await _steps(session, changed)
        return Seen(changed, _day(now, zone), steps, meant.problems)

    async def done(self, guild_id: int, member_id: int, milestone_id: int) -> Seen:
        """Note that one is done; a second time changes nothing and tells nobody.

        An application is closed without saying how it ended. Raises MilestoneGone.
        """
        async with self._changing(guild_id, member_id, milestone_id) as (session, before):
            if before.state is State.OPEN:
                await self._finish(session, before)
        return await self.get(guild_id, member_id, milestone_id)

    async def reopen(self, guild_id: int, member_id: int, milestone_id: int) -> Seen:
        """Open one that is done, with all it had; one that is open stays so.

        Raises MilestoneGone or TooManyMilestones.
        """
        async with self._changing(guild_id, member_id, milestone_id) as (session, before):
            if before.state is State.DONE:
                await self._check_room(session, guild_id, member_id, also_kept=False)
                await self._open_again(session, before)
        return await self.get(guild_id, member_id, milestone_id)

    async def move(
        self,
        guild_id: int,
        member_id: int,
        milestone_id: int,
        stage: Stage,
        outcome: Outcome | None = None,
    ) -> Seen:
        """Move an application to a stage; `outcome` says how a closed one ended.

        Raises MilestoneGone, NotAnApplication or TooManyMilestones.
        """
        async with self._changing(guild_id, member_id, milestone_id) as (session, before):
            if before.details.kind is not Kind.APPLICATION:
                raise NotAnApplication
            if before.state is State.DONE and stage is not Stage.CLOSED:
                await self._check_room(session, guild_id, member_id, also_kept=False)
            await self._move(session, before, stage, outcome)
        return await self.get(guild_id, member_id, milestone_id)

    async def remove(self, guild_id: int, member_id: int, milestone_id: int) -> Milestone:
        """Remove one; it can be brought back for a day. Twice is once. Raises MilestoneGone."""
        now = self._clock.now()
        changing = self._changing(guild_id, member_id, milestone_id, removed_too=True)
        async with changing as (session, before):
            if before.state is State.REMOVED:
                return before
            removed = await store.change(session, milestone_id, now, removed_at=now)
            await self._tell(session, before, removed)
            return removed

    async def restore(self, guild_id: int, member_id: int, milestone_id: int) -> Seen:
        """Bring a removed one back as it was. Raises MilestoneGone or TooManyMilestones."""
        changing = self._changing(guild_id, member_id, milestone_id, removed_too=True)
        async with changing as (session, before):
            if before.state is State.REMOVED:
                also_open = before.done_at is None
                await self._check_room(session, guild_id, member_id, also_open=also_open)
                now = self._clock.now()
                back = await store.change(session, milestone_id, now, removed_at=None)
                await self._note(session, before, back)
        return await self.get(guild_id, member_id, milestone_id)

    async def undo(self, guild_id: int, member_id: int, text: str | None = None) -> Seen:
        """Bring back what was removed, or open what is done: the one meant, else the latest.

        Raises NothingToUndo, MilestoneUnclear or TooManyMilestones.
        """
        if text is None:
            async with self._database.reading() as session:
                meant = await statements.latest_put_away(session, Whose(guild_id, member_id))
            if meant is None:
                raise NothingToUndo
        else:
            meant = await self.meant(guild_id, member_id, text, (State.DONE, State.REMOVED))
        undo = self.restore if meant.state is State.REMOVED else self.reopen
        return await undo(guild_id, member_id, meant.id)

    async def get(self, guild_id: int, member_id: int, milestone_id: int) -> Seen:
        """Return one of a member's milestones. Raises MilestoneGone."""
        zone = await self._members.zone(member_id, guild_id)
        async with self._database.reading() as session:
            own = await self._own(session, guild_id, member_id, milestone_id)
            return Seen(own, _day(self._clock.now(), zone), await _steps(session, own))

    async def meant(
        self, guild_id: int, member_id: int, text: str, states: Iterable[State] = KEPT
    ) -> Milestone:
        """Return the one with that key or title. Raises MilestoneUnclear."""
        wanted, own_id = (*states,), id_in(text)
        async with self._database.reading() as session:
            if own_id is not None:
                own = await statements.by_id(session, Whose(guild_id, member_id), own_id)
                if own is not None and own.state in wanted:
                    return own
            found = await statements.like(session, Whose(guild_id, member_id), text, wanted, 2)
        same = [each for each in found if each.details.name == Details(text.strip()).name]
        if len(found) == 1 or len(same) == 1:
            return (same or found)[0]
        raise MilestoneUnclear

    async def suggestions(
        self, guild_id: int, member_id: int, typed: str, states: Iterable[State] = KEPT
    ) -> list[Milestone]:
        """Return a member's milestones that may be meant by a text still being typed."""
        async with self._database.reading() as session:
            return await statements.like(
                session, Whose(guild_id, member_id), typed, states, MOST_SUGGESTED
            )

    async def page(self, guild_id: int, member_id: int, wanted: Wanted, number: int = 0) -> Page:
        """Return a page (from 0, else the last one) of a member's own milestones."""
        zone = await self._members.zone(member_id, guild_id)
        async with self._database.reading() as session:
            found, total = await statements.page(
                session, Whose(guild_id, member_id), wanted, number * PER_PAGE, PER_PAGE
            )
            last = max(0, (total - 1) // PER_PAGE)
            if number > last:
                number = last
                found, total = await statements.page(
                    session, Whose(guild_id, member_id), wanted, number * PER_PAGE, PER_PAGE
                )
        return Page(tuple(found), total, _day(self._clock.now(), zone), number)

    async def shared(self, guild_id: int, member_id: int, number: int = 0) -> Page:
        """Return a page of what a member lets this server see: goals alone."""
        return await self.page(guild_id, member_id, SHARED, number)

    async def open_of(self, guild_id: int, member_id: int) -> tuple[Milestone, ...]:
        """Return a member's open milestones, the soonest first."""
        async with self._database.reading() as session:
            wanted = Wanted(state=State.OPEN)
            return (*await statements.kept(session, Whose(guild_id, member_id), wanted),)

    async def pipeline(self, guild_id: int, member_id: int) -> Pipeline:
        """Return how a member's applications stand; for nobody else's eyes."""
        zone = await self._members.zone(member_id, guild_id)
        async with self._database.reading() as session:
            counted = await statements.applications(session, Whose(guild_id, member_id))
            wanted = Wanted(state=State.OPEN)
            opened = await statements.kept(session, Whose(guild_id, member_id), wanted)
            done = await statements.done_by_kind(session, Whose(guild_id, member_id))
        under_way = [each for each in opened if each.details.kind is Kind.APPLICATION]
        return Pipeline(
            funnel=funnel(counted),
            under_way=(*sorted(under_way, key=_rank, reverse=True),),
            others=tuple(
                each for each in opened if each.details.kind in {Kind.INTERVIEW, Kind.OFFER}
            ),
            today=_day(self._clock.now(), zone),
            done={kind: done.get(kind, 0) for kind in (Kind.INTERVIEW, Kind.OFFER)},
        )

    async def forget_old(self) -> None:
        """Erase what can't be brought back any more."""
        async with self._database.writing() as session:
            await statements.forget_old(session, self._clock.now() - KEPT_FOR)

    async def _finish(self, session: AsyncSession, before: Milestone) -> None:
        if before.details.kind is Kind.APPLICATION:
            await self._move(session, before, Stage.CLOSED, None)
            return
        now, times = self._clock.now(), before.times_done + 1
        done = await store.change(session, before.id, now, done_at=now, times_done=times)
        await self._tell(session, before, done)

    async def _open_again(self, session: AsyncSession, before: Milestone) -> None:
        if before.details.kind is Kind.APPLICATION:
            await self._move(session, before, reached(await _steps(session, before)), None)
            return
        now, past = self._clock.now(), before.done_at
        opened = await store.change(session, before.id, now, done_at=None, was_done_at=past)
        await self._tell(session, before, opened)

    async def _move(
        self, session: AsyncSession, before: Milestone, stage: Stage, outcome: Outcome | None
    ) -> None:
        now = self._clock.now()
        steps = moved(await _steps(session, before), stage, now)
        is_closed = stage is Stage.CLOSED
        outcome = outcome if is_closed else None
        values: dict[str, Any] = {
            "outcome": outcome and outcome.value,
            "done_at": (before.done_at or now) if is_closed else None,
            "was_done_at": before.was_done_at if is_closed else before.done_at,
        }
        if outcome is Outcome.ACCEPTED and not before.is_achieved:
            values["times_done"] = before.times_done + 1
        after = await store.set_steps(session, before.id, steps, now, **values)
        await self._tell(session, before, after)

    async def _tell(self, session: AsyncSession, before: Milestone, after: Milestone) -> None:
        """Tell observers what has become of a milestone."""
        await self._note(session, before, after)
        if after.is_achieved and not before.is_achieved:
            for observer in self.finished:
                await observer(session, after.finished())
        if before.is_achieved and not after.is_achieved:
            for observer in self.taken_back:
                await observer(session, before.finished())

    async def _note(self, session: AsyncSession, before: Milestone, after: Milestone) -> None:
        for observer in self.changed:
            await observer(session, before, after)

    async def _check_room(
        self,
        session: AsyncSession,
        guild_id: int,
        member_id: int,
        *,
        also_open: bool = True,
        also_kept: bool = True,
    ) -> None:
        """Raise TooManyMilestones if there can't be one more open one, or one more at all."""
        opened, kept = await statements.counts(session, Whose(guild_id, member_id))
        if also_open and opened >= MOST_OPEN:
            raise TooManyMilestones(MOST_OPEN)
        if also_kept and kept >= MOST_KEPT:
            raise TooManyMilestones(MOST_KEPT)

    @asynccontextmanager
    async def _writing(self, member_id: int) -> AsyncGenerator[AsyncSession]:
        """Open a unit of work in which nobody else changes a member's milestones."""
        async with self._database.writing() as session:
            await store.lock_member(session, member_id)
            yield session

    @asynccontextmanager
    async def _changing(
        self, guild_id: int, member_id: int, milestone_id: int, *, removed_too: bool = False
    ) -> AsyncGenerator[tuple[AsyncSession, Milestone]]:
        async with self._writing(member_id) as session:
            own = await self._own(
                session, guild_id, member_id, milestone_id, removed_too=removed_too
            )
            yield session, own

    async def _own(
        self,
        session: AsyncSession,
        guild_id: int,
        member_id: int,
        milestone_id: int,
        *,
        removed_too: bool = False,
    ) -> Milestone:
        own = await statements.by_id(session, Whose(guild_id, member_id), milestone_id)
        if own is None or (own.state is State.REMOVED and not removed_too):
            raise MilestoneGone
        return own


async def _steps(session: AsyncSession, milestone: Milestone) -> Steps:
    steps = await statements.steps_of(session, [milestone.id])
    return steps.get(milestone.id, ())


def _rank(milestone: Milestone) -> int:
    return milestone.stage.rank if milestone.stage else 0


def _day(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()
