"""Every card of `/ask` stays within Discord's limits, whatever is asked and answered."""

from datetime import UTC, datetime, timedelta
from typing import Any

from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.model import Alternative, Answer, Basis, Reply, Verdict
from bot.careers.sections import Section
from bot.chat.limits import cost
from cogs.ask.card import Showing, reply_card
from cogs.ask.controls import How, Way, post_button, vote_buttons
from cogs.ask.recent import (
    MOST_ASKERS,
    MOST_MESSAGES,
    MOST_SAID,
    Admission,
    Allowance,
    Handled,
    Said,
    SaidLately,
)
from tests.conftest import TORTURE

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ANYONE = 2**63
TITLES = {f"role-{n}": "A role with a title " * n for n in range(1, 8)}

extreme = settings(max_examples=300 if TORTURE else 40, deadline=None)

characters = st.characters(exclude_categories=("Cs", "Cc"))
texts = st.one_of(
    st.text(characters, min_size=1, max_size=60),
    st.sampled_from(["*", "\\", "`", "😀", "漢", "ع", "a ", ">", "@everyone ", "."]).map(
        lambda each: each * 2000
    ),
).filter(str.strip)
keys = st.text(st.characters(codec="ascii", exclude_categories=("Cc",)), min_size=1, max_size=120)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    return Answer(
        key=draw(keys),
        title=draw(texts)[:300],
        basis=Basis.TOPIC,
        text=draw(texts)[:2000],
        source=draw(texts)[:600],
        role=draw(st.sampled_from([None, "gone", *TITLES])),
        section=draw(st.sampled_from([None, *Section])),
        known=draw(st.booleans()),
    )


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    given = draw(st.lists(answers(), max_size=10))
    verdicts = [Verdict.ANSWER, Verdict.EACH_ROLE] if given else [Verdict.NEAREST]
    alternatives = draw(st.lists(st.builds(Alternative, texts, keys), max_size=5))
    return Reply(
        question=draw(texts)[:4000],
        verdict=draw(st.sampled_from(verdicts)),
        confidence=draw(st.floats(0, 1)),
        answers=tuple(given),
        note=draw(texts)[:300],
        alternatives=tuple(alternatives),
        about=draw(st.sampled_from([None, *TITLES])),
    )


def check(view: ui.LayoutView) -> None:
    """Hold a card against Discord's limits; unlike `tests.cogs.limits`, plain buttons too."""
    items: list[Any] = list(view.walk_children())
    shown_texts: list[str] = [each.content for each in items if isinstance(each, ui.TextDisplay)]
    buttons: list[Any] = [each for each in items if isinstance(each, ui.Button)]
    custom_ids = [each.custom_id for each in buttons]
    assert all(each.strip() for each in shown_texts)
    assert sum(map(cost, shown_texts)) <= 4000
    assert sum(len(each.encode()) for each in shown_texts) <= 10_000
    assert len(items) <= 40
    assert len(set(custom_ids)) == len(custom_ids)
    assert all(0 < len(each) <= 100 for each in custom_ids)
    assert all(0 < len(each.label.strip()) <= 80 for each in buttons)
    rows: list[Any] = [each for each in items if isinstance(each, ui.ActionRow)]
    assert all(1 <= len(row.children) <= 5 for row in rows)


@extreme
@given(replies(), st.booleans(), st.booleans())
def test_cards_stay_within_limits(reply: Reply, in_server: bool, private: bool) -> None:
    check(reply_card(reply, Showing(TITLES, ANYONE, in_server=in_server, private=private)))


def test_custom_ids_of_ours_fit() -> None:
    assert len(post_button(How.QUIETLY, ANYONE, ANYONE).custom_id or "") <= 100
    assert vote_buttons("x" * 91) == []
    assert len(vote_buttons("topic:" + "a" * 60 + ":time_to_learn", Way.HELPFUL)) == 2


def said_at(message_id: int, at: datetime = NOW) -> Said:
    return Said(message_id, f"https://discord.com/{message_id}", at)


def test_what_was_said_is_found_for_five_minutes_in_its_channel() -> None:
    lately = SaidLately()
    lately.note(1, "On Tuesdays. ", said_at(7))
    assert lately.find(1, "On Tuesdays.", NOW + timedelta(minutes=4, seconds=59))
    assert lately.find(1, "On Tuesdays.", NOW + timedelta(minutes=5)) is None
    assert lately.find(2, "On Tuesdays.", NOW) is None
    assert lately.find(1, "On Mondays.", NOW) is None
    lately.forget({7})
    assert lately.find(1, "On Tuesdays.", NOW) is None


def test_memory_is_bounded() -> None:
    lately, handled, allowance = SaidLately(), Handled(), Allowance()
    for n in range(MOST_SAID + 1):
        lately.note(1, str(n), said_at(n))
    assert lately.find(1, "0", NOW) is None
    assert lately.find(1, str(MOST_SAID), NOW)
    assert all(handled.is_new(n) for n in range(MOST_MESSAGES + 1))
    assert not handled.is_new(MOST_MESSAGES)
    assert handled.is_new(0)
    while allowance.admit(0, NOW) is Admission.ANSWER:
        pass
    for member in range(1, MOST_ASKERS):
        assert allowance.admit(member, NOW) is Admission.ANSWER
    assert allowance.admit(0, NOW) is Admission.IGNORE
    for member in range(1, MOST_ASKERS + 1):
        assert allowance.admit(member, NOW) is Admission.ANSWER
    assert allowance.admit(0, NOW) is Admission.ANSWER


def test_five_questions_a_minute_are_answered() -> None:
    allowance = Allowance()
    admitted = [allowance.admit(1, NOW + timedelta(seconds=n)) for n in range(8)]
    assert admitted == [
        *[Admission.ANSWER] * 5,
        Admission.ASK_FOR_PATIENCE,
        *[Admission.IGNORE] * 2,
    ]
    assert allowance.admit(1, NOW + timedelta(seconds=60)) is Admission.ANSWER
    assert allowance.admit(1, NOW + timedelta(seconds=60)) is Admission.ASK_FOR_PATIENCE
    assert allowance.admit(2, NOW) is Admission.ANSWER
