"""Who takes part in a server's leaderboards, what they have done, and who is ahead."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from bot.attempts.model import Attempt, Result
from bot.attempts.service import Attempts
from bot.clock import Clock
from bot.leaderboard import store
from bot.leaderboard.model import (
    PAGE,
    Measure,
    Seen,
    Span,
    Tally,
    Wanted,
    last_day,
    span_of,
    spans_shown,
    spans_with,
)
from bot.leaderboard.ranking import Board, Place, page_there_is, ranked
from bot.leaderboard.store import Scores
from bot.members.service import Members
from bot.store.database import Database
from bot.streaks.service import Streaks

ROUNDS = 3
"""How often a page is looked at anew when streaks on it turn out to be over."""

COUNTED_AT_ONCE = 10
"""Members whose streaks are counted in one unit of work, so that it is a short one."""

COUNTED_EACH_HOUR = 20_000


class Leaderboards:
    """Leaderboards of servers. What is on them is counted when answers and votes change."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        attempts: Attempts,
        streaks: Streaks,
        members: Members,
    ) -> None:
        self._database = database
        self._clock = clock
        self._attempts = attempts
        self._streaks = streaks
        self._members = members

    async def seen(self, guild_id: int, reader: int, wanted: Wanted) -> Seen:
        """Return a page of a leaderboard, with the reader's own place."""
        seen = await self._seen(guild_id, reader, wanted)
        for _round in range(ROUNDS if wanted.measure is Measure.STREAK else 0):
            shown = {place.member for place in seen.board.places} | {reader}
            if not await self._recount(guild_id, shown):
                break
            seen = await self._seen(guild_id, reader, wanted)
        return seen

    async def join(self, guild_id: int, member_id: int) -> None:
        """Let a member take part, with what they have done so far."""
        async with self._database.writing() as session:
            if await store.lock(session, guild_id, member_id) is None:
                await store.add(session, guild_id, member_id, self._clock.now())
            await self._count_all(session, guild_id, member_id)

    async def leave(self, guild_id: int, member_id: int) -> None:
        """Let a member take part no more: nothing of theirs is counted."""
        async with self._database.writing() as session:
            await store.remove(session, guild_id, member_id)

    async def hide(self, guild_id: int, members: Collection[int]) -> None:
        """Show nothing of members who have left the server until they answer again."""
        async with self._database.writing() as session:
            await store.hide(session, guild_id, members)

    async def answered(self, session: AsyncSession, attempt: Attempt) -> None:
        """Count its author's answers and votes anew, as an answer or the votes on it changed."""
        day = attempt.act.day.date
        await self._recount_day(session, attempt.guild_id, attempt.member_id, day)

    async def _recount_day(
        self, session: AsyncSession, guild_id: int, member_id: int, day: date
    ) -> None:
        hidden = await store.lock(session, guild_id, member_id)
        if hidden:
            await self._count_all(session, guild_id, member_id)
        elif hidden is not None:
            await self._count(session, guild_id, member_id, spans_with(day))
            await self._count_streak(session, guild_id, member_id)

    async def rested(self, session: AsyncSession, guild_id: int, member_id: int) -> None:
        """Count a member's streak anew, as they rest or go on."""
        if await store.lock(session, guild_id, member_id) is False:
            await self._count_streak(session, guild_id, member_id)

    async def votes_gone(self, session: AsyncSession, votes: Sequence[Row[Any]]) -> None:
        """Count anew those whose answers somebody voted for who is forgotten now."""
        found = await store.answers_of(session, {vote.attempt_id for vote in votes})
        for guild_id, member_id, day in found:
            await self._recount_day(session, guild_id, member_id, day)

    async def look_after(self) -> None:
        """Count the streaks that may be over, and forget the weeks, months and years gone by."""
        now = self._clock.now()
        for _batch in range(COUNTED_EACH_HOUR // COUNTED_AT_ONCE):
            async with self._database.writing() as session:
                found = await store.stale(session, now, COUNTED_AT_ONCE)
                for guild_id, member_id in found:
                    await self._count_streak(session, guild_id, member_id)
            if len(found) < COUNTED_AT_ONCE:
                break
        async with self._database.writing() as session:
            await store.forget_before(session, spans_shown(now.date()))

    async def _seen(self, guild_id: int, reader: int, wanted: Wanted) -> Seen:
        days = await self._members.days(reader, guild_id)
        span = span_of(wanted.period, days.of(self._clock.now()).date)
        async with self._database.reading() as session:
            scores = Scores.of(guild_id, wanted.measure, span)
            found = await _page(session, scores, reader, wanted.page)
            takes_part = await store.takes_part(session, guild_id, reader)
        return Seen(replace(wanted, page=found.page), found, takes_part)

    async def _recount(self, guild_id: int, members: Collection[int]) -> bool:
        """Count those of the streaks that may be over; return whether there were any."""
        now = self._clock.now()
        async with self._database.reading() as session:
            found = await store.stale_among(session, guild_id, members, now)
        if found:
            async with self._database.writing() as session:
                for member_id in found:
                    await self._count_streak(session, guild_id, member_id)
        return bool(found)

    async def _count_all(self, session: AsyncSession, guild_id: int, member_id: int) -> None:
        today = self._clock.now().date()
        await self._count(session, guild_id, member_id, spans_shown(today))
        await self._count_streak(session, guild_id, member_id)

    async def _count(
        self, session: AsyncSession, guild_id: int, member_id: int, spans: Iterable[Span]
    ) -> None:
        results = await self._attempts.results(session, guild_id, member_id)
        tallies = {span: _tally(results, span) for span in spans}
        await store.keep_tallies(session, guild_id, member_id, tallies)

    async def _count_streak(self, session: AsyncSession, guild_id: int, member_id: int) -> None:
        seen = await self._streaks.seen(session, guild_id, member_id)
        over_at = seen.over_at()
        await store.keep_streak(session, guild_id, member_id, seen.streak.current, over_at)


def _tally(results: Sequence[Result], span: Span) -> Tally:
    within = [each for each in results if span.begins <= each.day <= last_day(span)]
    return Tally(sum(each.counts for each in within), sum(each.votes for each in within))


async def _page(session: AsyncSession, scores: Scores, reader: int, page: int) -> Board:
    page = max(page, 0)
    found, own = await scores.page(session, page * PAGE, PAGE), await scores.own(session, reader)
    number, better_than_own = await scores.number(session, own)
    nearest, pages = page_there_is(page, number, PAGE)
    if nearest != page:
        found = await scores.page(session, nearest * PAGE, PAGE)
    equals = await scores.equals_before(session, *found[0]) if found else 0
    places = ranked(found, nearest * PAGE, nearest * PAGE - equals)
    mine = None if own is None else Place(better_than_own + 1, reader, own)
    return Board(places, nearest, pages, number, mine)
