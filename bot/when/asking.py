"""Saying what is the matter with a phrase, always with an example of what would work."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from bot.when.errors import MAX_LISTED, UnclearTime
from bot.when.vocabulary import MONTHS

EXAMPLE = "tomorrow 7pm"
REPEAT_EXAMPLE = "every monday 7pm"


def unclear(what: str, choices: Iterable[str] = (), *, example: str = EXAMPLE) -> UnclearTime:
    """Return the error: what is the matter, with the choices, or else with the example."""
    tidy = dict.fromkeys(_tidy(choice) for choice in choices)
    return UnclearTime(what, tuple(tidy)[:MAX_LISTED], example)


def _tidy(choice: str) -> str:
    return re.sub(r"(\d) (am|pm)\b", r"\1\2", choice.strip())


def quoted(text: str) -> str:
    """Return what was typed, short enough to be said back."""
    return " ".join(text.split())[:50]


def date_phrase(day: date) -> str:
    """Return "3 April 2027"; phrases are English in every language."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def clock_phrase(wall: datetime, *, twelve: bool = False) -> str:
    """Return "17:00", or "5pm" for who writes so."""
    if not twelve:
        return f"{wall:%H:%M}"
    minutes = f":{wall:%M}" if wall.minute else ""
    return f"{wall.hour % 12 or 12}{minutes}{'pm' if wall.hour >= 12 else 'am'}"  # noqa: PLR2004
