"""A member's reminders at a glance, with a menu to open one."""

import re
from collections.abc import Sequence
from typing import Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingSelect
from bot.chat.limits import MAX_OPTION_TEXT, clip
from bot.client import Waymark
from bot.i18n import _
from bot.reminders.model import MOST_REMINDERS, Planned, ReminderState
from cogs.reminders.reminder_card import reminder_card

MOST_OPTIONS = 25

SHOWN_OF_EACH = 60
"""Characters of each text, so that 25 reminders fit on a card."""


class ReminderSelect(LastingSelect, template=r"remind:v1:open"):
    """Opens one of the reminders."""

    def __init__(self, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(
            ui.Select(
                custom_id="remind:v1:open",
                placeholder=_("Edit, pause or delete…"),
                options=[*options],
            )
        )

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls()

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Show the reminder in place of the list."""
        await in_place(interaction, opened(interaction, int(value)))


async def opened(interaction: discord.Interaction[Waymark], reminder_id: int) -> ui.LayoutView:
    """Return the card of one's reminder. Raises ReminderGone or NotYourReminder."""
    services = interaction.client.services
    planned = await services.reminders.get(reminder_id, interaction.user.id)
    return reminder_card(planned, _("Your reminder"), services.clock.now())


def list_card(kept: Sequence[Planned]) -> ui.LayoutView:
    """List a member's reminders."""
    if not kept:
        hint = _("Try `/remind me when: tomorrow 7pm what: apply at Acme`.")
        return card(heading=heading(_("Your reminders"), _("You have none.")), body=hint)
    options = [_option(n, each) for n, each in enumerate(kept[:MOST_OPTIONS], 1)]
    count = _("{count} of {most}").format(count=len(kept), most=MOST_REMINDERS)
    return card(
        heading=heading(_("Your reminders"), count),
        body="\n".join(f"{n}. {_comes(each)} · {_what(each)}" for n, each in enumerate(kept, 1)),
        rows=[[ReminderSelect(options)]],
    )


def _option(number: int, planned: Planned) -> discord.SelectOption:
    reminder = planned.reminder
    return discord.SelectOption(
        label=clip(f"{number}. {' '.join(reminder.what.split())}", MAX_OPTION_TEXT),
        description=clip(reminder.phrase, MAX_OPTION_TEXT),
        value=str(reminder.id),
    )


def _comes(planned: Planned) -> str:
    if planned.upcoming:
        return format_dt(planned.upcoming[0], "R")
    resting = planned.reminder.state is ReminderState.PAUSED or planned.stopped
    return _("paused") if resting else _("was due")


def _what(planned: Planned) -> str:
    return clip(" ".join(planned.reminder.what.split()), SHOWN_OF_EACH)
