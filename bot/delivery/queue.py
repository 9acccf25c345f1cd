"""Claiming what is due: leases, urgency, and one channel's order.

Of each target only the first unsettled row of an urgency can be claimed, so that one channel is
served in order, and different channels in parallel.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.model import Delivery, State, Urgency
from bot.delivery.store import deliveries, to_delivery
from bot.store.database import on_postgres

CLAIM_LOCK = 0x57617951  # "WayQ" in ASCII: PostgreSQL's key for taking turns at claiming


async def claim(  # noqa: PLR0917 - each is a figure of the claim
    session: AsyncSession,
    owner: str,
    now: datetime,
    lease_end: datetime,
    limit: int,
    excluded: Collection[int] = (),
) -> list[Delivery]:
    """Lease what is due to `owner` until `lease_end`: urgent rows first, then the oldest.

    Rows come with the `state` they were found in and their attempts before this one. Rows whose
    lease has run out are due again. `excluded` are rows whose send is under way here.
    """
    if on_postgres(session):
        # Claims take turns: two at once could each see a different first row of one channel.
        await session.execute(text(f"SELECT pg_advisory_xact_lock({CLAIM_LOCK})"))
    claimed: list[Delivery] = []
    for urgency in Urgency:
        room = limit - len(claimed)
        if room <= 0:
            break
        claimed += await _due(session, urgency, now, room, excluded)
    await _lease(session, owner, lease_end, [row.id for row in claimed])
    return claimed


async def _due(
    session: AsyncSession, urgency: Urgency, now: datetime, limit: int, excluded: Collection[int]
) -> list[Delivery]:
    statement = (
        select(deliveries)
        .where(
            deliveries.c.urgency == urgency.value,
            deliveries.c.next_try <= now,
            deliveries.c.id.not_in(excluded),
            _first_of_its_target(),
        )
        .order_by(deliveries.c.next_try, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=deliveries)
    )
    return [to_delivery(row) for row in await session.execute(statement)]


async def _lease(
    session: AsyncSession, owner: str, lease_end: datetime, ids: Sequence[int]
) -> None:
    if ids:
        leased = {"state": State.LEASED.value, "lease_owner": owner, "next_try": lease_end}
        statement = deliveries.update().where(deliveries.c.id.in_(ids)).values(**leased)
        await session.execute(statement)


async def renew(
    session: AsyncSession, owner: str, lease_end: datetime, ids: Collection[int]
) -> None:
    """Prolong the leases of sends under way."""
    if ids:
        mine = deliveries.c.id.in_(ids) & (deliveries.c.lease_owner == owner)
        await session.execute(deliveries.update().where(mine).values(next_try=lease_end))


async def release(session: AsyncSession, owner: str) -> None:
    """Give up all leases of `owner`, as on stopping; nothing of it may be under way."""
    mine = (deliveries.c.lease_owner == owner) & deliveries.c.next_try.is_not(None)
    await session.execute(
        deliveries.update()
        .where(mine)
        .values(state=State.WAITING.value, lease_owner=None, next_try=deliveries.c.due)
    )


async def earliest(session: AsyncSession) -> datetime | None:
    """Return when the queue next wants attention, or None while it is empty."""
    found: list[datetime] = []
    for urgency in Urgency:
        statement = (
            select(deliveries.c.next_try)
            .where(
                deliveries.c.urgency == urgency.value,
                deliveries.c.next_try.is_not(None),
                _first_of_its_target(),
            )
            .order_by(deliveries.c.next_try)
            .limit(1)
        )
        found += await session.scalars(statement)
    return min(found, default=None)


async def bring_back(session: AsyncSession, latest_lease: datetime, latest_try: datetime) -> None:
    """After the clock was set back: bring leases and retries that it left far ahead near again."""
    leased = deliveries.c.lease_owner.is_not(None)
    unsettled = deliveries.c.next_try.is_not(None)
    await session.execute(
        deliveries.update()
        .where(unsettled, leased, deliveries.c.next_try > latest_lease)
        .values(next_try=latest_lease)
    )
    retried = unsettled & ~leased & (deliveries.c.attempts > 0)
    await session.execute(
        deliveries.update()
        .where(retried, deliveries.c.next_try > latest_try)
        .values(next_try=latest_try)
    )


def _first_of_its_target() -> ColumnElement[bool]:
    """Return whether nothing unsettled is due earlier for the same target and urgency."""
    earlier = deliveries.alias("earlier")
    return ~(
        select(earlier.c.id)
        .where(
            earlier.c.target_id == deliveries.c.target_id,
            earlier.c.target_kind == deliveries.c.target_kind,
            earlier.c.urgency == deliveries.c.urgency,
            earlier.c.next_try.is_not(None),
            tuple_(earlier.c.due, earlier.c.id) < tuple_(deliveries.c.due, deliveries.c.id),
        )
        .exists()
    )
