"""Answering with a card, alone or with the files that it shows."""

import io
import re
from collections.abc import Callable
from typing import Any, Self

import discord
import pytest
from discord import ui

from bot.chat.answering import Showable, Shown, in_place, privately
from bot.chat.cards import card
from bot.chat.components import LastingButton
from tests.cogs.reading import shown, text
from tests.server import Server


class AnsweringButton(LastingButton, template=r"test:v1:(?P<what>file|bare)"):
    """Answers a press privately with a file, or in place without one."""

    def __init__(self, what: str) -> None:
        super().__init__(ui.Button(label=what, custom_id=f"test:v1:{what}"))
        self.what = what

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        return cls(match["what"])

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        if self.what == "file":
            await privately(interaction, built(with_file))
        else:
            await in_place(interaction, built(bare))


async def built(build: Callable[[], Showable]) -> Showable:
    return build()


def bare() -> ui.LayoutView:
    return card(heading="## Bare", body="No file.", rows=[[AnsweringButton("file")]])


def with_file() -> Shown:
    view = card(heading="## Filed", body="A file.", rows=[[AnsweringButton("bare")]])
    view.add_item(ui.File("attachment://a.csv"))
    return Shown(view, (discord.File(io.BytesIO(b"a,b"), "a.csv"),))


@pytest.fixture
async def posted(server: Server) -> discord.Message:
    server.client.add_dynamic_items(AnsweringButton)
    channel: Any = server.client.get_channel(server.channel.id)
    with server.env.time_context():
        return await channel.send(view=bare())


async def test_a_card_comes_with_its_files_and_goes_with_them(
    server: Server, posted: discord.Message
) -> None:
    answer = shown(await server.maya.click(posted, label="file"))
    assert answer.ephemeral
    assert [each.filename for each in answer.message.attachments] == ["a.csv"]
    await server.maya.click(answer.message, label="bare")
    assert "No file." in text(answer)
    assert answer.message.attachments == []
