"""Blocking members in a server, and asking whether somebody is blocked."""

import secrets
from collections.abc import Sequence

from bot.blocks import store
from bot.blocks.model import (
    KEY_BYTES,
    MAX_REASON,
    SHOWN_BLOCKS,
    Block,
    Blocked,
    NotBlocked,
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

    async def all(self, guild_id: int) -> Sequence[Block]:
        """Return a server's newest blocks; of forgotten members nobody knows whose they are."""
        async with self._database.reading() as session:
            return await store.of_guild(session, guild_id, SHOWN_BLOCKS)

    async def check(self, guild_id: int, member_id: int) -> None:
        """Raise Blocked for a member who is blocked in a server."""
        async with self._database.reading() as session:
            key = await store.key(session)
            if key and await store.has(session, guild_id, digest(key, guild_id, member_id)):
                raise Blocked
