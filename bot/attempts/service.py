"""Answering posted questions, and all that becomes of the answers."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.attempts import store
from bot.attempts.counting import counts
from bot.attempts.model import (
    BEST_SHOWN,
    TAKEN_BACK_KEPT_FOR,
    AlreadyRevealed,
    Asked,
    Attempt,
    AttemptGone,
    HiddenByFacilitator,
    NotForYourOwn,
    NothingToPutBack,
    Result,
    Sharing,
    Ticks,
    checked,
)
from bot.clock import Clock
from bot.store.database import Database
from bot.streaks.local_day import OwnDays
from bot.streaks.model import Act

Observer = Callable[[AsyncSession, Attempt], Awaitable[None]]
"""Hears of an attempt in the unit of work in which it changes."""


class Attempts:
    """Members' attempts. Everything asks for the server's id: nobody reaches another's."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.observers: list[Observer] = []
        """Of attempts that came or went, and of votes on them."""

        self.sharing_observers: list[Observer] = []
        """Of attempts that others may see now, or may no more."""

    async def send(self, asked: Asked, member_id: int, text: str, days: OwnDays) -> Attempt:
        """Keep a member's answer, or change the one they sent before.

        It counts for the member's local day, once it says enough to. The same text sent twice is
        one answer. Raises
        NothingWritten, TooMuchWritten, or AlreadyRevealed for a change that comes too late.
        """
        written, act = checked(text), days.act(self._clock.now())
        async with self._database.writing() as session:
            if not await store.insert(session, asked, member_id, written, act, late=asked.revealed):
                await self._sent_again(session, asked, member_id, written, act)
            return await self._told(session, await _own(session, asked.post_id, member_id))

    async def _sent_again(
        self, session: AsyncSession, asked: Asked, member_id: int, text: str, act: Act
    ) -> None:
        before = await store.of_member(session, asked.post_id, member_id, locked=True)
        if before is None:
            await self._sent_after_all(session, asked, member_id, text, act)
        elif before.text != text:
            if asked.revealed:
                raise AlreadyRevealed
            new = {"text": text, "edited_at": act.at} | _counting(before, text, act)
            await store.update_attempt(session, before.id, **new)
            await self._told(session, before)

    async def _sent_after_all(
        self, session: AsyncSession, asked: Asked, member_id: int, text: str, act: Act
    ) -> None:
        """Keep an answer in the place of the one that was taken back: private, without votes."""
        before = await _taken_back(session, asked.post_id, member_id)
        await store.remove_votes(session, before.id)
        new = {"text": text, "ticked": store.NOT_SAID, "sharing": Sharing.PRIVATE.value}
        state = {"late": asked.revealed, "edited_at": None, "taken_back_at": None}
        state |= _counting(before, text, act)
        await store.update_attempt(session, before.id, **new, **state)

    async def mine(self, post_id: int, member_id: int) -> Attempt | None:
        """Return a member's answer to a posted question, if there is one."""
        async with self._database.reading() as session:
            return await store.of_member(session, post_id, member_id)

    async def tick(self, post_id: int, member_id: int, marks: Iterable[str]) -> Attempt:
        """Keep the marks of the key points a member says they covered. Raises AttemptGone."""
        async with self._database.writing() as session:
            attempt = await _own(session, post_id, member_id, locked=True)
            await store.update_attempt(session, attempt.id, ticked=store.written(marks))
            return await _own(session, post_id, member_id)

    async def share(self, post_id: int, member_id: int, sharing: Sharing) -> Attempt:
        """Keep who may see a member's answer. Raises AttemptGone or HiddenByFacilitator."""
        async with self._database.writing() as session:
            attempt = await _own(session, post_id, member_id, locked=True)
            if attempt.hidden and sharing is not Sharing.PRIVATE:
                raise HiddenByFacilitator
            await store.update_attempt(session, attempt.id, sharing=sharing.value)
            return await self._shown_otherwise(session, await _own(session, post_id, member_id))

    async def take_back(self, post_id: int, member_id: int) -> Attempt:
        """Take a member's answer from everywhere; for a day it can be put back.

        The day on which it was sent stays theirs. Raises AttemptGone.
        """
        async with self._database.writing() as session:
            attempt = await _own(session, post_id, member_id, locked=True)
            await store.update_attempt(session, attempt.id, taken_back_at=self._clock.now())
            return await self._shown_otherwise(session, await self._told(session, attempt))

    async def put_back(self, post_id: int, member_id: int) -> Attempt:
        """Undo the taking back of an answer. Raises NothingToPutBack."""
        async with self._database.writing() as session:
            taken = await _taken_back(session, post_id, member_id)
            if not taken.text:
                raise NothingToPutBack
            await store.update_attempt(session, taken.id, taken_back_at=None)
            attempt = await self._told(session, await _own(session, post_id, member_id))
            return await self._shown_otherwise(session, attempt)

    async def hide(self, guild_id: int, attempt_id: int, *, hidden: bool) -> Attempt:
        """Let a facilitator hide an answer from others, or show it again. Raises AttemptGone."""
        async with self._database.writing() as session:
            attempt = await store.by_id(session, guild_id, attempt_id)
            if attempt is None or attempt.sharing is Sharing.PRIVATE:
                raise AttemptGone
            await store.update_attempt(session, attempt_id, hidden=hidden)
            found = await store.by_id(session, guild_id, attempt_id)
            return await self._shown_otherwise(session, found or attempt)

    async def shown(
        self, guild_id: int, attempt_id: int, reader: int, *, facilitates: bool = False
    ) -> Attempt:
        """Return an answer that the reader may see: a shared one, or their own.

        Who facilitates sees shared ones that were hidden too. Raises AttemptGone.
        """
        async with self._database.reading() as session:
            attempt = await store.by_id(session, guild_id, attempt_id)
        hidden = attempt and attempt.hidden and attempt.sharing is not Sharing.PRIVATE
        if attempt is None or not (
            attempt.is_shown or attempt.member_id == reader or (hidden and facilitates)
        ):
            raise AttemptGone
        return attempt

    async def best(self, post_id: int, limit: int = BEST_SHOWN) -> list[Attempt]:
        """Return the answers that are shared, most votes first."""
        async with self._database.reading() as session:
            return await store.best_of(session, post_id, limit)

    async def shared_ids(self, post_id: int, limit: int) -> list[int]:
        """Return the ids of the answers that are shared, in an order that votes don't change."""
        async with self._database.reading() as session:
            return await store.shared_ids(session, post_id, limit)

    async def count(self, post_id: int) -> int:
        """Return how many members have answered a posted question."""
        async with self._database.reading() as session:
            return await store.count_of(session, post_id)

    async def ticks(self, post_id: int) -> Ticks:
        """Return what members say that they covered."""
        async with self._database.reading() as session:
            said = await store.ticked_of(session, post_id)
        counted = Counter(mark for marks in said for mark in marks)
        return Ticks(len(said), tuple(sorted(counted.items())))

    async def vote(self, guild_id: int, attempt_id: int, member_id: int) -> Attempt:
        """Keep a member's vote for somebody else's shared answer; a second one changes nothing.

        Raises AttemptGone or NotForYourOwn.
        """
        async with self._database.writing() as session:
            attempt = await _visible(session, guild_id, attempt_id)
            if attempt.member_id == member_id:
                raise NotForYourOwn
            await store.vote(session, attempt_id, member_id, self._clock.now())
            return await self._told(session, await _visible(session, guild_id, attempt_id))

    async def withdraw(self, guild_id: int, attempt_id: int, member_id: int) -> Attempt:
        """Take a member's vote back. Raises AttemptGone."""
        async with self._database.writing() as session:
            await _visible(session, guild_id, attempt_id)
            await store.withdraw(session, attempt_id, member_id)
            return await self._told(session, await _visible(session, guild_id, attempt_id))

    async def voted(self, attempt_id: int, member_id: int) -> bool:
        """Return whether a member has voted for an answer."""
        async with self._database.reading() as session:
            return await store.has_voted(session, attempt_id, member_id)

    async def acts(self, session: AsyncSession, guild_id: int, member_id: int) -> tuple[Act, ...]:
        """Return when a member gave answers that count, from which their streak follows."""
        return await store.acts_of(session, guild_id, member_id)

    async def results(self, session: AsyncSession, guild_id: int, member_id: int) -> list[Result]:
        """Return what came of each of a member's answers in a server."""
        return await store.results_of(session, guild_id, member_id)

    async def forget_old(self) -> None:
        """Erase the texts of answers that were taken back a day ago."""
        async with self._database.writing() as session:
            await store.erase_taken_back(session, self._clock.now() - TAKEN_BACK_KEPT_FOR)

    async def _told(self, session: AsyncSession, attempt: Attempt) -> Attempt:
        for observer in self.observers:
            await observer(session, attempt)
        return attempt

    async def _shown_otherwise(self, session: AsyncSession, attempt: Attempt) -> Attempt:
        for observer in self.sharing_observers:
            await observer(session, attempt)
        return attempt


def _counting(before: Attempt, text: str, act: Act) -> dict[str, Any]:
    """Return what changes of an attempt that only now says enough to count: it counts from now."""
    if before.counts or not counts(text):
        return {}
    return store.act_columns(act) | {"counts": True}


async def _own(
    session: AsyncSession, post_id: int, member_id: int, *, locked: bool = False
) -> Attempt:
    attempt = await store.of_member(session, post_id, member_id, locked=locked)
    if attempt is None:
        raise AttemptGone
    return attempt


async def _taken_back(session: AsyncSession, post_id: int, member_id: int) -> Attempt:
    taken = await store.of_member(session, post_id, member_id, locked=True, taken_back=True)
    if taken is None:
        raise NothingToPutBack
    return taken


async def _visible(session: AsyncSession, guild_id: int, attempt_id: int) -> Attempt:
    attempt = await store.by_id(session, guild_id, attempt_id)
    if attempt is None or not attempt.is_shown:
        raise AttemptGone
    return attempt
