"""Telling managers, once, what needs them; and telling them when it is over."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery.model import Delivery, Elsewhere, Kind, Plan, Reason, State, Target
from bot.delivery.planner import Planner
from bot.delivery.service import Deliveries
from bot.delivery.settlement import Settled
from bot.guilds import store
from bot.guilds.model import (
    NOTICE,
    RECOVERY,
    Moved,
    Notice,
    Trouble,
    after,
    is_channel,
    key_of_place,
    route,
    waiting,
)
from bot.guilds.settings import NOTICE_CHANNEL
from bot.settings.service import Preferences
from bot.store.database import Database

KEPT_FOR = timedelta(days=90)
TOLD_AT_ONCE = 3
"""Notices that one command is followed by, at most."""

MovedObserver = Callable[[AsyncSession, Moved], Awaitable[None]]


class Notices:
    """What every feature reports its troubles to; the queue does so by itself (`observe`)."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        planner: Planner,
        deliveries: Deliveries,
        preferences: Preferences,
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._deliveries = deliveries
        self._preferences = preferences
        self.owner_of: Callable[[int], int | None] = lambda _guild_id: None
        """Who owns a server; only Discord knows, so the cog sets it."""

        self.told_singly = frozenset[str]()
        """Personal kinds of which a member is told of each thing, as their card is about it.

        The cog that has such cards sets it.
        """

        self.moved: list[MovedObserver] = []
        """Are told, within the unit of work, that another channel takes the place of one."""

    async def report(self, session: AsyncSession, trouble: Trouble) -> Notice:
        """Tell whom it concerns, unless they were told already and it is still the same.

        Managers are told in their notice channel, else who configured it and then the owner by
        DM; who can't be reached by any, and a member, is told at their next command.
        """
        notice = await store.open_notice(session, trouble, self._clock.now())
        if notice.failures == 1 and trouble.member_id is None:
            await self._announce(session, notice, NOTICE)
        return notice

    async def over(self, session: AsyncSession, troubles: Sequence[Trouble]) -> None:
        """Close the notices of what is over, without a word."""
        for notice in await store.open_under(session, [each.key for each in troubles]):
            await store.close(session, notice.id, self._clock.now())

    async def looked_at(self, guild_id: int, kind: str) -> None:
        """Note that somebody looks at what waits: of what comes from now on they are told anew."""
        async with self._database.writing() as session:
            await self.over(session, [waiting(guild_id, kind)])

    async def observe(self, session: AsyncSession, settled: Sequence[Settled]) -> None:
        """Report what the queue could not deliver, and notice what works again."""
        for each in settled:
            if each.delivery.kind == NOTICE.name:
                await self._note_told(session, each.delivery)
            elif self._is_trouble(each) and each.delivery.kind != RECOVERY.name:
                await self._report_failed(session, each.delivery)
        await self._close_recovered(session, [each.delivery for each in settled])

    async def elsewhere(
        self, session: AsyncSession, delivery: Delivery, _reason: Reason
    ) -> Elsewhere | None:
        """Return where a notice goes that can't be posted where it was to go."""
        notice = await store.by_id(session, delivery.subject_id)
        place = notice and after(await self._route(session, notice), delivery.target)
        return Elsewhere(place, delivery.guild_id) if place else None

    async def get(self, notice_id: int) -> Notice | None:
        """Return a notice."""
        async with self._database.reading() as session:
            return await store.by_id(session, notice_id)

    async def untold(self, member_id: int, managed_guild_id: int | None) -> list[Notice]:
        """Return what a member, and the manager of a server, must still be told."""
        async with self._database.reading() as session:
            return await store.untold(session, member_id, managed_guild_id, TOLD_AT_ONCE)

    async def told(self, notice: Notice) -> None:
        """Note that somebody has seen it; for a member that is the end of it."""
        async with self._database.writing() as session:
            await store.mark_told(session, notice.id, self._clock.now())
            if notice.trouble.member_id is not None:
                await store.close(session, notice.id, self._clock.now())

    async def forget_old(self) -> None:
        """Erase notices that were closed long ago."""
        async with self._database.writing() as session:
            await store.forget_closed(session, self._clock.now() - KEPT_FOR)

    async def retry(self, notice: Notice) -> int:
        """Send again what failed at the place, resume its schedules; return how many rows."""
        trouble = notice.trouble
        async with self._database.writing() as session:
            return await self._deliveries.retry_target(
                session, trouble.guild_id or 0, trouble.target
            )

    async def move(self, notice: Notice, channel_id: int, by: int) -> int:
        """Let what went to the place go to another channel; return how many rows go at once."""
        trouble = notice.trouble
        moved = Moved(trouble.guild_id or 0, trouble.target.id, channel_id, by)
        async with self._database.writing() as session:
            await store.close(session, notice.id, self._clock.now())
            for observer in self.moved if is_channel(trouble.target) else ():
                await observer(session, moved)
            return await self._deliveries.move_target(
                session, trouble.guild_id or 0, trouble.target, Target.channel(channel_id)
            )

    async def _announce(self, session: AsyncSession, notice: Notice, kind: Kind) -> None:
        places = await self._route(session, notice)
        if places:
            plan = Plan(
                kind=kind.name,
                dedupe_key=f"{kind.name}:{notice.id}",
                target=notice.told_in or places[0],
                due=self._clock.now(),
                subject_id=notice.id,
                guild_id=notice.trouble.guild_id,
            )
            await self._planner.plan(session, plan)

    async def _route(self, session: AsyncSession, notice: Notice) -> tuple[Target, ...]:
        guild_id = notice.trouble.guild_id or 0
        channel = await self._preferences.read(session, NOTICE_CHANNEL, guild_id)
        return route(notice.trouble, channel, self.owner_of(guild_id))

    async def _note_told(self, session: AsyncSession, delivery: Delivery) -> None:
        if delivery.state is State.SENT:
            now = self._clock.now()
            await store.mark_told(session, delivery.subject_id, now, delivery.target)

    def _is_trouble(self, settled: Settled) -> bool:
        return settled.troubled or self._is_out_of_sight(settled.delivery)

    def _is_out_of_sight(self, delivery: Delivery) -> bool:
        """Return whether it was given up because its member can't see where it went instead."""
        unwanted = delivery.state is State.CANCELLED and delivery.reason == Reason.UNWANTED
        return unwanted and delivery.fallbacks > 0 and delivery.kind in self.told_singly

    async def _report_failed(self, session: AsyncSession, delivery: Delivery) -> None:
        kind = self._planner.kinds.get(delivery.kind)
        personal = kind is not None and kind.personal
        untried = delivery.state is State.EXPIRED and delivery.attempts == 0
        if not personal and (delivery.guild_id is None or untried):
            return  # too late after a downtime is what the kind's own rule is for
        trouble = Trouble(
            target=delivery.target,
            kind=delivery.kind,
            reason=delivery.reason or "",
            guild_id=delivery.guild_id,
            member_id=delivery.configured_by if personal else None,
            configured_by=delivery.configured_by,
            subject_id=delivery.subject_id if delivery.kind in self.told_singly else None,
        )
        await self.report(session, trouble)

    async def _close_recovered(self, session: AsyncSession, ended: Sequence[Delivery]) -> None:
        keys = {
            key_of_place(each.guild_id, each.target)
            for each in ended
            if each.state is State.SENT and each.guild_id is not None
        }
        for notice in await store.open_under(session, sorted(keys)) if keys else ():
            await store.close(session, notice.id, self._clock.now())
            if notice.told_at is not None:
                await self._announce(session, notice, RECOVERY)
