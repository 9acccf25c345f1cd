"""What a member typed about a time can't be taken as it is."""

from collections.abc import Sequence

from bot.errors import MemberError
from bot.i18n import _

MAX_LISTED = 5
"""Choices in the text; as many buttons fit in one row in Discord."""


class UnclearTime(MemberError):
    """A time that is gibberish, ambiguous, past or too far off.

    The text says what is the matter, and then lists the choices or gives the example. Each of
    `choices` is a complete phrase that `bot.when.phrases.understand` accepts as it is.
    """

    def __init__(
        self, what: str, choices: Sequence[str] = (), example: str = "tomorrow 7pm"
    ) -> None:
        super().__init__(f"{what} {_offer(choices[:MAX_LISTED] or (example,))}")
        self.what = what
        self.choices = tuple(choices)
        self.example = example


class ZoneNeeded(UnclearTime):
    """The phrase names a time of day, and nobody knows yet in which zone."""


class UnclearZone(UnclearTime):
    """A zone that is unknown or ambiguous; `choices` are the IANA names it could be."""


def _offer(phrases: Sequence[str]) -> str:
    quoted = [f"“{phrase}”" for phrase in phrases]
    if len(quoted) == 1:
        return _("Try {phrase}.").format(phrase=quoted[0])
    several = ", ".join(quoted[:-1])
    return _("Did you mean {several} or {last}?").format(several=several, last=quoted[-1])
