"""The last 17 weeks of a streak as a picture, and the same in words for those who can't see it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from babel.dates import format_date, format_skeleton, get_day_names

from bot.i18n import _, ngettext, number_locale
from bot.streaks.model import DAY, DayState, Streak

WEEKS = 17
DAYS_A_WEEK = 7
BACKGROUND, INK, EMPTY = "#1e1f22", "#f2f3f5", "#2b2d31"
WIDTH_IN, HEIGHT_IN, DPI = 9.0, 5.0, 120
CELL = 0.86
"""The width of a day's square, in days."""

NAMED_WEEKDAYS = (0, 2, 4, 6)

COLUMNS = 3
"""Of the explanations below the calendar."""


@dataclass(frozen=True)
class Look:
    """How a day is drawn; the sign tells states apart for who doesn't see the colour."""

    colour: str
    sign: str = ""


LOOKS: Mapping[DayState, Look] = {
    DayState.DONE: Look("#5865f2"),
    DayState.FROZEN: Look("#3d7e9a", "❄"),
    DayState.MISSED: Look("#8b3a3e", "x"),
    DayState.PAUSED: Look("#4e5058", "="),
    DayState.DOWN: Look("#4e5058", "!"),
    DayState.UNASKED: Look("#3a3c42", "-"),
    DayState.TRAVELLED: Look("#4e5058", "»"),
    DayState.TOO_SOON: Look("#4e5058", "+"),
    DayState.OPEN: Look("#1e1f22", "○"),
}


def first_day(today: date) -> date:
    """Return the Monday with which the calendar of `today` begins."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS - 1)


def alt_text(streak: Streak, today: date) -> str:
    """Return the calendar in words, at most 1,024 characters long in English."""
    shown = _shown(streak, today)
    counts = Counter(shown.values())
    states = [_counted(state, counts[state]) for state in LOOKS if counts[state]]
    return _("Streak calendar, {first} to {last}. {standing}. Days: {states}. {weeks}.").format(
        first=_dated(first_day(today)),
        last=_dated(today),
        standing=_standing(streak),
        states=", ".join(states or [_("none yet")]),
        weeks=_by_week(shown, today),
    )


def draw(streak: Streak, today: date) -> bytes:
    """Return the calendar as a PNG. Takes some 200 ms of CPU: call it off the event loop."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second that start-up needn't wait

    shown = _shown(streak, today)
    figure: Any = Figure(figsize=(WIDTH_IN, HEIGHT_IN), dpi=DPI)
    figure.set_facecolor(BACKGROUND)
    _plot(figure.add_axes((0.08, 0.24, 0.9, 0.6)), shown, today)
    figure.text(0.08, 0.93, _drawable(_standing(streak)), color=INK, fontsize=16)
    _explain(figure, [state for state in LOOKS if state in set(shown.values())])
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


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


def _plot(axes: Any, shown: Mapping[date, DayState], today: date) -> None:
    first = first_day(today)
    axes.set_facecolor(BACKGROUND)
    for number in range((today - first).days + 1):
        _square(axes, divmod(number, DAYS_A_WEEK), shown.get(first + DAY * number))
    axes.set_xlim(-0.5, WEEKS - 0.5)
    axes.set_ylim(DAYS_A_WEEK - 0.5, -0.5)
    axes.set_aspect("equal", anchor="W")
    names = get_day_names("abbreviated", locale=number_locale())
    axes.set_yticks(NAMED_WEEKDAYS, [_drawable(names[number]) for number in NAMED_WEEKDAYS])
    _mark_months(axes, [first + timedelta(weeks=week) for week in range(WEEKS)])
    axes.tick_params(colors=INK, length=0, labelsize=12)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _square(axes: Any, place: tuple[int, int], state: DayState | None) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - as above

    look = LOOKS[state] if state else Look(EMPTY)
    corner = (place[0] - CELL / 2, place[1] - CELL / 2)
    axes.add_patch(Rectangle(corner, CELL, CELL, color=look.colour))
    axes.text(*place, look.sign, color=INK, fontsize=11, ha="center", va="center_baseline")


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
    return _drawable(format_skeleton("MMM", day, locale=number_locale())) or str(day.month)


def _explain(figure: Any, states: Sequence[DayState]) -> None:
    """Write below what the squares that are shown mean."""
    for number, state in enumerate(states):
        row, column = divmod(number, COLUMNS)
        left, bottom = 0.09 + 0.3 * column, 0.17 - 0.065 * row
        box = {"facecolor": LOOKS[state].colour, "edgecolor": INK, "linewidth": 0.5}
        figure.text(left, bottom, LOOKS[state].sign or " ", color=INK, fontsize=11, bbox=box)
        figure.text(left + 0.035, bottom, _drawable(state_names()[state]), color=INK, fontsize=11)


def _drawable(text: str) -> str:
    """Return the text, or nothing if the picture's font lacks a character of it (CJK, emoji)."""
    from matplotlib import font_manager  # noqa: PLC0415 - as above

    fonts: Any = font_manager
    glyphs = fonts.get_font(fonts.findfont(fonts.FontProperties())).get_charmap()
    return text.replace("$", r"\$") if all(ord(char) in glyphs for char in text) else ""
