"""Answering members: what is built in, and the entries of the server in which they ask."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from bot.answers.declining import ABOUT_A_MEMBER
from bot.answers.engine import Answerer, Context
from bot.answers.entries import EntryIndex, OwnEntry
from bot.answers.knowledge import Knowledge
from bot.answers.model import Answer, Reply
from bot.careers.registry import RoleRegistry
from bot.careers.standing import CareersMeant
from bot.faq.model import Entry
from bot.faq.service import Faq


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
        self._known: dict[int, _Known] = {}
        self._reading: dict[int, asyncio.Lock] = {}

    async def ask(self, question: str, asker: Asker, role: str | None = None) -> Reply:
        """Return the reply to a question; `role` is the slug that the asker has picked for it.

        What was answered, and what wasn't, is counted for the server; who asked is not.
        """
        reply = self.reply(question, await self.context(asker, role))
        if asker.guild_id is not None:
            await self._count(asker.guild_id, reply)
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
            if known is None or known.revision != revision:
                known = self._known[guild_id] = await self._read(guild_id)
        return known.index

    async def _read(self, guild_id: int) -> _Known:
        revision, entries = await self._faq.entries(guild_id)
        own = [_own(entry) for entry in entries]
        rarity = self.knowledge.classifier.rarity
        return _Known(revision, await asyncio.to_thread(EntryIndex, own, rarity))

    async def _count(self, guild_id: int, reply: Reply) -> None:
        about_member = any(each.decision == ABOUT_A_MEMBER for each in reply.explanations)
        if not reply.answered and not about_member:
            await self._faq.missed(guild_id, reply.question)
        for answer in reply.answers:
            await self._faq.asked(guild_id, answer.key, answer.title)


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
