"""The engine wakes on time, however much is stored, and whoever holds the wake-up."""

import asyncio
import statistics
import sys
from asyncio.subprocess import PIPE
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.clock import SystemClock
from bot.delivery.engine import Engine
from bot.delivery.model import Delivery, Plan, Target
from bot.delivery.planner import Planner
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.bot.delivery.fakes import NOTE, FakeSender, kinds
from tests.conftest import TORTURE
from tests.standin.process import ROOT, unmeasured

STORED = 100_000 if TORTURE else 2_000
WAKE_UPS = 300 if TORTURE else 20
WITHIN_S = 60.0 if TORTURE else 2.0
LATEST_MS = 250.0
SEED = 4711
FAR = timedelta(days=30)

pytestmark = pytest.mark.process


class Timed(FakeSender):
    """Notes how late each delivery comes, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self.during = self.note

    async def note(self, delivery: Delivery) -> None:
        self.late_ms.append((datetime.now(UTC) - delivery.due).total_seconds() * 1000)


async def plan(database: Database, planner: Planner, plans: list[Plan]) -> None:
    for start in range(0, len(plans), 2_000):
        async with database.writing() as session:
            await planner.plan_all(session, plans[start : start + 2_000])


def note(number: int, due: datetime) -> Plan:
    return Plan(NOTE.name, f"note:{number}", Target.channel(number), due, subject_id=number)


async def test_wake_ups_are_on_time_among_many_rows(
    database: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    clock, sender = SystemClock(), Timed()
    planner, chance = Planner(clock, kinds()), Random(SEED)  # noqa: S311 - no secret
    await plan(database, planner, [note(n, clock.now() + FAR) for n in range(STORED)])
    engine = Engine(database, clock, planner, sender)
    engine.start()
    start = clock.now() + timedelta(seconds=0.5)
    dues = [start + timedelta(seconds=chance.uniform(0, WITHIN_S)) for _ in range(WAKE_UPS)]
    for number, due in enumerate(dues):
        await plan(database, planner, [note(STORED + number, due)])
    async with asyncio.timeout(WITHIN_S + 30):
        while len(sender.sent) < WAKE_UPS:
            await asyncio.sleep(0.05)
    await engine.stop(5.0)
    late = statistics.quantiles(sender.late_ms, n=100)
    with capfd.disabled():
        sys.stderr.write(
            f"\n{WAKE_UPS} wake-ups among {STORED} rows: median {late[49]:.0f} ms late, "
            f"p99 {late[98]:.0f} ms, worst {max(sender.late_ms):.0f} ms\n"
        )
    assert min(sender.late_ms) >= 0
    assert len(sender.sent) == WAKE_UPS
    if TORTURE:
        assert late[98] <= LATEST_MS


PLANNER = """
import asyncio, sys
from datetime import UTC, datetime, timedelta
from bot.clock import SystemClock
from bot.delivery.planner import Planner
from bot.store.database import Database
from tests.bot.delivery.fakes import kinds
from tests.torture.test_wakeups import note, plan

async def main() -> None:
    database, clock = Database(sys.argv[1]), SystemClock()
    for number in range(int(sys.argv[2])):
        due = clock.now() + timedelta(seconds=0.5)
        await plan(database, Planner(clock, kinds()), [note(number, due)])
        await asyncio.sleep(0.1)
    await database.close()

asyncio.run(main())
"""


async def test_what_another_process_plans_fires_on_time(postgres_url: str) -> None:
    database, clock, sender = Database(postgres_url), SystemClock(), Timed()
    await upgrade(database, clock)
    engine = Engine(database, clock, Planner(clock, kinds()), sender)
    engine.start()
    count = 50 if TORTURE else 5
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PLANNER, postgres_url, str(count)),
        cwd=ROOT, env=unmeasured(), stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    _, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    async with asyncio.timeout(10):
        while len(sender.sent) < count:
            await asyncio.sleep(0.05)
    await engine.stop(5.0)
    await database.close()
    assert max(sender.late_ms) < (LATEST_MS if TORTURE else 5_000)
