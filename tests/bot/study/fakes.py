"""Groups over a store, with a sender that keeps what is posted instead of Discord."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.kinds import Kinds
from bot.delivery.model import Delivery
from bot.delivery.outcomes import Outcome, Sent, Unwanted
from bot.delivery.planner import Planner
from bot.guilds import settings as guild_settings
from bot.guilds.model import NOTICE
from bot.guilds.service import Notices
from bot.members import settings as member_settings
from bot.members.service import Members
from bot.privacy.leaving.service import Leavings
from bot.privacy.model import ERASURE
from bot.privacy.service import Privacy
from bot.privacy.settings import RETENTION
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from bot.study.model import (
    CARD,
    DORMANT,
    EDIT,
    KINDS,
    NEWS,
    OFFER,
    REQUEST,
    THREAD,
    Admission,
    Place,
    Wish,
)
from bot.study.posting.service import Told
from bot.study.roll import Actor, Roll
from bot.study.service import StudyGroups
from tests.bot.guilds.noticing import notices_over
from tests.conftest import FixedClock

GUILD, OTHER_GUILD, CHANNEL, BOSS = 3, 4, 70, 900
ANNA, BEN, CLEO, DORA, EVE = 101, 102, 103, 104, 105
HERE = Place(CHANNEL, own_thread=False)
MANAGER = Actor(BOSS, manages=True)
DAY = timedelta(days=1)


def wish(name: str = "Evenings", size: int = 2, **other: object) -> Wish:
    given = {
        "topic": "Red teams", "role": None, "phase": None,
        "admission": Admission.OPEN, "zone": "Europe/Berlin",
    } | other  # fmt: skip
    return Wish(name=name, size=size, **given)  # pyright: ignore[reportArgumentType]


@dataclass
class Room:
    """Groups with all that they need; `said` has what was posted: the kind, where, and of whom."""

    database: Database
    clock: FixedClock
    said: list[tuple[str, int, int]] = field(default_factory=list[tuple[str, int, int]])
    cards: list[Roll] = field(default_factory=list[Roll])
    ends: dict[str, Outcome] = field(default_factory=dict[str, Outcome])
    """How sends of a kind end where they were to go first, if not well."""

    def __post_init__(self) -> None:
        kinds, registry = Kinds(), Registry()
        self.planner = Planner(self.clock, kinds)
        registry.register(guild_settings.ZONE, guild_settings.NOTICE_CHANNEL, RETENTION)
        registry.register(member_settings.ZONE)
        self.preferences = Preferences(self.database, self.clock, registry)
        members = Members(self.database, self.clock, self.preferences)
        self.notices: Notices = notices_over(self.database, self.clock, self.planner)
        self.notices.owner_of = lambda _guild_id: BOSS
        parts = (self.planner, self.notices, self.preferences, members)
        self.study = StudyGroups(self.database, self.clock, *parts)
        for kind in (ERASURE, *KINDS):
            fallback = self.study.cards.elsewhere if kind is REQUEST else None
            kinds.register(kind, fallback)
        self.privacy = Privacy(self.database, self.clock)
        self.privacy.when_gone("study_entries", self.study.forgotten)
        leaving = (self.planner, self.preferences, self.privacy)
        self.leavings = Leavings(self.database, self.clock, *leaving)
        self.leavings.departed.append(self.study.left)
        self.leavings.returned.append(self.study.came_back)
        self.leavings.watched.append(self.study.to_look_for)

    async def send(self, delivery: Delivery) -> Outcome:
        """Do what the cog does on Discord."""
        what = await self._what(delivery)
        if what is None:
            return Unwanted()
        if delivery.kind in self.ends and not delivery.fallbacks:
            return self.ends[delivery.kind]
        if isinstance(what, Roll):
            self.cards.append(what)
        about = what.entry.member_id if isinstance(what, Told) else delivery.subject_id
        news = f":{what.news}" if isinstance(what, Told) and what.news else ""
        self.said.append((delivery.kind + news, delivery.target.id, about))
        return Sent(1000 + delivery.id)

    async def find(self, delivery: Delivery) -> None:
        return None

    async def _what(self, delivery: Delivery) -> object:
        cards = self.study.cards
        renders = {
            CARD.name: cards.due, EDIT.name: cards.edited, THREAD.name: cards.group,
            DORMANT.name: self.study.resting.due, NEWS.name: cards.news,
            REQUEST.name: cards.request, OFFER.name: cards.offer,
        }  # fmt: skip
        if delivery.kind == NOTICE.name:
            return delivery
        return await renders[delivery.kind](delivery)

    async def deliver(self, after: timedelta = timedelta(minutes=5)) -> None:
        """Let a little time pass, and all be sent that is due by then."""
        self.clock.time += after
        dispatcher = Dispatcher(self.database, self.clock, self.planner, self)
        dispatcher.settlement.observers += [self.notices.observe, self.study.cards.observe]
        await dispatcher.run_due()

    def told(self, kind: str) -> list[tuple[int, int]]:
        """Where that kind was sent, and about whom; each is returned once."""
        found = [(where, whom) for each, where, whom in self.said if each == kind]
        self.said = [each for each in self.said if each[0] != kind]
        return found

    async def group(self, owner: int = ANNA, **given: object) -> int:
        """Make a group; return its id."""
        made = await self.study.create(GUILD, wish(**given), HERE, owner)  # pyright: ignore[reportArgumentType]
        return made.group.id

    async def join(self, group_id: int, *members: int) -> None:
        for member_id in members:
            await self.study.seats.join(GUILD, group_id, member_id)

    async def members(self, group_id: int) -> list[int]:
        return [each.member_id for each in (await self.study.get(GUILD, group_id)).members]

    async def waiting(self, group_id: int) -> list[int]:
        return [each.member_id for each in (await self.study.get(GUILD, group_id)).waiting]

    async def owner(self, group_id: int) -> int | None:
        owner = (await self.study.get(GUILD, group_id)).owner
        return owner.member_id if owner else None
