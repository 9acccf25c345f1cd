"""A lock for each member: shared by what they do, held alone by what forgets them.

Without it, what a transaction had begun to write before would outlive the forgetting on PostgreSQL.
On SQLite a writing unit of work is alone anyway.
"""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

MEMBER_LOCK = 0x466F7267 << 32  # "Forg" in ASCII: apart from other advisory locks
SHARED = text("SELECT pg_advisory_xact_lock_shared(:key)")
ALONE = text("SELECT pg_advisory_xact_lock(:key)")


async def share(session: AsyncSession, member_id: int) -> None:
    """Let nobody forget the member until the unit of work ends."""
    await session.execute(SHARED, {"key": member_id ^ MEMBER_LOCK})


async def hold_alone(session: AsyncSession, member_id: int) -> None:
    """Wait for all that is being done for the member, and let nothing more be done meanwhile."""
    await session.execute(ALONE, {"key": member_id ^ MEMBER_LOCK})
