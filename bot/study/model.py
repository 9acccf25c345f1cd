"""Groups that prepare together, who is in them, and what is posted of them.

The rules are explained in docs/study.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.delivery.model import CatchUp, Kind, Target, Urgency
from bot.guilds.model import NOWHERE, Trouble
from bot.i18n import later

MAX_NAME = 60
MAX_TOPIC = 200
FEWEST, MOST = 2, 50
"""Places in a group."""

MOST_IN_A_SERVER = 50
MOST_OF_A_MEMBER = 10
"""Open groups; with those they wait for or have asked to join."""

MOST_ORGANISERS = 5
"""Of one group, beside its owner."""

UNDO_FOR = timedelta(days=1)
"""How long leaving, and removing somebody, can be undone."""

ASK_AGAIN_AFTER = timedelta(days=7)
"""When somebody who was declined may ask again."""

TAKE_OVER_WITHIN = timedelta(days=7)
"""How long one member is waited for before the next is asked."""

DORMANT_AFTER = timedelta(days=60)
ARCHIVED_AFTER = timedelta(days=14)
"""After it was asked whether a group still meets."""

KEPT_FOR = timedelta(days=90)
"""How long a closed group can be opened again; then it is erased."""

EDITED_AFTER = timedelta(seconds=3)
"""So that several changes at once are one edit of a card."""

TOLD_AFTER = timedelta(minutes=2)
"""When somebody is told of what is likely to be undone at once."""

_A_DAY = timedelta(days=1)
_TITLE = later("Study groups")

CARD = Kind("study_card", _A_DAY, CatchUp.EACH, title=_TITLE)
"""Posts a group's card."""

EDIT = Kind("study_edit", _A_DAY, CatchUp.EACH, Urgency.RELAXED, title=_TITLE)
"""Brings a card up to date, and pins it."""

THREAD = Kind("study_thread", _A_DAY, CatchUp.EACH, Urgency.RELAXED, title=_TITLE)
"""Archives a group's own thread, or opens it again."""

DORMANT = Kind("study_dormant", 7 * _A_DAY, CatchUp.EACH, Urgency.RELAXED, title=_TITLE)
"""Asks a group whether it still meets."""

NEWS = Kind("study_news", 7 * _A_DAY, CatchUp.EACH, title=_TITLE, personal=True)
"""Tells one member how they stand in a group."""

REQUEST = Kind("study_request", 7 * _A_DAY, CatchUp.EACH, title=_TITLE, personal=True)
"""Tells an organiser that somebody asks to join."""

OFFER = Kind("study_offer", TAKE_OVER_WITHIN, CatchUp.EACH, title=_TITLE, personal=True)
"""Asks a member to take a group over."""

KINDS = (CARD, EDIT, THREAD, DORMANT, NEWS, REQUEST, OFFER)
OF_GROUPS = (CARD.name, EDIT.name, THREAD.name, DORMANT.name)
"""Kinds whose subject is a group."""

OF_ENTRIES = (NEWS.name, REQUEST.name, OFFER.name)
"""Kinds whose subject is somebody's entry in a group."""

NO_OWNER = "study_no_owner"
"""The matter of which managers are told that nobody takes a group over."""


class Admission(StrEnum):
    """How one joins."""

    OPEN = "open"
    REQUEST = "request"
    """An organiser lets them in."""


class State(StrEnum):
    """Whether a group goes on."""

    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"
    """Closed as nothing happened in it any more."""


class Standing(StrEnum):
    """How somebody stands in a group."""

    MEMBER = "member"
    WAITING = "waiting"
    """For a free place."""

    ASKED = "asked"
    """An organiser is to let them in."""

    DECLINED = "declined"
    LEFT = "left"
    WITHDREW = "withdrew"
    """They had asked, and took it back."""

    REMOVED = "removed"
    """By an organiser; they don't come in again unasked."""

    AWAY = "away"
    """They have left the server."""


IN_OR_ON_THE_WAY = frozenset({Standing.MEMBER, Standing.WAITING, Standing.ASKED})


class Rank(StrEnum):
    """What a member may do in a group."""

    OWNER = "owner"
    ORGANISER = "organiser"
    MEMBER = "member"


class News(StrEnum):
    """Of what somebody is told."""

    IN = "in"
    """They have a place: they were let in, or moved up."""

    WAITING = "waiting"
    """They were let in, but all places are taken."""

    DECLINED = "declined"
    REMOVED = "removed"
    OWNER = "owner"
    """The group is theirs now."""


SAID_OF: dict[News, Standing] = {
    News.IN: Standing.MEMBER,
    News.WAITING: Standing.WAITING,
    News.DECLINED: Standing.DECLINED,
    News.REMOVED: Standing.REMOVED,
    News.OWNER: Standing.MEMBER,
}
"""How they must still stand for it to be told."""


@dataclass(frozen=True)
class Wish:
    """What a group is to be."""

    name: str
    topic: str
    """In free words; may be empty."""

    role: str | None
    """A career's slug."""

    phase: str | None
    """The title of a phase of its roadmap."""

    size: int
    admission: Admission
    zone: str
    """The IANA zone in which it meets; everybody sees it."""


@dataclass(frozen=True)
class Place:
    """Where a group is."""

    channel_id: int
    """A channel or thread."""

    own_thread: bool
    """Whether the thread was made for it, and goes with it."""


@dataclass(frozen=True)
class Group:
    """A group of a server."""

    id: int
    guild_id: int
    wish: Wish
    place: Place
    state: State
    active_at: datetime
    """When anything last happened in it."""

    asked_at: datetime | None
    """When it was asked whether it still meets; None once somebody has answered."""

    closed_at: datetime | None
    card_id: int | None
    """The message of its card."""

    card_due: datetime | None
    """When the edit comes that shows all changes so far; None if there is none to come."""

    pinned: bool | None
    """Whether the card is pinned; None if that wasn't tried yet."""

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.state is State.OPEN

    @property
    def target(self) -> Target:
        """Where what concerns all of it is posted."""
        return Target.channel(self.place.channel_id)


@dataclass(frozen=True)
class Entry:
    """Somebody in a group, on their way into it, or out of it."""

    id: int
    """Those who came first have the smaller one."""

    group_id: int
    guild_id: int
    member_id: int
    standing: Standing
    rank: Rank
    at: datetime
    """Since when they stand so."""

    offered_at: datetime | None
    """When they were asked to take the group over."""

    refused: bool
    """Whether they have said no to that."""

    @property
    def is_in(self) -> bool:
        """Whether they have a place."""
        return self.standing is Standing.MEMBER

    @property
    def is_concerned(self) -> bool:
        """Whether they are in, wait, or have asked."""
        return self.standing in IN_OR_ON_THE_WAY


def ownerless(group: Group) -> Trouble:
    """Return what managers are told while nobody organises a group."""
    return Trouble(
        target=NOWHERE,
        kind=NO_OWNER,
        reason=NO_OWNER,
        guild_id=group.guild_id,
        subject_id=group.id,
    )
