"""Groups that prepare together: making, finding, changing and closing them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery.planner import Planner
from bot.guilds.service import Notices
from bot.guilds.settings import ZONE
from bot.members.service import Members
from bot.settings.service import Preferences
from bot.store.database import Database
from bot.study.errors import GroupGone, NameTaken, TooManyGroups, TooManyOfYours
from bot.study.model import (
    IN_OR_ON_THE_WAY,
    KEPT_FOR,
    MOST_IN_A_SERVER,
    MOST_OF_A_MEMBER,
    UNDO_FOR,
    Admission,
    Group,
    Place,
    Rank,
    Standing,
    State,
    Wish,
    ownerless,
)
from bot.study.organising.handover import Handover
from bot.study.organising.service import Organising
from bot.study.overlap import ENOUGH, hours_in_common
from bot.study.posting.planning import Planning
from bot.study.posting.service import Cards
from bot.study.resting.service import Resting
from bot.study.roll import Actor, Roll, name_meant
from bot.study.seats.filling import Filling
from bot.study.seats.service import Seats
from bot.study.statements import entries, groups

LOOKED_FOR_AGAIN_AFTER = timedelta(days=7)
FORGOTTEN_AFTER = timedelta(days=30)
"""When it is forgotten that somebody left a group or wasn't let in."""


@dataclass(frozen=True)
class Wanted:
    """What a member looks for; None for whatever there is."""

    role: str | None = None
    phase: str | None = None
    free: bool = False
    """Whether there must be a free place."""

    near: bool = False
    """Whether much of its day must be day for the member too."""


@dataclass(frozen=True)
class Found:
    """A group that a member has found."""

    roll: Roll
    hours: int
    """How many hours of its day are the member's day too."""


class StudyGroups:
    """Groups. Who is in them is in `seats`, who organises in `organising`."""

    def __init__(  # noqa: PLR0917 - what it is made of
        self,
        database: Database,
        clock: Clock,
        planner: Planner,
        notices: Notices,
        preferences: Preferences,
        members: Members,
    ) -> None:
        self._database = database
        self._clock = clock
        self._notices = notices
        self._preferences = preferences
        self._members = members
        self._planning = Planning(clock, planner)
        handover = Handover(clock, self._planning, notices)
        self._filling = Filling(clock, self._planning, handover)
        self.cards = Cards(database, clock, self._planning)
        self.seats = Seats(database, clock, self._planning, self._filling)
        parts = (self._planning, self._filling)
        self.organising = Organising(database, clock, *parts, handover)
        self.resting = Resting(database, clock, *parts)

    async def zone(self, guild_id: int) -> str:
        """Return the IANA zone in which groups of a server meet unless they say otherwise."""
        return await self._preferences.get(ZONE, guild_id) or "UTC"

    async def require_room(self, guild_id: int, member_id: int, name: str) -> None:
        """Raise what `create` would, before anything is made for a group."""
        async with self._database.reading() as session:
            await self._require_room(session, guild_id, name)
            await self._require_room_for(session, guild_id, member_id)

    async def create(self, guild_id: int, wish: Wish, place: Place, by: int) -> Roll:
        """Make a group that is a member's; its card follows.

        Raises NameUnfit, NameTaken, TooManyGroups or TooManyOfYours.
        """
        wish, now = replace(wish, name=name_meant(wish.name)), self._clock.now()
        async with self._database.writing() as session:
            await groups.lock_server(session, guild_id)
            await groups.lock_member(session, guild_id, by)
            await self._require_room(session, guild_id, wish.name)
            await self._require_room_for(session, guild_id, by)
            group = await groups.add(session, guild_id, wish, place, by, now)
            owner = await entries.add(session, group, by, Standing.MEMBER, now)
            await entries.change(session, [owner.id], rank=Rank.OWNER.value)
            await self._planning.card(session, group)
            return await entries.roll(session, group)

    async def change(
        self,
        guild_id: int,
        group_id: int,
        by: Actor,
        *,
        topic: str | None = None,
        size: int | None = None,
        admission: Admission | None = None,
    ) -> Roll:
        """Change what is given of a group. More places fill from the waiting list.

        With fewer, nobody has to go. Raises GroupGone, GroupClosed or NotAnOrganiser.
        """
        async with self._database.writing() as session:
            roll = await self._filling.roll(session, guild_id, group_id)
            roll.require_organiser(by)
            roll.require_open()
            wish = roll.group.wish
            changed = replace(
                wish,
                topic=wish.topic if topic is None else topic,
                size=size or wish.size,
                admission=admission or wish.admission,
            )
            await groups.change(session, [group_id], **groups.wish_columns(changed))
            return await self._filling.settled(session, roll)

    async def close(self, guild_id: int, group_id: int, by: Actor) -> Roll:
        """Close a group; it can be opened again. Raises GroupGone or NotAnOrganiser."""
        async with self._database.writing() as session:
            roll = await self._filling.roll(session, guild_id, group_id)
            roll.require_organiser(by)
            if not roll.group.is_open:
                return roll
            values = {"state": State.CLOSED.value, "closed_at": self._clock.now()}
            await groups.change(session, [group_id], **values)
            await self._notices.over(session, [ownerless(roll.group)])
            return await self._closed_or_opened(session, roll)

    async def reopen(self, guild_id: int, group_id: int, by: Actor) -> Roll:
        """Open a group again that was closed or archived.

        Raises GroupGone, NotAnOrganiser, NameTaken or TooManyGroups.
        """
        async with self._database.writing() as session:
            await groups.lock_server(session, guild_id)
            roll = await self._filling.roll(session, guild_id, group_id)
            roll.require_organiser(by)
            if roll.group.is_open:
                return roll
            await self._require_room(session, guild_id, roll.group.wish.name)
            values = {"state": State.OPEN.value, "closed_at": None, "asked_at": None}
            await groups.change(session, [group_id], **values, active_at=self._clock.now())
            return await self._closed_or_opened(session, roll)

    async def get(self, guild_id: int, group_id: int) -> Roll:
        """Return a group with everybody in it, closed or not. Raises GroupGone."""
        async with self._database.reading() as session:
            group = await groups.by_id(session, group_id)
            if group is None or group.guild_id != guild_id:
                raise GroupGone
            return await entries.roll(session, group)

    async def open_ones(self, guild_id: int) -> list[Group]:
        """Return a server's open groups, by name."""
        async with self._database.reading() as session:
            return await groups.of_server(session, guild_id, State.OPEN)

    async def find(self, guild_id: int, member_id: int, wanted: Wanted) -> list[Found]:
        """Return the open groups that a member looks for: free places first, then by shared day."""
        async with self._database.reading() as session:
            there = await groups.of_server(session, guild_id, State.OPEN)
            rolls = await entries.rolls(session, there)
        zone, now = await self._members.zone(member_id, guild_id), self._clock.now()
        found = [Found(each, hours_in_common(zone, each.group.wish.zone, now)) for each in rolls]
        fit = [each for each in found if _fits(each, wanted)]
        return sorted(fit, key=lambda each: (not each.roll.free, -each.hours))

    async def mine(self, guild_id: int, member_id: int) -> list[Roll]:
        """Return the open groups that a member is in, waits for, or has asked to join."""
        async with self._database.reading() as session:
            own = await entries.of_member(session, guild_id, member_id, IN_OR_ON_THE_WAY)
            there = await groups.by_ids(session, {each.group_id for each in own})
            return await entries.rolls(session, there)

    async def left(self, session: AsyncSession, guild_id: int, member_id: int) -> None:
        """Free a member's places, as they have left the server; groups of theirs are offered."""
        await self.seats.gone(session, guild_id, member_id)

    async def came_back(self, session: AsyncSession, guild_id: int, member_id: int) -> None:
        """Let a member who is back in a server into their groups again."""
        await self.seats.returned(session, guild_id, member_id)

    async def forgotten(self, session: AsyncSession, rows: Sequence[Row[Any]]) -> None:
        """Fill the places of a member who was forgotten; groups of theirs are offered."""
        for group_id in sorted({row.group_id for row in rows}):
            group = await groups.by_id(session, group_id, locked=True)
            if group is not None and group.is_open:
                await self._filling.settled(session, await entries.roll(session, group))

    async def to_look_for(self, limit: int) -> list[tuple[int, int]]:
        """Return servers and owners of groups there that weren't looked for in a week."""
        now = self._clock.now()
        async with self._database.writing() as session:
            before = now - LOOKED_FOR_AGAIN_AFTER
            ids = await groups.longest_unlooked(session, before, limit)
            await groups.change(session, ids, looked_at=now)
            return await entries.owners(session, ids)

    async def look_after(self) -> None:
        """Ask the next to take over, ask and archive dormant groups, and erase what is over."""
        await self.organising.look_after()
        await self.resting.look_after()
        now = self._clock.now()
        async with self._database.writing() as session:
            await entries.forget_over(session, now - max(FORGOTTEN_AFTER, UNDO_FOR))
            await groups.erase_closed(session, now - KEPT_FOR)

    async def _closed_or_opened(self, session: AsyncSession, roll: Roll) -> Roll:
        after = await self._filling.settled(session, roll)
        await self._planning.thread(session, after.group)
        if after.group.is_open and after.group.card_id is None:
            await self._planning.card(session, after.group)
        return after

    @staticmethod
    async def _require_room(session: AsyncSession, guild_id: int, name: str) -> None:
        there = await groups.of_server(session, guild_id, State.OPEN)
        if len(there) >= MOST_IN_A_SERVER:
            raise TooManyGroups
        if name_meant(name).casefold() in {each.wish.name.casefold() for each in there}:
            raise NameTaken

    @staticmethod
    async def _require_room_for(session: AsyncSession, guild_id: int, member_id: int) -> None:
        if await entries.count_of(session, guild_id, member_id) >= MOST_OF_A_MEMBER:
            raise TooManyOfYours


def _fits(found: Found, wanted: Wanted) -> bool:
    wish = found.roll.group.wish
    return (
        (wanted.role is None or wish.role == wanted.role)
        and (wanted.phase is None or wish.phase == wanted.phase)
        and (not wanted.free or found.roll.free > 0)
        and (not wanted.near or found.hours >= ENOUGH)
    )
