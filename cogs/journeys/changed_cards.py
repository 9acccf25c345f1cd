"""What has begun or changed, with the way back."""

import re
from datetime import date
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.client import Waymark
from bot.i18n import _
from bot.journeys.journey import Journey
from bot.journeys.model import Pace
from cogs.journeys import words
from cogs.journeys.places import DAY, JOURNEY, OWNER, day_read, require_owner, written


class ReturnButton(LastingButton, template=rf"journey:v1:return:{JOURNEY}:{OWNER}"):
    """Goes on with a journey that was put away."""

    def __init__(self, journey: int, owner: int, label: str = "…") -> None:
        custom_id = f"journey:v1:return:{journey}:{owner}"
        super().__init__(ui.Button(label=label, custom_id=custom_id))
        self.journey = journey
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["journey"]), int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Go on with it."""
        await in_place(interaction, self._back(interaction))

    async def _back(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        whose = require_owner(interaction, self.owner)
        journey = await interaction.client.services.journeys.return_to(*whose, self.journey)
        return _card(_("You are on your way again"), journey)


class RepaceButton(
    LastingButton,
    template=rf"journey:v1:repace:{JOURNEY}:(?P<hours>\d{{1,2}}):(?P<since>{DAY})"
    rf":(?P<target>{DAY}):{OWNER}",
):
    """Goes back to the pace that was agreed before."""

    def __init__(self, journey: int, pace: Pace, owner: int) -> None:
        days = f"{written(pace.since)}:{written(pace.target)}"
        custom_id = f"journey:v1:repace:{journey}:{pace.hours}:{days}:{owner}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.journey = journey
        self.pace = pace
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        since = date.fromordinal(int(match["since"]))
        pace = Pace(int(match["hours"]), since, day_read(match["target"]))
        return cls(int(match["journey"]), pace, int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Go back to it."""
        await in_place(interaction, self._back(interaction))

    async def _back(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        whose = require_owner(interaction, self.owner)
        journeys = interaction.client.services.journeys
        return _card(_("Put back"), await journeys.set_pace(*whose, self.journey, self.pace))


def begun_card(journey: Journey) -> ui.LayoutView:
    """Show what has begun, and what comes first."""
    return _card(_("You are on your way"), journey)


def switched_card(journey: Journey, replaced: int) -> ui.LayoutView:
    """Show what has begun, with the way back to what it replaced."""
    back = ReturnButton(replaced, journey.member_id, _("Undo"))
    return _card(_("You are on your way"), journey, back)


def pace_card(journey: Journey, before: Pace) -> ui.LayoutView:
    """Show a changed pace, with the way back."""
    undo = RepaceButton(journey.id, before, journey.member_id)
    return _card(_("Your pace is changed"), journey, undo)


def ended_card(journey: Journey) -> ui.LayoutView:
    """Show what was put away, with the way back."""
    kept = _("It is kept: {done} done. `/journey start` begins another one.")
    return card(
        heading=heading(_("Your journey has ended"), journey.role_title),
        body=kept.format(done=words.tasks(len(journey.done_tasks))),
        rows=[[ReturnButton(journey.id, journey.member_id, _("Undo"))]],
    )


def resumed_card(journey: Journey) -> ui.LayoutView:
    """Show that a journey goes on."""
    return _card(_("Welcome back"), journey)


def _card(title: str, journey: Journey, *buttons: LastingButton) -> ui.LayoutView:
    first = next(iter(journey.open_tasks), None)
    lines = [words.ending(journey)]
    if first is not None:
        day = words.dated(journey.plan.dates[first.id])
        lines.append(_("**Next, by {day}:** {task}").format(day=day, task=first.item.text))
    return card(
        heading=heading(title, journey.role_title),
        body="\n".join(lines),
        small_print=_("-# `/journey show` has your tasks, dates and progress. Only you see it."),
        rows=[buttons],
    )
