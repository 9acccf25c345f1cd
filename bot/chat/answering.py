"""Answering in time: acknowledged first, as what is asked for may have to wait for the store."""

from collections.abc import Awaitable
from typing import Any

import discord
from discord import ui


async def in_place(interaction: discord.Interaction[Any], card: Awaitable[ui.LayoutView]) -> None:
    """Put a card in the place of the message whose button was pressed."""
    await interaction.response.defer()
    await interaction.edit_original_response(view=await card)


async def privately(interaction: discord.Interaction[Any], card: Awaitable[ui.LayoutView]) -> None:
    """Answer with a card that only the asker sees."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.edit_original_response(view=await card)
