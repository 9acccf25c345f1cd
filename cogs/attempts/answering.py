"""The form by which a question is answered."""

import re
from collections.abc import Mapping
from typing import Self

import discord

from bot.attempts.model import Asked, Attempt
from bot.chat.forms import Form
from bot.chat.giving_back import give_back
from bot.client import Waymark
from bot.daily.model import Post
from bot.i18n import _
from cogs.attempts.asking import ANSWER
from cogs.attempts.own_card import own_card


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
        """Keep the answer, though Discord may not hear that it was; show what it likely covers."""
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
        finally:
            attempt = await self._kept(interaction, typed[ANSWER])
        view = await own_card(interaction, attempt, _title(attempt))
        await interaction.edit_original_response(view=view)

    async def _kept(self, interaction: discord.Interaction[Waymark], text: str) -> Attempt:
        try:
            return await self._sent(interaction, text)
        except Exception:  # whatever it is, what was typed must not be lost
            await give_back(interaction, text)
            raise

    async def _sent(self, interaction: discord.Interaction[Waymark], text: str) -> Attempt:
        services, guild_id = interaction.client.services, interaction.guild_id or 0
        posting = await services.daily.poster.get(guild_id, self.post_id)
        days = await services.members.days(interaction.user.id, guild_id)
        return await services.attempts.send(asked_of(posting.post), interaction.user.id, text, days)


def _title(attempt: Attempt) -> str:
    if attempt.late:
        return _("Kept, after the reveal")
    return _("Your answer is changed") if attempt.edited_at else _("Your answer is kept")


def asked_of(post: Post) -> Asked:
    """Return what an answer to a post needs to know of it."""
    return Asked(post.id, post.guild_id, post.question_key or "", revealed=post.revealed)
