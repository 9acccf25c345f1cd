"""What a picture is drawn on, and how it becomes a file."""

from io import BytesIO
from typing import Any

from bot.pictures.looks import Look

WIDTH_IN, DPI = 7.5, 120
SMALL, LARGE = 14, 16
"""Letters, in points. On a phone 360 pixels wide the small ones are still 9 pixels high."""


def blank(height_in: float, look: Look) -> Any:
    """Return an empty figure of matplotlib's; its height in inches."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second that start-up needn't wait

    figure: Any = Figure(figsize=(WIDTH_IN, height_in), dpi=DPI)
    figure.set_facecolor(look.background)
    return figure


def bare(axes: Any, look: Look) -> None:
    """Take the frame and the ticks from a plot."""
    axes.set_facecolor(look.background)
    axes.tick_params(colors=look.ink, length=0, labelsize=SMALL)
    for spine in axes.spines.values():
        spine.set_visible(False)


def png(figure: Any) -> bytes:
    """Return a figure as a PNG, and give its memory back."""
    picture = BytesIO()
    figure.savefig(picture, format="png")
    figure.clear()
    return picture.getvalue()


def drawable(text: str) -> str:
    """Return the text, or nothing if the pictures' font lacks a character of it (CJK, emoji)."""
    from matplotlib import font_manager  # noqa: PLC0415 - as above

    fonts: Any = font_manager
    glyphs = fonts.get_font(fonts.findfont(fonts.FontProperties())).get_charmap()
    return text.replace("$", r"\$") if all(ord(char) in glyphs for char in text) else ""
