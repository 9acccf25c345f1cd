"""What becomes of a milestone's form."""

import re
from collections.abc import Mapping
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place, privately
from bot.chat.forms import Form
from bot.client import Waymark
from cogs.milestones.access import ID, OWNER, owner_here
from cogs.milestones.edit_modal import typed_of
from cogs.milestones.milestone_card import milestone_card


class EditForm(Form):
    """Edits a milestone."""

    template = rf"milestone:v1:edit:{ID}:{OWNER}"
    gives_back = True

    def __init__(self, milestone_id: int, owner: int) -> None:
        self.milestone_id = milestone_id
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(int(match["id"]), int(match["owner"]))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Change the milestone as typed."""
        whose = owner_here(interaction, self.owner)
        show = privately if interaction.message is None else in_place
        await show(interaction, self._edited(interaction, whose, typed))

    async def _edited(
        self,
        interaction: discord.Interaction[Waymark],
        whose: tuple[int, int],
        typed: Mapping[str, str],
    ) -> ui.LayoutView:
        milestones = interaction.client.services.milestones
        return milestone_card(await milestones.edit(*whose, self.milestone_id, typed_of(typed)))
