"""Both looks can be read, in the dark and in the light, and by people of all colour vision."""

from itertools import combinations

import pytest

from bot.pictures.looks import DARK, LIGHT, LOOKS, Look

LETTERS, SHAPES = 4.5, 3.0
"""Contrasts that WCAG 2.2 asks for (1.4.3 and 1.4.11)."""

Linear = tuple[float, float, float]

BLINDNESS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes 2009, severity 1, for linear RGB."""


def linear(colour: str) -> Linear:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    )
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: Linear) -> Linear:
    """CIELAB of linear sRGB, for a white of D65."""
    red, green, blue = (min(max(part, 0), 1) for part in colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(colour: str, blindness: str | None) -> Linear:
    parts = linear(colour)
    if blindness is None:
        return lab(parts)
    rows = BLINDNESS[blindness]
    red, green, blue = (sum(k * part for k, part in zip(row, parts, strict=True)) for row in rows)
    return lab((red, green, blue))


def difference(one: str, other: str, blindness: str | None) -> float:
    """CIE 1976 colour difference; about 2 is just seen."""
    pairs = zip(seen(one, blindness), seen(other, blindness), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


both = pytest.mark.parametrize("look", [DARK, LIGHT], ids=["dark", "light"])


@both
def test_letters_can_be_read_wherever_they_stand(look: Look) -> None:
    squares = (look.covered, look.missed, look.aside, look.unasked, look.empty)
    for place in (look.background, *squares):
        assert contrast(look.ink, place) >= LETTERS
    for ink, place in zip(look.heat_ink, look.heat, strict=True):
        assert contrast(ink, place) >= LETTERS


@both
def test_lines_and_bars_stand_out(look: Look) -> None:
    for each in (look.bar, look.planned, look.actual, look.goal, look.done):
        assert contrast(each, look.background) >= SHAPES


@both
@pytest.mark.parametrize("blindness", [None, *BLINDNESS])
def test_what_differs_looks_different_to_everyone(look: Look, blindness: str | None) -> None:
    lines = combinations((look.planned, look.actual), 2)
    squares = combinations((look.done, look.missed, look.empty, look.background), 2)
    for one, other in (*lines, (look.goal, look.actual)):
        assert difference(one, other, blindness) > 20
    for one, other in squares:
        assert difference(one, other, blindness) > 4
    for one, other in combinations(look.heat, 2):
        assert difference(one, other, blindness) > 12


@both
def test_more_on_a_day_stands_out_more(look: Look) -> None:
    contrasts = [contrast(each, look.background) for each in look.heat]
    assert contrasts == sorted(contrasts)


def test_one_look_is_dark_and_one_is_light() -> None:
    assert luminance(LOOKS["dark"].background) < 0.05
    assert luminance(LOOKS["light"].background) > 0.9
