"""Where a role's card is opened, as the custom ids of its buttons say it.

Versioned, within Discord's 100 characters, and read back with the pattern below.
"""

from dataclasses import dataclass, replace
from re import Match
from typing import ClassVar, Self

from bot.careers.sections import Section
from bot.careers.slugs import KEY_PATTERN

OWNER = r"(?P<owner>\d{1,20})"
PAGE = r"(?P<page>\d{1,4})"
SECTIONS = "|".join(Section)

NOBODY = 0
"""The owner of a place that opens as a private card for whoever presses."""


@dataclass(frozen=True)
class CardPlace:
    """Where a role card is opened: role, section and page (from 0), and whose card it is.

    `via` keeps two buttons apart that lead to the same place, since ids must differ in a message.
    """

    key: str
    owner: int
    section: Section = Section.OVERVIEW
    page: int = 0
    via: str = "t"

    PATTERN: ClassVar = (
        rf"role:v1:(?P<via>[a-z]):(?P<key>{KEY_PATTERN}):(?P<section>{SECTIONS}):{PAGE}:{OWNER}"
    )

    def __str__(self) -> str:
        return f"role:v1:{self.via}:{self.key}:{self.section}:{self.page}:{self.owner}"

    @classmethod
    def read(cls, match: Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        section, page = Section(match["section"]), int(match["page"])
        return cls(match["key"], int(match["owner"]), section, page, match["via"])

    def owned_by(self, owner: int) -> Self:
        """Return the same place on another member's card."""
        return replace(self, owner=owner)

    def at(self, page: int, via: str) -> Self:
        """Return another page of the same section."""
        return replace(self, page=page, via=via)
