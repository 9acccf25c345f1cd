from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.delivery import listing, store
from bot.delivery.model import (
    Delivery,
    Kind,
    Reason,
    Schedule,
    SchedulePlan,
    ScheduleState,
    State,
    Target,
)
from bot.delivery.outcomes import Undeliverable
from bot.delivery.service import Deliveries
from bot.store.database import Database
from bot.when.recurrence import Recurrence
from tests.bot.delivery.fakes import EACH, NOTE, URGENT, Post, post
from tests.conftest import NOW, FixedClock

DAY = timedelta(days=1)
DAILY = Recurrence("FREQ=DAILY", datetime(2026, 11, 24, 14, 0), "Europe/Berlin")  # noqa: DTZ001
FIRST = NOW + timedelta(hours=1)


@pytest.fixture
def queue(database: Database, clock: FixedClock) -> Post:
    return post(database, clock)


@pytest.fixture
def deliveries(queue: Post) -> Deliveries:
    return Deliveries(queue.database, queue.clock, queue.planner)


async def begun(queue: Post, kind: Kind = NOTE, recurrence: Recurrence = DAILY) -> Schedule:
    async with queue.database.writing() as session:
        plan = SchedulePlan(kind.name, 7, Target.channel(1), recurrence, guild_id=3)
        return await queue.planner.begin(session, plan)


async def rows(queue: Post) -> list[Delivery]:
    async with queue.database.reading() as session:
        found = await session.execute(select(store.deliveries).order_by(store.deliveries.c.id))
        return [store.to_delivery(row) for row in found]


async def now_is(queue: Post, schedule: Schedule) -> Schedule:
    async with queue.database.writing() as session:
        return (await store.schedules_by_id(session, [schedule.id]))[schedule.id]


async def run_at(queue: Post, instant: datetime) -> None:
    queue.clock.time = instant
    await queue.dispatcher.run_due()


async def test_only_the_next_occurrence_is_a_row(queue: Post) -> None:
    await begun(queue)
    assert [row.due for row in await rows(queue)] == [FIRST]
    await run_at(queue, FIRST)
    assert [row.due for row in await rows(queue)] == [FIRST, FIRST + DAY]


async def test_after_a_downtime_only_the_newest_is_sent(queue: Post) -> None:
    await begun(queue)
    await run_at(queue, FIRST + 3 * DAY + timedelta(hours=2))
    assert [row.due for row in queue.sender.sent] == [FIRST + 3 * DAY]
    first, *_, last = await rows(queue)
    assert (first.state, first.reason) == (State.EXPIRED, Reason.LATE)
    assert (last.state, last.due) == (State.WAITING, FIRST + 4 * DAY)


async def test_a_newer_occurrence_takes_the_place_of_a_missed_one(queue: Post) -> None:
    hourly = Recurrence("FREQ=HOURLY", DAILY.start, DAILY.zone)
    await begun(queue, recurrence=hourly)
    await run_at(queue, FIRST + timedelta(hours=3))
    assert [row.due for row in queue.sender.sent] == [FIRST + timedelta(hours=3)]
    assert (await rows(queue))[0].reason == Reason.SUPERSEDED


async def test_a_kind_may_send_each_missed_one(queue: Post) -> None:
    hourly = Recurrence("FREQ=HOURLY", DAILY.start, DAILY.zone)
    await begun(queue, EACH, hourly)
    await run_at(queue, FIRST + timedelta(hours=2))
    assert [row.due for row in queue.sender.sent] == [FIRST + timedelta(hours=n) for n in range(3)]


async def test_what_has_expired_is_skipped(queue: Post) -> None:
    await begun(queue, URGENT)
    await run_at(queue, FIRST + timedelta(hours=5))
    assert queue.sender.sent == []
    assert (await rows(queue))[-1].due == FIRST + DAY


async def test_a_rule_that_has_ended_ends_its_schedule(queue: Post) -> None:
    once = Recurrence("FREQ=DAILY;COUNT=1", DAILY.start, DAILY.zone)
    schedule = await begun(queue, recurrence=once)
    await run_at(queue, FIRST)
    assert (await now_is(queue, schedule)).state is ScheduleState.ENDED


async def test_three_failures_in_a_row_pause_a_schedule(queue: Post) -> None:
    schedule = await begun(queue)
    queue.sender.answers[1] = Undeliverable(Reason.CHANNEL_GONE)
    for day in range(3):
        await run_at(queue, FIRST + day * DAY)
    paused = await now_is(queue, schedule)
    assert (paused.state, paused.reason) == (ScheduleState.PAUSED, Reason.CHANNEL_GONE)
    assert {row.state for row in await rows(queue)} == {State.FAILED}


async def test_a_success_forgives_failures(queue: Post) -> None:
    schedule = await begun(queue)
    queue.sender.answers[1] = Undeliverable(Reason.CHANNEL_GONE)
    await run_at(queue, FIRST)
    assert (await now_is(queue, schedule)).failures == 1
    queue.sender.answers.clear()
    await run_at(queue, FIRST + DAY)
    assert (await now_is(queue, schedule)).failures == 0


async def test_an_edit_cancels_what_is_pending_and_plans_anew(queue: Post) -> None:
    schedule = await begun(queue)
    later = Recurrence("FREQ=DAILY", datetime(2026, 11, 24, 15, 0), "Europe/Berlin")  # noqa: DTZ001
    async with queue.database.writing() as session:
        await queue.planner.edit(session, schedule.id, recurrence=later)
    assert [(row.state, row.due) for row in await rows(queue)] == [
        (State.CANCELLED, FIRST),
        (State.WAITING, FIRST + timedelta(hours=1)),
    ]


async def test_an_edit_after_the_clock_was_set_back_repeats_nothing(queue: Post) -> None:
    schedule = await begun(queue)
    await run_at(queue, FIRST)
    queue.clock.time = FIRST - timedelta(minutes=30)
    async with queue.database.writing() as session:
        await queue.planner.edit(session, schedule.id, target=Target.channel(2))
    await run_at(queue, FIRST + timedelta(minutes=1))
    assert len(queue.sender.sent) == 1


async def test_a_paused_schedule_resumes_with_what_comes_next(queue: Post) -> None:
    schedule = await begun(queue)
    async with queue.database.writing() as session:
        await queue.planner.pause(session, schedule.id)
    await run_at(queue, FIRST + 2 * DAY + timedelta(hours=1))
    assert queue.sender.sent == []
    async with queue.database.writing() as session:
        await queue.planner.edit(session, schedule.id, target=Target.channel(2))
        await queue.planner.resume(session, schedule.id)
    assert (await rows(queue))[-1].due == FIRST + 3 * DAY
    assert (await rows(queue))[-1].target == Target.channel(2)


async def test_an_ended_schedule_stays_silent(queue: Post) -> None:
    schedule = await begun(queue)
    async with queue.database.writing() as session:
        await queue.planner.end(session, schedule.id)
        assert await queue.planner.edit(session, 999) is None
        assert await queue.planner.resume(session, 999) is None
    await run_at(queue, FIRST)
    assert queue.sender.sent == []


async def test_a_cancelled_occurrence_is_skipped_alone(queue: Post, deliveries: Deliveries) -> None:
    await begun(queue)
    assert await deliveries.cancel((await rows(queue))[0].id, guild_id=3)
    await run_at(queue, FIRST + DAY)
    assert [row.due for row in queue.sender.sent] == [FIRST + DAY]


async def test_nothing_of_another_server_can_be_touched(
    queue: Post, deliveries: Deliveries
) -> None:
    await begun(queue)
    row = (await rows(queue))[0]
    assert await deliveries.get(row.id, guild_id=4) is None
    assert not await deliveries.cancel(row.id, guild_id=4)
    assert not await deliveries.retry(row.id, guild_id=4)
    assert await deliveries.get(row.id) == row


async def test_what_failed_can_be_retried(queue: Post, deliveries: Deliveries) -> None:
    planned = await queue.plan()
    assert planned is not None
    queue.sender.answers[1] = Undeliverable(Reason.NO_PERMISSION)
    await queue.dispatcher.run_due()
    queue.sender.answers.clear()
    assert await deliveries.retry(planned.id)
    await queue.dispatcher.run_due()
    assert not await deliveries.retry(planned.id)
    assert [row.id for row in await deliveries.listed(State.SENT, 5)] == [planned.id]
    assert await deliveries.listed(None, 5) == []


async def test_a_paused_server_is_silent_until_then(queue: Post, deliveries: Deliveries) -> None:
    await begun(queue)
    await queue.plan("once", FIRST)
    await deliveries.pause_all(3, FIRST + 2 * DAY, by=8)
    await run_at(queue, FIRST)
    await run_at(queue, FIRST + DAY)
    assert queue.sender.sent == []
    overview = await deliveries.overview(3)
    assert overview.paused_until == FIRST + 2 * DAY
    await run_at(queue, FIRST + 2 * DAY)
    assert sorted(row.due for row in queue.sender.sent) == [FIRST, FIRST + 2 * DAY]


async def test_a_pause_can_be_made_shorter(queue: Post, deliveries: Deliveries) -> None:
    await queue.plan("once", FIRST)
    await deliveries.pause_all(3, FIRST + 2 * DAY, by=8)
    await run_at(queue, FIRST)
    await deliveries.pause_all(3, FIRST + DAY / 4, by=8)
    await run_at(queue, FIRST + DAY / 4)
    assert len(queue.sender.sent) == 1


async def test_a_repeat_can_be_stopped_by_one_of_its_rows(
    queue: Post, deliveries: Deliveries
) -> None:
    schedule = await begun(queue)
    assert not await deliveries.stop(1, guild_id=4)
    assert await deliveries.stop(1, guild_id=3)
    await run_at(queue, FIRST + DAY)
    assert queue.sender.sent == []
    assert (await now_is(queue, schedule)).state is ScheduleState.PAUSED


async def test_a_pause_can_be_ended_early(queue: Post, deliveries: Deliveries) -> None:
    await queue.plan("once", FIRST)
    await deliveries.pause_all(3, FIRST + 2 * DAY, by=8)
    await run_at(queue, FIRST)
    await deliveries.resume_all(3)
    await queue.dispatcher.run_due()
    assert len(queue.sender.sent) == 1


async def test_a_new_channel_takes_over_what_failed(queue: Post, deliveries: Deliveries) -> None:
    schedule = await begun(queue)
    queue.sender.answers[1] = Undeliverable(Reason.CHANNEL_GONE)
    for day in range(3):
        await run_at(queue, FIRST + day * DAY)
    async with queue.database.writing() as session:
        await deliveries.move_target(session, 3, Target.channel(1), Target.channel(2))
    await queue.dispatcher.run_due()
    assert queue.sender.sent[-1].target == Target.channel(2)
    assert (await now_is(queue, schedule)).state is ScheduleState.ACTIVE
    assert (await deliveries.overview(3)).paused == []


async def test_a_schedule_is_of_the_thing_it_was_begun_for(queue: Post) -> None:
    schedule = await begun(queue)
    async with queue.database.reading() as session:
        found = await listing.schedules_of(session, NOTE.name, {7: schedule.id, 8: None})
        assert found.keys() == {7}
        for kind, thing in ((NOTE, 8), (EACH, 7)):  # an id that was erased and given again
            assert await listing.schedule_of(session, kind.name, thing, schedule.id) is None
        assert await listing.schedules_of(session, NOTE.name, {}) == {}
