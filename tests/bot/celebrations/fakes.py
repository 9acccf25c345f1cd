"""Celebrations of real journeys and milestones over a store, with a sender without Discord."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.careers.registry import RoleRegistry
from bot.celebrations import settings
from bot.celebrations.model import CELEBRATION, EDIT, Announcement, Occasion
from bot.celebrations.service import Celebrations
from bot.celebrations.sources.journeys import JourneyDeeds
from bot.celebrations.sources.milestones import OCCASIONS, MilestoneDeeds
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.kinds import Kinds
from bot.delivery.model import Delivery
from bot.delivery.outcomes import Outcome, Retry, Sent, Undeliverable, Unwanted
from bot.delivery.planner import Planner
from bot.delivery.service import Deliveries
from bot.guilds import settings as guild_settings
from bot.journeys.service import Journeys
from bot.journeys.settings import VISIBILITY
from bot.members import settings as member_settings
from bot.members.service import Members
from bot.milestones.model import Kind, Milestone
from bot.milestones.service import Milestones
from bot.milestones.typed import Typed
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from tests.bot.careers.samples import loaded
from tests.bot.journeys.samples import ROADMAP
from tests.conftest import FixedClock

GUILD, OTHER_GUILD, CHANNEL, ANNA, BEN = 3, 4, 1, 77_123_456_701, 77_123_456_702
ANNAS = (GUILD, ANNA)
MINUTE = timedelta(minutes=1)


@dataclass
class FakeCog:
    """Keeps what is posted, as the cog does; `ends` says how sends end, `during` what happens.

    `found` says what is there of a try whose answer was lost.
    """

    posted: list[Announcement] = field(default_factory=list[Announcement])
    edits: list[Announcement] = field(default_factory=list[Announcement])
    ends: Outcome | None = None
    found: Sent | Undeliverable | None = None
    has_left: bool = False
    places: list[int] = field(default_factory=list[int])
    during: Callable[[], Awaitable[object]] | None = None
    celebrations: Celebrations | None = None

    async def send(self, delivery: Delivery) -> Outcome:
        assert self.celebrations is not None
        posts = self.celebrations.posts
        is_edit = delivery.kind == EDIT.name
        what = await (posts.edited(delivery) if is_edit else posts.due(delivery))
        if what is not None and self.has_left:
            await posts.leave_out(delivery)
        if what is None or self.has_left:
            return Unwanted()
        if self.ends is not None:
            return self.ends
        if self.during is not None:
            await self.during()
        (self.edits if is_edit else self.posted).append(what)
        self.places += [] if is_edit else [delivery.target.id]
        return Sent(1000 + delivery.id)

    async def find(self, delivery: Delivery) -> Sent | Retry | Undeliverable | None:
        return self.found

    def titles(self) -> list[list[str]]:
        """What each post says."""
        return [[each.title for each in post.told] for post in self.posted]


@dataclass
class Desk:
    """Celebrations with all that they need."""

    database: Database
    clock: FixedClock
    preferences: Preferences
    celebrations: Celebrations
    journeys: Journeys
    milestones: Milestones
    cog: FakeCog
    dispatcher: Dispatcher
    deliveries: Deliveries

    async def later(self, by: timedelta = 10 * MINUTE) -> None:
        """Let time pass, and all that is due until then be posted at its time."""
        await self.until(self.clock.time + by)

    async def until(self, end: datetime) -> None:
        while (due := await self.dispatcher.earliest()) is not None and due <= end:
            self.clock.time = max(due, self.clock.time)
            await self.dispatcher.run_due()
        self.clock.time = end

    async def goal(self, title: str = "Learn SQL", kind: Kind = Kind.GOAL) -> Milestone:
        """Something that Anna wants to get done."""
        return (await self.milestones.add(*ANNAS, Typed(title), kind)).milestone

    async def done(self, title: str = "Learn SQL", kind: Kind = Kind.GOAL) -> Milestone:
        """Something that Anna has just got done."""
        own = await self.goal(title, kind)
        return (await self.milestones.done(*ANNAS, own.id)).milestone

    async def choose(self, setting: object, value: object, owner: int = ANNA) -> None:
        """Let somebody change a setting."""
        await self.preferences.set(setting, owner, value, by=owner)  # pyright: ignore[reportArgumentType]


async def desk(database: Database, clock: FixedClock, roadmap: object = ROADMAP) -> Desk:
    """Return a desk in whose server celebrations have a channel, as after a start."""
    kinds, registry, cog = Kinds(), Registry(), FakeCog()
    kinds.register(CELEBRATION)
    kinds.register(EDIT)
    planner = Planner(clock, kinds)
    registry.register(guild_settings.ZONE, guild_settings.QUIET_HOURS, settings.CHANNEL)
    registry.register(member_settings.ZONE, member_settings.DAY_START, VISIBILITY)
    registry.register(member_settings.QUIET_HOURS, *dict.fromkeys(settings.CONSENTS.values()))
    preferences = Preferences(database, clock, registry)
    members = Members(database, clock, preferences)
    milestones = Milestones(database, clock, members)
    roles = RoleRegistry([loaded(roadmap=roadmap)])
    journeys = Journeys(database, clock, roles, members, preferences)
    of_journeys, of_milestones = JourneyDeeds(journeys), MilestoneDeeds(milestones)
    celebrations = Celebrations(
        database,
        clock,
        planner,
        preferences,
        members,
        sources={
            **dict.fromkeys((Occasion.PHASE, Occasion.JOURNEY), of_journeys),
            **dict.fromkeys(OCCASIONS.values(), of_milestones),
        },
    )
    of_journeys.hear(celebrations)
    of_milestones.hear(celebrations)
    cog.celebrations = celebrations
    dispatcher = Dispatcher(database, clock, planner, cog)
    dispatcher.settlement.observers.append(celebrations.posts.observe)
    await preferences.set(settings.CHANNEL, GUILD, CHANNEL, by=BEN)
    return Desk(
        database,
        clock,
        preferences,
        celebrations,
        journeys,
        milestones,
        cog,
        dispatcher,
        Deliveries(database, clock, planner),
    )
