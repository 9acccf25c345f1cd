import pytest

from bot.faq.text import (
    MAX_ALIASES,
    MAX_ANSWER,
    MAX_ASKED,
    MAX_KEY,
    MAX_QUESTION,
    MAX_SOURCE,
    EntryText,
    Part,
    Unfit,
    checked_asked,
    entry_of,
    name_key,
)
from bot.i18n import speaking
from tests.bot.faq.samples import text


def test_white_space_is_folded_but_an_answer_keeps_its_lines() -> None:
    written = EntryText(
        "  What\n is\tit? ", (" a  b ", ""), " one\r\ntwo\rthree \n", "  ", " a  b "
    )
    expected = EntryText("What is it?", ("a b",), "one\ntwo\nthree", None, "a b")
    assert written.checked() == expected
    assert expected.checked() == expected


def test_aliases_that_add_no_name_are_dropped() -> None:
    written = text("What are pentests?", "pentests!", "Pentest", "what are pentest", "Pénetration")
    assert written.checked().aliases == ("pentests!", "Pénetration")


def test_a_role_is_written_as_its_slug() -> None:
    written = EntryText("q", (), "a", " Trust-Safety-Analyst ", "https://example.org")
    assert written.checked().role == "trust-safety-analyst"
    with pytest.raises(Unfit, match="“trust & safety” isn't a career"):
        EntryText("q", (), "a", "Trust & Safety").checked()


@pytest.mark.parametrize(
    ("written", "part", "message"),
    [
        (text(" \n "), Part.QUESTION, "The question is empty"),
        (text(answer=" \r\n "), Part.ANSWER, "The answer is empty"),
        (text("x" * 201), Part.QUESTION, "The question has 201 characters; 200 fit."),
        (text("q", "x" * 201), Part.ALIASES, "An alias has 201 characters; 200 fit."),
        (text(answer="x" * 2345), Part.ANSWER, "The answer has 2,345 characters; 2,000 fit."),
        (EntryText("q", (), "a", None, "x" * 301), Part.SOURCE, "The source has 301 characters"),
        (text("bell\a"), Part.QUESTION, r"can't be shown \(U\+0007\)"),
        (text("q", "null\0"), Part.ALIASES, r"An alias .*U\+0000"),
        (text(answer="half \ud83d"), Part.ANSWER, r"U\+D83D"),
        (text("q", *map(str, range(13))), Part.ALIASES, "There are 13 aliases; 12 fit."),
    ],
)
def test_what_does_not_fit_is_refused_with_its_count(
    written: EntryText, part: Part, message: str
) -> None:
    with pytest.raises(Unfit, match=message) as refused:
        written.checked()
    assert refused.value.part is part


def test_what_just_fits_is_kept() -> None:
    aliases = tuple(f"alias {number}" for number in range(MAX_ALIASES))
    written = EntryText("q" * MAX_QUESTION, aliases, "a" * MAX_ANSWER, None, "s" * MAX_SOURCE)
    assert written.checked() == written


def test_numbers_are_written_as_the_reader_does() -> None:
    with speaking("en-US"), pytest.raises(Unfit, match="2,001"):
        text(answer="x" * 2001).checked()


def test_names_are_compared_without_case_accents_and_signs() -> None:
    assert name_key("Qué es un PENTEST?") == name_key("que es un pentests")
    assert name_key("C++") != name_key("C")
    assert name_key("???") == "???" != name_key("!!!")
    assert len(name_key("&" * 200)) == len(name_key("\ufdfa" * 200)) == MAX_KEY


def test_a_question_to_people_is_one_line() -> None:
    assert checked_asked(" How\ndo I start? ") == "How do I start?"
    with pytest.raises(Unfit, match="What would you like to ask"):
        checked_asked(" \n")
    with pytest.raises(Unfit, match="1,001 characters; 1,000 fit"):
        checked_asked("x" * (MAX_ASKED + 1))


def test_what_is_written_into_a_file_makes_the_same_answer() -> None:
    full = EntryText("q", ("a", "b"), "x", "analyst", "https://example.org")
    for written in (full, text("q")):
        assert entry_of(written.values()).checked() == written
    assert entry_of({}) == EntryText("", (), "", "", "")
