"""A simulated year: each configured local day has exactly one post or a reason."""

import faulthandler
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.daily.model import Post, PostState, Skip, Wish
from bot.daily.times import Times
from bot.delivery.model import Delivery, Reason
from bot.delivery.outcomes import Outcome, Undeliverable
from bot.questions.model import Level
from bot.store.database import Database
from tests.bot.daily.fakes import Desk, desk
from tests.bot.daily.quick import quick_database
from tests.bot.daily.samples import FakeBank, known, several
from tests.conftest import TORTURE, FixedClock

BEGIN = datetime(2026, 6 if TORTURE else 8, 1 if TORTURE else 10, 12, 0, tzinfo=UTC)
DAYS = 365 if TORTURE else 85
END = BEGIN + timedelta(days=DAYS)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

PLACES = (
    ("Europe/Berlin", "09:00"), ("Europe/London", "01:30"), ("America/New_York", "02:30"),
    ("America/Nuuk", "23:30"), ("Africa/Cairo", "00:00"), ("Pacific/Kiritimati", "08:00"),
    ("Asia/Beirut", "00:00"), ("America/Santiago", "00:15"), ("Atlantic/Azores", "00:30"),
    ("Australia/Lord_Howe", "02:15"), ("Pacific/Auckland", "02:30"), ("Pacific/Honolulu", "23:45"),
    ("Africa/Casablanca", "02:30"), ("Asia/Kathmandu", "09:15"), ("America/St_Johns", "00:00"),
    ("Pacific/Chatham", "02:45"), ("America/Havana", "00:30"), ("Pacific/Pago_Pago", "20:00"),
    ("Asia/Kolkata", "18:30"), ("Asia/Tokyo", "07:00"), ("Australia/Sydney", "12:00"),
    ("Australia/Adelaide", "17:30"), ("America/Los_Angeles", "08:45"),
    ("America/Sao_Paulo", "10:00"), ("America/Asuncion", "00:00"), ("Europe/Lisbon", "23:00"),
    ("Europe/Istanbul", "16:00"), ("Europe/Chisinau", "02:30"), ("Africa/Lagos", "06:00"),
    ("Asia/Jerusalem", "02:00"),
)  # fmt: skip
GRID = HOUR
"""Between two looks at the queue."""

LONGEST_S = 3600
"""At full size on a busy machine; alone it takes some minutes. pytest's limit is for quick ones."""

GUILDS = 50 if TORTURE else 6
WEEKDAYS = ((), (), (0, 1, 2, 3, 4), (0, 2, 4), (5, 6))
OUTAGES = (
    (datetime(2026, 9, 3, 23, 20, tzinfo=UTC), 1),
    (datetime(2026, 10, 24, 22, 10, tzinfo=UTC), 40),
    (datetime(2027, 3, 27, 18, 5, tzinfo=UTC) if TORTURE else BEGIN + timedelta(days=30.3), 17),
    (BEGIN + timedelta(days=50), 61),
)
"""When Waymark goes down, and for how many hours; the last one takes a day that never comes up."""

RECONFIGURED = (BEGIN + timedelta(days=DAYS * 0.2), BEGIN + timedelta(days=DAYS * 0.62))


@dataclass
class Group:
    """A server with one configuration, and since when it posts as it does."""

    guild_id: int
    config_id: int
    wish: Wish
    epochs: list[tuple[datetime, Times]] = field(default_factory=list[tuple[datetime, Times]])


@pytest.fixture
def patient() -> Iterator[None]:
    """Let the test take longer than the others may, but not for ever."""
    if TORTURE:
        faulthandler.dump_traceback_later(LONGEST_S, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture
async def fast_database(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Database]:
    """A store that waits for nothing."""
    shutil.copy(migrated_file, tmp_path / "store.sqlite3")
    database = quick_database(tmp_path / "store.sqlite3")
    yield database
    await database.close()


def times_of(number: int, shift: int = 0) -> Times:
    zone, at = PLACES[(number * 7 + shift * 11) % len(PLACES)]
    return Times(time.fromisoformat(at), zone, WEEKDAYS[(number + shift) % len(WEEKDAYS)])


def levels_of(number: int) -> tuple[Level, ...]:
    return () if number % 4 else (Level.ENTRY, Level.MID)


async def set_up(desk: Desk) -> list[Group]:
    groups: list[Group] = []
    for number in range(GUILDS):
        levels = levels_of(number)
        wish = Wish(
            100 + number, times_of(number), levels=levels, thread=number % 10 == 0, reveal_hours=24
        )
        standing = await desk.daily.setup(number + 1, wish, by=7)
        group = Group(number + 1, standing.config.id, wish, [(desk.clock.time, wish.times)])
        groups.append(group)
    return groups


async def reconfigure(desk: Desk, groups: list[Group], turn: int) -> None:
    """Let half of the servers post at another time, mostly in another zone."""
    for group in groups[turn::2]:
        group.wish = replace(group.wish, times=times_of(group.guild_id, turn + 1))
        await desk.daily.change(group.guild_id, group.config_id, group.wish)
        group.epochs.append((desk.clock.time, group.wish.times))


async def events(desk: Desk, groups: list[Group]) -> list[tuple[datetime, Any]]:
    """What happens in the year beside posting, in order."""
    bank, daily = desk.bank, desk.daily

    async def add() -> None:
        bank.questions += [known(100 + n, [*Level][n % 4]) for n in range(9)]

    async def take_away() -> None:
        bank.retire([each.key for each in bank.questions[::5]])

    async def pause() -> None:
        await daily.pause(groups[1].guild_id, groups[1].config_id)

    async def resume() -> None:
        await daily.resume(groups[1].guild_id, groups[1].config_id)

    async def skip() -> None:
        await daily.skip(groups[2].guild_id, groups[2].config_id)

    async def lock() -> None:
        desk.cog.answers[groups[5].wish.channel_id] = Undeliverable(Reason.NO_PERMISSION)

    async def unlock() -> None:
        desk.cog.answers.clear()
        await daily.resume(groups[5].guild_id, groups[5].config_id)

    planned: list[tuple[datetime, Any]] = [
        (BEGIN + 25 * DAY, add), (BEGIN + 45 * DAY, take_away), (BEGIN + 60 * DAY, pause),
        (BEGIN + 69 * DAY, resume), (BEGIN + 20 * DAY, skip), (BEGIN + 35 * DAY, lock),
        (BEGIN + 46 * DAY, unlock), (BEGIN + 75 * DAY, take_away),
        *((at, (lambda turn=turn: reconfigure(desk, groups, turn)))
          for turn, at in enumerate(RECONFIGURED)),
    ]  # fmt: skip
    return sorted(planned, key=lambda each: each[0])


async def live(desk: Desk, groups: list[Group]) -> None:
    """Let the year pass; while Waymark is down nothing happens, and it comes back anew."""
    outages: list[tuple[datetime, Any]] = [(at, None) for at, _ in OUTAGES]
    happenings = outages + await events(desk, groups)
    for at, happening in sorted(happenings, key=lambda each: each[0]):
        await desk.until(at, GRID)
        if happening is not None:
            await happening()
            continue
        [hours] = [hours for begun, hours in OUTAGES if begun == at]
        desk.clock.time = at + hours * HOUR
        desk.dispatcher = desk.restarted().dispatcher
        await desk.dispatcher.run_due()
    await desk.until(END, GRID)
    await desk.daily.look_after()


def due_by_hand(day: date, times: Times) -> datetime:
    """When a day's question is due, told a second time: walk on from a wall time that isn't."""
    zone = ZoneInfo(times.zone)
    wall = datetime.combine(day, times.at)
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    minute = wall.replace(tzinfo=UTC) - 15 * HOUR
    while minute.astimezone(zone).replace(tzinfo=None) < wall:
        minute += timedelta(minutes=1)
    return minute


def configured(group: Group) -> Iterator[date]:
    """Yield each local day on which a question was due by what was set up then."""
    ends = [begun for begun, _ in group.epochs[1:]] + [END]
    for (begun, times), ended in zip(group.epochs, ends, strict=True):
        day = begun.date() - 2 * DAY
        while day <= ended.date() + 2 * DAY:
            wanted = not times.weekdays or day.weekday() in times.weekdays
            if wanted and begun < due_by_hand(day, times) <= ended:
                yield day
            day += DAY


def check_rounds(days: list[Post], pools: dict[int | None, frozenset[str]]) -> None:
    """Nothing is asked again before all that could be asked was."""
    asked = set[str]()
    number = 1
    last = None
    for post in days:
        if post.state is not PostState.POSTED:
            continue
        key = post.question_key or ""
        pool = pools[post.delivery_id]
        if post.round != number:
            assert post.round == number + 1
            assert pool <= asked
            assert len(pool) == 1 or key != last
            asked, number = set[str](), number + 1
        assert key not in asked
        asked.add(key)
        last = key


@pytest.mark.usefixtures("patient")
async def test_each_configured_day_of_a_year_has_one_post_or_a_reason(
    fast_database: Database, clock: FixedClock
) -> None:
    clock.time = BEGIN
    bank = FakeBank(several(60 if TORTURE else 24))
    work = desk(fast_database, clock, bank)
    work.cog.flaky_each, work.cog.lost_each = 37, 41
    pools = watch_pools(work)
    groups = await set_up(work)
    await live(work, groups)
    sent = [each.id for each in work.cog.sent]
    assert len(sent) == len({*sent})
    assert len(work.cog.arrived) > len(sent) / 50
    zones = {times.zone for group in groups for _, times in group.epochs}
    assert len(zones) == (len(PLACES) if TORTURE else 12)
    posted: list[int | None] = []
    reasons: set[str | None] = set()
    for group in groups:
        days = await work.posts(group.config_id)
        by_day = {post.day: post for post in days}
        missing = [day for day in configured(group) if day not in by_day]
        assert missing == []
        extra = set(by_day) - set(configured(group))
        assert all(by_day[day].reason == Skip.CHANGED for day in extra)
        assert PostState.CHOSEN not in {post.state for post in days}
        reasons |= {post.reason for post in days}
        posted += [post.delivery_id for post in days if post.state is PostState.POSTED]
        check_rounds(days, pools)
    assert sorted(filter(None, posted)) == sorted(sent)
    assert len(sent) > 0.9 * sum(len([*configured(group)]) for group in groups) - 20 * len(groups)
    assert {
        None,
        Skip.LATE,
        Skip.DOWN,
        Skip.PAUSED,
        Skip.MANAGER,
        Skip.STOPPED,
        Reason.NO_PERMISSION,
    } <= reasons
    assert len({*work.cog.revealed}) >= len(sent) - 4 * len(groups)


def watch_pools(work: Desk) -> dict[int | None, frozenset[str]]:
    """Keep, by delivery, what could be asked when its question was posted."""
    seen: dict[int | None, frozenset[str]] = {}
    send = work.cog.send

    async def watching(delivery: Delivery) -> Outcome:
        outcome = await send(delivery)
        if delivery in work.cog.sent[-1:]:
            levels = levels_of((delivery.guild_id or 0) - 1)
            pool = await work.bank.pool(delivery.guild_id or 0, (), levels)
            seen[delivery.id] = frozenset(each.key for each in pool)
        return outcome

    work.cog.send = watching
    return seen
