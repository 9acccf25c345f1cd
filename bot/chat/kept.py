"""What was typed, kept on the card that asks about it, so that no restart and no refusal loses it.

Discord sends a card along when one of its buttons is pressed. Short texts stand on it as they were
typed, each in a part of its own; those too long for a card are in a file that belongs to it.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Generic, TypeVar

import discord

from bot.chat.failures import NETWORK_ERRORS
from bot.chat.limits import clip, cost
from bot.chat.parts import Item, attached, file_on, paragraph, parts_on
from bot.errors import MemberError
from bot.i18n import _

FIRST_ID = 1000
"""The component id of the first part; those of the others follow."""

FILE = "what-you-typed.json"
READ_WITHIN_S = 2.0
"""A form must be opened within 3 seconds."""

Name = TypeVar("Name", bound=str)


class NotReadable(MemberError):
    """What was typed couldn't be read from the card in time."""

    def __init__(self) -> None:
        super().__init__(
            _("I couldn't read what you typed just now. Try again; it is still on the card above.")
        )


@dataclass(frozen=True)
class Keeping(Generic[Name]):
    """How the fields of a form are kept on a card."""

    labels: Mapping[Name, str]
    """What each is called; the order stays, as cards that are there rely on it."""

    room: int
    """Characters that texts kept on a card may have."""

    preview: int
    """Characters that are shown of texts that are in a file."""

    def keep(self, typed: Mapping[Name, str]) -> tuple[list[Item], tuple[discord.File, ...]]:
        """Return the parts of a card, and its files, that keep what was typed."""
        texts = {name: typed[name].strip() for name in self.labels if typed.get(name, "").strip()}
        if sum(map(cost, texts.values())) <= self.room:
            return [item for name in texts for item in self._standing(name, texts[name])], ()
        data = BytesIO(json.dumps(texts, ensure_ascii=False, indent=2).encode())
        preview = clip("\n\n".join(texts.values()), self.preview)
        return [paragraph(preview), attached(FILE)], (discord.File(data, FILE),)

    async def kept_on(self, interaction: discord.Interaction[Any]) -> dict[Name, str]:
        """Return what was typed, from the card that was used. Raises NotReadable."""
        try:
            async with asyncio.timeout(READ_WITHIN_S):
                file = await file_on(interaction)
        except (discord.HTTPException, *NETWORK_ERRORS) as error:
            raise NotReadable from error
        if file is not None:
            written: dict[str, str] = json.loads(file[1])
            return {name: written[name] for name in self.labels if name in written}
        texts = {
            part.id: part.content
            for part in parts_on(interaction.message)
            if isinstance(part, discord.TextDisplay)
        }
        ids = {name: self._id(name) for name in self.labels}
        return {name: texts[number] for name, number in ids.items() if number in texts}

    def _standing(self, name: Name, text: str) -> Iterator[Item]:
        title = _(self.labels[name])
        yield paragraph(f"-# {title}")
        yield paragraph(text, self._id(name))

    def _id(self, name: Name) -> int:
        return FIRST_ID + [*self.labels].index(name)
