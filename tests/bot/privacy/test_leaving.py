"""Who left is noticed, kept for a while, and erased; who comes back is kept. On both stores."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from bot.celebrations import store as celebrations
from bot.delivery import store as queue
from bot.delivery.kinds import Kinds
from bot.delivery.model import Delivery, Plan, Reason, State, Target
from bot.delivery.planner import Planner
from bot.delivery.settlement import Settled
from bot.members.settings import ZONE
from bot.privacy.leaving.service import Leavings
from bot.privacy.model import ERASURE, EVERYWHERE, ITSELF, NothingHeld, Scope
from bot.privacy.service import Privacy
from bot.privacy.settings import RETENTION
from bot.reminders.model import REMINDER
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from bot.streaks import store as streaks
from bot.streaks.model import Pause
from tests.conftest import FixedClock

HERE, THERE = 77_000_000_001, 77_000_000_002
ANNA, BEN = 88_000_000_001, 88_000_000_002
DAY = timedelta(days=1)


@dataclass
class House:
    """The services, and what Discord would say of who is where."""

    database: Database
    clock: FixedClock
    there: dict[tuple[int, int], bool | None] = field(
        default_factory=dict[tuple[int, int], bool | None]
    )

    def __post_init__(self) -> None:
        registry = Registry()
        registry.register(RETENTION, ZONE)
        self.planner = Planner(self.clock, Kinds())
        self.planner.kinds.register(ERASURE)
        self.planner.kinds.register(REMINDER)
        self.preferences = Preferences(self.database, self.clock, registry)
        self.privacy = Privacy(self.database, self.clock)
        parts = (self.planner, self.preferences, self.privacy)
        self.leavings = Leavings(self.database, self.clock, *parts)
        self.leavings.is_there = self.is_there
        self.asked: list[tuple[int, int]] = []

    async def is_there(self, guild_id: int, member_id: int) -> bool | None:
        self.asked.append((guild_id, member_id))
        return self.there.get((guild_id, member_id), True)

    async def rest(self, guild_id: int, member_id: int) -> None:
        """Let something be held on a member in a server."""
        async with self.database.writing() as session:
            pause = Pause(self.clock.now().date(), None)
            await streaks.add_pause(session, guild_id, member_id, pause)

    async def holds(self, member_id: int, guild_id: int | None = None) -> bool:
        try:
            return bool(await self.privacy.held(member_id, Scope(guild_id)))
        except NothingHeld:
            return False

    async def due(self) -> list[Delivery]:
        """Return the erasures that are due now."""
        which = (queue.deliveries.c.kind == ERASURE.name) & (
            queue.deliveries.c.next_try <= self.clock.now()
        )
        async with self.database.reading() as session:
            rows = await session.execute(sa.select(queue.deliveries).where(which))
            return [queue.to_delivery(row) for row in rows]

    async def plan_dm(self, member_id: int, guild_id: int | None) -> Delivery:
        plan = Plan(
            kind=REMINDER.name,
            dedupe_key=f"x:{member_id}:{guild_id}",
            target=Target.user(member_id),
            due=self.clock.now() + DAY,
            subject_id=1,
            guild_id=guild_id,
        )
        async with self.database.writing() as session:
            planned = await self.planner.plan(session, plan)
        assert planned is not None
        return planned

    async def fail(self, delivery: Delivery, reason: Reason) -> None:
        failed = replace(delivery, state=State.FAILED, reason=reason.value)
        async with self.database.writing() as session:
            await self.leavings.observe(session, [Settled(failed)])


@pytest.fixture
def house(database: Database, clock: FixedClock) -> House:
    return House(database, clock)


async def test_who_left_is_erased_after_90_days_and_keeps_what_is_elsewhere(house: House) -> None:
    await house.rest(HERE, ANNA)
    await house.rest(THERE, ANNA)
    await house.rest(HERE, BEN)
    house.there[HERE, ANNA] = False
    await house.leavings.left(HERE, ANNA)
    await house.leavings.left(HERE, ANNA)
    assert await house.leavings.away(HERE) == {ANNA}
    house.clock.time += 90 * DAY - timedelta(seconds=1)
    assert await house.due() == []
    house.clock.time += timedelta(seconds=1)
    (erasure,) = await house.due()
    assert await house.leavings.erase(erasure)
    assert not await house.holds(ANNA, HERE)
    assert await house.holds(ANNA, THERE)
    assert await house.holds(BEN, HERE)
    assert await house.due() == []
    assert await house.leavings.erase(erasure) is None


async def test_who_only_congratulated_is_erased_too(house: House) -> None:
    now = house.clock.now()
    async with house.database.writing() as session:
        post = await celebrations.add_post(session, HERE, BEN, now, now)
        await celebrations.congratulate(session, post.id, ANNA, now)
    house.there[HERE, ANNA] = False
    await house.leavings.left(HERE, ANNA)
    house.clock.time += 90 * DAY
    (erasure,) = await house.due()
    assert await house.leavings.erase(erasure)
    assert not await house.holds(ANNA)
    assert await house.holds(BEN, HERE)


async def test_the_server_says_how_long_and_the_last_one_takes_all_with_it(house: House) -> None:
    await house.rest(HERE, ANNA)
    await house.preferences.set(ZONE, ANNA, "Europe/Berlin", by=ANNA)
    await house.preferences.set(RETENTION, HERE, 7, by=BEN)
    house.there[HERE, ANNA] = False
    await house.leavings.left(HERE, ANNA)
    house.clock.time += 7 * DAY
    (erasure,) = await house.due()
    await house.leavings.erase(erasure)
    assert not await house.holds(ANNA)


async def test_who_uses_it_elsewhere_keeps_what_is_of_no_server(house: House) -> None:
    await house.rest(HERE, ANNA)
    house.there[HERE, ANNA] = False
    await house.leavings.left(HERE, ANNA)
    house.clock.time += DAY
    await house.preferences.set(ZONE, ANNA, "Europe/Berlin", by=ANNA)
    house.clock.time += 90 * DAY
    (erasure,) = await house.due()
    await house.leavings.erase(erasure)
    assert not await house.holds(ANNA, HERE)
    assert await house.holds(ANNA)


async def test_who_is_forgotten_meanwhile_is_not_noted_again(house: House) -> None:
    async def forgotten_meanwhile(_guild_id: int, member_id: int) -> bool:
        await house.privacy.forget(member_id, EVERYWHERE)
        return True

    await house.rest(HERE, ANNA)
    closed = await house.plan_dm(ANNA, HERE)
    await house.fail(closed, Reason.DM_CLOSED)
    house.leavings.is_there = forgotten_meanwhile
    await house.leavings.look_around()
    assert not await house.holds(ANNA)


async def test_who_is_forgotten_while_being_noted_is_not_kept(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever forgets waits until it is noted, or is done before it is looked for what is held."""
    guilds_of, forgetting = house.privacy.guilds_of, list[asyncio.Task[object]]()

    async def slowly(session: AsyncSession, member_id: int) -> set[int]:
        found = await guilds_of(session, member_id)
        forgetting.append(asyncio.create_task(house.privacy.forget(member_id, EVERYWHERE)))
        await asyncio.wait(forgetting, timeout=0.8)
        return found

    await house.rest(HERE, ANNA)
    await house.fail(await house.plan_dm(ANNA, HERE), Reason.DM_CLOSED)
    monkeypatch.setattr(house.privacy, "guilds_of", slowly)
    await house.leavings.look_around()
    await asyncio.gather(*forgetting)
    assert forgetting
    assert not await house.holds(ANNA)


async def test_what_is_still_to_be_sent_keeps_what_goes_with_a_member(house: House) -> None:
    await house.rest(HERE, ANNA)
    await house.plan_dm(ANNA, None)
    house.there[HERE, ANNA] = False
    await house.leavings.left(HERE, ANNA)
    house.clock.time += 90 * DAY
    (erasure,) = await house.due()
    await house.leavings.erase(erasure)
    assert await house.holds(ANNA)


async def test_who_comes_back_is_kept(house: House) -> None:
    await house.rest(HERE, ANNA)
    await house.leavings.left(HERE, ANNA)
    house.clock.time += 30 * DAY
    await house.leavings.seen(HERE, ANNA)
    house.clock.time += 60 * DAY
    assert await house.due() == []
    assert await house.leavings.away(HERE) == frozenset()
    await house.leavings.left(HERE, ANNA)  # and leaves again: the time begins anew
    house.clock.time += 90 * DAY
    (erasure,) = await house.due()
    assert await house.leavings.erase(erasure) is None  # but is found to be there after all
    assert await house.holds(ANNA, HERE)
    assert await house.due() == []


async def test_nobody_is_erased_while_discord_cannot_tell(house: House) -> None:
    await house.rest(HERE, ANNA)
    await house.leavings.left(HERE, ANNA)
    house.clock.time += 90 * DAY
    house.there[HERE, ANNA] = None
    (erasure,) = await house.due()
    assert await house.leavings.erase(erasure) is None
    house.clock.time += DAY
    assert len(await house.due()) == 2
    house.there[HERE, ANNA] = False
    for each in await house.due():
        await house.leavings.erase(each)
    assert not await house.holds(ANNA, HERE)


async def test_nothing_is_kept_of_who_left_and_of_whom_nothing_is_held(house: House) -> None:
    await house.leavings.left(HERE, ANNA)
    assert not await house.holds(ANNA)


async def test_what_cannot_be_sent_tells_who_left(house: House) -> None:
    await house.rest(HERE, ANNA)
    await house.rest(THERE, BEN)
    failed = await house.plan_dm(ANNA, HERE)
    await house.fail(failed, Reason.MEMBER_LEFT)
    assert await house.leavings.away(HERE) == {ANNA}
    closed = await house.plan_dm(BEN, None)
    await house.fail(closed, Reason.DM_CLOSED)
    await house.fail(closed, Reason.REFUSED)
    assert await house.leavings.away(THERE) == frozenset()
    house.there[THERE, BEN] = False
    await house.leavings.look_around()
    assert await house.leavings.away(THERE) == {BEN}


async def test_a_few_for_whom_something_is_planned_are_looked_for_each_hour(house: House) -> None:
    for number in range(10):
        await house.plan_dm(ANNA + number, HERE)
    house.there[HERE, ANNA] = False
    await house.leavings.look_around()
    first = {*house.asked}
    assert len(first) == 6
    await house.leavings.look_around()
    assert len({*house.asked} - first) == 4
    assert await house.leavings.away(HERE) == {ANNA}
    await house.leavings.look_around()
    assert len(house.asked) == 10
    house.clock.time += 8 * DAY
    await house.leavings.look_around()
    assert len(house.asked) > 10


async def test_a_server_that_removed_the_bot_is_erased_after_30_days(house: House) -> None:
    await house.leavings.guilds_are({HERE, THERE})
    await house.leavings.guild_joined(HERE)
    for guild in (HERE, THERE):
        await house.rest(guild, ANNA)
        await house.leavings.guild_left(guild, {guild + 5})
    await house.leavings.guild_left(HERE, ())
    house.clock.time += 20 * DAY
    await house.leavings.guild_joined(THERE)
    house.there[HERE, ITSELF] = False
    house.clock.time += 10 * DAY
    (erasure,) = await house.due()
    assert await house.leavings.erase(erasure)
    assert not await house.holds(ANNA, HERE)
    assert await house.holds(ANNA, THERE)


async def test_a_downtime_does_not_hide_which_servers_came_and_went(house: House) -> None:
    await house.leavings.guilds_are({HERE})
    await house.leavings.guild_joined(THERE)
    await house.rest(THERE, ANNA)
    await house.leavings.guilds_are({HERE})
    house.clock.time += 30 * DAY
    assert len(await house.due()) == 1
    await house.leavings.guilds_are({HERE, THERE})
    assert await house.due() == []
    assert await house.privacy.held(ANNA, EVERYWHERE)


async def test_until_a_cog_says_otherwise_nobody_is_known_to_have_left(house: House) -> None:
    fresh = Leavings(house.database, house.clock, house.planner, house.preferences, house.privacy)
    assert await fresh.is_there(HERE, ANNA) is None
    assert fresh.channels_of(HERE) == frozenset()
