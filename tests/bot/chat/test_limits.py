import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.limits import clip, cost, paged, split

limits = st.integers(20, 300)


def letters(text: str) -> str:
    return "".join(text.split())


def test_long_scripts_cost_more_than_their_characters() -> None:
    assert cost("abc") == 3
    assert cost("👩") == 2
    assert cost("漢" * 1000) == 1200


@given(st.text(), limits)
def test_a_clipped_text_is_within_its_limit_and_a_beginning(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert cost(clipped) <= limit
    assert clipped == text or text.startswith(clipped.removesuffix("…"))


def test_a_text_is_clipped_at_a_word() -> None:
    assert clip("one two three four five", 12) == "one two…"
    assert clip("x" * 50, 10) == "x" * 9 + "…"
    assert clip("short", 10) == "short"


@given(st.text(), limits)
def test_a_split_text_loses_no_letter(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert letters("".join(pieces)) == letters(text)
    assert all(cost(piece) <= limit for piece in pieces)
    assert all(pieces) or text == ""


@given(st.lists(st.text(min_size=1)), limits)
def test_pages_are_within_their_limit_and_hold_everything(entries: list[str], limit: int) -> None:
    pages = paged(entries, limit)
    assert letters("".join(pages)) == letters("".join(entries))
    assert all(cost(page) <= limit for page in pages)
    assert len(pages) >= 1


def test_an_entry_moves_whole_to_the_next_page() -> None:
    assert paged(["a" * 15, "b" * 10], 20) == ["a" * 15, "b" * 10]
    assert paged(["one", "two"], 20) == ["one\ntwo"]
    assert paged(["one\ntwo", "three\nfour"], 40) == ["one\ntwo\n\nthree\nfour"]


@pytest.mark.parametrize("text", ["line one\nline two", "words and words"])
def test_a_text_is_cut_at_a_line_or_word(text: str) -> None:
    first, second = split(text, 10)
    assert f"{first}{text[len(first)]}{second}" == text
