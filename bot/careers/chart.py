"""The salary ladder as a picture, and the same in words for those who can't see it."""

from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap
from typing import Any

from bot.careers import figures
from bot.careers.model import Pay, Role, Step
from bot.i18n import _

BACKGROUND, BAR, INK, FAINT = "#1e1f22", "#5865f2", "#f2f3f5", "#4e5058"
WIDTH_IN, ROW_IN, MARGIN_IN, DPI = 9.0, 1.05, 0.9, 120
LABEL_WIDTH, LABEL_LINES = 26, 3


@dataclass(frozen=True)
class Bar:
    """One known step of the ladder; low and high in whole units of the currency."""

    label: str
    low: float
    high: float
    open_end: bool
    text: str


def chartable(role: Role) -> bool:
    """Whether a chart makes sense: some pay is known, all in one currency and period."""
    return len({(step.pay.currency, step.pay.period) for step in role.ladder if step.pay}) == 1


def alt_text(role: Role) -> str:
    """Return the chart in words."""
    steps = [
        _("{title}: {pay}").format(title=step.title, pay=figures.pay(step)) for step in role.ladder
    ]
    return _("Pay by career step for {role}. {steps}.").format(
        role=role.title, steps="; ".join(steps)
    )


def draw(role: Role) -> bytes:
    """Return the ladder as a PNG. Takes some 100 ms of CPU: call it off the event loop."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second that start-up needn't wait

    bars = [_bar(number, step, step.pay) for number, step in enumerate(role.ladder, 1) if step.pay]
    figure: Any = Figure(figsize=(WIDTH_IN, ROW_IN * len(bars) + MARGIN_IN), dpi=DPI)
    figure.set_facecolor(BACKGROUND)
    _plot(figure.add_subplot(), bars)
    figure.tight_layout()
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _bar(number: int, step: Step, pay: Pay) -> Bar:
    low = pay.range.low if pay.range.low is not None else 0
    high = pay.range.high if pay.range.high is not None else low
    label = "\n".join(
        wrap(_drawable(step.title), LABEL_WIDTH, max_lines=LABEL_LINES, placeholder="…")
    )
    open_end = pay.range.high_open
    return Bar(label or f"{number}.", low, high, open_end, _drawable(figures.pay_range(pay)))


def _plot(axes: Any, bars: list[Bar]) -> None:
    axes.set_facecolor(BACKGROUND)
    longest = max(bar.high for bar in bars) or 1
    places = range(len(bars))
    widths = [max(bar.high - bar.low, longest * 0.01) for bar in bars]
    axes.barh(places, widths, left=[bar.low for bar in bars], color=BAR, height=0.42)
    for place, bar in enumerate(bars):
        axes.text(bar.low, place - 0.34, bar.text, color=INK, fontsize=14, va="bottom")
        if bar.open_end:
            axes.plot(bar.high + longest * 0.012, place, ">", color=BAR, markersize=11)
    axes.set_yticks(places, [bar.label for bar in bars])
    axes.set_ylim(len(bars) - 0.4, -0.75)
    axes.set_xlim(0, longest * 1.25)
    axes.xaxis.set_major_formatter(_thousands)
    axes.tick_params(colors=INK, length=0, labelsize=13)
    axes.grid(visible=True, axis="x", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _thousands(value: float, _position: int) -> str:
    return f"{value:,.0f}"


def _drawable(text: str) -> str:
    """Return the text, or nothing if the chart's font lacks a character of it (CJK, emoji)."""
    from matplotlib import font_manager  # noqa: PLC0415 - as above

    fonts: Any = font_manager
    glyphs = fonts.get_font(fonts.findfont(fonts.FontProperties())).get_charmap()
    return text.replace("$", r"\$") if all(ord(char) in glyphs for char in text) else ""
