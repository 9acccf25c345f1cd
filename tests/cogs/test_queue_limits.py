"""What is said about reminders, deliveries, notices and settings stays within Discord's limits."""

from dataclasses import replace
from datetime import timedelta

import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.model import Delivery, Reason, Schedule, ScheduleState, State, Target
from bot.delivery.service import Overview
from bot.guilds.model import Notice, Trouble
from bot.reminders.model import (
    MAX_TEXT,
    MOST_REMINDERS,
    Draft,
    Place,
    Planned,
    Question,
    Reminder,
    ReminderState,
    Wish,
)
from bot.when.errors import UnclearTime, ZoneNeeded
from bot.when.phrases import MAX_PHRASE
from bot.when.recurrence import Recurrence
from cogs.deliveries.delivery_card import delivery_card
from cogs.deliveries.overview_card import overview_card, paused_card
from cogs.notices import notice_card, recovery_card
from cogs.reminders.answer_card import again_modal, question_card
from cogs.reminders.letter import delivered_card, hint_card
from cogs.reminders.list_card import list_card
from cogs.reminders.reminder_card import edit_modal, reminder_card
from tests.cogs.limits import check, check_modal, text_of
from tests.conftest import NOW

SNOWFLAKE = 2**63 - 1
MINUTE = timedelta(minutes=1)
RULE = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=100"
REPEATED = Recurrence(RULE, NOW.replace(tzinfo=None), "Antarctica/DumontDUrville")

extremes = [
    "x\n" * 500,
    "👩‍👩‍👧‍👦" * 90,
    "ش" * MAX_TEXT,
    "@everyone " * 100,
    "`" * 1000,
]
texts = st.text(min_size=1, max_size=MAX_TEXT).filter(str.strip) | st.sampled_from(extremes)
phrases = st.text(min_size=1, max_size=MAX_PHRASE)

DELIVERY = Delivery(
    id=SNOWFLAKE,
    kind="reminder",
    subject_id=SNOWFLAKE,
    schedule_id=SNOWFLAKE,
    schedule_version=1,
    guild_id=SNOWFLAKE,
    configured_by=SNOWFLAKE,
    target=Target.channel(SNOWFLAKE),
    urgency=0,
    dedupe_key="x" * 80,
    due=NOW,
    expires=NOW,
    state=State.WAITING,
    next_try=NOW,
    attempts=10**6,
    tried_at=None,
    nonce="1",
    fallbacks=1,
    message_id=None,
    settled_at=None,
    reason=Reason.UNCONFIRMED,
)


def planned(what: str, phrase: str, state: ReminderState = ReminderState.ACTIVE) -> Planned:
    reminder = Reminder(
        id=SNOWFLAKE,
        user_id=SNOWFLAKE,
        guild_id=SNOWFLAKE,
        channel_id=SNOWFLAKE,
        place=Place.HERE,
        what=what,
        phrase=phrase,
        due=NOW,
        schedule_id=1,
        state=state,
        created_at=NOW,
    )
    return Planned(reminder, tuple(NOW + n * MINUTE for n in (1, 2, 3)), REPEATED)


@given(texts, phrases, st.sampled_from(ReminderState))
def test_reminders_and_their_times_are_always_shown(
    what: str, phrase: str, state: ReminderState
) -> None:
    one = planned(what, phrase, state)
    for is_new in (False, True):
        view = reminder_card(replace(one, is_new=is_new), "Your reminder", NOW)
        check(view)
        if state is ReminderState.ACTIVE:
            assert discord.utils.format_dt(one.upcoming[-1], "R") in text_of(view)
    many = [replace(one, reminder=replace(one.reminder, id=n)) for n in range(MOST_REMINDERS)]
    check(list_card(many))
    check(delivered_card(one.reminder, replace(DELIVERY, fallbacks=1)))
    check(hint_card(one.reminder))
    check_modal(edit_modal(one.reminder))


@given(texts, phrases, st.lists(phrases, max_size=8))
def test_questions_about_a_time(what: str, phrase: str, choices: list[str]) -> None:
    wish = Wish(SNOWFLAKE, SNOWFLAKE, SNOWFLAKE, Place.DM, phrase, what)
    draft = Draft(SNOWFLAKE, wish, tuple(choices))
    check(question_card(Question(draft, UnclearTime(phrase, choices))))
    check(question_card(Question(draft, ZoneNeeded(phrase, choices))))
    check_modal(again_modal(draft))


def test_a_full_queue() -> None:
    rows = [replace(DELIVERY, id=SNOWFLAKE - n) for n in range(10)]
    failed = [replace(DELIVERY, id=n + 1, state=State.FAILED) for n in range(10)]
    stopped = Schedule(
        id=1,
        kind="reminder",
        subject_id=1,
        guild_id=1,
        configured_by=1,
        target=Target.channel(1),
        recurrence=REPEATED,
        state=ScheduleState.PAUSED,
        version=1,
        failures=3,
        reason=Reason.UNCONFIRMED,
    )
    check(overview_card(Overview(rows, failed, [stopped] * 50, NOW), str))
    check(overview_card(Overview([], [], [], None), str))
    check(paused_card(NOW))
    for state in State:
        check(delivery_card(replace(DELIVERY, state=state), str))
        check(delivery_card(replace(DELIVERY, state=state, target=Target.user(SNOWFLAKE)), str))


def test_notices() -> None:
    for reason in Reason:
        for target in (Target.channel(SNOWFLAKE), Target.user(SNOWFLAKE)):
            for member in (None, SNOWFLAKE):
                trouble = Trouble(target, "reminder", reason, SNOWFLAKE, member)
                notice = Notice(SNOWFLAKE, trouble, 1, NOW, None, None, None)
                check(notice_card(notice))
                check(recovery_card(notice))
