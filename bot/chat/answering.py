"""Answering in time: acknowledged first, as what is asked for may have to wait for the store."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui


@dataclass(frozen=True)
class Shown:
    """A card, and the files that it shows."""

    card: ui.LayoutView
    files: tuple[discord.File, ...] = ()


Showable = ui.LayoutView | Shown


async def in_place(interaction: discord.Interaction[Any], showable: Awaitable[Showable]) -> None:
    """Put a card, and its files alone, in the place of the one whose button was pressed."""
    await interaction.response.defer()
    await _put(interaction, await showable)


async def privately(interaction: discord.Interaction[Any], showable: Awaitable[Showable]) -> None:
    """Answer with a card that only the asker sees."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    await _put(interaction, await showable)


async def _put(interaction: discord.Interaction[Any], showable: Showable) -> None:
    shown = showable if isinstance(showable, Shown) else Shown(showable)
    await interaction.edit_original_response(view=shown.card, attachments=shown.files)
