"""What an organiser does with a series: each act gives the series anew, never touching the old."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.meetings.errors import NoSuchSession, NothingToCome, TooOften, WrongLength
from bot.meetings.model import LONGEST, Change, Moment, Moved, Series, Session, Skipped, When
from bot.meetings.rules import ending_before, first, often, on, rest
from bot.meetings.series import find
from bot.when.recurrence import Recurrence


@dataclass(frozen=True)
class Act:
    """The series as they were and as they are; `differences` says what that changed."""

    before: tuple[Series, ...]
    after: tuple[Series, ...]


def begin(key: str, when: When, minutes: int) -> Series:
    """Return a new series. Raises TooOften, WrongLength or NothingToCome."""
    return Series(key, _checked(when), _checked_length(minutes))


def skip(series: Series, original: datetime) -> Act:
    """Leave one session out. Raises NoSuchSession."""
    _found(series, original)
    return _changed(series, Skipped(original))


def move(series: Series, original: datetime, to: Moment, minutes: int | None = None) -> Act:
    """Give one session its own time, and maybe length. Raises NoSuchSession or WrongLength.

    One that is moved back to where the series has it isn't moved any more.
    """
    session = _found(series, original)
    length = session.minutes if minutes is None else _checked_length(minutes)
    act = _changed(series, Moved(original, to, length))
    own = find(_without(series, original), original)
    if own and (own.start, own.minutes) == (to.instant, length):
        return _act(series, _without(series, original))
    return act


def cancel(series: Series, now: datetime) -> Act:
    """Cancel all sessions that haven't begun; a cancelled series stays as it is."""
    if series.cancelled_from is not None and series.cancelled_from <= now:
        return Act((series,), (series,))
    return _act(series, replace(series, cancelled_from=now))


def restore(series: Series, earlier: Series, following: Series | None = None) -> Act:
    """Bring back what the series was earlier: the Undo of whatever was done to it.

    `following` is what "this and all following" made of it, and is no more.
    """
    act = _act(series, earlier)
    return replace(act, before=(series, following)) if following else act


def this_and_following(
    series: Series,
    original: datetime,
    key: str,
    *,
    when: When | None = None,
    minutes: int | None = None,
) -> Act:
    """Change one session and all after it: they become a series of their own, known by `key`.

    What was skipped or moved stays so where the new rule has a session on the same date; only a
    move of the session at `original` gives way to a new rule. From its first session on, the series
    itself is changed and keeps its key. Raises NoSuchSession, TooOften, WrongLength, NothingToCome.
    """
    _found(series, original)
    length = series.minutes if minutes is None else _checked_length(minutes)
    following = _following(series, original, None if when is None else _checked(when), length)
    if not isinstance(series.when, Recurrence) or _is_first(series, original):
        return _act(series, replace(following, key=series.key, follows=series.follows))
    ended = replace(
        series,
        when=ending_before(series.when, original),
        changes=tuple(each for each in series.changes if each.original < original),
        revision=series.revision + 1,
    )
    return Act((series,), (ended, replace(following, key=key, follows=series.key)))


def _following(series: Series, original: datetime, when: When | None, minutes: int) -> Series:
    new = _inheriting(series.when, original, when)
    old = [each for each in series.changes if each.original >= original]
    if when is not None:
        old = [each for each in old if each.original > original or isinstance(each, Skipped)]
    carried = [_carried(each, new, series.minutes, minutes) for each in old]
    changes = sorted(filter(None, carried), key=lambda each: each.original)
    return Series(series.key, new, minutes, tuple(changes), cancelled_from=series.cancelled_from)


def _inheriting(old: When, original: datetime, new: When | None) -> When:
    """Return the new rule without the dates that the old one left out."""
    if new is None:
        return rest(old, original) if isinstance(old, Recurrence) else old
    if isinstance(old, Moment) or isinstance(new, Moment):
        return new
    return replace(new, skipped=new.skipped | old.skipped)


def _carried(change: Change, when: When, old_length: int, new_length: int) -> Change | None:
    original = on(when, change.original.date())
    if original is None:
        return None
    if isinstance(change, Skipped):
        return Skipped(original)
    length = new_length if change.minutes == old_length else change.minutes
    return Moved(original, change.to, length)


def _changed(series: Series, change: Change) -> Act:
    others = _without(series, change.original).changes
    changes = sorted([*others, change], key=lambda each: each.original)
    return _act(series, replace(series, changes=tuple(changes)))


def _act(before: Series, after: Series) -> Act:
    return Act((before,), (replace(after, revision=before.revision + 1),))


def _without(series: Series, original: datetime) -> Series:
    kept = tuple(each for each in series.changes if each.original != original)
    return replace(series, changes=kept)


def _is_first(series: Series, original: datetime) -> bool:
    found = first(series.when)
    return found is not None and found[0] == original


def _found(series: Series, original: datetime) -> Session:
    session = find(series, original)
    if session is None:
        raise NoSuchSession
    return session


def _checked(when: When) -> When:
    if isinstance(when, Recurrence) and often(when):
        raise TooOften
    if first(when) is None:
        raise NothingToCome
    return when


def _checked_length(minutes: int) -> int:
    if not 1 <= minutes <= LONGEST:
        raise WrongLength
    return minutes
