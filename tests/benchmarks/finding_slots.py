"""Suggesting slots to a group of 30, against a search with the standard library's clocks alone."""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.availability.reading import read
from bot.availability.slots import Wanted, suggested
from bot.availability.weighing import Attendee
from bot.when.zone_names import POPULAR
from tests.benchmarks.bars import at_most
from tests.bot.availability.oracle import tried
from tests.conftest import NOW

MEMBERS, TIMES, BAR = 30, 20, 100


def group() -> list[Attendee]:
    """Return members of as many zones, a third of whom haven't said their hours."""
    hours = [None, read("weekdays 17-22, Sat 10-16"), read("daily after 6pm")]
    return [Attendee(POPULAR[place], hours[place % 3]) for place in range(MEMBERS)]


def _milliseconds(work: Callable[[], object], times: int) -> float:
    taken: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Print the median time for a single slot and for a weekly one."""
    people = group()
    lines = [f"suggesting slots to {MEMBERS} members in as many zones, median of {TIMES}"]
    once = Wanted("Europe/Berlin", timedelta(hours=1), NOW)
    weekly = replace(once, weekly=True)
    ours = _milliseconds(lambda: suggested(people, once), TIMES)
    peer = _milliseconds(lambda: tried(people, once), 1)
    of_a_year = _milliseconds(lambda: suggested(people, weekly), TIMES)
    lines.append(f"  once    {at_most(ours, BAR, 'ms')}")
    lines.append(f"  weekly  {at_most(of_a_year, BAR, 'ms')}")
    lines.append(f"  ratio   {peer / ours:6.1f} times as fast as zoneinfo alone, once")
    print("\n".join(lines))  # noqa: T201 - what `make bench` is for


if __name__ == "__main__":
    main()
