from datetime import datetime, timedelta

import pytest

from bot.delivery import retention
from bot.delivery.model import SchedulePlan, ScheduleState, State, Target
from bot.delivery.retention import KEPT_FOR, forget_settled
from bot.delivery.service import Deliveries
from bot.store.database import Database
from bot.when.recurrence import Recurrence
from tests.bot.delivery.fakes import NOTE, Post, post
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


async def test_what_was_ended_can_be_resumed_for_a_while(queue: Post) -> None:
    daily = Recurrence("FREQ=DAILY", datetime(2026, 11, 24, 14, 0), "UTC")  # noqa: DTZ001
    plan = SchedulePlan(NOTE.name, 7, Target.channel(1), daily)
    async with queue.database.writing() as session:
        schedule = await queue.planner.begin(session, plan)
        await queue.planner.pause(session, schedule.id)
    queue.clock.time += KEPT_FOR + timedelta(days=1)
    await forget_settled(queue.database, queue.clock.time)
    async with queue.database.writing() as session:
        await queue.planner.end(session, schedule.id)
    await forget_settled(queue.database, queue.clock.time + KEPT_FOR)
    async with queue.database.writing() as session:
        resumed = await queue.planner.resume(session, schedule.id)
        assert resumed is not None
        assert resumed.state is ScheduleState.ACTIVE
        await queue.planner.end(session, schedule.id)
    await forget_settled(queue.database, queue.clock.time + KEPT_FOR + timedelta(hours=1))
    await forget_settled(queue.database, queue.clock.time + KEPT_FOR + timedelta(hours=1))
    async with queue.database.writing() as session:
        assert await queue.planner.resume(session, schedule.id) is None
