"""Streaks from what is stored, on both stores: answers, pauses and outages."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.attempts.model import Asked
from bot.attempts.service import Attempts
from bot.daily.model import POSTS_KEPT_FOR, Wish
from bot.daily.times import Times
from bot.guilds import settings as guild_settings
from bot.members import settings as member_settings
from bot.settings.service import Preferences
from bot.store.database import Database
from bot.streaks import store
from bot.streaks.local_day import OwnDays
from bot.streaks.model import (
    AlreadyPaused,
    DayState,
    NothingPaused,
    Pause,
    PauseTooLong,
    Rest,
    Streak,
)
from bot.streaks.service import Streaks
from tests.bot.streaks.room import ANNA, ANSWER, BEN, DAY, GUILD, OTHER_GUILD, Room
from tests.conftest import NOW, FixedClock


@pytest.fixture
async def room(database: Database, clock: FixedClock) -> Room:
    """Somewhere with a question each day."""
    return await Room(database, clock).questions()


@pytest.fixture
def quiet_room(database: Database, clock: FixedClock) -> Room:
    """Somewhere with the questions that the test has posted."""
    return Room(database, clock)


@pytest.fixture
def preferences(room: Room) -> Preferences:
    return room.preferences


@pytest.fixture
def attempts(room: Room) -> Attempts:
    return room.attempts


@pytest.fixture
def streaks(room: Room) -> Streaks:
    return room.streaks


async def seen(streaks: Streaks, member: int = ANNA) -> Streak:
    return (await streaks.of(GUILD, member)).streak


async def test_nobody_has_a_streak_before_the_first_answer(streaks: Streaks) -> None:
    assert (await seen(streaks)).days == ()


async def test_days_in_a_row_add_up_for_their_member_and_server_alone(
    streaks: Streaks, room: Room, clock: FixedClock
) -> None:
    await room.answer(3)
    assert ((await seen(streaks)).current, (await seen(streaks)).today_done) == (3, True)
    assert (await seen(streaks, BEN)).current == 0
    assert (await streaks.of(OTHER_GUILD, ANNA)).streak.current == 0
    clock.time += DAY
    assert ((await seen(streaks)).current, (await seen(streaks)).today_done) == (3, False)
    clock.time += DAY
    assert ((await seen(streaks)).current, (await seen(streaks)).best) == (0, 3)


async def test_today_is_the_members_own(
    streaks: Streaks, preferences: Preferences, clock: FixedClock
) -> None:
    await preferences.set(member_settings.ZONE, ANNA, "Pacific/Kiritimati", by=ANNA)
    await preferences.set(guild_settings.ZONE, GUILD, "Pacific/Honolulu", by=ANNA)
    clock.time = NOW.replace(hour=8)
    assert (await streaks.of(GUILD, ANNA)).today.date == date(2026, 11, 24)
    clock.time = NOW
    assert (await streaks.of(GUILD, ANNA)).today.date == date(2026, 11, 25)
    assert (await streaks.of(GUILD, BEN)).today.date == date(2026, 11, 24)
    assert (await streaks.of(OTHER_GUILD, BEN)).today.date == date(2026, 11, 24)


async def test_a_rest_keeps_a_streak(streaks: Streaks, room: Room, clock: FixedClock) -> None:
    await room.answer(3)
    clock.time += DAY
    pause = Pause(date(2026, 11, 27), date(2026, 12, 1))
    assert await streaks.pause(GUILD, ANNA, 5) == Rest(pause, after_today=False)
    clock.time += 5 * DAY
    assert (await seen(streaks)).current == 3
    await room.answer(1, first_post=9)
    assert (await seen(streaks)).current == 4
    with pytest.raises(NothingPaused):
        await streaks.resume(GUILD, ANNA)


async def test_a_rest_without_an_end_is_ended_by_its_member(
    streaks: Streaks, room: Room, clock: FixedClock
) -> None:
    await room.answer(2)
    clock.time += DAY
    await streaks.pause(GUILD, ANNA, None)
    with pytest.raises(AlreadyPaused):
        await streaks.pause(GUILD, ANNA, 3)
    clock.time += 40 * DAY
    await streaks.resume(GUILD, ANNA)
    streak = await seen(streaks)
    assert (streak.current, streak.days[-1].state) == (2, DayState.OPEN)
    clock.time += 2 * DAY
    assert (await seen(streaks)).current == 0


async def test_a_rest_that_is_ended_on_its_first_day_never_was(
    streaks: Streaks, room: Room, clock: FixedClock
) -> None:
    await room.answer(1)
    clock.time += DAY
    await streaks.pause(GUILD, ANNA, 3)
    await streaks.resume(GUILD, ANNA)
    assert (await seen(streaks)).days[-1].state is DayState.OPEN


async def test_ending_a_rest_leaves_those_planned_for_later(
    streaks: Streaks, room: Room, clock: FixedClock
) -> None:
    later = Pause(clock.time.date() + 10 * DAY, clock.time.date() + 20 * DAY)
    async with room.database.writing() as session:
        await streaks.rest(session, GUILD, ANNA, later)
    await streaks.pause(GUILD, ANNA, 3)
    await streaks.resume(GUILD, ANNA)
    async with room.database.reading() as session:
        assert await store.pauses_of(session, GUILD, ANNA) == (later,)


async def test_a_rest_after_todays_answer_begins_tomorrow(
    streaks: Streaks, room: Room, clock: FixedClock
) -> None:
    await room.answer(7)
    today = clock.time.date()
    rest = await streaks.pause(GUILD, ANNA, 2)
    assert rest == Rest(Pause(today + DAY, today + 2 * DAY), after_today=True)
    with pytest.raises(AlreadyPaused):
        await streaks.pause(GUILD, ANNA, 2)
    streak = await seen(streaks)
    assert (streak.current, streak.freezes, streak.today_done) == (7, 1, True)
    clock.time += 3 * DAY
    assert (await seen(streaks)).current == 7
    await room.answer(1, first_post=9)
    streak = await seen(streaks)
    assert (streak.current, streak.freezes) == (8, 1)


async def test_a_rest_that_is_yet_to_begin_can_be_ended(
    streaks: Streaks, room: Room, clock: FixedClock
) -> None:
    await room.answer(1)
    await streaks.pause(GUILD, ANNA, None)
    await streaks.resume(GUILD, ANNA)
    with pytest.raises(NothingPaused):
        await streaks.resume(GUILD, ANNA)
    clock.time += 2 * DAY
    assert (await seen(streaks)).current == 0


async def test_a_rest_far_ahead_is_not_ended_by_the_way(
    streaks: Streaks, database: Database, clock: FixedClock
) -> None:
    away = Pause(clock.time.date() + 9 * DAY, clock.time.date() + 12 * DAY)
    async with database.writing() as session:
        await streaks.rest(session, GUILD, ANNA, away)
    with pytest.raises(NothingPaused):
        await streaks.resume(GUILD, ANNA)


async def test_nobody_rests_for_more_than_a_year(streaks: Streaks) -> None:
    with pytest.raises(PauseTooLong, match="366"):
        await streaks.pause(GUILD, ANNA, 367)


async def test_days_on_which_waymark_was_down_break_nothing(
    streaks: Streaks, room: Room, clock: FixedClock
) -> None:
    await room.answer(3)
    await streaks.beat()
    clock.time += 3 * DAY
    await streaks.beat()
    streak = await seen(streaks)
    assert streak.current == 3
    assert [day.state for day in streak.days[-4:]] == [
        DayState.DONE,
        *[DayState.DOWN] * 3,
    ]


async def test_just_after_an_outage_nobody_hears_that_a_streak_is_over(
    streaks: Streaks, room: Room, clock: FixedClock
) -> None:
    await room.answer(3)
    await streaks.beat()
    clock.time += 3 * DAY
    assert (await seen(streaks)).current == 3
    await streaks.beat()
    assert (await seen(streaks)).current == 3


async def test_a_short_stop_is_no_outage(streaks: Streaks, room: Room, clock: FixedClock) -> None:
    await room.answer(1)
    for _ in range(60):
        clock.time += timedelta(minutes=55)
        await streaks.beat()
    assert (await seen(streaks)).current == 0


async def worked(room: Room) -> None:
    """Let a question be posted and answered on each weekday from Tuesday to Monday."""
    weekdays = Wish(1, Times(time(13), "UTC", (0, 1, 2, 3, 4)))
    await room.work.daily.setup(GUILD, weekdays, by=ANNA)
    for number in range(7):
        await room.work.until(room.clock.time + timedelta(hours=2))
        if room.clock.time.weekday() not in {5, 6}:
            await room.answer(1, first_post=number + 1)
        await room.work.until(room.clock.time + timedelta(hours=22))


async def test_a_weekend_without_a_question_breaks_nothing(quiet_room: Room) -> None:
    await worked(quiet_room)
    streak = await seen(quiet_room.streaks)
    assert streak.current == 5
    assert [day.state for day in streak.days[:-1]].count(DayState.UNASKED) == 2
    await quiet_room.work.until(quiet_room.clock.time + 2 * DAY)
    assert (await seen(quiet_room.streaks)).current == 0


async def test_streaks_stay_as_they_were_when_old_posts_are_forgotten(quiet_room: Room) -> None:
    work, clock = quiet_room.work, quiet_room.clock
    await worked(quiet_room)
    await work.daily.remove(GUILD, 1)
    before = await seen(quiet_room.streaks)
    clock.time += POSTS_KEPT_FOR + DAY
    await work.daily.look_after()
    assert await work.posts() == []
    after = await seen(quiet_room.streaks)
    assert (after.current, after.best) == (before.current, before.best) == (5, 5)
    assert after.days[:8] == before.days[:8]
    await work.daily.setup(GUILD, Wish(1, Times(time(14), "UTC")), by=ANNA)
    await work.until(clock.time + 2 * DAY)
    again = await seen(quiet_room.streaks)
    assert (again.current, again.best, again.days[:8]) == (0, 5, before.days[:8])


async def test_a_late_answer_where_nothing_is_asked_any_more_is_a_streak_of_one(
    quiet_room: Room,
) -> None:
    await quiet_room.answer(1)
    quiet_room.clock.time += 5 * DAY
    assert (await seen(quiet_room.streaks)).current == 1


async def test_what_today_is_is_known_before_and_after_its_question(quiet_room: Room) -> None:
    streaks, work, clock = quiet_room.streaks, quiet_room.work, quiet_room.clock

    async def today() -> DayState:
        return (await streaks.of(GUILD, ANNA)).state

    assert await today() is DayState.UNASKED
    await work.daily.setup(GUILD, Wish(1, Times(time(14), "UTC", (1, 2, 3, 4, 5))), by=ANNA)
    assert await today() is DayState.OPEN
    await quiet_room.answer(1)
    assert await today() is DayState.DONE
    await work.until(NOW + DAY)
    assert await today() is DayState.OPEN
    await work.daily.skip(GUILD, 1)
    assert await today() is DayState.UNASKED
    await work.until(NOW + 2 * DAY + timedelta(hours=3))
    assert await today() is DayState.OPEN
    await streaks.pause(GUILD, ANNA, 1)
    assert await today() is DayState.PAUSED
    clock.time = NOW + 5 * DAY  # a Sunday
    found = await streaks.of(GUILD, ANNA)
    assert (found.state, found.today_ends) == (
        DayState.UNASKED,
        datetime(2026, 11, 30, tzinfo=UTC),
    )


async def test_a_question_late_in_a_members_day_is_for_their_next_one(
    quiet_room: Room, clock: FixedClock
) -> None:
    preferences, attempts, work = quiet_room.preferences, quiet_room.attempts, quiet_room.work
    await preferences.set(member_settings.ZONE, ANNA, "Pacific/Auckland", by=ANNA)
    await work.daily.setup(GUILD, Wish(1, Times(time(9), "UTC")), by=ANNA)
    await work.until(NOW + timedelta(hours=22))  # posted at 22:00 in Auckland, on the 25th
    asked = Asked(1, GUILD, "own:1")
    await attempts.send(asked, ANNA, ANSWER, OwnDays("Pacific/Auckland"))
    streak = await seen(quiet_room.streaks)
    assert (streak.current, streak.days[-1].date) == (1, date(2026, 11, 25))


async def test_an_answer_before_the_start_of_a_members_day_counts_for_the_day_before(
    streaks: Streaks, room: Room, preferences: Preferences, clock: FixedClock
) -> None:
    await preferences.set(member_settings.DAY_START, ANNA, 4, by=ANNA)
    await room.answer(2)
    clock.time = NOW.replace(hour=2) + 3 * DAY  # at 2:00 on the 27th: still the 26th to a night owl
    assert (await streaks.of(GUILD, ANNA)).today.date == date(2026, 11, 26)
    await room.answer(1, first_post=9)
    assert (await seen(streaks)).current == 3


async def test_when_a_streak_is_over_is_known_ahead(
    streaks: Streaks, room: Room, clock: FixedClock, database: Database
) -> None:
    async def over_at() -> datetime | None:
        async with database.reading() as session:
            return (await streaks.seen(session, GUILD, ANNA)).over_at()

    assert await over_at() is None
    await room.answer(7)  # until the 30th of November; a freeze is held
    for over in [datetime(2026, 12, 3, tzinfo=UTC)] * 3:
        assert await over_at() == over
        clock.time = min(clock.time + DAY, over - timedelta(seconds=1))
        assert (await seen(streaks)).current == 7
    clock.time = datetime(2026, 12, 3, tzinfo=UTC)
    assert (await seen(streaks)).current == 0
