"""A sender without Discord, and the queue's parts around it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.kinds import Kinds
from bot.delivery.model import (
    CatchUp,
    Delivery,
    Elsewhere,
    Kind,
    Plan,
    Reason,
    Target,
    TargetKind,
    Urgency,
)
from bot.delivery.outcomes import Outcome, Policy, Retry, Sent, Undeliverable
from bot.delivery.planner import Planner
from bot.store.database import Database
from tests.conftest import NOW, FixedClock

NOTE = Kind("note", timedelta(days=1), CatchUp.NEWEST)
EACH = Kind("each", timedelta(days=1), CatchUp.EACH)
URGENT = Kind("urgent", timedelta(hours=1), CatchUp.NEWEST, Urgency.URGENT)
HOMED = Kind("homed", timedelta(days=1))

HOME = Target.user(99)


async def home(_session: object, delivery: Delivery, _reason: Reason) -> Elsewhere | None:
    """The fallback of `HOMED`: one user, once."""
    return Elsewhere(HOME) if delivery.fallbacks == 0 else None


def kinds() -> Kinds:
    registry = Kinds()
    for kind in (NOTE, EACH, URGENT):
        registry.register(kind)
    registry.register(HOMED, home)
    return registry


@dataclass
class FakeSender:
    """Keeps what it was given to send. `answers` decide, by target id, how that ends."""

    answers: dict[int, Outcome | Exception] = field(default_factory=dict[int, Outcome | Exception])
    sent: list[Delivery] = field(default_factory=list[Delivery])
    looked_for: list[Delivery] = field(default_factory=list[Delivery])
    found: Sent | Retry | Undeliverable | None = None
    during: Callable[[Delivery], Awaitable[None]] | None = None
    most_at_once: int = 0
    _at_once: int = 0

    async def send(self, delivery: Delivery) -> Outcome:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            if self.during is not None:
                await self.during(delivery)
            await asyncio.sleep(0)
        finally:
            self._at_once -= 1
        answer = self.answers.get(delivery.target.id, Sent(1000 + delivery.id))
        if isinstance(answer, Exception):
            raise answer
        self.sent.append(delivery)
        return answer

    async def find(self, delivery: Delivery) -> Sent | Retry | Undeliverable | None:
        self.looked_for.append(delivery)
        return self.found

    def targets(self) -> list[int]:
        return [delivery.target.id for delivery in self.sent]


@dataclass
class Post:
    """A queue over a store, with a clock to move and a sender to look at."""

    database: Database
    clock: FixedClock
    sender: FakeSender
    planner: Planner
    dispatcher: Dispatcher

    async def plan(
        self,
        key: str = "a",
        due: datetime = NOW,
        *,
        kind: Kind = NOTE,
        channel: int = 1,
        to: TargetKind = TargetKind.CHANNEL,
    ) -> Delivery | None:
        async with self.database.writing() as session:
            plan = Plan(kind.name, key, Target(to, channel), due, subject_id=7, guild_id=3)
            return await self.planner.plan(session, plan)

    def restarted(self, policy: Policy | None = None) -> Dispatcher:
        """Another dispatcher over the same store, as in another process."""
        return Dispatcher(self.database, self.clock, self.planner, self.sender, policy)


def post(database: Database, clock: FixedClock, policy: Policy | None = None) -> Post:
    sender = FakeSender()
    planner = Planner(clock, kinds())
    dispatcher = Dispatcher(database, clock, planner, sender, policy)
    return Post(database, clock, sender, planner, dispatcher)
