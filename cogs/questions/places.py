"""What the custom ids of `/questions` carry; within Discord's 100 characters at their longest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from discord import ui

from bot.careers.registry import RoleRegistry
from bot.careers.slugs import KEY_PATTERN, key_of
from bot.errors import MemberError
from bot.i18n import _
from bot.questions.known import State
from bot.questions.model import Kind, Level
from bot.questions.own import Own
from bot.questions.text import Part
from bot.sheets.rows import Value

ID = r"(?P<id>\d{1,18})"
VERSION = r"(?P<version>\d{1,6})"
PAGE = r"(?P<page>\d{1,4})"
HANDLE = r"(?P<handle>own:\d{1,18}|pack:[a-z2-7]{8})"
NONE, KEEP = "0", "-"
"""What stands for no career, and for what an edit leaves as it is."""

MAX_SEARCH = 20
"""Characters; each may count twice."""

LEVELS: Mapping[str, Level] = dict(zip("emsl", Level, strict=True))
KINDS: Mapping[str, Kind] = dict(zip("ksbtpc", Kind, strict=True))
SHOWN = {"a": State.ACTIVE, "r": State.RETIRED, "p": None}
"""What a list shows: the server's questions that are asked, or were, or packs' questions."""

APPROVE, PENDING = "questions:v1:approve", "questions:v1:pending"


class CareerGone(MemberError):
    """The career of a form isn't loaded any more."""

    def __init__(self) -> None:
        super().__init__(_("That career isn't here any more. Use the command again."))


@dataclass(frozen=True)
class ListPlace:
    """A page (from 0) of questions of one sort, or of those that were searched for."""

    sort: str = "a"
    page: int = 0
    search: str = ""

    PATTERN: ClassVar = rf"(?P<sort>[arp]):{PAGE}:(?P<search>.*)"

    def __str__(self) -> str:
        return f"{self.sort}:{self.page}:{self.search}"

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        return cls(match["sort"], int(match["page"]), match["search"])

    def at(self, page: int) -> Self:
        """Return another page of the same."""
        return replace(self, page=page)


@dataclass(frozen=True)
class QuestionPlace:
    """A page (from 0) of a question, and the list from which it was opened."""

    handle: str
    page: int = 0
    back: ListPlace | None = None

    PATTERN: ClassVar = rf"{HANDLE}:(?P<leaf>\d):(?:-|{ListPlace.PATTERN})"

    def __str__(self) -> str:
        return f"{self.handle}:{self.page}:{self.back or '-'}"

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        back = ListPlace.read(match) if match["page"] is not None else None
        return cls(match["handle"], int(match["leaf"]), back)

    def at(self, page: int) -> Self:
        """Return another page of the same."""
        return replace(self, page=page)


@dataclass(frozen=True)
class New:
    """A question that is being written: added by a facilitator, or suggested by a member."""

    level: Level
    kind: Kind
    minutes: int
    career: str = NONE
    """A slug's key."""

    suggested: bool = False

    PATTERN: ClassVar = (
        rf"(?P<way>a|s):(?P<level>[emsl]):(?P<kind>[ksbtpc]):(?P<minutes>\d{{1,2}}):"
        rf"(?P<career>{KEY_PATTERN}|{NONE})"
    )

    def __str__(self) -> str:
        way = "s" if self.suggested else "a"
        level, kind = _sign(LEVELS, self.level), _sign(KINDS, self.kind)
        return f"{way}:{level}:{kind}:{self.minutes}:{self.career}"

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        level, kind = LEVELS[match["level"]], KINDS[match["kind"]]
        return cls(level, kind, int(match["minutes"]), match["career"], match["way"] == "s")

    def values(self, careers: RoleRegistry) -> dict[str, Value]:
        """Return the parts that it says. Raises CareerGone."""
        return {
            Part.LEVEL: self.level.value,
            Part.KIND: self.kind.value,
            Part.MINUTES: str(self.minutes),
            Part.ROLE: _slug(self.career, careers),
        }


@dataclass(frozen=True)
class Edit:
    """A version of a question that is being worded differently, and what else is to change."""

    question_id: int
    version: int
    level: Level | None = None
    kind: Kind | None = None
    minutes: int | None = None
    career: str = KEEP
    """A slug's key."""

    PATTERN: ClassVar = (
        rf"{ID}:{VERSION}:(?P<level>[emsl-]):(?P<kind>[ksbtpc-]):(?P<minutes>\d{{1,2}}|-):"
        rf"(?P<career>{KEY_PATTERN}|{NONE}|{KEEP})"
    )

    def __str__(self) -> str:
        level = _sign(LEVELS, self.level) if self.level else KEEP
        kind = _sign(KINDS, self.kind) if self.kind else KEEP
        minutes = self.minutes or KEEP
        return f"{self.question_id}:{self.version}:{level}:{kind}:{minutes}:{self.career}"

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        return cls(
            int(match["id"]),
            int(match["version"]),
            LEVELS.get(match["level"]),
            KINDS.get(match["kind"]),
            None if match["minutes"] == KEEP else int(match["minutes"]),
            match["career"],
        )

    def of(self, own: Own) -> Self:
        """Return the same change to how the question is now."""
        return replace(self, version=own.version)

    def values(self, careers: RoleRegistry) -> dict[str, Value]:
        """Return the parts that it changes. Raises CareerGone."""
        values: dict[str, Value] = {}
        if self.level:
            values[Part.LEVEL] = self.level.value
        if self.kind:
            values[Part.KIND] = self.kind.value
        if self.minutes:
            values[Part.MINUTES] = str(self.minutes)
        if self.career != KEEP:
            values[Part.ROLE] = _slug(self.career, careers)
        return values


def career_key(slug: str | None) -> str:
    """Return what stands for a career in a custom id."""
    return key_of(slug) if slug else NONE


def jump(label: str, custom_id: str) -> ui.Button[Any]:
    """Return a button that a module which this one can't import handles."""
    return ui.Button(label=label, custom_id=custom_id)


def _slug(career: str, careers: RoleRegistry) -> str:
    if career == NONE:
        return ""
    loaded = careers.by_key(career)
    if loaded is None:
        raise CareerGone
    return loaded.slug


def _sign(signs: Mapping[str, Level] | Mapping[str, Kind], meant: Level | Kind) -> str:
    return next(sign for sign, each in signs.items() if each is meant)
