"""One milestone, and what its member can do with it."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import clip
from bot.chat.quoting import inert, titled
from bot.client import Waymark
from bot.i18n import _
from bot.milestones.model import Kind, Milestone, Seen, State, Visibility
from bot.milestones.stages import UNDER_WAY, Outcome, Stage
from bot.milestones.typed import Typed
from cogs.celebrations.offer import offer
from cogs.milestones import words
from cogs.milestones.access import ID, OWNER, owner_here
from cogs.milestones.edit_modal import edit_modal
from cogs.reminders.answer_card import answer_card

MAX_NOTE_SHOWN = 1200
"""Characters of a note that can't act any more."""

STEPS_SHOWN = 6


class Act(StrEnum):
    """What can be done with a milestone."""

    OPEN = "open"
    DONE = "done"
    REOPEN = "reopen"
    EDIT = "edit"
    SHARE = "share"
    HIDE = "hide"
    REMOVE = "remove"
    RESTORE = "restore"


class MilestoneButton(
    LastingButton, template=rf"milestone:v1:(?P<act>{'|'.join(Act)}):{ID}:{OWNER}"
):
    """Does one thing with one milestone, for its member alone."""

    def __init__(self, act: Act, milestone_id: int, owner: int, label: str = "…") -> None:
        style = discord.ButtonStyle.success if act is Act.DONE else discord.ButtonStyle.secondary
        custom_id = f"milestone:v1:{act}:{milestone_id}:{owner}"
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id))
        self.act = act
        self.milestone_id = milestone_id
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Act(match["act"]), int(match["id"]), int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it, and show how the milestone stands now."""
        whose = owner_here(interaction, self.owner)
        if self.act is Act.EDIT:
            milestones = interaction.client.services.milestones
            seen = await milestones.get(*whose, self.milestone_id)
            await interaction.response.send_modal(edit_modal(seen.milestone))
        else:
            await in_place(interaction, self._acted(interaction, whose))
            await offer(interaction)

    async def _acted(
        self, interaction: discord.Interaction[Waymark], whose: tuple[int, int]
    ) -> ui.LayoutView:
        milestones, own = interaction.client.services.milestones, (*whose, self.milestone_id)
        if self.act is Act.REMOVE:
            return removed_card(await milestones.remove(*own))
        if self.act in {Act.SHARE, Act.HIDE}:
            seen_by = Visibility.SERVER if self.act is Act.SHARE else Visibility.ME
            return milestone_card(await milestones.edit(*own, Typed(visibility=seen_by)))
        act = {
            Act.OPEN: milestones.get,
            Act.DONE: milestones.done,
            Act.REOPEN: milestones.reopen,
            Act.RESTORE: milestones.restore,
        }[self.act]
        return milestone_card(await act(*own))


class StageSelect(LastingSelect, template=rf"milestone:v1:stage:{ID}:{OWNER}"):
    """Moves an application to a stage, or closes it and says how it ended."""

    def __init__(
        self, milestone_id: int, owner: int, options: Sequence[discord.SelectOption] = ()
    ) -> None:
        super().__init__(
            ui.Select(
                custom_id=f"milestone:v1:stage:{milestone_id}:{owner}",
                placeholder=_("Where does it stand?"),
                options=[*options],
            )
        )
        self.milestone_id = milestone_id
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(int(match["id"]), int(match["owner"]))

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Move it."""
        whose = owner_here(interaction, self.owner)
        await in_place(interaction, self._moved(interaction, whose, value))
        await offer(interaction)

    async def _moved(
        self, interaction: discord.Interaction[Waymark], whose: tuple[int, int], value: str
    ) -> ui.LayoutView:
        stage, _sign, outcome = value.partition(":")
        ended = Outcome(outcome) if outcome else None
        milestones = interaction.client.services.milestones
        return milestone_card(await milestones.move(*whose, self.milestone_id, Stage(stage), ended))


class RemindButton(LastingButton, template=rf"milestone:v1:remind:{ID}:{OWNER}"):
    """Makes a reminder of an application's next step, one of the member's own."""

    def __init__(self, milestone_id: int, owner: int) -> None:
        custom_id = f"milestone:v1:remind:{milestone_id}:{owner}"
        super().__init__(ui.Button(label=_("Remind me"), custom_id=custom_id))
        self.milestone_id = milestone_id
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Plan it, and say when it comes."""
        whose = owner_here(interaction, self.owner)
        await privately(interaction, self._planned(interaction, whose))

    async def _planned(
        self, interaction: discord.Interaction[Waymark], whose: tuple[int, int]
    ) -> ui.LayoutView:
        next_steps = interaction.client.services.next_steps
        return answer_card(interaction, await next_steps.remind(*whose, self.milestone_id))


def milestone_card(seen: Seen, note: str = "", *, is_new: bool = False) -> ui.LayoutView:
    """Show a milestone to its member; a new one can be undone."""
    milestone = seen.milestone
    return card(
        heading=heading(titled(milestone.details.title), _subtitle(milestone)),
        body="\n".join([*_said(seen, note), *_lines(seen)]),
        rows=[[*_menu(milestone)], [*_controls(milestone, is_new=is_new)]],
    )


def removed_card(milestone: Milestone) -> ui.LayoutView:
    """Show what was removed, with the way back."""
    undo = MilestoneButton(Act.RESTORE, milestone.id, milestone.member_id, _("Undo"))
    return card(
        heading=heading(_("Removed"), _("You can bring it back for a day.")),
        body=f"> {words.title_of(milestone.details)}",
        rows=[[undo]],
    )


def _subtitle(milestone: Milestone) -> str:
    seen_by = _(words.SEEN_BY[milestone.details.visibility])
    state = _("done") if milestone.state is State.DONE else _("open")
    kind = _(words.KINDS[milestone.details.kind])
    return f"{kind} · {state} · {seen_by}"


def _said(seen: Seen, note: str) -> Iterator[str]:
    if note:
        yield f"**{note}**"
    for problem in seen.problems:
        yield f"**{inert(problem)}**"


def _lines(seen: Seen) -> Iterator[str]:
    milestone, details = seen.milestone, seen.milestone.details
    if details.note:
        lines = inert(details.note).splitlines()
        yield clip("\n".join(f"> {line}" for line in lines), MAX_NOTE_SHOWN)
    yield from _times(seen)
    if details.progress:
        yield _("Progress: {progress}").format(progress=words.progress(details.progress))
    if details.category:
        yield _("Category: {category}").format(category=inert(details.category))
    if details.kind is Kind.APPLICATION:
        yield from _way(seen)
    elif details.due is None and milestone.state is State.OPEN and not details.note:
        yield _("No due date. *Edit* sets one.")


def _times(seen: Seen) -> Iterator[str]:
    milestone, due = seen.milestone, seen.milestone.details.due
    if milestone.done_at:
        closed = _("Closed {when}. It was effort, and it counts.")
        text = _("Done {when}. Well done!") if milestone.is_achieved else closed
        yield text.format(when=format_dt(milestone.done_at, "D"))
    elif milestone.was_done_at:
        text = _("It was done {when} and is open again.")
        yield text.format(when=format_dt(milestone.was_done_at, "D"))
    if due and milestone.state is State.OPEN:
        text = words.due(due, seen.today)
        yield f"{text[:1].upper()}{text[1:]}"
    elif due:
        yield _("Due date: {date}").format(date=words.day(due))


def _way(seen: Seen) -> Iterator[str]:
    details = seen.milestone.details
    yield _("Stage: {stage}").format(stage=words.stage(seen.milestone))
    if details.next_step or details.next_on:
        parts = [inert(details.next_step)] if details.next_step else []
        parts += [words.day(details.next_on)] if details.next_on else []
        yield _("Next: {next}").format(next=" · ".join(parts))
    for step in seen.steps[-STEPS_SHOWN:]:
        name = _(words.STAGES[step.stage])
        yield f"- {name}: {format_dt(step.at, 'D')}"


def _menu(milestone: Milestone) -> Iterator[StageSelect]:
    if milestone.details.kind is not Kind.APPLICATION:
        return
    options = [
        discord.SelectOption(
            label=_(words.STAGES[stage]), value=stage.value, default=stage is milestone.stage
        )
        for stage in UNDER_WAY
    ]
    closed = milestone.stage is Stage.CLOSED
    options += [
        discord.SelectOption(
            label=_("closed: {outcome}").format(outcome=_(words.OUTCOMES[outcome])),
            value=f"{Stage.CLOSED}:{outcome}",
            default=closed and outcome is milestone.outcome,
        )
        for outcome in Outcome
    ]
    yield StageSelect(milestone.id, milestone.member_id, options)


def _controls(milestone: Milestone, *, is_new: bool) -> Iterator[ui.Item[Any]]:
    def button(act: Act, label: str) -> MilestoneButton:
        return MilestoneButton(act, milestone.id, milestone.member_id, label)

    is_open, kind = milestone.state is State.OPEN, milestone.details.kind
    if not is_open:
        yield button(Act.REOPEN, _("Undo"))
    elif kind is not Kind.APPLICATION:
        yield button(Act.DONE, _("Done"))
    yield button(Act.EDIT, _("Edit"))
    if is_open and milestone.details.next_on and kind is Kind.APPLICATION:
        yield RemindButton(milestone.id, milestone.member_id)
    if kind is Kind.GOAL:
        shared = milestone.details.visibility is Visibility.SERVER
        share = button(Act.SHARE, _("Show to the server"))
        yield button(Act.HIDE, _("Make private")) if shared else share
    yield button(Act.REMOVE, _("Undo") if is_new else _("Remove"))
