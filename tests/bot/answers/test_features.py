import pytest

from bot.answers.features import MARKS, NAME, NUMBER, UNKNOWN, features, marked, pieces
from bot.answers.mentions import Mention, Named
from bot.answers.spans import Span

EVERYTHING = frozenset(Named)
SAID = ["does", "a", "map", "maker", "use", "a", "compass"]


def span(start: int, end: int, *sorts: Named) -> Span[tuple[Mention, ...]]:
    return Span(start, end, tuple(Mention(sort, "x") for sort in sorts))


def known(_word: str) -> bool:
    return True


def unknown(_word: str) -> bool:
    return False


def test_a_mark_stands_for_what_is_named() -> None:
    found = [span(2, 4, Named.ROLE), span(6, 7, Named.TOOL)]
    assert list(marked(SAID, found, EVERYTHING)) == ["does", "a", "xrole", "use", "a", "xtool"]


def test_only_what_is_wanted_is_marked() -> None:
    found = [span(2, 4, Named.ROLE), span(6, 7, Named.TOOL)]
    assert list(marked(SAID, found, frozenset({Named.TOOL}))) == [*SAID[:6], "xtool"]
    assert list(marked(SAID, found, frozenset())) == SAID


def test_a_role_is_marked_before_a_term_and_a_step_as_a_role_is() -> None:
    found = [span(0, 1, Named.TERM, Named.STEP, Named.ROLE)]
    assert list(marked(["lead"], found, EVERYTHING)) == ["xrole"]
    assert list(marked(["lead"], found, EVERYTHING - {Named.ROLE})) == ["xrole"]
    assert list(marked(["lead"], [span(0, 1, Named.TERM, Named.STEP)], EVERYTHING)) == ["xrole"]
    assert list(marked(["lead"], found, frozenset({Named.TERM}))) == ["xterm"]


def test_a_number_is_marked_whichever_it_is() -> None:
    assert list(marked(["6", "to", "٨", "years"], [], EVERYTHING)) == [
        NUMBER,
        "to",
        NUMBER,
        "years",
    ]


def test_a_question_is_recognised_by_words_pairs_and_pieces() -> None:
    found = features(["what", "pay"], [], known)
    assert {"what", "pay", "^ what", "what pay", "pay $", "~<pa", "~<pay>", "~what"} <= set(found)
    assert not {UNKNOWN, NAME} & set(found)


def test_a_word_is_cut_into_pieces_of_three_to_five_letters() -> None:
    assert set(pieces("pay")) == {"~<pa", "~pay", "~ay>", "~<pay", "~pay>", "~<pay>"}
    assert pieces("a") == ("~<a>",)


def test_the_same_feature_counts_as_often_as_it_is_there() -> None:
    assert features(["pay", "pay"], [], known).count("pay") == 2


def test_a_tool_is_recognised_by_its_name_and_by_its_mark() -> None:
    found = features(["use", "compass"], [span(1, 2, Named.TOOL)], known)
    assert {"use compass", "use xtool", "xtool $", "~compa"} <= set(found)


def test_which_role_it_is_tells_nothing() -> None:
    found = features(["map", "maker", "pay"], [span(0, 2, Named.ROLE)], known)
    assert {"xrole", "^ xrole", "xrole pay"} <= set(found)
    assert not {"map", "maker", "~map"} & set(found)
    assert found.count("xrole") == 1


def test_unknown_words_are_counted_and_with_a_capital_they_are_names() -> None:
    found = features(["ann", "blorps"], [], unknown, frozenset({"ann"}))
    assert (found.count(NAME), found.count(UNKNOWN)) == (1, 1)


@pytest.mark.parametrize("mark", sorted(MARKS))
def test_a_mark_is_no_unknown_word_and_has_no_pieces(mark: str) -> None:
    assert features([mark], [], unknown) == [mark, f"^ {mark}", f"{mark} $"]


def test_nothing_said_is_recognised_by_its_emptiness() -> None:
    assert features([], [], known) == ["^ $"]
