"""Joining groups and leaving them. Places are given under the group's lock, first come first."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.store.database import Database
from bot.study.errors import (
    JustDeclined,
    NothingAsked,
    NotInGroup,
    OwnerStays,
    TooLateToUndo,
    TooManyOfYours,
    YouAreNotIn,
)
from bot.study.model import (
    ASK_AGAIN_AFTER,
    IN_OR_ON_THE_WAY,
    MOST_OF_A_MEMBER,
    TOLD_AFTER,
    UNDO_FOR,
    Entry,
    News,
    Rank,
    Standing,
)
from bot.study.posting.planning import Planning
from bot.study.roll import Actor, Roll
from bot.study.seats.filling import Filling
from bot.study.statements import entries, groups


@dataclass(frozen=True)
class Seat:
    """How a member stands in a group after they, or an organiser, did something."""

    roll: Roll
    entry: Entry

    is_new: bool = True
    """Whether that has changed."""

    @property
    def place(self) -> int:
        """The place on the waiting list, from 1; 0 without one."""
        return self.roll.place_of(self.entry)


class Seats:
    """Who is in, who waits, and who asks to be let in."""

    def __init__(
        self, database: Database, clock: Clock, planning: Planning, filling: Filling
    ) -> None:
        self._database = database
        self._clock = clock
        self._planning = planning
        self._filling = filling

    async def join(self, guild_id: int, group_id: int, member_id: int) -> Seat:
        """Give a member a place, or one on the waiting list, or let them ask; twice is once.

        Raises GroupGone, GroupClosed, TooManyOfYours or JustDeclined.
        """
        async with self._database.writing() as session:
            await groups.lock_member(session, guild_id, member_id)
            roll = await self._filling.roll(session, guild_id, group_id)
            roll.require_open()
            former = roll.of(member_id)
            if former is not None and former.is_concerned:
                return Seat(roll, former, is_new=False)
            await self._require_room(session, guild_id, member_id)
            require_patience(former, self._clock.now())
            if roll.has_to_ask(former):
                return await self._ask(session, roll, member_id)
            return await self._come_in(session, roll, member_id, roll.arriving)

    async def leave(self, guild_id: int, group_id: int, member_id: int) -> Seat:
        """Let a member go, from the waiting list too. Raises GroupGone, YouAreNotIn, OwnerStays."""
        async with self._database.writing() as session:
            roll = await self._filling.roll(session, guild_id, group_id)
            entry = roll.of(member_id)
            if entry is None or not entry.is_concerned:
                raise YouAreNotIn
            return await self._let_go(session, roll, entry, _left(entry))

    async def come_back(self, guild_id: int, group_id: int, member_id: int) -> Seat:
        """Undo leaving: with a place if there is still one, else at the end of the waiting list.

        Raises GroupGone, GroupClosed, TooLateToUndo or TooManyOfYours.
        """
        async with self._database.writing() as session:
            await groups.lock_member(session, guild_id, member_id)
            roll = await self._filling.roll(session, guild_id, group_id)
            left = Standing.LEFT, Standing.WITHDREW
            return await self._brought_back(session, roll, member_id, *left)

    async def approve(self, guild_id: int, group_id: int, member_id: int, by: Actor) -> Seat:
        """Let in who asks, or was declined. Raises GroupGone, GroupClosed, NotAnOrganiser.

        Raises NothingAsked where they don't ask any more.
        """
        async with self._database.writing() as session:
            roll = await self._filling.roll(session, guild_id, group_id)
            entry = self._asking(roll, member_id, by, Standing.ASKED, Standing.DECLINED)
            now, standing = self._clock.now(), roll.arriving
            await entries.stand(session, [entry], standing, now)
            is_in = standing is Standing.MEMBER
            await self._planning.news(session, entry, News.IN if is_in else News.WAITING)
            return await self._seat(session, roll, member_id)

    async def decline(self, guild_id: int, group_id: int, member_id: int, by: Actor) -> Seat:
        """Don't let in who asks. Raises GroupGone, GroupClosed, NotAnOrganiser, NothingAsked."""
        async with self._database.writing() as session:
            roll = await self._filling.roll(session, guild_id, group_id)
            entry = self._asking(roll, member_id, by, Standing.ASKED)
            await entries.stand(session, [entry], Standing.DECLINED, self._clock.now())
            await self._planning.news(session, entry, News.DECLINED, TOLD_AFTER)
            return await self._seat(session, roll, member_id)

    async def remove(self, guild_id: int, group_id: int, member_id: int, by: Actor) -> Seat:
        """Take somebody out of a group; they must ask to come in again.

        Raises GroupGone, NotAnOrganiser, NotTheOwner, NotInGroup or OwnerStays.
        """
        async with self._database.writing() as session:
            roll = await self._filling.roll(session, guild_id, group_id)
            roll.require_organiser(by)
            entry = roll.concerned(member_id)
            if entry.rank is Rank.ORGANISER:
                roll.require_owner(by)
            seat = await self._let_go(session, roll, entry, Standing.REMOVED)
            await self._planning.news(session, entry, News.REMOVED, TOLD_AFTER)
            return seat

    async def put_back(self, guild_id: int, group_id: int, member_id: int, by: Actor) -> Seat:
        """Undo taking somebody out. Raises GroupGone, NotAnOrganiser, TooLateToUndo and others."""
        async with self._database.writing() as session:
            await groups.lock_member(session, guild_id, member_id)
            roll = await self._filling.roll(session, guild_id, group_id)
            roll.require_organiser(by)
            return await self._brought_back(session, roll, member_id, Standing.REMOVED)

    async def gone(self, session: AsyncSession, guild_id: int, member_id: int) -> None:
        """Free the places of a member who has left the server."""
        found = await entries.of_member(session, guild_id, member_id, IN_OR_ON_THE_WAY)
        for entry in sorted(found, key=lambda each: each.group_id):
            roll = await self._filling.roll(session, guild_id, entry.group_id)
            there = roll.of(member_id)
            if there is None or not there.is_concerned:
                continue
            standing = Standing.WITHDREW if _has_asked(there) else Standing.AWAY
            await entries.stand(session, [there], standing, self._clock.now())
            await self._filling.settled(session, roll)

    async def returned(self, session: AsyncSession, guild_id: int, member_id: int) -> None:
        """Let a member who is back in the server into their groups again, where there is room."""
        found = await entries.of_member(session, guild_id, member_id, (Standing.AWAY,))
        for entry in sorted(found, key=lambda each: each.group_id):
            roll = await self._filling.roll(session, guild_id, entry.group_id)
            took_over = roll.owner is not None and entry.rank is Rank.OWNER
            back = replace(entry, rank=Rank.ORGANISER) if took_over else entry
            await self._again(session, roll, back)

    async def _brought_back(
        self, session: AsyncSession, roll: Roll, member_id: int, *former: Standing
    ) -> Seat:
        roll.require_open()
        entry = roll.of(member_id)
        if entry is not None and entry.is_concerned:
            return Seat(roll, entry, is_new=False)
        too_late = entry is None or entry.at + UNDO_FOR < self._clock.now()
        if entry is None or too_late or entry.standing not in former:
            raise TooLateToUndo
        await self._require_room(session, roll.group.guild_id, member_id)
        return await self._again(session, roll, entry)

    async def _again(self, session: AsyncSession, roll: Roll, entry: Entry) -> Seat:
        """Let somebody stand as before: with a place if one is free, else at the list's end."""
        if entry.standing is Standing.WITHDREW:
            return await self._ask(session, roll, entry.member_id)
        standing, now = roll.arriving, self._clock.now()
        added = await entries.add(session, roll.group, entry.member_id, standing, now)
        if standing is Standing.MEMBER:
            await entries.change(session, [added.id], rank=entry.rank.value)
        if standing is Standing.MEMBER and entry.rank is Rank.OWNER:
            await entries.nothing_offered(session, roll.group.id)
        return await self._seat(session, roll, entry.member_id)

    async def _ask(self, session: AsyncSession, roll: Roll, member_id: int) -> Seat:
        """Let a member ask; who asks anew after taking it back is the same request."""
        now, former = self._clock.now(), roll.of(member_id)
        if former is not None and former.standing is Standing.WITHDREW:
            await entries.stand(session, [former], Standing.ASKED, now)
            entry = former
        else:
            entry = await entries.add(session, roll.group, member_id, Standing.ASKED, now)
        await self._planning.request(session, roll, entry)
        return await self._seat(session, roll, member_id)

    async def _come_in(
        self, session: AsyncSession, roll: Roll, member_id: int, standing: Standing
    ) -> Seat:
        await entries.add(session, roll.group, member_id, standing, self._clock.now())
        return await self._seat(session, roll, member_id)

    async def _let_go(
        self, session: AsyncSession, roll: Roll, entry: Entry, standing: Standing
    ) -> Seat:
        if entry.is_in and entry.rank is Rank.OWNER:
            raise OwnerStays
        await entries.stand(session, [entry], standing, self._clock.now())
        return await self._seat(session, roll, entry.member_id)

    async def _seat(self, session: AsyncSession, roll: Roll, member_id: int) -> Seat:
        after = await self._filling.settled(session, roll)
        entry = after.of(member_id)
        if entry is None:
            raise NotInGroup
        return Seat(after, entry)

    async def _require_room(self, session: AsyncSession, guild_id: int, member_id: int) -> None:
        if await entries.count_of(session, guild_id, member_id) >= MOST_OF_A_MEMBER:
            raise TooManyOfYours

    @staticmethod
    def _asking(roll: Roll, member_id: int, by: Actor, *standings: Standing) -> Entry:
        roll.require_organiser(by)
        roll.require_open()
        entry = roll.of(member_id)
        if entry is None or entry.standing not in standings:
            raise NothingAsked
        return entry


def _has_asked(entry: Entry) -> bool:
    return entry.standing is Standing.ASKED


def _left(entry: Entry) -> Standing:
    return Standing.WITHDREW if _has_asked(entry) else Standing.LEFT


def require_patience(entry: Entry | None, now: datetime) -> None:
    """Raise JustDeclined for who was declined only days ago."""
    if entry is not None and entry.standing is Standing.DECLINED:
        left = entry.at + ASK_AGAIN_AFTER - now
        if left.total_seconds() > 0:
            raise JustDeclined(left.days + 1)
