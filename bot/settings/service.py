"""Reading and changing settings."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.errors import MemberError
from bot.settings import store
from bot.settings.model import Choice, Owner, Registry, Setting
from bot.store.database import Database

Value = TypeVar("Value")


class Preferences:
    """What members and servers have chosen."""

    def __init__(self, database: Database, clock: Clock, registry: Registry) -> None:
        self._database = database
        self._clock = clock
        self.registry = registry

    async def get(self, setting: Setting[Value], owner_id: int) -> Value:
        """Return what the owner has chosen, or the default."""
        async with self._database.reading() as session:
            return await self.read(session, setting, owner_id)

    async def read(self, session: AsyncSession, setting: Setting[Value], owner_id: int) -> Value:
        """Return what the owner has chosen, or the default, within a unit of work."""
        chosen = await self._chosen(session, setting.owner, owner_id)
        return chosen[setting.name].value

    async def all(self, owner: Owner, owner_id: int) -> list[Choice[Any]]:
        """Return all settings of an owner, in their order."""
        async with self._database.reading() as session:
            return list((await self._chosen(session, owner, owner_id)).values())

    async def set(
        self, setting: Setting[Value], owner_id: int, value: Value, by: int
    ) -> Choice[Value]:
        """Choose a value; return what was chosen before, which `put_back` takes."""
        async with self._database.writing() as session:
            before = await self._chosen(session, setting.owner, owner_id)
            await store.keep(
                session,
                setting.owner,
                owner_id,
                name=setting.name,
                value=setting.write(value),
                changed_by=by,
                changed_at=self._clock.now(),
            )
        return before[setting.name]

    async def reset(self, setting: Setting[Value], owner_id: int) -> Choice[Value]:
        """Go back to the default; return what was chosen before."""
        async with self._database.writing() as session:
            before = await self._chosen(session, setting.owner, owner_id)
            await store.drop(session, setting.owner, owner_id, setting.name)
        return before[setting.name]

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
        value = setting.parse(row.value)
    except MemberError:
        return Choice(setting, setting.default)
    return Choice(setting, value, row.changed_by, row.changed_at)
