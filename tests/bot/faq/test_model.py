from dataclasses import replace

import pytest

from bot.delivery.model import Elsewhere, Target
from bot.faq.model import (
    AlreadyAnswered,
    AlreadyWaiting,
    AskedAgain,
    AskerHasMany,
    ChangedSince,
    EntryGone,
    NameTaken,
    TooManyEntries,
    TooManyWaiting,
    Waiting,
    WaitingGone,
    WaitingState,
    What,
    entry_id_in,
    entry_key,
)
from tests.bot.faq.samples import ANNA, BEN, GUILD, entry, text
from tests.conftest import NOW

ASKED = Waiting(1, GUILD, ANNA, 5, "How do I start?", "analyst", NOW, WaitingState.OPEN)


def test_a_change_makes_the_next_version() -> None:
    before = entry(1, text())
    after = before.changed(text("Else?", "b", answer="x"), What.EDITED, BEN, NOW)
    assert after.text == text("Else?", "b", answer="x")
    assert (after.version, after.changed_by, after.changed_at) == (2, BEN, NOW)
    assert not after.removed
    assert after.changed(after.text, What.REMOVED, BEN, NOW).removed


def test_an_answer_that_cannot_be_sent_goes_where_it_was_asked() -> None:
    assert ASKED.instead_of(Target.user(ANNA)) == Elsewhere(Target.channel(5), GUILD)
    assert ASKED.instead_of(Target.channel(5)) is None
    assert replace(ASKED, channel_id=None).instead_of(Target.user(ANNA)) is None


def test_an_answered_question_makes_an_answer() -> None:
    made = replace(ASKED, answer="Read.").as_entry()
    assert (made.question, made.answer, made.role) == ("How do I start?", "Read.", "analyst")
    assert made.checked() == made
    long = replace(ASKED, question="why " * 200, answer="x").as_entry()
    assert len(long.question) <= 200
    assert long.checked() == long
    assert ASKED.as_entry().answer == ""


@pytest.mark.parametrize("key", ["topic:x:pay", "entry:", "entry:0", "entry:x", "entry:1:2", "1"])
def test_only_keys_of_own_answers_name_an_entry(key: str) -> None:
    assert entry_id_in(key) is None
    assert entry_id_in(f"{key}{'9' * 30}") is None


def test_the_key_of_an_own_answer_names_it() -> None:
    assert entry_id_in(entry_key(12)) == 12


def test_errors_say_what_happened_and_what_to_do() -> None:
    hints = {
        EntryGone(): "Pick one",
        TooManyEntries(): "20,000 answers",
        WaitingGone(): "Pick one",
        AlreadyWaiting(): "I'll tell you",
        AskedAgain(): "`/faq pending`",
        AskerHasMany(): "They have 5 open questions",
        TooManyWaiting(): "5 of your questions",
        ChangedSince(): "Open it",
        AlreadyAnswered(): "answered already",
        NameTaken("Pentest", "What is a pentest?"): "“Pentest” is a name of “What is a pentest?”",
        NameTaken("Pentests!", "Pentest"): "There is an answer to “Pentests!” already",
    }
    for error, hint in hints.items():
        assert hint in str(error)
