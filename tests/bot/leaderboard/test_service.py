"""Leaderboards on both stores: who takes part, what counts, who is ahead."""

import asyncio

import pytest

from bot.attempts.model import Asked, Sharing
from bot.leaderboard.model import Measure, Period, Seen, Wanted
from bot.leaderboard.ranking import Place
from bot.privacy.model import EVERYWHERE
from bot.privacy.service import Privacy
from bot.store.database import Database
from tests.bot.streaks.room import ANNA, ANSWER, BEN, CARA, DAY, GUILD, OTHER_GUILD, UTC_DAYS, Room
from tests.conftest import FixedClock

STREAKS = Wanted(Measure.STREAK)
ANSWERS = Wanted(Measure.ANSWERS, Period.EVER)
HELPFUL = Wanted(Measure.HELPFUL, Period.EVER)


@pytest.fixture
async def room(database: Database, clock: FixedClock) -> Room:
    return await Room(database, clock).questions()


async def seen(room: Room, wanted: Wanted, reader: int = ANNA, guild: int = GUILD) -> Seen:
    return await room.boards.seen(guild, reader, wanted)


async def scores(room: Room, wanted: Wanted) -> dict[int, int]:
    return {place.member: place.score for place in (await seen(room, wanted)).board.places}


async def shared_answer(room: Room, member: int, post: int = 1) -> int:
    asked = Asked(post, GUILD, "own:1")
    sent = await room.attempts.send(asked, member, ANSWER, UTC_DAYS)
    await room.attempts.share(post, member, Sharing.SHARED)
    return sent.id


async def test_nobody_is_on_it_who_has_not_agreed(room: Room) -> None:
    await room.answer(2)
    before = await seen(room, ANSWERS)
    assert (before.board.places, before.board.own, before.takes_part) == ((), None, False)
    await room.boards.join(GUILD, ANNA)
    after = await seen(room, ANSWERS)
    assert after.board.own == Place(1, ANNA, 2)
    assert after.takes_part
    assert (await seen(room, STREAKS)).board.own == Place(1, ANNA, 2)
    await room.boards.leave(GUILD, ANNA)
    assert await seen(room, ANSWERS) == before


async def test_taking_part_twice_is_taking_part(room: Room) -> None:
    await room.answer(1)
    await room.boards.join(GUILD, ANNA)
    await room.boards.join(GUILD, ANNA)
    assert await scores(room, ANSWERS) == {ANNA: 1}


async def test_another_server_sees_nothing_of_it(room: Room) -> None:
    await room.boards.join(GUILD, ANNA)
    await room.answer(1)
    for wanted in (STREAKS, ANSWERS):
        there = await seen(room, wanted, guild=OTHER_GUILD)
        assert (there.board.places, there.takes_part) == ((), False)


async def test_answers_count_as_they_come_and_go(room: Room) -> None:
    await room.boards.join(GUILD, ANNA)
    await room.answer(3)
    assert await scores(room, ANSWERS) == {ANNA: 3}
    assert await scores(room, STREAKS) == {ANNA: 3}
    await room.attempts.take_back(3, ANNA)
    assert await scores(room, ANSWERS) == {ANNA: 2}
    assert await scores(room, STREAKS) == {ANNA: 3}
    await room.attempts.put_back(3, ANNA)
    assert await scores(room, ANSWERS) == {ANNA: 3}


async def test_answers_count_once_they_say_enough(room: Room) -> None:
    await room.boards.join(GUILD, ANNA)
    asked = Asked(1, GUILD, "own:1")
    sent = await room.attempts.send(asked, ANNA, "Tell them.", UTC_DAYS)
    await room.attempts.share(1, ANNA, Sharing.SHARED)
    await room.attempts.vote(GUILD, sent.id, BEN)
    assert await scores(room, ANSWERS) == {}
    assert await scores(room, STREAKS) == {}
    assert await scores(room, HELPFUL) == {ANNA: 1}
    room.clock.time += 7 * DAY
    await room.attempts.send(asked, ANNA, ANSWER, UTC_DAYS)
    for measure in (Measure.ANSWERS, Measure.HELPFUL):
        assert await scores(room, Wanted(measure, Period.WEEK)) == {ANNA: 1}
        assert await scores(room, Wanted(measure, Period.LAST_WEEK)) == {}
    assert await scores(room, STREAKS) == {ANNA: 1}


async def test_votes_count_until_they_are_withdrawn(room: Room) -> None:
    await room.boards.join(GUILD, ANNA)
    answer = await shared_answer(room, ANNA)
    assert await scores(room, HELPFUL) == {}
    await asyncio.gather(*(room.attempts.vote(GUILD, answer, voter) for voter in (BEN, CARA)))
    assert await scores(room, HELPFUL) == {ANNA: 2}
    await room.attempts.vote(GUILD, answer, BEN)
    await room.attempts.withdraw(GUILD, answer, CARA)
    assert await scores(room, HELPFUL) == {ANNA: 1}


async def test_a_period_has_the_answers_of_its_days(room: Room) -> None:
    await room.boards.join(GUILD, ANNA)
    await room.answer(9)  # from Tuesday, November 24 to Wednesday, December 2
    wanted = {period: Wanted(Measure.ANSWERS, period) for period in Period}
    found = {period: (await scores(room, wanted[period]))[ANNA] for period in Period}
    assert found == {
        Period.WEEK: 3,
        Period.LAST_WEEK: 6,
        Period.MONTH: 2,
        Period.LAST_MONTH: 7,
        Period.YEAR: 9,
        Period.EVER: 9,
    }
    await room.boards.leave(GUILD, ANNA)
    await room.boards.join(GUILD, ANNA)
    assert {period: (await scores(room, wanted[period]))[ANNA] for period in Period} == found


async def test_scores_that_nobody_can_ask_for_are_forgotten(room: Room) -> None:
    await room.boards.join(GUILD, ANNA)
    await room.answer(1)
    room.clock.time += 100 * DAY
    await room.boards.look_after()
    assert await scores(room, Wanted(Measure.ANSWERS, Period.LAST_MONTH)) == {}
    assert await scores(room, ANSWERS) == {ANNA: 1}


async def test_a_streak_that_is_over_is_not_shown(room: Room) -> None:
    for member, days in ((ANNA, 1), (BEN, 2)):
        await room.boards.join(GUILD, member)
        await room.answer(days, member=member)
    assert await scores(room, STREAKS) == {ANNA: 1, BEN: 2}
    await room.answer(1, first_post=9, member=BEN)
    room.clock.time += DAY
    assert await scores(room, STREAKS) == {BEN: 2}
    room.clock.time += DAY
    assert await scores(room, STREAKS) == {}


async def test_streaks_that_are_over_make_room_for_those_behind(room: Room) -> None:
    for member in range(100, 125):
        await room.boards.join(GUILD, member)
        await room.answer(1, member=member)
    await room.boards.join(GUILD, ANNA)
    room.clock.time += 2 * DAY
    await room.answer(1, first_post=5)
    assert await scores(room, STREAKS) == {ANNA: 1}


async def test_streaks_nobody_looks_at_are_looked_after(room: Room) -> None:
    for member in range(100, 125):
        await room.boards.join(GUILD, member)
        await room.answer(1, member=member)
    room.clock.time += 2 * DAY
    await room.boards.look_after()
    assert (await seen(room, STREAKS)).board.members == 0


async def test_a_rest_keeps_the_place(room: Room) -> None:
    await room.boards.join(GUILD, ANNA)
    await room.answer(2)
    room.clock.time += DAY
    await room.streaks.pause(GUILD, ANNA, None)
    room.clock.time += 30 * DAY
    assert await scores(room, STREAKS) == {ANNA: 2}
    await room.streaks.resume(GUILD, ANNA)
    room.clock.time += 2 * DAY
    assert await scores(room, STREAKS) == {}


async def test_who_left_is_hidden_until_they_answer_again(room: Room) -> None:
    for member in (ANNA, BEN):
        await room.boards.join(GUILD, member)
        await room.answer(1, member=member)
    await room.boards.hide(GUILD, [ANNA])
    for wanted in (STREAKS, ANSWERS):
        assert await scores(room, wanted) == {BEN: 1}
    room.clock.time += DAY
    await room.answer(1, first_post=9)
    assert await scores(room, ANSWERS) == {ANNA: 2, BEN: 1}
    assert await scores(room, STREAKS) == {ANNA: 2, BEN: 1}


async def test_ones_own_rank_is_shown_on_every_page(room: Room) -> None:
    for member in range(100, 125):
        await room.boards.join(GUILD, member)
        await room.answer(1, first_post=member, member=member)
    await room.boards.join(GUILD, ANNA)
    await room.answer(2)
    first = await seen(room, ANSWERS, reader=110)
    assert (first.board.pages, first.board.own) == (3, Place(2, 110, 1))
    assert first.board.places[0] == Place(1, ANNA, 2)
    last = await seen(room, Wanted(Measure.ANSWERS, Period.EVER, 99), reader=110)
    assert (last.wanted.page, last.board.own) == (2, Place(2, 110, 1))
    assert {place.rank for place in last.board.places} == {2}


async def test_a_forgotten_members_votes_no_longer_count(room: Room) -> None:
    privacy = Privacy(room.database, room.clock)
    privacy.when_gone("attempt_votes", room.boards.votes_gone)
    await room.boards.join(GUILD, ANNA)
    await room.boards.join(GUILD, BEN)
    answer = await shared_answer(room, ANNA)
    for voter in (BEN, CARA):
        await room.attempts.vote(GUILD, answer, voter)
    assert await scores(room, HELPFUL) == {ANNA: 2}
    await shared_answer(room, BEN)
    await privacy.forget(BEN, EVERYWHERE)
    assert await scores(room, HELPFUL) == {ANNA: 1}
    assert await scores(room, ANSWERS) == {ANNA: 1}
