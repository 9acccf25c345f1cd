"""Daily questions over a store, with a sender that does what the cog does, without Discord."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.daily.model import DAILY, REVEAL, THREAD, Post
from bot.daily.service import Daily
from bot.daily.statements.days import post_of
from bot.daily.store import posts
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.kinds import Kinds
from bot.delivery.model import Delivery, Reason
from bot.delivery.outcomes import Outcome, Retry, Sent, Undeliverable, Unwanted
from bot.delivery.planner import Planner
from bot.delivery.service import Deliveries
from bot.guilds import settings as guild_settings
from bot.guilds.model import NOTICE, RECOVERY
from bot.guilds.service import Notices
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from tests.bot.daily.samples import FakeBank
from tests.conftest import NOW, FixedClock


@dataclass
class FakeCog:
    """Posts, reveals and opens threads in its memory; `answers` decide how a send to a channel
    ends, and a send that fails may be one that has arrived."""

    sent: list[Delivery] = field(default_factory=list[Delivery])
    asked: dict[str, str] = field(default_factory=dict[str, str])
    """The question of each nonce."""

    revealed: list[int] = field(default_factory=list[int])
    threads: list[int] = field(default_factory=list[int])
    notices: list[Delivery] = field(default_factory=list[Delivery])
    answers: dict[int, Outcome] = field(default_factory=dict[int, Outcome])
    flaky_each: int = 0
    """Every which try fails before it arrives; 0 for none."""

    lost_each: int = 0
    """Every which try arrives, but no answer says so; 0 for none."""

    arrived: dict[str, Sent] = field(default_factory=dict[str, Sent])
    """What Discord has without having said so, by nonce."""

    tries: int = 0
    daily: Daily | None = None

    async def send(self, delivery: Delivery) -> Outcome:
        assert self.daily is not None
        poster = self.daily.poster
        if delivery.kind == DAILY.name:
            return await self._question(delivery)
        if delivery.kind == REVEAL.name:
            posting = await poster.reveal(delivery)
            return self._noted(self.revealed, posting and posting.post)
        if delivery.kind == THREAD.name:
            posting = await poster.thread(delivery)
            return self._noted(self.threads, posting and posting.post)
        self.notices.append(delivery)
        return Sent(delivery.id)

    async def _question(self, delivery: Delivery) -> Outcome:
        assert self.daily is not None
        posting = await self.daily.poster.due(delivery)
        if posting is None:
            return Unwanted()
        key = posting.post.question_key or ""
        assert self.asked.setdefault(delivery.nonce, key) == key
        self.tries += 1
        if self.flaky_each and self.tries % self.flaky_each == 0:
            return Retry(Reason.DISCORD_DOWN)
        answer = self.answers.get(delivery.target.id, Sent(1000 + delivery.id))
        if not isinstance(answer, Sent):
            return answer
        self.sent.append(delivery)
        if self.lost_each and self.tries % self.lost_each == 0:
            self.arrived[delivery.nonce] = answer
            return Retry(Reason.DISCORD_DOWN)
        return answer

    def _noted(self, where: list[int], post: Post | None) -> Outcome:
        if post is None:
            return Unwanted()
        where.append(post.id)
        return Sent(post.message_id)

    async def find(self, delivery: Delivery) -> Sent | Retry | Undeliverable | None:
        return self.arrived.get(delivery.nonce)


@dataclass
class Desk:
    """Daily questions with all that they need."""

    database: Database
    clock: FixedClock
    bank: FakeBank
    cog: FakeCog
    daily: Daily
    deliveries: Deliveries
    dispatcher: Dispatcher

    async def at(self, instant: datetime) -> None:
        """Let what is due then be posted."""
        self.clock.time = instant
        await self.dispatcher.run_due()

    async def until(self, end: datetime, grid: timedelta = timedelta(minutes=1)) -> None:
        """Let all that is due until then be posted, at the next instant of the grid."""
        while (due := await self.dispatcher.earliest()) is not None and due <= end:
            late = -(due - NOW) % grid
            await self.at(min(max(due + late, self.clock.time), end))
        self.clock.time = max(end, self.clock.time)

    async def posts(self, config_id: int = 1) -> list[Post]:
        """The days of a configuration, in order."""
        async with self.database.reading() as session:
            of_it = posts.c.config_id == config_id
            rows = await session.execute(select(posts).where(of_it).order_by(posts.c.day))
            return [post_of(row) for row in rows]

    def restarted(self) -> "Desk":
        """The same after a restart: nothing is kept but the store and what Discord has."""
        return desk(self.database, self.clock, self.bank, self.cog)


def desk(
    database: Database,
    clock: FixedClock,
    bank: FakeBank | None = None,
    cog: FakeCog | None = None,
) -> Desk:
    bank, cog, kinds = bank or FakeBank(), cog or FakeCog(), Kinds()
    planner = Planner(clock, kinds)
    registry = Registry()
    registry.register(guild_settings.ZONE, guild_settings.NOTICE_CHANNEL)
    deliveries = Deliveries(database, clock, planner)
    preferences = Preferences(database, clock, registry)
    notices = Notices(database, clock, planner, deliveries, preferences)
    for kind in (DAILY, REVEAL, THREAD):
        kinds.register(kind)
    kinds.register(NOTICE, notices.elsewhere)
    kinds.register(RECOVERY, notices.elsewhere)
    cog.daily = daily = Daily(database, clock, planner, notices, bank)
    dispatcher = Dispatcher(database, clock, planner, cog)
    dispatcher.settlement.observers.extend((notices.observe, daily.poster.observe))
    return Desk(database, clock, bank, cog, daily, deliveries, dispatcher)
