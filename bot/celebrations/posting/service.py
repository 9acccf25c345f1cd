"""What the queue asks for: a post, an edit of it, and how each ended; and congratulations."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.celebrations import store
from bot.celebrations.model import (
    CELEBRATION,
    Announcement,
    Celebration,
    CelebrationGone,
    NotYourCelebration,
    Occasion,
    Post,
    Source,
    State,
    Told,
    YourOwn,
    consented,
    known,
)
from bot.celebrations.posting.planning import Planning
from bot.celebrations.settings import CONSENTS
from bot.clock import Clock
from bot.delivery.model import Delivery
from bot.delivery.model import State as DeliveryState
from bot.delivery.settlement import Settled
from bot.settings.service import Preferences
from bot.store.database import Database


class Posts:
    """Posts that announce what members have finished. What they say is read when it is said."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        preferences: Preferences,
        planning: Planning,
        sources: Mapping[Occasion, Source],
    ) -> None:
        self._database = database
        self._clock = clock
        self._preferences = preferences
        self._planning = planning
        self._sources = sources

    async def told(self, celebrations: Sequence[Celebration]) -> tuple[Told, ...]:
        """Return in words what was finished, without what is open again."""
        subjects = [each.subject for each in celebrations]
        return known([await self._sources[each.occasion].told(each) for each in subjects])

    async def due(self, delivery: Delivery) -> Announcement | None:
        """Return what is to be posted now; None if nothing is, or if it has to wait."""
        async with self._database.writing() as session:
            post = await self._locked(session, delivery.subject_id)
            celebrations = await self._to_post(session, post, delivery) if post else []
            if post and celebrations:
                await store.change_post(session, post.id, delivery_id=delivery.id)
                ids = [each.id for each in celebrations]
                await store.change(session, ids, state=State.POSTED.value)
        told = await self.told(celebrations)
        return Announcement(post, told, 0) if post and told else None

    async def edited(self, delivery: Delivery) -> Announcement | None:
        """Return a post as it should be by now; None if it is gone. Nothing told: take it off."""
        async with self._database.reading() as session:
            post = await store.post_by_id(session, delivery.subject_id)
            if post is None:
                return None
            posted = _posted(await store.of_post(session, post.id))
            count = await store.count_of(session, post.id)
        return Announcement(post, await self.told(posted), count)

    async def observe(self, session: AsyncSession, settled: Sequence[Settled]) -> None:
        """Note which message a post is, and let it be edited if something was taken off it."""
        for each in settled:
            delivery = each.delivery
            if delivery.kind != CELEBRATION.name:
                continue
            if delivery.state is DeliveryState.SENT:
                await self._posted(session, delivery)
            elif delivery.state is DeliveryState.EXPIRED:
                await self._expired(session, delivery)

    async def congratulate(self, guild_id: int, post_id: int, member_id: int) -> int:
        """Keep somebody's congratulations, or take them back; return how many have.

        Raises CelebrationGone, or YourOwn where it is about who congratulates.
        """
        async with self._database.writing() as session:
            post = await self._locked(session, post_id)
            if post is None or post.guild_id != guild_id:
                raise CelebrationGone
            if not _posted(await store.of_post(session, post.id)):
                raise CelebrationGone
            if post.member_id == member_id:
                raise YourOwn
            await store.congratulate(session, post.id, member_id, self._clock.now())
            return await store.count_of(session, post.id)

    async def take_off(self, guild_id: int, post_id: int, member_id: int) -> None:
        """Take a member's post off; twice is once. Raises CelebrationGone, NotYourCelebration."""
        async with self._database.writing() as session:
            post = await self._locked(session, post_id)
            if post is None or post.guild_id != guild_id:
                raise CelebrationGone
            if post.member_id != member_id:
                raise NotYourCelebration
            posted = _posted(await store.of_post(session, post.id))
            await self._planning.leave(session, posted, State.ASKED)

    async def _locked(self, session: AsyncSession, post_id: int) -> Post | None:
        """Return a post that nobody else changes until the unit of work ends."""
        post = await store.post_by_id(session, post_id)
        if post is None:
            return None
        await store.lock_member(session, post.guild_id, post.member_id)
        return await store.post_by_id(session, post_id)

    async def _to_post(
        self, session: AsyncSession, post: Post, delivery: Delivery
    ) -> list[Celebration]:
        """Return what a post announces, if it may be announced now; the rest leaves it."""
        channel = await self._planning.channel(session, post.guild_id)
        kept = await store.of_post(session, post.id)
        if post.delivery_id is not None:  # it was tried: whether Discord has it may be open
            return _posted(kept) if post.delivery_id == delivery.id else []
        if channel is not None and await self._planning.is_early(session, post, channel):
            return []
        wanted = [each for each in kept if channel and await self._is_wanted(session, each)]
        unwanted = [each for each in kept if each not in wanted]
        await self._planning.leave(session, unwanted, State.ASKED)
        return wanted

    async def _is_wanted(self, session: AsyncSession, celebration: Celebration) -> bool:
        subject = celebration.subject
        setting = CONSENTS[subject.occasion]
        consent = await self._preferences.read(session, setting, subject.member_id)
        return consented(consent, agreed=celebration.agreed)

    async def _posted(self, session: AsyncSession, delivery: Delivery) -> None:
        post = await self._locked(session, delivery.subject_id)
        if post is None:
            return
        target, message = delivery.target.id, delivery.message_id
        await store.change_post(session, post.id, channel_id=target, message_id=message)
        kept = await store.of_post(session, post.id)
        if any(each.state is State.WITHDRAWN for each in kept):
            await self._planning.edit(session, post.id)

    async def _expired(self, session: AsyncSession, delivery: Delivery) -> None:
        """Let what was too late be announced if its member still says so.

        What was tried stays as it is: whether Discord has it may be open.
        """
        post = await self._locked(session, delivery.subject_id)
        if post is not None and post.delivery_id is None:
            ids = [each.id for each in await store.of_post(session, post.id)]
            await store.change(session, ids, state=State.ASKED.value, agreed=False, post_id=None)
            await store.drop_post(session, post.id)


def _posted(celebrations: Sequence[Celebration]) -> list[Celebration]:
    return [each for each in celebrations if each.state is State.POSTED]
