from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feedback.giving import Feedbacks
from bot.feedback.model import MAX_ANSWER, Doubt, Part
from bot.questions.model import Kind, Question
from tests.bot.feedback.conftest import POINTS, question
from tests.bot.feedback.yardstick import feedbacks as of_all_banks
from tests.bot.feedback.yardstick import questions, without_cues
from tests.conftest import TORTURE

ANSWER = (
    "I ring the emergency number and alarm the brigade at once. On my way out I shut the doors to"
    " keep smoke out. Outside, at the assembly point, I do a headcount so that nobody is missing."
)
FLOODS = [
    "a. " * 1334,
    "." * MAX_ANSWER,
    "harm " * 800,
    "\n".join(f"word{number}x" for number in range(400)),
    "x" * MAX_ANSWER,
    "i " + "was really " * 363,
    "first i " * 500,
    "\N{ZERO WIDTH JOINER}\N{WOMAN}" * 2000,
    "@a <#1> " * 500,
]


def likely(feedbacks: Feedbacks, text: str, asked: Question | None = None) -> list[bool]:
    points = feedbacks.on(asked or question(), text).coverage.points
    return [each.likely for each in points]


def test_points_that_are_spoken_of_are_likely_covered(feedbacks: Feedbacks) -> None:
    coverage = feedbacks.on(question(), ANSWER).coverage
    assert [each.point for each in coverage.points] == list(POINTS)
    assert [each.likely for each in coverage.points] == [True, True, True, False]
    assert coverage.doubt is None


def test_the_question_itself_covers_nothing(feedbacks: Feedbacks) -> None:
    asked = question()
    assert not any(likely(feedbacks, f"{asked.text} {asked.text} I do what you do in a fire."))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("", Doubt.FEW_WORDS),
        ("I call the fire brigade.", Doubt.FEW_WORDS),
        (
            "Zuerst rufe ich die Feuerwehr, danach schließe ich alle Türen und zähle die Leute.",
            Doubt.OTHER_LANGUAGE,
        ),
        (
            "我首先打电话给消防队。 然后 关门。 最后 点名。 一 二 三 四 五 六 七",
            Doubt.OTHER_LANGUAGE,
        ),
        (
            "emergency number, alarm, brigade, doors, smoke, headcount, assembly point, count",
            Doubt.KEYWORDS,
        ),
    ],
)
def test_what_cannot_be_judged_covers_nothing(
    feedbacks: Feedbacks, text: str, doubt: Doubt
) -> None:
    feedback = feedbacks.on(question(Kind.BEHAVIOURAL), text)
    assert feedback.coverage.doubt == doubt
    assert {each.likelihood for each in feedback.coverage.points} == {0.0}
    assert (feedback.shape.found, feedback.shape.missing) == ((), ())


def test_keywords_behind_a_good_sentence_cover_nothing(feedbacks: Feedbacks) -> None:
    sentence = "I would first of all think about what it is that I have to do now."
    row = " emergency number alarm brigade shut doors smoke headcount assembly point lift count"
    alone = feedbacks.on(question(), sentence).coverage
    stuffed = feedbacks.on(question(), f"{sentence}{row} missing.").coverage
    assert stuffed.doubt is None
    listed = feedbacks.on(question(), f"{sentence}\n{row} missing.").coverage
    assert listed == alone


def test_slips_are_understood(feedbacks: Feedbacks) -> None:
    slips = ANSWER.replace("emergency", "emergancy").replace("headcount", "hedcount")
    assert likely(feedbacks, slips) == likely(feedbacks, ANSWER)


def test_points_without_cues_are_found_by_their_own_words() -> None:
    banks, bare = of_all_banks(), without_cues(question())
    said = "I would call the brigade, close the doors so that no smoke comes in, and take no lift."
    assert likely(banks, said, bare)[:2] == [True, True]
    assert not likely(banks, said, bare)[2]


def test_a_point_in_the_questions_own_words_is_never_covered(feedbacks: Feedbacks) -> None:
    own = question(text="Who calls the fire brigade, closes doors, counts people, takes no lift?")
    said = "Who calls the fire brigade, closes the doors, counts the people and takes no lift?"
    assert not any(likely(feedbacks, said, without_cues(own)))


def test_without_any_bank_nothing_is_claimed() -> None:
    assert not any(likely(Feedbacks([]), ANSWER))


def test_parts_and_length_come_with_it(feedbacks: Feedbacks) -> None:
    shape = feedbacks.on(question(Kind.BEHAVIOURAL), f"{ANSWER} In the end we were safe.").shape
    assert Part.RESULT in shape.found
    assert shape.length.words == 43


@pytest.mark.parametrize("text", [*FLOODS, ANSWER * 22])
def test_it_takes_less_than_twenty_milliseconds(text: str) -> None:
    asked = max(questions().values(), key=lambda each: len(each.key_points))
    took = min(_seconds(asked, text) for _try in range(5))
    assert took < (0.02 if TORTURE else 1)


def _seconds(asked: Question, text: str) -> float:
    start = perf_counter()
    of_all_banks().on(asked, text)
    return perf_counter() - start


WORDS = st.sampled_from([*ANSWER.split(), *question().text.split(), "\n", "e.g.", "30%", "nicht"])


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=5000),
        st.text(st.characters(), max_size=300),
        st.lists(WORDS, max_size=200).map(" ".join),
        st.binary(max_size=500).map(lambda raw: raw.decode("utf-8", "surrogateescape")),
    ),
    kind=st.sampled_from(Kind),
)
def test_any_text_gets_feedback(feedbacks: Feedbacks, text: str, kind: Kind) -> None:
    feedback = feedbacks.on(question(kind), text)
    assert len(feedback.coverage.points) == len(POINTS)
    assert all(0 <= each.likelihood <= 1 for each in feedback.coverage.points)
    assert feedback == feedbacks.on(question(kind), text[:MAX_ANSWER])
    if feedback.coverage.doubt:
        assert not any(each.likely for each in feedback.coverage.points)


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.sampled_from(question().text.split()), min_size=10, max_size=300))
def test_no_order_of_the_questions_words_covers_anything(
    feedbacks: Feedbacks, words: list[str]
) -> None:
    assert not any(likely(feedbacks, " ".join(words)))
