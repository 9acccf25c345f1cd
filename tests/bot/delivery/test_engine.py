import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import SystemClock
from bot.delivery import wakeup
from bot.delivery.engine import Engine
from bot.delivery.model import Plan, Target
from bot.delivery.planner import Planner
from bot.store.database import Database
from tests.bot.delivery.fakes import NOTE, FakeSender, kinds
from tests.conftest import FixedClock


class ShiftedClock:
    """The machine's clock, which a test can set."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


async def plan(database: Database, planner: Planner, key: str, due: datetime) -> None:
    async with database.writing() as session:
        await planner.plan(session, Plan(NOTE.name, key, Target.channel(1), due, subject_id=1))


async def eventually(sender: FakeSender, count: int, within_s: float = 5.0) -> None:
    async with asyncio.timeout(within_s):
        while len(sender.sent) < count:
            await asyncio.sleep(0.005)


async def test_it_delivers_when_something_is_due(database: Database) -> None:
    clock, sender = SystemClock(), FakeSender()
    planner = Planner(clock, kinds())
    await plan(database, planner, "missed", clock.now() - timedelta(minutes=5))
    engine = Engine(database, clock, planner, sender)
    engine.start()
    await eventually(sender, 1)
    await plan(database, planner, "soon", clock.now() + timedelta(seconds=0.3))
    await plan(database, planner, "later", clock.now() + timedelta(hours=1))
    await eventually(sender, 2)
    await engine.stop(1)
    assert [row.dedupe_key for row in sender.sent] == ["missed", "soon"]


async def test_another_process_is_heard(postgres_url: str, clock: FixedClock) -> None:
    from bot.store.migrate import upgrade  # noqa: PLC0415

    mine, other = Database(postgres_url), Database(postgres_url)
    await upgrade(mine, clock)
    sender, system = FakeSender(), SystemClock()
    engine = Engine(mine, system, Planner(system, kinds()), sender)
    engine.start()
    await asyncio.sleep(0.5)
    await plan(other, Planner(system, kinds()), "a", system.now() + timedelta(seconds=0.2))
    await eventually(sender, 1)
    await engine.stop(1)
    await mine.close()
    await other.close()


@pytest.mark.parametrize("hours", [1, -1])
async def test_a_jump_of_the_clock_is_noticed(
    database: Database, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    monkeypatch.setattr(wakeup, "WATCH_S", 0.05)
    clock, sender = ShiftedClock(), FakeSender()
    planner = Planner(clock, kinds())
    engine = Engine(database, clock, planner, sender)
    engine.start()
    await plan(database, planner, "a", clock.now() + timedelta(minutes=30))
    await asyncio.sleep(0.1)
    clock.shift += timedelta(hours=hours)
    await asyncio.sleep(0.2)
    if hours < 0:
        await plan(database, planner, "b", clock.now() + timedelta(seconds=0.1))
    await eventually(sender, 1)
    await engine.stop(1)
    assert [row.dedupe_key for row in sender.sent] == ["a" if hours > 0 else "b"]


async def test_chores_are_done_at_the_start_and_each_hour_and_one_that_fails_stops_nothing(
    database: Database,
) -> None:
    clock, sender, done = ShiftedClock(), FakeSender(), list[str]()
    planner = Planner(clock, kinds())
    engine = Engine(database, clock, planner, sender)

    async def fail() -> None:
        raise ValueError("no")

    async def sweep() -> None:
        done.append("swept")

    async def swept(times: int) -> None:
        async with asyncio.timeout(5):
            while len(done) < times:
                await asyncio.sleep(0.01)

    engine.each_hour(fail, sweep)
    engine.start()
    await swept(1)
    for times, hours in enumerate((2, -3), start=2):
        clock.shift += timedelta(hours=hours)
        planner.heard(clock.now())
        await swept(times)
    planner.heard(clock.now())
    await asyncio.sleep(0.1)
    await engine.stop(1)
    assert done == ["swept"] * 3


async def test_that_it_runs_is_noted_from_the_first_to_the_last(database: Database) -> None:
    clock, sender, noted = ShiftedClock(), FakeSender(), list[int]()
    planner = Planner(clock, kinds())
    engine = Engine(database, clock, planner, sender)

    async def note() -> None:
        noted.append(len(sender.sent))

    engine.while_running(note)
    await plan(database, planner, "missed", clock.now())
    engine.start()
    await eventually(sender, 1)
    clock.shift += timedelta(minutes=6)
    async with asyncio.timeout(5):
        while len(noted) < 2:
            planner.heard(clock.now())
            await asyncio.sleep(0.01)
    await plan(database, planner, "a", clock.now())
    await eventually(sender, 2)
    await engine.stop(1)
    await engine.stop(0)
    assert (noted[0], noted[-1], len(noted)) == (0, 2, 3)


async def test_that_it_runs_is_not_noted_if_it_never_did(database: Database) -> None:
    clock, noted = ShiftedClock(), list[str]()
    engine = Engine(database, clock, Planner(clock, kinds()), FakeSender())

    async def note() -> None:
        noted.append("runs")

    engine.while_running(note)
    await engine.stop(1)
    assert noted == []


async def test_a_last_note_that_cannot_be_written_holds_up_no_stop(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.engine.LAST_PULSE_WITHIN_S", 0.05)
    clock = ShiftedClock()
    engine = Engine(database, clock, Planner(clock, kinds()), FakeSender())

    async def wait() -> None:
        await asyncio.Event().wait()

    engine.while_running(wait)
    engine.start()
    async with asyncio.timeout(5):
        await engine.stop(1)
