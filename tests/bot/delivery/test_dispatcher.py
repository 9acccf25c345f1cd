from datetime import timedelta

import pytest

from bot.delivery import store
from bot.delivery.model import Delivery, State
from bot.store.database import Database
from tests.bot.delivery.fakes import Post, post
from tests.conftest import NOW, FixedClock


@pytest.fixture
def queue(database: Database, clock: FixedClock) -> Post:
    return post(database, clock)


async def now_is(queue: Post, delivery: Delivery | None) -> Delivery:
    assert delivery is not None
    async with queue.database.reading() as session:
        found = await store.delivery_by_id(session, delivery.id)
    assert found is not None
    return found


async def test_what_is_due_is_sent_once(queue: Post) -> None:
    planned = await queue.plan()
    assert await queue.dispatcher.run_due() == 1
    assert await queue.dispatcher.run_due() == 0
    after = await now_is(queue, planned)
    assert (after.state, after.message_id, after.settled_at) == (State.SENT, 1000 + after.id, NOW)
    assert queue.sender.targets() == [1]


async def test_what_is_not_due_waits(queue: Post) -> None:
    await queue.plan(due=NOW + timedelta(seconds=1))
    assert await queue.dispatcher.run_due() == 0
    assert await queue.dispatcher.earliest() == NOW + timedelta(seconds=1)
    queue.clock.time += timedelta(seconds=1)
    assert await queue.dispatcher.run_due() == 1
    assert await queue.dispatcher.earliest() is None
