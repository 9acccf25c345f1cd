"""One reminder, and what its member can do with it."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.forms import Field, modal
from bot.chat.limits import clip
from bot.client import Waymark
from bot.i18n import _
from bot.reminders.model import MAX_TEXT, Place, Planned, Reminder, ReminderState
from bot.when.phrases import MAX_PHRASE, describe

ID = r"(?P<id>\d{1,19})"
WHEN, WHAT = "when", "what"

MAX_QUOTE = 1600
"""Characters, so that the times beneath fit on the card."""


class Act(StrEnum):
    """What can be done with a reminder."""

    EDIT = "edit"
    PAUSE = "pause"
    RESUME = "resume"
    DELETE = "delete"


class ReminderButton(LastingButton, template=rf"remind:v1:(?P<act>{'|'.join(Act)}):{ID}"):
    """Does one thing with one reminder; the service refuses what isn't the presser's."""

    def __init__(self, act: Act, reminder_id: int, label: str = "") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"remind:v1:{act}:{reminder_id}"))
        self.act = act
        self.reminder_id = reminder_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Act(match["act"]), int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it, and show how the reminder stands now."""
        if self.act is Act.EDIT:
            reminders = interaction.client.services.reminders
            planned = await reminders.get(self.reminder_id, interaction.user.id)
            await interaction.response.send_modal(edit_modal(planned.reminder))
        else:
            await in_place(interaction, self._done(interaction))

    async def _done(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        services, user_id = interaction.client.services, interaction.user.id
        act = {
            Act.PAUSE: services.reminders.pause,
            Act.RESUME: services.reminders.bring_back,
            Act.DELETE: services.reminders.delete,
        }[self.act]
        planned = await act(self.reminder_id, user_id)
        return reminder_card(planned, _("Your reminder"), services.clock.now())


def edit_modal(reminder: Reminder) -> ui.Modal:
    """Return the form in which a reminder is edited."""
    return wish_modal(
        _("Edit your reminder"), f"remind:v1:edit:{reminder.id}", reminder.phrase, reminder.what
    )


def wish_modal(title: str, custom_id: str, when: str, what: str) -> ui.Modal:
    """Return a form that asks when, and of what, to remind."""
    return modal(
        title,
        custom_id,
        Field(WHEN, _("When"), when, MAX_PHRASE, _("tomorrow 7pm, every weekday at 9 …")),
        Field(WHAT, _("What"), what, MAX_TEXT, long=True),
    )


def reminder_card(planned: Planned, title: str, now: datetime) -> ui.LayoutView:
    """Show a reminder; a new one can be undone."""
    if planned.reminder.state is ReminderState.DELETED:
        return _deleted_card(planned.reminder)
    return card(
        heading=heading(title, where(planned.reminder)),
        body=f"{quoted(planned.reminder.what)}\n\n{when(planned, now)}",
        small_print=_("-# Discord shows times in your own zone. Set mine with `/my settings`."),
        rows=[_controls(planned)],
    )


def _deleted_card(reminder: Reminder) -> ui.LayoutView:
    return card(
        heading=heading(_("Deleted"), _("You can bring it back for a day.")),
        body=quoted(reminder.what),
        rows=[[ReminderButton(Act.RESUME, reminder.id, _("Bring it back"))]],
    )


def when(planned: Planned, now: datetime) -> str:
    """Return when a reminder comes, with the next instants of one that repeats."""
    if planned.reminder.state is ReminderState.PAUSED:
        return _("**Paused.** It rests until you resume it.")
    if planned.stopped:
        return _("**Stopped**, by a manager or because I couldn't post it. Resume it when I can.")
    if not planned.upcoming:
        return _("**Nothing is planned any more.** Edit it to get it again.")
    times = [f"{format_dt(each, 'F')} ({format_dt(each, 'R')})" for each in planned.upcoming]
    if planned.recurrence is None:
        return times[0]
    rule = describe(planned.recurrence, now)
    return _("**Repeats** {rule}\n**Next**\n{times}").format(rule=rule, times="\n".join(times))


def where(reminder: Reminder) -> str:
    """Return where a reminder is posted."""
    if reminder.place is Place.HERE:
        return _("in <#{channel}>").format(channel=reminder.channel_id)
    return _("by direct message")


def quoted(text: str) -> str:
    """Return a member's text as a quote, so that it can't look like the bot's own."""
    return clip("\n".join(f"> {line}" for line in text.strip().splitlines()), MAX_QUOTE)


def _controls(planned: Planned) -> list[ReminderButton]:
    reminder_id = planned.reminder.id
    edit = ReminderButton(Act.EDIT, reminder_id, _("Edit"))
    if planned.is_new:
        return [edit, ReminderButton(Act.DELETE, reminder_id, _("Undo"))]
    resting = planned.reminder.state is ReminderState.PAUSED or planned.stopped
    rest = Act.RESUME if resting else Act.PAUSE
    rest_label = _("Resume") if resting else _("Pause")
    delete = ReminderButton(Act.DELETE, reminder_id, _("Delete"))
    return [edit, ReminderButton(rest, reminder_id, rest_label), delete]
