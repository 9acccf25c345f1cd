"""Starts one scheduler: `python -m tests.benchmarks.start_once WHICH FILE` prints its figures."""

import asyncio
import sys
import time
from pathlib import Path

import psutil

from bot.delivery.engine import Engine
from tests.benchmarks import job_store, queue_store
from tests.benchmarks.children import Figures, give
from tests.benchmarks.first_work import BEGAN, FirstSend

WAYMARK, JOBS = "waymark", "jobs"
SETTLING_S = 1.0


async def _waymark(file: Path) -> Figures:
    before = _memory()
    async with queue_store.opened(file) as queue:
        engine = Engine(queue.database, queue.clock, queue.planner, FirstSend())
        began = time.perf_counter()
        engine.start()
        figures = await _figures(began, before)
        await engine.stop(within_s=1)
    return figures


async def _jobs(file: Path) -> Figures:
    before = _memory()
    scheduler = job_store.unstarted(file)
    began = time.perf_counter()
    scheduler.start()
    figures = await _figures(began, before)
    scheduler.shutdown(wait=False)
    return figures


async def _figures(began: float, before: float) -> Figures:
    async with asyncio.timeout(60):
        await BEGAN.wait()
    ms = (time.perf_counter() - began) * 1000
    await asyncio.sleep(SETTLING_S)
    return {"ms": ms, "mb": _memory() - before}


def _memory() -> float:
    """Return the memory of this process, in MB."""
    return psutil.Process().memory_info().rss / 2**20


if __name__ == "__main__":
    which, file = sys.argv[1:]
    give(asyncio.run({WAYMARK: _waymark, JOBS: _jobs}[which](Path(file))))
