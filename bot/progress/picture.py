"""A server's journeys as a picture, and the same in words for those who can't see it.

Colours are of Okabe and Ito's palette; bars have their numbers, and the two kinds their places.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from bot.i18n import _
from bot.progress.figures import Career, Part, places

BACKGROUND, INK, FAINT = "#1e1f22", "#f2f3f5", "#4e5058"
FINISHED, DROPPED = "#56b4e9", "#e69f00"
WIDTH_IN, DPI = 7.5, 120
HEADER_IN, ROW_IN = 1.5, 0.75
LABEL, TITLE = 15, 17
THICK = 0.36
ROOM = 1.18
"""How much wider than its longest bar the picture is, for the numbers."""

MOST_BARS = 12


def alt_text(career: Career) -> str:
    """Return the picture in words."""
    parts = [_spoken(part) for part in career.parts]
    text = _("{title}: {ever} began. Past each phase, and dropped off in it: {parts}.")
    return text.format(title=career.title, ever=career.ever, parts="; ".join(parts))


def draw(career: Career) -> bytes:
    """Return the picture as a PNG. Takes some 200 ms of CPU: call it off the event loop."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second that start-up needn't wait

    parts = career.parts[:MOST_BARS]
    height = HEADER_IN + ROW_IN * max(len(parts), 1)
    figure: Any = Figure(figsize=(WIDTH_IN, height), dpi=DPI)
    figure.set_facecolor(BACKGROUND)
    axes: Any = figure.add_axes((0.13, 0.03, 0.84, 1 - HEADER_IN / height))
    _plot(axes, parts, career.ever or 1)
    figure.text(0.02, 1 - 0.45 / height, _drawable(_heading(career)), color=INK, fontsize=TITLE)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    figure.clear()
    return picture.getvalue()


def _heading(career: Career) -> str:
    return _("{ever} began: who is past each phase").format(ever=career.ever)


def _plot(axes: Any, parts: Sequence[Part], most: int) -> None:
    axes.set_facecolor(BACKGROUND)
    _bars(axes, -THICK / 2, [part.finished for part in parts], _("Past it"), FINISHED)
    _bars(axes, THICK / 2, [part.dropped for part in parts], _("Dropped off"), DROPPED)
    axes.set_xlim(0, most * ROOM)
    axes.set_ylim(max(len(parts), 1) - 0.4, -0.6)
    axes.set_yticks(range(len(parts)), [places(part) for part in parts])
    axes.set_xticks([])
    axes.tick_params(colors=INK, length=0, labelsize=LABEL)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.axvline(0, color=FAINT, linewidth=1.5)
    axes.legend(
        loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2,
        fontsize=LABEL, frameon=False, labelcolor=INK,
    )  # fmt: skip


def _bars(axes: Any, offset: float, values: Sequence[int | None], name: str, colour: str) -> None:
    places = [place + offset for place in range(len(values))]
    widths = [value or 0 for value in values]
    axes.barh(places, widths, height=THICK, color=colour, label=_drawable(name) or "-")
    for place, value in zip(places, values, strict=True):
        text = "?" if value is None else str(value)
        axes.annotate(
            text, (value or 0, place), xytext=(5, 0), textcoords="offset points",
            color=INK if value is not None else FAINT, fontsize=LABEL, va="center_baseline",
        )  # fmt: skip


def _spoken(part: Part) -> str:
    hidden = _("not shown")
    return _("phase {number}: {finished}, {dropped}").format(
        number=places(part),
        finished=hidden if part.finished is None else part.finished,
        dropped=hidden if part.dropped is None else part.dropped,
    )


def _drawable(text: str) -> str:
    """Return the text, or nothing if the picture's font lacks a character of it (CJK, emoji)."""
    from matplotlib import font_manager  # noqa: PLC0415 - as above

    fonts: Any = font_manager
    glyphs = fonts.get_font(fonts.findfont(fonts.FontProperties())).get_charmap()
    return text.replace("$", r"\$") if all(ord(char) in glyphs for char in text) else ""
