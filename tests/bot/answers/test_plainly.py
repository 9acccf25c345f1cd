import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.plainly import clipped_at_sentences, in_words

TEXTS = st.lists(st.sampled_from(["Draw maps.", "Why?", "Now!", "v2.0 of", "and so", "e.g."])).map(
    " ".join
)


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a, b", "c"], "a, b and c"),
    ],
)
def test_items_are_listed_as_they_are_said(items: list[str], said: str) -> None:
    assert in_words(items) == in_words(iter(items)) == said


@pytest.mark.parametrize(
    ("limit", "kept"),
    [
        (100, "Draw maps. Why? For those who get lost."),
        (39, "Draw maps. Why? For those who get lost."),
        (38, "Draw maps. Why?"),
        (15, "Draw maps. Why?"),
        (14, "Draw maps."),
        (10, "Draw maps."),
        (9, "Draw…"),
        (3, "Dr…"),
    ],
)
def test_as_many_whole_sentences_are_kept_as_fit(limit: int, kept: str) -> None:
    assert clipped_at_sentences("Draw maps. Why? For those who get lost.", limit) == kept


def test_of_a_single_long_word_the_beginning_is_kept() -> None:
    assert clipped_at_sentences("x" * 50, 10) == "x" * 9 + "…"
    assert clipped_at_sentences("x" * 50, 50) == "x" * 50


def test_nothing_stays_nothing() -> None:
    assert clipped_at_sentences("", 10) == ""


@given(TEXTS, st.integers(2, 60))
def test_what_is_kept_begins_the_text_and_fits(text: str, limit: int) -> None:
    kept = clipped_at_sentences(text, limit)
    assert text.startswith(kept.removesuffix("…"))
    assert len(kept) <= limit
    assert kept == text or len(text) > limit
