"""Very many check-ins due in the same hour are spread within Discord's limits, and hold up nobody.

At full size (`make torture`) 20,000 are due at the first moment of the hour, which is the worst
that an hour can bring. The bot is a process of its own, used over the gateway meanwhile.
"""

import asyncio
import faulthandler
import math
import signal
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.app import opened
from bot.checkins.model import Wish
from bot.config import Settings
from bot.daily.times import Times
from bot.delivery.store import deliveries
from bot.store.database import Database
from tests.conftest import TORTURE
from tests.e2e.processes import ended, waymark_on
from tests.standin.channels import dm_channel
from tests.standin.discord import TOKEN, DiscordStandIn
from tests.standin.messages import MessageStandIn, served
from tests.standin.rates import MessageSettings
from tests.standin.seen import Outcome

CHECKINS = 20_000 if TORTURE else 60
COMMANDS = 400 if TORTURE else 10
"""Used while nothing is due; then as many, evenly, while check-ins are sent."""

APART_S = 0.25 if TORTURE else 0.05
HOUR_S, STARTS_WITHIN_S = 3600, 15 if TORTURE else 8
TIMES_IDLE = 2.0
COMMANDS_USED = (
    ("my", "settings", dict[str, str]()),
    ("role", "info", {"role": "ai-trust-safety-policy-specialist"}),
    ("remind", "list", dict[str, str]()),
)
LIMITS = MessageSettings(global_per_s=50, per_channel=(5, 5.0))
FIRST, GUILD = 10**9, 3
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last)"

pytestmark = pytest.mark.process


@pytest.fixture(autouse=True)
def _without_limit() -> None:
    """A run at full size takes longer than any other test may; it limits itself."""
    faulthandler.cancel_dump_traceback_later()


class Rush:
    """A Discord with members who are asked, and one who uses commands meanwhile."""

    def __init__(self) -> None:
        self.messages = MessageStandIn(LIMITS)
        self.gateway = DiscordStandIn()

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None]:
        routes = [*self.messages.routes(), *self.gateway.routes()]
        async with served(self.messages, routes):
            self.gateway.url = self.messages.url
            yield

    async def latencies(self, count: int) -> list[float]:
        """Use commands one after the other; return in ms how long each waited for its answer."""
        took = list[float]()
        for name, subcommand, options in islice(cycle(COMMANDS_USED), count):
            begin = time.perf_counter()
            await self.gateway.use_command(name, subcommand, **options)
            await self.gateway.callbacks.get()
            took.append((time.perf_counter() - begin) * 1000)
            await asyncio.sleep(APART_S)
        return took

    async def all_asked(self) -> None:
        async with asyncio.timeout(HOUR_S):
            while len(self.messages.messages) < CHECKINS:
                await asyncio.sleep(0.1)


async def set_up(directory: Path, begin: datetime) -> None:
    """Let very many members be asked at this minute, by direct message, as soon as that moment."""
    minute = datetime.now(UTC).replace(second=0, microsecond=0)
    async with opened(Settings(data_dir=directory / "var")) as app:
        wish = Wish(Times(minute.time(), "UTC"), follows_zone=False)
        await app.services.checkins.setup(GUILD, FIRST, wish)
        async with app.database.writing() as session:
            await session.execute(sa.update(deliveries).values(due=minute, next_try=begin))
        await multiply(app.database, "checkin_configs", ("id", "member_id", "schedule_id"))
        await multiply(
            app.database, "schedules", ("id", "subject_id", "target_id", "configured_by")
        )
        owned = ("id", "subject_id", "schedule_id", "target_id", "configured_by", "nonce")
        await multiply(app.database, "deliveries", owned, ("dedupe_key",))


async def multiply(
    database: Database, table: str, counted: tuple[str, ...], suffixed: tuple[str, ...] = ()
) -> None:
    """Copy the one row of a table until there are CHECKINS, with these columns counted up."""
    async with database.writing() as session:
        [row] = (await session.execute(sa.text(f"SELECT * FROM {table}"))).mappings()  # noqa: S608
        values = [
            f"{name} + i" if name in counted else
            f"{name} || ':' || i" if name in suffixed else name
            for name in map(str, row)
        ]  # fmt: skip
        copies = f"SELECT {', '.join(values)} FROM n CROSS JOIN {table}"  # noqa: S608
        insert = f"{NUMBERS} INSERT INTO {table} ({', '.join(map(str, row))}) {copies}"
        await session.execute(sa.text(insert), {"last": CHECKINS - 1})


def p99(took: list[float]) -> float:
    return sorted(took)[math.ceil(len(took) * 0.99) - 1]


async def test_a_rush_of_checkins_holds_up_nobody(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rush = Rush()
    start_up = timedelta(seconds=STARTS_WITHIN_S + COMMANDS * (APART_S + 0.01))
    await set_up(tmp_path, datetime.now(UTC) + start_up)
    async with rush.open():
        process = await waymark_on(rush.gateway.url, "run", directory=tmp_path, DISCORD_TOKEN=TOKEN)
        await rush.gateway.identified.wait()
        await rush.latencies(10)
        idle = await rush.latencies(COMMANDS)
        assert not rush.messages.messages
        while not rush.messages.messages:
            await asyncio.sleep(0.05)
        busy = await rush.latencies(COMMANDS)
        await rush.all_asked()
        process.send_signal(signal.SIGTERM)
        code, _, log = await ended(process)
    asked = [each.channel for each in rush.messages.messages]
    took_s = rush.messages.messages[-1].at - rush.messages.messages[0].at
    with capfd.disabled():
        sys.stderr.write(
            f"\n{CHECKINS} check-ins in {took_s:.0f} s; commands p99 {p99(idle):.1f} ms idle, "
            f"{p99(busy):.1f} ms meanwhile; {dict(rush.messages.counts)}\n"
        )
    assert (code, "Traceback" in log) == (0, False)
    assert sorted(asked) == [dm_channel(FIRST + number) for number in range(CHECKINS)]
    assert rush.messages.counts[Outcome.OVER_LIMIT] <= CHECKINS / 100
    if TORTURE:
        assert p99(busy) <= TIMES_IDLE * p99(idle)
