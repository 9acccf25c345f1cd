"""Answers to try things with."""

from datetime import UTC, datetime

from bot.faq.model import Entry
from bot.faq.text import EntryText

GUILD, OTHER_GUILD = 3, 4
ANNA, BEN = 7, 8


def text(question: str = "What is a pentest?", *aliases: str, answer: str = "A test.") -> EntryText:
    return EntryText(question, aliases, answer)


def entry(entry_id: int, written: EntryText) -> Entry:
    return Entry(
        id=entry_id,
        guild_id=GUILD,
        question=written.question,
        aliases=written.aliases,
        answer=written.answer,
        role=written.role,
        source=written.source,
        version=1,
        changed_by=ANNA,
        changed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
