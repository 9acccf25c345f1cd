"""A server with facilitators, and what its members do with `/faq`."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from simcord import InteractionResult, MemberActor, ResponseMessage

from bot.config import Settings
from bot.faq.model import Entry
from bot.faq.text import EntryText
from bot.guilds.settings import FACILITATOR_ROLE
from tests.cogs.reading import shown
from tests.server import Server, running

on_one_store = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
"""For tests in which nothing is written through the bot."""

QUESTION = "How do I get a mentor?"
ANSWER = "Write to <#1> in your first week."


@dataclass
class Faq:
    """The server, and Mia and Noah, who have the facilitators' role there."""

    server: Server
    mia: MemberActor
    noah: MemberActor

    async def run(self, command: str, **options: Any) -> InteractionResult:
        """Let Mia use a command of `/faq`."""
        return await self.mia.slash(self.server.channel, f"faq {command}", **options)

    async def card(self, command: str, **options: Any) -> ResponseMessage:
        """Let Mia use a command of `/faq` that answers with a card."""
        return shown(await self.run(command, **options))

    async def write(
        self, question: str = QUESTION, answer: str = ANSWER, **more: str
    ) -> ResponseMessage:
        """Let Mia write an entry with the form."""
        form = await self.run("add")
        return shown(await self.mia.submit_modal(form, typed(question, answer, **more)))

    async def given(self, question: str = QUESTION, answer: str = ANSWER) -> Entry:
        """An entry that is there already."""
        text = EntryText(question, (), answer)
        return await self.server.app.services.faq.add(self.server.guild.id, text, self.noah.id)

    async def entries(self) -> tuple[Entry, ...]:
        """The server's entries."""
        _, found = await self.server.app.services.faq.entries(self.server.guild.id)
        return found

    async def wait(
        self,
        question: str = QUESTION,
        by: MemberActor | None = None,
        *,
        role: str | None = None,
        in_channel: bool = True,
    ) -> int:
        """Let Maya's question wait, and return its number."""
        server, asker = self.server, by or self.server.maya
        channel = server.channel.id if in_channel else None
        waiting = await server.app.services.faq.wait(
            server.guild.id, asker.id, channel, question, role
        )
        return waiting.id

    def close_dms(self, user: str) -> None:
        """Let Discord refuse direct messages to a user of the server."""
        path = f"/channels/{self.server.users[user].dm_channel.id}/messages"
        self.server.env.inject_error("POST", path, status=403, code=50007, times=None)


def typed(question: str, answer: str, **more: str) -> dict[str, str]:
    """What is typed into the form of an entry."""
    return {"question": question, "answer": answer, "aliases": "", "source": "", **more}


@asynccontextmanager
async def facilitated(data_dir: Path, database_url: str) -> AsyncGenerator[Faq]:
    """Run the bot on a store, in a server with two facilitators."""
    settings = Settings.model_validate({"data_dir": data_dir, "database_url": database_url})
    async with running(settings) as server:
        role = server.guild.create_role("Mentors")
        users = [server.env.create_user(name) for name in ("mia", "noah")]
        mia, noah = (server.guild.add_member(user, roles=[role]) for user in users)
        preferences = server.app.services.preferences
        await preferences.set(FACILITATOR_ROLE, server.guild.id, role.id, by=server.olivia.id)
        yield Faq(server, mia, noah)


def fields(form: InteractionResult) -> dict[str, str]:
    """What an opened form is filled in with, by its fields' names."""
    assert form.modal is not None
    inputs = [part["component"] for part in form.modal["components"] if "component" in part]
    return {each["custom_id"]: each.get("value") or "" for each in inputs}
