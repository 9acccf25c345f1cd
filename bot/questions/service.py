"""Interview questions: those that packs bring, and those that servers add to them."""

import asyncio
from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.careers.registry import RoleRegistry
from bot.clock import Clock
from bot.delivery.model import Delivery
from bot.delivery.planner import Planner
from bot.guilds.model import waiting
from bot.guilds.service import Notices
from bot.questions.bank import Banks
from bot.questions.files import Parsed
from bot.questions.importing import ImportPlan, ImportUndo, plan_of, undo_of
from bot.questions.known import BuiltIn, Known, QuestionGone, State, own_id_in
from bot.questions.likeness import Alikes
from bot.questions.model import Kind, Level
from bot.questions.own import (
    MAX_OPEN_OF_ONE,
    SUGGESTIONS_WAIT,
    AlreadyDecided,
    ChangedSince,
    Own,
    TooManyOpen,
    Version,
    What,
)
from bot.questions.pools import Pool, Pools
from bot.questions.statements import guards, questions, retention, versions
from bot.questions.statements.questions import IN_USE
from bot.questions.statements.revisions import revision_of
from bot.questions.text import QuestionText, checked, checked_reason, name_of
from bot.store.database import Database

DECLINED_KEPT_FOR = timedelta(days=90)
RETIRED_KEPT_FOR = timedelta(days=365)
MOST_ALIKE = 3


class Questions:
    """All questions. Everything asks for the server's id: nobody reaches another's."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        planner: Planner,
        notices: Notices,
        *,
        banks: Banks,
        careers: RoleRegistry,
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._notices = notices
        self._careers = careers
        self.problems = banks.problems
        self.built_in = BuiltIn(banks.questions)
        self._pools = Pools()

    async def pool(
        self,
        guild_id: int,
        roles: Collection[str] = (),
        levels: Collection[Level] = (),
        kinds: Collection[Kind] = (),
    ) -> list[Known]:
        """Return the questions that may be asked, in an order that stays; empty means any.

        Packs' come first, then the server's own by age; those for no career in particular fit
        every role. A server's own are read again whenever they have changed.
        """
        known = (*self.built_in.all(), *await self._own_pool(guild_id))
        return [each for each in known if each.fits(roles, levels, kinds)]

    async def get(self, guild_id: int, key: str) -> Known:
        """Return the question with this key or handle, though it be retired.

        Raises QuestionGone.
        """
        built_in = self.built_in.get(key)
        if built_in is not None:
            return built_in
        own_id = own_id_in(key)
        if own_id is None:
            raise QuestionGone
        return (await self.own(guild_id, own_id, IN_USE)).known()

    async def search(self, guild_id: int, typed: str, limit: int = 25) -> list[Known]:
        """Return the questions that may be meant by a text still being typed, own ones first."""
        own = await self.titles(guild_id, typed, limit, [State.ACTIVE])
        found = [*(each.known() for each in own), *self.built_in.like(typed)]
        return found[:limit]

    async def titles(
        self, guild_id: int, typed: str, limit: int = 25, states: Collection[State] = IN_USE
    ) -> list[Own]:
        """Return the server's own questions that may be meant by a text still being typed."""
        async with self._database.reading() as session:
            return await questions.like(session, guild_id, states, typed, limit=limit)

    async def page(
        self, guild_id: int, state: State, search: str, start: int, limit: int
    ) -> tuple[list[Own], int]:
        """Return a page of own questions that have the words, and how many have them in all."""
        async with self._database.reading() as session:
            found = await questions.like(
                session, guild_id, [state], search, limit=limit, offset=start
            )
            return found, await questions.count_like(session, guild_id, [state], search)

    async def counts(self, guild_id: int) -> dict[State, int]:
        """Return how many of the server's own questions are in each state."""
        async with self._database.reading() as session:
            return await questions.counts(session, guild_id)

    async def own(
        self, guild_id: int, question_id: int, states: Collection[State] = guards.UNDECIDED_TOO
    ) -> Own:
        """Return one of the server's own questions. Raises QuestionGone."""
        async with self._database.reading() as session:
            return await guards.own_question(session, guild_id, question_id, states)

    async def alike(self, guild_id: int, *texts: str) -> list[list[Known]]:
        """Return the questions that are nearly the same as each text, the likest first."""
        return await asyncio.to_thread(_alike, await self.pool(guild_id), texts)

    async def add(self, guild_id: int, text: QuestionText, by: int | None) -> Own:
        """Add a question. Raises Unfit, TextTaken, TooManyQuestions or TooManyKept."""
        text = checked(text.values())
        async with self._changing(guild_id) as session:
            there = await questions.active_named(session, guild_id, text.name)
            if there is not None and there.text == text:
                return there  # as after a second press
            await guards.check_text(session, guild_id, text)
            await guards.check_room_for_new(session, guild_id)
            [own] = await questions.add_all(
                session, guild_id, [text], What.ADDED, by=by, now=self._clock.now()
            )
            return own

    async def edit(
        self,
        guild_id: int,
        question_id: int,
        text: QuestionText,
        by: int | None,
        expected_version: int | None = None,
    ) -> Own:
        """Word a question differently; if nothing differs, nothing is written.

        Raises Unfit, QuestionGone, TextTaken, or ChangedSince if it isn't the expected version.
        """
        text = checked(text.values())
        async with self._changing(guild_id) as session:
            before = await guards.own_question(session, guild_id, question_id)
            if expected_version not in (None, before.version):
                raise ChangedSince
            if text == before.text:
                return before
            return await self._put(session, before, text, before.state, What.EDITED, by=by)

    async def retire(self, guild_id: int, question_id: int, by: int | None) -> Own:
        """Ask a question no more; it stays known by its key. Raises QuestionGone."""
        async with self._changing(guild_id) as session:
            before = await guards.own_question(session, guild_id, question_id, IN_USE)
            if before.state is State.RETIRED:
                return before
            return await self._put(session, before, before.text, State.RETIRED, What.RETIRED, by=by)

    async def bring_back(self, guild_id: int, question_id: int, by: int | None) -> Own:
        """Ask a retired question again. Raises QuestionGone, TextTaken or TooManyQuestions."""
        async with self._changing(guild_id) as session:
            before = await guards.own_question(session, guild_id, question_id, IN_USE)
            if before.state is State.ACTIVE:
                return before
            return await self._put(session, before, before.text, State.ACTIVE, What.RESTORED, by=by)

    async def undo(self, guild_id: int, question_id: int, version: int, by: int | None) -> Own:
        """Put back what was before a version; what was new is retired.

        Raises QuestionGone, ChangedSince if it isn't the newest version, AlreadyDecided,
        TextTaken or TooManyQuestions.
        """
        async with self._changing(guild_id) as session:
            now = await guards.own_question(session, guild_id, question_id)
            if now.version != version:
                raise ChangedSince
            earlier = await versions.one(session, question_id, version - 1)
            if earlier is None:
                return await self._put(session, now, now.text, State.RETIRED, What.RETIRED, by=by)
            if earlier.state is State.SUGGESTED is not now.state:
                raise AlreadyDecided
            what = What.RETIRED if earlier.state is State.RETIRED else What.RESTORED
            return await self._put(session, now, earlier.text, earlier.state, what, by=by)

    async def restore(self, guild_id: int, question_id: int, version: int, by: int | None) -> Own:
        """Make the text of an old version the newest, and ask it though it be retired.

        Raises QuestionGone, TextTaken or TooManyQuestions.
        """
        async with self._changing(guild_id) as session:
            now = await guards.own_question(session, guild_id, question_id)
            old = await versions.one(session, question_id, version)
            if old is None:
                raise QuestionGone
            state = State.SUGGESTED if now.state is State.SUGGESTED else State.ACTIVE
            return await self._put(session, now, old.text, state, What.RESTORED, by=by)

    async def history(self, guild_id: int, question_id: int) -> list[Version]:
        """Return a question's versions, newest first. Raises QuestionGone."""
        async with self._database.reading() as session:
            await guards.own_question(session, guild_id, question_id)
            return await versions.all_of(session, question_id)

    async def export(self, guild_id: int) -> list[QuestionText]:
        """Return the texts of a server's active questions, in the order they were made."""
        return [each.text for each in await self._all_of(guild_id, [State.ACTIVE])]

    async def plan_import(self, guild_id: int, parsed: Parsed) -> ImportPlan:
        """Return what importing a file would do; writes nothing."""
        return await self._planned(parsed, await self._all_of(guild_id, IN_USE))

    async def import_all(self, guild_id: int, parsed: Parsed, by: int | None) -> ImportPlan:
        """Add and change questions as a file says; if it has a problem, write nothing.

        Returns what was done. What the file doesn't name stays as it is.
        """
        async with self._changing(guild_id) as session:
            plan = await self._planned(parsed, await questions.all_of(session, guild_id))
            now, what = self._clock.now(), What.IMPORTED
            changed = [
                each.before.changed(each.after, State.ACTIVE, by, now) for each in plan.changed
            ]
            await questions.put_all(session, changed, what)
            await questions.add_all(session, guild_id, plan.added, what, by=by, now=now)
            return replace(plan, at=now) if plan.changes_something else plan

    async def undo_import(self, guild_id: int, by: int, at: datetime) -> ImportUndo:
        """Put back what a member's import of that instant changed, but not what changed since.

        Returns what was done.
        """
        async with self._changing(guild_id) as session:
            written = await versions.imported(session, guild_id, by, at)
            there = await questions.all_of(session, guild_id)
            undo = await asyncio.to_thread(undo_of, written, there)
            now = self._clock.now()
            retired = [each.changed(each.text, State.RETIRED, by, now) for each in undo.retired]
            back = [each.question.changed(each.text, each.state, by, now) for each in undo.restored]
            await questions.put_all(session, retired, What.RETIRED)
            await questions.put_all(session, back, What.RESTORED)
            return undo

    async def suggest(self, guild_id: int, text: QuestionText, member_id: int) -> Own:
        """Let people decide on a member's question; they are told once until they look.

        Raises Unfit, TextTaken, TooManyOpen, TooManyQuestions or TooManyKept.
        """
        text = checked(text.values())
        async with self._changing(guild_id) as session:
            theirs = await questions.suggested_by(session, guild_id, member_id)
            for own in theirs:
                if own.text == text:
                    return own  # as after a second press
            if len(theirs) >= MAX_OPEN_OF_ONE:
                raise TooManyOpen
            await guards.check_text(session, guild_id, text)
            await guards.check_room_for_new(session, guild_id)
            now, what = self._clock.now(), What.SUGGESTED
            [own] = await questions.add_all(
                session, guild_id, [text], what, by=member_id, now=now, suggested_by=member_id
            )
            await self._notices.report(session, waiting(guild_id, SUGGESTIONS_WAIT))
            return own

    async def suggestions(self, guild_id: int) -> Sequence[Own]:
        """Return the suggestions that nobody has decided on, oldest first."""
        return await self._all_of(guild_id, [State.SUGGESTED])

    async def look_through(self, guild_id: int) -> Sequence[Own]:
        """Return the suggestions, oldest first, to somebody who decides on them."""
        await self._notices.looked_at(guild_id, SUGGESTIONS_WAIT)  # first: later ones are told of
        return await self.suggestions(guild_id)

    async def approve(self, guild_id: int, question_id: int, by: int) -> Own:
        """Take a suggestion into the pool, and tell who made it.

        Raises QuestionGone, AlreadyDecided, TextTaken or TooManyQuestions.
        """
        async with self._changing(guild_id) as session:
            before = await guards.undecided(session, guild_id, question_id)
            own = await self._put(session, before, before.text, State.ACTIVE, What.APPROVED, by=by)
            await self._settle(session, own)
            return own

    async def decline(self, guild_id: int, question_id: int, reason: str, by: int) -> Own:
        """Turn a suggestion down, and tell who made it why.

        Raises Unfit, QuestionGone or AlreadyDecided.
        """
        reason = checked_reason(reason)
        async with self._changing(guild_id) as session:
            before = await guards.undecided(session, guild_id, question_id)
            own = before.changed(before.text, State.DECLINED, by, self._clock.now(), reason)
            await questions.put_all(session, [own], What.DECLINED)
            await self._settle(session, own)
            return own

    async def due(self, delivery: Delivery) -> Own | None:
        """Return the suggestion of which somebody is to be told now, if it is there."""
        return await self._decided(delivery.subject_id)

    async def decided_for(self, member_id: int, question_id: int) -> Own | None:
        """Return a member's own suggestion once it is decided on; None if it isn't, or is gone."""
        own = await self._decided(question_id)
        return own if own and own.suggested_by == member_id else None

    async def forget_old(self) -> None:
        """Erase suggestions that were declined and questions that were retired long ago."""
        now = self._clock.now()
        async with self._database.writing() as session:
            await retention.forget(session, State.DECLINED, now - DECLINED_KEPT_FOR)
            await retention.forget(session, State.RETIRED, now - RETIRED_KEPT_FOR)

    async def _own_pool(self, guild_id: int) -> tuple[Known, ...]:
        async with self._database.reading() as session:
            revision = await revision_of(session, guild_id)
        return await self._pools.of(guild_id, revision, lambda: self._read_pool(guild_id))

    async def _read_pool(self, guild_id: int) -> Pool:
        async with self._database.reading() as session:
            # First: what is newer than its revision is read again, what is older would stay.
            revision = await revision_of(session, guild_id)
            own = await questions.all_of(session, guild_id, [State.ACTIVE])
        return Pool(revision, await asyncio.to_thread(_known, own))

    async def _all_of(self, guild_id: int, states: Collection[State]) -> tuple[Own, ...]:
        async with self._database.reading() as session:
            return await questions.all_of(session, guild_id, states)

    async def _decided(self, question_id: int) -> Own | None:
        async with self._database.reading() as session:
            own = await questions.by_id(session, question_id)
        is_decided = own is not None and own.state is not State.SUGGESTED
        return own if is_decided else None

    async def _planned(self, parsed: Parsed, own: Sequence[Own]) -> ImportPlan:
        built_in = [each.question.text for each in self.built_in.all()]
        roles = [*self._careers.titles()]
        return await asyncio.to_thread(plan_of, parsed, own, built_in, roles=roles)

    @asynccontextmanager
    async def _changing(self, guild_id: int) -> AsyncGenerator[AsyncSession]:
        """Open a unit of work in which nobody else changes the server's questions."""
        async with self._database.writing() as session:
            await guards.lock_guild(session, guild_id)
            yield session

    async def _put(
        self,
        session: AsyncSession,
        before: Own,
        text: QuestionText,
        state: State,
        what: What,
        *,
        by: int | None,
    ) -> Own:
        """Write the next version of a question."""
        if state is State.ACTIVE:
            await guards.check_text(session, before.guild_id, text, before.id)
            if before.state is not State.ACTIVE:
                await guards.check_room(session, before.guild_id)
        after = before.changed(text, state, by, self._clock.now())
        await questions.put_all(session, [after], what)
        return after

    async def _settle(self, session: AsyncSession, own: Own) -> None:
        """Tell who made a suggestion what was decided, and forget the notice if none waits."""
        await self._planner.plan(session, own.news_plan(self._clock.now()))
        if not (await questions.counts(session, own.guild_id))[State.SUGGESTED]:
            await self._notices.over(session, [waiting(own.guild_id, SUGGESTIONS_WAIT)])


def _known(own: Sequence[Own]) -> tuple[Known, ...]:
    return tuple(each.known() for each in own)


def _alike(pool: Sequence[Known], texts: Sequence[str]) -> list[list[Known]]:
    index = Alikes([name_of(each.question.text) for each in pool])
    return [[pool[place] for place in index.to(name_of(text), MOST_ALIKE)] for text in texts]
