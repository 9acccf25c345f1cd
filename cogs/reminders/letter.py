"""A reminder that has come, to be snoozed or done with."""

import re
from collections.abc import Mapping
from typing import Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.forms import Field, Form, modal
from bot.chat.outbox import Letter, Renderer
from bot.chat.permissions import may_write
from bot.client import Waymark
from bot.delivery.model import Delivery, TargetKind
from bot.i18n import _, later
from bot.reminders.model import Place, Reminder
from bot.when.phrases import MAX_PHRASE
from cogs.reminders.reminder_card import ID, WHEN, quoted

OTHER = "other"
SNOOZES: Mapping[str, str] = {
    "in 10 minutes": later("Snooze for 10 minutes"),
    "in 1 hour": later("Snooze for an hour"),
    "in 3 hours": later("Snooze for 3 hours"),
    "in 1 day": later("Snooze for a day"),
    "in 1 week": later("Snooze for a week"),
    OTHER: later("Another time…"),
}
"""Phrases, as `bot.when` understands them, and what they are called."""


class SnoozeSelect(LastingSelect, template=rf"remind:v1:snooze:{ID}"):
    """Reminds once more."""

    def __init__(self, reminder_id: int) -> None:
        options = [
            discord.SelectOption(label=_(label), value=phrase) for phrase, label in SNOOZES.items()
        ]
        super().__init__(
            ui.Select(
                custom_id=f"remind:v1:snooze:{reminder_id}",
                placeholder=_("Snooze…"),
                options=options,
            )
        )
        self.reminder_id = reminder_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(int(match["id"]))

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Snooze, or ask until when."""
        if value != OTHER:
            await in_place(interaction, snoozed(interaction, self.reminder_id, value))
            return
        until = Field(WHEN, _("Remind me again"), "", MAX_PHRASE, _("tomorrow 9am"))
        form = modal(_("Snooze"), f"remind:v1:snooze:{self.reminder_id}", until)
        await interaction.response.send_modal(form)


class SnoozeForm(Form):
    """Snoozes until a time that is typed."""

    template = rf"remind:v1:snooze:{ID}"

    def __init__(self, reminder_id: int) -> None:
        self.reminder_id = reminder_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(int(match["id"]))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Snooze until then."""
        await in_place(interaction, snoozed(interaction, self.reminder_id, typed[WHEN]))


class DoneButton(LastingButton, template=rf"remind:v1:done:{ID}"):
    """Notes that it is done."""

    def __init__(self, reminder_id: int) -> None:
        custom_id = f"remind:v1:done:{reminder_id}"
        style = discord.ButtonStyle.success
        super().__init__(ui.Button(label=_("Done"), style=style, custom_id=custom_id))
        self.reminder_id = reminder_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Note it, and take the buttons away."""
        await in_place(interaction, self._finished(interaction))

    async def _finished(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        reminders = interaction.client.services.reminders
        reminder = await reminders.finish(self.reminder_id, interaction.user.id)
        return settled_card(reminder, _("Done"), SnoozeSelect(reminder.id))


class ShowButton(LastingButton, template=rf"remind:v1:show:{ID}"):
    """Shows, to its member alone, a reminder that could only be hinted at in a channel."""

    def __init__(self, reminder_id: int) -> None:
        custom_id = f"remind:v1:show:{reminder_id}"
        super().__init__(ui.Button(label=_("Show it to me"), custom_id=custom_id))
        self.reminder_id = reminder_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show it."""
        await privately(interaction, self._shown(interaction))

    async def _shown(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        reminders = interaction.client.services.reminders
        planned = await reminders.get(self.reminder_id, interaction.user.id)
        return delivered_card(planned.reminder)


async def snoozed(
    interaction: discord.Interaction[Waymark], reminder_id: int, when: str
) -> ui.LayoutView:
    """Remind again at that time, and return a card that says when that is."""
    reminders = interaction.client.services.reminders
    planned = await reminders.snooze(reminder_id, interaction.user.id, when)
    [at] = planned.upcoming
    until = _("Snoozed until {time} ({wait})")
    title = until.format(time=format_dt(at, "f"), wait=format_dt(at, "R"))
    return settled_card(planned.reminder, title, DoneButton(reminder_id))


def letter_for(bot: Waymark) -> Renderer:
    """Return what builds a reminder's message when it is due."""

    async def render(delivery: Delivery) -> Letter | None:
        reminder = await bot.services.reminders.due(delivery)
        if reminder is None:
            return None
        if delivery.target.kind is not TargetKind.CHANNEL:
            return Letter(delivered_card(reminder, delivery), discord.AllowedMentions.none())
        if not await may_post(bot, reminder):
            return None
        private = reminder.place is Place.DM
        card = hint_card(reminder) if private else delivered_card(reminder, delivery)
        return Letter(card, _pinging(reminder))

    return render


async def may_post(bot: Waymark, reminder: Reminder) -> bool:
    """Return whether the member may still write where the reminder would be posted for them.

    Who is blocked in the server may not.
    """
    if await bot.services.blocks.has(reminder.guild_id or 0, reminder.user_id):
        return False
    guild = bot.get_guild(reminder.guild_id or 0)
    channel = guild and guild.get_channel_or_thread(reminder.channel_id or 0)
    if guild is None or channel is None:
        return True  # only Discord's answer says that a channel is gone
    try:
        member = await guild.fetch_member(reminder.user_id)
    except discord.NotFound:
        return False
    return may_write(channel, member)


def _pinging(reminder: Reminder) -> discord.AllowedMentions:
    member = discord.Object(reminder.user_id)
    return discord.AllowedMentions(everyone=False, roles=False, users=[member])


def delivered_card(reminder: Reminder, delivery: Delivery | None = None) -> ui.LayoutView:
    """Show a reminder that has come."""
    return card(
        heading=heading(_("Reminder"), _for_whom(reminder)),
        body=quoted(reminder.what),
        small_print="\n".join(_notes(reminder, delivery)),
        rows=[[SnoozeSelect(reminder.id)], [DoneButton(reminder.id)]],
    )


def _for_whom(reminder: Reminder) -> str:
    asked = (
        _("You asked for it {when}.")
        if reminder.place is Place.DM
        else _("<@{member}>, you asked for it {when}.")
    )
    return asked.format(member=reminder.user_id, when=format_dt(reminder.created_at, "R"))


def _notes(reminder: Reminder, delivery: Delivery | None) -> list[str]:
    notes: list[str] = []
    if delivery and delivery.fallbacks:
        notes.append(
            _("-# I couldn't post it in <#{channel}>.").format(channel=reminder.channel_id)
        )
    if reminder.link:
        notes.append(_("-# From {link}").format(link=reminder.link))
    return notes


def hint_card(reminder: Reminder) -> ui.LayoutView:
    """Say, where others see it, that there is a reminder, and nothing of what it says."""
    text = _("<@{member}>, I have a reminder for you, but I can't send you direct messages.")
    return card(
        heading=heading(_("Reminder"), text.format(member=reminder.user_id)),
        body=_("Allow direct messages from this server, or use `/remind me` with `where: here`."),
        rows=[[ShowButton(reminder.id)]],
    )


def settled_card(
    reminder: Reminder, title: str, way_back: DoneButton | SnoozeSelect
) -> ui.LayoutView:
    """Show a reminder that was snoozed or is done, with the way back."""
    return card(
        heading=heading(_("Reminder"), title), body=quoted(reminder.what), rows=[[way_back]]
    )
