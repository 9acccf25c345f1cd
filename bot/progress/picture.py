"""A server's journeys as a picture, and the same in words for those who can't see it.

Bars have their numbers, and the two kinds their places.
"""

from collections.abc import Sequence
from typing import Any

from bot.i18n import _
from bot.pictures.looks import DARK, Look
from bot.pictures.paper import LARGE, SMALL, bare, blank, drawable, png
from bot.progress.figures import Career, Part, places

HEADER_IN, ROW_IN = 1.5, 0.75
THICK = 0.36
ROOM = 1.18
"""How much wider than its longest bar the picture is, for the numbers."""

MOST_BARS = 12


def alt_text(career: Career) -> str:
    """Return the picture in words."""
    parts = [_spoken(part) for part in career.parts]
    text = _("{title}: {ever} began. Past each phase, and dropped off in it: {parts}.")
    return text.format(title=career.title, ever=career.ever, parts="; ".join(parts))


def draw(career: Career, look: Look = DARK) -> bytes:
    """Return the picture as a PNG. Takes some 200 ms of CPU: call it off the event loop."""
    parts = career.parts[:MOST_BARS]
    height = HEADER_IN + ROW_IN * max(len(parts), 1)
    figure = blank(height, look)
    _plot(figure.add_axes((0.13, 0.03, 0.84, 1 - HEADER_IN / height)), parts, career, look)
    figure.text(0.02, 1 - 0.45 / height, drawable(_heading(career)), color=look.ink, fontsize=LARGE)
    return png(figure)


def _heading(career: Career) -> str:
    return _("{ever} began: who is past each phase").format(ever=career.ever)


def _plot(axes: Any, parts: Sequence[Part], career: Career, look: Look) -> None:
    bare(axes, look)
    finished, dropped = ([part.finished for part in parts], [part.dropped for part in parts])
    _bars(axes, -THICK / 2, finished, _("Past it"), look.actual)
    _bars(axes, THICK / 2, dropped, _("Dropped off"), look.planned)
    for place, pair in enumerate(zip(finished, dropped, strict=True)):
        for value, offset in zip(pair, (-THICK / 2, THICK / 2), strict=True):
            _number(axes, value, place + offset, look)
    axes.set_xlim(0, (career.ever or 1) * ROOM)
    axes.set_ylim(max(len(parts), 1) - 0.4, -0.6)
    axes.set_yticks(range(len(parts)), [places(part) for part in parts])
    axes.set_xticks([])
    axes.axvline(0, color=look.faint, linewidth=1.5)
    axes.legend(
        loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2,
        fontsize=SMALL, frameon=False, labelcolor=look.ink,
    )  # fmt: skip


def _bars(axes: Any, offset: float, values: Sequence[int | None], name: str, colour: str) -> None:
    places = [place + offset for place in range(len(values))]
    widths = [value or 0 for value in values]
    axes.barh(places, widths, height=THICK, color=colour, label=drawable(name) or "-")


def _number(axes: Any, value: int | None, place: float, look: Look) -> None:
    text = "?" if value is None else str(value)
    axes.annotate(
        text, (value or 0, place), xytext=(5, 0), textcoords="offset points",
        color=look.ink, fontsize=SMALL, va="center_baseline",
    )  # fmt: skip


def _spoken(part: Part) -> str:
    hidden = _("not shown")
    return _("phase {number}: {finished}, {dropped}").format(
        number=places(part),
        finished=hidden if part.finished is None else part.finished,
        dropped=hidden if part.dropped is None else part.dropped,
    )
