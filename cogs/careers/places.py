"""What the custom ids of career components carry, and how they are written.

Versioned, within Discord's 100 characters, and read back with the patterns below.
"""

from dataclasses import dataclass, replace
from re import Match
from typing import ClassVar, Self

from bot.careers.places import OWNER, PAGE, CardPlace
from bot.careers.slugs import KEY_PATTERN

__all__ = ["CardPlace", "ComparisonPlace", "ListPlace"]


@dataclass(frozen=True)
class ComparisonPlace:
    """Which roles are compared, in order, and the page (from 0)."""

    keys: tuple[str, ...]
    owner: int
    page: int = 0

    PATTERN: ClassVar = (
        rf"compare:v1:(?P<keys>{KEY_PATTERN}(?:\.{KEY_PATTERN}){{1,2}}):{PAGE}:{OWNER}"
    )

    def __str__(self) -> str:
        return f"compare:v1:{'.'.join(self.keys)}:{self.page}:{self.owner}"

    @classmethod
    def read(cls, match: Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        return cls(tuple(match["keys"].split(".")), int(match["owner"]), int(match["page"]))

    def owned_by(self, owner: int) -> Self:
        """Return the same place on another member's card."""
        return replace(self, owner=owner)

    def at(self, page: int) -> Self:
        """Return another page of the same."""
        return replace(self, page=page)


@dataclass(frozen=True)
class ListPlace:
    """Which category is listed (its key; "all" for every one), and the page (from 0)."""

    category: str
    owner: int
    page: int = 0

    ALL: ClassVar = "all"
    PATTERN: ClassVar = rf"roles:v1:(?P<category>all|{KEY_PATTERN}):{PAGE}:{OWNER}"

    def __str__(self) -> str:
        return f"roles:v1:{self.category}:{self.page}:{self.owner}"

    @classmethod
    def read(cls, match: Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        return cls(match["category"], int(match["owner"]), int(match["page"]))

    def owned_by(self, owner: int) -> Self:
        """Return the same place on another member's card."""
        return replace(self, owner=owner)

    def at(self, page: int) -> Self:
        """Return another page of the same."""
        return replace(self, page=page)
