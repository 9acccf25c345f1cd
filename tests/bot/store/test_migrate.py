import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import op
from sqlalchemy import inspect, text

from bot.clock import Clock
from bot.commands import store
from bot.commands.model import CommandSync
from bot.config import sqlite_url
from bot.store import migrate
from bot.store.database import Database
from bot.store.errors import StoreFromTheFuture, StoreUnreachable
from tests.conftest import NOW

UPGRADE = """
import asyncio, sys
from bot.clock import SystemClock
from bot.store.database import Database
from bot.store.migrate import upgrade
async def main():
    database = Database(sys.argv[1])
    await upgrade(database, SystemClock())
    await database.close()
asyncio.run(main())
"""


async def tables(database: Database) -> set[str]:
    async with database.engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    return set(names) - {"alembic_version"}


async def test_an_empty_database_comes_up_at_the_newest_revision(
    empty_database: Database, clock: Clock
) -> None:
    assert await migrate.current_revision(empty_database) is None
    await migrate.upgrade(empty_database, clock)
    assert await migrate.current_revision(empty_database) == migrate.head_revision()


async def test_migrations_produce_exactly_the_tables_of_the_code(database: Database) -> None:
    assert await migrate.drift(database) == []


async def test_a_difference_from_the_code_is_reported(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE command_syncs ADD COLUMN extra INTEGER"))
    assert any("extra" in line for line in await migrate.drift(database))


async def test_every_migration_can_be_undone_and_done_again(
    database: Database, clock: Clock
) -> None:
    before = await tables(database)
    await migrate.downgrade(database, clock, "base")
    assert await tables(database) == set()
    await migrate.upgrade(database, clock)
    assert await tables(database) == before
    assert await migrate.drift(database) == []


async def test_a_database_from_a_newer_version_is_refused(database: Database, clock: Clock) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreFromTheFuture, match="newer Waymark"):
        await migrate.upgrade(database, clock)
    with pytest.raises(StoreFromTheFuture):
        await migrate.downgrade(database, clock, "base")


@pytest.mark.process
async def test_processes_starting_at_once_on_one_empty_database_all_come_up(
    database_url: str, empty_database: Database
) -> None:
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", UPGRADE, database_url, stderr=asyncio.subprocess.PIPE
        )
        for _ in range(4)
    ]
    outcomes = [await process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, outcomes
    assert await migrate.current_revision(empty_database) == migrate.head_revision()


async def test_a_copy_with_the_data_is_kept_before_a_migration(
    tmp_path: Path, clock: Clock
) -> None:
    database = Database(sqlite_url(tmp_path / "store.sqlite3"))
    await migrate.upgrade(database, clock)
    assert list(tmp_path.glob("*.bak")) == []
    async with database.writing() as session:
        await store.record_sync(session, CommandSync(7, "global", "kept", NOW))
    await migrate.downgrade(database, clock, "base")
    await database.close()
    (copy,) = tmp_path.glob("*.bak")
    assert copy.name == f"store.sqlite3.{migrate.head_revision()}.20261124T120000Z.bak"
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT fingerprint FROM command_syncs").fetchall() == [("kept",)]


async def test_a_failed_migration_leaves_the_database_as_it_was(
    empty_database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("disk full, say")

    create_table = op.create_table

    def create_then_fail(*args: object, **options: object) -> None:
        create_table(*args, **options)  # type: ignore[arg-type]
        fail()

    monkeypatch.setattr(op, "create_table", create_then_fail)
    with pytest.raises(RuntimeError):
        await migrate.upgrade(empty_database, clock)
    assert await tables(empty_database) == set()
    assert await migrate.current_revision(empty_database) is None


@pytest.mark.parametrize(
    "url",
    ["postgresql+asyncpg://waymark:hunter2@127.0.0.1:1/waymark", "sqlite+aiosqlite:////proc/no.db"],
)
async def test_an_unreachable_database_is_named_without_its_password(
    url: str, clock: Clock
) -> None:
    database = Database(url)
    with pytest.raises(StoreUnreachable) as caught:
        await migrate.current_revision(database)
    await database.close()
    assert "hunter2" not in str(caught.value)
    assert "WAYMARK_DATABASE_URL" in str(caught.value)


async def test_a_file_that_is_no_database_is_named(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "notes.txt").write_text("not a database, but long enough to be taken for one" * 9)
    database = Database(sqlite_url(tmp_path / "notes.txt"))
    with pytest.raises(StoreUnreachable, match=r"notes\.txt.*not a database"):
        await migrate.upgrade(database, clock)
    await database.close()


async def test_schedules_keep_their_rows_and_no_id_is_given_twice(
    database: Database, clock: Clock
) -> None:
    new = text(
        "INSERT INTO schedules (kind, subject_id, target_kind, target_id, rule, start, zone,"
        " skipped, state, version, failures)"
        " VALUES ('daily', 5, 'user', 7, 'R', 'S', 'UTC', '', 'active', 1, 0) RETURNING id"
    )
    gone = text(
        "INSERT INTO reminders"
        " (user_id, place, what, phrase, schedule_id, state, created_at, changed_at)"
        " VALUES (1, 'dm', '', '', 9, 'paused', '2026-11-24 12:00:00', '2026-11-24 12:00:00')"
    )
    await migrate.downgrade(database, clock, "0019")
    async with database.writing() as session:
        kept = [await session.scalar(new) for _ in range(3)]
        await session.execute(text("DELETE FROM schedules WHERE id = 3"))
        await session.execute(gone)
    await migrate.upgrade(database, clock)
    async with database.writing() as session:
        ids = [*await session.scalars(text("SELECT id FROM schedules ORDER BY id"))]
        assert ids == kept[:-1]
        given = await session.scalar(new)
        assert given == (10 if database.is_sqlite else 4)
        await session.execute(text("DELETE FROM schedules WHERE id > 3"))
        assert await session.scalar(new) == given + 1
