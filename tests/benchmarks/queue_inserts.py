"""Planning deliveries, against APScheduler's job store."""

import asyncio
import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import job_store, queue_store
from tests.benchmarks.bars import at_least

ROWS, BATCH, ONE_BY_ONE = 100_000, 1_000, 2_000
ROUNDS = 3
FAR = datetime(2099, 1, 1, tzinfo=UTC)


async def _in_batches(file: Path) -> float:
    """Return the rows a second of many, planned so many in a commit."""
    async with queue_store.opened(file) as queue:
        began = time.perf_counter()
        for first in range(0, ROWS, BATCH):
            await queue.plan(range(first, first + BATCH), FAR + timedelta(seconds=first))
        return ROWS / (time.perf_counter() - began)


async def _one_by_one(file: Path) -> float:
    """Return the rows a second when each is committed."""
    async with queue_store.opened(file) as queue:
        began = time.perf_counter()
        for number in range(ONE_BY_ONE):
            await queue.plan([number], FAR + timedelta(seconds=number))
        return ONE_BY_ONE / (time.perf_counter() - began)


def _work(_number: int) -> None:
    """Stand for what a job does; it never runs here."""


async def _jobs(file: Path) -> float:
    """Return the jobs a second that `add_job` stores, each committed."""
    with job_store.started(file, paused=True) as scheduler:
        began = time.perf_counter()
        for number in range(ONE_BY_ONE):
            due = FAR + timedelta(seconds=number)
            scheduler.add_job(_work, "date", run_date=due, args=(number,))
        return ONE_BY_ONE / (time.perf_counter() - began)


def _round(directory: Path) -> tuple[float, float, float]:
    """Return what each way plans a second, measured one after the other."""
    return (
        asyncio.run(_jobs(directory / "jobs.sqlite3")),
        asyncio.run(_one_by_one(directory / "single.sqlite3")),
        asyncio.run(_in_batches(directory / "batched.sqlite3")),
    )


def main() -> None:
    """Print the rows a second, medians of some rounds, and how they compare."""
    rounds: list[tuple[float, float, float]] = []
    for _ in range(ROUNDS):
        with TemporaryDirectory() as directory:
            rounds.append(_round(Path(directory)))
    jobs, single, batched = (statistics.median(figures) for figures in zip(*rounds, strict=True))
    lines = [
        f"planning deliveries; medians of {ROUNDS} rounds",
        f"  job store   {jobs:,.0f}/s over {ONE_BY_ONE:,}, each committed by add_job",
        f"  in batches  {batched:,.0f}/s over {ROWS:,}, {BATCH:,} in a commit; "
        + at_least(batched / jobs, 10, "times the job store"),
        f"  one by one  {single / jobs:.2f} times the job store over {ONE_BY_ONE:,}; "
        + at_least(single, 250, "/s"),
    ]
    print("\n".join(lines))  # noqa: T201 - what `make bench` is for


if __name__ == "__main__":
    main()
