"""Answering posted questions, and all that becomes of the answers."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.attempts import store
from bot.attempts.model import (
    BEST_SHOWN,
    AlreadyRevealed,
    Asked,
    Attempt,
    AttemptGone,
    NotForYourOwn,
    Sharing,
    checked,
)
from bot.clock import Clock
from bot.store.database import Database
from bot.streaks.local_day import OwnDays
from bot.streaks.model import Act

Observer = Callable[[AsyncSession, int, int, date], Awaitable[None]]
"""Hears, in the same unit of work, of a server's member whose answers or votes of a day changed."""


class Attempts:
    """Members' attempts. Everything asks for the server's id: nobody reaches another's."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.observers: list[Observer] = []

    async def send(self, asked: Asked, member_id: int, text: str, days: OwnDays) -> Attempt:
        """Keep a member's answer, or change the one they sent before.

        It counts for the member's local day. The same text sent twice is one answer. Raises
        NothingWritten, TooMuchWritten, or AlreadyRevealed for a change that comes too late.
        """
        written, now = checked(text), self._clock.now()
        late = now >= asked.reveal_at
        async with self._database.writing() as session:
            act = days.act(now)
            if await store.insert(session, asked, member_id, written, act, late=late):
                await self._tell(session, asked.guild_id, member_id, act.day.date)
            else:
                await self._changed(session, asked, member_id, written, late=late)
            return await _own(session, asked.post_id, member_id)

    async def _changed(
        self, session: AsyncSession, asked: Asked, member_id: int, text: str, *, late: bool
    ) -> None:
        before = await _own(session, asked.post_id, member_id, locked=True)
        if before.text == text:
            return
        if late:
            raise AlreadyRevealed
        now = self._clock.now()
        await store.update_attempt(
            session, before.id, text=text, edited_at=now, ticked=store.NOT_SAID
        )

    async def mine(self, post_id: int, member_id: int) -> Attempt | None:
        """Return a member's answer to a posted question, if there is one."""
        async with self._database.reading() as session:
            return await store.of_member(session, post_id, member_id)

    async def tick(self, post_id: int, member_id: int, places: Iterable[int]) -> Attempt:
        """Keep which key points a member says they covered. Raises AttemptGone."""
        return await self._kept(post_id, member_id, ticked=store.written(places))

    async def share(self, post_id: int, member_id: int, sharing: Sharing) -> Attempt:
        """Keep who may see a member's answer. Raises AttemptGone."""
        return await self._kept(post_id, member_id, sharing=sharing.value)

    async def take_back(self, post_id: int, member_id: int) -> Attempt:
        """Remove a member's answer, and return it as it was. Raises AttemptGone."""
        async with self._database.writing() as session:
            attempt = await _own(session, post_id, member_id, locked=True)
            await store.remove(session, attempt.id)
            await self._tell_of(session, attempt)
            return attempt

    async def shown(self, guild_id: int, attempt_id: int) -> Attempt:
        """Return an answer that everyone in the server may see. Raises AttemptGone."""
        async with self._database.reading() as session:
            return await _visible(session, guild_id, attempt_id)

    async def best(self, post_id: int, limit: int = BEST_SHOWN) -> list[Attempt]:
        """Return the answers that are shared, most votes first."""
        async with self._database.reading() as session:
            return await store.best_of(session, post_id, limit)

    async def count(self, post_id: int) -> int:
        """Return how many members have answered a posted question."""
        async with self._database.reading() as session:
            return await store.count_of(session, post_id)

    async def vote(self, guild_id: int, attempt_id: int, member_id: int) -> Attempt:
        """Keep a member's vote for somebody else's shared answer; a second one changes nothing.

        Raises AttemptGone or NotForYourOwn.
        """
        async with self._database.writing() as session:
            attempt = await _visible(session, guild_id, attempt_id)
            if attempt.member_id == member_id:
                raise NotForYourOwn
            await store.vote(session, attempt_id, member_id, self._clock.now())
            await self._tell_of(session, attempt)
            return await _visible(session, guild_id, attempt_id)

    async def withdraw(self, guild_id: int, attempt_id: int, member_id: int) -> Attempt:
        """Take a member's vote back. Raises AttemptGone."""
        async with self._database.writing() as session:
            attempt = await _visible(session, guild_id, attempt_id)
            await store.withdraw(session, attempt_id, member_id)
            await self._tell_of(session, attempt)
            return await _visible(session, guild_id, attempt_id)

    async def voted(self, attempt_id: int, member_id: int) -> bool:
        """Return whether a member has voted for an answer."""
        async with self._database.reading() as session:
            return await store.has_voted(session, attempt_id, member_id)

    async def acts(self, session: AsyncSession, guild_id: int, member_id: int) -> tuple[Act, ...]:
        """Return when a member answered in a server, from which their streak follows."""
        return await store.acts_of(session, guild_id, member_id)

    async def helpful(
        self, session: AsyncSession, guild_id: int, member_id: int
    ) -> list[tuple[date, int]]:
        """Return the day of each of a member's answers in a server, and its votes."""
        return await store.votes_of(session, guild_id, member_id)

    async def _tell_of(self, session: AsyncSession, attempt: Attempt) -> None:
        await self._tell(session, attempt.guild_id, attempt.member_id, attempt.act.day.date)

    async def _tell(self, session: AsyncSession, guild_id: int, member_id: int, day: date) -> None:
        for observer in self.observers:
            await observer(session, guild_id, member_id, day)

    async def _kept(self, post_id: int, member_id: int, **values: str) -> Attempt:
        async with self._database.writing() as session:
            attempt = await _own(session, post_id, member_id, locked=True)
            await store.update_attempt(session, attempt.id, **values)
            return await _own(session, post_id, member_id)


async def _own(
    session: AsyncSession, post_id: int, member_id: int, *, locked: bool = False
) -> Attempt:
    attempt = await store.of_member(session, post_id, member_id, locked=locked)
    if attempt is None:
        raise AttemptGone
    return attempt


async def _visible(session: AsyncSession, guild_id: int, attempt_id: int) -> Attempt:
    attempt = await store.by_id(session, guild_id, attempt_id)
    if attempt is None or attempt.sharing is Sharing.PRIVATE:
        raise AttemptGone
    return attempt
