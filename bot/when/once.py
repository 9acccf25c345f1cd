"""One-off phrases: the instant that the days and times of a phrase come to."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.i18n import _
from bot.when.asking import REPEAT_EXAMPLE, clock_phrase, date_phrase, unclear
from bot.when.clock_times import Hour, clock, hours_of
from bot.when.errors import UnclearTime
from bot.when.grammar import Reading, two_times
from bot.when.one_day import dates_said
from bot.when.parts import Clock, Count, DayPart, HourMark, Lasting, SkipShortMonths, Turn
from bot.when.recurrence import fits, resolve
from bot.when.setting import Setting

ONE_HOUR = timedelta(hours=1)


def at_wall(reading: Reading, setting: Setting) -> datetime:
    """Return the instant (UTC) that days and times of day mean. Raises UnclearTime."""
    _check_one_off(reading)
    said = clock_of(reading)
    days = dates_said(reading, setting)
    hours = hours_of(said, reading.one(DayPart), dated=bool(days))
    walls = list(dict.fromkeys(_walls(days or [_next_days(setting)], hours, setting)))
    if not walls:
        raise _past(days, hours[0], setting)
    if len(walls) > 1:
        choices = [setting.phrase(wall) for wall in (walls if len(days) > 1 else sorted(walls))]
        raise unclear(_("That can be read in more than one way."), choices)
    return _existing(walls[0], reading.one(Turn), setting)


def clock_of(reading: Reading) -> Clock | None:
    """Return the time of day; "19h30" is one where a day goes with it."""
    said, mark = reading.one(Clock), reading.one(HourMark)
    if said and mark:
        raise two_times()
    return clock(f"{mark.hours:02}", f"{mark.minutes:02}") if mark else said


def _check_one_off(reading: Reading) -> None:
    ends = reading.days_for("until") or reading.days_for("except")
    if ends or any(reading.all(kind) for kind in (Count, Lasting, SkipShortMonths)):
        raise unclear(_("How often shall it repeat?"), example=f"{REPEAT_EXAMPLE} 10 times")


def _next_days(setting: Setting) -> list[date]:
    return [setting.today + timedelta(days=days) for days in range(3)]


def _walls(days: list[list[date]], hours: list[Hour], setting: Setting) -> Iterator[datetime]:
    """Yield the first wall time to come of each way to read the phrase."""
    for each in days:
        for hour in hours:
            yield from _first_to_come(each, hour, setting)


def _first_to_come(days: Iterable[date], hour: Hour, setting: Setting) -> Iterator[datetime]:
    for day in days:
        setting.check_near(datetime.combine(day, time()))
        wall = datetime.combine(day + timedelta(days=hour.next_day), hour.time)
        if setting.is_to_come(wall):
            yield wall
            return


def _past(days: list[list[date]], hour: Hour, setting: Setting) -> UnclearTime:
    """Return the error, with the next time that day of the year or that hour comes."""
    said = days[0][-1]
    near = abs((said - setting.today).days) <= 7  # noqa: PLR2004 - "yesterday", "last friday"
    coming = _next_days(setting) if near else list(_same_days(said, setting))
    walls = _first_to_come(coming, hour, setting)
    return unclear(_("That is in the past."), [setting.phrase(wall) for wall in walls])


def _same_days(said: date, setting: Setting) -> Iterator[date]:
    """Yield the day in this year and the next one; the 28th of a February without a 29th."""
    for year in (setting.today.year, setting.today.year + 1):
        yield said.replace(year=year, day=28 if (said.month, said.day) == (2, 29) else said.day)


def _existing(wall: datetime, turn: Turn | None, setting: Setting) -> datetime:
    match fits(wall, setting.zone):
        case "once":
            return resolve(wall, setting.zone)
        case "never":
            raise _left_out(wall, setting)
        case _:
            return _of_two(wall, turn, setting)


def _left_out(wall: datetime, setting: Setting) -> UnclearTime:
    what = _("Clocks go forward on {date}, so there is no {time}.")
    near = [
        each for each in (wall + ONE_HOUR, wall - ONE_HOUR) if fits(each, setting.zone) == "once"
    ]
    return unclear(
        what.format(date=date_phrase(wall), time=clock_phrase(wall)),
        [setting.phrase(each, dated=True) for each in near if setting.is_to_come(each)],
    )


def _of_two(wall: datetime, turn: Turn | None, setting: Setting) -> datetime:
    """Return the one of two instants that is meant, or the one that is still to come."""
    zone = ZoneInfo(setting.zone)
    instants = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    if turn and instants[turn.fold] > setting.now:
        return instants[turn.fold]
    if instants[0] <= setting.now:
        return instants[1]
    what = _("Clocks go back on {date}, so there is {time} twice.")
    said = setting.phrase(wall, dated=True)
    raise unclear(
        what.format(date=date_phrase(wall), time=clock_phrase(wall)),
        (f"{said} first time", f"{said} second time"),
    )
