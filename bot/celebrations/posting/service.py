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
from bot.delivery.settlement import MAYBE_ARRIVED, Settled
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
        told = await self._told_of(delivery.subject_id)
        async with self._database.writing() as session:
            post = await self._locked(session, delivery.subject_id)
            if post is None or not await self._is_its_turn(session, post, delivery):
                return None
            wanted = await self._wanted(session, post, told)
            if not wanted:
                return None
            await store.change_post(session, post.id, delivery_id=delivery.id)
            ids = [each.id for each in wanted]
            await store.change(session, ids, state=State.POSTED.value)
        return Announcement(post, tuple(told[each] for each in ids), 0)

    async def leave_out(self, delivery: Delivery) -> None:
        """Don't post, after all, what was due: its member may still announce it one day."""
        async with self._database.writing() as session:
            post = await self._locked(session, delivery.subject_id)
            if post is None or post.delivery_id != delivery.id:
                return
            if delivery.may_be_there:
                posted = _posted(await store.of_post(session, post.id))
                await self._planning.leave(session, posted, State.ASKED)
            else:
                await self._planning.give_up(session, post)

    async def edited(self, delivery: Delivery) -> Announcement | None:
        """Return a post as it should be by now; None if it is gone. Nothing told: take it off."""
        return await self._announced(delivery.subject_id)

    async def shown(self, guild_id: int, post_id: int) -> Announcement:
        """Return a post as it should be by now. Raises CelebrationGone."""
        announcement = await self._announced(post_id)
        if announcement is None or announcement.post.guild_id != guild_id or not announcement.told:
            raise CelebrationGone
        return announcement

    async def observe(self, session: AsyncSession, settled: Sequence[Settled]) -> None:
        """Note which message a post is, and let it be edited if something was taken off it."""
        for each in settled:
            delivery = each.delivery
            if delivery.kind != CELEBRATION.name:
                continue
            if delivery.state is DeliveryState.SENT:
                where = delivery.target.id, delivery.message_id
                await self._posted(session, delivery.subject_id, *where)
            elif delivery.state in {DeliveryState.EXPIRED, DeliveryState.FAILED}:
                await self._not_posted(session, delivery)

    async def seen(self, guild_id: int, post_id: int, channel_id: int, message_id: int) -> None:
        """Note which message a post is, where Discord's answer to it was lost."""
        async with self._database.writing() as session:
            post = await store.post_by_id(session, post_id)
            if post is not None and post.guild_id == guild_id and post.message_id is None:
                await self._posted(session, post_id, channel_id, message_id)

    async def look_after(self) -> None:
        """Give up what nothing will post any more, a day after it was due."""
        before = self._clock.now() - CELEBRATION.expires_after
        async with self._database.reading() as session:
            unseen = await store.unseen_posts(session, before)
        for each in unseen:
            async with self._database.writing() as session:
                post = await self._locked(session, each.id)
                if post and post == each and await self._planning.is_lost(session, post):
                    await self._planning.give_up(session, post)

    async def congratulate(self, guild_id: int, post_id: int, member_id: int) -> int:
        """Keep somebody's congratulations, or take them back; return how many have.

        Raises CelebrationGone, or YourOwn where it is about who congratulates.
        """
        async with self._database.writing() as session:
            post = await self._congratulated(session, post_id)
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

    async def _congratulated(self, session: AsyncSession, post_id: int) -> Post | None:
        """Return a post, locked, whose member isn't forgotten meanwhile either."""
        post = await store.post_by_id(session, post_id)
        if post is not None:
            await store.await_forgetting(session, post.member_id)
        return await self._locked(session, post_id)

    async def _announced(self, post_id: int) -> Announcement | None:
        async with self._database.reading() as session:
            post = await store.post_by_id(session, post_id)
            if post is None:
                return None
            posted = _posted(await store.of_post(session, post.id))
            count = await store.count_of(session, post.id)
        return Announcement(post, await self.told(posted), count)

    async def _told_of(self, post_id: int) -> dict[int, Told]:
        """Return in words what a post is to announce, by its id, without what is open again."""
        async with self._database.reading() as session:
            kept = await store.of_post(session, post_id)
        found = {each.id: await self.told([each]) for each in kept if _is_live(each)}
        return {number: told[0] for number, told in found.items() if told}

    async def _is_its_turn(self, session: AsyncSession, post: Post, delivery: Delivery) -> bool:
        """Return whether a delivery posts it now; if not, it is planned anew or posted already."""
        was_tried = post.delivery_id is not None
        if post.message_id is not None or (was_tried and post.delivery_id != delivery.id):
            return False
        if was_tried and delivery.may_be_there:
            return True
        await self._planning.begin_anew(session, post)
        channel, here = await self._planning.channel(session, post.guild_id), delivery.target.id
        return channel is None or not await self._planning.is_put_off(session, post, here, channel)

    async def _wanted(
        self, session: AsyncSession, post: Post, told: Mapping[int, Told]
    ) -> list[Celebration]:
        """Return what a post announces, as far as it may; the rest leaves it."""
        channel = await self._planning.channel(session, post.guild_id)
        live = [each for each in await store.of_post(session, post.id) if _is_live(each)]
        done = [each for each in live if each.id in told]
        wanted = [each for each in done if channel and await self._is_wanted(session, each)]
        unwanted = [each for each in done if each not in wanted]
        opened = [each for each in live if each not in done]
        await self._planning.leave(session, unwanted, State.ASKED)
        await self._planning.leave(session, opened, State.REOPENED)
        return wanted

    async def _is_wanted(self, session: AsyncSession, celebration: Celebration) -> bool:
        subject = celebration.subject
        setting = CONSENTS[subject.occasion]
        consent = await self._preferences.read(session, setting, subject.member_id)
        return consented(consent, agreed=celebration.agreed)

    async def _posted(
        self, session: AsyncSession, post_id: int, channel_id: int, message_id: int | None
    ) -> None:
        post = await self._locked(session, post_id)
        if post is None:
            return
        where = {"channel_id": channel_id, "message_id": message_id}
        await store.change_post(session, post.id, **where)
        kept = await store.of_post(session, post.id)
        planned = [each.id for each in kept if each.state is State.PLANNED]
        await store.change(session, planned, state=State.POSTED.value)
        if planned or any(each.state is State.WITHDRAWN for each in kept):
            await self._planning.edit(session, post.id)

    async def _not_posted(self, session: AsyncSession, delivery: Delivery) -> None:
        """Give up what was too late; what failed stays, for a day, for who mends it.

        What Discord may have is left as it is.
        """
        post = await self._locked(session, delivery.subject_id)
        if post is None or post.message_id or post.delivery_id not in {None, delivery.id}:
            return
        is_late = delivery.state is DeliveryState.EXPIRED
        if is_late and delivery.due >= post.due:
            await self._planning.give_up(session, post)
        elif is_late or delivery.reason not in MAYBE_ARRIVED:
            await self._planning.begin_anew(session, post)


def _is_live(celebration: Celebration) -> bool:
    return celebration.state in {State.PLANNED, State.POSTED}


def _posted(celebrations: Sequence[Celebration]) -> list[Celebration]:
    return [each for each in celebrations if each.state is State.POSTED]
