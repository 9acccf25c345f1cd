"""A burst is sent as fast as Discord's limits allow, and each message of it once."""

import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import discord
import discord.http
import pytest
from discord import AllowedMentions, ui

from bot.chat.outbox import Letter, Outbox
from bot.clock import SystemClock
from bot.config import sqlite_url
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.model import Delivery, Plan, Target
from bot.delivery.planner import Planner
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.bot.delivery.fakes import NOTE, kinds
from tests.conftest import TORTURE
from tests.standin.process import StandInProcess, standin_process
from tests.standin.rates import MessageSettings, fastest

MESSAGES, CHANNELS = (1000, 400) if TORTURE else (150, 60)
LIMITS = MessageSettings(global_per_s=50, per_channel=(5, 5.0))
SLOWEST = 1.1

pytestmark = pytest.mark.process


async def letter(delivery: Delivery) -> Letter:
    card = ui.LayoutView(timeout=None)
    card.add_item(ui.TextDisplay(delivery.dedupe_key))
    return Letter(card, AllowedMentions.none())


def burst(now_due: SystemClock) -> list[Plan]:
    """Return the burst: each channel has one message, and the rest fall where they may."""
    chance, due = Random(7), now_due.now()  # noqa: S311 - no secret
    channels = [*range(CHANNELS), *(chance.randrange(CHANNELS) for _ in range(MESSAGES - CHANNELS))]
    return [
        Plan(NOTE.name, f"note:{n}", Target.channel(1000 + channel), due, subject_id=n)
        for n, channel in enumerate(channels)
    ]


async def test_a_burst_takes_hardly_longer_than_the_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with standin_process(LIMITS) as standin:
        monkeypatch.setattr(discord.http.Route, "BASE", f"{standin.url}/api/v10")
        plans = await send_all(standin, sqlite_url(tmp_path / "store.sqlite3"))
        posted, seen = standin.messages, standin.counts
    took_s = max(each.at for each in posted) - min(each.at for each in posted)
    allowed_s = fastest(Counter(plan.target.id for plan in plans), LIMITS)
    with capfd.disabled():
        sys.stderr.write(
            f"\n{MESSAGES} messages over {CHANNELS} channels: {took_s:.1f} s, "
            f"{took_s / allowed_s:.2f} × of what the limits allow; {dict(seen)}\n"
        )
    assert sorted(each.text for each in posted) == sorted(plan.dedupe_key for plan in plans)
    if TORTURE:
        assert took_s <= SLOWEST * allowed_s


async def send_all(standin: StandInProcess, url: str) -> list[Plan]:
    """Plan the burst and send it; return it."""
    database, clock = Database(url), SystemClock()
    await upgrade(database, clock)
    planner = Planner(clock, kinds())
    async with discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=30.0) as client:
        await client.login("token")
        standin.reset()
        outbox = Outbox(client, clock)
        outbox.renders(NOTE.name, letter)
        plans = burst(clock)
        async with database.writing() as session:
            await planner.plan_all(session, plans)
        begun = time.monotonic()
        dispatcher = Dispatcher(database, clock, planner, outbox)
        while await dispatcher.earliest() is not None:
            assert time.monotonic() - begun < 120
            await dispatcher.run_due()
    await database.close()
    return plans
