"""Places of a group: read under its lock, and filled from the waiting list."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.study.errors import GroupGone
from bot.study.model import News, Standing
from bot.study.organising.handover import Handover
from bot.study.posting.planning import Planning
from bot.study.roll import Roll
from bot.study.statements import entries, groups


class Filling:
    """What every change of a group begins and ends with, within its unit of work."""

    def __init__(self, clock: Clock, planning: Planning, handover: Handover) -> None:
        self._clock = clock
        self._planning = planning
        self._handover = handover

    async def roll(self, session: AsyncSession, guild_id: int, group_id: int) -> Roll:
        """Return a group of a server; nobody else changes it until the unit of work ends.

        Raises GroupGone.
        """
        group = await groups.by_id(session, group_id, locked=True)
        if group is None or group.guild_id != guild_id:
            raise GroupGone
        return await entries.roll(session, group)

    async def settled(self, session: AsyncSession, roll: Roll) -> Roll:
        """Let who waits have the free places, and the card show it; return how it stands then.

        A group that has lost its owner is offered to somebody else.
        """
        before = await self._now(session, roll)
        up = before.moving_up()
        await entries.stand(session, up, Standing.MEMBER, self._clock.now())
        for entry in up:
            await self._planning.news(session, entry, News.IN)
        after = await self._now(session, roll)
        await self._handover.look(session, after)
        await self._planning.changed(session, after.group)
        return await self._now(session, roll)

    @staticmethod
    async def _now(session: AsyncSession, roll: Roll) -> Roll:
        group = await groups.by_id(session, roll.group.id)
        return await entries.roll(session, group or roll.group)
