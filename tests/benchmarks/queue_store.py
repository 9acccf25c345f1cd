"""Waymark's queue in a file of its own."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.clock import SystemClock
from bot.config import sqlite_url
from bot.delivery.kinds import Kinds
from bot.delivery.model import Kind, Plan, Target
from bot.delivery.planner import Planner
from bot.store.database import Database
from bot.store.migrate import upgrade

NOTE = Kind("note", timedelta(days=3650))
GUILD, FIRST_CHANNEL = 3, 1_000_000


@dataclass(frozen=True)
class QueueStore:
    """An open queue."""

    database: Database
    clock: SystemClock
    planner: Planner

    async def plan(self, numbers: Sequence[int], due: datetime) -> None:
        """Plan a delivery for each number, in a channel of its own, in one commit."""
        plans = [_plan(number, due) for number in numbers]
        async with self.database.writing() as session:
            await self.planner.plan_all(session, plans)


def target(number: int) -> Target:
    """Return the channel of one number."""
    return Target.channel(FIRST_CHANNEL + number)


def _plan(number: int, due: datetime) -> Plan:
    key = f"note:{number}"
    return Plan(NOTE.name, key, target(number), due, subject_id=number, guild_id=GUILD)


@asynccontextmanager
async def opened(file: Path) -> AsyncGenerator[QueueStore]:
    """Open a queue at this version's schema; what it logs is left out unless it is a warning."""
    structlog.configure(logger_factory=structlog.stdlib.LoggerFactory())
    clock, database, kinds = SystemClock(), Database(sqlite_url(file)), Kinds()
    kinds.register(NOTE)
    try:
        await upgrade(database, clock)
        yield QueueStore(database, clock, Planner(clock, kinds))
    finally:
        await database.close()
