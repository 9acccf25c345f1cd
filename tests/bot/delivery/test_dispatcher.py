import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import store
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.model import Delivery, Reason, State, TargetKind
from bot.delivery.outcomes import Policy, Retry, Sent, Undeliverable, Unwanted
from bot.delivery.settlement import Settled
from bot.store.database import Database
from tests.bot.delivery.fakes import EACH, HOME, HOMED, NOTE, URGENT, FakeSender, Post, post
from tests.conftest import NOW, FixedClock

HOUR = timedelta(hours=1)


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


async def test_the_same_intent_is_planned_once(queue: Post) -> None:
    assert await queue.plan("question:3:2026-11-24")
    assert await queue.plan("question:3:2026-11-24", NOW + HOUR) is None


async def test_a_channel_is_served_in_order(queue: Post) -> None:
    order = [3, 1, 2]
    planned = [await queue.plan(str(n), NOW - n * HOUR / 10, kind=EACH) for n in order]
    await queue.dispatcher.run_due()
    assert [row.dedupe_key for row in queue.sender.sent] == ["3", "2", "1"]
    assert all(planned)
    assert queue.sender.most_at_once == 1


async def test_channels_are_served_in_parallel(queue: Post) -> None:
    async def slow(_: Delivery) -> None:
        await asyncio.sleep(0.1)

    queue.sender.during = slow
    for channel in range(20):
        await queue.plan(str(channel), channel=channel)
    assert await queue.dispatcher.run_due() == 20
    assert queue.sender.most_at_once == 20


async def test_no_more_than_so_many_go_at_once(database: Database, clock: FixedClock) -> None:
    queue = post(database, clock, Policy(parallel=3))
    for channel in range(10):
        await queue.plan(str(channel), channel=channel)
    assert await queue.dispatcher.run_due() == 10
    assert queue.sender.most_at_once == 3


async def test_urgent_kinds_go_first(database: Database, clock: FixedClock) -> None:
    queue = post(database, clock, Policy(parallel=1))
    await queue.plan("slow", NOW - HOUR / 2, channel=1)
    await queue.plan("fast", NOW, channel=2, kind=URGENT)
    await queue.dispatcher.run_due()
    assert queue.sender.targets() == [2, 1]


async def test_what_may_heal_is_tried_again_with_its_nonce(queue: Post) -> None:
    planned = await queue.plan()
    queue.sender.answers[1] = Retry(Reason.DISCORD_DOWN)
    await queue.dispatcher.run_due()
    waiting = await now_is(queue, planned)
    assert (waiting.state, waiting.attempts, waiting.tried_at) == (State.WAITING, 1, NOW)
    assert waiting.next_try is not None
    assert NOW + timedelta(seconds=1) <= waiting.next_try <= NOW + timedelta(seconds=2)
    del queue.sender.answers[1]
    queue.clock.time = waiting.next_try
    await queue.dispatcher.run_due()
    assert (await now_is(queue, planned)).state is State.SENT
    assert {row.nonce for row in queue.sender.sent} == {waiting.nonce}
    assert queue.sender.looked_for == []


async def test_a_try_that_surely_failed_leaves_no_doubt(queue: Post) -> None:
    planned = await queue.plan()
    queue.sender.answers[1] = Retry(Reason.RATE_LIMITED, after_s=90, maybe_sent=False)
    await queue.dispatcher.run_due()
    waiting = await now_is(queue, planned)
    assert waiting.tried_at is None
    assert waiting.next_try == NOW + timedelta(seconds=90)


async def test_an_old_try_is_looked_for_before_it_is_repeated(queue: Post) -> None:
    planned = await queue.plan()
    queue.sender.answers[1] = Retry(Reason.DISCORD_DOWN, after_s=300)
    await queue.dispatcher.run_due()
    queue.clock.time += timedelta(seconds=300)
    queue.sender.found = Sent(77)
    sends = len(queue.sender.sent)
    await queue.dispatcher.run_due()
    assert (await now_is(queue, planned)).message_id == 77
    assert len(queue.sender.looked_for) == 1
    assert len(queue.sender.sent) == sends


async def test_what_was_looked_for_in_vain_is_sent(queue: Post) -> None:
    planned = await queue.plan()
    queue.sender.answers[1] = Retry(Reason.DISCORD_DOWN, after_s=300)
    await queue.dispatcher.run_due()
    queue.sender.answers.clear()
    queue.clock.time += timedelta(seconds=300)
    await queue.dispatcher.run_due()
    assert (await now_is(queue, planned)).state is State.SENT


async def test_what_is_too_late_expires(queue: Post) -> None:
    planned = await queue.plan(kind=URGENT)
    queue.clock.time += HOUR
    await queue.dispatcher.run_due()
    after = await now_is(queue, planned)
    assert (after.state, after.reason) == (State.EXPIRED, Reason.LATE)
    assert queue.sender.sent == []


async def test_an_error_of_ours_is_not_repeated_for_ever(queue: Post) -> None:
    planned = await queue.plan()
    queue.sender.answers[1] = ValueError("no such text")
    for _ in range(5):
        await queue.dispatcher.run_due()
        queue.clock.time += HOUR
    after = await now_is(queue, planned)
    assert (after.state, after.reason) == (State.FAILED, Reason.BROKEN)


async def test_what_is_gone_goes_to_its_fallback_once(queue: Post) -> None:
    planned = await queue.plan(kind=HOMED)
    queue.sender.answers[1] = Undeliverable(Reason.CHANNEL_GONE)
    await queue.dispatcher.run_due()
    after = await now_is(queue, planned)
    assert (after.state, after.target, after.fallbacks) == (State.SENT, HOME, 1)
    assert queue.sender.sent[0].nonce != queue.sender.sent[1].nonce


async def test_what_has_no_fallback_fails_with_its_reason(queue: Post) -> None:
    planned = await queue.plan()
    queue.sender.answers[1] = Undeliverable(Reason.NO_PERMISSION)
    await queue.dispatcher.run_due()
    after = await now_is(queue, planned)
    assert (after.state, after.reason) == (State.FAILED, Reason.NO_PERMISSION)


async def test_what_is_unconfirmed_does_not_fall_back(queue: Post) -> None:
    planned = await queue.plan(kind=HOMED)
    queue.sender.answers[1] = Undeliverable(Reason.UNCONFIRMED)
    await queue.dispatcher.run_due()
    assert (await now_is(queue, planned)).state is State.FAILED


async def test_what_is_no_longer_wanted_is_cancelled(queue: Post) -> None:
    planned = await queue.plan()
    queue.sender.answers[1] = Unwanted()
    await queue.dispatcher.run_due()
    assert (await now_is(queue, planned)).state is State.CANCELLED


async def test_what_is_no_longer_wanted_but_may_be_there_is_looked_for(queue: Post) -> None:
    planned = await queue.plan()
    queue.sender.answers[1] = Retry(Reason.DISCORD_DOWN)
    await queue.dispatcher.run_due()
    queue.clock.time += timedelta(seconds=10)
    queue.sender.answers[1], queue.sender.found = Unwanted(), Sent(500)
    await queue.dispatcher.run_due()
    after = await now_is(queue, planned)
    assert (after.state, after.message_id) == (State.SENT, 500)
    assert [each.may_be_there for each in queue.sender.sent] == [False, True]


async def test_what_was_looked_for_in_vain_is_surely_not_there(queue: Post) -> None:
    await queue.plan()
    queue.sender.answers[1] = Retry(Reason.DISCORD_DOWN)
    await queue.dispatcher.run_due()
    queue.clock.time += HOUR
    queue.sender.answers.clear()
    await queue.dispatcher.run_due()
    assert [each.may_be_there for each in queue.sender.sent] == [False, False]


async def test_two_dispatchers_share_the_queue(queue: Post) -> None:
    for channel in range(40):
        await queue.plan(str(channel), channel=channel)
    settled = await asyncio.gather(queue.dispatcher.run_due(), queue.restarted().run_due())
    assert sum(settled) == 40
    assert sorted(queue.sender.targets()) == list(range(40))


async def test_what_a_dead_process_leased_is_sent_when_the_lease_ends(queue: Post) -> None:
    planned = await queue.plan()
    stuck = asyncio.Event()

    async def hang(_: Delivery) -> None:
        await stuck.wait()

    queue.sender.during = hang
    dying = asyncio.create_task(queue.dispatcher.run_due())
    while (await now_is(queue, planned)).state is not State.LEASED:
        await asyncio.sleep(0.01)
    await queue.dispatcher.stop(0.05)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    queue.sender.during = None
    other = queue.restarted()
    assert await other.run_due() == 0
    queue.clock.time += timedelta(seconds=20)
    assert await other.run_due() == 1
    assert (await now_is(queue, planned)).state is State.SENT


async def test_a_clock_set_back_keeps_no_lease_for_long(queue: Post) -> None:
    planned = await queue.plan()
    queue.sender.answers[1] = Retry(Reason.DISCORD_DOWN)
    await queue.dispatcher.run_due()
    queue.sender.answers.clear()
    queue.clock.time -= HOUR
    await queue.dispatcher.clock_was_set_back()
    waiting = await now_is(queue, planned)
    assert waiting.next_try is not None
    assert waiting.next_try <= queue.clock.time + timedelta(minutes=10)
    queue.clock.time += timedelta(minutes=10)
    await queue.dispatcher.run_due()
    assert (await now_is(queue, planned)).state is State.SENT


async def test_a_stopped_dispatcher_claims_nothing(queue: Post) -> None:
    await queue.plan()
    await queue.dispatcher.stop(1)
    assert await queue.dispatcher.run_due() == 0


async def test_a_direct_message_is_a_target_of_its_own(queue: Post) -> None:
    await queue.plan("channel", channel=5)
    await queue.plan("user", channel=5, to=TargetKind.USER)
    await queue.dispatcher.run_due()
    assert {row.target.kind for row in queue.sender.sent} == set(TargetKind)


@pytest.mark.parametrize("found", [Sent(5), Undeliverable(Reason.UNCONFIRMED), None])
async def test_what_may_have_arrived_is_looked_for_before_it_goes_elsewhere(
    queue: Post, found: Sent | Undeliverable | None
) -> None:
    planned = await queue.plan(kind=HOMED)
    queue.sender.answers[1] = Retry(Reason.DISCORD_DOWN)
    await queue.dispatcher.run_due()
    queue.sender.answers[1] = Undeliverable(Reason.NO_PERMISSION)
    queue.sender.found = found
    queue.clock.time += timedelta(seconds=2)
    await queue.dispatcher.run_due()
    assert len(queue.sender.looked_for) == 1
    assert (HOME.id in queue.sender.targets()) == (found is None)
    row = await now_is(queue, planned)
    assert row.state is (State.FAILED if isinstance(found, Undeliverable) else State.SENT)


async def test_a_result_that_comes_after_the_lease_counts_for_nothing(queue: Post) -> None:
    planned = await queue.plan(kind=NOTE)
    stuck, begun, told = asyncio.Event(), asyncio.Event(), list[Settled]()

    async def hang(_: Delivery) -> None:
        begun.set()
        await stuck.wait()

    async def observe(_: AsyncSession, settled: Sequence[Settled]) -> None:
        told.extend(settled)

    queue.sender.during, queue.sender.answers[1] = hang, Undeliverable(Reason.NO_ACCESS)
    queue.dispatcher.settlement.observers.append(observe)
    late = asyncio.create_task(queue.dispatcher.run_due())
    await begun.wait()
    queue.clock.time += timedelta(seconds=queue.dispatcher.policy.lease_s + 1)
    other = Dispatcher(queue.database, queue.clock, queue.planner, FakeSender())
    assert await other.run_due() == 1
    stuck.set()
    await late
    assert (await now_is(queue, planned)).state is State.SENT
    assert told == []
