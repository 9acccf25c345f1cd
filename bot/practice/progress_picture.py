"""Practice week by week as a picture, and the same in words for those who can't see it."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from babel.dates import format_date, format_skeleton
from babel.numbers import format_percent

from bot.i18n import _, number_locale
from bot.practice.progress import WEEKS, Progress, Week
from bot.practice.scheduling import DESIRED_RETENTION

BACKGROUND, INK, FAINT, BAR, LINE, GOAL = (
    "#1e1f22", "#f2f3f5", "#4e5058", "#5865f2", "#57f287", "#fee75c",
)  # fmt: skip
WIDTH_IN, HEIGHT_IN, DPI = 9.0, 5.4, 120
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


def draw(progress: Progress) -> bytes:
    """Return the weeks as a PNG. Takes some 200 ms of CPU: call it off the event loop."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second that start-up needn't wait

    figure: Any = Figure(figsize=(WIDTH_IN, HEIGHT_IN), dpi=DPI)
    figure.set_facecolor(BACKGROUND)
    upper = _panel(figure, 0.58, _("Remembered of what was learnt (dashed: the goal)"))
    lower = _panel(figure, 0.1, _("Reviews"))
    _plot_retention(upper, progress.weeks)
    _plot_reviews(lower, progress.weeks)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _retention(week: Week) -> str:
    return _("none") if week.retention is None else percent(week.retention)


def _panel(figure: Any, bottom: float, title: str) -> Any:
    axes: Any = figure.add_axes((0.08, bottom, 0.89, 0.3))
    axes.set_facecolor(BACKGROUND)
    axes.set_title(_drawable(title), color=INK, fontsize=14, loc="left", pad=10)
    axes.set_xlim(-0.6, WEEKS - 0.4)
    axes.tick_params(colors=INK, length=0, labelsize=11)
    axes.grid(visible=True, axis="y", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return axes


def _plot_retention(axes: Any, weeks: Sequence[Week]) -> None:
    known = [
        (place, each.retention) for place, each in enumerate(weeks) if each.retention is not None
    ]
    axes.axhline(DESIRED_RETENTION, color=GOAL, linewidth=1.2, linestyle="--")
    axes.plot([place for place, _ in known], [share for _, share in known], "o-", color=LINE)
    axes.set_ylim(0, 1.1)
    shares = (0, 0.5, 1)
    axes.set_yticks(shares, [_drawable(percent(share)) for share in shares])
    axes.set_xticks([])


def _plot_reviews(axes: Any, weeks: Sequence[Week]) -> None:
    counts = [week.reviews for week in weeks]
    axes.bar(range(WEEKS), counts, color=BAR, width=0.7)
    axes.set_ylim(0, max(*counts, 1) * ROOM)
    axes.set_yticks([0, max(*counts, 1)])
    for place, count in enumerate(counts):
        if count:
            axes.text(place, count, str(count), color=INK, fontsize=10, ha="center", va="bottom")
    axes.set_xticks(range(WEEKS), [_day(week.monday) for week in weeks])


def _day(day: date) -> str:
    return _drawable(format_skeleton("MMMd", day, locale=number_locale())) or f"{day:%m-%d}"


def _drawable(text: str) -> str:
    """Return the text, or nothing if the picture's font lacks a character of it (CJK, emoji)."""
    from matplotlib import font_manager  # noqa: PLC0415 - as above

    fonts: Any = font_manager
    glyphs = fonts.get_font(fonts.findfont(fonts.FontProperties())).get_charmap()
    return text.replace("$", r"\$") if all(ord(char) in glyphs for char in text) else ""
