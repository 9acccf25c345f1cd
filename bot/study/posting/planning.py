"""What is to be posted of groups, planned within the unit of work of who changes them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery.model import Delivery, Kind, Plan, Target
from bot.delivery.planner import Planner
from bot.study.model import (
    CARD,
    DORMANT,
    EDIT,
    EDITED_AFTER,
    NEWS,
    OFFER,
    REQUEST,
    THREAD,
    Entry,
    Group,
    News,
)
from bot.study.roll import Roll
from bot.study.statements import groups

LOST_AFTER = timedelta(minutes=10)
"""When an edit that was planned surely has come to nothing."""

ARCHIVED_WITH = timedelta(seconds=15)
"""Leaves time for the card's last edit before its thread is archived."""


class Planning:
    """Plans cards, their edits, and what single members are told."""

    def __init__(self, clock: Clock, planner: Planner) -> None:
        self._clock = clock
        self._planner = planner

    async def card(self, session: AsyncSession, group: Group) -> None:
        """Let a group's card be posted; one that is still to be posted gives way to it."""
        await self._planner.cancel_about(session, CARD.name, group.id)
        await self._about_group(session, CARD, group, self._clock.now())

    async def changed(self, session: AsyncSession, group: Group, *, active: bool = True) -> None:
        """Let a card show what has changed; several changes within seconds are one edit.

        `active` says that something happened in the group, so that it isn't dormant.
        """
        now = self._clock.now()
        if active:
            await groups.change(session, [group.id], active_at=now, asked_at=None)
        if group.card_id is None:
            return  # it will be posted as things are then
        if group.card_due is not None and group.card_due > now - LOST_AFTER:
            return
        due = now + EDITED_AFTER
        await groups.change(session, [group.id], card_due=due)
        await self._about_group(session, EDIT, group, due)

    async def thread(self, session: AsyncSession, group: Group) -> None:
        """Let a group's own thread be archived, or opened, as the group is by then."""
        if group.place.own_thread:
            due = self._clock.now() + (timedelta() if group.is_open else ARCHIVED_WITH)
            await self._about_group(session, THREAD, group, due)

    async def dormant(self, session: AsyncSession, group: Group) -> None:
        """Let a group be asked whether it still meets."""
        await self._about_group(session, DORMANT, group, self._clock.now())

    async def news(
        self, session: AsyncSession, entry: Entry, news: News, after: timedelta = timedelta()
    ) -> None:
        """Let somebody be told how they stand."""
        now = self._clock.now()
        about = f"{news}:{now.isoformat()}"
        await self._to_member(session, NEWS, entry, entry.member_id, now + after, about)

    async def request(self, session: AsyncSession, roll: Roll, entry: Entry) -> None:
        """Let the organisers know that somebody asks to join; once a day, however often they do."""
        now = self._clock.now()
        for organiser in roll.organisers:
            whom = organiser.member_id
            about = f"{whom}:{now:%Y%m%d}"
            await self._to_member(session, REQUEST, entry, whom, now, about)

    async def offer(self, session: AsyncSession, entry: Entry) -> None:
        """Let a member be asked to take a group over."""
        now = self._clock.now()
        await self._to_member(session, OFFER, entry, entry.member_id, now, now.isoformat())

    async def _about_group(
        self, session: AsyncSession, kind: Kind, group: Group, due: datetime
    ) -> None:
        plan = Plan(
            kind=kind.name,
            dedupe_key=f"{kind.name}:{group.id}:{due.isoformat()}",
            target=group.target,
            due=due,
            subject_id=group.id,
            guild_id=group.guild_id,
        )
        await self._planner.plan(session, plan)

    async def _to_member(  # noqa: PLR0917 - what of whom, to whom and when
        self,
        session: AsyncSession,
        kind: Kind,
        entry: Entry,
        member_id: int,
        due: datetime,
        about: str,
    ) -> None:
        plan = Plan(
            kind=kind.name,
            dedupe_key=f"{kind.name}:{entry.id}:{about}",
            target=Target.user(member_id),
            due=due,
            subject_id=entry.id,
            guild_id=entry.guild_id,
            configured_by=member_id,
        )
        await self._planner.plan(session, plan)


def news_in(delivery: Delivery) -> News | None:
    """Return of what somebody is told by a delivery."""
    parts: Sequence[str] = delivery.dedupe_key.split(":")
    return next((each for each in News if each.value in parts[2:3]), None)
