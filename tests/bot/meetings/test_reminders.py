"""Who is reminded of a session; the year in test_year.py has the rest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.meetings.acts import begin, cancel, move
from bot.meetings.model import Moment, Series, SessionId
from bot.meetings.reminders import LEADS, Answer, Attendee, Call, Rsvp, Way, calls, reminders
from bot.when.quiet_hours import Quiet, QuietHours

START = datetime(2027, 3, 2, 7, 5, tzinfo=UTC)
SERIES = begin("a1", Moment(START.replace(tzinfo=None), "UTC"), 60)
SESSION = SessionId("a1", START.replace(tzinfo=None))
BEGIN, END = START - timedelta(days=3), START + timedelta(days=3)
GOING = {SESSION: Rsvp(Answer.GOING, START)}
ADA = Attendee(1, Quiet(None, "UTC"), GOING)


def dues(attendee: Attendee, series: Series = SERIES) -> list[str]:
    return [f"{r.due:%d %H:%M}" for r in reminders(series, LEADS, [attendee], BEGIN, END)]


def test_a_group_is_reminded_at_its_lead_times() -> None:
    assert dues(ADA) == ["01 07:05", "02 06:05", "02 06:55"]
    assert dues(replace(ADA, lead=timedelta())) == ["02 07:05"]
    assert reminders(SERIES, (), [ADA], BEGIN, END) == []


def test_only_who_comes_and_wants_it_is_reminded() -> None:
    assert dues(replace(ADA, answers={})) == []
    assert dues(replace(ADA, answers={SESSION: Rsvp(Answer.CANT, START)})) == []
    assert len(dues(replace(ADA, answers={SESSION: Rsvp(Answer.MAYBE, START)}))) == 3
    assert dues(replace(ADA, way=Way.NONE)) == []
    assert dues(ADA, cancel(SERIES, BEGIN).after[0]) == []


def test_a_moved_session_waits_for_new_answers() -> None:
    to = Moment.of(START + timedelta(hours=1), "UTC")
    moved = move(SERIES, SESSION.original, to).after[0]
    assert dues(ADA, moved) == []
    again = replace(ADA, answers={SESSION: Rsvp(Answer.GOING, to.instant)})
    assert dues(again, moved) == ["01 08:05", "02 07:05", "02 07:55"]


def test_quiet_hours_put_off_merge_and_leave_out() -> None:
    until_seven = replace(ADA, quiet=Quiet(QuietHours(22, 7), "UTC"))
    assert dues(until_seven) == ["01 07:05", "02 07:00"]
    until_eight = replace(ADA, quiet=Quiet(QuietHours(22, 8), "UTC"))
    assert dues(until_eight) == ["01 08:00"]


def test_one_message_mentions_all_whose_turn_it_is() -> None:
    bob, eve = replace(ADA, id=2), replace(ADA, id=3, way=Way.DM)
    fay = replace(eve, id=4)
    found = calls(reminders(SERIES, LEADS[:1], [bob, fay, ADA, eve], BEGIN, END))
    due = START - LEADS[0]
    assert sorted(found, key=lambda call: call.members) == [
        Call(SESSION, START, due, Way.CHANNEL, (1, 2)),
        Call(SESSION, START, due, Way.DM, (3,)),
        Call(SESSION, START, due, Way.DM, (4,)),
    ]
