"""A leaderboard with very many members, on SQLite; 100,000 in `make torture`."""

import time
from datetime import timedelta

from sqlalchemy import insert

from bot.leaderboard.model import PAGE, Measure, Period, Wanted, spans_with
from bot.leaderboard.store import ScoreRow, StandingRow
from bot.store.database import Database
from tests.bot.streaks.room import GUILD, OTHER_GUILD, Room
from tests.conftest import NOW, TORTURE, FixedClock

MEMBERS = 100_000 if TORTURE else 2_000
READER = MEMBERS // 2 + 1
WITHIN_S = 0.050


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
    room, slowest = Room(database, clock), 0.0
    await room.boards.seen(GUILD + 99, READER, Wanted(Measure.STREAK))  # SQL is compiled once
    await room.boards.seen(GUILD + 99, READER, Wanted(Measure.ANSWERS))
    for measure in Measure:
        for page in (0, MEMBERS // 20, MEMBERS // 10 * 9 // 10, 10**6):
            begun = time.perf_counter()
            seen = await room.boards.seen(GUILD, READER, Wanted(measure, Period.MONTH, page))
            slowest = max(slowest, time.perf_counter() - begun)
            assert seen.board.own is not None
            assert len(seen.board.places) == PAGE or seen.board.page == seen.board.pages - 1
            assert seen.board.page == min(page, seen.board.pages - 1)
    if TORTURE and database.is_sqlite:
        assert slowest <= WITHIN_S
