"""What is held on a member, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.delivery.model import CatchUp, Kind, Urgency
from bot.errors import MemberError
from bot.i18n import _, later

ERASURE = Kind(
    "erasure", timedelta(days=365), CatchUp.EACH, Urgency.RELAXED, title=later("Erasures")
)
"""Erases what is held on a member, or a server, that has been gone for long enough."""

GUILD_KEPT_FOR = timedelta(days=30)
"""How long a server's rows are kept after it has removed the bot."""

ITSELF = 0
"""Stands for the bot where it is the one that is gone from a server."""


@dataclass(frozen=True)
class Scope:
    """One server, or everywhere: all servers and what belongs to none."""

    guild_id: int | None = None
    channels: frozenset[int] = frozenset()
    """The server's channels, as far as they are known: some rows name nothing else."""


EVERYWHERE = Scope()


@dataclass(frozen=True)
class Part:
    """Rows of one title: those that are a member's own, and others in which they are named."""

    title: str
    """Marked with `later`."""

    own: int
    named: int


@dataclass(frozen=True)
class Receipt:
    """What a member's erasure did."""

    reference: str
    """Says nothing of the member; the log has it too."""

    at: datetime
    parts: Sequence[Part]

    @property
    def own(self) -> int:
        """How many rows were deleted."""
        return sum(part.own for part in self.parts)

    @property
    def named(self) -> int:
        """How many rows lost the member's name."""
        return sum(part.named for part in self.parts)


@dataclass(frozen=True)
class Sheet:
    """Rows of one table, as a member gets them."""

    name: str
    title: str
    about: str
    """Both are marked with `later`."""

    rows: Sequence[Mapping[str, Any]]
    total: int
    """How many there are; more than `rows` where the newest alone are given."""


@dataclass(frozen=True)
class Membership:
    """A member of a server, or the bot (`ITSELF`), as far as Discord has told."""

    id: int
    guild_id: int
    member_id: int
    checked_at: datetime | None
    """When they were last looked for; None if they are to be looked for soon."""

    left_at: datetime | None
    channels: frozenset[int]
    """The channels of a server that has removed the bot."""


class NothingHeld(MemberError):
    """There is nothing to forget or to give."""

    def __init__(self) -> None:
        super().__init__(_("I hold nothing on you there, so there is nothing to do."))


class TooMuchToSend(MemberError):
    """What is held on a member doesn't fit into a file, even cut to the newest rows."""

    def __init__(self) -> None:
        text = _("That is more than fits into one file here. Ask whoever runs this bot for it.")
        super().__init__(text)


def summed(parts: Sequence[Part]) -> list[Part]:
    """Return one part a title, in their order, without empty ones."""
    titles = dict.fromkeys(part.title for part in parts if part.own or part.named)
    return [
        Part(
            title,
            sum(part.own for part in parts if part.title == title),
            sum(part.named for part in parts if part.title == title),
        )
        for title in titles
    ]
