"""The clock jumps, the database locks, restarts or fills up: nothing is lost, the log says so."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.config import sqlite_url
from bot.delivery import wakeup
from bot.delivery.engine import Engine
from bot.delivery.model import Delivery, Plan, State, Target
from bot.delivery.planner import Planner
from bot.delivery.service import Deliveries
from bot.store import database as store
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.bot.delivery.fakes import NOTE, FakeSender, kinds
from tests.conftest import TORTURE
from tests.postgres import own_postgres

ROWS = 600 if TORTURE else 60
SPREAD_S = 20.0 if TORTURE else 2.0
LOCKED_S = 20.0 if TORTURE else 1.0
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.process


class MovedClock:
    """The machine's clock, which a test moves."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


@dataclass
class Running:
    """An engine at work, with deliveries due one after another."""

    database: Database
    clock: MovedClock
    planner: Planner
    sender: FakeSender
    logs: list[Any] = field(default_factory=list[Any])

    async def plan(self, count: int = ROWS, within_s: float = SPREAD_S) -> None:
        """Plan deliveries in channels of their own, spread over the next seconds."""
        start, apart = self.clock.now(), timedelta(seconds=within_s / count)
        plans = [
            Plan(NOTE.name, f"note:{n}", Target.channel(n), start + n * apart, subject_id=n)
            for n in range(1, count + 1)
        ]
        async with self.database.writing() as session:
            await self.planner.plan_all(session, plans)

    async def drained(self, count: int = ROWS, within_s: float = 90.0) -> None:
        """Wait until all have been sent and settled, each of them once."""
        deliveries = Deliveries(self.database, self.clock, self.planner)
        async with asyncio.timeout(within_s):
            while len(sent := await deliveries.listed(State.SENT, 2 * count)) < count:
                await asyncio.sleep(0.1)
        assert len(sent) == count
        keys = [delivery.dedupe_key for delivery in self.sender.sent]
        assert sorted(keys) == sorted({*keys})
        assert len(keys) == count

    def said(self, *events: str) -> bool:
        """Whether the log has all of these."""
        return {*events} <= {entry["event"] for entry in self.logs}


@asynccontextmanager
async def running(url: str) -> AsyncGenerator[Running]:
    """Deliver from a fresh store."""
    database, clock, sender = Database(url), MovedClock(), FakeSender()
    await upgrade(database, clock)
    planner = Planner(clock, kinds())
    engine = Engine(database, clock, planner, sender)
    with capture_logs() as logs:
        engine.start()
        try:
            yield Running(database, clock, planner, sender, logs)
        finally:
            await engine.stop(5.0)
            await database.close()


@pytest.mark.parametrize("hours", [1, -1])
async def test_the_clock_set_back_and_forward_by_an_hour(
    database_url: str, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wakeup, "WATCH_S", 0.2)
    async with running(database_url) as run:

        async def slow(_: Delivery) -> None:
            await asyncio.sleep(0.02)

        run.sender.during = slow
        await run.plan()
        await asyncio.sleep(SPREAD_S / 4)
        for by in (hours, -hours):
            run.clock.shift += by * HOUR
            await asyncio.sleep(1.0)
        await run.drained()
        assert run.said("the clock jumped, or the machine slept")


async def test_a_clock_that_stays_behind_delays_nothing_that_was_leased(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wakeup, "WATCH_S", 0.2)
    async with running(database_url) as run:
        run.clock.shift = HOUR
        await asyncio.sleep(0.5)
        await run.plan(20, within_s=0.5)
        run.clock.shift = timedelta()
        await asyncio.sleep(0.5)
        run.clock.shift = HOUR
        await run.drained(20)


@pytest.mark.parametrize("patience_s", [30, 0.2])
async def test_a_locked_database_is_waited_for(
    tmp_path: Path, patience_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_TIMEOUT_S", patience_s)
    monkeypatch.setattr("bot.delivery.dispatcher.SLOW_STORE_S", 0.5)
    file = tmp_path / "store.sqlite3"
    async with running(sqlite_url(file)) as run:
        await run.plan()
        await asyncio.sleep(SPREAD_S / 4)
        with closing(another_connection(file)) as other:
            await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
            await asyncio.sleep(LOCKED_S)
            other.execute("ROLLBACK")
        await run.drained()
        gave_up = ("the database fails; trying again", "the database works again")
        assert run.said(*gave_up) if patience_s < 1 else run.said("the database was slow or locked")


async def test_a_restarted_postgres_is_waited_for() -> None:
    with own_postgres() as postgres:
        async with running(postgres.url) as run:
            await run.plan(within_s=2 * SPREAD_S)
            await asyncio.sleep(SPREAD_S / 4)
            await asyncio.to_thread(postgres.restart)
            await run.drained()
        assert run.said("the database fails; trying again")
        assert run.said("the database hung up; listening again")


async def test_a_disk_that_takes_no_more_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite3"
    async with running(sqlite_url(file)) as run:
        await run.plan()
        await asyncio.sleep(SPREAD_S / 4)
        with no_larger_files(file):
            await asyncio.sleep(SPREAD_S)
        await run.drained()
        assert run.said("the database fails; trying again", "the database works again")


async def test_a_full_disk_refuses_what_is_new_and_loses_nothing(tmp_path: Path) -> None:
    async with running(sqlite_url(tmp_path / "store.sqlite3")) as run:
        await run.plan()
        with no_more_pages(run.database):
            with pytest.raises(OperationalError, match="full"):
                await run.plan(5000)
            await asyncio.sleep(SPREAD_S / 2)
        await run.drained()


def another_connection(file: Path) -> sqlite3.Connection:
    """Open the file once more, for use in another thread."""
    return sqlite3.connect(file, timeout=30, isolation_level=None, check_same_thread=False)


@contextmanager
def no_more_pages(database: Database) -> Generator[None]:
    """Let SQLite say that the disk is full, to whatever needs one more page."""
    limits = {"now": 1}

    def limit(connection: Any, *_: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA max_page_count={limits['now']}")
        cursor.close()

    engine = database.engine.sync_engine
    event.listen(engine, "checkout", limit)
    yield
    limits["now"] = 2**30


@contextmanager
def no_larger_files(file: Path) -> Generator[None]:
    """Let the operating system refuse to write beyond what the files hold now."""
    largest = max(part.stat().st_size for part in file.parent.glob(f"{file.name}*"))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(largest // 2, 65536), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
