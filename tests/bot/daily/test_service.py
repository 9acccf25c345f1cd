import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.daily.model import (
    DAILY,
    MOST_CONFIGS,
    AlreadyPosted,
    BeingPosted,
    BeingTried,
    DailyGone,
    NothingToAsk,
    Post,
    PostGone,
    PostState,
    Resting,
    Skip,
    SkipOver,
    TooManyConfigs,
)
from bot.daily.posting.poster import Poster
from bot.daily.times import Times
from bot.delivery import listing, queue
from bot.delivery.model import Delivery, Reason, Target
from bot.delivery.outcomes import Retry, Undeliverable
from bot.delivery.store import deliveries, to_delivery
from bot.store.database import Database
from tests.bot.daily.fakes import Desk, desk
from tests.bot.daily.samples import ANNA, CHANNEL, GUILD, NINE, OTHER_GUILD, WISH, known
from tests.conftest import NOW, FixedClock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
"""The first 9:00 in Berlin after NOW."""


@pytest.fixture
def work(database: Database, clock: FixedClock) -> Desk:
    return desk(database, clock)


async def set_up(work: Desk) -> int:
    return (await work.daily.setup(GUILD, WISH, ANNA)).config.id


async def pending(work: Desk) -> list[Delivery]:
    async with work.database.reading() as session:
        return await listing.of_subjects(session, DAILY.name, [1])


def told(days: list[Post]) -> list[tuple[str, str | None]]:
    return [(post.state.value, post.reason) for post in days]


async def test_a_question_is_chosen_once_however_often_it_is_tried(work: Desk) -> None:
    await set_up(work)
    work.cog.answers[CHANNEL] = Retry(Reason.DISCORD_DOWN)
    await work.at(FIRST)
    [post] = await work.posts()
    assert post.state is PostState.CHOSEN
    work.bank.questions = [known(90)]
    work.bank.retired = {post.question_key or "": known(1)}
    work.cog.answers.clear()
    await work.restarted().at(FIRST + HOUR)
    [again] = await work.posts()
    assert (again.id, again.question_key, again.state) == (
        post.id,
        post.question_key,
        PostState.POSTED,
    )
    assert len(work.cog.sent) == 1


async def test_two_renderings_at_once_choose_the_same(work: Desk) -> None:
    await set_up(work)
    work.clock.time = FIRST
    [delivery] = await pending(work)
    poster: Poster = work.daily.poster
    found = await asyncio.gather(*(poster.due(delivery) for _ in range(5)))
    assert len({each.post.question_key for each in found if each}) == 1
    assert len(await work.posts()) == 1


async def test_it_is_revealed_after_its_hours_and_its_thread_opened_once(work: Desk) -> None:
    await work.daily.setup(GUILD, replace(WISH, thread=True, reveal_hours=3), ANNA)
    await work.at(FIRST)
    [post] = await work.posts()
    assert work.cog.threads == [post.id]
    assert (post.thread_id, post.reveal_at) == (post.message_id, FIRST + 3 * HOUR)
    await work.at(FIRST + 3 * HOUR - timedelta(seconds=1))
    assert work.cog.revealed == []
    await work.restarted().at(FIRST + 3 * HOUR)
    assert work.cog.revealed == [post.id]
    [post] = await work.posts()
    assert post.revealed_at == FIRST + 3 * HOUR


async def test_days_of_a_downtime_have_their_reasons(work: Desk) -> None:
    await set_up(work)
    await work.at(FIRST)
    await work.restarted().at(FIRST + 5 * DAY + HOUR)
    assert told(await work.posts()) == [
        ("posted", None),
        ("skipped", Skip.LATE),
        ("skipped", Skip.DOWN),
        ("skipped", Skip.DOWN),
        ("skipped", Skip.DOWN),
        ("posted", None),
    ]


async def test_discord_being_down_all_day_is_the_reason(work: Desk) -> None:
    await set_up(work)
    work.cog.answers[CHANNEL] = Retry(Reason.DISCORD_DOWN)
    await work.until(FIRST + DAY - HOUR, grid=HOUR / 4)
    assert told(await work.posts()) == [("skipped", Reason.DISCORD_DOWN)]
    work.cog.answers.clear()
    await work.until(FIRST + DAY)
    assert told(await work.posts())[-1] == ("posted", None)


async def test_a_question_that_was_not_posted_is_not_used_up(work: Desk) -> None:
    await set_up(work)
    work.cog.answers[CHANNEL] = Undeliverable(Reason.NO_ACCESS)
    await work.at(FIRST)
    [post] = await work.posts()
    assert told([post]) == [("skipped", Reason.NO_ACCESS)]
    work.cog.answers.clear()
    await work.at(FIRST + DAY)
    assert [each.question_key for each in await work.posts()] == [post.question_key] * 2


async def test_trying_again_on_the_same_day_posts_it(work: Desk) -> None:
    await set_up(work)
    work.cog.answers[CHANNEL] = Undeliverable(Reason.NO_ACCESS)
    await work.at(FIRST)
    work.cog.answers.clear()
    async with work.database.writing() as session:
        await work.deliveries.retry_target(session, GUILD, Target.channel(CHANNEL))
    await work.at(FIRST + HOUR)
    assert told(await work.posts()) == [("posted", None)]


async def test_after_three_failures_it_stops_and_says_so(work: Desk) -> None:
    config_id = await set_up(work)
    work.cog.answers[CHANNEL] = Undeliverable(Reason.NO_ACCESS)
    await work.until(FIRST + 5 * DAY)
    standing = await work.daily.get(GUILD, config_id)
    assert (standing.upcoming, standing.stopped) == (None, Reason.NO_ACCESS)
    work.cog.answers.clear()
    assert (await work.daily.resume(GUILD, config_id)).upcoming == FIRST + 6 * DAY
    await work.until(FIRST + 6 * DAY)
    expected = [Reason.NO_ACCESS] * 3 + [Skip.STOPPED] * 3 + [None]
    assert [post.reason for post in await work.posts()] == expected


async def test_a_server_that_rests_has_its_days_recorded(work: Desk) -> None:
    await set_up(work)
    await work.deliveries.pause_all(GUILD, FIRST + 2 * DAY - HOUR, by=ANNA)
    await work.until(FIRST + 2 * DAY)
    assert told(await work.posts()) == [("skipped", Skip.PAUSED)] * 2 + [("posted", None)]


async def test_what_managers_stop_by_the_queue_is_paused_until_resumed(work: Desk) -> None:
    config_id = await set_up(work)
    [delivery] = await pending(work)
    await work.deliveries.stop(delivery.id, GUILD)
    await work.until(FIRST + DAY)
    standing = await work.daily.get(GUILD, config_id)
    assert (standing.upcoming, standing.stopped) == (None, Reason.PAUSED)
    await work.daily.resume(GUILD, config_id)
    await work.until(FIRST + 2 * DAY)
    assert told(await work.posts()) == [("skipped", Skip.PAUSED)] * 2 + [("posted", None)]


async def test_a_delivery_that_managers_cancel_is_a_skipped_day(work: Desk) -> None:
    await set_up(work)
    [delivery] = await pending(work)
    await work.deliveries.cancel(delivery.id, GUILD)
    await work.until(FIRST + DAY)
    assert told(await work.posts()) == [("skipped", Skip.MANAGER), ("posted", None)]


async def test_cancelling_what_is_being_tried_skips_the_day(work: Desk) -> None:
    await set_up(work)
    work.cog.answers[CHANNEL] = Retry(Reason.DISCORD_DOWN)
    await work.at(FIRST)
    [delivery] = await pending(work)
    await work.deliveries.cancel(delivery.id, GUILD)
    work.cog.answers.clear()
    await work.until(FIRST + DAY)
    assert told(await work.posts()) == [("skipped", Skip.MANAGER), ("posted", None)]


async def test_an_empty_bank_skips_days_and_is_told_once(work: Desk) -> None:
    await set_up(work)
    work.bank.questions = []
    await work.until(FIRST + 2 * DAY)
    assert told(await work.posts()) == [("skipped", Skip.EMPTY)] * 3
    assert [each.target for each in work.cog.notices] == [Target.user(ANNA)]
    with pytest.raises(NothingToAsk):
        await work.daily.preview(GUILD, 1)
    work.bank.questions = [known(1)]
    await work.until(FIRST + 3 * DAY)
    assert told(await work.posts())[-1] == ("posted", None)


async def test_a_question_erased_before_it_was_posted_leaves_no_half_day(work: Desk) -> None:
    await set_up(work)
    work.cog.answers[CHANNEL] = Retry(Reason.DISCORD_DOWN)
    await work.at(FIRST)
    work.bank.questions = []
    await work.at(FIRST + HOUR)
    assert told(await work.posts()) == [("skipped", Skip.EMPTY)]


async def test_a_changed_time_posts_once_a_day(work: Desk) -> None:
    config_id = await set_up(work)
    await work.until(FIRST + HOUR)
    later = replace(WISH, times=replace(NINE, at=time(12)))
    await work.daily.change(GUILD, config_id, later)
    await work.until(FIRST + 3 * HOUR)
    assert len(work.cog.sent) == 1
    await work.daily.change(GUILD, config_id, replace(WISH, times=replace(NINE, at=time(8))))
    await work.until(FIRST + DAY)
    assert told(await work.posts()) == [("posted", None)] * 2
    await work.until(FIRST + 2 * DAY - 2 * HOUR)
    await work.daily.change(GUILD, config_id, replace(WISH, times=replace(NINE, at=time(7))))
    await work.until(FIRST + 3 * DAY)
    assert told(await work.posts())[2:] == [("skipped", Skip.CHANGED), ("posted", None)]


async def test_a_zone_further_east_leaves_out_no_day_silently(work: Desk) -> None:
    hawaii = replace(WISH, times=Times(time(9), "Pacific/Honolulu"))
    config_id = (await work.daily.setup(GUILD, hawaii, ANNA)).config.id
    await work.until(datetime(2026, 11, 26, 5, 0, tzinfo=UTC))
    auckland = replace(WISH, times=Times(time(9), "Pacific/Auckland"))
    await work.daily.change(GUILD, config_id, auckland)
    await work.until(datetime(2026, 11, 27, 5, 0, tzinfo=UTC))
    days = await work.posts()
    assert [post.day.day for post in days] == [24, 25, 26, 27]
    assert told(days)[2] == ("skipped", Skip.CHANGED)


async def test_what_is_changed_besides_the_time_plans_nothing_anew(work: Desk) -> None:
    config_id = await set_up(work)
    before = await pending(work)
    await work.daily.change(GUILD, config_id, replace(WISH, thread=True))
    assert await pending(work) == before


async def test_a_skip_can_be_taken_back_until_its_time(work: Desk) -> None:
    config_id = await set_up(work)
    first = await work.daily.skip(GUILD, config_id)
    second = await work.daily.skip(GUILD, config_id)
    assert (second - first).days == 1
    assert (await work.daily.unskip(GUILD, config_id, first)).upcoming == FIRST
    await work.until(FIRST + DAY)
    assert told(await work.posts()) == [("posted", None), ("skipped", Skip.MANAGER)]
    with pytest.raises(SkipOver):
        await work.daily.unskip(GUILD, config_id, second)


async def test_days_skipped_ahead_hide_neither_the_next_nor_the_last(work: Desk) -> None:
    config_id = await set_up(work)
    await work.until(FIRST + HOUR)
    for _ in range(40):
        await work.daily.skip(GUILD, config_id)
    standing = await work.daily.get(GUILD, config_id)
    assert standing.upcoming == FIRST + 41 * DAY
    assert told([*standing.posts]) == [("posted", None)]
    later = replace(WISH, times=replace(NINE, at=time(12)))
    changed = await work.daily.change(GUILD, config_id, later)
    assert changed.upcoming == FIRST + 41 * DAY + 3 * HOUR


async def test_a_skip_ahead_hides_no_day_that_a_change_leaves_out(work: Desk) -> None:
    config_id = await set_up(work)
    await work.until(FIRST - HOUR)
    today = await work.daily.skip(GUILD, config_id)
    await work.daily.skip(GUILD, config_id)
    await work.daily.unskip(GUILD, config_id, today)
    await work.daily.change(GUILD, config_id, replace(WISH, times=replace(NINE, at=time(7))))
    await work.until(FIRST + DAY)
    skipped = [("skipped", Skip.CHANGED), ("skipped", Skip.MANAGER)]
    assert told(await work.posts()) == skipped


async def test_a_skip_is_not_taken_back_once_its_changed_time_is_past(work: Desk) -> None:
    config_id = await set_up(work)
    await work.until(FIRST - HOUR)
    today = await work.daily.skip(GUILD, config_id)
    await work.daily.change(GUILD, config_id, replace(WISH, times=replace(NINE, at=time(7))))
    with pytest.raises(SkipOver):
        await work.daily.unskip(GUILD, config_id, today)
    assert told(await work.posts()) == [("skipped", Skip.MANAGER)]


async def test_what_rests_has_nothing_to_skip(work: Desk) -> None:
    config_id = await set_up(work)
    await work.daily.pause(GUILD, config_id)
    with pytest.raises(Resting):
        await work.daily.skip(GUILD, config_id)


async def test_now_takes_the_place_of_today(work: Desk) -> None:
    config_id = await set_up(work)
    await work.until(FIRST - HOUR)
    await work.daily.now(GUILD, config_id, ANNA)
    await work.daily.now(GUILD, config_id, ANNA)
    await work.until(FIRST + DAY)
    assert told(await work.posts()) == [("posted", None)] * 2
    with pytest.raises(AlreadyPosted):
        await work.daily.now(GUILD, config_id, ANNA)


async def test_what_was_posted_early_does_not_come_next(work: Desk) -> None:
    config_id = await set_up(work)
    await work.until(FIRST - HOUR)
    await work.daily.now(GUILD, config_id, ANNA)
    await work.until(FIRST - HOUR / 2)
    assert (await work.daily.get(GUILD, config_id)).upcoming == FIRST + DAY


async def test_now_promises_nothing_while_the_question_is_tried(work: Desk) -> None:
    config_id = await set_up(work)
    work.cog.answers[CHANNEL] = Retry(Reason.DISCORD_DOWN)
    await work.at(FIRST)
    with pytest.raises(BeingTried):
        await work.daily.now(GUILD, config_id, ANNA)
    work.cog.answers.clear()
    await work.until(FIRST + HOUR)
    assert told(await work.posts()) == [("posted", None)]


async def test_now_brings_back_a_skipped_day(work: Desk) -> None:
    config_id = await set_up(work)
    await work.daily.skip(GUILD, config_id)
    await work.until(FIRST + HOUR)
    await work.daily.now(GUILD, config_id, ANNA)
    await work.until(FIRST + 2 * HOUR)
    assert told(await work.posts()) == [("posted", None)]


async def test_nothing_is_changed_while_its_question_is_on_its_way(work: Desk) -> None:
    config_id = await set_up(work)
    work.clock.time = FIRST
    async with work.database.writing() as session:
        await queue.claim(session, "else", FIRST, FIRST + HOUR, 5)
    for act in (work.daily.pause, work.daily.remove, work.daily.skip):
        with pytest.raises(BeingPosted):
            await act(GUILD, config_id)


async def test_a_removed_one_comes_back_as_it_was(work: Desk) -> None:
    config_id = await set_up(work)
    await work.daily.pause(GUILD, config_id)
    await work.daily.remove(GUILD, config_id)
    with pytest.raises(DailyGone):
        await work.daily.get(GUILD, config_id)
    assert await work.daily.all(GUILD) == []
    back = await work.daily.bring_back(GUILD, config_id)
    assert (back.upcoming, back.stopped) == (None, None)
    await work.daily.resume(GUILD, config_id)
    await work.until(FIRST)
    assert len(work.cog.sent) == 1
    await work.daily.remove(GUILD, config_id)
    work.clock.time = FIRST + 25 * HOUR
    with pytest.raises(DailyGone):
        await work.daily.bring_back(GUILD, config_id)


async def test_what_was_posted_is_revealed_though_it_was_removed(work: Desk) -> None:
    config_id = await set_up(work)
    await work.until(FIRST)
    await work.daily.remove(GUILD, config_id)
    await work.until(FIRST + DAY)
    assert len(work.cog.revealed) == 1
    work.clock.time = FIRST + 100 * DAY
    await work.daily.look_after()
    assert await work.posts() == []


async def test_ten_are_the_most(work: Desk) -> None:
    for _ in range(MOST_CONFIGS):
        await set_up(work)
    with pytest.raises(TooManyConfigs):
        await set_up(work)
    await work.daily.remove(GUILD, 1)
    await set_up(work)
    with pytest.raises(TooManyConfigs):
        await work.daily.bring_back(GUILD, 1)


async def test_another_server_reaches_nothing(work: Desk) -> None:
    config_id = await set_up(work)
    await work.until(FIRST)
    daily = work.daily
    for act in (daily.get, daily.preview, daily.pause, daily.resume, daily.skip, daily.remove):
        with pytest.raises(DailyGone):
            await act(OTHER_GUILD, config_id)
    with pytest.raises(PostGone):
        await daily.poster.get(OTHER_GUILD, 1)
    assert (await daily.poster.get(GUILD, 1)).post.id == 1


async def test_paused_days_are_recorded_without_a_post(work: Desk) -> None:
    config_id = await set_up(work)
    await work.daily.pause(GUILD, config_id)
    work.clock.time = FIRST + 3 * DAY
    await work.daily.look_after()
    assert told(await work.posts()) == [("skipped", Skip.PAUSED)] * 4


async def test_the_queue_knows_no_second_delivery_of_a_day(work: Desk) -> None:
    await set_up(work)
    await work.until(FIRST + 3 * DAY)
    async with work.database.reading() as session:
        rows = [to_delivery(row) for row in await session.execute(select(deliveries))]
    keys = [row.dedupe_key for row in rows]
    assert len(keys) == len({*keys})
    assert NOW < FIRST
