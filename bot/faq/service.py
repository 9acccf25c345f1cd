"""A server's own answers: writing, finding, importing, passing questions on, and counting."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery.model import Delivery, Elsewhere, Reason
from bot.delivery.planner import Planner
from bot.faq.files import Parsed
from bot.faq.importing import ImportPlan, ImportUndo, plan_of, undo_of
from bot.faq.model import (
    QUESTIONS_WAIT,
    AlreadyWaiting,
    AskedAgain,
    AskerHasMany,
    ChangedSince,
    Entry,
    EntryGone,
    Gap,
    GapKind,
    TooManyWaiting,
    Version,
    Waiting,
    WaitingState,
    What,
)
from bot.faq.statements import counts, entries, gaps, guards, imports, retention, versions
from bot.faq.statements import waiting as questions
from bot.faq.statements.revisions import lock_asker, lock_guild, revision_of
from bot.faq.text import EntryText, checked_answer, checked_asked
from bot.guilds.model import waiting as waits
from bot.guilds.service import Notices
from bot.store.database import Database

SETTLED_KEPT_FOR = timedelta(days=90)
MISSES_KEPT_FOR = timedelta(days=180)
REMOVED_KEPT_FOR = timedelta(days=30)


class Faq:
    """Servers' answers. Everything asks for the server's id: nobody reaches another's."""

    def __init__(
        self, database: Database, clock: Clock, planner: Planner, notices: Notices
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._notices = notices

    async def revision(self, guild_id: int) -> int:
        """Return a number that every change of a server's answers raises; 0 before the first."""
        async with self._database.reading() as session:
            return await revision_of(session, guild_id)

    async def entries(self, guild_id: int) -> tuple[int, tuple[Entry, ...]]:
        """Return the revision and all answers of a server, in the order they were made."""
        async with self._database.reading() as session:
            # First: what is newer than its revision is read again, what is older would stay.
            revision = await revision_of(session, guild_id)
            return revision, await entries.all_of(session, guild_id)

    async def get(self, guild_id: int, entry_id: int, *, removed_too: bool = False) -> Entry:
        """Return an answer. Raises EntryGone."""
        async with self._database.reading() as session:
            return await guards.own_entry(session, guild_id, entry_id, removed_too=removed_too)

    async def named(self, guild_id: int, name: str) -> Entry | None:
        """Return the answer whose question or alias this is, however it is written."""
        async with self._database.reading() as session:
            return await entries.named(session, guild_id, name)

    async def titles(self, guild_id: int, typed: str, limit: int = 25) -> list[Entry]:
        """Return the answers that may be meant by a text still being typed."""
        async with self._database.reading() as session:
            return await entries.like(session, guild_id, typed, limit)

    async def page(
        self, guild_id: int, search: str, start: int, limit: int
    ) -> tuple[list[Entry], int]:
        """Return a page of the answers that have the words, and how many have them in all."""
        async with self._database.reading() as session:
            found = await entries.like(session, guild_id, search, limit, start)
            return found, await entries.count_like(session, guild_id, search)

    async def add(
        self, guild_id: int, text: EntryText, by: int | None, *, waiting_id: int | None = None
    ) -> Entry:
        """Add an answer, or return the one that the waiting question has become already.

        Raises Unfit, NameTaken, TooManyEntries or WaitingGone.
        """
        text = text.checked()
        async with self._changing(guild_id) as session:
            made = await guards.made_of(session, guild_id, waiting_id)
            if made is not None:
                return made
            await guards.check_room(session, guild_id)
            await guards.check_names(session, guild_id, text)
            now = self._clock.now()
            [entry] = await entries.add_all(session, guild_id, [text], What.ADDED, by=by, now=now)
            if waiting_id is not None:
                await questions.change(session, waiting_id, entry_id=entry.id)
            return entry

    async def edit(
        self,
        guild_id: int,
        entry_id: int,
        text: EntryText,
        by: int | None,
        expected_version: int | None = None,
    ) -> Entry:
        """Word an answer differently; if nothing differs, nothing is written.

        Raises Unfit, EntryGone, NameTaken, or ChangedSince if it isn't the expected version.
        """
        text = text.checked()
        async with self._changing(guild_id) as session:
            before = await guards.own_entry(session, guild_id, entry_id)
            if expected_version not in (None, before.version):
                raise ChangedSince
            if text == before.text:
                return before
            return await self._put(session, before, text, What.EDITED, by)

    async def remove(self, guild_id: int, entry_id: int, by: int | None) -> Entry:
        """Remove an answer; for 30 days that can be undone. Raises EntryGone."""
        async with self._changing(guild_id) as session:
            before = await guards.own_entry(session, guild_id, entry_id)
            return await self._put(session, before, before.text, What.REMOVED, by)

    async def undo(self, guild_id: int, entry_id: int, version: int, by: int | None) -> Entry:
        """Put back what was before a version; before the first there was nothing.

        Raises EntryGone, ChangedSince if it isn't the newest version, NameTaken or
        TooManyEntries.
        """
        async with self._changing(guild_id) as session:
            now = await guards.own_entry(session, guild_id, entry_id, removed_too=True)
            if now.version != version:
                raise ChangedSince
            earlier = await versions.one(session, entry_id, version - 1)
            if earlier is None:
                return await self._put(session, now, now.text, What.REMOVED, by)
            what = What.REMOVED if earlier.removed else What.RESTORED
            return await self._put(session, now, earlier.text, what, by)

    async def restore(self, guild_id: int, entry_id: int, version: int, by: int | None) -> Entry:
        """Make the text of an old version the newest, though the answer be removed.

        Raises EntryGone, NameTaken or TooManyEntries.
        """
        async with self._changing(guild_id) as session:
            now = await guards.own_entry(session, guild_id, entry_id, removed_too=True)
            old = await versions.one(session, entry_id, version)
            if old is None:
                raise EntryGone
            return await self._put(session, now, old.text, What.RESTORED, by)

    async def history(self, guild_id: int, entry_id: int) -> list[Version]:
        """Return an answer's versions, newest first, though it be removed. Raises EntryGone."""
        async with self._database.reading() as session:
            await guards.own_entry(session, guild_id, entry_id, removed_too=True)
            return await versions.all_of(session, entry_id)

    async def export(self, guild_id: int) -> list[tuple[int, EntryText]]:
        """Return the ids and texts of a server's answers, in the order they were made."""
        _, found = await self.entries(guild_id)
        return [(entry.id, entry.text) for entry in found]

    async def plan_import(self, guild_id: int, parsed: Parsed) -> ImportPlan:
        """Return what importing a file would do; writes nothing."""
        async with self._database.reading() as session:
            there = await entries.all_of(session, guild_id)
        return await asyncio.to_thread(plan_of, parsed, there)

    async def import_all(self, guild_id: int, parsed: Parsed, by: int | None) -> ImportPlan:
        """Add and change answers as a file says; if it has a problem, write nothing.

        Returns what was done. What the file doesn't name stays as it is.
        """
        async with self._changing(guild_id) as session:
            there = await entries.all_of(session, guild_id)
            plan = await asyncio.to_thread(plan_of, parsed, there)
            now = self._clock.now()
            await imports.put(session, guild_id, plan, by, now)
            return replace(plan, at=now) if plan.changes_something else plan

    async def undo_import(self, guild_id: int, by: int, at: datetime) -> ImportUndo:
        """Put back what a member's import of that instant changed, but not what changed since.

        Returns what was done.
        """
        async with self._changing(guild_id) as session:
            imported = await versions.imported(session, guild_id, by, at)
            there = await entries.all_of(session, guild_id)
            undo = await asyncio.to_thread(undo_of, imported, there)
            await imports.put_back(session, guild_id, undo, by, self._clock.now())
            return undo

    async def wait(
        self, guild_id: int, asker_id: int, channel_id: int | None, question: str, role: str | None
    ) -> Waiting:
        """Pass a question on to people, who are told once until they look at what waits.

        Raises Unfit, AlreadyWaiting or TooManyWaiting.
        """
        question = checked_asked(question)
        async with self._database.writing() as session:
            await lock_asker(session, asker_id)
            await guards.check_may_wait(
                session, guild_id, asker_id, question, twice=AlreadyWaiting, many=TooManyWaiting
            )
            waiting = await questions.add(
                session,
                guild_id=guild_id,
                asker_id=asker_id,
                channel_id=channel_id,
                question=question,
                role=role,
                now=self._clock.now(),
            )
            await self._notices.report(session, waits(guild_id, QUESTIONS_WAIT))
            return waiting

    async def waiting(
        self, guild_id: int, *, state: WaitingState = WaitingState.OPEN
    ) -> list[Waiting]:
        """Return a server's questions in that state, newest last."""
        async with self._database.reading() as session:
            return await questions.all_of(session, guild_id, state)

    async def look_through(self, guild_id: int) -> list[Waiting]:
        """Return the open questions, newest last, to somebody who decides what becomes of them."""
        await self._notices.looked_at(guild_id, QUESTIONS_WAIT)  # first: later ones are told of
        return await self.waiting(guild_id)

    async def waiting_by_id(self, guild_id: int, waiting_id: int) -> Waiting:
        """Return one question. Raises WaitingGone."""
        async with self._database.reading() as session:
            return await guards.own_question(session, guild_id, waiting_id)

    async def reply(self, guild_id: int, waiting_id: int, answer: str, by: int) -> Waiting:
        """Answer a question and tell who asked, though it be dismissed.

        Raises Unfit, WaitingGone or AlreadyAnswered.
        """
        answer = checked_answer(answer)
        async with self._database.writing() as session:
            await guards.unanswered(session, guild_id, waiting_id)
            answered = await self._settled(
                session, waiting_id, WaitingState.ANSWERED, by, answer=answer
            )
            await self._planner.plan(session, answered.answer_plan(self._clock.now()))
            return answered

    async def dismiss(self, guild_id: int, waiting_id: int, by: int) -> Waiting:
        """Put a question away unanswered. Raises WaitingGone or AlreadyAnswered."""
        async with self._database.writing() as session:
            await guards.unanswered(session, guild_id, waiting_id)
            return await self._settled(session, waiting_id, WaitingState.DISMISSED, by)

    async def reopen(self, guild_id: int, waiting_id: int) -> Waiting:
        """Let a dismissed question wait again.

        Raises WaitingGone, AlreadyAnswered, AskedAgain or AskerHasMany.
        """
        async with self._database.writing() as session:
            asker_id = (await guards.own_question(session, guild_id, waiting_id)).asker_id
            await lock_asker(session, asker_id)
            waiting = await guards.unanswered(session, guild_id, waiting_id)
            if waiting.state is WaitingState.OPEN:
                return waiting
            await guards.check_may_wait(
                session, guild_id, asker_id, waiting.question, twice=AskedAgain, many=AskerHasMany
            )
            again = {"answered_by": None, "answered_at": None}
            return await questions.change(
                session, waiting_id, state=WaitingState.OPEN.value, **again
            )

    async def due(self, delivery: Delivery) -> Waiting | None:
        """Return the answered question of which somebody is to be told now, if it is there."""
        return await self._answered(delivery.subject_id)

    async def answer_for(self, asker_id: int, waiting_id: int) -> Waiting | None:
        """Return a member's own question once it is answered; None if it isn't, or is gone."""
        waiting = await self._answered(waiting_id)
        return waiting if waiting and waiting.asker_id == asker_id else None

    async def elsewhere(
        self, session: AsyncSession, delivery: Delivery, _reason: Reason
    ) -> Elsewhere | None:
        """Return where an answer goes that can't be sent to who asked, once."""
        waiting = await questions.by_id(session, delivery.subject_id)
        if waiting is None or delivery.fallbacks:
            return None
        return waiting.instead_of(delivery.target)

    async def asked(self, guild_id: int, answer_key: str, title: str) -> None:
        """Count an answer that was given; the key has at most 120 characters."""
        await self.count(guild_id, {answer_key: title})

    async def missed(self, guild_id: int, question: str) -> None:
        """Count a question to which no answer was found."""
        await self.count(guild_id, {}, question)

    async def count(
        self, guild_id: int, given: Mapping[str, str], missed: str | None = None
    ) -> None:
        """Count the answers given to a question, titles by their keys, or that one is missing."""
        now = self._clock.now()
        async with self._database.writing() as session:
            for key, title in given.items():
                if await guards.has_answer(session, guild_id, key):
                    await counts.count_asked(session, guild_id, key, title, now)
            if missed is not None:
                await counts.count_miss(session, guild_id, missed, now)

    async def vote(
        self,
        guild_id: int,
        answer_key: str,
        member_id: int,
        helpful: bool | None,  # noqa: FBT001 - what was pressed
    ) -> None:
        """Keep a member's only vote on an answer; None withdraws it. Raises EntryGone."""
        async with self._database.writing() as session:
            if not await guards.has_answer(session, guild_id, answer_key):
                raise EntryGone
            now = self._clock.now()
            await counts.vote(
                session, guild_id, answer_key, member_id=member_id, helpful=helpful, now=now
            )

    async def gaps(self, guild_id: int, kind: GapKind, limit: int = 10) -> list[Gap]:
        """Return what managers may want to mend, what matters most first."""
        async with self._database.reading() as session:
            return await gaps.of_guild(session, guild_id, kind, limit, self._clock.now())

    async def forget_old(self) -> None:
        """Erase settled questions, what nobody has asked for long, and removed answers."""
        now = self._clock.now()
        async with self._database.writing() as session:
            await retention.forget_settled(session, now - SETTLED_KEPT_FOR)
            await retention.forget_misses(session, now - MISSES_KEPT_FOR)
            await retention.forget_removed(session, now - REMOVED_KEPT_FOR)

    @asynccontextmanager
    async def _changing(self, guild_id: int) -> AsyncGenerator[AsyncSession]:
        """Open a unit of work in which nobody else changes the server's answers."""
        async with self._database.writing() as session:
            await lock_guild(session, guild_id)
            yield session

    async def _put(
        self, session: AsyncSession, before: Entry, text: EntryText, what: What, by: int | None
    ) -> Entry:
        """Write the next version of an answer."""
        if what is not What.REMOVED:
            await guards.check_names(session, before.guild_id, text, before.id)
            if before.removed:
                await guards.check_room(session, before.guild_id)
        after = before.changed(text, what, by, self._clock.now())
        await entries.put_all(session, before.guild_id, [after], what)
        return after

    async def _answered(self, waiting_id: int) -> Waiting | None:
        async with self._database.reading() as session:
            waiting = await questions.by_id(session, waiting_id)
        is_answered = waiting is not None and waiting.state is WaitingState.ANSWERED
        return waiting if is_answered else None

    async def _settled(
        self, session: AsyncSession, waiting_id: int, state: WaitingState, by: int, **more: str
    ) -> Waiting:
        values = {"state": state.value, "answered_by": by, "answered_at": self._clock.now()}
        settled = await questions.change(session, waiting_id, **values, **more)
        if not await questions.all_of(session, settled.guild_id, WaitingState.OPEN):
            await self._notices.over(session, [waits(settled.guild_id, QUESTIONS_WAIT)])
        return settled
