"""What the queue asks for: the question of a day, its reveal, its thread; and how each ended."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.attempts.model import Attempt
from bot.clock import Clock
from bot.daily.model import (
    BANK_EMPTY,
    BANK_LOW,
    DAILY,
    LOW,
    QUEUES_REASONS,
    REVEAL,
    THREAD,
    Config,
    Post,
    PostGone,
    Posting,
    PostState,
    Skip,
    candidates_of,
)
from bot.daily.posting import books
from bot.daily.selection import Choice, choose
from bot.daily.statements import configs, days
from bot.daily.times import Times
from bot.delivery import listing
from bot.delivery.model import Delivery, Plan, Reason, Schedule, State, Target
from bot.delivery.planner import Planner
from bot.delivery.settlement import Settled
from bot.guilds.model import Trouble
from bot.guilds.service import Notices
from bot.questions.known import Known, QuestionGone
from bot.questions.model import Kind, Level
from bot.store.database import Database


class Bank(Protocol):
    """Where questions come from."""

    async def pool(
        self,
        guild_id: int,
        roles: Collection[str] = (),
        levels: Collection[Level] = (),
        kinds: Collection[Kind] = (),
    ) -> list[Known]:
        """Return the questions that may be asked, in an order that stays."""
        ...

    async def get(self, guild_id: int, key: str) -> Known:
        """Return one, though it be retired. Raises QuestionGone."""
        ...


class Poster:
    """Chooses each day's question once, and writes down what became of it."""

    def __init__(
        self, database: Database, clock: Clock, planner: Planner, notices: Notices, bank: Bank
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._notices = notices
        self._bank = bank
        self.posted: list[Callable[[AsyncSession, int], Awaitable[None]]] = []
        """Hear of each server in which a question was posted, in the unit of work that notes it."""

    async def due(self, delivery: Delivery) -> Posting | None:
        """Return the question to be posted now, the same one at every try; None if there is none.

        Why there is none is written down.
        """
        pool = await self._pool(delivery.subject_id)
        async with self._database.writing() as session:
            config = await configs.by_id(session, delivery.subject_id, locked=True)
            schedule = config and await self._schedule(session, config)
            if config is None or schedule is None or config.removed_at is not None:
                return None
            post = await self._day(session, config, Times.of(schedule.recurrence), delivery, pool)
        known = post and await self._known(post, pool)
        if post is None or known is None:
            return None
        reveal_at = self._clock.now() + timedelta(hours=config.reveal_hours)
        return Posting(replace(post, reveal_at=reveal_at), known, config.ping_role)

    async def reveal(self, delivery: Delivery) -> Posting | None:
        """Return the post whose key points are to be shown now; None if there is none."""
        return await self._posted(delivery.subject_id)

    async def shown_otherwise(self, session: AsyncSession, attempt: Attempt) -> None:
        """Show a question's key points anew, as who may see an answer has changed since."""
        post, now = await days.by_id(session, attempt.post_id), self._clock.now()
        if (
            post is None
            or post.message_id is None
            or not (post.reveal_at and post.reveal_at <= now)
        ):
            return
        again = Plan(
            kind=REVEAL.name,
            dedupe_key=f"{REVEAL.name}:{post.id}:{now.timestamp()}",
            target=Target.channel(post.channel_id or 0),
            due=now,
            subject_id=post.id,
            guild_id=post.guild_id,
        )
        await self._planner.plan_all(session, [again])

    async def thread(self, delivery: Delivery) -> Posting | None:
        """Return the post that is to get a thread now; None if there is none."""
        posting = await self._posted(delivery.subject_id)
        return posting if posting and posting.post.thread_id is None else None

    async def thread_failed(self, post_id: int, reason: Reason) -> None:
        """Note why a post has no thread; it stays without."""
        async with self._database.writing() as session:
            await days.change(session, post_id, thread_reason=reason.value)

    async def get(self, guild_id: int, post_id: int) -> Posting:
        """Return a server's post with its question. Raises PostGone or QuestionGone."""
        async with self._database.reading() as session:
            post = await days.by_id(session, post_id)
        if post is None or post.guild_id != guild_id or post.question_key is None:
            raise PostGone
        return Posting(post, await self._bank.get(guild_id, post.question_key))

    async def observe(self, session: AsyncSession, settled: Sequence[Settled]) -> None:
        """Write down how deliveries ended."""
        ended = [each.delivery for each in settled]
        questions = [each for each in ended if each.kind == DAILY.name]
        for config_id in sorted({each.subject_id for each in questions}):
            theirs = [each for each in questions if each.subject_id == config_id]
            await self._questions_ended(session, config_id, theirs)
        for each in ended:
            if each.kind == REVEAL.name:
                await self._reveal_ended(session, each)
            elif each.kind == THREAD.name and each.state is not State.CANCELLED:
                await self._thread_ended(session, each)

    async def _pool(self, config_id: int) -> list[Known]:
        async with self._database.reading() as session:
            config = await configs.by_id(session, config_id)
        return [] if config is None else await self.pool_of(config)

    async def pool_of(self, config: Config) -> list[Known]:
        """Return the questions that a configuration may ask."""
        return await self._bank.pool(config.guild_id, config.roles, config.levels, config.kinds)

    async def _day(
        self,
        session: AsyncSession,
        config: Config,
        times: Times,
        delivery: Delivery,
        pool: list[Known],
    ) -> Post | None:
        """Return the day with its question, or None if this delivery isn't to post one."""
        day = times.day_of(delivery.due)
        before = await days.of_day(session, config.id, day)
        if before is not None and not _may_take(before, delivery):
            return None
        if times.is_over(day, delivery.due, self._clock.now()):
            await self._too_late(session, config, times, delivery, before)
            return None
        if before is not None and before.state is PostState.CHOSEN:
            return before
        past = await days.past(session, config.id)
        choice = choose(candidates_of(pool), config.seed, past)
        if choice is None:
            await self._nothing_to_ask(session, config, times, delivery, before)
            return None
        await self._watch_level(session, config, delivery.target, choice, len(pool))
        return await _keep(session, config, delivery, choice, before or day)

    async def _too_late(
        self,
        session: AsyncSession,
        config: Config,
        times: Times,
        delivery: Delivery,
        before: Post | None,
    ) -> None:
        if before is None:
            skip = books.skip_values(config, times, delivery.due, Skip.LATE, delivery.id)
            await days.add_all(session, [skip])
        elif before.state is PostState.CHOSEN:
            tried = delivery.reason if delivery.attempts else None
            await days.give_up(session, [before.id], tried or Skip.LATE)

    async def _nothing_to_ask(
        self,
        session: AsyncSession,
        config: Config,
        times: Times,
        delivery: Delivery,
        before: Post | None,
    ) -> None:
        """Skip the day, and tell managers once."""
        if before is None:
            skip = books.skip_values(config, times, delivery.due, Skip.EMPTY, delivery.id)
            await days.add_all(session, [skip])
        await self._notices.report(session, trouble_of(config, delivery.target, BANK_EMPTY))

    async def _watch_level(
        self, session: AsyncSession, config: Config, target: Target, choice: Choice, pool: int
    ) -> None:
        """Tell managers once that a round is nearly through; forget it when it no longer is."""
        low, empty = (trouble_of(config, target, kind) for kind in (BANK_LOW, BANK_EMPTY))
        if choice.left <= LOW:
            await self._notices.report(session, low)
            await self._notices.over(session, [empty])
        else:
            await self._notices.over(session, [low, empty])

    async def _known(self, post: Post, pool: Sequence[Known]) -> Known | None:
        """Return a day's question; None if it is gone, which is written down."""
        for each in pool:
            if each.key == post.question_key:
                return each
        try:
            return await self._bank.get(post.guild_id, post.question_key or "")
        except QuestionGone:
            async with self._database.writing() as session:
                await days.give_up(session, [post.id], Skip.EMPTY)
            return None

    async def _posted(self, post_id: int) -> Posting | None:
        """Return a post that is on Discord, with its question."""
        async with self._database.reading() as session:
            post = await days.by_id(session, post_id)
        if post is None or post.message_id is None or post.question_key is None:
            return None
        try:
            return Posting(post, await self._bank.get(post.guild_id, post.question_key))
        except QuestionGone:
            return None

    async def _questions_ended(
        self, session: AsyncSession, config_id: int, ended: Sequence[Delivery]
    ) -> None:
        config = await configs.by_id(session, config_id, locked=True)
        schedule = config and await self._schedule(session, config)
        if config is None or schedule is None:
            return
        times = Times.of(schedule.recurrence)
        for each in ended:
            await self._question_ended(session, config, times, each)
        if config.removed_at is None:
            await books.account(session, config, schedule, self._clock.now())

    async def _question_ended(
        self, session: AsyncSession, config: Config, times: Times, delivery: Delivery
    ) -> None:
        post = await days.of_day(session, config.id, times.day_of(delivery.due))
        mine = post is not None and post.delivery_id == delivery.id
        if delivery.state is State.SENT and post is not None and mine:
            await self._posted_now(session, config, post, delivery)
        elif delivery.state in {State.FAILED, State.EXPIRED} and (post is None or mine):
            reason = QUEUES_REASONS.get(delivery.reason or "", delivery.reason or "")
            skip = books.skip_values(config, times, delivery.due, reason, delivery.id)
            if post is None:
                await days.add_all(session, [skip])
            elif post.state is PostState.CHOSEN:
                await days.change(session, post.id, state=PostState.SKIPPED.value, reason=reason)

    async def _posted_now(
        self, session: AsyncSession, config: Config, post: Post, delivery: Delivery
    ) -> None:
        now = self._clock.now()
        posted = await days.change(
            session,
            post.id,
            state=PostState.POSTED.value,
            reason=None,
            channel_id=delivery.target.id,
            message_id=delivery.message_id,
            posted_at=now,
            reveal_at=now + timedelta(hours=config.reveal_hours),
        )
        for hear in self.posted:
            await hear(session, config.guild_id)
        if posted.message_id is not None:
            await self._plan_what_follows(session, config, posted, now)

    async def _plan_what_follows(
        self, session: AsyncSession, config: Config, post: Post, now: datetime
    ) -> None:
        reveal = Plan(
            kind=REVEAL.name,
            dedupe_key=f"{REVEAL.name}:{post.id}",
            target=Target.channel(post.channel_id or 0),
            due=post.reveal_at or now,
            subject_id=post.id,
            guild_id=post.guild_id,
            configured_by=config.configured_by,
        )
        thread = replace(reveal, kind=THREAD.name, dedupe_key=f"{THREAD.name}:{post.id}", due=now)
        await self._planner.plan_all(session, [reveal, thread] if config.thread else [reveal])

    async def _reveal_ended(self, session: AsyncSession, delivery: Delivery) -> None:
        post = await days.by_id(session, delivery.subject_id)
        if post is None or post.revealed_at is not None:
            return
        if delivery.state is State.SENT:
            await days.change(session, post.id, revealed_at=self._clock.now())
        else:
            await days.change(session, post.id, reveal_reason=delivery.reason)

    async def _thread_ended(self, session: AsyncSession, delivery: Delivery) -> None:
        if delivery.state is State.SENT:
            # A thread that begins with a message has that message's id.
            await days.change(session, delivery.subject_id, thread_id=delivery.message_id)
        else:
            await days.change(session, delivery.subject_id, thread_reason=delivery.reason)

    async def _schedule(self, session: AsyncSession, config: Config) -> Schedule | None:
        its = config.schedule_id
        return await listing.schedule_of(session, DAILY.name, config.id, its)


def trouble_of(config: Config, target: Target, kind: str) -> Trouble:
    """Return what managers are told of a configuration's questions."""
    return Trouble(
        target=target,
        kind=kind,
        reason=kind,
        guild_id=config.guild_id,
        configured_by=config.configured_by,
        subject_id=config.id,
    )


def _may_take(before: Post, delivery: Delivery) -> bool:
    """Return whether a delivery may post the question of a day that has a row already.

    It may if the row is its own; if a manager asks for a question after the day was skipped; and,
    at a time that was changed since, if what was tried before has surely not been posted.
    """
    if before.state is PostState.POSTED:
        return False
    if before.delivery_id == delivery.id:
        return True
    is_asked_for = delivery.schedule_id is None
    return before.state is PostState.SKIPPED and (is_asked_for or not before.is_over)


async def _keep(
    session: AsyncSession, config: Config, delivery: Delivery, choice: Choice, where: Post | date
) -> Post:
    """Write down which question a day has, in its row or in a new one."""
    values = {
        "state": PostState.CHOSEN.value,
        "reason": None,
        "due": delivery.due,
        "delivery_id": delivery.id,
        "question_key": choice.key,
        "level": choice.level.value,
        "round": choice.round,
    }
    if isinstance(where, Post):
        return await days.change(session, where.id, **values)
    at = {"config_id": config.id, "guild_id": config.guild_id, "day": where}
    return await days.add(session, at | values)
