"""Works off one burst in a process of its own.

`python -m tests.benchmarks.burst_once WHICH URL FILE` prints its figures.
"""

import asyncio
import gc
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

import bot.app  # noqa: F401 # pyright: ignore[reportUnusedImport] - as many objects as in the bot
from bot.delivery.engine import Engine
from bot.delivery.model import State
from bot.delivery.settlement import Settled
from tests.benchmarks import job_store, loop_holds, queue_store
from tests.benchmarks.burst_work import BURST, BURST_OF_THIS_PROCESS, logged_in, post
from tests.benchmarks.children import Figures, give

WAYMARK, JOBS, LATE_JOBS = "waymark", "jobs", "late-jobs"
AHEAD, LATE = timedelta(seconds=3), timedelta(seconds=1.5)
WATCHED_BEFORE_S = 0.5
GIVING_UP_S = 60.0
LATE_GIVING_UP_S = 5.0
DEFAULT_GRACE_S = 1

burst = BURST_OF_THIS_PROCESS


async def _waymark(url: str, file: Path) -> Figures:
    async with queue_store.opened(file) as queue, logged_in(url) as outbox:
        engine = Engine(queue.database, queue.clock, queue.planner, outbox)
        engine.dispatcher.settlement.observers.append(_count)
        due = datetime.now(UTC) + AHEAD
        await queue.plan(range(BURST), due)
        gc.collect()
        gc.freeze()  # as `bot.app` does before it starts the engine
        engine.start()
        figures = await _figures(due, GIVING_UP_S)
        await engine.stop(within_s=1)
    return figures


async def _count(_: AsyncSession, settled: Sequence[Settled]) -> None:
    burst.count(sum(each.delivery.state is State.SENT for each in settled))


async def _jobs(url: str, file: Path) -> Figures:
    due = datetime.now(UTC) + AHEAD
    job_store.fill(file, range(BURST), due, post)
    async with logged_in(url) as burst.outbox:
        with job_store.started(file):
            return await _figures(due, GIVING_UP_S)


async def _late_jobs(url: str, file: Path) -> Figures:
    due = datetime.now(UTC) - LATE
    job_store.fill(file, range(BURST), due, post, grace_s=DEFAULT_GRACE_S)
    async with logged_in(url) as burst.outbox:
        with job_store.started(file):
            return await _figures(due, LATE_GIVING_UP_S)


async def _figures(due: datetime, giving_up_s: float) -> Figures:
    """Wait until all are sent; return how many, how long after `due`, and the longest hold."""
    await asyncio.sleep((due - datetime.now(UTC)).total_seconds() - WATCHED_BEFORE_S)
    async with loop_holds.watched() as holds:
        with suppress(TimeoutError):
            await asyncio.wait_for(burst.done.wait(), giving_up_s)
    seconds = time.time() - due.timestamp()
    return {"due": due.timestamp(), "s": seconds, "sent": burst.sent, "held_ms": holds.longest_ms}


if __name__ == "__main__":
    which, url, file = sys.argv[1:]
    work = {WAYMARK: _waymark, JOBS: _jobs, LATE_JOBS: _late_jobs}[which]
    give(asyncio.run(work(url, Path(file))))
