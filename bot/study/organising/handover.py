"""Asking members, one after the other, to take over a group without an owner."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.guilds.service import Notices
from bot.study.model import Rank, State, ownerless
from bot.study.posting.planning import Planning
from bot.study.roll import Roll, heirs, offered
from bot.study.statements import entries, groups


class Handover:
    """Offers groups, within the unit of work of who asks and under the group's lock."""

    def __init__(self, clock: Clock, planning: Planning, notices: Notices) -> None:
        self._clock = clock
        self._planning = planning
        self._notices = notices

    async def look(self, session: AsyncSession, roll: Roll) -> None:
        """See to a group that may have lost its owner: ask the next; tell managers of none.

        Without anybody in it, it is closed.
        """
        if not roll.group.is_open or roll.owner is not None:
            return
        now = self._clock.now()
        if not roll.members:
            closed = {"state": State.CLOSED.value, "closed_at": now}
            await groups.change(session, [roll.group.id], **closed)
            await self._planning.thread(session, roll.group)
        elif offered(roll.entries, now) is None:
            await self._offer(session, roll)

    async def give(self, session: AsyncSession, roll: Roll, member_id: int) -> None:
        """Make a member the owner; who was it before organises on. Raises NotInGroup."""
        new = roll.member(member_id)
        former = [each.id for each in roll.entries if each.rank is Rank.OWNER]
        await entries.change(session, former, rank=Rank.ORGANISER.value)
        await entries.change(session, [new.id], rank=Rank.OWNER.value)
        await entries.nothing_offered(session, roll.group.id)
        await self._notices.over(session, [ownerless(roll.group)])
        await self._planning.changed(session, roll.group)

    async def _offer(self, session: AsyncSession, roll: Roll) -> None:
        heir = next(iter(heirs(roll)), None)
        if heir is None:
            await self._notices.report(session, ownerless(roll.group))
            return
        await entries.change(session, [heir.id], offered_at=self._clock.now())
        await self._planning.offer(session, heir)
