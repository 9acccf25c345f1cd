"""Many deliveries due in the same second on Discord's stand-in, against the job store."""

import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.bars import at_least, at_most
from tests.benchmarks.burst_once import JOBS, LATE_JOBS, WAYMARK
from tests.benchmarks.burst_work import BURST
from tests.benchmarks.children import Figures, measured
from tests.standin.process import standin_process

RUNS = 5


def _run(which: str) -> Figures:
    """Work off one burst in a fresh process, and add what the stand-in saw."""
    with standin_process() as standin, TemporaryDirectory() as directory:
        file = Path(directory) / "store.sqlite3"
        figures = measured("tests.benchmarks.burst_once", which, standin.url, str(file))
        messages = standin.messages
    last = max((message.wall for message in messages), default=figures["due"])
    return figures | {
        "posted": len({message.text for message in messages}),
        "doubled": len(messages) - len({message.text for message in messages}),
        "posted_s": last - figures["due"],
    }


def _rate(runs: list[Figures], done: str = "posted", seconds: str = "posted_s") -> float:
    return statistics.median(each[done] / each[seconds] for each in runs)


def _line(name: str, runs: list[Figures]) -> str:
    rate, settled = _rate(runs), _rate(runs, "sent", "s")
    held = ", ".join(f"{each['held_ms']:.0f}" for each in runs)
    return (
        f"  {name}  {rate:5,.0f}/s posted, {settled:5,.0f}/s settled; loop held {held} ms at most"
    )


def main() -> None:
    """Print the rate, what was lost, and how long the event loop was held."""
    jobs, ours = ([_run(which) for _ in range(RUNS)] for which in (JOBS, WAYMARK))
    late = _run(LATE_JOBS)
    wrong = sum(BURST - each["posted"] + each["doubled"] for each in ours)
    worst = max(each["held_ms"] for each in ours)
    times = f"{_rate(ours) / _rate(jobs):.2f} times the job store"
    lines = [
        f"a burst of {BURST:,} due in the same second; {RUNS} fresh processes each, median rates",
        _line("job store", jobs),
        _line("waymark  ", ours),
        f"  started 1.5 s late, the job store posts {late['posted']:.0f} with its default grace",
        f"  rate       {times}; {at_least(_rate(ours), 500, '/s')}",
        f"  lost       {at_most(wrong, 0, f'lost or doubled of {BURST * RUNS:,}')}",
        f"  loop held  {at_most(worst, 50, 'ms, the worst of all')}",
    ]
    print("\n".join(lines))  # noqa: T201 - what `make bench` is for
