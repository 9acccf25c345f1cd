"""What a torture run plans, and what must become of each intent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from bot.clock import SystemClock
from bot.delivery.kinds import Kinds
from bot.delivery.model import (
    CatchUp,
    Delivery,
    Elsewhere,
    Kind,
    Plan,
    Reason,
    Schedule,
    SchedulePlan,
    ScheduleState,
    State,
    Target,
    TargetKind,
)
from bot.delivery.planner import Planner
from bot.store.database import Database
from bot.when.recurrence import Recurrence
from tests.standin.api_errors import ChannelState
from tests.standin.channels import dm_channel

NOTE = Kind("note", timedelta(days=2), CatchUp.EACH)
NEWEST = Kind("newest", timedelta(days=2), CatchUp.NEWEST)
HOMED = Kind("homed", timedelta(days=2), CatchUp.EACH)

CHANNEL, USER, HOME, REPEATING = 1000, 3000, 6000, 7000
"""The lowest ids of channels, users, fallbacks, and channels that schedules post in."""

HOMES = 5
GUILD = 3
GONE_FOR_SCHEDULES = 5003
CLOSED_USER = 5004

BROKEN = {
    Target.channel(5000): (ChannelState.GONE, Reason.CHANNEL_GONE),
    Target.channel(5001): (ChannelState.FORBIDDEN, Reason.NO_PERMISSION),
    Target.channel(5002): (ChannelState.NO_ACCESS, Reason.NO_ACCESS),
    Target.channel(GONE_FOR_SCHEDULES): (ChannelState.GONE, Reason.CHANNEL_GONE),
    Target.user(CLOSED_USER): (ChannelState.DMS_CLOSED, Reason.DM_CLOSED),
}
"""Targets that refuse for good, what they answer, and what the rows must say."""

OCCURRENCES = 6
BEGUN_AGO = timedelta(hours=12)
FAILURES_TO_PAUSE = 3


@dataclass(frozen=True)
class Fate:
    """How an intent must end, and in which channel its one message must be, if it has any."""

    state: State
    place: int | None = None
    reason: Reason | None = None
    may_be_unconfirmed: bool = False
    """Where a channel refuses, a try whose end nobody saw can't be looked for."""


class PastClock:
    """Tells when the schedules were begun: they have missed a downtime since."""

    def now(self) -> datetime:
        return datetime.now(UTC) - BEGUN_AGO


async def home(_session: object, delivery: Delivery, _reason: Reason) -> Elsewhere | None:
    """Return the fallback of a `HOMED` delivery, once."""
    if delivery.fallbacks:
        return None
    return Elsewhere(Target.channel(home_of(delivery.subject_id)), delivery.guild_id)


def home_of(subject_id: int) -> int:
    return HOME + subject_id % HOMES


def kinds() -> Kinds:
    registry = Kinds()
    registry.register(NOTE)
    registry.register(NEWEST)
    registry.register(HOMED, home)
    return registry


def place_of(target: Target) -> int:
    """Return the channel in which a target's messages arrive."""
    return dm_channel(target.id) if target.kind is TargetKind.USER else target.id


@dataclass
class Scenario:
    """Single deliveries, planned before the first process starts, and schedules begun later."""

    seed: int
    rows: int
    span_s: float
    """Over how many seconds the deliveries are due."""

    channels: int
    fates: dict[str, Fate] = field(default_factory=dict[str, Fate])
    schedules: dict[int, ScheduleState] = field(default_factory=dict[int, ScheduleState])
    """How each schedule that was begun must end."""

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311 - no secret
        self._clock = SystemClock()
        self._started = self._clock.now()

    async def plan(self, database: Database) -> None:
        """Plan the deliveries that come once: four fifths of all."""
        self._started = self._clock.now()
        plans = [self._single(number) for number in range(self.rows * 4 // 5)]
        async with database.writing() as session:
            planned = await Planner(self._clock, kinds()).plan_all(session, plans)
        assert len(planned) == len(plans)

    async def begin_schedule(self, database: Database) -> None:
        """Begin a schedule that missed all its occurrences, unless all rows are planned."""
        if len(self.fates) >= self.rows:
            return
        number = len(self.schedules)
        plan = self._repeated(number)
        async with database.writing() as session:
            schedule = await Planner(PastClock(), kinds()).begin(session, plan)
        broken = plan.target in BROKEN
        self.schedules[schedule.id] = ScheduleState.PAUSED if broken else ScheduleState.ENDED
        self.fates.update(_occurrences(schedule))

    async def begin_all_schedules(self, database: Database) -> None:
        """Begin what is left of the schedules."""
        while len(self.fates) < self.rows:
            await self.begin_schedule(database)

    def _single(self, number: int) -> Plan:
        kind, target, fate = self._drawn(number)
        key = f"{kind.name}:{number}"
        self.fates[key] = fate
        due = self._started + timedelta(seconds=self._random.uniform(-3, self.span_s))
        return Plan(kind.name, key, target, due, subject_id=number, guild_id=GUILD)

    def _drawn(self, number: int) -> tuple[Kind, Target, Fate]:
        drawn = self._random.random()
        broken = self._random.choice([*BROKEN])
        if drawn < 0.03:
            return HOMED, broken, Fate(State.SENT, home_of(number), may_be_unconfirmed=True)
        if drawn < 0.08:
            return NOTE, broken, _failed(broken)
        target = Target.channel(CHANNEL + self._random.randrange(self.channels))
        if drawn < 0.15:
            target = Target.user(USER + self._random.randrange(self.channels // 5))
        return NOTE, target, Fate(State.SENT, place_of(target))

    def _repeated(self, number: int) -> SchedulePlan:
        begun = PastClock().now() + timedelta(minutes=1)
        start = begun.replace(tzinfo=None, microsecond=0)
        rule = Recurrence(f"FREQ=HOURLY;COUNT={OCCURRENCES}", start, "UTC")
        kind = NEWEST if number % 5 == 1 else NOTE
        place = GONE_FOR_SCHEDULES if number % 5 == 2 else REPEATING + number
        return SchedulePlan(kind.name, number, Target.channel(place), rule, guild_id=GUILD)


def _occurrences(schedule: Schedule) -> Iterator[tuple[str, Fate]]:
    """Yield what must become of a schedule's occurrences, all of them missed."""
    for number in range(OCCURRENCES):
        wall = schedule.recurrence.start + timedelta(hours=number)
        key = f"{schedule.kind}:schedule:{schedule.id}:{wall.isoformat()}"
        if fate := _fate_of_occurrence(schedule, number):
            yield key, fate


def _fate_of_occurrence(schedule: Schedule, number: int) -> Fate | None:
    """Return its fate; None for one that is never planned."""
    if schedule.target in BROKEN:
        return _failed(schedule.target) if number < FAILURES_TO_PAUSE else None
    if schedule.kind == NEWEST.name and number < OCCURRENCES - 1:
        return Fate(State.EXPIRED) if number == 0 else None
    return Fate(State.SENT, place_of(schedule.target))


def _failed(target: Target) -> Fate:
    return Fate(State.FAILED, reason=BROKEN[target][1], may_be_unconfirmed=True)


def refusals() -> Mapping[int, ChannelState]:
    """Return the channels that refuse for good."""
    return {place_of(target): state for target, (state, _) in BROKEN.items()}
