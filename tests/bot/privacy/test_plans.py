"""What is done for one member reads no table whole that grows with members. On both stores."""

import pytest

from bot.delivery.model import Reason
from bot.privacy.model import EVERYWHERE, Scope
from bot.store.database import Database
from tests.bot.privacy.rows import CHANNEL, HERE, ME, Rows
from tests.bot.privacy.test_leaving import ANNA, DAY, THERE, House
from tests.bot.store.plans import Ran, noted, read_whole
from tests.conftest import FixedClock

OF_SERVERS = {"checkin_groups", "daily_configs", "delivery_pauses"}
"""A few rows a server, however many members it has."""

HERE_ALONE = Scope(HERE, frozenset({CHANNEL[HERE]}))
ROOMY = 1_000_000


@pytest.fixture
def house(database: Database, clock: FixedClock) -> House:
    return House(database, clock)


async def read_whole_by(house: House, ran: list[Ran]) -> dict[str, set[str]]:
    """Return which statements read a table that grows from end to end, but for server's texts."""
    by_ids = [each for each in ran if "LIKE" not in each.statement]
    whole = await read_whole(house.database, by_ids)
    return {each: tables - OF_SERVERS for each, tables in whole.items() if tables - OF_SERVERS}


async def test_giving_and_forgetting_read_no_table_whole(house: House) -> None:
    async with house.database.writing() as session:
        await Rows(house.privacy.reach).fill(session)
    async with noted(house.database) as ran:
        await house.privacy.held(ME, EVERYWHERE)
        await house.privacy.export(ME, HERE_ALONE, "Here", ROOMY)
        await house.privacy.export(ME, EVERYWHERE, "Everywhere", ROOMY)
        await house.privacy.forget(ME, HERE_ALONE)
        await house.privacy.forget(ME, EVERYWHERE)
    assert len(ran) > 200
    assert await read_whole_by(house, ran) == {}


async def test_who_leaves_is_noted_and_erased_without_reading_a_table_whole(house: House) -> None:
    for guild in (HERE, THERE):
        await house.rest(guild, ANNA)
    async with noted(house.database) as ran:
        closed = await house.plan_dm(ANNA, None)
        await house.fail(closed, Reason.DM_CLOSED)
        house.there[THERE, ANNA] = False
        await house.leavings.look_around()
        await house.leavings.away(THERE)
        await house.leavings.seen(HERE, ANNA)
        await house.leavings.left(HERE, ANNA)
        house.there[HERE, ANNA] = False
        house.clock.time += 91 * DAY
        for erasure in await house.due():
            await house.leavings.erase(erasure)
    assert not await house.holds(ANNA, HERE)
    assert await read_whole_by(house, ran) == {}
