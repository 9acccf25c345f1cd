"""The form by which a question is answered."""

import re
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import Self

import discord
from discord import ui

from bot.attempts.model import Asked, Attempt
from bot.chat.answering import Shown
from bot.chat.cards import card, heading
from bot.chat.forms import Form
from bot.client import Waymark
from bot.daily.model import USUAL_REVEAL_HOURS, Post
from bot.i18n import _
from cogs.attempts.answer_button import ANSWER
from cogs.attempts.own_card import own_card

FILE = "your-answer.txt"


class AnswerForm(Form):
    """Keeps an answer and gives feedback. What was typed comes back if it can't be kept."""

    template = r"try:v1:send:(?P<post>\d{1,18})"

    def __init__(self, post_id: int) -> None:
        self.post_id = post_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(int(match["post"]))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Keep the answer, and show what it likely covers."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            attempt = await self._sent(interaction, typed[ANSWER])
        except Exception:  # whatever it is, what was typed must not be lost
            await _give_back(interaction, typed[ANSWER])
            raise
        view = await own_card(interaction, self.post_id, attempt)
        await interaction.edit_original_response(view=view)

    async def _sent(self, interaction: discord.Interaction[Waymark], text: str) -> Attempt:
        services, guild_id = interaction.client.services, interaction.guild_id or 0
        posting = await services.daily.poster.get(guild_id, self.post_id)
        days = await services.members.days(interaction.user.id, guild_id)
        return await services.attempts.send(asked_of(posting.post), interaction.user.id, text, days)


def asked_of(post: Post) -> Asked:
    """Return what an answer to a post needs to know of it."""
    reveal_at = post.reveal_at or post.due + timedelta(hours=USUAL_REVEAL_HOURS)
    return Asked(post.id, post.guild_id, post.question_key or "", reveal_at)


async def _give_back(interaction: discord.Interaction[Waymark], text: str) -> None:
    """Hand a member what they typed, as a file: no text is too long or too odd for one."""
    view = card(
        heading=heading(_("Your answer wasn't kept"), _("Here is what you typed.")),
        body=_("Copy it from the file, and answer again when what I say below is mended."),
    )
    view.add_item(ui.File(f"attachment://{FILE}"))
    shown = Shown(view, (discord.File(BytesIO(text.encode()), FILE),))
    await interaction.followup.send(view=shown.card, files=shown.files, ephemeral=True)
