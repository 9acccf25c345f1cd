"""Blocks hold on when their members are forgotten, and say nothing of them then. On both stores."""

import pytest
import sqlalchemy as sa

from bot.blocks.model import SHOWN_BLOCKS, Blocked, CannotBlock, NotBlocked, Page, digest
from bot.blocks.service import Blocks
from bot.blocks.store import BlockRow
from bot.privacy.model import EVERYWHERE
from bot.privacy.service import Privacy
from bot.store.database import Database
from tests.conftest import FixedClock

HERE, THERE, ANNA, BEN = 3, 4, 77_000_000_007, 77_000_000_008


@pytest.fixture
def blocks(database: Database, clock: FixedClock) -> Blocks:
    return Blocks(database, clock)


async def test_a_blocked_member_is_blocked_in_that_server_alone(blocks: Blocks) -> None:
    await blocks.check(HERE, ANNA)
    with pytest.raises(NotBlocked):
        await blocks.remove(HERE, ANNA)
    await blocks.add(HERE, ANNA, " Spam. ", BEN)
    again = await blocks.add(HERE, ANNA, None, BEN)
    with pytest.raises(Blocked, match="/my forget"):
        await blocks.check(HERE, ANNA)
    await blocks.check(THERE, ANNA)
    await blocks.check(HERE, BEN)
    assert (await blocks.page(HERE)).blocks == [again]
    assert (again.reason, again.member_id) == (None, ANNA)
    assert await blocks.page(THERE) == Page([], 0, 0)
    with pytest.raises(NotBlocked):
        await blocks.remove(THERE, ANNA)
    await blocks.remove(HERE, ANNA)
    await blocks.check(HERE, ANNA)


async def test_each_block_is_on_one_page(blocks: Blocks) -> None:
    for member in range(SHOWN_BLOCKS + 2):
        await blocks.add(HERE, member, None, BEN)
    first, last = await blocks.page(HERE), await blocks.page(HERE, 9)
    assert (first.number, last.number, last.count) == (0, 1, 2)
    ids = [each.member_id for each in (*first.blocks, *last.blocks)]
    assert ids == [*reversed(range(SHOWN_BLOCKS + 2))]


async def test_a_block_outlives_forgetting_without_saying_whose_it_is(
    blocks: Blocks, database: Database, clock: FixedClock
) -> None:
    await blocks.add(HERE, ANNA, "Spam.", BEN)
    receipt = await Privacy(database, clock).forget(ANNA, EVERYWHERE)
    assert [part.title for part in receipt.parts] == [
        "Blocks by a server (they hold on, without your name)"
    ]
    [kept] = (await blocks.page(HERE)).blocks
    assert (kept.member_id, kept.reason, kept.blocked_by) == (None, None, BEN)
    with pytest.raises(Blocked):
        await blocks.check(HERE, ANNA)
    async with database.reading() as session:
        [written] = await session.scalars(sa.select(BlockRow.digest))
    assert str(ANNA) not in written
    await blocks.remove(HERE, ANNA)
    await blocks.check(HERE, ANNA)


def test_a_hash_is_of_one_member_in_one_server_and_of_one_key() -> None:
    keys, ids = ("00" * 32, "11" * 32), ((1, 23), (12, 3), (1, 24))
    found = {digest(key, *each) for key in keys for each in ids}
    assert len(found) == len(keys) * len(ids)
    assert {len(each) for each in found} == {64}
    assert "manages this server" in str(CannotBlock())
