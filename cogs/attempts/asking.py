"""Asking for an answer: the form, and the button that opens it once more."""

import re
from typing import Self

import discord
from discord import ui

from bot.attempts.model import MAX_TEXT, Attempt
from bot.chat.components import LastingButton
from bot.chat.forms import Field, modal
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.i18n import _

ANSWER = "answer"
"""The form's field."""


class ChangeButton(LastingButton, template=r"try:v1:change:(?P<post>\d{1,18})"):
    """Opens the form with what the member sent before."""

    def __init__(self, post_id: int) -> None:
        super().__init__(ui.Button(label=_("Change it"), custom_id=f"try:v1:change:{post_id}"))
        self.post_id = post_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["post"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open it."""
        before = await interaction.client.services.attempts.mine(self.post_id, interaction.user.id)
        await interaction.response.send_modal(await answer_form(interaction, self.post_id, before))


async def answer_form(
    interaction: discord.Interaction[Waymark], post_id: int, before: Attempt | None
) -> ui.Modal:
    """Return the form, with the question above it. Raises PostGone or QuestionGone."""
    poster = interaction.client.services.daily.poster
    posting = await poster.get(interaction.guild_id or 0, post_id)
    text = before.text if before else ""
    field = Field(ANSWER, label=_("Your answer"), value=text, longest=MAX_TEXT, long=True)
    title = _("Change your answer") if before else _("Only you see it, unless you share it")
    above = f"**{inert(posting.known.question.text)}**"
    return modal(title, f"try:v1:send:{post_id}", field, above=above)
