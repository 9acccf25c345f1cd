"""What members have finished: heard of, offered to be announced, undone."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.celebrations import store
from bot.celebrations.model import (
    ASKED_FOR,
    AnnouncedNowhere,
    Batch,
    Celebration,
    CelebrationGone,
    Consent,
    Deed,
    NeverAnnounced,
    Occasion,
    Source,
    State,
    Subject,
)
from bot.celebrations.posting.planning import Planning
from bot.celebrations.posting.service import Posts
from bot.celebrations.settings import CHANNEL, CONSENTS
from bot.clock import Clock
from bot.delivery.planner import Planner
from bot.guilds.model import Moved
from bot.members.service import Members
from bot.settings.service import Preferences
from bot.store.database import Database


class Celebrations:
    """What members have finished, each for themselves; `posts` is what others see of it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        planner: Planner,
        preferences: Preferences,
        members: Members,
        *,
        sources: Mapping[Occasion, Source],
    ) -> None:
        self._database = database
        self._clock = clock
        self._preferences = preferences
        self._planning = Planning(clock, planner, preferences, members)
        self.posts = Posts(database, clock, preferences, self._planning, sources)

    async def finished(self, session: AsyncSession, deeds: Sequence[Deed]) -> None:
        """Keep what one act of a member has finished, and plan what is always announced."""
        if not deeds:
            return
        subject = deeds[0].subject
        channel = await self._planning.channel(session, subject.guild_id)
        if channel is None:
            return
        await store.lock_member(session, subject.guild_id, subject.member_id)
        now = self._clock.now()
        heard = [await self._heard(session, deed, now) for deed in deeds]
        if planned := [each for each in heard if each is not None]:
            await self._planning.join(session, planned, channel)

    async def taken_back(self, session: AsyncSession, subjects: Sequence[Subject]) -> None:
        """Leave out, or take off, what a member has opened again."""
        for subject in subjects:
            await store.lock_member(session, subject.guild_id, subject.member_id)
            if found := await store.of_subject(session, subject):
                await self._planning.leave(session, found, State.REOPENED)

    async def news(self, guild_id: int, member_id: int) -> Batch | None:
        """Return what a member has just finished and wasn't shown yet; once only."""
        async with self._database.reading() as session:
            at = await store.newest_unoffered(session, guild_id, member_id)
        if at is None:
            return None
        async with self._database.writing() as session:
            await store.mark_offered(session, guild_id, member_id, at)
        return await self._batch(guild_id, member_id, at)

    async def announce(self, guild_id: int, member_id: int, at: datetime) -> Batch:
        """Announce what an act has finished, after the time in which that can be undone.

        Raises CelebrationGone, AnnouncedNowhere or NeverAnnounced.
        """
        if await self._batch(guild_id, member_id, at) is None:
            raise CelebrationGone
        async with self._database.writing() as session:
            await store.lock_member(session, guild_id, member_id)
            acts = await store.of_act(session, guild_id, member_id, at)
            asked = [each for each in acts if each.state is State.ASKED]
            channel = await self._planning.channel(session, guild_id)
            if channel is None:
                raise AnnouncedNowhere
            if wanted := [each for each in asked if await self._may_be(session, each)]:
                await store.change(session, [each.id for each in wanted], agreed=True)
                await self._planning.join(session, wanted, channel)
            elif asked:
                raise NeverAnnounced
        return await self._shown(guild_id, member_id, at)

    async def undo(self, guild_id: int, member_id: int, at: datetime) -> Batch:
        """Don't announce what an act has finished; take off what was. Raises CelebrationGone."""
        async with self._database.writing() as session:
            await store.lock_member(session, guild_id, member_id)
            acts = await store.of_act(session, guild_id, member_id, at)
            await self._planning.leave(session, acts, State.ASKED)
        return await self._shown(guild_id, member_id, at)

    async def moved(self, session: AsyncSession, moved: Moved) -> None:
        """Celebrate in the channel that takes the place of one that can't be posted in."""
        if await self._planning.channel(session, moved.guild_id) == moved.before:
            chosen = CHANNEL, moved.guild_id, moved.after
            await self._preferences.set_within(session, *chosen, moved.by)

    async def look_after(self) -> None:
        """Give up what couldn't be posted; erase what was long ago and never announced."""
        await self.posts.look_after()
        async with self._database.writing() as session:
            await store.forget_unannounced(session, self._clock.now() - ASKED_FOR)

    async def _heard(self, session: AsyncSession, deed: Deed, now: datetime) -> Celebration | None:
        """Keep one thing that was finished; return it if it is to be announced unasked."""
        consent = await self._consent(session, deed.subject)
        known = next(iter(await store.of_subject(session, deed.subject)), None)
        if known is None:
            if deed.again or consent is Consent.NEVER:
                return None
            kept = await store.add(session, deed.subject, now)
            return kept if consent is Consent.ALWAYS else None
        if known.state not in {State.ASKED, State.REOPENED} or consent is Consent.NEVER:
            return None
        values = {"state": State.ASKED.value, "at": now, "offered": False}
        await store.change(session, [known.id], **values)
        was_wanted = known.state is State.REOPENED and consent is Consent.ALWAYS
        return known if was_wanted else None

    async def _consent(self, session: AsyncSession, subject: Subject) -> Consent:
        setting = CONSENTS[subject.occasion]
        return await self._preferences.read(session, setting, subject.member_id)

    async def _may_be(self, session: AsyncSession, celebration: Celebration) -> bool:
        return await self._consent(session, celebration.subject) is not Consent.NEVER

    async def _shown(self, guild_id: int, member_id: int, at: datetime) -> Batch:
        batch = await self._batch(guild_id, member_id, at)
        if batch is None:
            raise CelebrationGone
        return batch

    async def _batch(self, guild_id: int, member_id: int, at: datetime) -> Batch | None:
        """Return what an act has finished, as its member sees it; None if all is open again."""
        async with self._database.reading() as session:
            found = await store.of_act(session, guild_id, member_id, at)
            acts = [each for each in found if each.state is not State.REOPENED]
            post_id = next((each.post_id for each in acts if each.post_id), None)
            post = await store.post_by_id(session, post_id) if post_id else None
            channel = await self._planning.channel(session, guild_id)
        told = await self.posts.told(acts)
        states = frozenset(each.state for each in acts)
        is_ahead = post is not None and post.due > self._clock.now()
        due = post.due if post and is_ahead and State.PLANNED in states else None
        is_out = post is not None and post.message_id is not None
        whose = guild_id, member_id, at
        return Batch(*whose, told, states, channel, due, is_out) if told else None
