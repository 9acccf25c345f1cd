"""What tests of `/ask` share: a server on each store, with an answer of its own."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
from pydantic import SecretStr
from simcord import ChannelHandle, MemberActor, ResponseMessage

from bot.answers.model import Alternative, Answer, Basis, Reply, Verdict
from bot.careers.sections import Section
from bot.config import Settings
from bot.faq.text import EntryText
from tests.cogs.reading import shown
from tests.server import Server, running
from tests.standin.messages import message_standin

HOURS = "When are the office hours?"
ON_TUESDAYS = "On Tuesdays at 18:00, in the voice channel."
UNKNOWN = "What is the weather like in Paris today?"
ROLES = ("trust-safety-analyst", "ai-red-team-engineer")


@asynccontextmanager
async def asking(url: str, tmp_path: Path) -> AsyncGenerator[Server]:
    """Run the bot on a store, in a server that has one answer of its own."""
    settings = Settings(data_dir=tmp_path / "var", database_url=SecretStr(url))
    async with running(settings) as server:
        await own_answer(server, server.guild.id)
        yield server


async def own_answer(
    server: Server, guild_id: int, question: str = HOURS, answer: str = ON_TUESDAYS
) -> int:
    """Give a server an answer, and return its id."""
    entry = await server.app.services.faq.add(guild_id, EntryText(question, (), answer), by=1)
    return entry.id


async def ask(
    server: Server, question: str = HOURS, member: MemberActor | None = None, **given: Any
) -> ResponseMessage:
    """Let Maya, or somebody else, ask."""
    asker = member or server.maya
    return shown(await asker.slash(server.channel, "ask", question=question, **given))


def mention(server: Server, question: str) -> str:
    """What a member writes to ask the bot."""
    assert server.client.user is not None
    return f"<@{server.client.user.id}> {question}"


def said(channel: ChannelHandle, server: Server) -> list[discord.Message]:
    """What the bot has posted in a channel for everyone, oldest first."""
    return [
        each
        for each in channel.history()
        if each.author == server.client.user and not each.flags.ephemeral
    ]


async def kept(server: Server) -> list[str]:
    """What Discord keeps of what the bot has posted in the channel, by its rules on nonces."""
    path = f"/channels/{server.channel.id}/messages"
    async with message_standin() as standin, aiohttp.ClientSession() as session:
        for each in server.env.http_requests:
            if (each.method, each.path) == ("POST", path):
                await session.post(f"{standin.url}/api/v10{path}", json=each.json)
        return [message.text for message in standin.messages]


def pinged(server: Server, message: discord.Message) -> set[int]:
    """The members whom a message pings."""
    stored = server.env.backend.get_message(message.channel.id, message.id)
    assert not stored.mention_everyone
    assert not stored.ping_role_ids
    return set(stored.ping_user_ids)


def about(
    slug: str, text: str = "", title: str = "Do I need to code?", *, known: bool = True
) -> Answer:
    """An answer on a role, as the engine makes them."""
    return Answer(
        key=f"topic:{slug}:coding",
        title=title,
        basis=Basis.TOPIC,
        text=text or f"It depends, says {slug}. There is more to it.",
        source=f"Source: the pack {slug}, read 2026-11-24.",
        role=slug,
        section=Section.SKILLS,
        known=known,
    )


def replying(monkeypatch: pytest.MonkeyPatch, server: Server, **parts: Any) -> None:
    """Let the engine reply as a test needs it, however it would understand the question."""

    def reply(question: str, _context: object) -> Reply:
        given: dict[str, Any] = {"verdict": Verdict.ANSWER, "confidence": 1.0} | parts
        return Reply(question, **given)

    monkeypatch.setattr(server.app.services.answers, "reply", reply)


def meant(slugs: Sequence[str] = ROLES) -> tuple[Alternative, ...]:
    """What may have been meant instead."""
    return tuple(Alternative(f"Coding as {slug}?", f"topic:{slug}:coding") for slug in slugs)
