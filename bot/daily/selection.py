"""Which question comes next: a shuffle bag for each configuration.

A round asks every question of the pool once, in an order made from the configuration's seed. What
is added meanwhile joins the round, what is removed is just gone. Levels are spread: each week has
of a level about as much as is left of it. The choice follows from the seed and what was posted.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.questions.model import Level

WEEK = 7
"""Posts over which levels are spread."""


@dataclass(frozen=True)
class Candidate:
    """A question that may be asked."""

    key: str
    level: Level


@dataclass(frozen=True)
class Asked:
    """A question that was posted."""

    key: str
    level: Level
    round: int


@dataclass(frozen=True)
class Past:
    """What was posted, as far as it matters for what comes next."""

    round: int = 1
    asked: frozenset[str] = frozenset()
    """The questions of this round."""

    recent: tuple[Asked, ...] = ()
    """The last posts, oldest first; the last six and older ones don't differ."""


@dataclass(frozen=True)
class Choice:
    """The question that comes next."""

    key: str
    level: Level
    round: int
    left: int
    """Questions of the round that are left after it."""


def past_of(posts: Iterable[Asked]) -> Past:
    """Return what matters of posts, which come oldest first."""
    posts = tuple(posts)
    newest = max((each.round for each in posts), default=1)
    asked = frozenset(each.key for each in posts if each.round == newest)
    return Past(newest, asked, posts[-WEEK:])


def choose(pool: Sequence[Candidate], seed: int, past: Past) -> Choice | None:
    """Return the next question; None if the pool is empty."""
    number, candidates = _round(pool, past)
    if not candidates:
        return None
    level = _due_level(candidates, past.recent)
    fit = [each for each in candidates if each.level is level]
    chosen = min(fit, key=lambda each: _place(seed, number, each.key))
    left = len(pool) - 1 if number > past.round else len(candidates) - 1
    return Choice(chosen.key, chosen.level, number, left)


def left_in_round(pool: Sequence[Candidate], past: Past) -> int:
    """Return how many questions of the round are still to come."""
    return sum(each.key not in past.asked for each in pool)


def _round(pool: Sequence[Candidate], past: Past) -> tuple[int, list[Candidate]]:
    """Return the round of the next post, and what may be asked in it."""
    unasked = [each for each in pool if each.key not in past.asked]
    if unasked:
        return past.round, unasked
    last = past.recent[-1].key if past.recent else None
    fresh = [each for each in pool if each.key != last]
    return past.round + 1, fresh or [*pool]


def _due_level(candidates: Sequence[Candidate], recent: Sequence[Asked]) -> Level:
    """Return the level that is furthest behind its share of what is left.

    So within a week no level has more than that share, rounded up.
    """
    left = Counter(each.level for each in candidates)
    had = Counter(each.level for each in recent[-(WEEK - 1) :])
    posts = min(len(recent), WEEK - 1) + 1

    def behind(level: Level) -> float:
        return posts * left[level] / len(candidates) - had[level]

    return max((level for level in Level if left[level]), key=behind)


def _place(seed: int, number: int, key: str) -> bytes:
    """Return where a question stands in the order of a round."""
    return sha256(f"{seed}:{number}:{key}".encode()).digest()
