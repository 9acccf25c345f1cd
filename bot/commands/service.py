"""Deciding whether Discord needs to be given the commands again."""

from bot.clock import Clock
from bot.commands import store
from bot.commands.model import CommandSync, scope_of
from bot.store.database import Database


class CommandSyncs:
    """Remembers, per application and scope, which commands Discord has."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def is_current(self, application_id: int, guild_id: int | None, fingerprint: str) -> bool:
        """Whether Discord was last given commands with this fingerprint in this scope."""
        async with self._database.reading() as session:
            last = await store.last_sync(session, application_id, scope_of(guild_id))
        return last is not None and last.fingerprint == fingerprint

    async def record(self, application_id: int, guild_id: int | None, fingerprint: str) -> None:
        """Note that Discord was just given these commands."""
        sync = CommandSync(application_id, scope_of(guild_id), fingerprint, self._clock.now())
        async with self._database.writing() as session:
            await store.record_sync(session, sync)
