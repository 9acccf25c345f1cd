"""Who is in a group, who waits and who has asked, and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.study.errors import GroupClosed, NameUnfit, NotAnOrganiser, NotInGroup, NotTheOwner
from bot.study.model import MAX_NAME, TAKE_OVER_WITHIN, Admission, Entry, Group, Rank, Standing


@dataclass(frozen=True)
class Roll:
    """A group with everybody it knows, in order of arrival."""

    group: Group
    entries: tuple[Entry, ...]

    @property
    def members(self) -> list[Entry]:
        """Those who have a place: the owner, organisers, then the others."""
        order = [*Rank]
        found = self._standing(Standing.MEMBER)
        return sorted(found, key=lambda each: (order.index(each.rank), each.at, each.id))

    @property
    def waiting(self) -> list[Entry]:
        """Those who wait for a place, first come first."""
        return self._standing(Standing.WAITING)

    @property
    def asking(self) -> list[Entry]:
        """Those whom an organiser is to let in, first come first."""
        return self._standing(Standing.ASKED)

    @property
    def owner(self) -> Entry | None:
        """Whose group it is; None while nobody has taken it over."""
        return next((each for each in self.members if each.rank is Rank.OWNER), None)

    @property
    def organisers(self) -> list[Entry]:
        """The owner, and who organises with them."""
        return [each for each in self.members if each.rank is not Rank.MEMBER]

    @property
    def free(self) -> int:
        """How many places are free; none while more are in than a lowered limit has."""
        return max(0, self.group.wish.size - len(self.members))

    @property
    def arriving(self) -> Standing:
        """How somebody stands who may come in now."""
        return Standing.MEMBER if self.free and not self.waiting else Standing.WAITING

    def of(self, member_id: int) -> Entry | None:
        """Return a member's entry."""
        return next((each for each in self.entries if each.member_id == member_id), None)

    def concerned(self, member_id: int) -> Entry:
        """Return the entry of who is in, waits or has asked. Raises NotInGroup."""
        entry = self.of(member_id)
        if entry is None or not entry.is_concerned:
            raise NotInGroup
        return entry

    def member(self, member_id: int) -> Entry:
        """Return the entry of who has a place. Raises NotInGroup."""
        entry = self.of(member_id)
        if entry is None or not entry.is_in:
            raise NotInGroup
        return entry

    def place_of(self, entry: Entry) -> int:
        """Return the place on the waiting list, from 1; 0 for who isn't on it."""
        ids = [each.id for each in self.waiting]
        return ids.index(entry.id) + 1 if entry.id in ids else 0

    def moving_up(self) -> list[Entry]:
        """Return who gets a place that is free now."""
        return self.waiting[: self.free] if self.group.is_open else []

    def has_to_ask(self, entry: Entry | None) -> bool:
        """Return whether who comes must be let in: always, where they had to before."""
        had_to = entry is not None and entry.standing in {Standing.REMOVED, Standing.WITHDREW}
        return had_to or self.group.wish.admission is Admission.REQUEST

    def organises(self, member_id: int) -> bool:
        """Return whether a member is the owner or another organiser."""
        return any(each.member_id == member_id for each in self.organisers)

    def require_open(self) -> None:
        """Raise GroupClosed unless the group goes on."""
        if not self.group.is_open:
            raise GroupClosed

    def require_organiser(self, by: "Actor") -> None:
        """Raise NotAnOrganiser unless whoever acts is one, or manages the server."""
        if not (by.manages or self.organises(by.id)):
            raise NotAnOrganiser

    def require_owner(self, by: "Actor") -> None:
        """Raise NotTheOwner unless whoever acts is it, or manages the server."""
        owner = self.owner
        if not (by.manages or (owner is not None and owner.member_id == by.id)):
            raise NotTheOwner

    def _standing(self, standing: Standing) -> list[Entry]:
        return sorted(
            (each for each in self.entries if each.standing is standing), key=lambda each: each.id
        )


@dataclass(frozen=True)
class Actor:
    """Whoever acts."""

    id: int
    manages: bool = False
    """Whether they manage the server: then they may do what organisers may."""


def heirs(roll: Roll) -> list[Entry]:
    """Return who may be asked to take a group over, best first.

    Organisers come first, then who is in it for the longest; nobody is asked twice.
    """
    return [each for each in roll.members if each.offered_at is None]


def is_offered(entry: Entry, now: datetime) -> bool:
    """Return whether it is a member's turn to take their group over."""
    since = entry.offered_at
    in_time = since is not None and now < since + TAKE_OVER_WITHIN
    return entry.is_in and in_time and not entry.refused


def offered(entries: Sequence[Entry], now: datetime) -> Entry | None:
    """Return whose turn it is to take a group over."""
    return next((each for each in entries if is_offered(each, now)), None)


def name_meant(typed: str) -> str:
    """Return a group's name, on one line. Raises NameUnfit."""
    name = " ".join(typed.split())
    if not 1 <= len(name) <= MAX_NAME:
        raise NameUnfit
    return name
