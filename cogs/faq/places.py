"""What the custom ids of FAQ components carry; within Discord's 100 characters at their longest."""

import re
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from bot.careers.model import MAX_SLUG

ID = r"(?P<id>\d{1,18})"
VERSION = r"(?P<version>\d{1,6})"
PAGE = r"(?P<page>\d{1,4})"
CAREER = rf"(?P<career>[a-z0-9-]{{0,{MAX_SLUG}}})"
HERE, APART = "h", "a"
HOW = rf"(?P<how>{HERE}|{APART})"

MAX_SEARCH = 30
"""Characters; each may count twice."""


@dataclass(frozen=True)
class ListPlace:
    """A page (from 0) of a server's entries, or of those that were searched for."""

    page: int = 0
    search: str = ""

    PATTERN: ClassVar = rf"{PAGE}:(?P<search>.*)"

    def __str__(self) -> str:
        return f"{self.page}:{self.search}"

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        return cls(int(match["page"]), match["search"])

    def at(self, page: int) -> Self:
        """Return another page of the same."""
        return replace(self, page=page)


@dataclass(frozen=True)
class EntryPlace:
    """A page (from 0) of an entry, and the list from which it was opened."""

    entry_id: int
    page: int = 0
    back: ListPlace | None = None

    PATTERN: ClassVar = rf"{ID}:(?P<leaf>\d):(?:-|{ListPlace.PATTERN})"

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.page}:{self.back or '-'}"

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        back = ListPlace.read(match) if match["page"] is not None else None
        return cls(int(match["id"]), int(match["leaf"]), back)

    def at(self, page: int) -> Self:
        """Return another page of the same."""
        return replace(self, page=page)


@dataclass(frozen=True)
class NewEntry:
    """An entry that is being written: for which career, and to which question that waited.

    `apart` says that what comes of it is shown beside the card from which it was opened.
    """

    career: str | None = None
    waiting_id: int | None = None
    apart: bool = False

    PATTERN: ClassVar = rf"{HOW}:{ID}:{CAREER}"

    def __str__(self) -> str:
        return f"{APART if self.apart else HERE}:{self.waiting_id or 0}:{self.career or ''}"

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        return cls(match["career"] or None, int(match["id"]) or None, match["how"] == APART)

    def here(self) -> Self:
        """Return the same, to be shown in place."""
        return replace(self, apart=False)


@dataclass(frozen=True)
class Edit:
    """A version of an entry that is being worded differently, and the career it will have."""

    entry_id: int
    version: int
    career: str | None = None
    apart: bool = False

    PATTERN: ClassVar = rf"{HOW}:{ID}:{VERSION}:{CAREER}"

    def __str__(self) -> str:
        how = APART if self.apart else HERE
        return f"{how}:{self.entry_id}:{self.version}:{self.career or ''}"

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        entry_id, version = int(match["id"]), int(match["version"])
        return cls(entry_id, version, match["career"] or None, match["how"] == APART)

    def here(self) -> Self:
        """Return the same, to be shown in place."""
        return replace(self, apart=False)
