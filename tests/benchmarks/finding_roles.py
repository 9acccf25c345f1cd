"""Autocomplete over 500 roles, against `difflib.get_close_matches` of the standard library."""

import difflib
import random
import statistics
import time
from collections.abc import Callable

from bot.careers.registry import RoleRegistry, normalised
from tests.bot.careers.samples import loaded

ROLES, QUERIES = 500, 200
WORDS = """
    data cloud product policy safety network mobile machine learning security platform risk content
    quality support growth design research analyst engineer manager specialist lead
"""


def _title(chance: random.Random) -> str:
    return " ".join(chance.sample(WORDS.split(), 3)).title()


def _typed(title: str, chance: random.Random) -> str:
    """Return a title as someone types it: its beginning, with one letter wrong."""
    letters = list(title[: chance.randint(4, len(title))])
    letters[chance.randrange(len(letters))] = chance.choice("aeiou")
    return "".join(letters)


def _milliseconds(work: Callable[[str], object], queries: list[str]) -> float:
    times: list[float] = []
    for query in queries:
        start = time.perf_counter()
        work(query)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Print the median time of a query, and how often the meant role is among the 25 offered."""
    chance = random.Random(1)  # noqa: S311 - a repeatable sample, not a secret
    titles = sorted({_title(chance) for _ in range(ROLES * 2)})[:ROLES]
    registry = RoleRegistry(loaded(f"r{n}", title=title) for n, title in enumerate(titles))
    names = [normalised(title) for title in titles]
    meant = [chance.choice(titles) for _ in range(QUERIES)]
    queries = [_typed(title, chance) for title in meant]

    def ours(query: str) -> list[str]:
        return [normalised(found.role.title) for found in registry.suggestions(query)]

    def peer(query: str) -> list[str]:
        return difflib.get_close_matches(normalised(query), names, n=25, cutoff=0.3)

    lines = [f"finding one of {len(titles)} roles, median of {QUERIES} queries"]
    times: list[float] = []
    for name, work in (("waymark", ours), ("difflib", peer)):
        times.append(_milliseconds(work, queries))
        pairs = zip(queries, meant, strict=True)
        hits = sum(normalised(title) in work(query) for query, title in pairs)
        lines.append(f"  {name} {times[-1]:6.2f} ms; meant role offered {hits / QUERIES:.0%}")
    lines.append(f"  ratio   {times[1] / times[0]:6.1f} times as fast as difflib")
    print("\n".join(lines))  # noqa: T201 - what `make bench` is for
