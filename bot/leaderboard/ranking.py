"""A leaderboard: equals share a rank, and the ranks after them are left out (1, 2, 2, 4)."""

from collections.abc import Iterable
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
    """The reader's place, on whichever page; None if they have none."""


def page_there_is(page: int, members: int, size: int) -> tuple[int, int]:
    """Return the page there is nearest to the one wanted, and how many there are: one at least."""
    pages = max(-(-members // size), 1)
    return min(max(page, 0), pages - 1), pages


def ranked(scores: Iterable[tuple[int, int]], ahead: int, better: int) -> tuple[Place, ...]:
    """Return the places of members with their scores, in order, highest score first.

    `ahead` members come before the first of them, of whom `better` have a higher score.
    """
    places: list[Place] = []
    for position, (member, score) in enumerate(scores, ahead + 1):
        shared = places[-1].rank if places and places[-1].score == score else position
        places.append(Place(shared if places else better + 1, member, score))
    return tuple(places)
