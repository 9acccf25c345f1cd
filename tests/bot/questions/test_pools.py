"""A server's questions are kept ready, and read again only when they have changed."""

import asyncio
import gc
import time
from dataclasses import replace

import pytest

from bot.questions.files import Parsed
from bot.questions.known import Known
from bot.questions.pools import MOST_KEPT, Pool, Pools
from bot.questions.service import Questions
from bot.questions.statements import questions as statements
from tests.benchmarks.loop_holds import watched
from tests.bot.questions.samples import ANNA, BEN, CARA, GUILD, OTHER_GUILD, own, text
from tests.bot.questions.test_service import numbered
from tests.conftest import TORTURE

ONE = own(1, text()).known()


class Reading:
    """Reads a server's questions, and counts how often."""

    def __init__(self, revision: int = 1, questions: tuple[Known, ...] = (ONE,)) -> None:
        self.pool = Pool(revision, questions)
        self.times = 0

    async def __call__(self) -> Pool:
        self.times += 1
        await asyncio.sleep(0)
        return self.pool


async def test_a_pool_is_read_once_for_a_revision_however_many_ask_at_once() -> None:
    pools, read = Pools(), Reading()
    asked = [pools.of(GUILD, 1, read) for _ in range(5)]
    assert await asyncio.gather(*asked) == [(ONE,)] * 5
    assert read.times == 1


async def test_a_newer_revision_is_read_and_an_older_one_never_comes_back() -> None:
    pools, first, second = Pools(), Reading(1), Reading(3, ())
    await pools.of(GUILD, 1, first)
    assert await pools.of(GUILD, 2, second) == ()
    assert await pools.of(GUILD, 1, first) == ()
    assert (first.times, second.times) == (1, 1)


async def test_reading_that_fails_is_tried_again() -> None:
    pools, read = Pools(), Reading()

    async def fail() -> Pool:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        await pools.of(GUILD, 1, fail)
    assert await pools.of(GUILD, 1, read) == (ONE,)


async def test_servers_that_asked_longest_ago_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.questions.pools.MOST_KEPT", 4)
    pools, reads = Pools(), {guild_id: Reading(1, (ONE, ONE)) for guild_id in range(3)}
    for guild_id in (0, 1, 0, 2, 0, 1):
        await pools.of(guild_id, 1, reads[guild_id])
    assert [reads[guild_id].times for guild_id in range(3)] == [1, 2, 1]
    huge = Reading(1, (ONE,) * 9)
    for _ in range(2):
        assert len(await pools.of(9, 1, huge)) == 9
    assert huge.times == 1
    await pools.of(0, 1, reads[0])
    assert reads[0].times == 2


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The servers whose questions are read from the store."""
    found: list[int] = []
    all_of = statements.all_of

    async def counted(session: object, guild_id: int, *states: object) -> object:
        found.append(guild_id)
        return await all_of(session, guild_id, *states)  # type: ignore[arg-type]

    monkeypatch.setattr(statements, "all_of", counted)
    return found


async def test_nothing_is_read_again_until_something_changes(
    questions: Questions, reads: list[int]
) -> None:
    first = await questions.add(GUILD, text("One?"), ANNA)
    await questions.add(OTHER_GUILD, text("Theirs?"), BEN)
    for _ in range(3):
        assert (await questions.pool(GUILD))[-1] == first.known()
    assert reads == [GUILD]
    await questions.add(OTHER_GUILD, text("Theirs too?"), BEN)
    await questions.pool(GUILD)
    assert reads == [GUILD]


async def own_texts(questions: Questions) -> list[str]:
    pool = await questions.pool(GUILD)
    return [each.question.text for each in pool[len(questions.built_in.all()) :]]


async def test_every_change_is_seen_at_once_by_another_process(
    questions: Questions, other_process: Questions
) -> None:
    other = other_process
    assert await own_texts(other) == []
    made = await questions.add(GUILD, text("One?"), ANNA)
    assert await own_texts(other) == ["One?"]
    await questions.edit(GUILD, made.id, text("Two?"), ANNA)
    assert await own_texts(other) == ["Two?"]
    await questions.retire(GUILD, made.id, ANNA)
    assert await own_texts(other) == []
    await questions.bring_back(GUILD, made.id, ANNA)
    await questions.undo(GUILD, made.id, 4, ANNA)
    assert await own_texts(other) == []
    await questions.restore(GUILD, made.id, 1, ANNA)
    assert await own_texts(other) == ["One?"]
    suggested = await questions.suggest(GUILD, text("Three?"), CARA)
    assert await own_texts(other) == ["One?"]
    await questions.approve(GUILD, suggested.id, ANNA)
    assert await own_texts(other) == ["One?", "Three?"]
    file = Parsed(((2, replace(text("One?"), minutes=9)), (3, text("Four?"))))
    done = await questions.import_all(GUILD, file, BEN)
    assert await own_texts(other) == ["One?", "Three?", "Four?"]
    assert (await other.pool(GUILD))[-3].question.minutes == 9
    assert done.at is not None
    await questions.undo_import(GUILD, BEN, done.at)
    assert await own_texts(other) == ["One?", "Three?"]


async def test_a_full_server_is_read_without_holding_others_and_kept(questions: Questions) -> None:
    count = 5000 if TORTURE else 500
    written = numbered(count)
    await questions.import_all(GUILD, Parsed(tuple(enumerate(written, 2))), ANNA)
    gc.collect()
    gc.freeze()  # as the bot does once it has started
    try:
        async with watched() as first:
            assert await own_texts(questions) == [each.text for each in written]
        started = time.perf_counter()
        pool = await questions.pool(GUILD)
        again_ms = (time.perf_counter() - started) * 1000
    finally:
        gc.unfreeze()
    assert len(pool) == len(questions.built_in.all()) + count < MOST_KEPT
    assert not TORTURE or first.longest_ms <= 50, first.longest_ms
    assert not TORTURE or again_ms < 5, again_ms
