"""One task: to tick, to skip, to take back, and its note."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Self

import discord
from discord import ui

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.forms import Field, Form, modal
from bot.chat.limits import MAX_OPTION_TEXT, clip
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.i18n import _
from bot.journeys.journey import Journey
from bot.journeys.model import MAX_NOTE, NoSuchTask, Task, TaskState
from cogs.celebrations.offer import offer
from cogs.journeys import words
from cogs.journeys.places import OWNER, PHASE, TASK, require_owner, shows

NOTE = "note"
MOST_OPTIONS = 25
SIGNS = {TaskState.OPEN: "▫️", TaskState.DONE: "✅", TaskState.SKIPPED: "⏭️"}


class TaskSelect(LastingSelect, template=rf"journey:v1:open:{PHASE}:{OWNER}"):
    """Opens one task."""

    def __init__(self, phase: int, owner: int, tasks: Sequence[Task] = ()) -> None:
        super().__init__(
            ui.Select(
                custom_id=f"journey:v1:open:{phase}:{owner}",
                placeholder=_("Open a task: note, skip, take back…"),
                options=[*map(_option, tasks[:MOST_OPTIONS])],
            )
        )
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(int(match["phase"]), int(match["owner"]))

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Show it."""
        require_owner(interaction, self.owner)
        if not re.fullmatch(TASK, value):
            raise NoSuchTask
        await in_place(interaction, opened(interaction, int(value)))


class Act(StrEnum):
    """What can be done with a task."""

    DONE = "done"
    SKIP = "skip"
    REOPEN = "reopen"


class TaskButton(
    LastingButton, template=rf"journey:v1:task:(?P<act>{'|'.join(Act)}):{TASK}:{OWNER}"
):
    """Does one thing with one task."""

    def __init__(self, act: Act, task: int, owner: int, label: str = "…") -> None:
        custom_id = f"journey:v1:task:{act}:{task}:{owner}"
        super().__init__(ui.Button(label=label, custom_id=custom_id))
        self.act = act
        self.task = task
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Act(match["act"]), int(match["task"]), int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it."""
        await in_place(interaction, self._done(interaction))
        await offer(interaction)

    async def _done(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        whose = require_owner(interaction, self.owner)
        journeys = interaction.client.services.journeys
        acts = {Act.DONE: journeys.finish, Act.SKIP: journeys.skip, Act.REOPEN: journeys.reopen}
        await acts[self.act](*whose, [self.task])
        return await opened(interaction, self.task)


class NoteButton(LastingButton, template=rf"journey:v1:note:{TASK}:{OWNER}"):
    """Asks for a note on a task."""

    def __init__(self, task: int, owner: int) -> None:
        custom_id = f"journey:v1:note:{task}:{owner}"
        super().__init__(ui.Button(label=_("Note…"), custom_id=custom_id))
        self.task = task
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["task"]), int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open the form, with the note that is there."""
        whose = require_owner(interaction, self.owner)
        _journey, task = await interaction.client.services.journeys.task(*whose, self.task)
        field = Field(NOTE, _("For yourself alone"), task.note, MAX_NOTE, long=True, required=False)
        custom_id = f"journey:v1:noted:{self.task}:{self.owner}"
        await interaction.response.send_modal(modal(_("Note on the task"), custom_id, field))


class NoteForm(Form):
    """Keeps the note."""

    template = rf"journey:v1:noted:{TASK}:{OWNER}"
    gives_back = True

    def __init__(self, task: int, owner: int) -> None:
        self.task = task
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(int(match["task"]), int(match["owner"]))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Keep it, and show the task with it."""
        await in_place(interaction, self._noted(interaction, typed[NOTE]))

    async def _noted(self, interaction: discord.Interaction[Waymark], note: str) -> ui.LayoutView:
        whose = require_owner(interaction, self.owner)
        await interaction.client.services.journeys.write_note(*whose, self.task, note)
        return await opened(interaction, self.task)


async def opened(interaction: discord.Interaction[Waymark], task_id: int) -> ui.LayoutView:
    """Return the card of one's task. Raises NoJourney or NoSuchTask."""
    whose = interaction.guild_id or 0, interaction.user.id
    return task_card(*await interaction.client.services.journeys.task(*whose, task_id))


def task_card(journey: Journey, task: Task) -> ui.LayoutView:
    """Show one task, with what can be done with it."""
    item = task.item
    phase = f"{item.phase + 1}. {clip(item.phase_title, words.LONGEST_TITLE)}"
    lines = [f"{SIGNS[task.state]} {item.text}", _state(journey, task)]
    if task.note:
        quoted = "\n".join(f"> {inert(line)}" for line in task.note.splitlines())
        lines += ["", quoted]
    return card(
        heading=heading(_("Milestone") if item.is_milestone else _("Task"), phase),
        body="\n".join(lines),
        small_print=_("-# Your note is yours alone."),
        rows=[[*_buttons(journey, task)]],
    )


def _state(journey: Journey, task: Task) -> str:
    if task.done_on:
        state = _("Done on {day}.").format(day=words.dated(task.done_on))
    elif task.is_open:
        state = _("By {day}.").format(day=words.dated(journey.plan.dates[task.id]))
    elif task.state is TaskState.SKIPPED:
        state = _("Skipped: it counts for nothing.")
    else:
        state = _("Open.")
    dropped = _(" The career's roadmap no longer has it.") if task.archived else ""
    return f"{state}{dropped}"


def _buttons(journey: Journey, task: Task) -> Iterator[ui.Item[Any]]:
    owner = journey.member_id
    if task.state is TaskState.OPEN:
        yield TaskButton(Act.DONE, task.id, owner, _("Done"))
        yield TaskButton(Act.SKIP, task.id, owner, _("Skip"))
    else:
        yield TaskButton(Act.REOPEN, task.id, owner, _("Take back"))
    yield NoteButton(task.id, owner)
    yield ui.Button(label=_("My journey"), custom_id=shows(task.item.phase, owner))


def _option(task: Task) -> discord.SelectOption:
    label = f"{SIGNS[task.state]} {task.item.text}"
    return discord.SelectOption(label=clip(label, MAX_OPTION_TEXT), value=str(task.id))
