"""Claiming what is due: leases, urgency, and one channel's order.

Of each target only the first unsettled row of an urgency can be claimed, so that one channel is
served in order, and different channels in parallel.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    TextualSelect,
    bindparam,
    func,
    select,
    text,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.model import Delivery, Urgency
from bot.delivery.store import deliveries, paused, to_delivery
from bot.store.database import on_postgres
from bot.store.types import UtcDateTime

CLAIM_LOCK = 0x57617951  # "WayQ" in ASCII: PostgreSQL's key for taking turns at claiming


@dataclass(frozen=True)
class Claimed:
    """A row that was leased, as it was found, and until when its server is paused, if it is."""

    delivery: Delivery
    paused_until: datetime | None


async def claim(  # noqa: PLR0917 - each is a figure of the claim
    session: AsyncSession,
    owner: str,
    now: datetime,
    lease_end: datetime,
    limit: int,
    excluded: Collection[int] = (),
) -> list[Claimed]:
    """Lease what is due to `owner` until `lease_end`: urgent rows first, then the oldest.

    Rows whose lease has run out are due again. `excluded` are rows whose send is under way here.
    """
    statement = CLAIM
    if on_postgres(session):
        # Claims take turns: two at once could each see a different first row of one channel.
        await session.execute(text(f"SELECT pg_advisory_xact_lock({CLAIM_LOCK})"))
        statement = CLAIM_ON_POSTGRES
    due = {"now": now, "excluded": [*excluded], "limit": limit}
    connection = await session.connection()
    rows = (await connection.execute(statement, due)).all()
    if rows:
        ids = [row.id for row in rows]
        leased = {"now": now, "owner": owner, "lease_end": lease_end, "ids": ids}
        await connection.execute(LEASE, leased)
    return [Claimed(to_delivery(row), row.until) for row in rows]


def _claim_statement(locking: str = "") -> TextualSelect:
    """Return the statement that selects what is due.

    As text: to build and compile it as an expression takes half the time to the first delivery.
    """
    columns = ", ".join(f"delivery.{column.name}" for column in deliveries.c)
    statement = text(f"""
        SELECT {columns}, pause.until
        FROM deliveries AS delivery
        LEFT JOIN delivery_pauses AS pause
            ON pause.guild_id = delivery.guild_id AND pause.until > :now
        WHERE delivery.urgency IN (0, 1, 2)
            AND delivery.next_try <= :now
            AND delivery.id NOT IN :excluded
            AND NOT EXISTS (
                SELECT 1 FROM deliveries AS earlier
                WHERE earlier.target_id = delivery.target_id
                    AND earlier.target_kind = delivery.target_kind
                    AND earlier.urgency = delivery.urgency
                    AND earlier.next_try IS NOT NULL
                    AND (earlier.due, earlier.id) < (delivery.due, delivery.id)
            )
        ORDER BY delivery.urgency, delivery.next_try, delivery.id
        LIMIT :limit {locking}
    """)  # noqa: S608 - made of our own names
    given = statement.bindparams(
        bindparam("now", type_=UtcDateTime()), bindparam("excluded", expanding=True)
    )
    return given.columns(*deliveries.c, paused.c.until)


CLAIM = _claim_statement()
CLAIM_ON_POSTGRES = _claim_statement("FOR UPDATE OF delivery SKIP LOCKED")

LEASE = text("""
    UPDATE deliveries
    SET state = 'leased', lease_owner = :owner, next_try = :lease_end,
        tried_at = coalesce(tried_at, :now)
    WHERE id IN :ids
""").bindparams(
    bindparam("now", type_=UtcDateTime()),
    bindparam("lease_end", type_=UtcDateTime()),
    bindparam("ids", expanding=True),
)
"""Notes, before the first try, that from now on the message may exist."""


async def renew(
    session: AsyncSession, owner: str, lease_end: datetime, ids: Collection[int]
) -> None:
    """Prolong the leases of sends under way."""
    if ids:
        mine = deliveries.c.id.in_(ids) & (deliveries.c.lease_owner == owner)
        await session.execute(deliveries.update().where(mine).values(next_try=lease_end))


async def earliest(session: AsyncSession) -> datetime | None:
    """Return when the queue next wants attention, or None while it is empty."""
    return await session.scalar(EARLIEST)


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


def _earliest_of(urgency: Urgency) -> Select[tuple[datetime | None]]:
    """Return the statement for when an urgency next wants attention; an index leads to it."""
    first = (
        select(deliveries.c.next_try)
        .where(
            deliveries.c.urgency == urgency.value,
            deliveries.c.next_try.is_not(None),
            _first_of_its_target(),
        )
        .order_by(deliveries.c.next_try)
        .limit(1)
        .subquery()
    )
    return select(first.c.next_try)


EARLIEST = select(func.min(union_all(*map(_earliest_of, Urgency)).subquery().c.next_try))
