"""Buttons and selects that outlive a restart.

Their state is in their custom id, versioned like `role:v1:…`, and holds no secrets. A subclass
gives the pattern as `template`, builds itself from a match of it in `read`, and says in `pressed`
or `chosen` what to do.
"""

import re
from typing import Any, Self

import discord
from discord import ui

from bot.chat.handling import handle

NOTHING = r"(?!)"


class LastingButton(ui.DynamicItem[ui.Button[Any]], template=NOTHING):
    """A button whose press is handled even after a restart."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the component that was used; called by discord.py."""
        return cls.read(match)

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the component from its custom id; its look doesn't matter any more."""
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Handle the press."""
        await handle(interaction, lambda: self.pressed(interaction))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button says; check who pressed, and read the truth from the store."""
        raise NotImplementedError


class LastingSelect(ui.DynamicItem[ui.Select[Any]], template=NOTHING):
    """A select menu whose choice is handled even after a restart."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the component that was used; called by discord.py."""
        return cls.read(match)

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the component from its custom id; its look doesn't matter any more."""
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Handle the choice."""
        await handle(interaction, lambda: self.chosen(interaction, self.item.values[0]))

    async def chosen(self, interaction: discord.Interaction[Any], value: str) -> None:
        """Do what the chosen value asks for; it comes from outside, so check it."""
        raise NotImplementedError


class LastingChannelSelect(ui.DynamicItem[ui.ChannelSelect[Any]], template=NOTHING):
    """A menu of a server's channels whose choice is handled even after a restart."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the component that was used; called by discord.py."""
        return cls.read(match)

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the component from its custom id; its look doesn't matter any more."""
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Handle the choice."""
        await handle(interaction, lambda: self.chosen(interaction, self.item.values[0].id))

    async def chosen(self, interaction: discord.Interaction[Any], channel_id: int) -> None:
        """Do what the channel was chosen for; check that the bot may use it."""
        raise NotImplementedError
