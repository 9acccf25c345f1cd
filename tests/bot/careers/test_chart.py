import struct
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.careers import chart, figures
from bot.careers.model import Role
from tests.bot.careers.samples import paid, role, roles, step

SIGNATURE = b"\x89PNG\r\n\x1a\n"
WIDTH = 900
ROW = 126


def ladder(*steps: Any) -> Role:
    return role(ladder=list(steps))


def size(picture: bytes) -> tuple[int, int]:
    """The width and height that a PNG's header states."""
    assert picture.startswith(SIGNATURE)
    assert picture[12:16] == b"IHDR"
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_the_chart_is_a_png_with_a_row_for_each_known_step() -> None:
    one = chart.draw(ladder(step(pay=paid(65_000, 95_000))))
    three = chart.draw(ladder(*(step(pay=paid(n, n + 9)) for n in (1, 2, 3))))
    assert size(one)[0] == size(three)[0] == WIDTH
    assert abs(size(three)[1] - size(one)[1] - 2 * ROW) <= 1


def test_a_step_without_known_pay_has_no_row() -> None:
    only_known = chart.draw(ladder(step("A", pay=paid(1, 2))))
    assert chart.draw(ladder(step("A", pay=paid(1, 2)), step("B"))) == only_known


def test_an_open_end_is_drawn() -> None:
    closed = chart.draw(ladder(step(pay=paid(1, 2))))
    opened = chart.draw(ladder(step(pay=paid(1, 2, high_open=True))))
    assert opened != closed


def test_a_chart_needs_no_upper_end() -> None:
    assert size(chart.draw(ladder(step(pay=paid(400_000, None, high_open=True)))))[0] == WIDTH


def test_a_chart_needs_no_lower_end() -> None:
    assert size(chart.draw(ladder(step(pay=paid(None, 50_000, low_open=True)))))[0] == WIDTH


def test_unpaid_steps_are_drawn_too() -> None:
    assert size(chart.draw(ladder(step(pay=paid(0, 0)))))[0] == WIDTH


@pytest.mark.parametrize("title", ["地図製作者", "지도 제작자", "🗺️ Maps", "हिन्दी", "𒐫"])
def test_a_title_that_the_font_cannot_draw_gives_way_to_its_number(title: str) -> None:
    shown = chart.draw(ladder(step(title, pay=paid(1, 2)), step("B", pay=paid(3, 4))))
    assert shown == chart.draw(ladder(step("1.", pay=paid(1, 2)), step("B", pay=paid(3, 4))))


def test_the_number_of_a_step_counts_those_without_pay() -> None:
    shown = chart.draw(ladder(step(), step("地図製作者", pay=paid(1, 2))))
    assert shown == chart.draw(ladder(step("2.", pay=paid(1, 2))))


@pytest.mark.parametrize("title", ["$x^$", "$\\frac$", "a_$b$ {", "$" * 100, "50% & \\alpha"])
def test_a_title_is_never_read_as_a_formula(title: str) -> None:
    assert size(chart.draw(ladder(step(title, pay=paid(1, 2)))))[0] == WIDTH


def test_a_long_title_leaves_the_picture_as_large_as_it_is() -> None:
    short = chart.draw(ladder(step("W", pay=paid(1, 2))))
    assert size(chart.draw(ladder(step("W" * 100, pay=paid(1, 2))))) == size(short)


@pytest.mark.parametrize(
    "unlike",
    [
        [],
        [step(), step()],
        [step(pay=paid(1, 2)), step(pay=paid(1, 2, "EUR"))],
        [step(pay=paid(1, 2)), step(), step(pay=paid(1, 2, period="hour"))],
    ],
    ids=["one step, unknown", "unknown", "currencies", "periods"],
)
def test_pay_that_is_unknown_or_not_comparable_makes_no_chart(unlike: list[Any]) -> None:
    assert not chart.chartable(ladder(*(unlike or [step()])))


def test_one_known_step_makes_a_chart() -> None:
    assert chart.chartable(ladder(step(), step(pay=paid(1, 2)), step()))


def test_the_alt_text_says_in_words_what_the_chart_shows() -> None:
    rungs = ladder(
        step(pay=paid(65_000, 95_000)),
        step("Master"),
        step("Atlas editor", pay=paid(250_000, 400_000, high_open=True)),
    )
    assert chart.alt_text(rungs) == (
        "Pay by career step for Cartographer. Apprentice: $65,000–$95,000 a year; "
        "Master: pay unknown (no source yet); Atlas editor: $250,000–$400,000+ a year."
    )


extreme = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.large_base_example,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)


@extreme
@given(roles())
def test_the_alt_text_holds_every_number(any_role: Role) -> None:
    words = chart.alt_text(any_role)
    for rung in any_role.ladder:
        assert rung.title in words
        assert figures.pay(rung) in words


@extreme
@given(roles().filter(chart.chartable))
def test_whatever_can_be_charted_can_be_drawn(any_role: Role) -> None:
    known = sum(rung.pay is not None for rung in any_role.ladder)
    one = size(chart.draw(ladder(step(pay=paid(1, 2)))))[1]
    assert size(chart.draw(any_role)) == (WIDTH, one + (known - 1) * ROW)
