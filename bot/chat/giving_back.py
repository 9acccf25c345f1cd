"""Handing back what a member typed where it couldn't be kept."""

from io import BytesIO

import discord
from discord import ui

from bot.chat.answering import Shown
from bot.chat.cards import card, heading
from bot.i18n import _

FILE = "your-answer.txt"


async def give_back(interaction: discord.Interaction[discord.Client], text: str) -> None:
    """Hand a member what they typed, as a file: no text is too long or too odd for one."""
    view = card(
        heading=heading(_("Your answer wasn't kept"), _("Here is what you typed.")),
        body=_("Copy it from the file, and answer again when what I say below is mended."),
    )
    view.add_item(ui.File(f"attachment://{FILE}"))
    shown = Shown(view, (discord.File(BytesIO(text.encode()), FILE),))
    await interaction.followup.send(view=shown.card, files=shown.files, ephemeral=True)
