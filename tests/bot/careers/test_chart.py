import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.careers import chart, service
from bot.careers.service import Careers, RoleGone
from tests.bot.careers.samples import role

PNG = b"\x89PNG\r\n\x1a\n"
POLICY = "ai-trust-safety-policy-specialist"
DATA_DIRECTORIES = (Path(__file__).parents[3] / "data",)


def paid(*titles: str, **range_: Any) -> Any:
    pay = {"range": range_ or {"low": 1, "high": 2}, "currency": "USD", "source": "survey"}
    return role(
        ladder=[{"title": title, "level": "Entry", "duties": ["x"], "pay": pay} for title in titles]
    )


@pytest.mark.parametrize(
    "titles",
    [["One"], ["A very long title that needs to be wrapped " * 2] * 10, ["漢字", "👩‍🚀", "$"]],
)
def test_a_ladder_is_drawn_whatever_its_titles(titles: list[str]) -> None:
    assert chart.draw(paid(*titles)).startswith(PNG)


@pytest.mark.parametrize(
    "ends", [{"low": 0, "high": 0}, {"low": 9, "high_open": True}, {"high": 9, "low_open": True}]
)
def test_open_and_empty_ranges_are_drawn(ends: dict[str, Any]) -> None:
    assert chart.draw(paid("One", **ends)).startswith(PNG)


def test_there_is_no_chart_without_pay_or_over_several_currencies() -> None:
    assert not chart.chartable(role())
    assert chart.chartable(paid("One"))
    mixed = paid("One", "Two")
    steps = mixed.model_dump()["ladder"]
    steps[1]["pay"]["currency"] = "EUR"
    assert not chart.chartable(role(ladder=steps))


def test_the_words_hold_every_number_and_what_is_unknown() -> None:
    steps = [*paid("One", low=65000, high=95000).model_dump()["ladder"]]
    steps.append({"title": "Two", "level": "Mid", "duties": ["x"]})
    text = chart.alt_text(role(ladder=steps))
    assert "One: $65,000" in text
    assert "95,000" in text
    assert "Two: pay unknown" in text


def count_drawings(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    drawn: list[object] = []

    def draw(drawn_role: object) -> bytes:
        drawn.append(drawn_role)
        return PNG

    monkeypatch.setattr(chart, "draw", draw)
    return drawn


async def test_a_chart_is_drawn_once_for_all_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = count_drawings(monkeypatch)
    careers = Careers(DATA_DIRECTORIES)
    pictures = await asyncio.gather(*(careers.pay_chart(POLICY) for _ in range(20)))
    assert pictures == [PNG] * 20
    assert await careers.pay_chart(POLICY) == PNG
    assert len(drawn) == 1


async def test_a_failed_drawing_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = iter([MemoryError("full"), PNG])

    def draw(_role: object) -> bytes:
        outcome = next(outcomes)
        if isinstance(outcome, MemoryError):
            raise outcome
        return outcome

    monkeypatch.setattr(chart, "draw", draw)
    careers = Careers(DATA_DIRECTORIES)
    with pytest.raises(MemoryError):
        await careers.pay_chart(POLICY)
    assert await careers.pay_chart(POLICY) == PNG


async def test_a_role_without_pay_or_unknown_has_no_chart() -> None:
    careers = Careers(DATA_DIRECTORIES)
    assert await careers.pay_chart("ai-red-team-engineer") is None
    assert await careers.pay_chart("nowhere") is None


async def test_few_charts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = count_drawings(monkeypatch)
    monkeypatch.setattr(service, "MAX_CACHED_CHARTS", 1)
    careers = Careers(DATA_DIRECTORIES)
    for slug in (POLICY, "trust-safety-analyst", POLICY):
        await careers.pay_chart(slug)
    assert len(drawn) == 3


def test_a_key_without_a_role_is_said_kindly() -> None:
    with pytest.raises(RoleGone, match="isn't here any more"):
        Careers(DATA_DIRECTORIES).role_by_key("aaaaaaaa")
