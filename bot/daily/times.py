"""When a configuration posts: a wall time on weekdays of a zone, and the local days it makes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import MemberError
from bot.i18n import _
from bot.when.asking import unclear
from bot.when.errors import UnclearTime, ZoneNeeded
from bot.when.phrases import understand
from bot.when.recurrence import Recurrence, occurrences, resolve

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
GRACE = timedelta(hours=1)
"""How late a question may come at least, though its day is over."""

ONE_DAY = timedelta(days=1)
EXAMPLE = "9:00"


class DailyZoneNeeded(MemberError):
    """A time was given, and nobody knows in which zone."""

    def __init__(self) -> None:
        super().__init__(
            _("In which time zone? Add `zone: Berlin`, or set the server's with `/settings`.")
        )


@dataclass(frozen=True)
class Times:
    """A wall time on some weekdays, or all."""

    at: time
    zone: str
    """An IANA name."""

    weekdays: tuple[int, ...] = ()
    """From 0 for Monday, in order; empty for every day."""

    @classmethod
    def of(cls, recurrence: Recurrence) -> "Times":
        """Return what a schedule's rule says."""
        return cls(recurrence.start.time(), recurrence.zone, _weekdays_in(recurrence.rule))

    def recurrence(self, now: datetime) -> Recurrence:
        """Return the rule, from today on."""
        days = ",".join(CODES[day] for day in self.weekdays)
        rule = f"FREQ=WEEKLY;BYDAY={days}" if days else "FREQ=DAILY"
        return Recurrence(rule, datetime.combine(self.local_day(now), self.at), self.zone)

    def local_day(self, instant: datetime) -> date:
        """Return the date there."""
        return instant.astimezone(ZoneInfo(self.zone)).date()

    def due_on(self, day: date) -> datetime:
        """Return the instant at which the day's question is due."""
        return resolve(datetime.combine(day, self.at), self.zone)

    def day_of(self, due: datetime) -> date:
        """Return the day whose question is due then.

        Where clocks go forward over midnight, the evening's wall time comes on the next date.
        """
        here = self.local_day(due)
        before = here - ONE_DAY
        return before if self.due_on(here) != due == self.due_on(before) else here

    def is_over(self, day: date, due: datetime, now: datetime) -> bool:
        """Return whether it is too late for a day's question."""
        return self.local_day(now) > day and now - due >= GRACE

    def dues(self, recurrence: Recurrence, after: datetime, until: datetime) -> Iterator[datetime]:
        """Yield what is due after an instant, and not after another one."""
        for due in occurrences(recurrence, after):  # pragma: no branch - rules without an end
            if due > until:
                return
            yield due


def times_meant(phrase: str, weekdays: str, now: datetime, zone: str | None) -> Times:
    """Return what was typed as a time such as "9:00", "9am Berlin" or "every weekday at 9".

    Weekdays that are named apart win. Raises UnclearTime or DailyZoneNeeded.
    """
    times = Times.of(_repeat_meant(phrase, now, zone))
    return Times(times.at, times.zone, weekdays_meant(weekdays)) if weekdays.strip() else times


def weekdays_meant(text: str) -> tuple[int, ...]:
    """Return what was typed as weekdays; empty for every day. Raises UnclearTime."""
    epoch = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    for phrase in (f"every {text} at 12:00", f"{text} at 12:00"):
        try:
            moment = understand(phrase, epoch, "UTC")
        except UnclearTime:
            continue
        if isinstance(moment, Recurrence) and _is_plain(moment):
            return _weekdays_in(moment.rule)
    raise unclear(_("I don't understand those days."), ["weekdays", "mon, wed, fri", "every day"])


def _repeat_meant(phrase: str, now: datetime, zone: str | None) -> Recurrence:
    """Return the daily or weekly rule that is meant. Raises UnclearTime or DailyZoneNeeded."""
    problem: UnclearTime | None = None
    for text in (phrase, f"every day at {phrase}"):
        try:
            moment = understand(text, now, zone)
        except ZoneNeeded:
            raise DailyZoneNeeded from None
        except UnclearTime as error:
            problem = problem or _as_time(error)
        else:
            if isinstance(moment, Recurrence) and _is_plain(moment):
                return moment
            problem = unclear(_("I post at a time of day, daily or on weekdays."), example=EXAMPLE)
    raise problem or unclear(_("At which time of day?"), example=EXAMPLE)


def _as_time(error: UnclearTime) -> UnclearTime:
    """Return the error with choices that are times of day."""
    choices = [each.removeprefix("every day at ") for each in error.choices]
    return unclear(error.what, choices, example=EXAMPLE)


def _is_plain(recurrence: Recurrence) -> bool:
    """Return whether a rule says no more than weekdays."""
    parts = dict(part.split("=", 1) for part in recurrence.rule.split(";"))
    freq = parts.pop("FREQ")
    days = parts.pop("BYDAY", "")
    plain = freq == "DAILY" if not days else all(code in CODES for code in days.split(","))
    return plain and not parts and not recurrence.skipped and freq in {"DAILY", "WEEKLY"}


def _weekdays_in(rule: str) -> tuple[int, ...]:
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    days = sorted(CODES.index(code) for code in parts.get("BYDAY", "").split(",") if code)
    return () if len(days) == len(CODES) else tuple(days)
