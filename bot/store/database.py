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
AFTER_COMMIT = "waymark_after_commit"
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a write that a member saw confirmed survives a power cut too
    "foreign_keys=ON",
)
"""What SQLite forgets, so that it is set on every new connection."""


class Database:
    """One store. Services open a unit of work per use case: `reading()` or `writing()`."""

    def __init__(self, url: str) -> None:
        self.url: URL = make_url(url)
        self.engine = _create_engine(self.url)
        self.reading_engine = _create_reading_engine(self.engine)

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
        `forgets` a member waits for what is being written for them, and they for it. Raises
        BeingForgotten if that takes long.
        """
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            if not self.is_sqlite:
                await self._lock_member(session, forgets)
            yield session
            await session.commit()
        for act in session.info.pop(AFTER_COMMIT, ()):
            act()

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncSession]:
        """Open a unit of work that can't write and takes no write lock."""
        async with AsyncSession(self.reading_engine) as session, session.begin():
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
        await self.reading_engine.dispose()
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
    return _create_sqlite_engine(url, "IMMEDIATE")


def _create_reading_engine(writing: AsyncEngine) -> AsyncEngine:
    """On SQLite with connections of its own, as each is set up to read once and for all."""
    if writing.dialect.name != "sqlite":
        return writing.execution_options(postgresql_readonly=True)
    return _create_sqlite_engine(writing.url, "DEFERRED", "query_only=ON")


def _create_sqlite_engine(url: URL, begin: str, *pragmas: str) -> AsyncEngine:
    """Create an engine whose transactions take their lock as BEGIN is told to.

    A write takes its lock at once, so that it can't be refused half-way. BEGIN is left to us:
    https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#serializable-isolation-savepoints-transactional-ddl
    """
    engine = create_async_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S})

    def set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        raw: Any = connection
        raw.isolation_level = None
        cursor = connection.cursor()
        waits = f"busy_timeout={round(BUSY_TIMEOUT_S * 1000)}"
        for pragma in (waits, *SQLITE_PRAGMAS, *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}")

    event.listen(engine.sync_engine, "connect", set_up)
    event.listen(engine.sync_engine, "begin", begun)
    return engine
