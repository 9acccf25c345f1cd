"""Practising questions again and again, further and further apart."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.guilds.settings import ZONE as GUILD_ZONE
from bot.members.settings import ZONE as MEMBER_ZONE
from bot.practice import scheduling
from bot.practice.choosing import Queue, new_left, queue
from bot.practice.model import (
    Asked,
    Card,
    Choice,
    Learner,
    NothingToPractise,
    Phase,
    PutIn,
    Rating,
    Review,
    Session,
)
from bot.practice.progress import Progress, first_monday, weeks_of
from bot.practice.statements import cards, reviews
from bot.questions.known import Known
from bot.questions.service import Questions
from bot.settings.service import Preferences
from bot.store.database import Database
from bot.streaks.local_day import local_day

REVIEWS_KEPT_FOR = timedelta(days=365)
NO_ZONE = "UTC"
"""The zone of who has chosen none, in a server that has chosen none."""


class Practice:
    """What members practise. Everything asks for the member: nobody reaches another's cards."""

    def __init__(
        self, database: Database, clock: Clock, questions: Questions, preferences: Preferences
    ) -> None:
        self._database = database
        self._clock = clock
        self._questions = questions
        self._preferences = preferences

    async def session(self, learner: Learner, choice: Choice) -> Session:
        """Return what there is to practise now. Raises NothingToPractise."""
        pool = await self._questions.pool(learner.guild_id)
        if not any(map(choice.takes, pool)):
            raise NothingToPractise
        now = self._clock.now()
        async with self._database.reading() as session:
            theirs = await cards.all_of(session, learner.member_id)
            zone = await self._zone(session, learner)
        first = [card.first_review for card in theirs.values() if card.first_review]
        left = new_left(first, now, zone)
        found = queue(learner, pool, theirs, choice, now=now, new_left=left)
        return _session(found, theirs, now, zone)

    async def asked(self, learner: Learner, handle: str) -> Asked:
        """Return a question, and when it would come again. Raises QuestionGone."""
        known = await self._questions.get(learner.guild_id, handle)
        now = self._clock.now()
        async with self._database.reading() as session:
            card = await cards.one(session, learner.member_id, known.key)
        return _asked(known, card or Card.new(known.key, now), now)

    async def rate(self, learner: Learner, handle: str, rating: Rating, made_from: int) -> Card:
        """Note how well a question was known, and return its card.

        `made_from` is the state of the card that was shown; one that has changed since, as after
        a second press, stays as it is. Raises QuestionGone.
        """
        known = await self._questions.get(learner.guild_id, handle)
        now = self._clock.now()
        async with self._database.writing() as session:
            card = await self._card(session, learner, known.key, now)
            if card.reviews != made_from:
                return card
            after = card.reviewed(scheduling.after(card.memory, rating, now), now)
            await cards.put(session, learner.member_id, after)
            review = Review(now, rating, card.memory.phase)
            await reviews.add(session, learner.member_id, after, review)
            return after

    async def suspend(self, learner: Learner, handle: str) -> None:
        """Ask a question no more; what is known of it stays. Raises QuestionGone."""
        await self._set_suspended(learner, handle, suspended=True)

    async def resume(self, learner: Learner, handle: str) -> None:
        """Ask a suspended question again. Raises QuestionGone."""
        await self._set_suspended(learner, handle, suspended=False)

    async def resume_all(self, learner: Learner) -> int:
        """Ask all suspended questions again; return how many they were."""
        async with self._database.writing() as session:
            await cards.lock_member(session, learner.member_id)
            return await cards.wake(session, learner.member_id)

    async def put_in(self, learner: Learner, keys: Collection[str]) -> PutIn:
        """Put questions into practice, first among the new ones; suspended ones are asked again.

        What is there already keeps its dates.
        """
        now, wanted = self._clock.now(), list(dict.fromkeys(keys))
        async with self._database.writing() as session:
            await cards.lock_member(session, learner.member_id)
            theirs = await cards.all_of(session, learner.member_id)
            new = [key for key in wanted if key not in theirs]
            await cards.add_all(session, learner.member_id, new, now)
            woken = await cards.put_in_again(session, learner.member_id, wanted, now)
        added = len(new) + woken
        return PutIn(added, len(wanted) - added, now)

    async def take_out(self, learner: Learner, put_in_at: datetime) -> int:
        """Undo a putting in, but for what was rated since; return how many were taken out."""
        async with self._database.writing() as session:
            await cards.lock_member(session, learner.member_id)
            return await cards.take_out(session, learner.member_id, put_in_at)

    async def progress(self, learner: Learner) -> Progress:
        """Return how a member's practice goes."""
        there = {each.key for each in await self._questions.pool(learner.guild_id)}
        now = self._clock.now()
        async with self._database.reading() as session:
            zone = await self._zone(session, learner)
            begin = datetime.combine(first_monday(now, zone), time(), UTC) - timedelta(days=1)
            theirs = [*(await cards.all_of(session, learner.member_id)).values()]
            recent = await reviews.since(session, learner.member_id, begin)
        return Progress(
            reviews=sum(card.reviews for card in theirs),
            due=sum(card.is_due(now) and card.key in there for card in theirs),
            learnt=sum(card.memory.phase is Phase.REVIEW for card in theirs),
            suspended=sum(card.suspended for card in theirs),
            weeks=weeks_of(recent, now, zone),
        )

    async def forget_old(self) -> None:
        """Erase ratings that no picture shows any more."""
        async with self._database.writing() as session:
            await reviews.forget(session, self._clock.now() - REVIEWS_KEPT_FOR)

    async def _set_suspended(self, learner: Learner, handle: str, *, suspended: bool) -> None:
        known = await self._questions.get(learner.guild_id, handle)
        now = self._clock.now()
        async with self._database.writing() as session:
            card = await self._card(session, learner, known.key, now)
            await cards.put(session, learner.member_id, replace(card, suspended=suspended))

    async def _card(self, session: AsyncSession, learner: Learner, key: str, now: datetime) -> Card:
        """Return a card that nobody else changes until the unit of work ends."""
        await cards.lock_member(session, learner.member_id)
        return await cards.one(session, learner.member_id, key) or Card.new(key, now)

    async def _zone(self, session: AsyncSession, learner: Learner) -> str:
        own = await self._preferences.read(session, MEMBER_ZONE, learner.member_id)
        if own is not None:
            return own
        return await self._preferences.read(session, GUILD_ZONE, learner.guild_id) or NO_ZONE


def _session(found: Queue, theirs: dict[str, Card], now: datetime, zone: str) -> Session:
    known, due = found.next, found.next_due
    today = local_day(now, zone).date
    return Session(
        asked=_asked(known, theirs.get(known.key) or Card.new(known.key, now), now)
        if known
        else None,
        due=len(found.due),
        new=len(found.new),
        elsewhere=found.elsewhere,
        next_due=due,
        goes_on_today=due is not None and local_day(due, zone).date == today,
        limited=found.limited,
    )


def _asked(known: Known, card: Card, now: datetime) -> Asked:
    return Asked(known, card.reviews, scheduling.forecast(card.memory, now))
