"""Members' own check-ins, on both stores."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from bot.checkins.model import (
    DAYS_KEPT_FOR,
    NUDGE,
    Answer,
    AwayTooLong,
    CheckinGone,
    CheckinsEnded,
    DayState,
    NobodyToTell,
    NoCheckins,
    NotAway,
    NotYourCheckin,
    Place,
    Skip,
    Status,
    UnclearReturn,
    Wish,
)
from bot.checkins.service import ZONES_AT_ONCE
from bot.checkins.settings import HELP_CHANNEL, NUDGE_AFTER
from bot.checkins.store import days
from bot.daily.times import Times
from bot.delivery import listing
from bot.delivery.model import Reason, Target
from bot.delivery.outcomes import Outcome, Retry, Undeliverable, Unwanted
from bot.delivery.retention import KEPT_FOR, forget_settled
from bot.guilds.settings import ZONE as GUILD_ZONE
from bot.journeys.model import NoJourney
from bot.members.settings import DAY_START, QUIET_HOURS, ZONE
from bot.store.database import Database
from bot.streaks.store import pauses_of
from bot.when.quiet_hours import QuietHours
from tests.bot.checkins.fakes import ANNA, BEN, CHANNEL, GUILD, OTHER_GUILD, Desk, desk
from tests.conftest import FixedClock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST = datetime(2026, 11, 25, 9, tzinfo=UTC)
"""The first 9:00 UTC after the start."""

WISH = Wish(Times(time(9), "UTC"))


@pytest.fixture
def work(database: Database, clock: FixedClock) -> Desk:
    return desk(database, clock)


async def told(work: Desk) -> list[tuple[date, str, str | None]]:
    async with work.database.reading() as session:
        statement = select(days.c.day, days.c.state, days.c.reason).order_by(days.c.day)
        return [(row.day, row.state, row.reason) for row in await session.execute(statement)]


async def test_each_day_is_asked_once_however_often_it_is_tried(work: Desk) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    work.cog.answers[ANNA] = Retry(Reason.DISCORD_DOWN)
    await work.at(FIRST)
    work.cog.answers.clear()
    await work.at(FIRST + HOUR)
    [prompt] = work.cog.asked
    assert (prompt.day.day, prompt.config.member_id) == (FIRST.date(), ANNA)
    await work.until(FIRST + 2 * DAY)
    assert [each.day.day.day for each in work.cog.asked] == [25, 26, 27]
    assert {state for _, state, _ in await told(work)} == {DayState.ASKED}


async def test_setting_up_at_once_makes_one(work: Desk) -> None:
    made = await asyncio.gather(*(work.checkins.setup(GUILD, ANNA, WISH) for _ in range(5)))
    assert len({each.config.id for each in made}) == 1
    assert sum(each.is_new for each in made) == 1
    await work.checkins.setup(OTHER_GUILD, ANNA, WISH)
    await work.until(FIRST)
    assert len(work.cog.asked) == 2


async def test_days_that_were_over_are_left(work: Desk) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    await work.at(FIRST + 16 * HOUR)
    assert work.cog.asked == []
    assert await told(work) == [(FIRST.date(), DayState.SKIPPED, Skip.LATE)]
    await work.until(FIRST + DAY)
    assert len(work.cog.asked) == 1


async def test_what_cannot_be_sent_is_written_down_and_may_be_done_anyway(work: Desk) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    work.cog.answers[ANNA] = Undeliverable(Reason.DM_CLOSED)
    await work.at(FIRST)
    assert await told(work) == [(FIRST.date(), DayState.SKIPPED, Reason.DM_CLOSED)]
    prompt = await work.checkins.now(GUILD, ANNA)
    assert (prompt.day.state, prompt.day.day) == (DayState.ASKED, FIRST.date())
    await work.until(FIRST + 4 * DAY)
    standing = await work.checkins.get(GUILD, ANNA)
    assert (standing.stopped, standing.upcoming) == (Reason.DM_CLOSED, None)
    assert (await work.checkins.resume(GUILD, ANNA)).upcoming == FIRST + 5 * DAY


async def test_a_channel_that_is_gone_sends_it_to_its_member(work: Desk) -> None:
    here = replace(WISH, place=Place.HERE, channel_id=CHANNEL)
    await work.checkins.setup(GUILD, ANNA, here)
    work.cog.answers[CHANNEL] = Undeliverable(Reason.CHANNEL_GONE)
    await work.at(FIRST)
    [prompt] = work.cog.asked
    day = (await work.checkins.answers.get(prompt.day.id, ANNA)).day
    assert (day.state, day.channel_id) == (DayState.ASKED, None)


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Undeliverable(Reason.MEMBER_LEFT), Reason.MEMBER_LEFT),
        (Unwanted(), Reason.UNWANTED),
    ],
)
async def test_who_left_or_is_not_to_be_asked_there_has_no_open_day(
    work: Desk, outcome: Outcome, reason: Reason
) -> None:
    await work.checkins.setup(GUILD, ANNA, replace(WISH, place=Place.HERE, channel_id=CHANNEL))
    work.cog.answers[CHANNEL] = outcome
    await work.at(FIRST)
    assert work.cog.asked == []
    assert await told(work) == [(FIRST.date(), DayState.SKIPPED, reason)]


async def test_checking_in_early_is_all_for_that_day(work: Desk) -> None:
    with pytest.raises(NoCheckins):
        await work.checkins.now(GUILD, ANNA)
    await work.checkins.setup(GUILD, ANNA, WISH)
    work.clock.time = FIRST - HOUR
    early = await work.checkins.now(GUILD, ANNA)
    again = await work.checkins.now(GUILD, ANNA)
    assert early.day.id == again.day.id
    assert (await work.checkins.get(GUILD, ANNA)).upcoming == FIRST + DAY
    await work.until(FIRST + HOUR)
    assert work.cog.asked == []
    await work.until(FIRST + DAY)
    assert len(work.cog.asked) == 1


async def test_answers_tick_tasks_and_are_given_back_next_time(work: Desk) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    await work.until(FIRST)
    answers, day_id = work.checkins.answers, work.cog.asked[0].day.id
    with pytest.raises(NotYourCheckin):
        await answers.answer(day_id, BEN, Answer.ON_TRACK)
    with pytest.raises(CheckinGone):
        await answers.sheet(99, ANNA)
    prompt = await answers.fill_in(day_id, ANNA, (" Read. ",), {1, 3, 99})
    assert (prompt.day.answer, prompt.day.said, prompt.day.finished) == (
        Answer.DONE,
        ("Read.",),
        2,
    )
    assert work.plan.finished == [1, 3]
    await work.until(FIRST + DAY)
    sheet = await answers.sheet(work.cog.asked[1].day.id, ANNA)
    assert sheet.last == ("Read.",)
    assert [task.id for task in sheet.tasks] == [2]
    stuck = await answers.stuck(work.cog.asked[1].day.id, ANNA)
    assert stuck.prompt.day.answer is Answer.STUCK
    noted = await answers.fill_in(work.cog.asked[1].day.id, ANNA, ("",), ())
    assert (noted.day.answer, noted.day.said) == (Answer.STUCK, ())
    opened = await answers.take_back(work.cog.asked[1].day.id, ANNA)
    assert opened.day.answer is None


async def test_taking_an_answer_back_opens_what_was_ticked_with_it(work: Desk) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    await work.until(FIRST)
    answers, day_id = work.checkins.answers, work.cog.asked[0].day.id
    await answers.fill_in(day_id, ANNA, ("Read.",), {1})
    await answers.fill_in(day_id, ANNA, ("Read.",), {3})
    opened = await answers.take_back(day_id, ANNA)
    assert (opened.reopened, opened.day.finished, opened.day.ticked) == (2, 0, ())
    assert work.plan.tasks == [1, 2, 3]
    assert opened.day.said == ("Read.",)
    assert (await answers.take_back(day_id, ANNA)).reopened == 0
    assert work.plan.tasks == [1, 2, 3]


async def test_what_is_cut_off_can_still_be_undone(work: Desk) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    await work.until(FIRST)
    answers, day_id = work.checkins.answers, work.cog.asked[0].day.id
    work.plan.cut_off = True
    with pytest.raises(NoJourney):
        await answers.fill_in(day_id, ANNA, ("Read.",), {1})
    assert (await answers.get(day_id, ANNA)).day.ticked == (1,)
    work.plan.cut_off = False
    await answers.fill_in(day_id, ANNA, ("Read.",), {1})
    work.plan.cut_off = True
    with pytest.raises(NoJourney):
        await answers.take_back(day_id, ANNA)
    assert (await answers.get(day_id, ANNA)).day.ticked == (1,)
    work.plan.cut_off = False
    assert (await answers.take_back(day_id, ANNA)).reopened == 1
    assert work.plan.tasks == [1, 2, 3]


async def test_an_answer_stays_with_the_question_it_was_given_to(work: Desk) -> None:
    await work.checkins.setup(GUILD, ANNA, replace(WISH, questions=("Read?", "Slept?")))
    await work.until(FIRST)
    answers, day_id = work.checkins.answers, work.cog.asked[0].day.id
    await answers.fill_in(day_id, ANNA, ("A book.", "Well."), ())
    await work.checkins.change(GUILD, ANNA, replace(WISH, questions=("Slept?", "Ran?")))
    shown = await answers.get(day_id, ANNA)
    assert (shown.questions, shown.day.said) == (("Read?", "Slept?"), ("A book.", "Well."))
    again = await answers.fill_in(day_id, ANNA, ("Two.", "Well."), ())
    assert again.questions == ("Read?", "Slept?")
    assert (await work.checkins.now(GUILD, ANNA)).questions == ("Read?", "Slept?")
    assert (await answers.sheet(day_id, ANNA)).last == ("Two.", "Well.")
    await work.until(FIRST + DAY)
    second = work.cog.asked[1]
    assert second.questions == ("Slept?", "Ran?")
    assert (await answers.sheet(second.day.id, ANNA)).last == ("Well.", "")


async def test_a_day_without_an_answer_takes_new_questions(work: Desk) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    await work.until(FIRST)
    assert work.cog.asked[0].questions == ("",)
    await work.checkins.change(GUILD, ANNA, replace(WISH, questions=("Ran?",)))
    day_id = work.cog.asked[0].day.id
    assert (await work.checkins.answers.get(day_id, ANNA)).questions == ("",)
    assert (await work.checkins.now(GUILD, ANNA)).questions == ("Ran?",)


async def test_answers_of_before_questions_were_kept_are_changed_but_not_given_again(
    work: Desk,
) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    await work.until(FIRST)
    answers, day_id = work.checkins.answers, work.cog.asked[0].day.id
    await answers.fill_in(day_id, ANNA, ("Read.",), ())
    async with work.database.writing() as session:
        await session.execute(update(days).values(asked="[]"))
    assert (await answers.sheet(day_id, ANNA)).last == ("Read.",)
    await work.until(FIRST + DAY)
    assert (await answers.sheet(work.cog.asked[1].day.id, ANNA)).last == ("",)


@pytest.mark.parametrize("how", ["pause", "off", "change"])
async def test_no_day_stays_open_that_is_asked_no_more(work: Desk, how: str) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    work.cog.answers[ANNA] = Retry(Reason.DISCORD_DOWN)
    await work.at(FIRST)
    assert [state for _, state, _ in await told(work)] == [DayState.ASKING]
    if how == "change":
        await work.checkins.change(GUILD, ANNA, replace(WISH, questions=("Ran?",)))
    else:
        await getattr(work.checkins, how)(GUILD, ANNA)
    [(_, state, reason)] = await told(work)
    assert state == DayState.SKIPPED
    assert reason == (Reason.PAUSED if how == "pause" else Reason.CANCELLED)


async def test_who_returns_is_asked_on_that_day_however_late_theirs_begin(work: Desk) -> None:
    await work.preferences.set(DAY_START, ANNA, 11, by=ANNA)
    await work.checkins.setup(GUILD, ANNA, WISH)
    span = await work.checkins.absences.away(GUILD, ANNA, "tomorrow")
    assert span.back == date(2026, 11, 25)
    await work.checkins.absences.back(GUILD, ANNA)
    assert (await work.checkins.absences.away(GUILD, ANNA, "27 november")).back.day == 27
    work.clock.time = datetime(2026, 11, 28, 3, tzinfo=UTC)
    with pytest.raises(UnclearReturn):
        await work.checkins.absences.away(GUILD, ANNA, "in 2 minutes")


async def test_who_is_asked_in_a_channel_is_nudged_by_direct_message(work: Desk) -> None:
    await work.preferences.set(NUDGE_AFTER, ANNA, 2, by=ANNA)
    await work.checkins.setup(GUILD, ANNA, replace(WISH, place=Place.HERE, channel_id=CHANNEL))
    await work.until(FIRST)
    async with work.database.reading() as session:
        [nudge] = await listing.of_subjects(session, NUDGE.name, [work.cog.asked[0].day.id])
    assert nudge.target == Target.user(ANNA)


async def test_one_nudge_and_only_while_it_is_open(work: Desk) -> None:
    await work.preferences.set(NUDGE_AFTER, ANNA, 2, by=ANNA)
    await work.checkins.setup(GUILD, ANNA, WISH)
    await work.until(FIRST + DAY - HOUR)
    assert len(work.cog.nudged) == 1
    await work.until(FIRST + DAY)
    await work.checkins.answers.answer(work.cog.asked[1].day.id, ANNA, Answer.SKIP)
    await work.until(FIRST + 2 * DAY)
    await work.checkins.pause(GUILD, ANNA)
    await work.until(FIRST + 3 * DAY)
    assert len(work.cog.nudged) == 1


async def test_a_nudge_waits_for_quiet_hours_to_end_and_the_question_does_not(work: Desk) -> None:
    await work.preferences.set(NUDGE_AFTER, ANNA, 2, by=ANNA)
    await work.preferences.set(QUIET_HOURS, ANNA, QuietHours(9, 13), by=ANNA)
    await work.checkins.setup(GUILD, ANNA, WISH)
    await work.until(FIRST + 3 * HOUR)
    assert (len(work.cog.asked), work.cog.nudged) == (1, [])
    await work.until(FIRST + 4 * HOUR)
    assert len(work.cog.nudged) == 1
    await work.until(FIRST + DAY)
    await work.preferences.set(QUIET_HOURS, ANNA, QuietHours(13, 14), by=ANNA)
    await work.until(FIRST + DAY + 4 * HOUR)
    assert len(work.cog.nudged) == 1
    await work.until(FIRST + DAY + 5 * HOUR)
    assert len(work.cog.nudged) == 2
    await work.until(FIRST + 2 * DAY)
    await work.preferences.set(QUIET_HOURS, ANNA, QuietHours(10, 2), by=ANNA)
    await work.until(FIRST + 3 * DAY - HOUR)
    assert (len(work.cog.asked), len(work.cog.nudged)) == (3, 2)


async def test_no_nudge_comes_on_another_day_nor_while_away(work: Desk) -> None:
    await work.preferences.set(NUDGE_AFTER, ANNA, 2, by=ANNA)
    await work.checkins.setup(GUILD, ANNA, Wish(Times(time(23), "UTC")))
    await work.until(FIRST + DAY)
    assert (len(work.cog.asked), work.cog.nudged) == (2, [])
    await work.checkins.change(GUILD, ANNA, Wish(Times(time(10), "UTC")))
    await work.until(FIRST + DAY + 2 * HOUR)
    await work.checkins.absences.away(GUILD, ANNA, "in 3 days")
    await work.until(FIRST + 2 * DAY)
    assert work.cog.nudged == []


async def test_facilitators_are_told_once_by_choice(work: Desk) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    await work.until(FIRST)
    answers, day_id = work.checkins.answers, work.cog.asked[0].day.id
    with pytest.raises(NobodyToTell):
        await answers.tell(day_id, ANNA, "Regex.")
    await work.preferences.set(HELP_CHANNEL, GUILD, CHANNEL, by=BEN)
    for text in ("Regex.", "Again."):
        await answers.tell(day_id, ANNA, text)
    await work.until(FIRST + HOUR)
    assert work.cog.notes == ["Regex."]


async def test_away_nothing_is_asked_and_the_streak_rests(work: Desk) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    absences = work.checkins.absences
    span = await absences.away(GUILD, ANNA, "27 november")
    assert (span.first, span.back) == (date(2026, 11, 24), date(2026, 11, 27))
    longer = await absences.away(GUILD, ANNA, "28 november")
    async with work.database.reading() as session:
        [rest] = await pauses_of(session, GUILD, ANNA)
    assert (rest.first, rest.last) == (longer.first, date(2026, 11, 27))
    assert (await work.checkins.get(GUILD, ANNA)).upcoming == FIRST + 3 * DAY
    await work.until(FIRST + 3 * DAY)
    assert [(each.day.day.day, each.is_back) for each in work.cog.asked] == [(28, True)]
    assert [reason for _, _, reason in await told(work)] == [Skip.AWAY] * 3 + [None]
    await work.until(FIRST + 4 * DAY)
    assert not work.cog.asked[1].is_back
    with pytest.raises(NotAway):
        await absences.back(GUILD, ANNA)


async def test_coming_back_early_cuts_the_rest_short_and_leaves_others(work: Desk) -> None:
    absences = work.checkins.absences
    await work.streaks.pause(GUILD, ANNA, 30)
    await absences.away(GUILD, ANNA, "4 december")
    work.clock.time += 2 * DAY
    await absences.back(GUILD, ANNA)
    async with work.database.reading() as session:
        rests = await pauses_of(session, GUILD, ANNA)
    assert sorted(rest.last.day for rest in rests if rest.last) == [23, 25]
    await absences.away(GUILD, ANNA, "4 december")
    await absences.back(GUILD, ANNA)
    async with work.database.reading() as session:
        assert len(await pauses_of(session, GUILD, ANNA)) == 2


@pytest.mark.parametrize(
    ("until", "error"),
    [
        ("every monday", UnclearReturn),
        ("in 2 minutes", UnclearReturn),
        ("in 400 days", AwayTooLong),
    ],
)
async def test_a_return_is_a_day_to_come(work: Desk, until: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        await work.checkins.absences.away(GUILD, ANNA, until)


async def test_a_members_new_zone_holds_at_once_where_they_follow_it(work: Desk) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    await work.checkins.setup(OTHER_GUILD, ANNA, replace(WISH, follows_zone=False))
    await work.preferences.set(ZONE, ANNA, "Asia/Kolkata", by=ANNA)
    assert (await work.checkins.get(GUILD, ANNA)).upcoming == FIRST - 5.5 * HOUR
    assert (await work.checkins.get(OTHER_GUILD, ANNA)).upcoming == FIRST
    await work.preferences.reset(ZONE, ANNA)
    assert (await work.checkins.get(GUILD, ANNA)).upcoming == FIRST


async def test_a_servers_new_zone_holds_for_who_has_none(work: Desk) -> None:
    await work.preferences.set(ZONE, ANNA, "UTC", by=ANNA)
    await work.checkins.setup(GUILD, ANNA, WISH)
    members = range(1, ZONES_AT_ONCE + 3)
    for member in members:
        await work.checkins.setup(GUILD, member, WISH)
    off = await work.checkins.off(GUILD, 1)
    await work.preferences.set(GUILD_ZONE, GUILD, "Asia/Kolkata", by=BEN)
    last = await work.checkins.get(GUILD, members[-1])
    assert (off.config.state, last.upcoming) == (Status.OFF, FIRST)
    await work.checkins.look_after()
    for member in members[1:]:
        assert (await work.checkins.get(GUILD, member)).upcoming == FIRST - 5.5 * HOUR
    assert (await work.checkins.get(GUILD, ANNA)).upcoming == FIRST


async def test_what_was_turned_off_stays_so_until_it_is_set_up_again(work: Desk) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    await work.checkins.off(GUILD, ANNA)
    changed = await work.checkins.change(GUILD, ANNA, Wish(Times(time(10), "UTC")))
    assert (changed.config.state, changed.upcoming) == (Status.OFF, None)
    await work.until(FIRST + 2 * DAY)
    assert work.cog.asked == []
    again = await work.checkins.setup(GUILD, ANNA, WISH)
    assert (again.is_new, again.upcoming) == (False, FIRST + 3 * DAY)
    await work.checkins.pause(GUILD, ANNA)
    again = await work.checkins.setup(GUILD, ANNA, WISH)
    assert (again.config.state, again.upcoming) == (Status.ACTIVE, FIRST + 3 * DAY)


async def test_whose_schedule_was_erased_begins_anew_and_reaches_nobody_elses(work: Desk) -> None:
    checkins = work.checkins
    await checkins.setup(GUILD, ANNA, WISH)
    await checkins.off(GUILD, ANNA)
    work.clock.time += KEPT_FOR + DAY
    await forget_settled(work.database, work.clock.time)
    others = await checkins.setup(GUILD, BEN, WISH)  # on SQLite, its schedule has Anna's old id
    for use in (checkins.get, checkins.pause, checkins.resume, checkins.off, checkins.now):
        with pytest.raises(CheckinsEnded):
            await use(GUILD, ANNA)
    with pytest.raises(CheckinsEnded):
        await checkins.change(GUILD, ANNA, Wish(Times(time(10), "UTC")))
    await work.preferences.set(ZONE, ANNA, "Asia/Kolkata", by=ANNA)
    assert replace(await checkins.get(GUILD, BEN), is_new=True) == others
    ten = Wish(Times(time(10), "UTC"))
    begun = await asyncio.gather(*(checkins.setup(GUILD, ANNA, ten) for _ in range(3)))
    assert len({each.config.schedule_id for each in begun}) == 1
    assert {each.config.state for each in begun} == {Status.ACTIVE}
    start = work.clock.time.replace(hour=0, minute=0)
    await work.until(start + 2 * DAY)
    whose = [(each.config.member_id, each.day.day) for each in work.cog.asked]
    assert len(whose) == len({*whose})
    assert {member for member, _ in whose} == {ANNA, BEN}


async def test_days_of_long_ago_are_forgotten(work: Desk) -> None:
    await work.checkins.setup(GUILD, ANNA, WISH)
    await work.until(FIRST)
    work.clock.time += DAYS_KEPT_FOR + 2 * DAY
    await work.checkins.look_after()
    assert await told(work) == []
