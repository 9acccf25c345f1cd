"""Noticing that members, or the bot, have left a server, and erasing what is held when it is time.

Without a privileged intent Discord doesn't say who leaves. It is noticed when something can't be
sent, when a member is asked for, and by looking for a few an hour.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.acting import acting
from bot.clock import Clock
from bot.delivery.model import Delivery, Plan, Reason, State, Target, TargetKind
from bot.delivery.planner import Planner
from bot.delivery.settlement import Settled
from bot.privacy import store
from bot.privacy.model import (
    ERASURE,
    EVERYWHERE,
    GUILD_KEPT_FOR,
    ITSELF,
    Membership,
    NothingHeld,
    Scope,
)
from bot.privacy.service import Privacy
from bot.privacy.settings import RETENTION
from bot.settings.service import Preferences
from bot.store.database import Database

SUSPECTS_EACH_HOUR = 30
LOOKED_FOR_EACH_HOUR = 6
WATCHED_EACH_HOUR = 6
CHECKED_AGAIN_AFTER = timedelta(days=7)
ASKED_AGAIN_AFTER = timedelta(days=1)

Looker = Callable[[int, int], Awaitable[bool | None]]
"""Asks Discord whether a member, or `ITSELF`, is in a server; None if that can't be known."""

Returned = Callable[[AsyncSession, int, int], Awaitable[None]]
"""Hears, within the unit of work, that a member is back in a server that they had left."""

Departed = Callable[[AsyncSession, int, int], Awaitable[None]]
"""Hears, within the unit of work, that a member has left a server."""

Watched = Callable[[int], Awaitable[list[tuple[int, int]]]]
"""Returns so many servers and members at most whom a feature wants looked for now."""


async def _unknown(_guild_id: int, _member_id: int) -> bool | None:
    return None


class Leavings:
    """Who has left which server, and what becomes of what is held on them."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        planner: Planner,
        preferences: Preferences,
        privacy: Privacy,
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._preferences = preferences
        self._privacy = privacy
        self.is_there: Looker = _unknown
        """Only Discord knows, so the cog sets it."""

        self.channels_of: Callable[[int], frozenset[int]] = lambda _guild_id: frozenset()
        """The channels of a server; the cog sets it too."""

        self.returned: list[Returned] = []
        self.departed: list[Departed] = []
        self.watched: list[Watched] = []

    async def left(self, guild_id: int, member_id: int) -> None:
        """Note that a member has left a server; they are kept for a while."""
        with acting(member_id):
            async with self._database.writing() as session:
                await self._note_left(session, guild_id, member_id)

    async def seen(self, guild_id: int, member_id: int) -> None:
        """Note that a member is in a server: if they had left, nothing is erased."""
        async with self._database.reading() as session:
            known = await store.of(session, guild_id, member_id)
        if known is not None and known.left_at is not None:
            async with self._database.writing() as session:
                await self._come_back(session, known)

    async def away(self, guild_id: int) -> frozenset[int]:
        """Return who has left a server and isn't erased yet: they are shown nowhere."""
        async with self._database.reading() as session:
            return frozenset(await store.away(session, guild_id))

    async def guild_left(self, guild_id: int, channels: Collection[int]) -> None:
        """Note that a server has removed the bot."""
        async with self._database.writing() as session:
            await self._note_guild_left(session, guild_id, channels)

    async def guild_joined(self, guild_id: int) -> None:
        """Note that the bot is in a server; if it was removed before, nothing is erased."""
        async with self._database.writing() as session:
            known = await store.of(session, guild_id, ITSELF, locked=True)
            if known is None:
                await store.keep(session, guild_id, ITSELF, checked_at=self._clock.now())
            elif known.left_at is not None:
                await self._come_back(session, known)

    async def guilds_are(self, present: Collection[int]) -> None:
        """Compare the servers the bot is in with those it was in, as after a downtime."""
        now = self._clock.now()
        async with self._database.writing() as session:
            known = {each.guild_id: each for each in await store.guilds(session)}
            for guild_id in present:
                if guild_id not in known:
                    await store.keep(session, guild_id, ITSELF, checked_at=now)
                elif known[guild_id].left_at is not None:
                    await self._come_back(session, known[guild_id])
            for guild_id in known.keys() - set(present):
                await self._note_guild_left(session, guild_id, known[guild_id].channels)

    async def observe(self, session: AsyncSession, settled: Sequence[Settled]) -> None:
        """Suspect, or know, that members have left from what could not be sent to them."""
        for each in settled:
            delivery = each.delivery
            if delivery.state is State.FAILED and delivery.target.kind is TargetKind.USER:
                await self._note_failed(session, delivery, delivery.target.id)

    async def look_around(self) -> None:
        """Look for those who may have left, and for a few for whom something is planned."""
        before = self._clock.now() - CHECKED_AGAIN_AFTER
        async with self._database.reading() as session:
            pairs = await store.suspected(session, SUSPECTS_EACH_HOUR)
            pairs += await store.unchecked(session, before, LOOKED_FOR_EACH_HOUR)
        for watched in self.watched:
            pairs += await watched(WATCHED_EACH_HOUR)
        for guild_id, member_id in dict.fromkeys(pairs):
            there = await self.is_there(guild_id, member_id)
            with acting(member_id):
                await self._note_looked_for(guild_id, member_id, there=there)

    async def _note_looked_for(self, guild_id: int, member_id: int, *, there: bool | None) -> None:
        """Keep when a member was looked for, unless nothing is held on them, as after forgetting.

        That is looked up while nobody can forget them.
        """
        async with self._database.writing() as session:
            if guild_id not in await self._privacy.guilds_of(session, member_id):
                return
            await store.keep(session, guild_id, member_id, checked_at=self._clock.now())
            if there is False:
                await self._note_left(session, guild_id, member_id)

    async def erase(self, delivery: Delivery) -> int | None:
        """Erase what an erasure is about, unless it has come back; then None.

        The erasure's own row goes with it.
        """
        async with self._database.reading() as session:
            gone = await store.by_id(session, delivery.subject_id)
        if gone is None or gone.left_at is None:
            return None
        there = await self.is_there(gone.guild_id, gone.member_id)
        if there or (there is None and await self.is_there(gone.guild_id, ITSELF)):
            await self._spare(gone, is_back=bool(there))
            return None
        if gone.member_id == ITSELF:
            await self._privacy.erase_guild(Scope(gone.guild_id, gone.channels))
        else:
            await self._erase_member(gone, delivery.id)
        return delivery.subject_id

    async def _spare(self, gone: Membership, *, is_back: bool) -> None:
        """Keep who is back, and ask again tomorrow for those of whom Discord can't tell."""
        async with self._database.writing() as session:
            if is_back:
                await self._come_back(session, gone)
            else:
                await self._plan_erasure(session, gone, self._clock.now() + ASKED_AGAIN_AFTER)

    async def _erase_member(self, gone: Membership, delivery_id: int) -> None:
        """Erase a member in a server; what they had everywhere goes with their last server.

        It stays if they have used it since they left: they are active elsewhere.
        """
        scope = Scope(gone.guild_id, self.channels_of(gone.guild_id))
        await self._privacy.forget(gone.member_id, scope, but=delivery_id)
        async with self._database.reading() as session:
            remaining = await self._privacy.guilds_of(session, gone.member_id)
            wanted = await store.is_awaited(session, gone.member_id)
            left_at = gone.left_at or self._clock.now()
            active = await self._privacy.used_since(session, gone.member_id, left_at)
        if not (remaining or wanted or active):
            with suppress(NothingHeld):
                await self._privacy.forget(gone.member_id, EVERYWHERE)

    async def _note_failed(self, session: AsyncSession, delivery: Delivery, member_id: int) -> None:
        if delivery.reason == Reason.MEMBER_LEFT and delivery.guild_id is not None:
            await self._note_left(session, delivery.guild_id, member_id)
        elif delivery.reason in (Reason.MEMBER_LEFT, Reason.DM_CLOSED):
            one = delivery.guild_id  # where none is named, all are looked through
            suspected = {one} if one else await self._privacy.guilds_of(session, member_id)
            for guild_id in suspected:
                await store.keep(session, guild_id, member_id, checked_at=None)

    async def _note_left(self, session: AsyncSession, guild_id: int, member_id: int) -> None:
        known = await store.of(session, guild_id, member_id, locked=True)
        if known is not None and known.left_at is not None:
            return
        if guild_id not in await self._privacy.guilds_of(session, member_id):
            return  # nothing is held on them, and nothing shall be
        days = await self._preferences.read(session, RETENTION, guild_id)
        await self._plan(session, guild_id, member_id, timedelta(days=days))
        for hear in self.departed:
            await hear(session, guild_id, member_id)

    async def _note_guild_left(
        self, session: AsyncSession, guild_id: int, channels: Collection[int]
    ) -> None:
        known = await store.of(session, guild_id, ITSELF, locked=True)
        if known is None or known.left_at is None:
            await self._plan(session, guild_id, ITSELF, GUILD_KEPT_FOR, channels)

    async def _plan(
        self,
        session: AsyncSession,
        guild_id: int,
        member_id: int,
        kept_for: timedelta,
        channels: Collection[int] = (),
    ) -> None:
        now = self._clock.now()
        written = " ".join(map(str, sorted(channels)))
        values = {"checked_at": now, "left_at": now, "channels": written}
        gone = await store.keep(session, guild_id, member_id, **values)
        await self._plan_erasure(session, gone, now + kept_for)

    async def _plan_erasure(self, session: AsyncSession, gone: Membership, due: datetime) -> None:
        plan = Plan(
            kind=ERASURE.name,
            dedupe_key=f"{ERASURE.name}:{gone.id}:{due.isoformat()}",
            target=Target.channel(gone.id),  # an act has no place; this one is its own alone
            due=due,
            subject_id=gone.id,
        )
        await self._planner.plan(session, plan)

    async def _come_back(self, session: AsyncSession, known: Membership) -> None:
        await store.back(session, known.id, self._clock.now())
        await self._planner.cancel_about(session, ERASURE.name, known.id)
        for hear in self.returned if known.member_id != ITSELF else ():
            await hear(session, known.guild_id, known.member_id)
