"""Weekly hours in words: as they are kept and read back, and as their member reads them."""

from collections.abc import Iterator, Sequence
from datetime import time
from typing import Final

from babel.dates import format_time

from bot.availability.model import HALVES_A_DAY, HALVES_A_WEEK, Range, WeeklyHours
from bot.i18n import _, number_locale

SHORT_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONGEST_NIGHT = 12
"""Half hours after midnight that still belong to the evening before."""

SEVERAL = 3
"""So many days in a row are said as "Mon-Wed"."""

Times = tuple[tuple[int, int], ...]
"""A day's ranges: from which half hour, and how many."""


def written(hours: WeeklyHours) -> str:
    """Return "Mon-Fri 18:00-22:00; Sat 10:00-14:00", which `reading.read` takes back."""
    groups = (
        f"{_days(days, SHORT_NAMES)} {', '.join(_written_range(*each) for each in times)}"
        for days, times in _groups(hours)
    )
    return "; ".join(groups)


def shown(hours: WeeklyHours) -> list[str]:
    """Return a line for each group of days with the same hours, in the reader's language."""
    names = day_names()
    return [
        f"**{_days(days, names)}** · {', '.join(_shown_range(*each) for each in times)}"
        for days, times in _groups(hours)
    ]


def day_names() -> tuple[str, ...]:
    """Return the days' short names, Monday first."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def ranges(hours: WeeklyHours) -> list[Range]:
    """Return the hours as ranges; one goes past midnight only if it ends in that night."""
    if len(hours.halves) == HALVES_A_WEEK:
        return [Range(day, 0, HALVES_A_DAY) for day in range(7)]
    begins = sorted(half for half in hours.halves if (half - 1) % HALVES_A_WEEK not in hours.halves)
    found = (each for first in begins for each in _cut(first, _length(hours, first)))
    return sorted(found, key=lambda each: (each.day, each.first))


def _length(hours: WeeklyHours, first: int) -> int:
    length = 1
    while (first + length) % HALVES_A_WEEK in hours.halves:
        length += 1
    return length


def _cut(first: int, length: int) -> Iterator[Range]:
    """Yield a run of half hours, cut at midnights but for the night it ends in."""
    while length:
        day, half = divmod(first % HALVES_A_WEEK, HALVES_A_DAY)
        left = HALVES_A_DAY - half
        ends_at_night = length <= left + LONGEST_NIGHT and length < HALVES_A_DAY
        taken = length if length <= left or ends_at_night else left
        yield Range(day, half, taken)
        first, length = first + taken, length - taken


def _groups(hours: WeeklyHours) -> list[tuple[list[int], Times]]:
    """Return the days that have the same ranges, with these."""
    found: dict[Times, list[int]] = {}
    by_day: dict[int, Times] = {}
    for each in ranges(hours):
        by_day[each.day] = (*by_day.get(each.day, ()), (each.first, each.length))
    for day, times in by_day.items():
        found.setdefault(times, []).append(day)
    return [(days, times) for times, days in found.items()]


def _days(days: Sequence[int], names: Sequence[str]) -> str:
    in_a_row = days[-1] - days[0] + 1 == len(days) >= SEVERAL
    if in_a_row:
        return f"{names[days[0]]}-{names[days[-1]]}"
    return ", ".join(names[day] for day in days)


def _written_range(first: int, length: int) -> str:
    end = first + length
    return f"{_clock(first)}-{_clock(end if end <= HALVES_A_DAY else end - HALVES_A_DAY)}"


def _clock(half: int) -> str:
    return f"{half // 2:02}:{half % 2 * 30:02}"


def _shown_range(first: int, length: int) -> str:
    if length == HALVES_A_DAY:
        return _("all day")
    return f"{_local_clock(first)}-{_local_clock(first + length)}"


def _local_clock(half: int) -> str:
    at = time(half // 2 % 24, half % 2 * 30)
    return format_time(at, "short", locale=number_locale())
