"""Thousands of rows, a few at a time."""

from sqlalchemy import insert, select

from bot.faq.store import revisions
from bot.store.database import Database
from bot.store.slices import AT_ONCE, in_slices, sliced


async def test_all_rows_are_read_in_their_order(database: Database) -> None:
    count = 2 * AT_ONCE + 1
    ordered = select(revisions).order_by(revisions.c.guild_id.desc())
    async with database.writing() as session:
        for some in sliced(range(count)):
            rows = [{"guild_id": number, "revision": 1} for number in some]
            await session.execute(insert(revisions), rows)
        assert len([row async for row in in_slices(session, ordered)]) == count
    async with database.reading() as session:
        found = [row.guild_id async for row in in_slices(session, ordered)]
    assert found == [*range(count - 1, -1, -1)]


def test_no_slice_is_larger_than_the_others() -> None:
    assert [*sliced([])] == []
    assert [len(some) for some in sliced(range(2 * AT_ONCE + 1))] == [AT_ONCE, AT_ONCE, 1]
