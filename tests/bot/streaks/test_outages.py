"""When Waymark counts as down, from starts and stops of the engine, on both stores."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from pydantic import SecretStr

from bot.app import App, opened
from bot.client import Waymark
from bot.config import Settings
from bot.delivery.engine import Engine
from bot.streaks import store
from bot.streaks.model import Outage
from tests.bot.delivery.fakes import FakeSender
from tests.conftest import NOW, FixedClock

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass
class Machine:
    """Runs Waymark's processes over one store."""

    app: App
    clock: FixedClock

    async def start(self) -> Engine:
        engine = self.app.engine(cast("Waymark", SimpleNamespace(outbox=FakeSender())))
        engine.start()
        await self.noted()
        return engine

    async def runs(self, steps: int, step: timedelta = 5 * MINUTE) -> None:
        """Let what runs go on; it looks at the clock every half a minute."""
        for _step in range(steps):
            self.clock.time += step
            await self.noted()

    async def noted(self) -> None:
        async with asyncio.timeout(5):
            while await self.last_seen() != self.clock.time:
                self.app.planner.heard(self.clock.time)
                await asyncio.sleep(0.01)

    async def last_seen(self) -> datetime | None:
        async with self.app.database.reading() as session:
            return await store.last_pulse(session)

    async def outages(self) -> tuple[Outage, ...]:
        async with self.app.database.reading() as session:
            return await store.outages(session, NOW)


@pytest.fixture
async def machine(migrated_url: str, tmp_path: Path, clock: FixedClock) -> AsyncIterator[Machine]:
    settings = Settings(data_dir=tmp_path / "var", database_url=SecretStr(migrated_url))
    async with opened(settings, clock=clock) as app:
        yield Machine(app, clock)


async def test_restarts_are_no_outages(machine: Machine) -> None:
    for _restart in range(12):
        engine = await machine.start()
        await machine.runs(5, step=11 * MINUTE)
        await engine.stop(1)
        machine.clock.time += 90 * MINUTE
    assert await machine.outages() == ()


async def test_an_outage_is_known_at_the_start_and_lasts_from_the_last_sign_of_life(
    machine: Machine,
) -> None:
    engine = await machine.start()
    await machine.runs(2)
    await engine.stop(1)
    machine.clock.time += 2 * HOUR
    engine = await machine.start()
    stopped = NOW + 10 * MINUTE
    assert await machine.outages() == (Outage(stopped, stopped + 2 * HOUR),)
    await engine.stop(1)


async def test_a_process_that_is_killed_was_seen_minutes_before(machine: Machine) -> None:
    killed = await machine.start()
    await machine.runs(11)
    machine.clock.time += 2 * HOUR - MINUTE
    engine = await machine.start()
    assert await machine.outages() == ()
    for each in (killed, engine):
        await each.stop(1)


async def test_a_process_that_takes_over_from_another_is_no_outage(machine: Machine) -> None:
    old = await machine.start()
    await machine.runs(9, step=HOUR)
    new = await machine.start()
    await old.stop(1)
    await machine.runs(9, step=HOUR)
    await new.stop(1)
    assert await machine.outages() == ()
