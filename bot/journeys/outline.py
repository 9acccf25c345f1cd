"""A pack's roadmap as tasks: each goal of a phase, and its milestone as the last one."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.careers.loader import LoadedRole
from bot.careers.model import Phase
from bot.journeys.model import Item

MINUTES = 60


@dataclass(frozen=True)
class Outline:
    """What a pack's roadmap asks for."""

    role: str
    """The pack's slug."""

    title: str
    hours: int
    """The pace at which the weeks count, which is Waymark's own assumption."""

    weeks: int
    items: tuple[Item, ...]
    print: str
    """Another one whenever anything of it has changed."""


def outline(loaded: LoadedRole) -> Outline:
    """Return a pack's roadmap as tasks. Their efforts add up to its weeks at its own pace."""
    role, seen = loaded.role, Counter[str]()
    items = tuple(
        item
        for place, phase in enumerate(role.roadmap)
        for item in _items(place, phase, role.hours_a_week, seen)
    )
    weeks = sum(phase.weeks for phase in role.roadmap)
    printed = _digest(repr((role.title, items)))
    return Outline(loaded.slug, role.title, role.hours_a_week, weeks, items, printed)


def shares(total: int, count: int) -> list[int]:
    """Return a total in `count` whole shares as equal as can be, which add up to it."""
    share, more = divmod(total, count)
    return [share + (place < more) for place in range(count)]


def _items(place: int, phase: Phase, hours: int, seen: Counter[str]) -> Iterator[Item]:
    texts: Sequence[str] = (*phase.goals, phase.milestone)
    efforts = shares(phase.weeks * hours * MINUTES, len(texts))
    for number, (text, effort) in enumerate(zip(texts, efforts, strict=True)):
        name = f"{phase.title}\n{text}"
        seen[name] += 1
        key = _digest(f"{name}\n{seen[name]}")
        yield Item(key, place, phase.title, text, number == len(phase.goals), effort)


def _digest(text: str) -> str:
    return hashlib.blake2s(text.encode(), digest_size=12).hexdigest()
