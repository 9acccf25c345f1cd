"""The button that opens the form for an answer."""

import re
from typing import Self

import discord
from discord import ui

from bot.attempts.model import MAX_TEXT
from bot.chat.components import LastingButton
from bot.chat.forms import Field, modal
from bot.client import Waymark
from bot.i18n import _

ANSWER = "answer"
"""The form's field."""


class AnswerButton(LastingButton, template=r"try:v1:answer:(?P<post>\d{1,18})"):
    """Opens the form, with what the member sent before."""

    def __init__(self, post_id: int, label: str | None = None) -> None:
        super().__init__(
            ui.Button(
                label=label or _("Answer"),
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
        """Open the form; answers are everyone's to give."""
        services = interaction.client.services
        posting = await services.daily.poster.get(interaction.guild_id or 0, self.post_id)
        before = await services.attempts.mine(self.post_id, interaction.user.id)
        field = Field(
            ANSWER,
            label=_("Your answer"),
            value=before.text if before else "",
            longest=MAX_TEXT,
            placeholder=posting.known.question.text,
            long=True,
        )
        title = _("Change your answer") if before else _("Only you see it, unless you share it")
        await interaction.response.send_modal(modal(title, f"try:v1:send:{self.post_id}", field))
