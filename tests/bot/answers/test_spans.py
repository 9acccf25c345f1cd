import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.spans import Phrases, Span, stems

PHRASES = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=3), max_size=5)
SAID = st.lists(st.sampled_from("abcd"), max_size=12)


def phrases(*known: str) -> Phrases[str]:
    """Phrases that name themselves."""
    made: Phrases[str] = Phrases()
    for phrase in known:
        made.add(phrase, phrase)
    return made


def found(known: Phrases[str], said: str) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(span.start, span.end, span.value) for span in known.find(said.split())]


def test_the_longest_phrase_is_found_first() -> None:
    known = phrases("red", "red team", "red team lead")
    assert found(known, "a red team of red leads") == [(1, 3, ("red team",)), (4, 5, ("red",))]
    assert found(known, "the red team leads") == [(1, 4, ("red team lead",))]


def test_what_is_found_does_not_overlap() -> None:
    assert found(phrases("a b", "b c"), "a b c") == [(0, 2, ("a b",))]


def test_one_phrase_may_name_several_things_each_once() -> None:
    known = phrases("Lead")
    for value in ("step", "step", "role"):
        known.add("leads", value)
    assert found(known, "lead") == [(0, 1, ("Lead", "step", "role"))]


def test_a_phrase_without_words_is_passed_over() -> None:
    known = phrases("", "?!")
    assert list(known.vocabulary()) == []
    assert not known.knows("?!")
    assert found(known, "what") == []


@pytest.mark.parametrize("typed", ["red teams", "Red-Team", "RED TEAM", "red   team!"])
def test_a_phrase_is_known_however_it_is_written(typed: str) -> None:
    assert phrases("Red Team").knows(typed)
    assert not phrases("Red Team").knows(f"{typed} lead")


def test_the_vocabulary_is_the_words_of_all_phrases() -> None:
    assert sorted(phrases("Red Team", "Analysts").vocabulary()) == ["analyst", "red", "team"]


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("analysts", "analyst"),
        ("laws", "law"),
        ("gas", "gas"),
        ("us", "us"),
        ("business", "business"),
        ("status", "status"),
        ("analysis", "analysis"),
    ],
)
def test_only_the_s_of_a_plural_is_taken_off(word: str, stem: str) -> None:
    assert stems([word]) == (stem,)


def test_a_span_is_as_long_as_its_words() -> None:
    assert len(Span(2, 5, "x")) == 3


@given(PHRASES, SAID)
def test_at_each_place_the_longest_phrase_that_begins_there_is_found(
    known: list[list[str]], said: list[str]
) -> None:
    everything = {tuple(phrase) for phrase in known}
    expected: list[tuple[int, int]] = []
    start = 0
    while start < len(said):
        ends = [end for end in range(start + 1, len(said) + 1) if (*said[start:end],) in everything]
        if ends:
            expected.append((start, ends[-1]))
        start = ends[-1] if ends else start + 1
    spans = phrases(*map(" ".join, known)).find(said)
    assert [(span.start, span.end) for span in spans] == expected
