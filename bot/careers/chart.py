"""The salary ladder as a picture, and the same in words for those who can't see it."""

from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from bot.careers import figures
from bot.careers.model import Pay, Role, Step
from bot.i18n import _
from bot.pictures.looks import DARK, Look
from bot.pictures.paper import SMALL, bare, blank, drawable, png

ROW_IN, MARGIN_IN = 1.05, 0.9
LABEL_WIDTH, LABEL_LINES = 20, 4
"""In characters."""

ROOM = 1.25
"""How much wider than its longest bar the chart is."""

MOST_MARKS = 4
"""Of sums along the axis, so that they don't touch."""


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


def draw(role: Role, look: Look = DARK) -> bytes:
    """Return the ladder as a PNG. Takes some 100 ms of CPU: call it off the event loop."""
    bars = [_bar(number, step, step.pay) for number, step in enumerate(role.ladder, 1) if step.pay]
    figure = blank(ROW_IN * len(bars) + MARGIN_IN, look)
    _plot(figure.add_subplot(), bars, look)
    figure.tight_layout()
    return png(figure)


def _bar(number: int, step: Step, pay: Pay) -> Bar:
    low = pay.range.low if pay.range.low is not None else 0
    high = pay.range.high if pay.range.high is not None else low
    label = "\n".join(
        wrap(drawable(step.title), LABEL_WIDTH, max_lines=LABEL_LINES, placeholder="…")
    )
    open_end = pay.range.high_open
    return Bar(label or f"{number}.", low, high, open_end, drawable(figures.pay_range(pay)))


def _plot(axes: Any, bars: list[Bar], look: Look) -> None:
    longest = max(bar.high for bar in bars) or 1
    places = range(len(bars))
    widths = [max(bar.high - bar.low, longest * 0.01) for bar in bars]
    axes.barh(places, widths, left=[bar.low for bar in bars], color=look.bar, height=0.42)
    for place, bar in enumerate(bars):
        late = bar.low > longest / 2
        start, side = (longest * ROOM, "right") if late else (bar.low, "left")
        axes.text(start, place - 0.34, bar.text, color=look.ink, ha=side, va="bottom", size=SMALL)
        if bar.open_end:
            axes.plot(bar.high + longest * 0.012, place, ">", color=look.bar, markersize=11)
    axes.set_yticks(places, [bar.label for bar in bars])
    axes.set_ylim(len(bars) - 0.4, -0.75)
    axes.set_xlim(0, longest * ROOM)
    axes.locator_params(axis="x", nbins=MOST_MARKS)
    axes.xaxis.set_major_formatter(_thousands)
    bare(axes, look)
    axes.grid(visible=True, axis="x", color=look.faint, linewidth=0.6)
    axes.set_axisbelow(True)


def _thousands(value: float, _position: int) -> str:
    return f"{value:,.0f}"
