"""An attempt at an interview question, and who may see it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.errors import MemberError
from bot.i18n import _, ngettext
from bot.streaks.model import Act

MAX_TEXT = 4000
"""Characters, as many as Discord's form takes."""

BEST_SHOWN = 3
"""Shared attempts that are shown when a question is revealed."""


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
    reveal_at: datetime
    """Until when an attempt can be changed; what comes later is marked as late."""


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
    ticked: frozenset[int] | None
    """Places of the key points, counted from 0, that its author says it covers; None: not said."""

    act: Act
    """When it was first sent, and the author's local day then: edits credit no other day."""

    edited_at: datetime | None
    late: bool
    votes: int = 0


class AttemptGone(MemberError):
    """There is no such attempt, or it isn't for who asked to see."""

    def __init__(self) -> None:
        super().__init__(_("That answer is gone. Its author may have taken it back."))


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


def checked(text: str) -> str:
    """Return an attempt's text without blanks around it. Raises NothingWritten, TooMuchWritten."""
    written = text.replace("\0", "").strip()
    if not written:
        raise NothingWritten
    if len(written) > MAX_TEXT:
        raise TooMuchWritten(len(written))
    return written
