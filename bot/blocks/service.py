"""Blocking members in a server, and asking whether somebody is blocked."""

import secrets

from bot.blocks import store
from bot.blocks.model import (
    KEY_BYTES,
    MAX_REASON,
    SHOWN_BLOCKS,
    Block,
    Blocked,
    NotBlocked,
    Page,
    digest,
)
from bot.clock import Clock
from bot.store.database import Database


class Blocks:
    """Servers' blocks. Everything asks for the server's id: nobody reaches another's."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, guild_id: int, member_id: int, reason: str | None, by: int) -> Block:
        """Block a member; one who is blocked gets the new reason."""
        new = secrets.token_hex(KEY_BYTES)
        async with self._database.writing() as session:
            key = await store.make_key(session, new)
            return await store.keep(
                session,
                guild_id,
                digest(key, guild_id, member_id),
                member_id=member_id,
                reason=(reason or "").strip()[:MAX_REASON] or None,
                blocked_by=by,
                blocked_at=self._clock.now(),
            )

    async def remove(self, guild_id: int, member_id: int) -> None:
        """Let a member use Waymark again. Raises NotBlocked."""
        async with self._database.writing() as session:
            key = await store.key(session)
            if not key or not await store.drop(session, guild_id, digest(key, guild_id, member_id)):
                raise NotBlocked

    async def page(self, guild_id: int, number: int = 0) -> Page:
        """Return a page of a server's blocks, the newest first, or the last page.

        Of forgotten members nobody knows whose they are.
        """
        async with self._database.reading() as session:
            count = -(-await store.count(session, guild_id) // SHOWN_BLOCKS)
            number = max(min(number, count - 1), 0)
            found = await store.of_guild(session, guild_id, SHOWN_BLOCKS, number * SHOWN_BLOCKS)
        return Page(found, number, count)

    async def has(self, guild_id: int, member_id: int) -> bool:
        """Return whether a member is blocked in a server."""
        async with self._database.reading() as session:
            key = await store.key(session)
            return key is not None and await store.has(
                session, guild_id, digest(key, guild_id, member_id)
            )

    async def check(self, guild_id: int, member_id: int) -> None:
        """Raise Blocked for a member who is blocked in a server."""
        if await self.has(guild_id, member_id):
            raise Blocked
