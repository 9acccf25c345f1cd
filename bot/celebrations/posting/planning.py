"""When what is to be announced is posted, and what becomes of it until then."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.celebrations import store
from bot.celebrations.model import (
    CELEBRATION,
    EDIT,
    LONGEST_BATCH,
    UNDO_FOR,
    Celebration,
    Post,
    State,
)
from bot.celebrations.settings import CHANNEL
from bot.clock import Clock
from bot.delivery import listing
from bot.delivery.model import Delivery, Plan, Target
from bot.delivery.planner import Planner
from bot.members.service import Members
from bot.settings.service import Preferences

NOT_ANNOUNCED: Mapping[str, Any] = {"state": State.ASKED.value, "agreed": False, "post_id": None}


class Planning:
    """Plans members' posts, within the unit of work of who asks and under the member's lock."""

    def __init__(
        self, clock: Clock, planner: Planner, preferences: Preferences, members: Members
    ) -> None:
        self._clock = clock
        self._planner = planner
        self._preferences = preferences
        self._members = members

    async def channel(self, session: AsyncSession, guild_id: int) -> int | None:
        """Return where a server celebrates; None if nowhere."""
        return await self._preferences.read(session, CHANNEL, guild_id)

    async def join(
        self, session: AsyncSession, celebrations: Sequence[Celebration], channel_id: int
    ) -> None:
        """Announce these, all of one member, together with what is to be announced already."""
        subject, now = celebrations[0].subject, self._clock.now()
        whose = subject.guild_id, subject.member_id
        due = await self._undisturbed(session, *whose, now + UNDO_FOR)
        post = await store.open_post(session, *whose, now - LONGEST_BATCH)
        if post is None or not await self._is_planned(session, post.id):
            post = await store.add_post(session, *whose, now, due)
        elif post.due < due:
            await store.change_post(session, post.id, due=due)
        ids = [each.id for each in celebrations]
        await store.change(session, ids, state=State.PLANNED.value, post_id=post.id)
        await self._plan(session, post, max(post.due, due), channel_id)

    async def leave(
        self, session: AsyncSession, celebrations: Iterable[Celebration], state: State
    ) -> None:
        """Leave out what nobody has seen, which stands as `state` then; take off what is posted."""
        for each in celebrations:
            if each.state in {State.ASKED, State.PLANNED}:
                left = {"state": state.value, "agreed": False, "post_id": None}
                await store.change(session, [each.id], **left)
                await self._drop_if_empty(session, each.post_id)
            elif each.state is State.POSTED:
                await store.change(session, [each.id], state=State.WITHDRAWN.value)
                await self.edit(session, each.post_id)

    async def edit(self, session: AsyncSession, post_id: int | None) -> None:
        """Let a post be edited, if Discord has it; else that is seen to once it does."""
        post = await store.post_by_id(session, post_id or 0)
        if post is None or post.channel_id is None or post.message_id is None:
            return
        now = self._clock.now()
        plan = Plan(
            kind=EDIT.name,
            dedupe_key=f"{EDIT.name}:{post.id}:{now.isoformat()}",
            target=Target.channel(post.channel_id),
            due=now,
            subject_id=post.id,
            guild_id=post.guild_id,
        )
        await self._planner.plan(session, plan)

    async def is_put_off(
        self, session: AsyncSession, post: Post, here: int, channel_id: int
    ) -> bool:
        """Return whether a post isn't posted now and `here`; if so it is planned anew."""
        now = self._clock.now()
        due = await self._undisturbed(session, post.guild_id, post.member_id, max(post.due, now))
        if due <= now and here == channel_id:
            return False
        await store.change_post(session, post.id, due=due)
        await self._plan(session, post, due, channel_id)
        return True

    async def begin_anew(self, session: AsyncSession, post: Post) -> None:
        """Let a post that was tried, but that surely nobody has seen, stand as before."""
        if post.delivery_id is None:
            return
        kept = await store.of_post(session, post.id)
        planned = [each.id for each in kept if each.state is State.POSTED]
        await store.change(session, planned, state=State.PLANNED.value)
        left = [each.id for each in kept if each.state is State.WITHDRAWN]
        await store.change(session, left, **NOT_ANNOUNCED)
        await store.change_post(session, post.id, delivery_id=None)

    async def give_up(self, session: AsyncSession, post: Post) -> None:
        """Drop a post that surely nobody has seen; what it was to say can be announced anew."""
        ids = [each.id for each in await store.of_post(session, post.id)]
        await store.change(session, ids, **NOT_ANNOUNCED)
        await store.drop_post(session, post.id)

    async def is_lost(self, session: AsyncSession, post: Post) -> bool:
        """Return whether nothing will post it any more, and surely nobody has seen it."""
        if await self._is_planned(session, post.id):
            return False
        tried = post.delivery_id and await listing.by_id(session, post.delivery_id)
        return not post.delivery_id or (isinstance(tried, Delivery) and tried.tried_at is None)

    async def _is_planned(self, session: AsyncSession, post_id: int) -> bool:
        return bool(await listing.of_subjects(session, CELEBRATION.name, [post_id]))

    async def _undisturbed(
        self, session: AsyncSession, guild_id: int, member_id: int, at: datetime
    ) -> datetime:
        return await self._members.both_undisturbed(session, member_id, guild_id, at)

    async def _plan(
        self, session: AsyncSession, post: Post, due: datetime, channel_id: int
    ) -> None:
        plan = Plan(
            kind=CELEBRATION.name,
            dedupe_key=f"{CELEBRATION.name}:{post.id}:{channel_id}:{due.isoformat()}",
            target=Target.channel(channel_id),
            due=due,
            subject_id=post.id,
            guild_id=post.guild_id,
        )
        await self._planner.plan(session, plan)

    async def _drop_if_empty(self, session: AsyncSession, post_id: int | None) -> None:
        if post_id is not None and not await store.of_post(session, post_id):
            await self._planner.cancel_about(session, CELEBRATION.name, post_id)
            await store.drop_post(session, post_id)
