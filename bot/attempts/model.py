"""An attempt at an interview question, and who may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from bot.errors import MemberError
from bot.i18n import _, ngettext
from bot.streaks.model import Act

MAX_TEXT = 4000
"""Characters, as many as Discord's form takes."""

BEST_SHOWN = 3
"""Shared attempts that are shown when a question is revealed."""

TAKEN_BACK_KEPT_FOR = timedelta(days=1)
"""How long one's own attempt can be had again after it was taken back."""

MARK_LENGTH = 5
"""Characters by which a key point is known: two of seven are alike once in 50,000 questions."""


class Sharing(StrEnum):
    """Who may see an attempt."""

    PRIVATE = "private"
    SHARED = "shared"
    """Everyone in the server, under its author's name."""

    ANONYMOUS = "anonymous"
    """Everyone in the server; who wrote it isn't said."""


@dataclass(frozen=True)
class Asked:
    """A question as it was posted for a server to answer."""

    post_id: int
    guild_id: int
    question_key: str
    revealed: bool = False
    """Whether its key points are out: attempts stay as they are, and new ones are late."""


@dataclass(frozen=True)
class Attempt:
    """A member's answer to a posted question; there is one for each member and post."""

    id: int
    post_id: int
    guild_id: int
    member_id: int
    question_key: str
    text: str
    sharing: Sharing
    ticked: frozenset[str] | None
    """Marks of the key points that its author says it covers; None: not said."""

    act: Act
    """When it was sent, and the author's local day then.

    Edits credit no other day, but for the one by which it first says enough to count.
    """

    edited_at: datetime | None
    late: bool
    counts: bool
    """For a streak and as one of a leaderboard's answers; once it does, it always does."""

    hidden: bool = False
    """By a facilitator: its author and they alone see it, whatever its author chose."""

    votes: int = 0

    @property
    def is_shown(self) -> bool:
        """Whether everyone in the server may see it."""
        return self.sharing is not Sharing.PRIVATE and not self.hidden


@dataclass(frozen=True)
class Result:
    """What came of an attempt."""

    day: date
    """The author's local day on which it was sent."""

    counts: bool
    votes: int


@dataclass(frozen=True)
class Ticks:
    """What those who answered a question say that they covered."""

    members: int = 0
    """Who said so, of whatever point."""

    by_mark: tuple[tuple[str, int], ...] = ()

    def of(self, point: str) -> int:
        """Return how many covered a key point."""
        return dict(self.by_mark).get(mark_of(point), 0)


NO_TICKS = Ticks()


class AttemptGone(MemberError):
    """There is no such attempt, or it isn't for who asked to see."""

    def __init__(self) -> None:
        super().__init__(_("That answer is gone. Its author may have taken it back."))


class NothingToPutBack(MemberError):
    """An attempt was taken back too long ago, or isn't taken back at all."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to put back any more. You can answer again."))


class HiddenByFacilitator(MemberError):
    """An author wants to share an attempt that a facilitator has hidden."""

    def __init__(self) -> None:
        text = _("A facilitator has hidden this answer here, so only you see it. Ask them why.")
        super().__init__(text)


class NothingWritten(MemberError):
    """An attempt without words."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing in your answer yet. Write a few words, then send it."))


class TooMuchWritten(MemberError):
    """An attempt that is longer than may be kept."""

    def __init__(self, characters: int) -> None:
        over = characters - MAX_TEXT
        text = ngettext(
            "Your answer is {count} character too long. {most} fit.",
            "Your answer is {count} characters too long. {most} fit.",
            over,
        )
        super().__init__(text.format(count=over, most=MAX_TEXT))


class AlreadyRevealed(MemberError):
    """An attempt can't be changed any more, as its question has been revealed."""

    def __init__(self) -> None:
        super().__init__(
            _("The key points are out, so answers stay as they are. Practise it again instead.")
        )


class NotForYourOwn(MemberError):
    """Somebody votes for their own attempt."""

    def __init__(self) -> None:
        super().__init__(_("You can't vote for your own answer. Read somebody else's."))


def mark_of(point: str) -> str:
    """Return by what a key point is known: it stays when points are put in another order."""
    return sha256(" ".join(point.split()).casefold().encode()).hexdigest()[:MARK_LENGTH]


def marks_of(points: Iterable[str]) -> list[str]:
    """Return the marks of key points, in their order."""
    return [mark_of(point) for point in points]


def checked(text: str) -> str:
    """Return an attempt's text without blanks around it. Raises NothingWritten, TooMuchWritten."""
    written = text.replace("\0", "").strip()
    if not written:
        raise NothingWritten
    if len(written) > MAX_TEXT:
        raise TooMuchWritten(len(written))
    return written
