"""The last 17 weeks of a streak as a picture, and the same in words for those who can't see it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date, format_skeleton, get_day_names

from bot.i18n import _, ngettext, number_locale
from bot.pictures.looks import DARK, Look
from bot.pictures.paper import LARGE, SMALL, bare, blank, drawable, png
from bot.streaks.model import DAY, DayState, Streak

WEEKS = 17
DAYS_A_WEEK = 7
HEIGHT_IN = 6.0
CELL = 0.86
"""The width of a day's square, in days."""

NAMED_WEEKDAYS = (0, 2, 4, 6)

COLUMNS = 2
"""Of the explanations below the calendar."""


SIGNS: Mapping[DayState, str] = {
    DayState.DONE: "",
    DayState.FROZEN: "❄",
    DayState.MISSED: "x",
    DayState.PAUSED: "=",
    DayState.DOWN: "!",
    DayState.UNASKED: "-",
    DayState.TRAVELLED: "»",
    DayState.TOO_SOON: "+",
    DayState.OPEN: "○",
}
"""What tells states apart for who doesn't see the colour."""


def colour(state: DayState | None, look: Look) -> str:
    """Return the colour of a day's square; None for a day that isn't of the streak."""
    colours = {
        None: look.empty,
        DayState.DONE: look.done,
        DayState.FROZEN: look.covered,
        DayState.MISSED: look.missed,
        DayState.UNASKED: look.unasked,
        DayState.OPEN: look.background,
    }
    return colours.get(state, look.aside)


def first_day(today: date) -> date:
    """Return the Monday with which the calendar of `today` begins."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS - 1)


def alt_text(streak: Streak, today: date) -> str:
    """Return the calendar in words, at most 1,024 characters long in English."""
    shown = _shown(streak, today)
    counts = Counter(shown.values())
    states = [_counted(state, counts[state]) for state in SIGNS if counts[state]]
    return _("Streak calendar, {first} to {last}. {standing}. Days: {states}. {weeks}.").format(
        first=_dated(first_day(today)),
        last=_dated(today),
        standing=_standing(streak),
        states=", ".join(states or [_("none yet")]),
        weeks=_by_week(shown, today),
    )


def draw(streak: Streak, today: date, look: Look = DARK) -> bytes:
    """Return the calendar as a PNG. Takes some 200 ms of CPU: call it off the event loop."""
    shown = _shown(streak, today)
    figure = blank(HEIGHT_IN, look)
    _plot(figure.add_axes((0.1, 0.36, 0.88, 0.5)), shown, today, look)
    figure.text(0.02, 0.945, drawable(_standing(streak)), color=look.ink, fontsize=LARGE)
    _explain(figure, look, [state for state in SIGNS if state in set(shown.values())])
    return png(figure)


def _shown(streak: Streak, today: date) -> dict[date, DayState]:
    """Return the days that are on the calendar; those after today are on none."""
    first = first_day(today)
    return {day.date: day.state for day in streak.days if first <= day.date <= today}


def _standing(streak: Streak) -> str:
    return " · ".join(
        [
            ngettext("Streak: {n} day", "Streak: {n} days", streak.current).format(
                n=streak.current
            ),
            ngettext("best: {n} day", "best: {n} days", streak.best).format(n=streak.best),
            ngettext("{n} freeze held", "{n} freezes held", streak.freezes).format(
                n=streak.freezes
            ),
        ]
    )


def _counted(state: DayState, number: int) -> str:
    return _("{state} {n}").format(state=state_names()[state], n=number)


def _by_week(shown: Mapping[date, DayState], today: date) -> str:
    """Return how many days of each week were done."""
    weeks = [first_day(today) + timedelta(weeks=week) for week in range(WEEKS)]
    done = [sum(shown.get(day) is DayState.DONE for day in _week(monday)) for monday in weeks]
    return _("Done in each of these {n} weeks: {numbers}").format(
        n=WEEKS, numbers=", ".join(map(str, done))
    )


def _week(monday: date) -> list[date]:
    return [monday + DAY * number for number in range(DAYS_A_WEEK)]


def state_names() -> dict[DayState, str]:
    """Return what members read for each state."""
    return {
        DayState.DONE: _("done"),
        DayState.FROZEN: _("covered by a freeze"),
        DayState.MISSED: _("missed"),
        DayState.PAUSED: _("paused"),
        DayState.DOWN: _("Waymark was down"),
        DayState.UNASKED: _("no question"),
        DayState.TRAVELLED: _("lost by travelling"),
        DayState.TOO_SOON: _("too soon to count"),
        DayState.OPEN: _("still to do"),
    }


def _dated(day: date) -> str:
    return format_date(day, "long", locale=number_locale())


def _plot(axes: Any, shown: Mapping[date, DayState], today: date, look: Look) -> None:
    first = first_day(today)
    for number in range((today - first).days + 1):
        _square(axes, divmod(number, DAYS_A_WEEK), shown.get(first + DAY * number), look)
    axes.set_xlim(-0.5, WEEKS - 0.5)
    axes.set_ylim(DAYS_A_WEEK - 0.5, -0.5)
    axes.set_aspect("equal", anchor="W")
    names = get_day_names("abbreviated", locale=number_locale())
    axes.set_yticks(NAMED_WEEKDAYS, [drawable(names[number]) for number in NAMED_WEEKDAYS])
    _mark_months(axes, [first + timedelta(weeks=week) for week in range(WEEKS)])
    bare(axes, look)


def _square(axes: Any, place: tuple[int, int], state: DayState | None, look: Look) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - as above

    corner = (place[0] - CELL / 2, place[1] - CELL / 2)
    axes.add_patch(Rectangle(corner, CELL, CELL, color=colour(state, look)))
    sign = SIGNS[state] if state else ""
    axes.text(*place, sign, color=look.ink, fontsize=SMALL, ha="center", va="center_baseline")


def _mark_months(axes: Any, mondays: Sequence[date]) -> None:
    """Name each month above the first of its Mondays that is shown."""
    new = [
        week
        for week, monday in enumerate(mondays)
        if week == 0 or monday.month != mondays[week - 1].month
    ]
    axes.xaxis.tick_top()
    axes.set_xticks(new, [_month(mondays[week]) for week in new])


def _month(day: date) -> str:
    return drawable(format_skeleton("MMM", day, locale=number_locale())) or str(day.month)


def _explain(figure: Any, look: Look, states: Sequence[DayState]) -> None:
    """Write below what the squares that are shown mean."""
    for number, state in enumerate(states):
        row, column = divmod(number, COLUMNS)
        left, bottom = 0.05 + 0.48 * column, 0.29 - 0.065 * row
        box = {"facecolor": colour(state, look), "edgecolor": look.ink, "linewidth": 0.5}
        figure.text(left, bottom, SIGNS[state] or " ", color=look.ink, fontsize=SMALL, bbox=box)
        figure.text(
            left + 0.05, bottom, drawable(state_names()[state]), color=look.ink, fontsize=SMALL
        )
