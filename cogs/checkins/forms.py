"""The forms of check-ins."""

import re
from collections.abc import Mapping
from typing import Self

import discord
from discord import ui

from bot.chat.forms import Form, picked_in
from bot.checkins.model import Answer, Prompt
from bot.client import Waymark
from cogs.celebrations.offer import offer
from cogs.checkins.places import ID, OWNER
from cogs.checkins.prompt_card import (
    HELP,
    TASKS,
    answered_card,
    require_allowed,
    stuck_card,
    where_it_was,
)


class OwnForm(Form):
    """A form of one member's check-in."""

    gives_back = True

    def __init__(self, day_id: int, owner: int) -> None:
        self.day_id = day_id
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(int(match["id"]), int(match["owner"]))


class FillInForm(OwnForm):
    """Keeps what was done."""

    template = rf"checkin:v1:fill:{ID}:{OWNER}"

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Keep it, and tick the tasks."""
        await require_allowed(interaction, self.day_id, self.owner)
        ticked = {int(value) for value in picked_in(interaction, TASKS) if value.isdecimal()}
        said = tuple(typed[name] for name in sorted(typed))
        await where_it_was(interaction, self._kept(interaction, said, ticked))
        prompt = await interaction.client.services.checkins.answers.get(self.day_id, self.owner)
        await offer(interaction, prompt.day.guild_id)

    async def _kept(
        self, interaction: discord.Interaction[Waymark], said: tuple[str, ...], ticked: set[int]
    ) -> ui.LayoutView:
        answers = interaction.client.services.checkins.answers
        prompt = await answers.fill_in(self.day_id, self.owner, said, ticked)
        return await _card_of(interaction, prompt)


class NoteForm(OwnForm):
    """Tells facilitators."""

    template = rf"checkin:v1:note:{ID}:{OWNER}"

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Plan the note."""
        await require_allowed(interaction, self.day_id, self.owner)
        await where_it_was(interaction, self._told(interaction, typed[HELP]))

    async def _told(self, interaction: discord.Interaction[Waymark], text: str) -> ui.LayoutView:
        answers = interaction.client.services.checkins.answers
        return answered_card(await answers.tell(self.day_id, self.owner, text))


async def _card_of(interaction: discord.Interaction[Waymark], prompt: Prompt) -> ui.LayoutView:
    if prompt.day.answer is Answer.STUCK and not prompt.day.said:
        answers = interaction.client.services.checkins.answers
        return stuck_card(await answers.help_for(prompt))
    return answered_card(prompt)
