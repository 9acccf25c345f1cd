"""Rests and ends: what would change is shown first."""

import re
from datetime import date
from enum import StrEnum
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.client import Waymark
from bot.i18n import _
from bot.journeys import changes
from bot.journeys.journey import Journey
from cogs.journeys import words
from cogs.journeys.changed_cards import ended_card, resumed_card
from cogs.journeys.places import DAY, JOURNEY, OWNER, day_read, require_owner, written


class PauseButton(LastingButton, template=rf"journey:v1:pause:{JOURNEY}:(?P<back>{DAY}):{OWNER}"):
    """Lets a journey rest."""

    def __init__(self, journey: int, back: date | None, owner: int) -> None:
        super().__init__(
            ui.Button(
                label=_("Rest"),
                style=discord.ButtonStyle.success,
                custom_id=f"journey:v1:pause:{journey}:{written(back)}:{owner}",
            )
        )
        self.journey = journey
        self.back = back
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["journey"]), day_read(match["back"]), int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Let it rest."""
        await in_place(interaction, self._paused(interaction))

    async def _paused(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        whose = require_owner(interaction, self.owner)
        journeys = interaction.client.services.journeys
        journey = await journeys.pause(*whose, self.journey, self.back)
        return card(
            heading=heading(_("Your journey rests"), journey.role_title),
            body=f"{words.at_rest(journey)}\n{words.ending(journey)}",
            small_print=_("-# Nobody is told why, or asked. Enjoy the break."),
            rows=[[ActButton(Act.RESUME, journey.id, self.owner, _("Resume now"))]],
        )


class Act(StrEnum):
    """What is done with a journey as a whole."""

    RESUME = "resume"
    END = "end"


class ActButton(LastingButton, template=rf"journey:v1:(?P<act>{'|'.join(Act)}):{JOURNEY}:{OWNER}"):
    """Ends a rest, or a journey."""

    def __init__(self, act: Act, journey: int, owner: int, label: str = "…") -> None:
        end, go_on = discord.ButtonStyle.danger, discord.ButtonStyle.success
        super().__init__(
            ui.Button(
                label=label,
                style=end if act is Act.END else go_on,
                custom_id=f"journey:v1:{act}:{journey}:{owner}",
            )
        )
        self.act = act
        self.journey = journey
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Act(match["act"]), int(match["journey"]), int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it."""
        await in_place(interaction, self._done(interaction))

    async def _done(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        whose = require_owner(interaction, self.owner)
        journeys = interaction.client.services.journeys
        if self.act is Act.END:
            return ended_card(await journeys.end(*whose, self.journey))
        return resumed_card(await journeys.resume(*whose, self.journey))


def pause_preview(journey: Journey, back: date | None) -> ui.LayoutView:
    """Show what a rest would move. Raises what stands in its way."""
    after = changes.resting(journey, back)
    return card(
        heading=heading(_("Rest?"), words.at_rest(after)),
        body=_moves(journey, after),
        small_print=_("-# While you rest nothing is late. What is done stays as it is."),
        rows=[[PauseButton(journey.id, back, journey.member_id)]],
    )


def resume_preview(journey: Journey) -> ui.LayoutView:
    """Show what going on would move. Raises NothingPaused."""
    after = changes.resumed(journey)
    return card(
        heading=heading(_("Go on?"), _("Today counts again.")),
        body=_moves(journey, after),
        rows=[[ActButton(Act.RESUME, journey.id, journey.member_id, _("Resume"))]],
    )


def end_preview(journey: Journey) -> ui.LayoutView:
    """Show what ending a journey means."""
    stays = _("{done} done stay yours, and count if a later journey has them too.")
    left = _("{open} still open are put away.")
    lines = [
        stays.format(done=words.tasks(len(journey.done_tasks))),
        left.format(open=words.tasks(len(journey.open_tasks))),
    ]
    return card(
        heading=heading(_("End your journey?"), journey.role_title),
        body="\n".join(lines),
        rows=[[ActButton(Act.END, journey.id, journey.member_id, _("End it"))]],
    )


def _moves(before: Journey, after: Journey) -> str:
    now = _("**Now:** {ending}").format(ending=words.ending(before))
    then = _("**Then:** {ending}").format(ending=words.ending(after))
    return f"{now}\n{then}"
