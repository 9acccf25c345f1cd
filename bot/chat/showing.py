"""Showing a card to whoever pressed a button of it."""

from collections.abc import Callable
from typing import Any

import discord
from discord import ui


async def show(
    interaction: discord.Interaction[Any], owner: int, card_for: Callable[[int], ui.LayoutView]
) -> None:
    """Show the card in place to the owner of the message, privately to anyone else.

    `card_for` builds the card for a member's id, who owns what is shown.
    """
    presser = interaction.user.id
    if presser == owner:
        await interaction.response.edit_message(view=card_for(owner), attachments=[])
    else:
        await interaction.response.send_message(view=card_for(presser), ephemeral=True)
