"""What must hold before something is read or written; else the error for who asked."""

from collections.abc import Collection

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.questions.known import QuestionGone, State
from bot.questions.own import (
    MAX_KEPT,
    MAX_QUESTIONS,
    AlreadyDecided,
    Own,
    TextTaken,
    TooManyKept,
    TooManyQuestions,
)
from bot.questions.statements import questions
from bot.questions.text import QuestionText
from bot.store.database import on_postgres

GUILD_LOCK = 0x51756573 << 32  # "Ques" in ASCII: apart from other advisory locks
UNDECIDED_TOO = (State.ACTIVE, State.RETIRED, State.SUGGESTED)


async def lock_guild(session: AsyncSession, guild_id: int) -> None:
    """Let nobody else change a server's questions until the unit of work ends."""
    if on_postgres(session):  # on SQLite a writing unit of work is alone anyway
        key = guild_id ^ GUILD_LOCK
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


async def own_question(
    session: AsyncSession,
    guild_id: int,
    question_id: int,
    states: Collection[State] = UNDECIDED_TOO,
) -> Own:
    """Return a question of the server that is in one of the states. Raises QuestionGone."""
    own = await questions.by_id(session, question_id)
    if own is None or own.guild_id != guild_id or own.state not in states:
        raise QuestionGone
    return own


async def undecided(session: AsyncSession, guild_id: int, question_id: int) -> Own:
    """Return a suggestion on which nobody has decided. Raises QuestionGone or AlreadyDecided."""
    own = await own_question(session, guild_id, question_id, [*State])
    if own.state is not State.SUGGESTED:
        raise AlreadyDecided
    return own


async def check_room(session: AsyncSession, guild_id: int) -> None:
    """Raise TooManyQuestions if the server has as many active questions as it may."""
    counts = await questions.counts(session, guild_id)
    if counts[State.ACTIVE] >= MAX_QUESTIONS:
        raise TooManyQuestions


async def check_room_for_new(session: AsyncSession, guild_id: int) -> None:
    """Raise TooManyQuestions or TooManyKept if the server can't have one question more."""
    await check_room(session, guild_id)
    if sum((await questions.counts(session, guild_id)).values()) >= MAX_KEPT:
        raise TooManyKept


async def check_text(
    session: AsyncSession, guild_id: int, written: QuestionText, own_id: int = 0
) -> None:
    """Raise TextTaken if another active question has the same text."""
    same = await questions.active_named(session, guild_id, written.name)
    if same is not None and same.id != own_id:
        raise TextTaken(same.text.text)
