import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.words import MAX_QUESTION, PERSON, SHORTHAND, capitals, folded, plain_words, words

UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u202c\u0301\u0323\u20e3\ud800"
"""Zero widths, directions, combining marks, half a surrogate pair."""

ASCII = st.text("abcdefghijklmnopqrstuvwxyz ABCXYZ 0129 ?!.,-'", max_size=60)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("How do I start?", "how do i start"),
        ("HOW DO I START", "how do i start"),
        ("  how\tdo\n\ni   start  ", "how do i start"),
        ("Café, naïve, Größe", "cafe naive grosse"),
        ("Cafe\u0301 nai\u0308ve", "cafe naive"),
        ("İstanbul", "istanbul"),
        ("ＡＩ ﬁt", "ai fit"),
        ("𝐓𝐫𝐮𝐬𝐭", "trust"),
        ("red-team / blue_team", "red team blue team"),
        ("C++ and C#, node.js", "c++ and c# node js"),
        ("R&D", "are and d"),
        ("$90k or 5%", "money 90 k or 5 percent"),
        ("€9 £9 ₹9", "money 9 money 9 money 9"),
        ("", ""),
        ("?!… 🙂 🏳️‍🌈", ""),
        ("שכר أجر 給料", "שכר أجر 給料"),
    ],
)
def test_a_question_is_compared_by_its_words(typed: str, said: str) -> None:
    assert " ".join(words(typed)) == folded(said)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("wat r u", "what are you"),
        ("whats the avg sal w/ 6 yoe", "what is the average salary with 6 years of experience"),
        ("im a jr, cannot wfh rn", "i am a junior can not work from home right now"),
        ("tns or rai certs", "trust and safety or responsible ai certificates"),
        ("What's, what’s, whatʼs, what`s", "what is what is what is what is"),
    ],
)
def test_the_shorthand_of_chats_is_written_out(typed: str, said: str) -> None:
    assert " ".join(words(typed)) == said


def test_an_acute_accent_is_an_apostrophe_too() -> None:
    assert words("don\N{ACUTE ACCENT}t") == words("don't") == ("do", "not")


@pytest.mark.parametrize("typed", ["T&S", "t & s", "tns", "TnS", "t and s"])
def test_the_field_is_known_by_its_short_forms(typed: str) -> None:
    assert words(f"is {typed} hard") == ("is", "trust", "and", "safety", "hard")


@pytest.mark.parametrize("short", SHORTHAND)
def test_what_shorthand_stands_for_holds_no_shorthand_itself(short: str) -> None:
    assert words(short) == words(" ".join(words(short)))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("6yrs", ("6", "years")),
        ("2yoe", ("2", "years", "of", "experience")),
        ("90k", ("90", "k")),
        ("gpt4all", ("gpt", "4", "all")),
        ("١٢yrs", ("١٢", "years")),
    ],
)
def test_numbers_stand_apart_from_letters(typed: str, said: tuple[str, ...]) -> None:
    assert words(typed) == said


@pytest.mark.parametrize(
    ("typed", "said"), [("plllease", "pllease"), ("soooooo", "soo"), ("will", "will")]
)
def test_letters_that_feeling_repeats_stand_twice_at_most(typed: str, said: str) -> None:
    assert words(typed) == (said,)


def test_plain_words_are_folded_but_not_written_out() -> None:
    assert plain_words("U earn 6yrs, Café C++!") == ["u", "earn", "6yrs", "cafe", "c++"]


@pytest.mark.parametrize("number", ["111", "1000", "100000", "2222"])
def test_numbers_keep_their_digits(number: str) -> None:
    assert words(f"{number} years") == (number, "years")


@pytest.mark.parametrize("typed", ["<@1>", "<@!12>", "@everyone", "@here", "@Ann_1"])
def test_whoever_is_mentioned_is_a_person_without_a_name(typed: str) -> None:
    assert words(f"does {typed} earn") == ("does", PERSON, "earn")


@pytest.mark.parametrize("typed", ["<#12>", "<@&12>"])
def test_channels_and_roles_are_nobody(typed: str) -> None:
    assert words(f"what {typed} says it pays") == ("what", "says", "it", "pays")


@pytest.mark.parametrize(
    "typed", ["thanks <@1>! is it remote", "<@1>, is it remote", "Hey @Ann: is it remote"]
)
def test_whom_something_is_said_to_is_not_whom_it_is_about(typed: str) -> None:
    assert words(typed) == ("is", "it", "remote")


def test_neither_an_address_nor_a_place_is_a_person() -> None:
    assert PERSON not in words("mail me at a@b.com, can i work @home?")


def test_a_sign_by_itself_mentions_nobody() -> None:
    assert words("@ home <3") == ("home", "3")


def test_no_more_is_read_than_a_question_needs() -> None:
    assert len(words("x " * 4000)) == MAX_QUESTION // 2
    assert len(folded("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 4000)) <= 2 * MAX_QUESTION


def test_a_word_is_40_characters_long_at_most() -> None:
    assert words("ab" * 500) == ("ab" * 20,)


@given(ASCII, st.lists(st.tuples(st.integers(0, 60), st.sampled_from(UNSEEN)), max_size=8))
def test_what_cannot_be_seen_changes_no_word(text: str, unseen: list[tuple[int, str]]) -> None:
    marked = text
    for place, char in unseen:
        marked = f"{marked[:place]}{char}{marked[place:]}"
    assert words(marked) == words(text)


@given(ASCII)
def test_case_changes_no_word(text: str) -> None:
    assert words(text.upper()) == words(text.lower()) == words(text)


@given(st.text(st.characters(), max_size=200))
def test_any_text_becomes_words_of_letters_and_digits(text: str) -> None:
    for word in words(text):
        assert re.fullmatch(r"[^\W_]+[+#]*", word)
        assert not any(unicodedata.combining(char) for char in word)
        assert len(word) <= 40


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("what does Ann earn", {"ann"}),
        ("What does it pay", set[str]()),
        ("hello, Ann; hi (you) Ben: and Élodie", {"ann", "ben", "elodie"}),
        ("is it so? Tell me", set[str]()),
        ("my friend\nAnn", set[str]()),
        ("WHAT DOES ANN EARN", set[str]()),
        ("", set[str]()),
    ],
)
def test_a_capital_within_a_sentence_makes_a_name(typed: str, names: set[str]) -> None:
    assert capitals(typed) == names
