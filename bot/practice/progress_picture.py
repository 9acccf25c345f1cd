"""Practice week by week as a picture, and the same in words for those who can't see it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import format_date, format_skeleton
from babel.numbers import format_percent

from bot.i18n import _, number_locale
from bot.pictures.looks import DARK, Look
from bot.pictures.paper import LARGE, SMALL, bare, blank, drawable, png
from bot.practice.progress import WEEKS, Progress, Week
from bot.practice.scheduling import DESIRED_RETENTION

HEIGHT_IN = 5.8
WEEKS_A_DATE_TAKES = 3
ROOM = 1.25
"""How much higher than its highest bar a panel is."""


def alt_text(progress: Progress) -> str:
    """Return the picture in words, at most 1,024 characters long in English."""
    return _(
        "Practice in the {n} weeks since {first}. Reviews a week: {reviews}. "
        "Remembered a week, of what was learnt: {retention}. The goal is {goal}."
    ).format(
        n=WEEKS,
        first=format_date(progress.weeks[0].monday, "long", locale=number_locale()),
        reviews=", ".join(str(week.reviews) for week in progress.weeks),
        retention=", ".join(map(_retention, progress.weeks)),
        goal=percent(DESIRED_RETENTION),
    )


def percent(share: float) -> str:
    """Return a share of 1 as members read it."""
    return format_percent(share, locale=number_locale())


def draw(progress: Progress, look: Look = DARK) -> bytes:
    """Return the weeks as a PNG. Takes some 200 ms of CPU: call it off the event loop."""
    figure = blank(HEIGHT_IN, look)
    upper = _panel(figure, look, 0.58, _("Remembered of what was learnt (dashed: the goal)"))
    lower = _panel(figure, look, 0.1, _("Reviews"))
    _plot_retention(upper, progress.weeks, look)
    _plot_reviews(lower, progress.weeks, look)
    return png(figure)


def _retention(week: Week) -> str:
    return _("none") if week.retention is None else percent(week.retention)


def _panel(figure: Any, look: Look, bottom: float, title: str) -> Any:
    axes: Any = figure.add_axes((0.12, bottom, 0.85, 0.3))
    axes.set_title(drawable(title), color=look.ink, fontsize=LARGE, loc="left", pad=10)
    axes.set_xlim(-0.6, WEEKS - 0.4)
    bare(axes, look)
    axes.grid(visible=True, axis="y", color=look.faint, linewidth=0.6)
    axes.set_axisbelow(True)

    return axes


def _plot_retention(axes: Any, weeks: Sequence[Week], look: Look) -> None:
    known = [
        (place, each.retention) for place, each in enumerate(weeks) if each.retention is not None
    ]
    axes.axhline(DESIRED_RETENTION, color=look.goal, linewidth=1.2, linestyle="--")
    axes.plot([place for place, _ in known], [share for _, share in known], "o-", color=look.actual)
    axes.set_ylim(0, 1.1)
    shares = (0, 0.5, 1)
    axes.set_yticks(shares, [drawable(percent(share)) for share in shares])
    axes.set_xticks([])


def _plot_reviews(axes: Any, weeks: Sequence[Week], look: Look) -> None:
    counts = [week.reviews for week in weeks]
    axes.bar(range(WEEKS), counts, color=look.bar, width=0.7)
    axes.set_ylim(0, max(*counts, 1) * ROOM)
    axes.set_yticks([0, max(*counts, 1)])
    for place, count in enumerate(counts):
        if count:
            axes.text(
                place, count, str(count), color=look.ink, fontsize=SMALL, ha="center", va="bottom"
            )
    named = range(WEEKS)[::WEEKS_A_DATE_TAKES]
    axes.set_xticks(named, [_day(weeks[place].monday) for place in named])


def _day(day: date) -> str:
    return drawable(format_skeleton("MMMd", day, locale=number_locale())) or f"{day:%m-%d}"
