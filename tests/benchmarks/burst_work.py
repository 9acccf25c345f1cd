"""What each delivery of a burst does; a job store finds its function here by name."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import discord
import discord.http
from discord import AllowedMentions, ui

from bot.chat.outbox import Letter, Outbox
from bot.clock import SystemClock
from bot.delivery.model import Delivery, State
from bot.delivery.outcomes import Sent
from tests.benchmarks.queue_store import NOTE, target

BURST = 1_000


class Burst:
    """The one burst of this process: what sends it, and how far it has come."""

    def __init__(self) -> None:
        self.sent = 0
        self.done = asyncio.Event()
        self.outbox: Outbox | None = None

    def count(self, sent: int) -> None:
        """Count messages as sent."""
        self.sent += sent
        if self.sent >= BURST:
            self.done.set()


BURST_OF_THIS_PROCESS = Burst()


async def post(number: int) -> None:
    """Be a job."""
    burst = BURST_OF_THIS_PROCESS
    assert burst.outbox is not None
    outcome = await burst.outbox.send(_delivery(number))
    burst.count(1 if isinstance(outcome, Sent) else 0)


@asynccontextmanager
async def logged_in(url: str) -> AsyncGenerator[Outbox]:
    """Log in to a stand-in over HTTP, without a gateway."""
    discord.http.Route.BASE = f"{url}/api/v10"
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login("token")
        outbox = Outbox(client, SystemClock(), sends_per_s=None)
        outbox.renders(NOTE.name, _letter)
        yield outbox


async def _letter(delivery: Delivery) -> Letter:
    card = ui.LayoutView(timeout=None)
    card.add_item(ui.TextDisplay(f"Note {delivery.subject_id}"))
    return Letter(card, AllowedMentions.none())


def _delivery(number: int) -> Delivery:
    now = datetime.now(UTC)
    return Delivery(
        id=number, kind=NOTE.name, subject_id=number, schedule_id=None, schedule_version=None,
        guild_id=3, configured_by=None, target=target(number), urgency=1, dedupe_key="",
        due=now, expires=now + timedelta(days=1), state=State.LEASED, next_try=now, attempts=0,
        tried_at=now, nonce=str(number + 1), fallbacks=0, message_id=None, settled_at=None,
        reason=None,
    )  # fmt: skip
