"""The statements that count the changes of a server's answers."""

import asyncio

import pytest

from bot.faq.statements.revisions import lock_asker, lock_guild, revise, revision_of
from bot.store.database import Database
from tests.bot.faq.samples import ANNA, BEN, GUILD, OTHER_GUILD


async def revision(database: Database, guild_id: int = GUILD) -> int:
    async with database.reading() as session:
        return await revision_of(session, guild_id)


async def test_each_change_counts_for_its_server_alone(database: Database) -> None:
    assert await revision(database) == 0
    for expected in (1, 2, 3):
        async with database.writing() as session:
            await revise(session, GUILD)
        assert await revision(database) == expected
    assert await revision(database, OTHER_GUILD) == 0


async def test_a_change_that_fails_does_not_count(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.writing() as session:
            await revise(session, GUILD)
            raise RuntimeError("disk full, say")
    assert await revision(database) == 0


async def test_changes_at_once_are_counted_one_by_one(database: Database) -> None:
    async def change() -> int:
        async with database.writing() as session:
            await lock_guild(session, GUILD)
            before = await revision_of(session, GUILD)
            await revise(session, GUILD)
            return before

    assert sorted(await asyncio.gather(*(change() for _ in range(5)))) == [0, 1, 2, 3, 4]


async def test_who_changes_something_else_need_not_wait(database: Database) -> None:
    if database.is_sqlite:
        return  # where whoever writes is alone anyway
    async with database.writing() as one, database.writing() as other, asyncio.timeout(5):
        await lock_guild(one, GUILD)
        await lock_guild(other, OTHER_GUILD)
        await lock_asker(one, GUILD)
        await lock_asker(other, ANNA)
        await lock_asker(one, BEN)
