"""What somebody must know: something could not be posted, and what it takes to mend it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.model import CatchUp, Kind, Target, TargetKind
from bot.i18n import later

NOTICE = Kind("notice", timedelta(days=7), CatchUp.EACH, title=later("Notices"))
RECOVERY = Kind("recovery", timedelta(days=1), CatchUp.EACH, title=later("Notices"))


NOWHERE = Target.channel(0)
"""The target of a trouble that is about no place."""


@dataclass(frozen=True)
class Trouble:
    """Something that needs somebody, such as what can't be posted.

    It concerns one member, or else a server's managers.
    """

    target: Target
    kind: str
    """The name of the kind of delivery, or of what else the matter is."""

    reason: str
    guild_id: int | None
    member_id: int | None = None
    configured_by: int | None = None
    subject_id: int | None = None
    """Which thing of the feature it is about, where somebody is told of each."""

    @property
    def key(self) -> str:
        """What there is one open notice about, however often it fails."""
        if self.member_id is None and self.subject_id is not None:
            return f"guild:{self.guild_id}:{self.kind}:{self.subject_id}"
        if self.member_id is None:
            return key_of_place(self.guild_id or 0, self.target)
        of_theirs = f"member:{self.member_id}:{self.kind}"
        return of_theirs if self.subject_id is None else f"{of_theirs}:{self.subject_id}"


@dataclass(frozen=True)
class Notice:
    """A trouble that somebody is told of, once, until it is over."""

    id: int
    trouble: Trouble
    failures: int
    opened_at: datetime
    told_at: datetime | None
    told_in: Target | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Moved:
    """Another channel takes the place of one that can't be posted in."""

    guild_id: int
    before: int
    after: int
    by: int
    """The manager who has picked it."""


def waiting(guild_id: int, kind: str) -> Trouble:
    """Return what managers are told while something of that kind waits for people."""
    return Trouble(target=NOWHERE, kind=kind, reason=kind, guild_id=guild_id, subject_id=0)


def key_of_place(guild_id: int, target: Target) -> str:
    """Return the key of the notice about a place of a server."""
    return f"guild:{guild_id}:{target.kind.value}:{target.id}"


def route(trouble: Trouble, notice_channel: int | None, owner_id: int | None) -> tuple[Target, ...]:
    """Return where managers are told, best first: their channel, who set it up, the owner."""
    places: list[Target] = []
    if notice_channel is not None:
        places.append(Target.channel(notice_channel))
    places += [Target.user(each) for each in (trouble.configured_by, owner_id) if each is not None]
    return tuple(dict.fromkeys(place for place in places if place != trouble.target))


def after(places: tuple[Target, ...], place: Target) -> Target | None:
    """Return the next place on a route, or None at its end."""
    here = places.index(place) if place in places else -1
    return next(iter(places[here + 1 :]), None)


def is_channel(target: Target) -> bool:
    """Return whether a target is a channel or thread, which can be replaced by another."""
    return target.kind is TargetKind.CHANNEL
