"""The parts of a day that have a name, and the menu of days and parts."""

from collections.abc import Sequence
from typing import Final

from bot.availability.model import HALVES_A_DAY, Range, WeeklyHours
from bot.i18n import _

PARTS: Final = {"morning": (16, 24), "afternoon": (24, 36), "evening": (36, 44)}
"""From which half hour of the day until which: 8 to 12, 12 to 18, 18 to 22."""

ALL_DAY: Final = (0, HALVES_A_DAY)
DAYS: Final = range(7)


def part_names() -> dict[str, str]:
    """Return what the parts of a day are called."""
    return {
        "morning": _("morning (8-12)"),
        "afternoon": _("afternoon (12-18)"),
        "evening": _("evening (18-22)"),
    }


def keys() -> list[str]:
    """Return what can be picked: "0 morning" for Monday morning, day by day."""
    return [f"{day} {part}" for day in DAYS for part in PARTS]


def part_of_week(key: str) -> WeeklyHours:
    """Return the hours of one that can be picked."""
    day, part = key.split()
    first, end = PARTS[part]
    return WeeklyHours.of([Range(int(day), first, end - first)])


def picked(wanted: Sequence[str]) -> WeeklyHours:
    """Return the hours of those that were picked; what can't be picked is left out."""
    known = (part_of_week(key) for key in keys() if key in wanted)
    return WeeklyHours(frozenset[int]().union(*(each.halves for each in known)))


def fitting(hours: WeeklyHours) -> list[str]:
    """Return those that are wholly within the hours."""
    return [key for key in keys() if hours.covers(part_of_week(key))]
