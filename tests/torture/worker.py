"""A process that delivers until it is killed: `python -m tests.torture.worker URL DATABASE_URL`.

The real engine and outbox, against a stand-in for Discord. It prints its name in leases when it
begins, logs to standard error, and stops once standard input ends.
"""

import argparse
import asyncio
import json
import sys

import discord
import discord.http
import structlog
from discord import AllowedMentions, ui

from bot.chat.outbox import Letter
from bot.clock import SystemClock
from bot.delivery.engine import Engine
from bot.delivery.model import Delivery
from bot.delivery.outcomes import Policy, Retry, Sent, Undeliverable
from bot.delivery.planner import Planner
from bot.store.database import Database
from tests.standin.process import when_orphaned
from tests.torture.flawed import SENDERS
from tests.torture.scenario import HOMED, NEWEST, NOTE, kinds

FOUND = "found by looking"
NOT_FOUND = "looked for in vain"
STOP_WITHIN_S = 10.0

log = structlog.stdlib.get_logger(__name__)


class Watched:
    """A sender that logs what its looking has found."""

    def __init__(self, kind: str, client: discord.Client) -> None:
        self.outbox = SENDERS[kind](client, SystemClock())
        self.send = self.outbox.send

    async def find(self, delivery: Delivery) -> Sent | Retry | Undeliverable | None:
        found = await self.outbox.find(delivery)
        if found is None or isinstance(found, Sent):
            log.info(FOUND if found else NOT_FOUND, key=delivery.dedupe_key)
        return found


async def letter(delivery: Delivery) -> Letter:
    """Say the delivery's key, by which the stand-in's messages are told apart."""
    card = ui.LayoutView(timeout=None)
    card.add_item(ui.TextDisplay(delivery.dedupe_key))
    return Letter(card, AllowedMentions.none())


async def work(url: str, database_url: str, policy: Policy, sender_kind: str) -> None:
    discord.http.Route.BASE = f"{url}/api/v10"
    stop = asyncio.Event()
    when_orphaned(stop.set)
    database = Database(database_url)
    intents = discord.Intents.none()
    async with discord.Client(intents=intents, max_ratelimit_timeout=30.0) as client:
        await client.login("token")
        sender = Watched(sender_kind, client)
        for kind in (NOTE, NEWEST, HOMED):
            sender.outbox.renders(kind.name, letter)
        clock = SystemClock()
        engine = Engine(database, clock, Planner(clock, kinds()), sender, policy)
        print(engine.dispatcher.owner, flush=True)  # noqa: T201 - whoever started it reads it
        engine.start()
        await stop.wait()
        await engine.stop(STOP_WITHIN_S)
    await database.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("database_url")
    parser.add_argument("--policy", type=json.loads, default={})
    parser.add_argument("--sender", choices=[*SENDERS], default="outbox")
    given = parser.parse_args()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    asyncio.run(work(given.url, given.database_url, Policy(**given.policy), given.sender))
