from hypothesis import given
from hypothesis import strategies as st

from bot.chat.quoting import as_typed, inert, quote_in, quoted, titled

TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
LETTERS = st.characters(exclude_categories=("Cs", "Cc"))
ACTING = st.sampled_from([*"*\\`>@#-1.:/\n ", "😀", "漢", "ع", "\u2028", "\u202e"])
TEXTS = st.text(LETTERS, min_size=1) | st.text(ACTING, min_size=1)


@given(TEXTS)
def test_a_quoted_question_is_read_back_as_it_was(text: str) -> None:
    question = "".join(each for each in text if ord(each) not in TURNING)
    on_one_line = " ".join(question.split())
    assert quote_in(f"{quoted(question)}\n\nThe answer.") == on_one_line
    assert as_typed(inert(on_one_line)) == on_one_line


@given(TEXTS)
def test_a_quote_and_a_title_have_one_line(text: str) -> None:
    assert len(quoted(text).splitlines()) == 1
    assert len(titled(text).splitlines()) <= 1


def test_what_could_act_is_escaped() -> None:
    assert inert("**a** <@1> @here `x` ~~s~~ ||p|| [t](u)") == (
        r"\*\*a\*\* \<\@1\> \@here \`x\` \~\~s\~\~ \|\|p\|\| \[t\](u)"
    )
    assert inert("-# small") == r"\-\# small"
    assert inert("1. one") == r"1\. one"
    assert inert("see https://e.vil/x") == r"see https:\//e.vil/x"
    assert quote_in("No quote") is None
