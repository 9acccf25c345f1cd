"""What must hold before something is read or written; else the error for who asked."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import MemberError
from bot.faq.model import (
    MAX_ENTRIES,
    MAX_WAITING_OF_ONE,
    AlreadyAnswered,
    Entry,
    EntryGone,
    NameTaken,
    TooManyEntries,
    Waiting,
    WaitingGone,
    WaitingState,
    entry_id_in,
)
from bot.faq.statements import entries
from bot.faq.statements import waiting as questions
from bot.faq.text import EntryText, name_key


async def own_entry(
    session: AsyncSession, guild_id: int, entry_id: int, *, removed_too: bool = False
) -> Entry:
    """Return an answer of the server. Raises EntryGone."""
    entry = await entries.by_id(session, guild_id, entry_id)
    if entry is None or (entry.removed and not removed_too):
        raise EntryGone
    return entry


async def own_question(
    session: AsyncSession, guild_id: int, waiting_id: int, *, to_change: bool = False
) -> Waiting:
    """Return a question of the server. Raises WaitingGone."""
    waiting = await questions.by_id(session, waiting_id, locked=to_change)
    if waiting is None or waiting.guild_id != guild_id:
        raise WaitingGone
    return waiting


async def unanswered(session: AsyncSession, guild_id: int, waiting_id: int) -> Waiting:
    """Return a question, which nobody else answers meanwhile.

    Raises WaitingGone or AlreadyAnswered.
    """
    waiting = await own_question(session, guild_id, waiting_id, to_change=True)
    if waiting.state is WaitingState.ANSWERED:
        raise AlreadyAnswered
    return waiting


async def check_may_wait(
    session: AsyncSession,
    guild_id: int,
    asker_id: int,
    question: str,
    *,
    twice: Callable[[], MemberError],
    many: Callable[[], MemberError],
) -> None:
    """Raise one of the errors if it is open already, or as many of the asker's as may be are."""
    theirs = await questions.open_keys(session, guild_id, asker_id)
    if name_key(question) in theirs:
        raise twice()
    if len(theirs) >= MAX_WAITING_OF_ONE:
        raise many()


async def made_of(session: AsyncSession, guild_id: int, waiting_id: int | None) -> Entry | None:
    """Return the answer that a question has become, unless it was removed since."""
    if waiting_id is None:
        return None
    waiting = await own_question(session, guild_id, waiting_id)
    entry = waiting.entry_id and await entries.by_id(session, guild_id, waiting.entry_id)
    return entry if entry and not entry.removed else None


async def check_room(session: AsyncSession, guild_id: int) -> None:
    """Raise TooManyEntries if the server has as many answers as it may."""
    if await entries.count_of(session, guild_id) >= MAX_ENTRIES:
        raise TooManyEntries


async def check_names(
    session: AsyncSession, guild_id: int, text: EntryText, own_id: int = 0
) -> None:
    """Raise NameTaken if another answer has one of the names."""
    taken = await entries.owner_of_name(session, guild_id, text, own_id)
    if taken is not None:
        raise NameTaken(*taken)


async def has_answer(session: AsyncSession, guild_id: int, answer_key: str) -> bool:
    """Return whether the key can be counted: not that of another server's or an erased answer."""
    entry_id = entry_id_in(answer_key)
    return entry_id is None or await entries.by_id(session, guild_id, entry_id) is not None
