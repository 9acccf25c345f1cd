"""Starting over a full store: until the first delivery, and in memory; against the job store."""

import asyncio
import statistics
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import job_store, queue_store
from tests.benchmarks.bars import at_most
from tests.benchmarks.children import Figures, measured
from tests.benchmarks.first_work import work
from tests.benchmarks.start_once import JOBS, WAYMARK

STORED, BATCH, RUNS = 100_000, 1_000, 7
FAR = datetime(2099, 1, 1, tzinfo=UTC)


async def _fill_queue(file: Path, count: int) -> None:
    async with queue_store.opened(file) as queue:
        for first in range(0, count, BATCH):
            await queue.plan(range(first, first + BATCH), FAR + timedelta(seconds=first))


async def _add_due(file: Path, number: int) -> None:
    async with queue_store.opened(file) as queue:
        await queue.plan([number], datetime.now(UTC))


def _fill(directory: Path) -> None:
    """Make four stores: a queue and a job store, each full and empty."""
    asyncio.run(_fill_queue(directory / f"{WAYMARK}-full", STORED))
    job_store.fill(directory / f"{JOBS}-full", range(STORED), FAR, work)


def _run(directory: Path, name: str, run: int) -> Figures:
    """Start over one of the stores, with one more that is due now."""
    file, which = directory / name, name.partition("-")[0]
    number = STORED + run
    if which == WAYMARK:
        asyncio.run(_add_due(file, number))
    else:
        job_store.fill(file, range(number, number + 1), datetime.now(UTC), work)
    return measured("tests.benchmarks.start_once", which, str(file))


def _medians() -> dict[str, Figures]:
    """Return the medians by store, of runs taken in turns."""
    names = [f"{which}-{size}" for which in (WAYMARK, JOBS) for size in ("empty", "full")]
    runs: dict[str, list[Figures]] = {name: [] for name in names}
    with TemporaryDirectory() as directory:
        _fill(Path(directory))
        for run in range(RUNS):
            for name in names:
                runs[name].append(_run(Path(directory), name, run))
    return {
        name: {key: statistics.median(each[key] for each in taken) for key in ("ms", "mb")}
        for name, taken in runs.items()
    }


def main() -> None:
    """Print the time until the first delivery and the memory taken, full and empty."""
    figures = _medians()
    full, empty = figures[f"{WAYMARK}-full"], figures[f"{WAYMARK}-empty"]
    jobs, no_jobs = figures[f"{JOBS}-full"], figures[f"{JOBS}-empty"]
    lines = [
        f"starting over {STORED:,} stored deliveries; medians of {RUNS} fresh processes each",
        f"  job store  {jobs['ms']:.1f} ms to the first job, {no_jobs['ms']:.1f} ms over none; "
        f"{jobs['mb']:.1f} MB, {no_jobs['mb']:.1f} MB over none",
        f"  waymark    {full['ms']:.1f} ms to the first delivery, {empty['ms']:.1f} ms over none; "
        f"{full['mb']:.1f} MB, {empty['mb']:.1f} MB over none",
        f"  time       {at_most(full['ms'] / empty['ms'], 1.2, 'times the empty store')}",
        f"             {at_most(full['ms'] / jobs['ms'], 1, 'times the job store')}",
        f"  memory     {at_most(full['mb'] / empty['mb'], 1.1, 'times the empty store')}",
    ]
    print("\n".join(lines))  # noqa: T201 - what `make bench` is for
