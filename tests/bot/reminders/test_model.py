from dataclasses import replace

from bot.delivery.model import Elsewhere, Target
from bot.reminders.model import (
    NothingToRemindOf,
    NotYourReminder,
    Place,
    Reminder,
    ReminderGone,
    ReminderState,
    TooManyReminders,
)
from tests.conftest import NOW

HERE = Reminder(1, 7, 3, 5, Place.HERE, "x", "in 1 hour", NOW, None, ReminderState.ACTIVE, NOW)
PRIVATE = replace(HERE, place=Place.DM)
FROM_A_DM = replace(PRIVATE, guild_id=None, channel_id=5)


def test_it_is_posted_where_its_member_wants_it() -> None:
    assert HERE.target == Target.channel(5)
    assert PRIVATE.target == Target.user(7)


def test_it_goes_to_the_other_place_when_one_fails() -> None:
    assert HERE.instead_of(HERE.target) == Elsewhere(Target.user(7))
    assert PRIVATE.instead_of(PRIVATE.target) == Elsewhere(Target.channel(5), 3)
    assert replace(PRIVATE, schedule_id=1).instead_of(PRIVATE.target) is None
    assert FROM_A_DM.instead_of(FROM_A_DM.target) is None


def test_it_links_to_where_it_was_made_in_a_server() -> None:
    assert HERE.link == "https://discord.com/channels/3/5"
    assert FROM_A_DM.link is None
    assert replace(PRIVATE, channel_id=None).link is None


def test_errors_say_what_to_do() -> None:
    for error in (ReminderGone(), NotYourReminder(), TooManyReminders(), NothingToRemindOf()):
        assert any(hint in str(error) for hint in ("`/remind", "Delete one", "A few words"))


def test_only_what_is_to_come_counts_as_kept() -> None:
    kept = [state for state in ReminderState if replace(HERE, state=state).is_kept]
    assert kept == [ReminderState.ACTIVE, ReminderState.PAUSED]
