"""How far a goal is: in percent, or counted, such as 3 of 10."""

import re
from dataclasses import dataclass

from bot.errors import MemberError
from bot.i18n import _

WHOLE = 100
"""Percent."""

MOST_COUNTED = 1_000_000

PERCENT = re.compile(r"(\d{1,9})\s*%?")
COUNTED = re.compile(r"(\d{1,9})\s*(?:/|of)\s*(\d{1,9})", re.IGNORECASE)


class UnclearProgress(MemberError):
    """A progress that is neither a percentage nor a count."""

    def __init__(self, typed: str) -> None:
        text = _("I don't understand the progress “{typed}”. Try “40%” or “3 of 10”.")
        super().__init__(text.format(typed=typed))


@dataclass(frozen=True)
class Progress:
    """What is reached: percent, or `value` of `total`. Raises ValueError beyond the whole."""

    value: int
    total: int | None = None
    """None for percent."""

    def __post_init__(self) -> None:
        if self.total is not None and not 1 <= self.total <= MOST_COUNTED:
            raise ValueError(f"total {self.total} is not between 1 and {MOST_COUNTED}")
        if not 0 <= self.value <= self.whole:
            raise ValueError(f"{self.value} is not between 0 and {self.whole}")

    @property
    def whole(self) -> int:
        """What `value` is when all is reached."""
        return WHOLE if self.total is None else self.total

    @property
    def percent(self) -> int:
        """What is reached in percent, rounded down: 100 means all of it."""
        return self.value * WHOLE // self.whole

    @property
    def as_typed(self) -> str:
        """The text that `progress_in` reads back."""
        return f"{self.value}%" if self.total is None else f"{self.value} of {self.total}"


def progress_in(typed: str) -> Progress | None:
    """Return the progress that a text says, None for a blank one. Raises UnclearProgress."""
    text = " ".join(typed.split())
    if not text:
        return None
    try:
        if found := COUNTED.fullmatch(text):
            return Progress(int(found[1]), int(found[2]))
        if found := PERCENT.fullmatch(text):
            return Progress(int(found[1]))
    except ValueError:
        pass
    raise UnclearProgress(text[:40])
