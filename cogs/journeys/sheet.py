"""The plan as a file for spreadsheets."""

import re
from io import BytesIO
from typing import Self

import discord
from discord import ui

from bot.chat.components import LastingButton
from bot.client import Waymark
from bot.i18n import _
from bot.journeys import sheet
from cogs.journeys.places import OWNER, require_owner

FILE = "journey.csv"
MARK = "\ufeff"
"""Tells Excel that a file is UTF-8."""


class CsvButton(LastingButton, template=rf"journey:v1:csv:{OWNER}"):
    """Sends the plan as a file, to its member alone."""

    def __init__(self, owner: int) -> None:
        super().__init__(ui.Button(label=_("As CSV"), custom_id=f"journey:v1:csv:{owner}"))
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Send it."""
        whose = require_owner(interaction, self.owner)
        await interaction.response.defer(ephemeral=True, thinking=True)
        journey = await interaction.client.services.journeys.of(*whose)
        content = f"{MARK}{sheet.written(journey)}".encode()
        await interaction.edit_original_response(
            content=_("Your plan, with all tasks and notes."),
            attachments=[discord.File(BytesIO(content), FILE)],
        )
