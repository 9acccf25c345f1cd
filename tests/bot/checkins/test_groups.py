"""Channels' check-ins, on both stores."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.group import (
    CALL,
    LATE_FOR,
    MOST_GROUPS,
    REMOVED_KEPT_FOR,
    REPLY,
    REPLY_EDIT,
    GroupGone,
    GroupThere,
    GroupWish,
    Mode,
    RoundGone,
    Said,
    TooManyGroups,
    call_at,
)
from bot.checkins.model import Answer, DayState, Skip, Status
from bot.checkins.store import joined
from bot.daily.times import Times
from bot.delivery.model import Reason
from bot.delivery.outcomes import Retry, Undeliverable
from bot.delivery.retention import forget_settled
from bot.delivery.store import deliveries, schedules
from bot.guilds.settings import ZONE as GUILD_ZONE
from bot.members.settings import ZONE
from bot.store.database import Database
from tests.bot.checkins.fakes import ANNA, BEN, CHANNEL, GUILD, OTHER_GUILD, Desk, desk
from tests.bot.checkins.test_course import ZONES
from tests.bot.store.plans import noted
from tests.conftest import FixedClock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST = datetime(2026, 11, 25, 9, tzinfo=UTC)
"""The first 9:00 UTC after the start."""

WISH = GroupWish(CHANNEL, Times(time(9), "UTC"), hours=3)


@pytest.fixture
def work(database: Database, clock: FixedClock) -> Desk:
    return desk(database, clock)


async def asked(work: Desk) -> int:
    """Set one up, let its first round be posted, and return that."""
    await work.checkins.groups.setup(GUILD, WISH, BEN)
    await work.until(FIRST)
    return work.cog.rounds[-1].id


async def test_replies_gather_in_one_thread_and_are_wrapped_up(work: Desk) -> None:
    round_id, rounds = await asked(work), work.checkins.groups.rounds
    assert (await work.checkins.groups.get(GUILD, 1)).counts == {}
    said = [Said("Read.", "Write."), Said(blockers="No desk."), Said(" ")]
    members = (ANNA, BEN, 5)
    given = await asyncio.gather(
        *(rounds.reply(GUILD, round_id, *each) for each in zip(members, said, strict=True))
    )
    assert [reply.answer for _, reply in given] == [Answer.DONE, Answer.STUCK, Answer.ON_TRACK]
    await work.until(FIRST + HOUR)
    assert sorted(reply.member_id for _, reply in work.cog.shown) == sorted(members)
    assert {kind for kind, _ in work.cog.shown} == {REPLY.name}
    await work.until(FIRST + 3 * HOUR)
    [wrap] = work.cog.wraps
    assert ({each.member_id for each in wrap.replies}, wrap.upcoming) == ({*members}, FIRST + DAY)
    assert [each.member_id for each in wrap.wins] == [ANNA]
    assert [each.member_id for each in wrap.blockers] == [BEN]


async def test_a_changed_reply_is_edited_and_a_late_one_changes_the_wrap_up(work: Desk) -> None:
    round_id, rounds = await asked(work), work.checkins.groups.rounds
    await rounds.reply(GUILD, round_id, ANNA, Said("Read."))
    await work.until(FIRST + HOUR)
    await rounds.reply(GUILD, round_id, ANNA, Said("Read more."))
    await work.until(FIRST + 2 * HOUR)
    assert [(kind, reply.said.wins) for kind, reply in work.cog.shown] == [
        (REPLY.name, "Read."),
        (REPLY_EDIT.name, "Read more."),
    ]
    await work.until(FIRST + 4 * HOUR)
    await rounds.reply(GUILD, round_id, BEN, Said("Late."))
    await rounds.reply(GUILD, round_id, ANNA, Said("Read most."))
    await work.until(FIRST + 5 * HOUR)
    assert [(each.member_id, each.late) for each in work.cog.wraps[-1].replies] == [
        (ANNA, False),
        (BEN, True),
    ]
    await rounds.withdraw(GUILD, round_id, BEN)
    await work.until(FIRST + 6 * HOUR)
    assert [each.said.wins for each in work.cog.wraps[-1].replies] == ["Read most."]
    mine = await rounds.mine(round_id, BEN)
    assert mine is not None
    assert (mine.answer, mine.said) == (None, Said())


async def test_a_reply_given_again_is_shown_again(work: Desk) -> None:
    round_id, rounds = await asked(work), work.checkins.groups.rounds
    at = FIRST

    async def settle() -> list[tuple[str, str]]:
        nonlocal at
        at += timedelta(minutes=5)
        work.cog.shown.clear()
        await work.until(at)
        return [(kind, reply.said.wins) for kind, reply in work.cog.shown]

    await rounds.reply(GUILD, round_id, ANNA, Said("One."))
    assert await settle() == [(REPLY.name, "One.")]
    await rounds.withdraw(GUILD, round_id, ANNA)
    assert await settle() == [(REPLY_EDIT.name, "")]
    for _ in range(2):  # pressing twice posts one
        await rounds.reply(GUILD, round_id, ANNA, Said("Two."))
    assert await settle() == [(REPLY.name, "Two.")]
    mine = await rounds.mine(round_id, ANNA)
    assert mine is not None
    assert mine.message_id is not None
    work.cog.deleted.add(mine.message_id)  # by a moderator
    await rounds.reply(GUILD, round_id, ANNA, Said("Three."))
    assert await settle() == [(REPLY.name, "Three.")]
    await rounds.reply(GUILD, round_id, BEN, Said("Mine."))
    await rounds.withdraw(GUILD, round_id, BEN)
    assert await settle() == []
    await rounds.reply(GUILD, round_id, BEN, Said("Mine again."))
    assert await settle() == [(REPLY.name, "Mine again.")]


async def test_without_a_thread_all_is_in_the_wrap_up(work: Desk) -> None:
    round_id, rounds = await asked(work), work.checkins.groups.rounds
    work.cog.no_threads = Reason.NO_PERMISSION
    await rounds.reply(GUILD, round_id, ANNA, Said("Read."))
    await work.until(FIRST + HOUR)
    found, _ = await rounds.reply(GUILD, round_id, BEN, Said("Wrote."))
    assert found.thread_reason == Reason.NO_PERMISSION
    await work.until(FIRST + 3 * HOUR)
    assert work.cog.shown == []
    assert len(work.cog.wraps[0].replies) == 2


async def test_rounds_are_posted_once_and_days_that_were_over_are_left(work: Desk) -> None:
    groups = work.checkins.groups
    await groups.setup(GUILD, WISH, BEN)
    work.cog.answers[CHANNEL] = Retry(Reason.DISCORD_DOWN)
    await work.at(FIRST)
    work.cog.answers.clear()
    await work.at(FIRST + HOUR)
    assert len(work.cog.rounds) == 1
    await work.at(FIRST + DAY + 16 * HOUR)
    work.cog.answers[CHANNEL] = Undeliverable(Reason.NO_PERMISSION)
    await work.until(FIRST + 2 * DAY)
    work.cog.answers.clear()
    await work.until(FIRST + 3 * DAY)
    rounds = (await groups.get(GUILD, 1)).rounds
    assert [(each.state, each.reason) for each in reversed(rounds)] == [
        (DayState.ASKED, None),
        (DayState.SKIPPED, Skip.LATE),
        (DayState.SKIPPED, Reason.NO_PERMISSION),
        (DayState.ASKED, None),
    ]


async def test_a_round_is_its_servers_and_closes_for_good(work: Desk) -> None:
    round_id, rounds = await asked(work), work.checkins.groups.rounds
    with pytest.raises(RoundGone):
        await rounds.reply(OTHER_GUILD, round_id, ANNA, Said())
    assert (await rounds.get(GUILD, round_id)).message_id is not None
    work.clock.time = FIRST + 3 * HOUR + LATE_FOR
    with pytest.raises(RoundGone):
        await rounds.get(GUILD, round_id)


async def test_channels_have_one_each_and_servers_few(work: Desk) -> None:
    groups = work.checkins.groups
    await groups.setup(GUILD, WISH, BEN)
    with pytest.raises(GroupThere):
        await groups.setup(GUILD, WISH, BEN)
    made = await asyncio.gather(
        *(groups.setup(GUILD, replace(WISH, channel_id=9), BEN) for _ in range(3)),
        return_exceptions=True,
    )
    assert sum(isinstance(each, GroupThere) for each in made) == 2
    for channel in range(20, 18 + MOST_GROUPS):
        await groups.setup(GUILD, replace(WISH, channel_id=channel), BEN)
    with pytest.raises(TooManyGroups):
        await groups.setup(GUILD, replace(WISH, channel_id=99), BEN)
    assert len(await groups.all(GUILD)) == MOST_GROUPS
    with pytest.raises(GroupGone):
        await groups.get(OTHER_GUILD, 1)


async def test_it_is_changed_paused_removed_and_brought_back(work: Desk) -> None:
    groups = work.checkins.groups
    await groups.setup(GUILD, WISH, BEN)
    later = replace(WISH, times=Times(time(10), "UTC"), hours=1)
    assert (await groups.change(GUILD, 1, later)).wish == later
    assert (await groups.change(GUILD, 1, later)).upcoming == FIRST + HOUR
    await groups.pause(GUILD, 1)
    await groups.remove(GUILD, 1)
    assert (await groups.bring_back(GUILD, 1)).upcoming is None
    await groups.resume(GUILD, 1)
    await groups.resume(GUILD, 1)
    assert (await groups.bring_back(GUILD, 1)).upcoming == FIRST + HOUR
    await groups.remove(GUILD, 1)
    await work.until(FIRST + 2 * HOUR)
    assert work.cog.rounds == []
    work.clock.time += REMOVED_KEPT_FOR
    await work.checkins.look_after()
    with pytest.raises(GroupGone):
        await groups.bring_back(GUILD, 1)


async def test_who_wants_it_is_called_once_before_it_closes(work: Desk) -> None:
    round_id, groups = await asked(work), work.checkins.groups
    assert [(await groups.calls.toggle(GUILD, round_id, each))[1] for each in (ANNA, BEN)] == [
        True,
        True,
    ]
    with pytest.raises(RoundGone):
        await groups.calls.toggle(OTHER_GUILD, round_id, ANNA)
    await groups.rounds.reply(GUILD, round_id, BEN, Said("Read."))
    await work.until(FIRST + 2 * HOUR - timedelta(seconds=1))
    assert work.cog.calls == []
    await work.until(FIRST + 2 * HOUR)
    assert len(work.cog.calls) == 1
    await work.until(FIRST + DAY + 3 * HOUR)
    assert len(work.cog.calls) == 3
    assert [(await groups.calls.toggle(GUILD, round_id, each))[1] for each in (ANNA, BEN)] == [
        False,
        False,
    ]
    await work.until(FIRST + 2 * DAY + 3 * HOUR)
    assert len(work.cog.calls) == 3


async def test_each_one_is_called_in_their_own_morning(work: Desk) -> None:
    groups, told = work.checkins.groups, work.cog.calls
    for member, zone in ((ANNA, "America/New_York"), (BEN, "Asia/Kolkata")):
        await work.preferences.set(ZONE, member, zone, by=member)
    mornings = replace(WISH, hours=24, mode=Mode.MORNINGS)
    await groups.setup(GUILD, mornings, BEN)
    await work.until(FIRST)
    for member in (ANNA, BEN):
        await groups.calls.toggle(GUILD, work.cog.rounds[0].id, member)
    await work.until(FIRST + 5 * HOUR - timedelta(seconds=1))
    assert told == []
    await work.until(FIRST + 5 * HOUR)
    assert len(told) == 1
    await work.until(FIRST + 18.5 * HOUR)
    assert [each.id for each in told] == [1, 1]
    await work.preferences.set(ZONE, BEN, "UTC", by=BEN)
    await work.until(FIRST + DAY + HOUR)
    assert len(told) == 2
    await work.checkins.absences.away(GUILD, ANNA, "in 1 day")
    await work.until(FIRST + DAY + 6 * HOUR)
    assert len(told) == 2


async def let_join(work: Desk, members: range) -> None:
    rows = [{"group_id": 1, "guild_id": GUILD, "member_id": each} for each in members]
    async with work.database.writing() as session:
        await session.execute(sa.insert(joined), rows)


@pytest.mark.parametrize("mode", Mode)
async def test_calling_many_takes_a_few_statements(work: Desk, mode: Mode) -> None:
    hours = 24 if mode is Mode.MORNINGS else 3
    await work.checkins.groups.setup(GUILD, replace(WISH, hours=hours, mode=mode), BEN)
    await work.preferences.set(GUILD_ZONE, GUILD, "Asia/Kolkata", by=BEN)
    await work.preferences.set(ZONE, 7, "America/New_York", by=7)
    await let_join(work, range(1, 301))
    async with noted(work.database) as ran:
        await work.until(FIRST)
    zones = sum(each.times for each in ran if "settings" in each.statement)
    assert zones <= (4 if mode is Mode.MORNINGS else 1)
    assert sum(each.times for each in ran) < 60
    async with work.database.reading() as session:
        calls = sa.select(deliveries.c.target_id, deliveries.c.due)
        rows = await session.execute(calls.where(deliveries.c.kind == CALL.name))
        due = {row.target_id: row.due for row in rows}
    assert len(due) == 300
    assert due[8] == FIRST + (2 if mode is Mode.WINDOW else 18.5) * HOUR
    assert due[7] == FIRST + (2 if mode is Mode.WINDOW else 5) * HOUR


async def test_nobody_is_called_to_what_was_removed(work: Desk) -> None:
    round_id, groups = await asked(work), work.checkins.groups
    await groups.calls.toggle(GUILD, round_id, ANNA)
    await groups.remove(GUILD, 1)
    await work.until(FIRST + 3 * HOUR)
    assert work.cog.calls == []


async def test_what_rested_for_long_can_be_brought_back_when_it_is_removed(work: Desk) -> None:
    groups = work.checkins.groups
    await groups.setup(GUILD, WISH, BEN)
    await groups.pause(GUILD, 1)
    work.clock.time += 100 * DAY
    await forget_settled(work.database, work.clock.time)
    await groups.remove(GUILD, 1)
    await forget_settled(work.database, work.clock.time)
    assert (await groups.bring_back(GUILD, 1)).group.state is Status.PAUSED
    async with work.database.writing() as session:
        await session.execute(sa.delete(schedules))
    with pytest.raises(GroupGone):
        await groups.get(GUILD, 1)
    assert await groups.all(GUILD) == []


@given(st.sampled_from(sorted(ZONES)), st.integers(0, 24 * 365))
def test_every_zone_has_its_morning_once_in_a_day_round(zone: str, hours: int) -> None:
    posted = FIRST + hours * HOUR
    at = call_at(Times(time(9), "UTC"), Mode.MORNINGS, zone, posted, posted + DAY)
    assert posted <= at < posted + DAY + HOUR
    assert at.astimezone(ZoneInfo(zone)).time() == time(9)
