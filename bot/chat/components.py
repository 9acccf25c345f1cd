"""Buttons and selects that outlive a restart.

Their state is in their custom id, versioned like `role:v1:…`, and holds no secrets. A subclass
gives the pattern as `template`, builds itself from a match of it in `read`, and says in `pressed`
or `chosen` what to do.
"""

import re
from collections.abc import Sequence
from typing import Any, Self, TypeVar

import discord
from discord import ui

from bot.chat.handling import handle

NOTHING = r"(?!)"

Control = TypeVar("Control", bound=ui.Item[Any])
AnyMenu = ui.Select[Any] | ui.ChannelSelect[Any] | ui.RoleSelect[Any]
Menu = TypeVar("Menu", bound=AnyMenu)


class Lasting(ui.DynamicItem[Control], template=NOTHING):
    """A component whose use is handled even after a restart."""

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
        """Handle the use."""
        await handle(interaction, lambda: self.used(interaction))

    async def used(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the component is for."""
        raise NotImplementedError


class LastingButton(Lasting[ui.Button[Any]], template=NOTHING):
    """A button whose press is handled even after a restart."""

    async def used(self, interaction: discord.Interaction[Any]) -> None:
        """Handle the press."""
        await self.pressed(interaction)

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button says; check who pressed, and read the truth from the store."""
        raise NotImplementedError


class LastingMenu(Lasting[Menu], template=NOTHING):
    """A menu of texts, channels or roles, whose choice is handled even after a restart.

    What comes from it is text, of channels and roles their ids, and comes from outside: check it.
    """

    async def used(self, interaction: discord.Interaction[Any]) -> None:
        """Handle the choice."""
        picked = [each if isinstance(each, str) else str(each.id) for each in self.item.values]
        await self.all_chosen(interaction, picked)

    async def all_chosen(
        self, interaction: discord.Interaction[Any], values: Sequence[str]
    ) -> None:
        """Do what the chosen values ask for, where there may be several."""
        await self.chosen(interaction, values[0])

    async def chosen(self, interaction: discord.Interaction[Any], value: str) -> None:
        """Do what the chosen value asks for."""
        raise NotImplementedError


class LastingSelect(LastingMenu[ui.Select[Any]], template=NOTHING):
    """A menu of texts."""
