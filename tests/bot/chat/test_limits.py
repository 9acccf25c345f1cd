from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.limits import ELLIPSIS, clip, cost, paged, split

ALPHABET = st.sampled_from([*"ab \n\t-*", "漢", "é", "\u0301", "👩", "\u200d", "🏽", "ع", "\u2003"])
TEXTS = st.text(ALPHABET, max_size=200) | st.text(max_size=100)
LIMITS = st.integers(2, 60)
thorough = settings(max_examples=250, deadline=None)


def bare(text: str) -> str:
    """The text without any whitespace."""
    return "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("abc", 3), ("é", 1), ("é" * 100, 100), ("漢" * 100, 120), ("👩" * 100, 200)],
)
def test_a_text_costs_its_utf_16_units_or_more_where_its_utf_8_is_long(
    text: str, expected: int
) -> None:
    assert cost(text) == expected


@given(TEXTS)
def test_a_text_costs_no_less_than_any_way_to_count_it(text: str) -> None:
    assert cost(text) >= len(text)
    assert cost(text) >= len(text.encode("utf-16-le")) / 2
    assert cost(text) * 2.5 >= len(text.encode()) - 1.25


def test_4000_by_cost_stay_clear_of_the_byte_limit() -> None:
    for letter in "a漢👩":
        longest = letter * (4000 // max(1, cost(letter * 100) // 100))
        assert len(clip(longest * 2, 4000).encode()) < 10_170


def test_a_text_within_its_limit_is_left_as_it_is() -> None:
    assert clip("four", 4) == "four"


def test_a_longer_text_is_cut_after_a_word() -> None:
    assert clip("word word word word word word", 23) == "word word word word…"


def test_a_longer_text_is_rather_cut_after_a_line() -> None:
    assert clip("one line here\nand two more words", 20) == "one line here…"


def test_a_word_that_is_too_long_is_cut_within() -> None:
    assert clip("a " + "b" * 30, 20) == "a " + "b" * 17 + "…"


@thorough
@given(TEXTS, st.integers(1, 60))
def test_a_clipped_text_is_within_its_limit(text: str, limit: int) -> None:
    assert cost(clip(text, limit)) <= limit


@thorough
@given(TEXTS, LIMITS)
def test_a_clipped_text_is_the_beginning_with_an_ellipsis(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    if cost(text) <= limit:
        assert clipped == text
    else:
        assert clipped.endswith(ELLIPSIS)
        assert text.startswith(clipped.removesuffix(ELLIPSIS))


def test_a_short_text_is_one_piece() -> None:
    assert split("a b\nc", 5) == ["a b\nc"]
    assert split("", 5) == [""]


def test_a_text_is_cut_at_lines_rather_than_at_words() -> None:
    assert split("one two\nthree four", 12) == ["one two", "three four"]


def test_a_text_is_cut_at_words_rather_than_within() -> None:
    assert split("one two three four", 9) == ["one two", "three", "four"]


def test_a_cut_at_a_line_that_would_waste_half_a_piece_is_not_made() -> None:
    assert split("a\nbbbb cc dd", 10) == ["a\nbbbb cc", "dd"]


def test_space_at_the_end_is_no_piece_of_its_own() -> None:
    assert split("a" * 5 + " " * 5, 5) == ["a" * 5]


@thorough
@given(TEXTS, LIMITS)
def test_every_piece_is_within_the_limit(text: str, limit: int) -> None:
    assert all(cost(piece) <= limit for piece in split(text, limit))


@thorough
@given(TEXTS, LIMITS)
def test_splitting_loses_nothing_but_space_at_cuts(text: str, limit: int) -> None:
    rest = text
    for piece in split(text, limit):
        gap, found, rest = rest.partition(piece) if piece else ("", "", rest)
        assert found == piece
        assert not gap.strip()
    assert not rest.strip()


@thorough
@given(TEXTS.filter(str.strip), LIMITS)
def test_no_piece_of_a_text_is_empty(text: str, limit: int) -> None:
    assert all(split(text.strip(), limit))


def test_short_entries_share_a_page_line_by_line() -> None:
    assert paged(["one", "two", "three"], 20) == ["one\ntwo\nthree"]


def test_an_entry_of_several_lines_stands_apart() -> None:
    assert paged(["one", "two\nthree"], 20) == ["one\n\ntwo\nthree"]


def test_an_entry_that_no_longer_fits_opens_a_page() -> None:
    assert paged(["one two", "three four", "five"], 15) == ["one two", "three four\nfive"]


def test_entries_may_fill_a_page_to_its_limit() -> None:
    assert paged(["one", "two"], 7) == ["one\ntwo"]
    assert paged(["one", "two"], 6) == ["one", "two"]


def test_nothing_is_one_empty_page() -> None:
    assert paged([], 10) == [""]
    assert paged([""], 10) == [""]


ENTRIES = st.lists(TEXTS, max_size=8)


@thorough
@given(ENTRIES, LIMITS)
def test_every_page_is_within_the_limit(entries: list[str], limit: int) -> None:
    assert all(cost(page) <= limit for page in paged(entries, limit))


@thorough
@given(ENTRIES, LIMITS)
def test_pages_hold_everything_in_order(entries: list[str], limit: int) -> None:
    assert bare("".join(paged(entries, limit))) == bare("".join(entries))


@thorough
@given(ENTRIES, LIMITS)
def test_no_page_is_blank_unless_everything_is(entries: list[str], limit: int) -> None:
    pages = paged(entries, limit)
    assert pages
    if any(map(str.strip, entries)):
        assert all(page.strip() for page in pages)


@thorough
@given(ENTRIES, LIMITS)
def test_an_entry_is_cut_only_if_it_is_longer_than_a_page(entries: list[str], limit: int) -> None:
    pages = paged(entries, limit)
    for entry in entries:
        if cost(entry) <= limit:
            assert any(entry.strip() in page for page in pages)


@thorough
@given(ENTRIES, LIMITS)
def test_no_two_pages_would_fit_on_one(entries: list[str], limit: int) -> None:
    pages = paged([entry for entry in entries if cost(entry) <= limit], limit)
    for page, following in pairwise(pages):
        assert cost(page) + cost(following) + 2 > limit - 2 or "\n" in following
