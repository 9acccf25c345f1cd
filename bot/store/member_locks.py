"""A lock for each member: shared by what they do, held alone by what forgets them.

Without it, what a transaction had begun to write before would outlive the forgetting on PostgreSQL.
On SQLite a writing unit of work is alone anyway.
"""

import asyncio
from itertools import chain, repeat

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import MemberError
from bot.i18n import _

MEMBER_LOCK = 0x466F7267 << 32  # "Forg" in ASCII: apart from other advisory locks
FORGETTING = 0x466F7268 << 32
TRY_SHARED = text("SELECT pg_try_advisory_xact_lock_shared(:key)")
TRY_ALONE = text("SELECT pg_try_advisory_xact_lock(:key)")
ALONE = text("SELECT pg_advisory_xact_lock(:key)")

PAUSES_S = (0.05, 0.1, 0.2)
LONGEST_PAUSE_S = 0.5
PATIENCE_S = 5.0
"""How long is waited for a member's lock, without a connection."""


class BeingForgotten(MemberError):
    """A member does something while they are being forgotten."""

    def __init__(self) -> None:
        super().__init__(
            _("I'm just erasing what I hold of you. Please try that again in a minute.")
        )


async def share(session: AsyncSession, member_id: int) -> None:
    """Begin, and let nobody forget the member until the unit of work ends.

    Raises BeingForgotten if somebody is at it for long.
    """
    await _take(session, TRY_SHARED, member_id ^ MEMBER_LOCK)


async def hold_alone(session: AsyncSession, member_id: int) -> None:
    """Begin, wait for all that is being done for the member, and let nothing be done meanwhile.

    Raises BeingForgotten if somebody else is at it for long.
    """
    await _take(session, TRY_ALONE, member_id ^ FORGETTING)
    await session.execute(ALONE, {"key": member_id ^ MEMBER_LOCK})


async def _take(session: AsyncSession, lock: TextClause, key: int) -> None:
    """Try until it is free; between tries the connection is others'."""
    waited_s = 0.0
    for pause_s in chain(PAUSES_S, repeat(LONGEST_PAUSE_S)):
        if await session.scalar(lock, {"key": key}):
            return
        await session.rollback()
        if waited_s >= PATIENCE_S:
            raise BeingForgotten
        await asyncio.sleep(pause_s)
        waited_s += pause_s
