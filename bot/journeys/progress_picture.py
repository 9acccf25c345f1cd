"""A journey's progress as a picture, and the same in words for those who can't see it.

Lines differ in their dashes too, and days have their numbers. Letters are large enough at a
phone's width.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date, format_skeleton, get_day_names

from bot.i18n import _, number_locale
from bot.journeys.planning import DAY, DAYS_A_WEEK
from bot.journeys.progress import WEEKS, Point, Progress
from bot.pictures.looks import DARK, Look
from bot.pictures.paper import LARGE, SMALL, bare, blank, drawable, png

HEIGHT_IN = 7.6
BETWEEN = 4
"""Points between the squares of days."""

LEGEND: Mapping[str, Any] = {
    "fontsize": SMALL,
    "frameon": False,
    "handlelength": 1.6,
    "columnspacing": 1.2,
}
NAMED_WEEKDAYS = (0, 2, 4, 6)
SHARES = (0, 50, 100)
FEWEST_DAYS_WIDE = 14
WEEKS_A_NAME_TAKES = 2


def alt_text(progress: Progress) -> str:
    """Return the picture in words, at most 1,024 characters long in English."""
    parts = [
        _("Done: {percent}%, planned by today: {planned}%.").format(
            percent=progress.percent, planned=progress.planned_percent
        ),
        _("The plan runs from {first} to {last}.").format(
            first=_dated(progress.planned[0][0]), last=_dated(progress.planned[-1][0])
        ),
    ]
    if progress.expected:
        ends = _dated(progress.expected[-1][0])
        parts.append(_("From today it would end on {day}.").format(day=ends))
    numbers = ", ".join(map(str, progress.by_week))
    weeks = _("Tasks done in each of the last {n} weeks: {numbers}.")
    return " ".join([*parts, weeks.format(n=WEEKS, numbers=numbers)])


def draw(progress: Progress, look: Look = DARK) -> bytes:
    """Return the picture as a PNG. Takes some 200 ms of CPU: call it off the event loop."""
    figure = blank(HEIGHT_IN, look)
    _plot_lines(_axes(figure, look, (0.11, 0.52, 0.85, 0.34)), progress, look)
    _plot_days(_axes(figure, look, (0.11, 0.06, 0.85, 0.31)), progress, look)
    figure.text(0.02, 0.95, _heading(progress), color=look.ink, fontsize=LARGE)
    figure.text(0.02, 0.415, drawable(_("Tasks done, day by day")), color=look.ink, fontsize=LARGE)
    return png(figure)


def _heading(progress: Progress) -> str:
    text = _("{percent}% done, {planned}% planned by today")
    shown = text.format(percent=progress.percent, planned=progress.planned_percent)
    return drawable(shown) or f"{progress.percent}% / {progress.planned_percent}%"


def _axes(figure: Any, look: Look, place: tuple[float, float, float, float]) -> Any:
    axes: Any = figure.add_axes(place)
    bare(axes, look)
    return axes


def _plot_lines(axes: Any, progress: Progress, look: Look) -> None:
    planned, actual = drawable(_("Planned")), drawable(_("Done"))
    _line(axes, progress.planned, label=planned or "1", color=look.planned, linestyle="--")
    steps = {"drawstyle": "steps-post", "marker": "o", "markersize": 7}
    _line(axes, progress.actual, label=actual or "2", color=look.actual, **steps)
    if progress.expected:
        expected = drawable(_("From today"))
        _line(axes, progress.expected, label=expected or "3", color=look.actual, linestyle=":")
    axes.set_ylim(-4, 108)
    axes.set_yticks(SHARES, [f"{share}%" for share in SHARES])
    axes.grid(visible=True, axis="y", color=look.faint, linewidth=0.8)
    axes.set_axisbelow(True)
    _mark_dates(axes, progress)
    axes.legend(
        loc="lower left", bbox_to_anchor=(-0.02, 0.98), ncols=3, labelcolor=look.ink, **LEGEND
    )


def _line(axes: Any, points: Sequence[Point], **look: Any) -> None:
    axes.plot([day for day, _ in points], [share for _, share in points], linewidth=3, **look)


def _mark_dates(axes: Any, progress: Progress) -> None:
    """Name the first, the middle and the last day of what is shown."""
    days = [day for day, _ in (*progress.planned, *progress.actual, *progress.expected)]
    first, last = min(days), max(*days, min(days) + FEWEST_DAYS_WIDE * DAY)
    middle = first + (last - first) // 2
    edge = (last - first) * 0.06
    axes.set_xlim(first - edge, last + edge)
    shown = (first, middle, last)
    axes.set_xticks(shown, [_short(day) for day in shown])
    for label, side in zip(axes.get_xticklabels(), ("left", "center", "right"), strict=True):
        label.set_horizontalalignment(side)


def _plot_days(axes: Any, progress: Progress, look: Look) -> None:
    from matplotlib.colors import ListedColormap  # noqa: PLC0415 - as above

    shown = (progress.today - progress.first_day).days + 1
    counts = [progress.done_on.get(progress.first_day + DAY * day, 0) for day in range(shown)]
    levels = [min(count, len(look.heat) - 1) for count in counts]
    axes.pcolormesh(
        [week - 0.5 for week in range(WEEKS + 1)],
        [day - 0.5 for day in range(DAYS_A_WEEK + 1)],
        _by_weekday(levels),
        cmap=ListedColormap([look.background, *look.heat]),
        vmin=-1,
        vmax=len(look.heat) - 1,
        edgecolors=look.background,
        linewidth=BETWEEN,
    )
    for day, count in enumerate(counts):
        if count:
            place, ink = divmod(day, DAYS_A_WEEK), look.heat_ink[levels[day]]
            axes.text(
                *place, str(count), color=ink, fontsize=SMALL, ha="center", va="center_baseline"
            )
    axes.set_ylim(DAYS_A_WEEK - 0.5, -0.5)
    names = get_day_names("abbreviated", locale=number_locale())
    axes.set_yticks(NAMED_WEEKDAYS, [drawable(names[number]) for number in NAMED_WEEKDAYS])
    _mark_months(axes, [progress.first_day + timedelta(weeks=week) for week in range(WEEKS)])


def _by_weekday(levels: Sequence[int]) -> list[list[int]]:
    """Return the days in a row for each weekday, with -1 for those to come."""
    days = [*levels, *[-1] * (WEEKS * DAYS_A_WEEK - len(levels))]
    return [days[weekday::DAYS_A_WEEK] for weekday in range(DAYS_A_WEEK)]


def _mark_months(axes: Any, mondays: Sequence[date]) -> None:
    """Name each month below the first of its Mondays that is shown."""
    new = weeks_named(mondays)
    axes.set_xticks(new, [_month(mondays[week]) for week in new])


def weeks_named(mondays: Sequence[date]) -> Sequence[int]:
    """Return the places of the weeks that begin a month, but the first if its name has no room."""
    new = [
        week
        for week, monday in enumerate(mondays)
        if week == 0 or monday.month != mondays[week - 1].month
    ]
    return new[1:] if new[1] < WEEKS_A_NAME_TAKES else new


def _month(day: date) -> str:
    return drawable(format_skeleton("MMM", day, locale=number_locale())) or str(day.month)


def _short(day: date) -> str:
    return drawable(format_skeleton("yMMMd", day, locale=number_locale())) or day.isoformat()


def _dated(day: date) -> str:
    return format_date(day, "long", locale=number_locale())
