import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.acting import acting
from bot.delivery.model import State
from bot.leaderboard import store as leaderboard
from bot.leaderboard.model import Length, Span, Tally
from bot.privacy.model import EVERYWHERE, NothingHeld, Scope
from bot.privacy.service import Privacy
from bot.settings import store as settings
from bot.settings.model import Owner
from bot.store.database import Database
from bot.store.member_locks import BeingForgotten
from bot.streaks import store as streaks
from bot.streaks.model import Pause
from tests.bot.privacy.rows import CHANNEL, HERE, ME, OTHER, THERE, WORDS, Built, Rows, dump
from tests.conftest import NOW, FixedClock

PAUSE = Pause(NOW.date(), None)
HERE_ALONE = Scope(HERE, frozenset({CHANNEL[HERE]}))


async def filled(database: Database, privacy: Privacy) -> list[Built]:
    rows = Rows(privacy.reach)
    async with database.writing() as session:
        await rows.fill(session)
    return rows.built


def mentions(row: str, *marks: object) -> bool:
    return any(str(mark) in row for mark in marks)


async def test_nothing_of_a_forgotten_member_is_left_in_any_table(
    database: Database, clock: FixedClock
) -> None:
    privacy = Privacy(database, clock)
    built = await filled(database, privacy)
    assert {each.table for each in built if each.person == ME} >= {
        name for name, held in privacy.reach.held.items() if held.theirs or held.named
    }
    before = await dump(database)
    receipt = await privacy.forget(ME, EVERYWHERE)
    after = await dump(database)
    assert len(receipt.reference) == 8
    assert receipt.own > 30
    assert receipt.named > 15
    for name, rows in after.items():
        for row in rows:
            assert not mentions(row, ME, WORDS[ME]), (name, row)
        mine = tuple(each.beginning for each in built if each.table == name and each.person == ME)
        of_others = [
            row
            for row in before[name]
            if not mentions(row, ME, WORDS[ME]) and not row.startswith(mine)
        ]
        assert {*of_others} <= {*rows}, name
    with pytest.raises(NothingHeld):
        await privacy.forget(ME, EVERYWHERE)
    assert await privacy.held(OTHER, EVERYWHERE)


async def test_a_member_is_forgotten_in_one_server_alone(
    database: Database, clock: FixedClock
) -> None:
    privacy = Privacy(database, clock)
    built = await filled(database, privacy)
    before = await dump(database)
    await privacy.forget(ME, HERE_ALONE)
    after = await dump(database)
    kept = [each for each in built if each.person == ME and each.guild != HERE]
    assert {each.table for each in kept} >= {"reminders", "practice_cards", "settings"}
    for name in {each.table for each in built}:
        mine = [row for row in after[name] if mentions(row, ME)]
        assert not [row for row in mine if mentions(row, HERE)], name
        untouched = [row for row in before[name] if mentions(row, THERE)]
        assert {*untouched} <= {*after[name]}, name
    with pytest.raises(NothingHeld):
        await privacy.held(ME, HERE_ALONE)


async def test_a_server_is_erased_and_the_other_is_kept(
    database: Database, clock: FixedClock
) -> None:
    privacy = Privacy(database, clock)
    await filled(database, privacy)
    before = await dump(database)
    await privacy.erase_guild(HERE_ALONE)
    after = await dump(database)
    for name, rows in after.items():
        assert not [row for row in rows if mentions(row, HERE)], name
        assert {row for row in before[name] if mentions(row, THERE)} <= {*rows}, name
    assert after["practice_cards"] == before["practice_cards"]


async def test_what_is_being_sent_arrives_first_and_nothing_is_sent_afterwards(
    database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.privacy.service.WAIT_S", 0.02)
    privacy = Privacy(database, clock)
    await filled(database, privacy)
    queue = privacy.reach.table("deliveries")
    theirs = (queue.c.target_kind == "user") & (queue.c.target_id == ME)
    leased = {"state": State.LEASED.value, "next_try": NOW + timedelta(seconds=20)}
    async with database.writing() as session:
        await session.execute(queue.update().where(theirs).values(leased))
    forgetting = asyncio.create_task(privacy.forget(ME, EVERYWHERE))
    await asyncio.sleep(0.1)
    assert not forgetting.done()
    async with database.writing() as session:
        settled = {"state": State.SENT.value, "next_try": None}
        await session.execute(queue.update().where(theirs).values(settled))
    await forgetting
    async with database.reading() as session:
        left = await session.scalar(sa.select(sa.func.count()).select_from(queue).where(theirs))
    assert left == 0


async def test_a_send_that_hangs_is_not_waited_for_forever(
    database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.privacy.service.WAIT_S", 0.0)
    privacy = Privacy(database, clock)
    await filled(database, privacy)
    queue = privacy.reach.table("deliveries")
    leased = {"state": State.LEASED.value, "next_try": NOW + timedelta(seconds=20)}
    async with database.writing() as session:
        await session.execute(queue.update().where(queue.c.target_id == ME).values(leased))
    assert (await privacy.forget(ME, EVERYWHERE)).own


async def held_of(database: Database, table: str) -> int:
    async with database.reading() as session:
        return await session.scalar(sa.select(sa.func.count()).select_from(sa.table(table))) or 0


async def test_what_a_member_was_writing_does_not_outlive_forgetting_them(
    database: Database, clock: FixedClock
) -> None:
    privacy = Privacy(database, clock)
    async with database.writing() as session:
        await streaks.add_pause(session, HERE, ME, PAUSE)
    with acting(ME):
        async with database.writing() as session:
            await streaks.add_pause(session, HERE, ME, PAUSE)
            forgetting = asyncio.create_task(privacy.forget(ME, EVERYWHERE))
            await asyncio.wait([forgetting], timeout=0.8)
            await streaks.add_pause(session, THERE, ME, PAUSE)
    await forgetting
    assert await held_of(database, "streak_pauses") == 0


async def test_what_others_were_counting_does_not_outlive_forgetting_a_member(
    database: Database, clock: FixedClock
) -> None:
    privacy = Privacy(database, clock)
    week = Span(Length.WEEK, NOW.date())
    async with database.writing() as session:
        await leaderboard.add(session, HERE, ME, NOW)
    with acting(OTHER):
        async with database.writing() as session:  # votes for an answer
            assert await leaderboard.lock(session, HERE, ME) is False
            forgetting = asyncio.create_task(privacy.forget(ME, EVERYWHERE))
            await asyncio.wait([forgetting], timeout=0.8)
            await leaderboard.keep_tallies(session, HERE, ME, {week: Tally(1, 1)})
    await forgetting
    assert (await held_of(database, "standings"), await held_of(database, "scores")) == (0, 0)


async def test_a_channel_that_is_gone_keeps_nobodys_name(
    database: Database, clock: FixedClock
) -> None:
    privacy, gone, unknown, other = Privacy(database, clock), 31, 32, 33
    async with database.writing() as session:
        for channel, guild in (
            (gone, HERE),
            (unknown, None),
            (other, THERE),
            (CHANNEL[HERE], None),
        ):
            values = {"name": "followed", "value": "x", "changed_by": ME, "changed_at": NOW}
            await settings.keep(session, Owner.CHANNEL, channel, **values, guild_id=guild)
    assert (await privacy.forget(ME, HERE_ALONE)).named == 2
    async with database.reading() as session:
        row = settings.SettingRow
        named = sa.select(row.owner_id).where(row.changed_by.is_not(None))
        assert {*await session.scalars(named)} == {unknown, other}
    await privacy.erase_guild(Scope(HERE))
    async with database.reading() as session:
        left = [*await session.scalars(sa.select(settings.SettingRow.owner_id))]
    assert {*left} == {unknown, other, CHANNEL[HERE]}


async def test_who_is_being_forgotten_holds_up_nobody_else(
    migrated_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(migrated_postgres_url)
    monkeypatch.setattr("bot.store.member_locks.PATIENCE_S", 0.4)

    async def press(member: int, guild: int) -> None:
        with acting(member):
            async with database.writing() as session:
                await streaks.add_pause(session, guild, member, PAUSE)

    async with database.writing(forgets=ME):
        presses = [asyncio.create_task(press(ME, HERE)) for _ in range(40)]
        presses.append(asyncio.create_task(_forget(database)))
        await asyncio.sleep(0.1)
        await asyncio.wait_for(press(OTHER, HERE), timeout=2)
        found = await asyncio.gather(*presses, return_exceptions=True)
    assert {type(each) for each in found} == {BeingForgotten}
    assert "try that again" in str(found[0])
    await press(ME, HERE)
    await _forget(database)
    assert await held_of(database, "streak_pauses") == 2
    await database.close()


async def _forget(database: Database) -> None:
    async with database.writing(forgets=ME):
        pass
