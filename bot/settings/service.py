"""Reading and changing settings."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.errors import MemberError
from bot.i18n import _
from bot.settings import store
from bot.settings.model import Change, Choice, Owner, Registry, Setting
from bot.store.database import Database

Value = TypeVar("Value")

Observer = Callable[[AsyncSession, Setting[Any], int], Awaitable[None]]
"""Hears, in the same unit of work, which setting of which owner was changed."""


class ChangedSince(MemberError):
    """An Undo came after somebody else's change."""

    def __init__(self) -> None:
        super().__init__(_("That was changed again since. The settings show how it is now."))


class Preferences:
    """What members, servers and channels have chosen."""

    def __init__(self, database: Database, clock: Clock, registry: Registry) -> None:
        self._database = database
        self._clock = clock
        self.registry = registry
        self.observers: list[Observer] = []

    async def get(self, setting: Setting[Value], owner_id: int) -> Value:
        """Return what the owner has chosen, or the default."""
        async with self._database.reading() as session:
            return await self.read(session, setting, owner_id)

    async def read(self, session: AsyncSession, setting: Setting[Value], owner_id: int) -> Value:
        """Return what the owner has chosen, or the default, within a unit of work."""
        return (await self._choice(session, setting, owner_id)).value

    async def read_each(
        self, session: AsyncSession, setting: Setting[Value], owner_ids: Sequence[int]
    ) -> dict[int, Value]:
        """Return what each of many owners has chosen, or the default, within a unit of work."""
        written = await store.chosen_by(session, setting.owner, owner_ids, setting.name)
        return {each: _read(setting, written.get(each)) for each in owner_ids}

    async def values(self, *wanted: tuple[Setting[Any], int]) -> list[Any]:
        """Return what the owners have chosen of these settings, or the defaults, as of one time."""
        async with self._database.reading() as session:
            return [await self.read(session, setting, owner) for setting, owner in wanted]

    async def choice(self, setting: Setting[Value], owner_id: int) -> Choice[Value]:
        """Return what the owner has chosen, with who chose it, or the default."""
        async with self._database.reading() as session:
            return await self._choice(session, setting, owner_id)

    async def all(self, owner: Owner, owner_id: int) -> list[Choice[Any]]:
        """Return all settings of an owner, in their order."""
        async with self._database.reading() as session:
            return list((await self._chosen(session, owner, owner_id)).values())

    async def set(
        self,
        setting: Setting[Value],
        owner_id: int,
        value: Value,
        by: int,
        *,
        guild_id: int | None = None,
    ) -> Change[Value]:
        """Choose a value; `guild_id` says in which server a channel is."""
        async with self._database.writing() as session:
            before = await self._choice(session, setting, owner_id)
            after = await self._keep(session, setting, owner_id, value, by, guild_id)
            await self._tell(session, setting, owner_id)
            return Change(before, after)

    async def set_within(
        self, session: AsyncSession, setting: Setting[Value], owner_id: int, value: Value, by: int
    ) -> None:
        """Choose a value of a member or server, within a unit of work."""
        await self._keep(session, setting, owner_id, value, by, None)
        await self._tell(session, setting, owner_id)

    async def reset(self, setting: Setting[Value], owner_id: int) -> Change[Value]:
        """Go back to the default."""
        async with self._database.writing() as session:
            before = await self._choice(session, setting, owner_id)
            await store.drop(session, setting.owner, owner_id, setting.name)
            await self._tell(session, setting, owner_id)
            return Change(before, Choice(setting, setting.default))

    async def undo(
        self,
        setting: Setting[Value],
        owner_id: int,
        changed_at: datetime | None,
        before: str | None,
        by: int,
        *,
        guild_id: int | None = None,
    ) -> Choice[Value]:
        """Put back what was written before the change made at `changed_at`; None: the default.

        Raises ChangedSince if somebody has changed it again.
        """
        async with self._database.writing() as session:
            now = await self._choice(session, setting, owner_id)
            if now.changed_at != changed_at:
                raise ChangedSince
            put_back = Choice(setting, setting.default)
            if before is None:
                await store.drop(session, setting.owner, owner_id, setting.name)
            else:
                value = setting.parse(before)
                put_back = await self._keep(session, setting, owner_id, value, by, guild_id)
            await self._tell(session, setting, owner_id)
            return put_back

    async def _tell(self, session: AsyncSession, setting: Setting[Any], owner_id: int) -> None:
        session.expire_all()  # what was read before the change isn't so any more
        for observer in self.observers:
            await observer(session, setting, owner_id)

    async def _keep(  # noqa: PLR0917 - whose choice of what, by whom and where
        self,
        session: AsyncSession,
        setting: Setting[Value],
        owner_id: int,
        value: Value,
        by: int,
        guild_id: int | None,
    ) -> Choice[Value]:
        now = self._clock.now()
        await store.keep(
            session,
            setting.owner,
            owner_id,
            name=setting.name,
            value=setting.write(value),
            changed_by=by,
            changed_at=now,
            guild_id=guild_id if setting.owner is Owner.CHANNEL else None,
        )
        return Choice(setting, value, by, now)

    async def _choice(
        self, session: AsyncSession, setting: Setting[Value], owner_id: int
    ) -> Choice[Value]:
        return (await self._chosen(session, setting.owner, owner_id))[setting.name]

    async def _chosen(
        self, session: AsyncSession, owner: Owner, owner_id: int
    ) -> Mapping[str, Choice[Any]]:
        rows = {row.name: row for row in await store.chosen(session, owner, owner_id)}
        return {
            setting.name: _choice(setting, rows.get(setting.name))
            for setting in self.registry.of(owner)
        }


def _choice(setting: Setting[Any], row: store.SettingRow | None) -> Choice[Any]:
    """Return what a row says, or the default where there is none or it is no longer valid."""
    if row is None:
        return Choice(setting, setting.default)
    try:
        kept = setting.kept(row.value)
    except MemberError:
        return Choice(setting, setting.default)
    return Choice(setting, kept.value, row.changed_by, row.changed_at, kept.gone)


def _read(setting: Setting[Value], written: str | None) -> Value:
    """Return what is written, or the default where it is nothing or no longer valid."""
    with suppress(MemberError):
        return setting.default if written is None else setting.kept(written).value
    return setting.default
