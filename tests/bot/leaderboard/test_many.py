"""A leaderboard with very many members, on SQLite; 100,000 in `make torture`."""

import time
from datetime import timedelta
from statistics import median

from sqlalchemy import insert

from bot.leaderboard.model import PAGE, Measure, Period, Wanted, spans_with
from bot.leaderboard.store import ScoreRow, StandingRow
from bot.store.database import Database
from tests.bot.streaks.room import GUILD, OTHER_GUILD, Room
from tests.conftest import NOW, TORTURE, FixedClock

MEMBERS = 100_000 if TORTURE else 2_000
READER = MEMBERS // 2 + 1
WITHIN_S = 0.050
TIMES = 5


async def filled(database: Database) -> None:
    """Many members with answers, votes and streaks, as many again in another server."""
    for guild in (GUILD, OTHER_GUILD):
        members = [{"guild_id": guild, "member_id": number} for number in range(1, MEMBERS + 1)]
        stale_at = NOW + timedelta(days=1)
        joined = {"joined_at": NOW, "stale_at": stale_at, "gone": False}
        async with database.writing() as session:
            rows = [each | joined | {"streak": each["member_id"] % 400} for each in members]
            await session.execute(insert(StandingRow), rows)
            for span in spans_with(NOW.date()):
                which = {"length": span.length.value, "begins": span.begins}
                scores = [
                    each | which | {"answers": each["member_id"] % 31, "helpful": 1}
                    for each in members
                ]
                await session.execute(insert(ScoreRow), scores)


async def test_a_leaderboard_of_very_many_is_shown_at_once(
    database: Database, clock: FixedClock
) -> None:
    await filled(database)
    room = Room(database, clock)
    medians = [
        await usual_s(room, Wanted(measure, Period.MONTH, page))
        for measure in Measure
        for page in (0, MEMBERS // 20, MEMBERS // 10 * 9 // 10)
    ]
    beyond = await room.boards.seen(GUILD, READER, Wanted(page=10**6))
    assert beyond.board.page == beyond.board.pages - 1
    if TORTURE and database.is_sqlite:
        assert max(medians) <= WITHIN_S, medians


async def usual_s(room: Room, wanted: Wanted) -> float:
    """How long a page usually takes: the median of some times, as other work runs beside."""
    times: list[float] = []
    for _time in range(TIMES):
        begun = time.perf_counter()
        seen = await room.boards.seen(GUILD, READER, wanted)
        times.append(time.perf_counter() - begun)
        assert seen.board.own is not None
        assert len(seen.board.places) == PAGE
    return median(times)
