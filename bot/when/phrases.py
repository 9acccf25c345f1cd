"""Times and repeats as people type them in English, and repeats said back.

What a phrase leaves open is decided so, and the caller says back what was understood:

- A day without a time is at 09:00, a morning too; afternoons are 15:00, evenings 19:00, tonight
  is 20:00, the end of a day 17:00.
- "friday" and "this friday" are the coming one; "next friday" is the one in the week that
  begins next Monday.
- A bare hour is asked back ("at 5"), except that a repeat's 6 to 11 are in the morning, and that
  of "today at 5" only what is still to come counts.
- A repeat on the 31st is on a shorter month's last day, unless it says "skip short months".
- "every 4 hours" is at full hours, unless it says from when.
- "until 1 march" includes that day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.i18n import _
from bot.when import descriptions, zones
from bot.when.asking import unclear
from bot.when.errors import UnclearTime, UnclearZone, ZoneNeeded
from bot.when.folding import fold
from bot.when.from_now import after, span_of
from bot.when.grammar import Reading, not_understood, read, two_times
from bot.when.habits import Habits, habits_of
from bot.when.lengths import FURTHEST
from bot.when.once import at_wall
from bot.when.parts import Clock, Instant, Mark, Role, ZoneName
from bot.when.recurrence import Recurrence, next_occurrence
from bot.when.series import recurrence, repeats
from bot.when.setting import Setting
from bot.when.words import canonical

MAX_PHRASE = 200
"""Characters."""

ENDS: Final[tuple[Role, ...]] = ("until", "except")
"""What must be followed by a day."""


@dataclass(frozen=True)
class Once:
    """A point in time."""

    at: datetime
    """Aware UTC."""
    zone: str | None
    """The IANA zone it was said in; None if none was known or needed."""


Moment = Once | Recurrence


def understand(text: str, now: datetime, zone: str | None, locale: str | None = None) -> Moment:
    """Return what the phrase means to a member of this zone (None if it is unknown).

    A zone in the phrase wins. The member's Discord locale tells whether 3/4 is in March or in
    April; without one that is asked back. Raises UnclearTime with an example, and with choices
    that are understood as they are; ZoneNeeded if a zone is needed and none is known.
    """
    here = Here(now, zone, habits_of(locale))
    try:
        return _understood(text, here)
    except UnclearTime as error:
        working = [choice for choice in error.choices if _works(choice, here)]
        raise type(error)(error.what, working, error.example) from None


def describe(moment: Moment, now: datetime | None = None, locale: str | None = None) -> str:
    """Return a repeat in plain words; nothing for a point in time, which Discord shows itself.

    With `now`, the words tell when it begins if that isn't as soon as it could; with the reader's
    Discord locale, the time is as they write it.
    """
    if isinstance(moment, Once):
        return ""
    rule = descriptions.words(moment, now, twelve=habits_of(locale).twelve)
    return _("{rule}, {zone} time").format(rule=rule, zone=moment.zone)


@dataclass(frozen=True)
class Here:
    """Who says it: when, where, and how they write."""

    now: datetime
    zone: str | None
    habits: Habits


def _works(phrase: str, here: Here) -> bool:
    try:
        _understood(phrase, here)
    except UnclearTime:
        return False
    return True


def _understood(text: str, here: Here) -> Moment:
    if max(len(text), len(fold(text))) > MAX_PHRASE:
        raise unclear(_("That is too long."))
    reading = read(canonical(text))
    if here.habits.month_first is not None:
        reading = reading.in_order(month_first=here.habits.month_first)
    _check_complete(reading)
    said = _zone_said(reading, here.now)
    if instant := reading.one(Instant):
        return Once(_alone(instant, reading, here.now), said or here.zone)
    moment = _in_zone(reading, said, here)
    _check_season(reading, moment, here.now)
    return moment


def _check_complete(reading: Reading) -> None:
    if any(Mark(role) in reading.parts and not reading.days_for(role) for role in ENDS):
        raise unclear(_("Until or except which day?"), example="every monday 7pm until 1 march")
    guess = next((name for name in reading.all(ZoneName) if name.guessed), None)
    if guess and not reading.says_when:
        raise not_understood(guess.text)
    if not reading.says_when:
        raise unclear(_("When?"))


def _alone(instant: Instant, reading: Reading, now: datetime) -> datetime:
    """Return the instant, which takes no other time beside it and must be to come."""
    if reading.days or any(not isinstance(part, Instant | ZoneName) for part in reading.parts):
        raise two_times()
    if instant.at <= now:
        raise unclear(_("That is in the past."))
    if instant.at - now > FURTHEST:
        raise unclear(_("That is more than five years ahead."))
    return instant.at


def _in_zone(reading: Reading, said: str | None, here: Here) -> Moment:
    repeating = repeats(reading)
    span = None if repeating else span_of(reading)
    zone = said or here.zone
    if span:
        return Once(after(span, here.now, zone), zone)
    if zone is None:
        what = _("I don't know your time zone yet. Add a city.")
        raise ZoneNeeded(what, example="tomorrow 7pm Berlin")
    habit = here.habits.twelve
    twelve = habit or any(clock.twelve for clock in reading.all(Clock))
    setting = Setting(here.now, zone, said=bool(said), twelve=twelve, writes_twelve=habit)
    if repeating:
        return recurrence(reading, setting)
    return Once(at_wall(reading, setting), zone)


def _check_season(reading: Reading, moment: Moment, now: datetime) -> None:
    """Raise UnclearTime for "18:30 CET" in summer, with the phrase in both zones it may mean."""
    first = moment.at if isinstance(moment, Once) else next_occurrence(moment, now)
    for name in reading.all(ZoneName):
        if first and (ways := zones.another_season(name.text, first)):
            what = _("In summer, “{name}” can mean two things.").format(name=name.text.upper())
            raise unclear(what, _in_each(ways, name, reading.words))


def _zone_said(reading: Reading, now: datetime) -> str | None:
    """Return the zone that the phrase names. Raises UnclearTime with the phrase in each zone."""
    names = reading.all(ZoneName)
    if not names:
        return None
    name = names[-1]
    try:
        zone = zones.meant_together((each.text for each in names), now)
        if zone is None and len(names) > 1:
            raise two_times()
        return zone or zones.find(name.text, now)
    except UnclearZone as error:
        if name.guessed:
            raise not_understood(name.text) from None
        choices = _in_each(error.choices, name, reading.words)
        raise unclear(error.what, choices, example="tomorrow 7pm Berlin") from None


def _in_each(zones_meant: Iterable[str], name: ZoneName, words: str) -> Iterator[str]:
    """Yield the phrase with each of the zones in the place of a name."""
    head, tail = words[: name.start], words[name.end :]
    return (f"{head}{zone}{tail}" for zone in zones_meant)
