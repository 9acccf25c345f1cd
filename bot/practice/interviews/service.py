"""Interview sets: one a member and server at a time, kept at each step."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from random import Random

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.feedback.giving import Feedbacks
from bot.feedback.model import MAX_ANSWER, Feedback
from bot.practice.interviews.model import (
    LEAST_QUESTIONS,
    AnotherRuns,
    InterviewSet,
    NothingSaid,
    Put,
    SetGone,
    SetQuestion,
    State,
    Summary,
    Summed,
    Told,
    TooFewQuestions,
    Wish,
)
from bot.practice.interviews.picking import picked
from bot.practice.model import Learner
from bot.practice.statements import cards, sets
from bot.questions.known import Known, QuestionGone
from bot.questions.service import Questions
from bot.store.database import Database

KEPT_FOR = timedelta(days=90)
"""How long a set that nobody goes on with is kept, with its answers."""


class Interviews:
    """Members' interview sets. Everything asks for the member: nobody reaches another's."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        questions: Questions,
        feedbacks: Callable[[], Feedbacks],
    ) -> None:
        self._database = database
        self._clock = clock
        self._questions = questions
        self._feedbacks = feedbacks

    async def running(self, learner: Learner) -> InterviewSet | None:
        """Return the set that a member can go on with in that server."""
        async with self._database.reading() as session:
            return await sets.running(session, learner)

    async def begin(self, learner: Learner, wish: Wish) -> InterviewSet:
        """Return the set that is under way, else a new one. Raises TooFewQuestions."""
        roles = [wish.role] if wish.role else []
        levels = [wish.level] if wish.level else []
        pool = await self._questions.pool(learner.guild_id, roles, levels)
        async with self._changing(learner) as session:
            there = await sets.running(session, learner)
            if there is not None:
                return there
            if len(pool) < LEAST_QUESTIONS:
                raise TooFewQuestions
            now, seen = self._clock.now(), await sets.keys_asked(session, learner)
            chosen = picked(pool, wish.minutes, seen, Random(f"{learner} {now}"))  # noqa: S311
            keys = [each.key for each in chosen]
            set_id = await sets.add(session, learner, wish, keys, now)
            return replace(await self._set(session, learner, set_id), is_new=True)

    async def next(self, learner: Learner, set_id: int) -> Put | None:
        """Return the next open question; None when there is none. Raises SetGone.

        A question that is gone from the bank is passed over, and counts as skipped.
        """
        interview = await self._read(learner, set_id)
        for question in interview.open:
            with suppress(QuestionGone):
                return Put(interview, question, await self._known(learner, question))
            await self.skip(learner, set_id, question.place)
        return None

    async def put(self, learner: Learner, set_id: int, place: int) -> Put:
        """Return one question of a set, answered or not. Raises SetGone or QuestionGone."""
        interview = await self._read(learner, set_id)
        question = _at(interview, place)
        return Put(interview, question, await self._known(learner, question))

    async def answer(self, learner: Learner, set_id: int, place: int, text: str) -> None:
        """Keep an answer, in the place of an earlier one. Raises SetGone or NothingSaid."""
        if not text.strip():
            raise NothingSaid
        async with self._changing(learner) as session:
            question = _at(await self._set(session, learner, set_id), place)
            answered = replace(question, state=State.ANSWERED, answer=text[:MAX_ANSWER])
            await self._keep(session, learner, set_id, answered)

    async def told(self, learner: Learner, set_id: int, place: int) -> Told:
        """Return what is said of an answer. Raises SetGone or QuestionGone."""
        put = await self.put(learner, set_id, place)
        return Told(put, await self._feedback(put.known, put.question.answer))

    async def skip(self, learner: Learner, set_id: int, place: int) -> None:
        """Pass over a question, unless it was answered meanwhile. Raises SetGone."""
        async with self._changing(learner) as session:
            question = _at(await self._set(session, learner, set_id), place)
            if question.state is State.OPEN:
                skipped = replace(question, state=State.SKIPPED)
                await self._keep(session, learner, set_id, skipped)

    async def go_on(self, learner: Learner, set_id: int) -> None:
        """Take the end of a set back. Raises SetGone, or AnotherRuns if a newer set runs."""
        async with self._changing(learner) as session:
            await self._set(session, learner, set_id)
            await self._restart(session, learner, set_id)

    async def reopen(self, learner: Learner, set_id: int, place: int) -> None:
        """Take a Skip back. Raises SetGone, or AnotherRuns if a newer set is under way."""
        async with self._changing(learner) as session:
            question = _at(await self._set(session, learner, set_id), place)
            if question.state is State.SKIPPED:
                await sets.put(session, set_id, replace(question, state=State.OPEN))
            await self._restart(session, learner, set_id)

    async def finish(self, learner: Learner, set_id: int) -> Summary:
        """End a set, and return what came of it. Raises SetGone."""
        async with self._changing(learner) as session:
            if not (await self._set(session, learner, set_id)).is_over:
                await sets.note(session, set_id, self._clock.now(), is_over=True)
        return await self.summary(learner, set_id)

    async def summary(self, learner: Learner, set_id: int) -> Summary:
        """Return what came of a set so far. Raises SetGone."""
        interview = await self._read(learner, set_id)
        summed: list[Summed] = []
        for question in interview.questions:
            with suppress(QuestionGone):
                known = await self._known(learner, question)
                summed.append(await self._summed(question, known))
        return Summary(interview, tuple(summed))

    async def forget_old(self) -> None:
        """Erase sets that nobody went on with."""
        async with self._database.writing() as session:
            await sets.forget(session, self._clock.now() - KEPT_FOR)

    @asynccontextmanager
    async def _changing(self, learner: Learner) -> AsyncGenerator[AsyncSession]:
        """Open a unit of work in which nobody else changes the member's sets."""
        async with self._database.writing() as session:
            await cards.lock_member(session, learner.member_id)
            yield session

    async def _read(self, learner: Learner, set_id: int) -> InterviewSet:
        async with self._database.reading() as session:
            return await self._set(session, learner, set_id)

    async def _set(self, session: AsyncSession, learner: Learner, set_id: int) -> InterviewSet:
        interview = await sets.by_id(session, learner, set_id)
        if interview is None:
            raise SetGone
        return interview

    async def _restart(self, session: AsyncSession, learner: Learner, set_id: int) -> None:
        there = await sets.running(session, learner)
        if there is not None and there.id != set_id:
            raise AnotherRuns
        await sets.note(session, set_id, self._clock.now(), is_over=False)

    async def _keep(
        self, session: AsyncSession, learner: Learner, set_id: int, question: SetQuestion
    ) -> None:
        """Write what became of a question; the set is over when none is open."""
        await sets.put(session, set_id, question)
        interview = await self._set(session, learner, set_id)
        is_over = interview.is_over or not interview.open
        await sets.note(session, set_id, self._clock.now(), is_over=is_over)

    async def _known(self, learner: Learner, question: SetQuestion) -> Known:
        return await self._questions.get(learner.guild_id, question.key)

    async def _summed(self, question: SetQuestion, known: Known) -> Summed:
        if question.state is not State.ANSWERED:
            return Summed(question, known, None)
        return Summed(question, known, await self._feedback(known, question.answer))

    async def _feedback(self, known: Known, answer: str) -> Feedback:
        feedbacks = await asyncio.to_thread(self._feedbacks)
        return feedbacks.on(known.question, answer)


def _at(interview: InterviewSet, place: int) -> SetQuestion:
    if place >= len(interview.questions):
        raise SetGone
    return interview.questions[place]
