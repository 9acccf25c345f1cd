"""Which sessions of a series take place, and when."""

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from itertools import takewhile
from operator import attrgetter

from bot.meetings.model import Moved, Series, Session, SessionId
from bot.meetings.rules import INSTANT, before_all, dated, instant_of


def upcoming(series: Series, after: datetime) -> Iterator[Session]:
    """Yield the sessions that begin strictly after an instant, in order; there may be no end."""
    sessions = merge(_regular(series, after), _moved(series, after), key=attrgetter("start"))
    return takewhile(lambda session: _takes_place(series, session), sessions)


def occurrences(series: Series, begin: datetime, end: datetime) -> list[Session]:
    """Return the sessions that begin from `begin` on and before `end`, in order."""
    sessions = upcoming(series, begin - INSTANT)
    return list(takewhile(lambda session: session.start < end, sessions))


def next_after(series: Series, after: datetime) -> Session | None:
    """Return the first session that begins strictly after an instant, or None."""
    return next(upcoming(series, after), None)


def whole(series: Series) -> Iterator[Session]:
    """Yield all sessions that the series ever has, in order; there may be no end."""
    moved = [each.to.instant for each in series.changes if isinstance(each, Moved)]
    return upcoming(series, min([before_all(series.when), *(at - INSTANT for at in moved)]))


def find(series: Series, original: datetime) -> Session | None:
    """Return the session that the series has at a wall time; None if it doesn't take place."""
    instant, change = instant_of(series.when, original), series.change_of(original)
    if instant is None:
        return None
    session = _as_changed(series, change) if isinstance(change, Moved) else None
    if change is None:
        session = Session(SessionId(series.key, original), instant, series.minutes)
    return session if session and _takes_place(series, session) else None


def _regular(series: Series, after: datetime) -> Iterator[Session]:
    changed = {change.original for change in series.changes}
    for wall, instant in dated(series.when, after):
        if wall not in changed:
            yield Session(SessionId(series.key, wall), instant, series.minutes)


def _moved(series: Series, after: datetime) -> list[Session]:
    moved = [_as_changed(series, each) for each in series.changes if isinstance(each, Moved)]
    return sorted((each for each in moved if each.start > after), key=attrgetter("start"))


def _as_changed(series: Series, change: Moved) -> Session:
    session_id = SessionId(series.key, change.original)
    return Session(session_id, change.to.instant, change.minutes, moved=True)


def _takes_place(series: Series, session: Session) -> bool:
    return series.cancelled_from is None or session.start < series.cancelled_from
