"""Recurrences in plain words, which `understand` takes back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.i18n import _, ngettext, speaking
from bot.when.asking import clock_phrase
from bot.when.recurrence import Recurrence
from bot.when.rules import CODES, SHORTEST_MONTH, first_to_come
from bot.when.setting import Setting

Parts = Mapping[str, str]
"""The parts of a rule by name."""

WORKING_DAYS = "MO,TU,WE,TH,FR"
WEEKEND = "SA,SU"


def words(recurrence: Recurrence, now: datetime | None = None, *, twelve: bool = False) -> str:
    """Return "every weekday at 09:00, until 1 March 2027", without the zone.

    Its beginning is told where it matters: if there are gaps between, or, with `now`, if it
    begins later than it could. `twelve` has the time as 9am.
    """
    parts = dict(part.split("=", 1) for part in recurrence.rule.split(";"))
    pieces = [
        _days(parts).format(time=clock_phrase(recurrence.start, twelve=twelve)),
        *_short_months(parts),
        *_beginning(recurrence, parts, now),
        *_end(parts),
        *_left_out(recurrence),
    ]
    return ", ".join(pieces)


def phrase_of(recurrence: Recurrence, now: datetime, *, twelve: bool = False) -> str:
    """Return the words in English, in which they are understood."""
    with speaking("en-US"):
        return words(recurrence, now, twelve=twelve)


def _days(parts: Parts) -> str:
    """Return the words for how often, with a place for the time."""
    interval = int(parts.get("INTERVAL", 1))
    match parts["FREQ"]:
        case "HOURLY":
            text = ngettext("every hour from {{time}}", "every {n} hours from {{time}}", interval)
        case "DAILY":
            text = ngettext("every day at {{time}}", "every {n} days at {{time}}", interval)
        case "WEEKLY":
            return _weekly(parts["BYDAY"], interval)
        case "MONTHLY":
            text = ngettext(
                "on the {day} of each month at {{time}}",
                "every {n} months on the {day} at {{time}}",
                interval,
            )
        case _:
            text = ngettext(
                "every year on {day} at {{time}}", "every {n} years on {day} at {{time}}", interval
            )
    return text.format(n=interval, day=_day(parts))


def _weekly(codes: str, interval: int) -> str:
    days = _listed([_weekday_names()[code] for code in codes.split(",")])
    if interval > 1:
        text = ngettext(
            "every {n} week on {days} at {{time}}",
            "every {n} weeks on {days} at {{time}}",
            interval,
        )
        return text.format(n=interval, days=days)
    names = {WORKING_DAYS: _("weekday"), WEEKEND: _("weekend")}
    return _("every {days} at {{time}}").format(days=names.get(codes, days))


def _day(parts: Parts) -> str:
    """Return "1st and 15th", "last day", "first Monday", "24 December" or "first Monday of May"."""
    month = _month_names()[int(parts["BYMONTH"]) - 1] if "BYMONTH" in parts else None
    if "BYDAY" in parts:
        return _listed([_nth_weekday(code, month) for code in parts["BYDAY"].split(",")])
    numbers = parts.get("BYMONTHDAY", "").split(",")
    numbers = numbers[-1:] if "BYSETPOS" in parts else numbers
    if month:
        return _("{day} {month}").format(day=numbers[0], month=month)
    return _listed([_day_of_month(number) for number in numbers if number])


def _nth_weekday(code: str, month: str | None) -> str:
    nth, weekday = _nth_names()[code[:-2]], _weekday_names()[code[-2:]]
    text = _("the {nth} {weekday} of {month}") if month else _("{nth} {weekday}")
    return text.format(nth=nth, weekday=weekday, month=month)


def _day_of_month(number: str) -> str:
    if number == "-1":
        return _("last day")
    suffixes = {"1": "st", "2": "nd", "3": "rd", "21": "st", "22": "nd", "23": "rd", "31": "st"}
    return f"{number}{suffixes.get(number, 'th')}"


def _short_months(parts: Parts) -> list[str]:
    if "BYSETPOS" in parts:
        return [_("or its last day")]
    numbers = [int(number) for number in parts.get("BYMONTHDAY", "0").split(",")]
    if "BYMONTH" not in parts and max(numbers) > SHORTEST_MONTH:
        return [_("skipping shorter months")]
    return []


def _beginning(recurrence: Recurrence, parts: Parts, now: datetime | None) -> list[str]:
    start = recurrence.start
    if now and parts["FREQ"] != "HOURLY" and "INTERVAL" not in parts:
        here = Setting(now, recurrence.zone)
        told = start > first_to_come(recurrence.rule, start.time(), here)
    else:
        told = "INTERVAL" in parts or parts["FREQ"] == "HOURLY"
    return [_("starting {date}").format(date=_date(start))] if told else []


def _end(parts: Parts) -> list[str]:
    if "UNTIL" in parts:
        until = datetime.strptime(parts["UNTIL"], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - wall time
        return [_("until {date}").format(date=_date(until))]
    if "COUNT" in parts:
        count = int(parts["COUNT"])
        return [ngettext("{n} time", "{n} times", count).format(n=count)]
    return []


def _left_out(recurrence: Recurrence) -> list[str]:
    if not recurrence.skipped:
        return []
    dates = _listed([_date(day) for day in sorted(recurrence.skipped)])
    return [_("except {dates}").format(dates=dates)]


def _date(day: date) -> str:
    return _("{day} {month} {year}").format(
        day=day.day, month=_month_names()[day.month - 1], year=day.year
    )


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(names)
    return _("{several} and {last}").format(several=", ".join(names[:-1]), last=names[-1])


def _weekday_names() -> dict[str, str]:
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return dict(zip(CODES, names, strict=True))


def _month_names() -> tuple[str, ...]:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )


def _nth_names() -> dict[str, str]:
    return {
        "1": _("first"),
        "2": _("second"),
        "3": _("third"),
        "4": _("fourth"),
        "5": _("fifth"),
        "-1": _("last"),
    }
