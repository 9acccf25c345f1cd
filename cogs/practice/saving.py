"""Saving a posted question for practice."""

import re
from datetime import UTC, datetime, timedelta
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.client import Waymark
from bot.i18n import _
from bot.practice.model import Choice
from cogs.practice.places import learner_of
from cogs.practice.question_card import GoButton
from cogs.practice.words import asked_text
from cogs.questions.places import ID

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MAX_QUESTION = 400


class SaveButton(LastingButton, template=rf"practice:v1:save:{ID}"):
    """Puts the question of a post into the practice of whoever presses."""

    def __init__(self, post_id: int) -> None:
        custom_id = f"practice:v1:save:{post_id}"
        super().__init__(ui.Button(label=_("Save for practice"), custom_id=custom_id))
        self.post_id = post_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Put it in."""
        await privately(interaction, self._saved(interaction))

    async def _saved(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        services = interaction.client.services
        posting = await services.daily.poster.get(interaction.guild_id or 0, self.post_id)
        put_in = await services.practice.put_in(learner_of(interaction), [posting.known.key])
        news = _("Saved") if put_in.added else _("It is in your practice already")
        undo = [UnsaveButton((put_in.at - EPOCH) // MICROSECOND)] if put_in.added else []
        return card(
            heading=heading(news, _("`/practice start` asks it, and asks again when it is time.")),
            body=asked_text(posting.known, MAX_QUESTION),
            rows=[[GoButton(Choice(), _("Practise now")), *undo]],
        )


class UnsaveButton(LastingButton, template=r"practice:v1:unsave:(?P<at>\d{1,17})"):
    """Undoes a saving of whoever presses."""

    def __init__(self, at: int) -> None:
        super().__init__(ui.Button(label=_("Undo"), custom_id=f"practice:v1:unsave:{at}"))
        self.at = at

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["at"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Take it out again."""
        await in_place(interaction, self._taken_out(interaction))

    async def _taken_out(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        practice = interaction.client.services.practice
        taken = await practice.take_out(learner_of(interaction), EPOCH + self.at * MICROSECOND)
        body = _("It isn't in your practice any more.")
        if not taken:
            body = _("You have rated it since, so it stays.")
        return card(heading=heading(_("Undone") if taken else _("Kept"), ""), body=body)
