"""What members finish, whether it may be announced, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.delivery.model import CatchUp, Kind, Urgency
from bot.errors import MemberError
from bot.i18n import _, later

UNDO_FOR = timedelta(minutes=10)
"""How long what is to be announced can be undone before anybody sees it."""

LONGEST_BATCH = timedelta(hours=1)
"""From the first on, how long more of one member's joins what is to be announced at once."""

ASKED_FOR = timedelta(days=30)
"""How long what wasn't announced can still be."""

CELEBRATION = Kind(
    "celebration",
    timedelta(days=1),
    CatchUp.EACH,
    Urgency.RELAXED,
    title=later("Celebrations"),
)
EDIT = Kind(
    "celebration_edit",
    timedelta(days=1),
    CatchUp.EACH,
    Urgency.RELAXED,
    title=later("Celebrations"),
)


class Occasion(StrEnum):
    """What is finished."""

    PHASE = "phase"
    JOURNEY = "journey"
    GOAL = "goal"
    INTERVIEW = "interview"
    OFFER = "offer"
    ACCEPTED = "accepted"
    """An application that was accepted."""


class Consent(StrEnum):
    """Whether a member lets something be announced."""

    ALWAYS = "always"
    ASK = "ask"
    NEVER = "never"


class State(StrEnum):
    """How what was finished stands. What was posted or taken off is never announced again."""

    ASKED = "asked"
    """Not announced unless its member says so."""

    PLANNED = "planned"
    REOPENED = "reopened"
    """It was taken back before anybody saw it."""

    POSTED = "posted"
    """Announced, or about to be at this instant."""

    WITHDRAWN = "withdrawn"
    """Announced, and taken off again."""


@dataclass(frozen=True)
class Subject:
    """Which thing of a feature was finished."""

    occasion: Occasion
    guild_id: int
    member_id: int
    subject_id: int
    """Of a journey, or of a milestone."""

    part: int = 0
    """Of a journey's phase: the id of the task that ends it."""

    known_by: tuple[int, ...] = field(default=(), compare=False)
    """Of a journey's phase: the ids of all its tasks, as its pack may end it by another one now."""


@dataclass(frozen=True)
class Deed:
    """Something that a member has just finished."""

    subject: Subject
    again: bool = False
    """Whether it had been finished before it was known here."""


@dataclass(frozen=True)
class Celebration:
    """Something finished that is, or may be, announced."""

    id: int
    subject: Subject
    state: State
    at: datetime
    """When it was heard that it is finished; all that one act finished has the same."""

    agreed: bool
    """Whether its member has said of this very one that it may be announced."""

    post_id: int | None


@dataclass(frozen=True)
class Post:
    """A message that announces what one member has finished."""

    id: int
    guild_id: int
    member_id: int
    began_at: datetime
    due: datetime
    delivery_id: int | None
    """The delivery by which it is, or was, posted: nothing joins it any more."""

    channel_id: int | None
    message_id: int | None


@dataclass(frozen=True)
class Told:
    """Something finished, in its own words: those are its member's, and must be made inert."""

    occasion: Occasion
    title: str
    career: str = ""


class Source(Protocol):
    """What knows the words of what was finished."""

    async def told(self, subject: Subject) -> Told | None:
        """Return it in words; None if it is gone, or open again."""
        ...


@dataclass(frozen=True)
class Batch:
    """What one act of a member has finished, as they see it."""

    guild_id: int
    member_id: int
    at: datetime
    told: tuple[Told, ...]
    states: frozenset[State]
    channel_id: int | None
    due: datetime | None
    """When it is announced, if it is still to be."""

    is_out: bool = False
    """Whether others see it."""


@dataclass(frozen=True)
class Announcement:
    """A post with all it says, and how many have congratulated."""

    post: Post
    told: tuple[Told, ...]
    count: int


def consented(consent: Consent, *, agreed: bool) -> bool:
    """Return whether something may be announced, as its member wants it by now."""
    return consent is Consent.ALWAYS or (consent is Consent.ASK and agreed)


def known(found: Sequence[Told | None]) -> tuple[Told, ...]:
    """Return what is still there to be told of."""
    return tuple(each for each in found if each is not None)


class NotYourCelebration(MemberError):
    """Somebody pressed a button about what another member has finished."""

    def __init__(self) -> None:
        super().__init__(_("That is somebody else's. Only they decide whether it is announced."))


class CelebrationGone(MemberError):
    """It was taken back, or its member was forgotten."""

    def __init__(self) -> None:
        super().__init__(_("That was taken back, so there is nothing to announce any more."))


class AnnouncedNowhere(MemberError):
    """The server has no channel for celebrations."""

    def __init__(self) -> None:
        text = _("Nothing is announced here: managers choose a channel for it with `/settings`.")
        super().__init__(text)


class NeverAnnounced(MemberError):
    """A member's settings say that such things are never announced."""

    def __init__(self) -> None:
        text = _("Your settings say that this is never announced. `/my settings` changes that.")
        super().__init__(text)


class YourOwn(MemberError):
    """A member congratulates themselves."""

    def __init__(self) -> None:
        super().__init__(_("That one is yours: enjoy it. The others may congratulate you."))
