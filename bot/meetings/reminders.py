"""Who is to be reminded of which session, when, and in which way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.meetings.model import Series, Session, SessionId
from bot.meetings.series import occurrences
from bot.when.quiet_hours import Quiet

LEADS = (timedelta(hours=24), timedelta(hours=1), timedelta(minutes=10))
"""How long before a session a group is reminded, if it chose nothing else."""


class Answer(StrEnum):
    """Whether a member comes."""

    GOING = "going"
    MAYBE = "maybe"
    CANT = "cant"


class Way(StrEnum):
    """How a member wants to be reminded."""

    CHANNEL = "channel"
    """By a mention in the group's channel."""

    DM = "dm"
    NONE = "none"


@dataclass(frozen=True)
class Rsvp:
    """A member's answer, which holds for the time that they were asked about."""

    answer: Answer
    start: datetime
    """When the session was to begin, in UTC, as they answered."""

    def holds(self, session: Session) -> bool:
        """Whether the session is still when it was."""
        return self.start == session.start


@dataclass(frozen=True)
class Attendee:
    """A member of the group, and how they want to be reminded."""

    id: int
    quiet: Quiet
    answers: Mapping[SessionId, Rsvp] = field(default_factory=dict[SessionId, Rsvp])
    way: Way = Way.CHANNEL
    lead: timedelta | None = None
    """Their own lead time, instead of all of the group's."""

    def comes_to(self, session: Session) -> bool:
        """Whether they are, or may be, going, at the time that it has now."""
        rsvp = self.answers.get(session.id)
        return rsvp is not None and rsvp.holds(session) and rsvp.answer is not Answer.CANT


@dataclass(frozen=True)
class Reminder:
    """One member's reminder of one session."""

    session: SessionId
    start: datetime
    """UTC: a reminder of another start is another reminder."""

    due: datetime
    """UTC."""

    way: Way
    member: int


@dataclass(frozen=True)
class Call:
    """What is posted at once: a message in the channel for several members, or one's own."""

    session: SessionId
    start: datetime
    due: datetime
    way: Way
    members: tuple[int, ...]
    """Their ids, in order."""


def reminders(
    series: Series,
    leads: Sequence[timedelta],
    attendees: Sequence[Attendee],
    begin: datetime,
    end: datetime,
) -> list[Reminder]:
    """Return the reminders that are due from `begin` on and before `end`, in order.

    One that falls in a member's quiet hours comes when they are over, and not at all if the session
    has begun by then. Several that come at the same instant are one.
    """
    longest = max([*leads, *(each.lead for each in attendees if each.lead)], default=timedelta())
    found = {
        reminder
        for session in occurrences(series, begin, end + longest)
        for attendee in attendees
        for reminder in _of(session, leads, attendee)
        if begin <= reminder.due < end
    }
    return sorted(found, key=lambda each: (each.due, each.session, each.member))


def calls(reminders: Iterable[Reminder]) -> list[Call]:
    """Return what is to be posted: one message mentions all members whose turn it is."""
    gathered: dict[tuple[SessionId, datetime, datetime, Way, int], list[int]] = {}
    for each in reminders:
        alone = each.member if each.way is Way.DM else 0
        message = (each.session, each.start, each.due, each.way, alone)
        gathered.setdefault(message, []).append(each.member)
    return [Call(*message[:4], tuple(sorted(members))) for message, members in gathered.items()]


def _of(session: Session, leads: Sequence[timedelta], attendee: Attendee) -> Iterator[Reminder]:
    if attendee.way is Way.NONE or not attendee.comes_to(session):
        return
    for lead in leads if attendee.lead is None else [attendee.lead]:
        wanted = session.start - lead
        due = attendee.quiet.over(wanted)
        if due == wanted or due < session.start:
            yield Reminder(session.id, session.start, due, attendee.way, attendee.id)
