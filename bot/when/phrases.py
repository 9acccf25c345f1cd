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
from bot.when.lengths import FURTHEST
from bot.when.once import at_wall
from bot.when.parts import Clock, Instant, Mark, Role, ZoneName
from bot.when.recurrence import Recurrence
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


def understand(text: str, now: datetime, zone: str | None) -> Moment:
    """Return what the phrase means to a member of this zone (None if it is unknown).

    A zone in the phrase wins. Raises UnclearTime with an example, and with choices that are
    understood as they are; ZoneNeeded if a zone is needed and none is known.
    """
    try:
        return _understood(text, now, zone)
    except UnclearTime as error:
        working = [choice for choice in error.choices if _works(choice, now, zone)]
        raise type(error)(error.what, working, error.example) from None


def describe(moment: Moment, now: datetime | None = None) -> str:
    """Return a repeat in plain words; nothing for a point in time, which Discord shows itself.

    With `now`, the words tell when it begins if that isn't as soon as it could.
    """
    if isinstance(moment, Once):
        return ""
    rule = descriptions.words(moment, now)
    return _("{rule}, {zone} time").format(rule=rule, zone=moment.zone)


def _works(phrase: str, now: datetime, zone: str | None) -> bool:
    try:
        _understood(phrase, now, zone)
    except UnclearTime:
        return False
    return True


def _understood(text: str, now: datetime, zone: str | None) -> Moment:
    if max(len(text), len(fold(text))) > MAX_PHRASE:
        raise unclear(_("That is too long."))
    reading = read(canonical(text))
    _check_complete(reading)
    said = _zone_said(reading, now)
    if instant := reading.one(Instant):
        return Once(_alone(instant, reading, now), said or zone)
    return _in_zone(reading, now, said, zone)


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


def _in_zone(reading: Reading, now: datetime, said: str | None, zone: str | None) -> Moment:
    repeating = repeats(reading)
    span = None if repeating else span_of(reading)
    if span:
        return Once(after(span, now, said or zone), said or zone)
    here = said or zone
    if here is None:
        what = _("I don't know your time zone yet. Add a city.")
        raise ZoneNeeded(what, example="tomorrow 7pm Berlin")
    twelve = any(clock.twelve for clock in reading.all(Clock))
    setting = Setting(now, here, said=bool(said), twelve=twelve)
    if repeating:
        return recurrence(reading, setting)
    return Once(at_wall(reading, setting), here)


def _zone_said(reading: Reading, now: datetime) -> str | None:
    """Return the zone that the phrase names. Raises UnclearTime with the phrase in each zone."""
    name = reading.one(ZoneName)
    if name is None:
        return None
    try:
        return zones.find(name.text, now)
    except UnclearZone as error:
        if name.guessed:
            raise not_understood(name.text) from None
        head, tail = reading.words[: name.start], reading.words[name.end :]
        choices = (f"{head}{zone}{tail}" for zone in error.choices)
        raise unclear(error.what, choices, example="tomorrow 7pm Berlin") from None
