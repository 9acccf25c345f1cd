"""What the queue asks for: a card, an edit of it, what members are told, and how each ended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery.model import Delivery, Elsewhere, Reason, State
from bot.delivery.settlement import Settled
from bot.store.database import Database
from bot.study.model import CARD, EDIT, SAID_OF, Entry, Group, News, Standing
from bot.study.posting.planning import Planning, news_in
from bot.study.roll import Roll, is_offered
from bot.study.statements import entries, groups


@dataclass(frozen=True)
class Told:
    """What one member is told of a group."""

    roll: Roll
    entry: Entry
    """Whom it is about."""

    news: News | None = None


class Cards:
    """Groups' cards, and what members are told. What they say is read when it is said."""

    def __init__(self, database: Database, clock: Clock, planning: Planning) -> None:
        self._database = database
        self._clock = clock
        self._planning = planning

    async def due(self, delivery: Delivery) -> Roll | None:
        """Return what a card shows; None if its group is closed, or has one already."""
        async with self._database.reading() as session:
            group = await groups.by_id(session, delivery.subject_id)
            if group is None or not group.is_open or group.card_id is not None:
                return None
            return await entries.roll(session, group)

    async def edited(self, delivery: Delivery) -> Roll | None:
        """Return what a card shall show now; what changes from now on is another edit."""
        async with self._database.writing() as session:
            group = await groups.by_id(session, delivery.subject_id, locked=True)
            if group is None or group.card_id is None:
                return None
            await groups.change(session, [group.id], card_due=None)
            return await entries.roll(session, group)

    async def pinned(self, group: Group, *, pinned: bool) -> None:
        """Note whether a card could be pinned, so that it isn't tried each time."""
        async with self._database.writing() as session:
            await groups.change(session, [group.id], pinned=pinned)

    async def deleted(self, message_ids: Collection[int]) -> None:
        """Make cards again that were deleted."""
        async with self._database.reading() as session:
            found = await groups.by_cards(session, message_ids)
        if found:
            async with self._database.writing() as session:
                for group in found:
                    await self._again(session, group.id, message_ids)

    async def group(self, delivery: Delivery) -> Group | None:
        """Return the group that a delivery is about."""
        async with self._database.reading() as session:
            return await groups.by_id(session, delivery.subject_id)

    async def news(self, delivery: Delivery) -> Told | None:
        """Return what a member is told; None if it isn't so any more."""
        told, news = await self._told(delivery), news_in(delivery)
        if told is None or news is None or told.entry.standing is not SAID_OF[news]:
            return None
        return Told(told.roll, told.entry, news)

    async def request(self, delivery: Delivery) -> Told | None:
        """Return who asks to join, for an organiser; None if they don't any more."""
        told, whom = await self._told(delivery), delivery.configured_by or 0
        asks = told is not None and told.entry.standing is Standing.ASKED
        return told if told and asks and told.roll.organises(whom) else None

    async def offer(self, delivery: Delivery) -> Told | None:
        """Return the group that a member is asked to take over; None if it needn't be."""
        told = await self._told(delivery)
        if told is None or told.roll.owner is not None:
            return None
        return told if is_offered(told.entry, self._clock.now()) else None

    async def elsewhere(
        self, session: AsyncSession, delivery: Delivery, _reason: Reason
    ) -> Elsewhere | None:
        """Return where the owner is told of a request whom no direct message reaches."""
        entry = await entries.by_id(session, delivery.subject_id)
        group = entry and await groups.by_id(session, entry.group_id)
        if entry is None or group is None or delivery.fallbacks:
            return None
        owner = (await entries.roll(session, group)).owner
        is_owner = owner is not None and owner.member_id == delivery.configured_by
        return Elsewhere(group.target, group.guild_id) if is_owner else None

    async def observe(self, session: AsyncSession, settled: Sequence[Settled]) -> None:
        """Note which message a card is, and make it again if it is found to be gone."""
        for delivery in (each.delivery for each in settled):
            if delivery.kind == CARD.name and delivery.state is State.SENT:
                await self._posted(session, delivery)
            elif delivery.kind == EDIT.name and delivery.reason == Reason.MESSAGE_GONE:
                await self._again(session, delivery.subject_id)

    async def _posted(self, session: AsyncSession, delivery: Delivery) -> None:
        """Note where a card is, and let it be pinned and show what has changed meanwhile."""
        group = await groups.by_id(session, delivery.subject_id, locked=True)
        if group is None:
            return
        own = group.place.own_thread and group.target == delivery.target
        where = {"channel_id": delivery.target.id, "own_thread": own}
        values = {"message_id": delivery.message_id, "card_due": None, "pinned": None}
        await groups.change(session, [group.id], **where, **values)
        now = await groups.by_id(session, group.id)
        if now is not None:
            await self._planning.changed(session, now, active=False)

    async def _again(
        self, session: AsyncSession, group_id: int, only: Collection[int] = ()
    ) -> None:
        group = await groups.by_id(session, group_id, locked=True)
        if group is None or not group.is_open or (only and group.card_id not in only):
            return
        await groups.change(session, [group.id], message_id=None, card_due=None)
        await self._planning.card(session, group)

    async def _told(self, delivery: Delivery) -> Told | None:
        async with self._database.reading() as session:
            entry = await entries.by_id(session, delivery.subject_id)
            group = entry and await groups.by_id(session, entry.group_id)
            if entry is None or group is None or not group.is_open:
                return None
            return Told(await entries.roll(session, group), entry)
