"""Roles for phases over a store, with a Discord that gives them."""

from dataclasses import dataclass, field

from sqlalchemy import select

from bot.delivery import store as queue
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.kinds import Kinds
from bot.delivery.model import Delivery, Reason, State
from bot.delivery.outcomes import Outcome, Sent, Undeliverable, Unwanted
from bot.delivery.planner import Planner
from bot.guilds.model import NOTICE
from bot.guilds.service import Notices
from bot.journeys.service import Journeys, Way
from bot.phase_roles.model import PHASE_ROLE, Hindrance, Prize
from bot.phase_roles.service import PhaseRoles
from bot.store.database import Database
from tests.bot.guilds.noticing import notices_over
from tests.conftest import FixedClock

GUILD, OTHER_GUILD, ANNA, BEN, BOSS = 3, 4, 77_123_456_701, 77_123_456_702, 77_123_456_709
PAPER, INK, MASTER = 501, 502, 503
MAPS = Way("cartographer")


def prize(phase: str | None = "Paper", role_id: int = PAPER) -> Prize:
    return Prize("cartographer", phase, role_id)


@dataclass
class House:
    """The service, and what Discord knows of members' roles."""

    database: Database
    clock: FixedClock
    journeys: Journeys
    roles: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    """Pairs of a member and a role."""

    left: set[int] = field(default_factory=set[int])
    unfit: dict[int, Hindrance] = field(default_factory=dict[int, Hindrance])
    refused: set[int] = field(default_factory=set[int])
    asked: list[tuple[str, int, int]] = field(default_factory=list[tuple[str, int, int]])
    told: list[Delivery] = field(default_factory=list[Delivery])
    fails: bool = False

    def __post_init__(self) -> None:
        self.planner = Planner(self.clock, Kinds())
        self.planner.kinds.register(PHASE_ROLE)
        self.notices: Notices = notices_over(self.database, self.clock, self.planner)
        self.notices.owner_of = lambda _guild_id: BOSS
        parts = (self.planner, self.notices, self.journeys)
        self.phase_roles = PhaseRoles(self.database, self.clock, *parts)
        self.phase_roles.hindrance = self._hindrance
        self.journeys.observers.append(self.phase_roles.finished)
        self.journeys.taken_back.append(self.phase_roles.taken_back)
        self.journeys.started.append(self.phase_roles.begun)

    async def _hindrance(self, _guild_id: int, role_id: int) -> Hindrance | None:
        return self.unfit.get(role_id)

    async def send(self, delivery: Delivery) -> Outcome:
        if delivery.kind == NOTICE.name:
            self.told.append(delivery)
            return Sent(delivery.id)
        if self.fails:
            return Undeliverable(Reason.BROKEN)
        return await self.step(delivery)

    async def find(self, delivery: Delivery) -> None:
        return None

    async def step(self, delivery: Delivery) -> Outcome:
        """Do what the cog does on Discord."""
        giving = self.phase_roles.giving
        due = await giving.due(delivery)
        if due is None:
            return Unwanted()
        member, role = due.grant.member_id, due.give or due.take or 0
        if hindrance := self.unfit.get(role):
            await giving.stuck(due, hindrance)
        elif member in self.left:
            await giving.left(due)
        elif role in self.refused:
            if due.give is not None:
                await giving.begins(due)
                await giving.refused(due)
            await giving.stuck(due, Hindrance.REFUSED)
        else:
            if due.take is not None:
                self.roles.discard((member, due.take))
                self.asked.append(("take", member, due.take))
                await giving.taken(due)
            had_it = due.give is not None and (member, due.give) in self.roles
            if due.give is not None and not had_it:
                await giving.begins(due)
                self.roles.add((member, due.give))
                self.asked.append(("give", member, due.give))
            await giving.done(due, had_it=had_it and not due.is_resumed)
        return Sent(None)

    async def deliver(self) -> None:
        dispatcher = Dispatcher(self.database, self.clock, self.planner, self)
        observers = dispatcher.settlement.observers
        observers += [self.notices.observe, self.phase_roles.giving.observe]
        await dispatcher.run_due()

    async def finish(self, member: int, phase: int = 0, *, guild: int = GUILD) -> None:
        """Let a member finish a phase, on a journey that is begun if need be."""
        if await self.journeys.active(guild, member) is None:
            await self.journeys.begin(guild, member, MAPS)
        journey = await self.journeys.of(guild, member)
        ids = [task.id for task in journey.tasks if task.item.phase == phase]
        await self.journeys.finish(guild, member, ids)

    async def reopen(self, member: int, phase: int = 0) -> None:
        journey = await self.journeys.of(GUILD, member)
        task = next(task for task in journey.tasks if task.item.phase == phase)
        await self.journeys.reopen(GUILD, member, [task.id])

    async def pending(self) -> int:
        """How many grants are in the queue."""
        mine = queue.deliveries.c.kind == PHASE_ROLE.name
        waiting = queue.deliveries.c.state == State.WAITING.value
        async with self.database.reading() as session:
            rows = await session.scalars(select(queue.deliveries.c.id).where(mine, waiting))
            return len(rows.all())
