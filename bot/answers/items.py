"""The single things that a pack lists: which of them a question means."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from typing import Any

from bot.answers.words import words
from bot.careers.model import Phase, Role

PREFIX = 4
"""Letters of a word that may stand for the longer one: "stats" for "statistics"."""

MOST_OF_IT = 0.6
"""The share of a stem's letters that those must be."""

EVERYDAY = 0.4
"""How much a word may tell (see `Knowledge.telling`) and yet name nothing in particular."""

EVERYDAY_NAME = 0.3
"""The same of a word in the name of a tool, which names it though many say it: "SQL"."""

IN_NAME = 2.0
"""How much more a word counts in the name of a thing than in what is said about it."""

_english: Any = import_module("snowballstemmer").stemmer("english")
"""The library has no types."""


class Kind(StrEnum):
    """What sort of thing an item is."""

    GREAT_FIT = "great_fit"
    POOR_FIT = "poor_fit"
    DAY = "day"
    SKILL = "skill"
    TOOL = "tool"
    PHASE = "phase"
    RESOURCE = "resource"
    STEP = "step"
    INDUSTRY = "industry"


@dataclass(frozen=True)
class Item:
    """One thing that a pack lists: its place in the list, its name, and what is said about it.

    A resource's place is its phase's, and `entry` its own within the phase.
    """

    kind: Kind
    place: int
    name: str
    text: str = ""
    entry: int = 0


@dataclass(frozen=True)
class Match:
    """An item with how much of the question speaks for it, and the words that do."""

    item: Item
    score: float
    by: tuple[str, ...]


def _shortest(stemmed: str) -> int:
    """Return from how many letters on a beginning stands for a stem."""
    return min(len(stemmed), max(PREFIX, math.ceil(len(stemmed) * MOST_OF_IT)))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the English stem of a word."""
    return str(_english.stemWord(word))


class Items:
    """A role's items by the stems of their words. `rarity` says how much a stem tells."""

    def __init__(self, role: Role, rarity: Callable[[str], float]) -> None:
        self._items = tuple(items_of(role))
        self._rarity = rarity
        self._by_stem: dict[str, dict[int, float]] = {}
        for index, item in enumerate(self._items):
            self._learn(index, item.text, 1.0)
            self._learn(index, item.name, IN_NAME)

    def _learn(self, index: int, text: str, weight: float) -> None:
        for word in words(text):
            stemmed = stem(word)
            for end in range(_shortest(stemmed), len(stemmed) + 1):
                at = self._by_stem.setdefault(stemmed[:end], {})
                at[index] = max(weight, at.get(index, 0.0))

    def best(self, said: Sequence[str], kinds: Iterable[Kind]) -> list[Match]:
        """Return the items of these kinds that the words name, most likely first."""
        scores: dict[int, float] = {}
        by: dict[int, list[str]] = {}
        wanted = frozenset(kinds)
        for word in dict.fromkeys(said):
            rarity = self._rarity(word)
            if rarity <= EVERYDAY_NAME:
                continue
            for index, weight in self._by_stem.get(stem(word), {}).items():
                everyday = self._everyday(index, weight)
                if self._items[index].kind in wanted and rarity > everyday:
                    told = weight * (rarity - everyday) / (1 - everyday)
                    scores[index] = scores.get(index, 0.0) + told
                    by.setdefault(index, []).append(word)
        ranked = sorted(scores, key=lambda index: (-scores[index], index))
        return [Match(self._items[i], scores[i], tuple(by[i])) for i in ranked]

    def _everyday(self, index: int, weight: float) -> float:
        """Return how much a word may tell and yet not name this item."""
        named = self._items[index].kind is Kind.TOOL and weight == IN_NAME
        return EVERYDAY_NAME if named else EVERYDAY


def items_of(role: Role) -> Iterator[Item]:
    """Yield all that a pack lists."""
    yield from _listed(Kind.GREAT_FIT, (("", line) for line in role.great_fit))
    yield from _listed(Kind.POOR_FIT, (("", line) for line in role.poor_fit))
    yield from _listed(Kind.DAY, (("", entry.activity) for entry in role.typical_day))
    yield from _listed(Kind.SKILL, ((s.name, f"{s.why} {s.learn}") for s in role.skills))
    yield from _listed(Kind.TOOL, ((tool.name, tool.use) for tool in role.tools))
    yield from _listed(Kind.PHASE, ((p.title, _held(p)) for p in role.roadmap))
    yield from _listed(Kind.STEP, ((step.title, " ".join(step.duties)) for step in role.ladder))
    yield from _listed(Kind.INDUSTRY, ((industry, "") for industry in role.industries))
    for place, phase in enumerate(role.roadmap):
        for entry, resource in enumerate(phase.resources):
            yield Item(Kind.RESOURCE, place, resource.title, "", entry)


def _held(phase: Phase) -> str:
    return " ".join([*phase.goals, phase.milestone])


def _listed(kind: Kind, named: Iterable[tuple[str, str]]) -> Iterator[Item]:
    for place, (name, text) in enumerate(named):
        yield Item(kind, place, name, text)
