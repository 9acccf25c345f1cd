"""A setting, described once: who owns it, its type, its default, its limits and its help."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.errors import MemberError

Value = TypeVar("Value")


class Owner(StrEnum):
    """Whose setting it is."""

    MEMBER = "member"
    GUILD = "guild"
    CHANNEL = "channel"


class Input(StrEnum):
    """How a value is picked."""

    ZONE = "zone"
    CHANNEL = "channel"
    ROLE = "role"
    CAREER = "career"
    CAREERS = "careers"
    OPTION = "option"
    """One of `Setting.options`."""


@dataclass(frozen=True)
class Option:
    """A value to choose: what `Setting.parse` reads, and what people read."""

    text: str
    label: str


class UnclearValue(MemberError):
    """What was typed is no value, or may be several; `options` are those that may be meant."""

    def __init__(self, text: str, options: Sequence[Option] = ()) -> None:
        super().__init__(text)
        self.options = tuple(options)


@dataclass(frozen=True)
class Kept(Generic[Value]):
    """What was written, read again: the value, and what of it stands for nothing any more."""

    value: Value
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting(Generic[Value]):
    """A setting of a member, a server or a channel."""

    owner: Owner
    name: str
    title: str
    """What it is called, marked with `later`."""

    help: str
    """What it does and what may be given, marked with `later`."""

    input: Input
    default: Value
    parse: Callable[[str], Value]
    """Read what a person typed, or what `write` or `abbreviate` wrote. Raises MemberError."""

    write: Callable[[Value], str]
    """Return the value as text, which `parse` reads."""

    show: Callable[[Value, datetime], str]
    """Return the value for people, at this instant."""

    read: Callable[[str], Kept[Value]] | None = None
    """Read what `write` wrote where some of it may be gone; else `parse` does."""

    abbreviate: Callable[[Value], str] | None = None
    """Return the value as a short text, which `parse` reads; else `write` does."""

    options: Callable[[], Sequence[Option]] | None = None
    """Return all values there are, at most 25, for `Input.OPTION`."""

    def kept(self, written: str) -> Kept[Value]:
        """Return what was written as it is now. Raises MemberError."""
        return self.read(written) if self.read else Kept(self.parse(written))

    def abbreviated(self, value: Value) -> str:
        """Return the value as text where space is scarce."""
        return (self.abbreviate or self.write)(value)


@dataclass(frozen=True)
class Choice(Generic[Value]):
    """What an owner has chosen, or the default."""

    setting: Setting[Value]
    value: Value
    changed_by: int | None = None
    changed_at: datetime | None = None
    gone: tuple[str, ...] = ()
    """What was chosen too and stands for nothing any more."""

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
        """Return the settings of members, of servers, or of channels."""
        return [each for (kind, _), each in self._settings.items() if kind is owner]

    def named(self, owner: Owner, name: str) -> Setting[Any] | None:
        """Return a setting, or None where a later version has dropped it."""
        return self._settings.get((owner, name))
