"""Insert-or-replace in one statement, so that two processes writing one key can't collide."""

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Table


async def upsert(session: AsyncSession, table: type[Table], **values: Any) -> None:
    """Insert a row, or overwrite the columns of the one with the same primary key."""
    keys = [column.name for column in inspect(table).primary_key]
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert(table) if on_sqlite else postgresql.insert(table)
    changed = {name: value for name, value in values.items() if name not in keys}
    await session.execute(
        insert.values(**values).on_conflict_do_update(index_elements=keys, set_=changed)
    )
