"""Reading and writing interview sets."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.practice.interviews.model import InterviewSet, SetQuestion, State, Wish
from bot.practice.model import Learner
from bot.practice.store import set_questions, sets
from bot.questions.model import Level


async def add(
    session: AsyncSession, learner: Learner, wish: Wish, keys: Sequence[str], now: datetime
) -> int:
    """Add a set that nobody has answered yet; return its id."""
    new = insert(sets).values(
        user_id=learner.member_id,
        guild_id=learner.guild_id,
        role=wish.role,
        level=wish.level.value if wish.level else None,
        minutes=wish.minutes,
        is_over=False,
        changed_at=now,
    )
    set_id = (await session.execute(new.returning(sets.c.id))).scalar_one()
    common = {"set_id": set_id, "state": State.OPEN.value, "answer": ""}
    rows = [{"place": place, "key": key, **common} for place, key in enumerate(keys)]
    await session.execute(insert(set_questions), rows)
    return set_id


async def by_id(session: AsyncSession, learner: Learner, set_id: int) -> InterviewSet | None:
    """Return one of the member's sets of that server."""
    return await _one(session, _of(learner) & (sets.c.id == set_id))


async def running(session: AsyncSession, learner: Learner) -> InterviewSet | None:
    """Return the member's set of that server that isn't over."""
    return await _one(session, _of(learner) & sets.c.is_over.is_(False))


async def keys_asked(session: AsyncSession, learner: Learner) -> set[str]:
    """Return which questions the member's sets of that server had."""
    theirs = select(sets.c.id).where(_of(learner))
    rows = await session.scalars(
        select(set_questions.c.key).where(set_questions.c.set_id.in_(theirs))
    )
    return set(rows)


async def put(session: AsyncSession, set_id: int, question: SetQuestion) -> None:
    """Write what became of a question."""
    this = (set_questions.c.set_id == set_id) & (set_questions.c.place == question.place)
    values = {"state": question.state.value, "answer": question.answer}
    await session.execute(update(set_questions).where(this).values(values))


async def note(session: AsyncSession, set_id: int, now: datetime, *, is_over: bool) -> None:
    """Note that a set was changed, and whether it is over."""
    changed = update(sets).where(sets.c.id == set_id)
    await session.execute(changed.values(is_over=is_over, changed_at=now))


async def forget(session: AsyncSession, before: datetime) -> None:
    """Erase sets that nobody has changed since an instant."""
    old = select(sets.c.id).where(sets.c.changed_at < before)
    await session.execute(delete(set_questions).where(set_questions.c.set_id.in_(old)))
    await session.execute(delete(sets).where(sets.c.changed_at < before))


def _of(learner: Learner) -> ColumnElement[bool]:
    return (sets.c.user_id == learner.member_id) & (sets.c.guild_id == learner.guild_id)


async def _one(session: AsyncSession, this: ColumnElement[bool]) -> InterviewSet | None:
    newest = select(sets).where(this).order_by(sets.c.id.desc()).limit(1)
    row = (await session.execute(newest)).one_or_none()
    if row is None:
        return None
    wish = Wish(row.role, Level(row.level) if row.level else None, row.minutes)
    return InterviewSet(row.id, wish, await _questions(session, row.id), row.is_over)


async def _questions(session: AsyncSession, set_id: int) -> tuple[SetQuestion, ...]:
    of_set = select(set_questions).where(set_questions.c.set_id == set_id)
    rows = await session.execute(of_set.order_by(set_questions.c.place))
    return tuple(SetQuestion(row.place, row.key, State(row.state), row.answer) for row in rows)
