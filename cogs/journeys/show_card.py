"""A journey at a glance: progress, what comes next, a phase's tasks to tick, and the picture."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, Self

import discord
from discord import ui

from bot.careers.model import Resource
from bot.chat.answering import Shown, in_place
from bot.chat.cards import MAX_BODY, card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import MAX_ALT_TEXT, MAX_OPTION_TEXT, clip, cost
from bot.client import Waymark
from bot.i18n import _
from bot.journeys.journey import Journey
from bot.journeys.model import Phase, Task
from bot.journeys.progress import progress
from bot.journeys.progress_picture import alt_text, draw
from bot.pictures.drawing import drawn
from cogs.celebrations.offer import offer
from cogs.journeys import words
from cogs.journeys.places import OWNER, PHASE, require_owner, shows
from cogs.journeys.sheet import CsvButton
from cogs.journeys.task_card import SIGNS, TaskSelect

PICTURE = "journey.png"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

SHOWN_OF_A_TASK = 110
"""Characters, so that the thirteen that a phase may have fit on a card."""

TASK_ID = re.compile(r"\d{1,19}")


class TickSelect(LastingSelect, template=rf"journey:v1:tick:{PHASE}:{OWNER}"):
    """Notes that tasks of a phase are done."""

    def __init__(self, phase: int, owner: int, tasks: Sequence[Task] = ()) -> None:
        super().__init__(
            ui.Select(
                custom_id=f"journey:v1:tick:{phase}:{owner}",
                placeholder=_("Tick what you have done…"),
                options=[*map(_option, tasks)],
                max_values=max(len(tasks), 1),
            )
        )
        self.phase = phase
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(int(match["phase"]), int(match["owner"]))

    async def all_chosen(
        self, interaction: discord.Interaction[Waymark], values: Sequence[str]
    ) -> None:
        """Note it."""
        await in_place(interaction, self._ticked(interaction, values))
        await offer(interaction)

    async def _ticked(
        self, interaction: discord.Interaction[Waymark], values: Sequence[str]
    ) -> Shown:
        whose = require_owner(interaction, self.owner)
        ids = {int(value) for value in values if TASK_ID.fullmatch(value)}
        finished = await interaction.client.services.journeys.finish(*whose, ids)
        undo = UndoTickButton(self.phase, self.owner, finished.at)
        news = [_("✅ {tasks} done.").format(tasks=words.tasks(len(finished.tasks)))]
        for phase in finished.phases:
            news.append(_("**{phase}** is complete.").format(phase=phase.title))
        if finished.is_over:
            news.append(_("That was the last one: you have come all the way."))
        return await show(interaction, self.owner, self.phase, " ".join(news), [undo])


class UndoTickButton(LastingButton, template=rf"journey:v1:untick:{PHASE}:(?P<at>\d+):{OWNER}"):
    """Takes back what was ticked at once."""

    def __init__(self, phase: int, owner: int, at: datetime) -> None:
        custom_id = f"journey:v1:untick:{phase}:{(at - EPOCH) // MICROSECOND}:{owner}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.phase = phase
        self.owner = owner
        self.at = at

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        at = EPOCH + int(match["at"]) * MICROSECOND
        return cls(int(match["phase"]), int(match["owner"]), at)

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Take it back."""
        await in_place(interaction, self._taken_back(interaction))

    async def _taken_back(self, interaction: discord.Interaction[Waymark]) -> Shown:
        whose = require_owner(interaction, self.owner)
        await interaction.client.services.journeys.reopen_done_at(*whose, self.at)
        return await show(interaction, self.owner, self.phase, _("Taken back."))


class PhaseButton(LastingButton, template=rf"journey:v1:show:(?P<sign>\w):{PHASE}:{OWNER}"):
    """Shows the journey with another phase's tasks; `sign` tells buttons of one card apart."""

    def __init__(self, phase: int, owner: int, label: str = "…", sign: str = "b") -> None:
        super().__init__(ui.Button(label=label, custom_id=shows(phase, owner, sign)))
        self.phase = phase
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["phase"]), int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show it."""
        require_owner(interaction, self.owner)
        await in_place(interaction, show(interaction, self.owner, self.phase))


async def show(
    interaction: discord.Interaction[Waymark],
    member_id: int,
    phase: int | None = None,
    news: str = "",
    buttons: Sequence[LastingButton] = (),
) -> Shown:
    """Return a member's journey with its picture, as whoever acts may see it.

    Raises NoJourney or NotShown.
    """
    services, viewer = interaction.client.services, interaction.user.id
    journey = await services.journeys.seen(interaction.guild_id or 0, member_id, viewer)
    seen = progress(journey)
    picture = Picture(alt_text(seen))
    drawing = await drawn(draw, seen, await services.members.look(viewer))
    file = discord.File(BytesIO(drawing), PICTURE)
    if viewer != member_id:
        return Shown(public_card(journey, picture), (file,))
    chosen = _chosen_phase(journey, phase)
    resources = _resources(interaction, journey, chosen)
    view = own_card(journey, chosen, picture, resources=resources, buttons=buttons, news=news)
    return Shown(view, (file,))


@dataclass(frozen=True)
class Picture:
    """The attached picture, with its numbers in words."""

    words: str

    def gallery(self) -> list[discord.MediaGalleryItem]:
        """Return the picture for a card, with its alt text."""
        description = clip(self.words, MAX_ALT_TEXT)
        return [discord.MediaGalleryItem(f"attachment://{PICTURE}", description=description)]


def own_card(
    journey: Journey,
    phase: Phase,
    picture: Picture,
    *,
    resources: Sequence[Resource] = (),
    buttons: Sequence[LastingButton] = (),
    news: str = "",
) -> ui.LayoutView:
    """Show a journey to its member, with the tasks of one phase to tick."""
    return card(
        heading=heading(journey.role_title, news or _next(journey)),
        body=_body(journey, phase, resources),
        small_print="\n".join([f"-# {picture.words}", *_archived(journey)]),
        pictures=picture.gallery(),
        rows=_rows(journey, phase, buttons),
    )


def public_card(journey: Journey, picture: Picture) -> ui.LayoutView:
    """Show a journey to others: progress and dates alone."""
    whose = _("<@{member}> is on the way").format(member=journey.member_id)
    lines = [words.work_left(journey), words.ending(journey), words.against_plan(journey)]
    return card(
        heading=heading(journey.role_title, whose),
        body="\n".join([*filter(None, lines), "", *words.phase_lines(journey)]),
        small_print=f"-# {picture.words}",
        pictures=picture.gallery(),
    )


def _chosen_phase(journey: Journey, place: int | None) -> Phase:
    """Return the phase at that place, else the present one, else the last one."""
    at = next((phase for phase in journey.phases if phase.place == place), None)
    return at or journey.phase or journey.phases[-1]


def _next(journey: Journey) -> str:
    first = next(iter(journey.open_tasks), None)
    if first is None:
        return _("Nothing is open: you have come all the way.")
    day = words.dated(journey.plan.dates[first.id])
    text = _("Next, by {day}: {task}")
    return text.format(day=day, task=clip(first.item.text, SHOWN_OF_A_TASK))


def _body(journey: Journey, phase: Phase, resources: Sequence[Resource]) -> str:
    lines = [
        words.work_left(journey),
        " ".join(filter(None, [words.ending(journey), words.against_plan(journey)])),
        *words.target_lines(journey),
        f"### {phase.place + 1}. {clip(phase.title, words.LONGEST_TITLE)}",
        *(_task_line(journey, task) for task in phase.tasks),
    ]
    return "\n".join([*lines, *_fitting(resources, MAX_BODY - cost("\n".join(lines)))])


def _task_line(journey: Journey, task: Task) -> str:
    text = clip(task.item.text, SHOWN_OF_A_TASK)
    shown = f"**{text}**" if task.item.is_milestone else text
    if task.done_on:
        when = _(" · {day}").format(day=words.dated(task.done_on))
    elif task.is_open:
        when = _(" · by {day}").format(day=words.dated(journey.plan.dates[task.id]))
    else:
        when = _(" · skipped")
    note = " ✏️" if task.note else ""
    return f"{SIGNS[task.state]} {shown}{when}{note}"


def _fitting(resources: Sequence[Resource], room: int) -> Iterator[str]:
    """Return as many resources as there is room for."""
    lines = [_("**Resources**")]
    for each in resources:
        line = f"- [{each.title}]({each.url})" if each.url else f"- {each.title}"
        if cost("\n".join([*lines, line])) + 1 > room:
            break
        lines.append(line)
    if len(lines) > 1:
        yield from lines


def _resources(
    interaction: discord.Interaction[Waymark], journey: Journey, phase: Phase
) -> Sequence[Resource]:
    loaded = interaction.client.services.careers.registry.get(journey.role)
    found = loaded.role.roadmap if loaded else ()
    return next((each.resources for each in found if each.title == phase.title), ())


def _archived(journey: Journey) -> Iterator[str]:
    if journey.archived:
        text = _("-# The career's roadmap has changed. It no longer has, but you keep: {tasks}.")
        named = (
            f"{SIGNS[task.state]} {clip(task.item.text, SHOWN_OF_A_TASK)}"
            for task in journey.archived
        )
        yield text.format(tasks=", ".join(named))


def _rows(
    journey: Journey, phase: Phase, buttons: Sequence[LastingButton]
) -> list[list[ui.Item[Any]]]:
    owner = journey.member_id
    still = [task for task in phase.tasks if task.is_open]
    rows: list[list[ui.Item[Any]]] = []
    if still:
        rows.append([TickSelect(phase.place, owner, still)])
    rows.append([TaskSelect(phase.place, owner, (*phase.tasks, *journey.archived))])
    turns = [*_turns(journey, phase), *buttons, CsvButton(owner)]
    return [*rows, [*turns]]


def _turns(journey: Journey, phase: Phase) -> Iterator[PhaseButton]:
    at = journey.phases.index(phase)
    if at > 0:
        yield PhaseButton(journey.phases[at - 1].place, journey.member_id, _("◀ Phase"), "p")
    if at + 1 < len(journey.phases):
        yield PhaseButton(journey.phases[at + 1].place, journey.member_id, _("Phase ▶"), "n")


def _option(task: Task) -> discord.SelectOption:
    label = clip(task.item.text, MAX_OPTION_TEXT)
    return discord.SelectOption(label=label, value=str(task.id))
