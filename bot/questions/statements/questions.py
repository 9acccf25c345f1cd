"""Reading and writing servers' own questions, with their versions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.questions.known import State
from bot.questions.own import Own, What
from bot.questions.statements import versions
from bot.questions.statements.contents import content_of, text_in
from bot.questions.statements.revisions import revise
from bot.questions.store import questions
from bot.questions.text import QuestionText, name_of
from bot.store.slices import in_slices, sliced

IN_USE = (State.ACTIVE, State.RETIRED)
"""The states of what nobody has to decide on."""


async def all_of(
    session: AsyncSession, guild_id: int, states: Collection[State] = IN_USE
) -> tuple[Own, ...]:
    """Return a server's questions in those states, in the order they were made."""
    these = select(questions).where(_in_states(guild_id, states)).order_by(questions.c.id)
    return tuple([_own(row) async for row in in_slices(session, these)])


async def by_id(session: AsyncSession, question_id: int) -> Own | None:
    """Return one question, whosever it is."""
    this = select(questions).where(questions.c.id == question_id)
    row = (await session.execute(this)).one_or_none()
    return None if row is None else _own(row)


async def active_named(session: AsyncSession, guild_id: int, name: str) -> Own | None:
    """Return the active question with this text."""
    same = _in_states(guild_id, [State.ACTIVE]) & (questions.c.name == name)
    row = (await session.execute(select(questions).where(same).limit(1))).one_or_none()
    return None if row is None else _own(row)


async def like(
    session: AsyncSession,
    guild_id: int,
    states: Collection[State],
    typed: str,
    *,
    limit: int,
    offset: int = 0,
) -> list[Own]:
    """Return questions that have all the words typed; what begins so comes first."""
    begins = case((questions.c.name.startswith(name_of(typed), autoescape=True), 0), else_=1)
    order = (begins, questions.c.id) if typed else (questions.c.id,)
    found = select(questions).where(_has_words(guild_id, states, typed)).order_by(*order)
    return [*map(_own, await session.execute(found.limit(limit).offset(offset)))]


async def count_like(
    session: AsyncSession, guild_id: int, states: Collection[State], typed: str = ""
) -> int:
    """Return how many questions have all the words typed."""
    these = _has_words(guild_id, states, typed)
    return await session.scalar(select(func.count()).select_from(questions).where(these)) or 0


async def counts(session: AsyncSession, guild_id: int) -> dict[State, int]:
    """Return how many questions of a server are in each state."""
    mine = questions.c.guild_id == guild_id
    grouped = select(questions.c.state, func.count()).where(mine).group_by(questions.c.state)
    found = {State(state): count for state, count in await session.execute(grouped)}
    return {state: found.get(state, 0) for state in State}


async def suggested_by(session: AsyncSession, guild_id: int, member_id: int) -> list[Own]:
    """Return a member's suggestions on which nobody has decided."""
    theirs = _in_states(guild_id, [State.SUGGESTED]) & (questions.c.suggested_by == member_id)
    return [*map(_own, await session.execute(select(questions).where(theirs)))]


async def add_all(
    session: AsyncSession,
    guild_id: int,
    texts: Sequence[QuestionText],
    what: What,
    *,
    by: int | None,
    now: datetime,
    suggested_by: int | None = None,
) -> list[Own]:
    """Add questions whose texts differ; suggested ones are to be decided on."""
    state = State.ACTIVE if suggested_by is None else State.SUGGESTED
    common = {
        "guild_id": guild_id,
        "state": state.value,
        "version": 1,
        "changed_by": by,
        "changed_at": now,
        "suggested_by": suggested_by,
    }
    added: list[Own] = []
    for some in sliced(texts):
        ids = await _insert(session, [_columns(text) | common for text in some])
        new = [
            Own(ids[text.name], guild_id, text, state, 1, by, now, suggested_by) for text in some
        ]
        await versions.insert_all(session, new, what)
        added += new
    if added:
        await revise(session, guild_id)
    return added


async def _insert(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return the ids that the rows got, by their names."""
    new = insert(questions).returning(questions.c.id, questions.c.name)
    connection = await session.connection()
    return {name: number for number, name in await connection.execute(new, rows)}


async def put_all(session: AsyncSession, changed: Sequence[Own], what: What) -> None:
    """Write the next versions of a server's questions."""
    connection = await session.connection()
    this = update(questions).where(questions.c.id == bindparam("row"))
    for some in sliced(changed):
        await connection.execute(this, [{"row": own.id, **_state(own)} for own in some])
        await versions.insert_all(session, some, what)
    if changed:
        await revise(session, changed[0].guild_id)


def _columns(text: QuestionText) -> dict[str, Any]:
    return {"name": text.name, "content": content_of(text)}


def _state(own: Own) -> Mapping[str, Any]:
    """Return the columns that a change writes."""
    return _columns(own.text) | {
        "state": own.state.value,
        "version": own.version,
        "changed_by": own.changed_by,
        "changed_at": own.changed_at,
        "reason": own.reason,
    }


def _in_states(guild_id: int, states: Collection[State]) -> ColumnElement[bool]:
    values = [state.value for state in states]
    return and_(questions.c.guild_id == guild_id, questions.c.state.in_(values))


def _has_words(guild_id: int, states: Collection[State], typed: str) -> ColumnElement[bool]:
    words = name_of(typed).split()
    has_all = [questions.c.name.contains(word, autoescape=True) for word in words]
    return and_(_in_states(guild_id, states), *has_all)


def _own(row: Row[Any]) -> Own:
    return Own(
        id=row.id,
        guild_id=row.guild_id,
        text=text_in(row.content),
        state=State(row.state),
        version=row.version,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        suggested_by=row.suggested_by,
        reason=row.reason,
    )
