"""Answering members: what is built in, and the entries of the server in which they ask."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.answers.context import Context
from bot.answers.declining import ABOUT_A_MEMBER
from bot.answers.engine import Answerer
from bot.answers.entries import EntryIndex, OwnEntry
from bot.answers.knowledge import Knowledge
from bot.answers.model import Answer, Reply
from bot.careers.registry import RoleRegistry
from bot.careers.standing import CareersMeant
from bot.faq.model import Entry
from bot.faq.service import Faq

log = structlog.stdlib.get_logger(__name__)

MOST_KEPT = 50_000
"""Entries of all servers that are kept ready to be searched, some 9 kB each."""


@dataclass(frozen=True)
class Asker:
    """Who asks where, by Discord's ids."""

    member_id: int
    guild_id: int | None = None
    channels: tuple[int, ...] = ()
    """The channel in which it is asked; of a thread, the thread and its channel."""


@dataclass(frozen=True)
class _Known:
    """A server's entries as they were at a revision of them."""

    revision: int
    index: EntryIndex


class Answers:
    """Answers questions. A server's entries are read again whenever they have changed."""

    def __init__(self, registry: RoleRegistry, data: Path, faq: Faq, careers: CareersMeant) -> None:
        self.knowledge = Knowledge.load(registry.all(), data)
        self._answerer = Answerer(self.knowledge)
        self._faq = faq
        self._careers = careers
        self._known: OrderedDict[int, _Known] = OrderedDict()
        self._reading: dict[int, asyncio.Lock] = {}

    async def ask(self, question: str, asker: Asker, role: str | None = None) -> Reply:
        """Return the reply to a question; `role` is the slug that the asker has picked for it.

        What was answered, and what wasn't, is counted for the server; who asked is not.
        """
        reply = self.reply(question, await self.context(asker, role))
        if asker.guild_id is not None:
            await self.count(asker.guild_id, reply)
        return reply

    def reply(self, question: str, context: Context) -> Reply:
        """Return the reply to a question; nothing is counted."""
        return self._answerer.reply(question, context)

    async def answer(self, key: str, asker: Asker) -> Answer | None:
        """Return the answer with this key as it is now, or None if it is gone."""
        return self._answerer.by_key(key, await self.context(asker, None))

    async def context(self, asker: Asker, role: str | None) -> Context:
        """Return what is known of who asks where; `role` is the slug that they have picked."""
        meant, followed = await self._careers.career_meant(
            asker.member_id, asker.guild_id, asker.channels
        )
        entries = await self.entries(asker.guild_id) if asker.guild_id is not None else None
        return Context(role or meant, followed, entries)

    async def entries(self, guild_id: int) -> EntryIndex:
        """Return a server's entries, ready to be searched."""
        revision = await self._faq.revision(guild_id)
        async with self._reading.setdefault(guild_id, asyncio.Lock()):
            known = self._known.get(guild_id)
            if known is None or known.revision < revision:
                known = await self._read(guild_id)
            self._keep(guild_id, known)
        return known.index

    def _keep(self, guild_id: int, known: _Known) -> None:
        """Keep a server's entries; those of servers that asked longest ago make room."""
        self._known[guild_id] = known
        self._known.move_to_end(guild_id)
        while sum(len(each.index) for each in self._known.values()) > MOST_KEPT:
            if len(self._known) == 1:
                return
            oldest, _index = self._known.popitem(last=False)
            self._reading.pop(oldest, None)

    async def _read(self, guild_id: int) -> _Known:
        revision, entries = await self._faq.entries(guild_id)
        index = await asyncio.to_thread(self._indexed, entries)
        return _Known(revision, index)

    def _indexed(self, entries: Sequence[Entry]) -> EntryIndex:
        return EntryIndex(map(_own, entries), self.knowledge.classifier.rarity)

    async def count(self, guild_id: int, reply: Reply) -> None:
        """Count what was answered and what wasn't; no answer is lost because that fails."""
        about_member = any(each.decision == ABOUT_A_MEMBER for each in reply.explanations)
        missed = None if reply.known or about_member else reply.question
        given = {answer.key: self._counted_as(answer) for answer in reply.answers}
        try:
            await self._faq.count(guild_id, given, missed)
        except SQLAlchemyError:
            log.warning("an answer couldn't be counted", exc_info=True)

    def _counted_as(self, answer: Answer) -> str:
        role = self.knowledge.titles.get(answer.role or "")
        return f"{role} · {answer.title}" if role else answer.title


def _own(entry: Entry) -> OwnEntry:
    return OwnEntry(
        id=entry.id,
        question=entry.question,
        names=(entry.question, *entry.aliases),
        answer=entry.answer,
        role=entry.role,
        source=entry.source,
        day=entry.changed_at.date().isoformat(),
    )
