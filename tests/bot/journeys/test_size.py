"""Many members with a journey, and many pictures at once."""

import asyncio
import gc
import time
from collections.abc import Iterator
from random import Random

import pytest
from sqlalchemy import text

from bot.journeys.progress import progress
from bot.journeys.progress_picture import draw
from bot.journeys.service import Journeys
from bot.pictures.drawing import drawn
from bot.settings.service import Preferences
from bot.store.database import Database
from tests.benchmarks.loop_holds import watched
from tests.bot.journeys.samples import DAY, TUESDAY, journey, on, ticked
from tests.bot.journeys.test_service import GUILD, MAPS, preferences, service
from tests.conftest import TORTURE, FixedClock

__all__ = ["preferences"]

MEMBERS = 100_000 if TORTURE else 500
READS = 300 if TORTURE else 20
WITHIN_MS = 50
PICTURES = 30 if TORTURE else 3
FIRST = 10**9
PHASES = [
    {
        "title": name,
        "weeks": 4,
        "goals": [f"{name}: goal {number}." for number in range(5)],
        "milestone": f"{name}: there.",
    }
    for name in ("One", "Two")
]
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"
JOURNEYS = f"""{NUMBERS} INSERT INTO journeys
    (id, guild_id, member_id, role, role_title, outline, hours, since, started_on, started_at)
    SELECT id + i, guild_id, member_id + i, role, role_title, outline, hours, since, started_on,
    started_at FROM n CROSS JOIN journeys"""  # noqa: S608 - no text from outside
TASKS = f"""{NUMBERS} INSERT INTO journey_tasks
    (id, journey_id, key, place, phase, phase_title, text, is_milestone, effort, state, archived,
    note)
    SELECT id + i * 12, journey_id + i, key, place, phase, phase_title, text, is_milestone, effort,
    state, archived, note FROM n CROSS JOIN journey_tasks"""  # noqa: S608 - as above


async def crowd(database: Database, journeys: Journeys) -> None:
    """Let very many members be on a journey of twelve tasks."""
    first = await journeys.begin(GUILD, FIRST, MAPS)
    assert len(first.tasks) == 12
    async with database.writing() as session:
        for statement in (TASKS, JOURNEYS):
            await session.execute(text(statement), {"count": MEMBERS})
        await session.execute(text("ANALYZE"))


async def test_a_journey_is_found_among_very_many(
    database: Database, clock: FixedClock, preferences: Preferences
) -> None:
    journeys = service(database, clock, preferences, PHASES)
    await crowd(database, journeys)
    chance = Random(1)  # noqa: S311 - no secret
    took, cpu = list[float](), list[float]()
    for _ in range(READS):
        member = FIRST + chance.randrange(MEMBERS)
        begin, busy = time.perf_counter(), time.process_time()
        seen = progress(await journeys.seen(GUILD, member, member))
        took.append((time.perf_counter() - begin) * 1000)
        cpu.append((time.process_time() - busy) * 1000)
        assert seen.percent == 0
    took.sort()
    cpu.sort()
    report(
        f"{database.url.get_backend_name()}: median {took[READS // 2]:.1f} ms, at most "
        f"{took[-1]:.1f} ms; of CPU {cpu[READS // 2]:.1f} ms and {cpu[-1]:.1f} ms"
    )
    if TORTURE:
        assert took[READS * 99 // 100] <= WITHIN_MS


@pytest.fixture
def as_while_running() -> Iterator[None]:
    """What is loaded is no longer collected, as in a running bot (`bot.app`)."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


async def test_many_pictures_at_once_do_not_hold_the_loop(as_while_running: None) -> None:
    seen = progress(on(ticked(journey(), 0, 1), TUESDAY + 9 * DAY))
    await drawn(draw, seen)  # matplotlib is loaded once
    async with watched() as holds:
        pictures = await asyncio.gather(*(drawn(draw, seen) for _ in range(PICTURES)))
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    report(f"held for {holds.longest_ms:.1f} ms at most")
    if TORTURE:
        assert holds.longest_ms <= WITHIN_MS


def report(line: str) -> None:
    print(line)  # noqa: T201 - for who runs it with -s
