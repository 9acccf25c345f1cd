import pytest

from bot.attempts.counting import counts
from bot.attempts.model import marks_of

NINE = "Don't hide it: say what went wrong, and when."


@pytest.mark.parametrize(
    "text",
    [
        f"{NINE} Today.",
        "one two three four five six seven eight nine 10",
        "Я бы сначала спросил, кто пострадал, и сказал им об этом",
        "まず誰に影響があるかを確かめて、すぐに伝えます。",
        "我会先确认谁受到了影响，然后马上告诉他们发生了什么。",
        "\n\n".join("abcdefghij"),
    ],
)
def test_ten_words_count_in_whatever_language(text: str) -> None:
    assert counts(text)


@pytest.mark.parametrize(
    "text", ["x", NINE, "x" * 4000, "! ? . , " * 40, "_ " * 40, "はい、そうです。", "🙂 " * 40]
)
def test_fewer_do_not(text: str) -> None:
    assert not counts(text)


def test_a_key_point_keeps_its_mark_however_it_is_spaced_and_placed() -> None:
    one, other = marks_of(["Say  why.", "Say who."])
    assert marks_of(["say WHO.", "Say why."]) == [other, one]
