"""The two looks of pictures: for who uses Discord dark, and for who uses it light.

Blue, orange and green are of Okabe and Ito's palette (https://jfly.uni-koeln.de/color/), which
people of all colour vision tell apart. Letters have a contrast of at least 4.5 to what they stand
on, lines and bars of at least 3 (https://www.w3.org/TR/WCAG22/#contrast-minimum).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """The colours of a picture, as `#rrggbb`."""

    background: str
    ink: str
    """Letters."""

    faint: str
    """Lines that only guide the eye."""

    bar: str
    planned: str
    actual: str
    goal: str

    done: str
    """The squares of a calendar, from here on."""

    covered: str
    missed: str
    aside: str
    unasked: str
    empty: str

    heat: tuple[str, str, str, str]
    """None, one, two, and three or more on a day."""

    heat_ink: tuple[str, str, str, str]
    """Numbers on each of them."""


DARK = Look(
    background="#1e1f22", ink="#f2f3f5", faint="#4e5058",
    bar="#6b77f5", planned="#e69f00", actual="#56b4e9", goal="#fee75c",
    done="#6b77f5", covered="#2f6f8b", missed="#8b3a3e",
    aside="#4e5058", unasked="#3a3c42", empty="#2b2d31",
    heat=("#2b2d31", "#1f5f8b", "#56b4e9", "#c9e8fa"),
    heat_ink=("#f2f3f5", "#f2f3f5", "#10222e", "#10222e"),
)  # fmt: skip

LIGHT = Look(
    background="#ffffff", ink="#1e1f22", faint="#c4c9ce",
    bar="#4752c4", planned="#d55e00", actual="#0072b2", goal="#b34700",
    done="#4752c4", covered="#8cc4de", missed="#f0a3a6",
    aside="#c4c9ce", unasked="#dfe2e6", empty="#eff1f3",
    heat=("#eff1f3", "#a9d3ee", "#2476ad", "#0b4a75"),
    heat_ink=("#1e1f22", "#10222e", "#ffffff", "#ffffff"),
)  # fmt: skip

LOOKS: Mapping[str, Look] = {"dark": DARK, "light": LIGHT}
