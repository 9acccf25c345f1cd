"""A setting, described once: who owns it, its type, its default, its limits and its help."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class Owner(StrEnum):
    """Whose setting it is."""

    MEMBER = "member"
    GUILD = "guild"


class Input(StrEnum):
    """How a value is picked."""

    ZONE = "zone"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Setting(Generic[Value]):
    """A setting of a member or a server."""

    owner: Owner
    name: str
    title: str
    """What it is called, marked with `later`."""

    help: str
    """What it does and what may be given, marked with `later`."""

    input: Input
    default: Value
    parse: Callable[[str], Value]
    """Read what a person typed, or what `write` wrote. Raises MemberError."""

    write: Callable[[Value], str]
    """Return the value as text, which `parse` reads."""

    show: Callable[[Value, datetime], str]
    """Return the value for people, at this instant."""


@dataclass(frozen=True)
class Choice(Generic[Value]):
    """What an owner has chosen, or the default."""

    setting: Setting[Value]
    value: Value
    changed_by: int | None = None
    changed_at: datetime | None = None

    @property
    def is_default(self) -> bool:
        """Whether nobody has chosen anything."""
        return self.changed_at is None


@dataclass(frozen=True)
class Change(Generic[Value]):
    """What was chosen before, and what is chosen now."""

    before: Choice[Value]
    after: Choice[Value]


class Registry:
    """All settings, in the order in which they are shown."""

    def __init__(self) -> None:
        self._settings: dict[tuple[Owner, str], Setting[Any]] = {}

    def register(self, *settings: Setting[Any]) -> None:
        """Add settings. Raises ValueError if there is one of that owner and name."""
        for setting in settings:
            key = (setting.owner, setting.name)
            if key in self._settings:
                raise ValueError(f"the setting {setting.owner} {setting.name} exists already")
            self._settings[key] = setting

    def of(self, owner: Owner) -> list[Setting[Any]]:
        """Return the settings of members, or of servers."""
        return [each for (kind, _), each in self._settings.items() if kind is owner]

    def named(self, owner: Owner, name: str) -> Setting[Any] | None:
        """Return a setting, or None where a later version has dropped it."""
        return self._settings.get((owner, name))
