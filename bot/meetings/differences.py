"""What an act changed: who is to be told, whose answers are to be asked again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.meetings.acts import Act
from bot.meetings.model import Series, Session
from bot.meetings.rules import instant_of, on
from bot.meetings.series import find, occurrences


@dataclass(frozen=True)
class Differences:
    """Sessions that an act changed. Those of the same time, length and id aren't in it."""

    moved: tuple[tuple[Session, Session], ...] = ()
    """As it was, and as it is: at another time, or of another length."""

    renamed: tuple[tuple[Session, Session], ...] = ()
    """As they were, but of another series now: what was answered for the old id holds on."""

    cancelled: tuple[Session, ...] = ()
    new: tuple[Session, ...] = ()


def differences(act: Act, begin: datetime, end: datetime) -> Differences:
    """Return what changed of the sessions that began, or begin now, from `begin` to before `end`.

    After "this and all following" a session and its new one are those of the same date.
    """
    old, new = _listed(act.before, begin, end), _listed(act.after, begin, end)
    pairs = set(_pairs(old, act.after))
    pairs |= {(before, after) for after, before in _pairs(new, act.before)}
    kept = [(was, now) for was, now in pairs if was is not None and now is not None]
    apart = sorted((pair for pair in kept if pair[0] != pair[1]), key=lambda pair: pair[0].start)
    return Differences(
        tuple(pair for pair in apart if _is_moved(*pair)),
        tuple(pair for pair in apart if _is_renamed(*pair)),
        tuple(was for was in old if (was, None) in pairs),
        tuple(now for now in new if (None, now) in pairs),
    )


def _listed(every: Sequence[Series], begin: datetime, end: datetime) -> list[Session]:
    return [session for series in every for session in occurrences(series, begin, end)]


def _pairs(
    sessions: Sequence[Session], others: Sequence[Series]
) -> Iterator[tuple[Session, Session | None]]:
    return ((session, _counterpart(session, others)) for session in sessions)


def _counterpart(session: Session, others: Sequence[Series]) -> Session | None:
    original = session.id.original
    for series in others:
        if series.key == session.id.series and instant_of(series.when, original):
            return find(series, original)
    for series in others:
        same_date = on(series.when, original.date())
        if same_date is not None:
            return find(series, same_date)
    return None


def _is_moved(was: Session, now: Session) -> bool:
    return (was.start, was.minutes) != (now.start, now.minutes)


def _is_renamed(was: Session, now: Session) -> bool:
    return not _is_moved(was, now) and was.id != now.id
