"""Who organises a group: named by its owner, handed over, or taken over."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.store.database import Database
from bot.study.errors import NoOfferToYou, OwnerStays, TooManyOrganisers
from bot.study.model import MOST_ORGANISERS, TAKE_OVER_WITHIN, Entry, News, Rank
from bot.study.organising.handover import Handover
from bot.study.posting.planning import Planning
from bot.study.roll import Actor, Roll, is_offered
from bot.study.seats.filling import Filling
from bot.study.statements import entries, groups


class Organising:
    """Owners and organisers of groups."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        planning: Planning,
        filling: Filling,
        handover: Handover,
    ) -> None:
        self._database = database
        self._clock = clock
        self._planning = planning
        self._filling = filling
        self._handover = handover

    async def add(self, guild_id: int, group_id: int, member_id: int, by: Actor) -> Roll:
        """Let a member organise too; twice is once.

        Raises GroupGone, GroupClosed, NotTheOwner, NotInGroup or TooManyOrganisers.
        """
        async with self._database.writing() as session:
            roll, entry = await self._owned(session, (guild_id, group_id), member_id, by)
            if entry.rank is not Rank.MEMBER:
                return roll
            if len([each for each in roll.organisers if each != roll.owner]) >= MOST_ORGANISERS:
                raise TooManyOrganisers
            await entries.change(session, [entry.id], rank=Rank.ORGANISER.value)
            return await self._filling.settled(session, roll)

    async def remove(self, guild_id: int, group_id: int, member_id: int, by: Actor) -> Roll:
        """Let a member organise no more; they stay in.

        Raises GroupGone, GroupClosed, NotTheOwner, NotInGroup or OwnerStays.
        """
        async with self._database.writing() as session:
            roll, entry = await self._owned(session, (guild_id, group_id), member_id, by)
            if entry.rank is Rank.OWNER:
                raise OwnerStays
            await entries.change(session, [entry.id], rank=Rank.MEMBER.value)
            return await self._filling.settled(session, roll)

    async def transfer(self, guild_id: int, group_id: int, member_id: int, by: Actor) -> Roll:
        """Give a group to another member; who gives it organises on.

        Raises GroupGone, GroupClosed, NotTheOwner or NotInGroup.
        """
        async with self._database.writing() as session:
            roll, entry = await self._owned(session, (guild_id, group_id), member_id, by)
            if entry.rank is Rank.OWNER:
                return roll
            await self._handover.give(session, roll, member_id)
            await self._planning.news(session, entry, News.OWNER)
            return await self._filling.settled(session, roll)

    async def offered_in(self, entry_id: int, member_id: int) -> int:
        """Return the server of a group that is offered to a member. Raises NoOfferToYou."""
        async with self._database.reading() as session:
            entry = await entries.by_id(session, entry_id)
        if entry is None or entry.member_id != member_id:
            raise NoOfferToYou
        return entry.guild_id

    async def take_over(self, entry_id: int, member_id: int) -> Roll:
        """Make a member the owner of a group that is offered to them. Raises NoOfferToYou."""
        async with self._database.writing() as session:
            roll = await self._offered(session, entry_id, member_id)
            if not self._is_offered_to(roll, member_id):
                raise NoOfferToYou
            await self._handover.give(session, roll, member_id)
            return await self._filling.settled(session, roll)

    async def refuse(self, entry_id: int, member_id: int) -> Roll:
        """Let the next member be asked instead. Raises NoOfferToYou."""
        async with self._database.writing() as session:
            roll = await self._offered(session, entry_id, member_id)
            if not self._is_offered_to(roll, member_id):
                raise NoOfferToYou
            await entries.change(session, [entry_id], refused=True)
            return await self._filling.settled(session, roll)

    async def look_after(self) -> None:
        """Ask the next where somebody has let the time pass."""
        before = self._clock.now() - TAKE_OVER_WITHIN
        async with self._database.reading() as session:
            overdue = await entries.overdue_offers(session, before)
        for group_id in overdue:
            async with self._database.writing() as session:
                group = await groups.by_id(session, group_id, locked=True)
                if group is not None:
                    await self._handover.look(session, await entries.roll(session, group))

    async def _owned(
        self, session: AsyncSession, where: tuple[int, int], member_id: int, by: Actor
    ) -> tuple[Roll, Entry]:
        roll = await self._filling.roll(session, *where)
        roll.require_owner(by)
        roll.require_open()
        return roll, roll.member(member_id)

    async def _offered(self, session: AsyncSession, entry_id: int, member_id: int) -> Roll:
        entry = await entries.by_id(session, entry_id)
        if entry is None or entry.member_id != member_id:
            raise NoOfferToYou
        roll = await self._filling.roll(session, entry.guild_id, entry.group_id)
        roll.require_open()
        return roll

    def _is_offered_to(self, roll: Roll, member_id: int) -> bool:
        entry = roll.of(member_id)
        is_theirs = entry is not None and is_offered(entry, self._clock.now())
        return is_theirs and roll.owner is None
