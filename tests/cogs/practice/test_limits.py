"""Every card and form of `/practice` and `/interview` stays within Discord's limits."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.careers.slugs import key_of
from bot.feedback.model import Coverage, Covered, Doubt, Feedback, Length, Part, Shape
from bot.practice.interviews.model import (
    InterviewSet,
    Put,
    SetQuestion,
    State,
    Summary,
    Summed,
    Told,
    Wish,
)
from bot.practice.model import Asked, Choice, Rating, Session
from bot.practice.progress import WEEKS, Progress, Week
from bot.questions.known import Known
from bot.questions.model import Content, KeyPoint, Kind, Level
from cogs.practice.interview_card import answer_modal, put_card, told_card
from cogs.practice.interview_summary import PractiseButton, TakeOutButton, summary_card
from cogs.practice.question_card import (
    GoButton,
    PutAsideButton,
    RateButton,
    UndoButton,
    answer_card,
    done_card,
    question_card,
)
from cogs.practice.stats_card import stats_card
from tests.cogs.limits import check, check_modal, text_of
from tests.conftest import NOW

LAST_ID = 10**18 - 1
ROLE = "x" * 60
CHOICE = Choice(key_of(ROLE), Level.SENIOR, key_of("topic"))
SIGNS = ["x", "*", "_ ", "ش", "🧭", "@everyone ", "`", "> ", "\\", "x y\n", "<@1>", "['](x)"]
LONGEST_DATE = NOW + timedelta(days=36500)


def filled(sign: str, count: int) -> str:
    return (sign * count)[:count].strip() or "x"


def known_of(sign: str, key: str = f"own:{LAST_ID}") -> Known:
    point = KeyPoint.model_construct(point=filled(sign, 160), why="", weight=2, cues=())
    content = Content.model_construct(
        text=filled(sign, 500),
        level=Level.SENIOR,
        kind=Kind.POLICY_WRITING,
        topics=("t",),
        minutes=60,
        hint=filled(sign, 300),
        key_points=(point,) * 7,
        mistakes=(filled(sign, 300),) * 4,
        follow_up=filled(sign, 300),
    )
    return Known(key, content, ROLE)


def feedback_of(known: Known, likely: int = 3, doubt: Doubt | None = None) -> Feedback:
    points = [
        Covered(point.point, 0.5, likely=place < likely)
        for place, point in enumerate(known.question.key_points)
    ]
    shape = Shape(Length(9999, 120, 600), (), () if doubt else tuple(Part))
    return Feedback(Coverage(tuple(points), doubt), shape)


def interview_of(state: State = State.OPEN) -> InterviewSet:
    questions = tuple(SetQuestion(place, "k", state, "a" * 4000) for place in range(6))
    return InterviewSet(LAST_ID, Wish(ROLE, Level.SENIOR), questions)


class Asker:
    """An interaction, as far as the cards look at it."""

    class client:  # noqa: N801
        class services:  # noqa: N801
            class careers:  # noqa: N801
                class registry:  # noqa: N801
                    @staticmethod
                    def titles() -> dict[str, str]:
                        return {ROLE: "x" * 100}


ASKER: "object" = Asker()


@given(st.sampled_from(SIGNS), st.sampled_from([f"own:{LAST_ID}", f"pack:{ROLE}:{ROLE}"]))
def test_a_question_and_its_key_points(sign: str, key: str) -> None:
    known = known_of(sign, key)
    asked = Asked(known, 999_999, dict.fromkeys(Rating, LONGEST_DATE))
    more = [UndoButton(CHOICE, known.handle, "Undo")]
    news = "n" * 400
    for hinted in (False, True):
        check(question_card(ASKER, asked, CHOICE, news, more, counts=news, hinted=hinted))  # pyright: ignore[reportArgumentType]
    shown = answer_card(asked, CHOICE)
    check(shown)
    assert text_of(shown).count(f"<t:{round(LONGEST_DATE.timestamp())}:R>") == 4
    assert text_of(shown).count("\n- ") == 7


@pytest.mark.parametrize("goes_on", [False, True])
def test_the_end_of_a_session(*, goes_on: bool) -> None:
    session = Session(None, 0, 0, 10**4, LONGEST_DATE, goes_on_today=goes_on, limited=True)
    check(done_card(session, CHOICE, "n" * 400, [UndoButton(CHOICE, "own:1", "Undo")]))
    check(done_card(Session(None, 0, 0, 0, None, goes_on_today=False, limited=False), Choice(), ""))


def test_the_stats() -> None:
    week = Week(date(2026, 9, 30), 10**6, 10**6, 10**6)
    check(stats_card(Progress(10**6, 10**6, 10**6, 10**6, (week,) * WEEKS), "n" * 99))
    check(stats_card(Progress(0, 0, 0, 0, (Week(date(2026, 9, 30)),) * WEEKS)))


@given(st.sampled_from(SIGNS), st.sampled_from([None, *Doubt]), st.integers(0, 7))
def test_an_interviews_cards(sign: str, doubt: Doubt | None, likely: int) -> None:
    known = known_of(sign)
    put = Put(interview_of(), interview_of().questions[5], known)
    for hinted in (False, True):
        check(put_card(ASKER, put, "n" * 400, [PractiseButton(LAST_ID)], hinted=hinted))  # pyright: ignore[reportArgumentType]
    check_modal(answer_modal(put))
    told = told_card(Told(put, feedback_of(known, likely, doubt)))
    check(told)
    assert text_of(told).count("\n- ") == 7


@given(st.sampled_from(SIGNS), st.sampled_from([None, *Doubt]), st.sampled_from(list(State)))
def test_a_summary_on_all_its_pages(sign: str, doubt: Doubt | None, state: State) -> None:
    known, interview = known_of(sign), interview_of(state)
    feedback = feedback_of(known, 0, doubt) if state is State.ANSWERED else None
    summed = tuple(Summed(each, known, feedback) for each in interview.questions)
    more = [GoButton(Choice(), "Practise now"), TakeOutButton(LAST_ID, 10**17 - 1)]
    for page in range(9):
        check(summary_card(Summary(interview, summed), page, "", more))
    check(summary_card(Summary(interview, ()), 0, ""))


def test_nothing_is_called_missing_or_wrong() -> None:
    known = known_of("x")
    put = Put(interview_of(), interview_of().questions[0], known)
    for doubt in (None, *Doubt):
        words = text_of(told_card(Told(put, feedback_of(known, 3, doubt)))).casefold()
        for word in ("missing", "wrong", "failed", "incorrect", "not covered"):
            assert word not in words
        assert ("likely covered" in words) == (doubt is None)


def test_the_longest_custom_ids() -> None:
    handle = f"own:{LAST_ID}"
    for button in (
        RateButton(Rating.EASY, 999_999, CHOICE, handle),
        PutAsideButton(CHOICE, handle, "Put aside"),
    ):
        assert len(button.custom_id) <= 100
