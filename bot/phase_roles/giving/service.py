"""What is to be given or taken back, through the queue, and how that ended."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery.model import Delivery, Plan, Target
from bot.delivery.model import State as DeliveryState
from bot.delivery.planner import Planner
from bot.delivery.settlement import Settled
from bot.guilds.service import Notices
from bot.phase_roles.model import (
    LOST_AFTER,
    PHASE_ROLE,
    WINDOW,
    Grant,
    Hindrance,
    State,
    Step,
    step,
    trouble,
)
from bot.phase_roles.statements import grants, rules
from bot.store.database import Database


class Giving:
    """Plans each member's step, says what it is when it comes, and notes what came of it."""

    def __init__(
        self, database: Database, clock: Clock, planner: Planner, notices: Notices
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._notices = notices

    async def plan(self, session: AsyncSession, guild_id: int) -> None:
        """Plan what waits in a server, a few at a time: the next ones follow as these end."""
        now = self._clock.now()
        taken = await grants.take_turns(session, guild_id, now, WINDOW)
        plans = [
            Plan(
                kind=PHASE_ROLE.name,
                dedupe_key=f"{PHASE_ROLE.name}:{grant_id}:{version}",
                target=Target.channel(guild_id),  # an act has no place; a server's go in turn
                due=now,
                subject_id=grant_id,
            )
            for grant_id, version in taken
        ]
        await self._planner.plan_all(session, plans)

    async def plan_lost(self) -> None:
        """Plan again what was planned long ago, and what no end of another has led to."""
        async with self._database.writing() as session:
            await grants.wake_lost(session, self._clock.now() - LOST_AFTER)
            for guild_id in await grants.guilds_waiting(session):
                await self.plan(session, guild_id)

    async def observe(self, session: AsyncSession, settled: Sequence[Settled]) -> None:
        """Plan the next ones of servers in which some have ended; those that were late again.

        What has failed is looked at within the hour: planned at once, it would fail again.
        """
        ended = [each.delivery for each in settled if each.delivery.kind == PHASE_ROLE.name]
        late = [each.subject_id for each in ended if each.state is DeliveryState.EXPIRED]
        failed = [each.subject_id for each in ended if each.state is DeliveryState.FAILED]
        await grants.wake_planned(session, late)
        await grants.stick_planned(session, failed)
        for guild_id in {delivery.target.id for delivery in ended}:
            await self.plan(session, guild_id)

    async def due(self, delivery: Delivery) -> Step | None:
        """Return what is to be done; None if nothing is, which is noted."""
        async with self._database.writing() as session:
            found = await grants.grant(session, delivery.subject_id)
            rule = found and await rules.rule(session, found.rule_id)
            if found is None or rule is None or found.state is not State.PLANNED:
                return None
            keeper = await grants.keeper(session, found) if found.role_id else None
            due = step(found, rule, kept=keeper is not None)
            if keeper is not None and due.give != found.role_id:
                await grants.note_role(session, keeper, found.role_id)
            if due.give is None and due.take is None:
                await self._end(session, found, keeps=found.earned)
                return None
            return due

    async def taken(self, due: Step) -> None:
        """Note that the role that a member had from Waymark is taken back."""
        async with self._database.writing() as session:
            await grants.note_role(session, due.grant.id, None)

    async def begins(self, due: Step) -> None:
        """Note, before it is asked for, which role a member may have from now on."""
        async with self._database.writing() as session:
            await grants.note_role(session, due.grant.id, due.give)

    async def done(self, due: Step, *, had_it: bool = False) -> None:
        """Note that it is done; a role that a member had already is never taken from them."""
        async with self._database.writing() as session:
            if had_it:
                await grants.note_role(session, due.grant.id, None)
            if not await grants.stuck_roles(session, due.rule):
                await self._notices.over(session, [trouble(due.rule)])
            await self._end(session, due.grant, keeps=due.give is not None)

    async def refused(self, due: Step) -> None:
        """Note that what was begun has surely not been given: who has it, has it from others."""
        async with self._database.writing() as session:
            await grants.note_role(session, due.grant.id, None)

    async def stuck(self, due: Step, hindrance: Hindrance) -> None:
        """Let all that is to be done by the rule wait, and tell managers, once.

        A role that is only to be taken may be an older one, which hinders nobody else.
        """
        async with self._database.writing() as session:
            if due.give is None:
                await grants.note(session, due.grant, state=State.STUCK.value)
            else:
                await grants.stick(session, due.rule.id)
            await self._notices.report(session, trouble(due.rule, hindrance.value))

    async def out_of_reach(self, due: Step) -> None:
        """Let it wait until the bot is in that server again."""
        async with self._database.writing() as session:
            await grants.note(session, due.grant, state=State.STUCK.value)

    async def left(self, due: Step) -> None:
        """Note that the member has left the server, and their roles with it."""
        async with self._database.writing() as session:
            await grants.note_role(session, due.grant.id, None)
            await grants.note(session, due.grant, state=State.LEFT.value)

    async def _end(self, session: AsyncSession, found: Grant, *, keeps: bool) -> None:
        if not keeps:
            await grants.note_role(session, found.id, None)
        await grants.note(session, found, state=State.DONE.value)
        await grants.drop_empty(session, found.id)
