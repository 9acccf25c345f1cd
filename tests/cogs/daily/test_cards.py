from datetime import date
from typing import Any

import pytest
from discord import ui

from bot.chat.limits import MAX_CARD_TEXT, cost
from bot.daily.model import Post, Posting, PostState
from bot.questions.known import Known
from bot.questions.model import Content, KeyPoint, Kind, Level
from cogs.attempts.answer_button import AnswerButton
from cogs.daily.post_card import controls_of, points_within, question_card, revealed_card
from tests.cogs.limits import check
from tests.cogs.reading import walk
from tests.conftest import NOW

LONG = {"plain": "word ", "marks": "*_`~", "script": "語彙 ", "emoji": "👩‍🚀 "}


def filled(piece: str, length: int) -> str:
    return (piece * length)[:length].strip() or "x"


def posting(piece: str) -> Posting:
    points = tuple(
        KeyPoint(point=f"{n} {filled(piece, 155)}", why=filled(piece, 300), weight=1 + n % 3)
        for n in range(7)
    )
    content = Content(
        text=filled(piece, 500),
        level=Level.SENIOR,
        kind=Kind.POLICY_WRITING,
        minutes=60,
        hint=filled(piece, 300),
        key_points=points,
        mistakes=tuple(filled(piece, 300) for _ in range(4)),
        follow_up=filled(piece, 300),
    )
    post = Post(
        1, 1, 3, date(2026, 11, 24), NOW, 1, PostState.CHOSEN, None, "own:1", None, 1,
        reveal_at=NOW,
    )  # fmt: skip
    return Posting(post, Known("own:1", content, None), ping_role=2**62)


def texts(view: ui.LayoutView) -> str:
    components: list[dict[str, Any]] = view.to_components()
    return "".join(part["content"] for part in walk(components) if part["type"] == 10)


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_the_longest_cards_keep_within_the_limit(piece: str) -> None:
    longest = posting(piece)
    for view in (
        question_card(longest, {}, controls_of(longest.post, longest.known)),
        revealed_card(longest, {}),
    ):
        check(view)
        assert cost(texts(view)) <= MAX_CARD_TEXT - 100  # room for what says that it is late


def test_all_key_points_are_shown_the_weightiest_first_and_explained_first() -> None:
    shown = texts(revealed_card(posting("word "), {}))
    places = [shown.find(f"- **{n} word") for n in (2, 5, 1, 4, 0, 3, 6)]
    assert -1 not in places
    assert places == sorted(places)
    assert "What may be asked next" in shown


def test_reasons_give_way_where_there_is_no_room() -> None:
    points = [KeyPoint(point="A", why="because", weight=1), KeyPoint(point="B", why="", weight=3)]
    assert points_within(points, 100).splitlines() == [
        "- **B** (essential)",
        "- **A** (a plus)",
        "  because",
    ]
    assert points_within(points, 40).splitlines() == ["- **B** (essential)", "- **A** (a plus)"]


def test_without_a_hint_there_is_no_button_for_it() -> None:
    with_hint = posting("word ")
    content = with_hint.known.question.model_copy(update={"hint": ""})
    [answer, _save] = controls_of(with_hint.post, Known("own:1", content, None))
    assert isinstance(answer, AnswerButton)
