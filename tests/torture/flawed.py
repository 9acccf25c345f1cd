"""Senders that are wrong on purpose: a run with one of them must find losses or doubles."""

import asyncio
from dataclasses import replace

from bot.chat.outbox import Outbox
from bot.delivery.model import Delivery
from bot.delivery.outcomes import Outcome, Retry, Sent, Undeliverable
from bot.delivery.planner import new_nonce


class Forgetful(Outbox):
    """Knows nothing of earlier tries: sends with a new nonce each time, and doesn't look."""

    async def send(self, delivery: Delivery) -> Outcome:
        return await super().send(replace(delivery, nonce=new_nonce()))

    async def find(self, delivery: Delivery) -> Sent | Retry | Undeliverable | None:
        return None


class Trusting(Outbox):
    """Relies on Discord to remember nonces for ever: doesn't look."""

    async def find(self, delivery: Delivery) -> Sent | Retry | Undeliverable | None:
        return None


class Hasty(Outbox):
    """Says that it has sent what it is about to send."""

    async def send(self, delivery: Delivery) -> Outcome:
        self._hurry = asyncio.create_task(super().send(delivery))
        return Sent(None)


SENDERS: dict[str, type[Outbox]] = {
    "outbox": Outbox,
    "forgetful": Forgetful,
    "trusting": Trusting,
    "hasty": Hasty,
}
