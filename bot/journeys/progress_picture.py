"""A journey's progress as a picture, and the same in words for those who can't see it.

Colours are of Okabe and Ito's palette, which people of all colour vision tell apart; lines differ
in their dashes too, and days have their numbers. Letters are large enough at a phone's width.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from babel.dates import format_date, format_skeleton, get_day_names

from bot.i18n import _, number_locale
from bot.journeys.planning import DAY, DAYS_A_WEEK
from bot.journeys.progress import WEEKS, Point, Progress

BACKGROUND, INK, FAINT = "#1e1f22", "#f2f3f5", "#4e5058"
PLANNED, ACTUAL = "#e69f00", "#56b4e9"
HEAT = ("#2b2d31", "#1f5f8b", "#56b4e9", "#c9e8fa")
"""None, one, two, and three or more tasks on a day: the more, the lighter."""

HEAT_INK = (INK, INK, "#10222e", "#10222e")
NOT_YET = BACKGROUND
WIDTH_IN, HEIGHT_IN, DPI = 7.5, 7.6, 120
LABEL, TITLE = 15, 17
BETWEEN = 4
"""Points between the squares of days."""

LEGEND: Mapping[str, Any] = {
    "fontsize": LABEL,
    "frameon": False,
    "labelcolor": INK,
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


def draw(progress: Progress) -> bytes:
    """Return the picture as a PNG. Takes some 200 ms of CPU: call it off the event loop."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second that start-up needn't wait

    figure: Any = Figure(figsize=(WIDTH_IN, HEIGHT_IN), dpi=DPI)
    figure.set_facecolor(BACKGROUND)
    _plot_lines(_axes(figure, (0.11, 0.52, 0.85, 0.34)), progress)
    _plot_days(_axes(figure, (0.11, 0.06, 0.85, 0.31)), progress)
    figure.text(0.02, 0.95, _heading(progress), color=INK, fontsize=TITLE)
    figure.text(0.02, 0.415, _drawable(_("Tasks done, day by day")), color=INK, fontsize=TITLE)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    figure.clear()
    return picture.getvalue()


def _heading(progress: Progress) -> str:
    text = _("{percent}% done, {planned}% planned by today")
    shown = text.format(percent=progress.percent, planned=progress.planned_percent)
    return _drawable(shown) or f"{progress.percent}% / {progress.planned_percent}%"


def _axes(figure: Any, place: tuple[float, float, float, float]) -> Any:
    axes: Any = figure.add_axes(place)
    axes.set_facecolor(BACKGROUND)
    axes.tick_params(colors=INK, length=0, labelsize=LABEL)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return axes


def _plot_lines(axes: Any, progress: Progress) -> None:
    planned, actual = _drawable(_("Planned")), _drawable(_("Done"))
    _line(axes, progress.planned, label=planned or "1", color=PLANNED, linestyle="--")
    steps = {"drawstyle": "steps-post", "marker": "o", "markersize": 7}
    _line(axes, progress.actual, label=actual or "2", color=ACTUAL, **steps)
    if progress.expected:
        expected = _drawable(_("From today"))
        _line(axes, progress.expected, label=expected or "3", color=ACTUAL, linestyle=":")
    axes.set_ylim(-4, 108)
    axes.set_yticks(SHARES, [f"{share}%" for share in SHARES])
    axes.grid(visible=True, axis="y", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    _mark_dates(axes, progress)
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 0.98), ncols=3, **LEGEND)


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


def _plot_days(axes: Any, progress: Progress) -> None:
    from matplotlib.colors import ListedColormap  # noqa: PLC0415 - as above

    shown = (progress.today - progress.first_day).days + 1
    counts = [progress.done_on.get(progress.first_day + DAY * day, 0) for day in range(shown)]
    levels = [min(count, len(HEAT) - 1) for count in counts]
    axes.pcolormesh(
        [week - 0.5 for week in range(WEEKS + 1)],
        [day - 0.5 for day in range(DAYS_A_WEEK + 1)],
        _by_weekday(levels),
        cmap=ListedColormap([NOT_YET, *HEAT]),
        vmin=-1,
        vmax=len(HEAT) - 1,
        edgecolors=BACKGROUND,
        linewidth=BETWEEN,
    )
    for day, count in enumerate(counts):
        if count:
            place, ink = divmod(day, DAYS_A_WEEK), HEAT_INK[levels[day]]
            axes.text(*place, str(count), color=ink, fontsize=13, ha="center", va="center_baseline")
    axes.set_ylim(DAYS_A_WEEK - 0.5, -0.5)
    names = get_day_names("abbreviated", locale=number_locale())
    axes.set_yticks(NAMED_WEEKDAYS, [_drawable(names[number]) for number in NAMED_WEEKDAYS])
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
    return _drawable(format_skeleton("MMM", day, locale=number_locale())) or str(day.month)


def _short(day: date) -> str:
    return _drawable(format_skeleton("yMMMd", day, locale=number_locale())) or day.isoformat()


def _dated(day: date) -> str:
    return format_date(day, "long", locale=number_locale())


def _drawable(text: str) -> str:
    """Return the text, or nothing if the picture's font lacks a character of it (CJK, emoji)."""
    from matplotlib import font_manager  # noqa: PLC0415 - as above

    fonts: Any = font_manager
    glyphs = fonts.get_font(fonts.findfont(fonts.FontProperties())).get_charmap()
    return text.replace("$", r"\$") if all(ord(char) in glyphs for char in text) else ""
