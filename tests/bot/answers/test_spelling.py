import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.answers.spelling import SHORTEST, Spelling

KNOWN = ["salary", "roadmap", "remote", "skills", "tools", "code", "gpt4all"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def spelling() -> Spelling:
    return Spelling(KNOWN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("salry", "salary"),
        ("sallary", "salary"),
        ("salery", "salary"),
        ("slaary", "salary"),
        ("salaryy", "salary"),
        ("roadmpa", "roadmap"),
    ],
)
def test_one_slip_is_mended(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.mended(typed) == meant


@pytest.mark.parametrize("typed", ["salary", "code", "slry", "qalary", "roadmpaa", "zebra", ""])
def test_known_words_and_what_is_further_off_stay_as_they_are(
    spelling: Spelling, typed: str
) -> None:
    assert spelling.mended(typed) == typed


@pytest.mark.parametrize("typed", ["coed", "tool", "codes"])
def test_short_words_are_too_often_other_words(spelling: Spelling, typed: str) -> None:
    assert spelling.mended(typed) == typed


@pytest.mark.parametrize("typed", ["gpt5all", "100000", "salar1", "c++++"])
def test_what_is_not_all_letters_is_left_alone(spelling: Spelling, typed: str) -> None:
    assert spelling.mended(typed) == typed


def test_of_several_the_commonest_is_meant() -> None:
    assert Spelling(["trial", "train", "train"]).mended("traip") == "train"
    assert Spelling(["trial", "trial", "train"]).mended("traid") == "train"
    assert Spelling(["stack", "stock", "stock"]).mended("stuck") == "stock"


def test_which_of_equals_is_meant_does_not_hang_on_their_order() -> None:
    one, other = Spelling(["stack", "stock"]), Spelling(["stock", "stack"])
    assert one.mended("stuck") == other.mended("stuck")


def test_it_tells_which_words_it_knows(spelling: Spelling) -> None:
    assert "salary" in spelling
    assert "salry" not in spelling


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and the same with one slip behind its first letter."""
    word = draw(st.text(LETTERS, min_size=SHORTEST, max_size=12))
    place = draw(st.integers(1, len(word) - 1))
    letter = draw(st.sampled_from(LETTERS))
    before, here, after = word[:place], word[place], word[place + 1 :]
    slip = draw(
        st.sampled_from(
            [
                before + after,
                f"{before}{letter}{after}",
                f"{before}{letter}{here}{after}",
                f"{before}{after[:1]}{here}{after[1:]}",
            ]
        )
    )
    return word, slip


@given(slips())
def test_any_single_slip_behind_the_first_letter_is_mended(slip: tuple[str, str]) -> None:
    word, typed = slip
    assume(len(typed) >= SHORTEST)
    assert Spelling([word]).mended(typed) == word


@given(st.lists(st.text(LETTERS, max_size=8)), st.text(max_size=12))
def test_a_word_becomes_a_known_one_or_stays(known: list[str], typed: str) -> None:
    assert Spelling(known).mended(typed) in {typed, *known}
