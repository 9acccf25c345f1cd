"""What tests of `/practice` and `/interview` share: a server on each store, and its questions."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simcord import MemberActor, ResponseMessage

from bot.chat.quoting import inert
from bot.config import Settings
from bot.practice.model import Learner
from bot.practice.service import Practice
from bot.questions.known import BuiltIn, Known
from bot.questions.model import Level
from tests.bot.questions.conftest import BANKS
from tests.cogs.reading import shown, text
from tests.server import Server, running

ROLE = "trust-safety-analyst"


@dataclass
class Room:
    """The server, and Maya, who practises in it."""

    server: Server

    @property
    def maya(self) -> MemberActor:
        return self.server.maya

    @property
    def learner(self) -> Learner:
        return Learner(self.maya.id, self.server.guild.id)

    @property
    def practice(self) -> Practice:
        return self.server.app.services.practice

    async def start(self, by: MemberActor | None = None, **options: Any) -> ResponseMessage:
        """Let Maya, or somebody else, begin to practise."""
        member = by or self.maya
        return shown(await member.slash(self.server.channel, "practice start", **options))

    async def interview(self, by: MemberActor | None = None, **options: Any) -> ResponseMessage:
        """Let Maya, or somebody else, begin an interview, or go on with it."""
        member = by or self.maya
        given = {"role": ROLE, "level": Level.MID.value} | options
        return shown(await member.slash(self.server.channel, "interview", **given))

    async def click(self, card: ResponseMessage, label: str) -> Any:
        """Let Maya press a button of her card."""
        return await self.maya.click(card.message, label=label)

    async def answer(self, card: ResponseMessage, typed: str, label: str = "Answer") -> Any:
        """Let Maya answer with the form."""
        form = await self.click(card, label)
        return await self.maya.submit_modal(form, {"answer": typed})

    async def on_card(self, card: ResponseMessage) -> Known:
        """The question that a card asks."""
        pool = await self.server.app.services.questions.pool(self.server.guild.id)
        said = text(card)
        [known] = [each for each in pool if f"**{inert(each.question.text)}**" in said]
        return known

    def without(self, *gone: Known) -> None:
        """Take questions out of the packs."""
        keys = {each.key for each in gone}
        left = {
            slug: [each for each in bank if f"pack:{slug}:{each.id}" not in keys]
            for slug, bank in BANKS.questions.items()
        }
        self.server.app.services.questions.built_in = BuiltIn(left)

    async def covering(self, card: ResponseMessage) -> str:
        """An answer that covers all of the question on a card."""
        known = await self.on_card(card)
        return ". ".join(point.point for point in known.question.key_points)


@asynccontextmanager
async def practising(url: str, tmp_path: Path) -> AsyncGenerator[Room]:
    """Run the bot on a store."""
    settings = Settings.model_validate({"data_dir": tmp_path / "var", "database_url": url})
    async with running(settings) as server:
        yield Room(server)
