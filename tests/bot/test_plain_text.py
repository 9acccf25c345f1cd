from bot.i18n import speaking
from bot.plain_text import code_point, first_control, folded, number, shown


def test_text_is_folded_onto_one_line() -> None:
    assert folded(" a\n\tb  c ") == "a b c"


def test_what_is_shown_is_cut_and_has_nothing_unseen() -> None:
    assert shown("a\0 b\ud800\n c", 10) == "a b c"
    assert shown("one two", 5) == "one…"
    assert shown("one two", 7) == "one two"


def test_the_first_character_that_cannot_be_shown_is_found() -> None:
    assert first_control("a\n\r\tb é 🧭") is None
    assert first_control("ab\x07\x00") == 2
    assert code_point("\x07") == "U+0007"


def test_numbers_are_written_as_the_reader_does() -> None:
    with speaking("en-US"):
        assert (number(999), number(5_000_001)) == ("999", "5,000,001")
