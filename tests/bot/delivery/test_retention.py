from datetime import timedelta

import pytest

from bot.delivery import retention
from bot.delivery.model import State
from bot.delivery.retention import KEPT_FOR, forget_settled
from bot.delivery.service import Deliveries
from bot.store.database import Database
from tests.bot.delivery.fakes import Post, post
from tests.conftest import NOW, FixedClock


@pytest.fixture
def queue(database: Database, clock: FixedClock) -> Post:
    return post(database, clock)


async def test_what_was_settled_long_ago_is_forgotten_and_the_rest_kept(
    queue: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for number in range(5):
        await queue.plan(f"old-{number}", channel=number)
    await queue.dispatcher.run_due()
    queue.clock.time += timedelta(days=1)
    await queue.plan("new", queue.clock.time)
    await queue.dispatcher.run_due()
    await queue.plan("far", NOW + timedelta(days=365))
    assert await forget_settled(queue.database, NOW + KEPT_FOR) == 0
    assert await forget_settled(queue.database, NOW + KEPT_FOR + timedelta(hours=1)) == 5
    deliveries = Deliveries(queue.database, queue.clock, queue.planner)
    assert [row.dedupe_key for row in await deliveries.listed(State.SENT, 9)] == ["new"]
    assert [row.dedupe_key for row in await deliveries.listed(None, 9)] == ["far"]
