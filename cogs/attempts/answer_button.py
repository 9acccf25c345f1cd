"""The button beneath a question: it opens the form, or shows the answer that was given."""

import re
from typing import Self

import discord
from discord import ui

from bot.chat.answering import privately
from bot.chat.components import LastingButton
from bot.client import Waymark
from bot.i18n import _
from cogs.attempts.asking import answer_form
from cogs.attempts.own_card import own_card


class AnswerButton(LastingButton, template=r"try:v1:answer:(?P<post>\d{1,18})"):
    """Opens the form; for who has answered already, what they sent."""

    def __init__(self, post_id: int) -> None:
        super().__init__(
            ui.Button(
                label=_("Answer"),
                style=discord.ButtonStyle.primary,
                custom_id=f"try:v1:answer:{post_id}",
            )
        )
        self.post_id = post_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["post"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open the form, or the card; answers are everyone's to give."""
        before = await interaction.client.services.attempts.mine(self.post_id, interaction.user.id)
        if before is None:
            await interaction.response.send_modal(
                await answer_form(interaction, self.post_id, None)
            )
        else:
            await privately(interaction, own_card(interaction, before))
