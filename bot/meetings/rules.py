"""Parts of a recurrence: what comes before one of its matches, and what from it on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.meetings.model import WALL, Moment, When
from bot.when.recurrence import Recurrence, matches, resolve

INSTANT = timedelta.resolution
A_SECOND = timedelta(seconds=1)

ENDS = ("COUNT", "UNTIL")
WITHIN_A_DAY = ("BYHOUR",)


def often(recurrence: Recurrence) -> bool:
    """Whether it may match more than once a day."""
    parts = parts_of(recurrence.rule)
    return parts["FREQ"] == "HOURLY" or any(name in parts for name in WITHIN_A_DAY)


def dated(when: When, after: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield wall times with their instants (UTC), strictly after `after`, in order."""
    if isinstance(when, Recurrence):
        yield from matches(when, after)
    elif when.instant > after:
        yield when.wall, when.instant


def before_all(when: When) -> datetime:
    """Return an instant (UTC) just before its first wall time."""
    wall = when.start if isinstance(when, Recurrence) else when.wall
    return resolve(wall, when.zone) - INSTANT


def first(when: When) -> tuple[datetime, datetime] | None:
    """Return the first wall time and its instant (UTC), or None where nothing matches."""
    return next(dated(when, before_all(when)), None)


def instant_of(when: When, original: datetime) -> datetime | None:
    """Return the instant (UTC) of one of its wall times; None for a wall time it doesn't have."""
    if isinstance(when, Moment):
        return when.instant if when.wall == original else None
    found = next(matches(when, resolve(original, when.zone) - INSTANT), None)
    return found[1] if found and found[0] == original else None


def on(when: When, day: date) -> datetime | None:
    """Return its wall time on a date, or None."""
    midnight = resolve(datetime.combine(day, time()), when.zone) - INSTANT
    found = next(dated(when, midnight), None)
    return found[0] if found and found[0].date() == day else None


def ending_before(recurrence: Recurrence, original: datetime) -> Recurrence:
    """Return the rule without the match at `original` and all later ones."""
    rule = ended(recurrence.rule, f"UNTIL={original - A_SECOND:{WALL}}")
    return replace(recurrence, rule=rule)


def rest(recurrence: Recurrence, original: datetime, at: time | None = None) -> Recurrence:
    """Return the rule from its match at `original` on, at another time of the day if given.

    A rule that ends after some times ends after those that are left.
    """
    rule, parts = recurrence.rule, parts_of(recurrence.rule)
    if "COUNT" in parts:
        before = recurrence.rrule_near(recurrence.start).between(
            recurrence.start, original, inc=True
        )
        rule = ended(rule, f"COUNT={int(parts['COUNT']) - len(before) + 1}")
    start = datetime.combine(original.date(), at or original.time())
    return replace(recurrence, rule=rule, start=start)


def parts_of(rule: str) -> dict[str, str]:
    """Return the parts of a rule by name."""
    pairs = (part.partition("=") for part in rule.split(";"))
    return {name: value for name, _, value in pairs}


def ended(rule: str, end: str) -> str:
    """Return the rule with another end."""
    kept = [part for part in rule.split(";") if not part.startswith(ENDS)]
    return ";".join([*kept, end])
