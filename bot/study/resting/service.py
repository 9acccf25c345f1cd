"""Groups in which nothing happens: asked whether they still meet, then archived."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery.model import Delivery
from bot.store.database import Database
from bot.study.errors import YouAreNotIn
from bot.study.model import ARCHIVED_AFTER, DORMANT_AFTER, State
from bot.study.posting.planning import Planning
from bot.study.roll import Roll
from bot.study.seats.filling import Filling
from bot.study.statements import entries, groups

AT_ONCE = 50
"""Groups that are seen to in an hour."""


class Resting:
    """Which groups are asked, and which are archived."""

    def __init__(
        self, database: Database, clock: Clock, planning: Planning, filling: Filling
    ) -> None:
        self._database = database
        self._clock = clock
        self._planning = planning
        self._filling = filling

    async def look_after(self) -> None:
        """Ask groups that have rested for long, and archive those that nobody has answered for."""
        now = self._clock.now()
        async with self._database.reading() as session:
            dormant = await groups.dormant(session, now - DORMANT_AFTER, AT_ONCE)
            unanswered = await groups.unanswered(session, now - ARCHIVED_AFTER, AT_ONCE)
        for group_id in dormant:
            await self._ask(group_id)
        for group_id in unanswered:
            await self._archive(group_id)

    async def due(self, delivery: Delivery) -> Roll | None:
        """Return the group that is asked; None once it needn't be."""
        async with self._database.reading() as session:
            group = await groups.by_id(session, delivery.subject_id)
            if group is None or not group.is_open or group.asked_at is None:
                return None
            return await entries.roll(session, group)

    async def still_meeting(self, guild_id: int, group_id: int, member_id: int) -> Roll:
        """Let a group go on, as one of its members says. Raises GroupGone or YouAreNotIn.

        Raises GroupClosed if it is archived already: its organisers can open it again.
        """
        async with self._database.writing() as session:
            roll = await self._filling.roll(session, guild_id, group_id)
            roll.require_open()
            entry = roll.of(member_id)
            if entry is None or not entry.is_in:
                raise YouAreNotIn
            await self.met(session, group_id)
            return await self._filling.settled(session, roll)

    async def met(self, session: AsyncSession, group_id: int) -> None:
        """Note, within a unit of work, that something happens in a group, such as a session."""
        now = self._clock.now()
        await groups.change(session, [group_id], active_at=now, asked_at=None)

    async def _ask(self, group_id: int) -> None:
        now = self._clock.now()
        async with self._database.writing() as session:
            group = await groups.by_id(session, group_id, locked=True)
            rests = group is not None and group.active_at < now - DORMANT_AFTER
            if group is None or not rests or not group.is_open or group.asked_at is not None:
                return
            await groups.change(session, [group.id], asked_at=now)
            await self._planning.dormant(session, group)

    async def _archive(self, group_id: int) -> None:
        now = self._clock.now()
        async with self._database.writing() as session:
            group = await groups.by_id(session, group_id, locked=True)
            asked_at = group and group.asked_at
            if group is None or not group.is_open or not asked_at:
                return
            if asked_at >= now - ARCHIVED_AFTER:
                return
            closed = {"state": State.ARCHIVED.value, "closed_at": now, "asked_at": None}
            await groups.change(session, [group.id], **closed)
            archived = await groups.by_id(session, group.id)
            if archived is not None:
                await self._planning.changed(session, archived, active=False)
                await self._planning.thread(session, archived)
