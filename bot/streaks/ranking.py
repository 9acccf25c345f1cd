"""A leaderboard: equals share a rank, and the ranks after them are left out (1, 2, 2, 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A member's place on a leaderboard; the first rank is 1."""

    rank: int
    member: int
    score: int


@dataclass(frozen=True)
class Board:
    """One page of a leaderboard. Pages are counted from 0."""

    places: tuple[Place, ...]
    page: int
    pages: int
    members: int
    """On all pages."""

    own: Place | None
    """The reader's place, on whichever page; None if they take no part."""


def board(scores: Mapping[int, int], reader: int, page: int, size: int) -> Board:
    """Return a page of the members' scores, highest first; equals are ordered by member.

    A page before the first is the first, one after the last is the last.
    """
    ordered = sorted(scores.values(), reverse=True)
    pages = max(-(-len(ordered) // size), 1)
    page = min(max(page, 0), pages - 1)
    shown = _shown(scores, ordered, page * size, size)
    places = tuple(_place(scores, ordered, member) for member in shown)
    own = _place(scores, ordered, reader) if reader in scores else None
    return Board(places, page, pages, len(ordered), own)


def _shown(
    scores: Mapping[int, int], ordered: Sequence[int], start: int, size: int
) -> Sequence[int]:
    """Return the members of a page; only those whose score is on it are put in order."""
    wanted = ordered[start : start + size]
    if not wanted:
        return ()
    high, low = wanted[0], wanted[-1]
    near = sorted((-score, member) for member, score in scores.items() if low <= score <= high)
    skipped = start - ordered.index(high)
    return [member for _, member in near[skipped : skipped + len(wanted)]]


def _place(scores: Mapping[int, int], ordered: Sequence[int], member: int) -> Place:
    return Place(ordered.index(scores[member]) + 1, member, scores[member])
