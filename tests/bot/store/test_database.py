import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from bot.commands import store
from bot.commands.model import CommandSync
from bot.store.database import Database
from tests.conftest import NOW

SYNC = CommandSync(2**63 - 1, "global", "f" * 64, NOW)


async def test_what_was_written_is_read_back(database: Database) -> None:
    async with database.writing() as session:
        await store.record_sync(session, SYNC)
    async with database.reading() as session:
        assert await store.last_sync(session, SYNC.application_id, SYNC.scope) == SYNC


async def test_an_error_rolls_the_whole_unit_of_work_back(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.writing() as session:
            await store.record_sync(session, SYNC)
            raise RuntimeError
    async with database.reading() as session:
        assert await store.last_sync(session, SYNC.application_id, SYNC.scope) is None


async def test_a_reading_unit_of_work_refuses_to_write(database: Database) -> None:
    with pytest.raises(DBAPIError):
        async with database.reading() as session:
            await store.record_sync(session, SYNC)


async def test_writing_works_again_on_a_connection_that_was_only_read(database: Database) -> None:
    for _ in range(3):
        async with database.reading() as session:
            await session.execute(text("SELECT 1"))
        async with database.writing() as session:
            await store.record_sync(session, SYNC)


async def test_an_instant_comes_back_as_utc_whatever_zone_it_had(database: Database) -> None:
    tokyo = NOW.astimezone(timezone(timedelta(hours=9)))
    async with database.writing() as session:
        await store.record_sync(session, CommandSync(1, "global", "f", tokyo))
    async with database.reading() as session:
        found = await store.last_sync(session, 1, "global")
    assert found is not None
    assert found.synced_at == NOW
    assert found.synced_at.tzinfo is UTC


async def test_a_naive_time_is_refused(database: Database) -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - what must be refused
    with pytest.raises(StatementError, match="naive"):
        async with database.writing() as session:
            await store.record_sync(session, CommandSync(1, "global", "f", naive))


async def test_writers_at_the_same_time_wait_for_each_other(
    migrated_url: str, database: Database
) -> None:
    others = [Database(migrated_url) for _ in range(4)]

    async def count_up(writer: Database) -> None:
        for _ in range(25):
            async with writer.writing() as session:
                last = await store.last_sync(session, 1, "counter")
                if not writer.is_sqlite:
                    await session.execute(text("SELECT pg_advisory_xact_lock(1)"))
                    session.expire_all()
                    last = await store.last_sync(session, 1, "counter")
                number = int(last.fingerprint) if last else 0
                await store.record_sync(session, CommandSync(1, "counter", str(number + 1), NOW))

    await asyncio.gather(*map(count_up, others))
    async with database.reading() as session:
        last = await store.last_sync(session, 1, "counter")
    for other in others:
        await other.close()
    assert last is not None
    assert last.fingerprint == "100"


async def test_foreign_keys_are_enforced(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.writing() as session:
            await session.execute(text("CREATE TABLE a (id INTEGER PRIMARY KEY)"))
            await session.execute(
                text("CREATE TABLE b (a INTEGER REFERENCES a(id) DEFERRABLE INITIALLY IMMEDIATE)")
            )
            await session.execute(text("INSERT INTO b VALUES (1)"))


async def test_a_password_is_not_shown() -> None:
    database = Database("postgresql+asyncpg://waymark:hunter2@localhost/waymark")
    assert "hunter2" not in database.shown_url
    await database.close()
