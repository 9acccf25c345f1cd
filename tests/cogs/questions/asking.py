"""A server with facilitators, and what its members do with `/questions`."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simcord import InteractionResult, MemberActor, ResponseMessage

from bot.questions.known import State
from bot.questions.own import Own
from bot.questions.service import Questions
from bot.questions.text import QuestionText
from tests.bot.questions.samples import text
from tests.cogs.faq import facilitated
from tests.cogs.reading import shown
from tests.server import Server

QUESTION = "Why do zebras appeal?"


@dataclass
class Bank:
    """The server, and Mia and Noah, who have the facilitators' role there."""

    server: Server
    mia: MemberActor
    noah: MemberActor

    @property
    def questions(self) -> Questions:
        return self.server.app.services.questions

    @property
    def guild_id(self) -> int:
        return self.server.guild.id

    async def run(
        self, command: str, by: MemberActor | None = None, **options: Any
    ) -> InteractionResult:
        """Let Mia, or somebody else, use a command of `/questions`."""
        return await (by or self.mia).slash(self.server.channel, f"questions {command}", **options)

    async def card(
        self, command: str, by: MemberActor | None = None, **options: Any
    ) -> ResponseMessage:
        """Let Mia, or somebody else, use a command that answers with a card."""
        return shown(await self.run(command, by, **options))

    async def write(
        self, question: str = QUESTION, points: str = "Stripes.", **more: Any
    ) -> ResponseMessage:
        """Let Mia write a question with the form."""
        form = await self.run("add", level="mid", kind="case", **more)
        return shown(await self.mia.submit_modal(form, typed(question, points)))

    async def suggest(self, question: str = QUESTION, points: str = "Stripes.") -> ResponseMessage:
        """Let Maya suggest a question with the form."""
        maya = self.server.maya
        form = await self.run("suggest", maya)
        return shown(await maya.submit_modal(form, typed(question, points)))

    async def given(self, question: str = QUESTION, **changes: Any) -> Own:
        """A question that is there already."""
        written = text(question, **changes)
        return await self.questions.add(self.guild_id, written, self.noah.id)

    async def suggested(self, question: str = QUESTION) -> Own:
        """A suggestion of Maya's that waits already."""
        maya = self.server.maya.id
        return await self.questions.suggest(self.guild_id, text(question), maya)

    async def all(self, state: State = State.ACTIVE) -> list[QuestionText]:
        """The server's own questions in a state."""
        found, _ = await self.questions.page(self.guild_id, state, "", 0, 9999)
        return [own.text for own in found]


def typed(question: str = QUESTION, points: str = "Stripes.", **more: str) -> dict[str, str]:
    """What is typed into the form of a question."""
    blank = {"hint": "", "mistakes": "", "follow_up": ""}
    return {"question": question, "key_points": points, **blank, **more}


@asynccontextmanager
async def banking(data_dir: Path, database_url: str) -> AsyncGenerator[Bank]:
    """Run the bot on a store, in a server with two facilitators."""
    async with facilitated(data_dir, database_url) as faq:
        yield Bank(faq.server, faq.mia, faq.noah)
