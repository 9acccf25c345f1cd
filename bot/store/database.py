"""The engine and the units of work over it, the same for SQLite and PostgreSQL."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.acting import acting_member
from bot.store import member_locks

BUSY_TIMEOUT_S = 30
READ_ONLY = "waymark_read_only"
AFTER_COMMIT = "waymark_after_commit"


class Database:
    """One store. Services open a unit of work per use case: `reading()` or `writing()`."""

    def __init__(self, url: str) -> None:
        self.url: URL = make_url(url)
        self.engine = _create_engine(self.url)
        self._reader = self.engine.execution_options(
            **({READ_ONLY: True} if self.is_sqlite else {"postgresql_readonly": True})
        )

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is an SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None for a database server."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @property
    def shown_url(self) -> str:
        """The URL with its password masked, for people and logs."""
        return self.url.render_as_string(hide_password=True)

    @asynccontextmanager
    async def writing(self, *, forgets: int | None = None) -> AsyncGenerator[AsyncSession]:
        """Open a unit of work that commits on leaving, and rolls back if an error leaves it.

        What was handed to `after_commit` is done then, and never after a rollback. One that
        `forgets` a member waits for what is being written for them, and they for it.
        """
        async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
            if not self.is_sqlite:
                await self._lock_member(session, forgets)
            yield session
        for act in session.info.pop(AFTER_COMMIT, ()):
            act()

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncSession]:
        """Open a unit of work that can't write and takes no write lock."""
        async with AsyncSession(self._reader) as session, session.begin():
            yield session

    @staticmethod
    async def _lock_member(session: AsyncSession, forgets: int | None) -> None:
        member_id = acting_member()
        if forgets is not None:
            await member_locks.hold_alone(session, forgets)
        elif member_id is not None:
            await member_locks.share(session, member_id)

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


def after_commit(session: AsyncSession, act: Callable[[], None]) -> None:
    """Do something, which must not fail, once this unit of work has been committed."""
    session.info.setdefault(AFTER_COMMIT, []).append(act)


def on_postgres(session: AsyncSession) -> bool:
    """Return whether the session speaks to PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"


def _create_engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_pre_ping=True)
    engine = create_async_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S})
    event.listen(engine.sync_engine, "connect", _set_up_sqlite_connection)
    event.listen(engine.sync_engine, "begin", _begin_sqlite_transaction)
    return engine


def _set_up_sqlite_connection(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Leave BEGIN to us, and set what SQLite forgets on every new connection.

    https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#serializable-isolation-savepoints-transactional-ddl
    """
    raw: Any = connection
    raw.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={round(BUSY_TIMEOUT_S * 1000)}",
        "journal_mode=WAL",
        "synchronous=FULL",  # a write that a member saw confirmed survives a power cut too
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite_transaction(connection: Connection) -> None:
    """Take the write lock at the start of a write, so that it can't be refused half-way."""
    read_only = connection.get_execution_options().get(READ_ONLY, False)
    if connection.info.get(READ_ONLY) != read_only:
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
        connection.info[READ_ONLY] = read_only
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
