"""Bringing a database to the schema this version wants, one process at a time."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import TypeVar

import structlog
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import AsyncFileLock
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.store.database import Database
from bot.store.errors import StoreFromTheFuture, StoreUnreachable
from bot.store.tables import load_metadata

ADVISORY_LOCK = 0x5761796D61726B  # "Waymark" in ASCII: PostgreSQL's key for our migration lock

Result = TypeVar("Result")

log = structlog.stdlib.get_logger(__name__)


def script_directory() -> ScriptDirectory:
    """Return Alembic's view of our migrations."""
    return ScriptDirectory.from_config(_config())


def head_revision() -> str:
    """Return the revision this version of Waymark works with."""
    head = script_directory().get_current_head()
    if head is None:
        raise RuntimeError("no migrations are installed")
    return head


async def current_revision(database: Database) -> str | None:
    """Return the database's revision, None for an empty one.

    Raises StoreUnreachable, and StoreFromTheFuture for a revision this version doesn't know.
    """
    revision = await _run(database, _read_revision)
    known = {script.revision for script in script_directory().walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreFromTheFuture(revision)
    return revision


async def upgrade(database: Database, clock: Clock, revision: str = "head") -> None:
    """Migrate up to `revision`; an SQLite file that changes is copied beside itself first.

    Safe to call from several processes at once: the first migrates, the others wait and find
    nothing left to do. Raises StoreUnreachable or StoreFromTheFuture.
    """
    async with _migration_lock(database):
        current = await current_revision(database)
        target = head_revision() if revision == "head" else revision
        if current == target:
            return
        await asyncio.to_thread(_keep_copy, database, current, clock)
        await _run(database, _migration(command.upgrade, revision))
        log.info("database migrated", before=current, after=target)


async def downgrade(database: Database, clock: Clock, revision: str) -> None:
    """Migrate down to `revision` ("base" empties the database), keeping a copy first."""
    async with _migration_lock(database):
        current = await current_revision(database)
        await asyncio.to_thread(_keep_copy, database, current, clock)
        await _run(database, _migration(command.downgrade, revision))
        log.info("database migrated", before=current, after=revision)


async def drift(database: Database) -> list[str]:
    """Return how the database differs from the tables in the code, one line a difference."""

    def compare(connection: Connection) -> list[str]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(difference) for difference in compare_metadata(context, load_metadata())]

    return await _run(database, compare)


@asynccontextmanager
async def _connection(database: Database) -> AsyncGenerator[AsyncConnection]:
    """Open a transaction, or say clearly that the database can't be reached."""
    async with AsyncExitStack() as stack:
        try:
            await asyncio.to_thread(_probe, database.file)
            connection = await stack.enter_async_context(database.engine.begin())
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            cause = getattr(error, "orig", None) or error
            raise StoreUnreachable(database.shown_url, str(cause).splitlines()[0]) from error
        yield connection


def _probe(file: Path | None) -> None:
    """Open an SQLite file without aiosqlite, whose thread outlives a failed opening (0.22)."""
    if file is not None:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA schema_version")


async def _run(database: Database, work: Callable[[Connection], Result]) -> Result:
    async with _connection(database) as connection:
        return await connection.run_sync(work)


def _read_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _migration(move: Callable[[Config, str], None], revision: str) -> Callable[[Connection], None]:
    def run(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        move(config, revision)

    return run


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


@asynccontextmanager
async def _migration_lock(database: Database) -> AsyncGenerator[None]:
    """Hold the only right to migrate, across processes (SQLite) and machines (PostgreSQL)."""
    if database.file is not None:
        async with AsyncFileLock(f"{database.file}.migrating"):
            yield
        return
    async with _connection(database) as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        yield


def _keep_copy(database: Database, revision: str | None, clock: Clock) -> None:
    """Copy an SQLite file that holds data, through SQLite itself so that the WAL is included."""
    if database.file is None or revision is None:
        return
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    target = database.file.with_name(f"{database.file.name}.{revision}.{stamp}.bak")
    with closing(sqlite3.connect(database.file)) as old, closing(sqlite3.connect(target)) as copy:
        old.backup(copy)
    log.info("database copied before migrating", copy=str(target))
