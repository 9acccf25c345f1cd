"""Check-ins over a store, with a sender that asks as the cog does, without Discord."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.attempts.service import Attempts
from bot.checkins import settings as checkin_settings
from bot.checkins.group import CALL, REPLY, REPLY_EDIT, ROUND, THREAD, Reply, Round, WrapUp
from bot.checkins.group import KINDS as GROUP_KINDS
from bot.checkins.model import CHECKIN, HELP, NUDGE, Help, OpenTask, Prompt, Reopened
from bot.checkins.service import Checkins
from bot.daily.service import Daily
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.kinds import Kinds
from bot.delivery.model import Delivery, Reason
from bot.delivery.outcomes import Outcome, Retry, Sent, Undeliverable, Unwanted
from bot.delivery.planner import Planner
from bot.delivery.service import Deliveries
from bot.guilds import settings as guild_settings
from bot.guilds.model import NOTICE, RECOVERY
from bot.guilds.service import Notices
from bot.journeys.model import NoJourney
from bot.members import settings as member_settings
from bot.members.service import Members
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from bot.streaks.service import Streaks
from tests.bot.daily.samples import FakeBank
from tests.conftest import FixedClock

GUILD, OTHER_GUILD, CHANNEL, ANNA, BEN = 3, 4, 1, 77_123_456_701, 77_123_456_702

Kept = TypeVar("Kept")


@dataclass
class FakePlan:
    """A member's open tasks."""

    tasks: list[int] = field(default_factory=lambda: [1, 2, 3])
    finished: list[int] = field(default_factory=list[int])
    cut_off: bool = False

    async def open_tasks(self, guild_id: int, member_id: int) -> Sequence[OpenTask]:
        return [OpenTask(each, f"Task {each}") for each in self.tasks]

    async def finish(self, guild_id: int, member_id: int, ids: Sequence[int]) -> None:
        if self.cut_off:
            raise NoJourney
        self.finished += ids
        self.tasks = [each for each in self.tasks if each not in ids]

    async def reopen(
        self, guild_id: int, member_id: int, ids: Sequence[int], until: datetime
    ) -> Reopened:
        if self.cut_off:
            raise NoJourney
        self.tasks = sorted([*self.tasks, *ids])
        return Reopened(tuple(ids))

    async def stuck_help(self, guild_id: int, member_id: int) -> Help | None:
        return None


@dataclass
class FakeCog:
    """Keeps what was posted; `answers` decide how a send to a target ends."""

    asked: list[Prompt] = field(default_factory=list[Prompt])
    nudged: list[Prompt] = field(default_factory=list[Prompt])
    notes: list[str] = field(default_factory=list[str])
    rounds: list[Round] = field(default_factory=list[Round])
    shown: list[tuple[str, Reply]] = field(default_factory=list[tuple[str, Reply]])
    wraps: list[WrapUp] = field(default_factory=list[WrapUp])
    calls: list[Round] = field(default_factory=list[Round])
    deleted: set[int] = field(default_factory=set[int])
    no_threads: Reason | None = None
    told: list[Delivery] = field(default_factory=list[Delivery])
    answers: dict[int, Outcome] = field(default_factory=dict[int, Outcome])
    checkins: Checkins | None = None

    async def send(self, delivery: Delivery) -> Outcome:
        assert self.checkins is not None
        asking = self.checkins.asking
        if delivery.kind == CHECKIN.name:
            return self._kept(delivery, self.asked, await asking.due(delivery))
        if delivery.kind == NUDGE.name:
            return self._kept(delivery, self.nudged, await asking.nudge(delivery))
        if delivery.kind == HELP.name:
            day = await asking.note(delivery)
            return self._kept(delivery, self.notes, day and day.help_wanted)
        if delivery.kind in {kind.name for kind in GROUP_KINDS}:
            return await self._together(delivery)
        self.told.append(delivery)
        return Sent(delivery.id)

    async def _together(self, delivery: Delivery) -> Outcome:
        """Do what is asked for of a channel's check-ins."""
        assert self.checkins is not None
        rounds = self.checkins.groups.rounds
        if delivery.kind == ROUND.name:
            return self._kept(delivery, self.rounds, await rounds.due(delivery))
        if delivery.kind == CALL.name:
            return self._kept(delivery, self.calls, await self.checkins.groups.calls.due(delivery))
        if delivery.kind == THREAD.name:
            found = await rounds.thread(delivery)
            if found is not None and self.no_threads is not None:
                await rounds.thread_lacks(found.id, self.no_threads)
                return Unwanted()
            return Sent(found.message_id) if found else Unwanted()
        if delivery.kind in {REPLY.name, REPLY_EDIT.name}:
            shown = await rounds.shown(delivery)
            return self._in_thread(delivery, shown and shown[1])
        return self._kept(delivery, self.wraps, await rounds.wrap_up(delivery))

    def _in_thread(self, delivery: Delivery, reply: Reply | None) -> Outcome:
        is_edit = delivery.kind == REPLY_EDIT.name
        if reply is None or (reply.message_id is None if is_edit else reply.answer is None):
            return Unwanted()
        if is_edit and reply.message_id in self.deleted:
            return Unwanted(Reason.MESSAGE_GONE)
        if reply.answer is None and reply.message_id is not None:
            self.deleted.add(reply.message_id)
        return self._kept(delivery, self.shown, (delivery.kind, reply))

    def _kept(self, delivery: Delivery, where: list[Kept], what: Kept | None) -> Outcome:
        if what is None:
            return Unwanted()
        answer = self.answers.get(delivery.target.id, Sent(1000 + delivery.id))
        if isinstance(answer, Sent):
            where.append(what)
        return answer

    async def find(self, delivery: Delivery) -> Sent | Retry | Undeliverable | None:
        return None


@dataclass
class Desk:
    """Check-ins with all that they need."""

    database: Database
    clock: FixedClock
    checkins: Checkins
    preferences: Preferences
    streaks: Streaks
    cog: FakeCog
    plan: FakePlan
    dispatcher: Dispatcher

    async def at(self, instant: datetime) -> None:
        """Let what is due then be posted."""
        self.clock.time = instant
        await self.dispatcher.run_due()

    async def until(self, end: datetime) -> None:
        """Let all that is due until then be posted, each at its time."""
        while (due := await self.dispatcher.earliest()) is not None and due <= end:
            await self.at(max(due, self.clock.time))
        self.clock.time = end


def desk(database: Database, clock: FixedClock) -> Desk:
    kinds, registry, cog, plan = Kinds(), Registry(), FakeCog(), FakePlan()
    planner = Planner(clock, kinds)
    registry.register(guild_settings.ZONE, guild_settings.NOTICE_CHANNEL)
    registry.register(member_settings.ZONE, member_settings.DAY_START)
    registry.register(member_settings.QUIET_HOURS)
    registry.register(checkin_settings.NUDGE_AFTER, checkin_settings.HELP_CHANNEL)
    preferences = Preferences(database, clock, registry)
    members = Members(database, clock, preferences)
    notices = Notices(database, clock, planner, Deliveries(database, clock, planner), preferences)
    daily = Daily(database, clock, planner, notices, FakeBank())
    streaks = Streaks(database, clock, Attempts(database, clock), members, daily)
    checkins = Checkins(
        database, clock, planner, preferences, members, streaks=streaks, progress=plan
    )
    preferences.observers.append(checkins.zone_changed)
    kinds.register(CHECKIN, checkins.asking.elsewhere)
    kinds.register(NOTICE, notices.elsewhere)
    for kind in (NUDGE, HELP, RECOVERY, *GROUP_KINDS):
        kinds.register(kind)
    cog.checkins = checkins
    dispatcher = Dispatcher(database, clock, planner, cog)
    dispatcher.settlement.observers.extend((notices.observe, checkins.asking.observe))
    dispatcher.settlement.observers.append(checkins.groups.rounds.observe)
    return Desk(database, clock, checkins, preferences, streaks, cog, plan, dispatcher)
