"""A check-in as it is asked and answered, and its buttons."""

import re
from collections.abc import Awaitable, Sequence
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.forms import Field, modal
from bot.chat.limits import MAX_OPTION_TEXT, clip
from bot.chat.quoting import inert
from bot.checkins.model import (
    MAX_ANSWER,
    MAX_HELP,
    Answer,
    Help,
    NobodyToTell,
    NotYourCheckin,
    OpenTask,
    Prompt,
    Sheet,
)
from bot.checkins.own.answering import Stuck
from bot.client import Waymark
from bot.i18n import _
from cogs.checkins import words
from cogs.checkins.places import ID, OWNER, Act

TASKS, HELP = "tasks", "help"
SHOWN_RESOURCES = 5
ANSWERS = {
    Act.ON_TRACK: Answer.ON_TRACK,
    Act.SKIP: Answer.SKIP,
}


class AnswerButton(LastingButton, template=rf"checkin:v1:(?P<act>{'|'.join(Act)}):{ID}:{OWNER}"):
    """Answers a check-in, for its member alone."""

    def __init__(self, act: Act, day_id: int, owner: int, label: str = "…") -> None:
        primary = discord.ButtonStyle.success
        style = primary if act is Act.DONE else discord.ButtonStyle.secondary
        custom_id = f"checkin:v1:{act}:{day_id}:{owner}"
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id))
        self.act = act
        self.day_id = day_id
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Act(match["act"]), int(match["id"]), int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Keep the answer, or open the form for it."""
        await require_allowed(interaction, self.day_id, self.owner)
        if self.act is Act.DONE:
            await self._open_form(interaction)
        elif self.act is Act.TELL:
            await self._open_note(interaction)
        else:
            await where_it_was(interaction, self._answered(interaction))

    async def _open_form(self, interaction: discord.Interaction[Waymark]) -> None:
        answers = interaction.client.services.checkins.answers
        sheet = await answers.sheet(self.day_id, self.owner)
        await interaction.response.send_modal(fill_in_modal(sheet))

    async def _open_note(self, interaction: discord.Interaction[Waymark]) -> None:
        answers = interaction.client.services.checkins.answers
        stuck = await answers.help_for(await answers.get(self.day_id, self.owner))
        if not stuck.can_tell:
            raise NobodyToTell
        await interaction.response.send_modal(note_modal(stuck.prompt))

    async def _answered(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        answers = interaction.client.services.checkins.answers
        if self.act is Act.STUCK:
            return stuck_card(await answers.stuck(self.day_id, self.owner))
        if self.act is Act.UNDO:
            return prompt_card(await answers.take_back(self.day_id, self.owner))
        return answered_card(await answers.answer(self.day_id, self.owner, ANSWERS[self.act]))


def require_own(interaction: discord.Interaction[Waymark], owner: int) -> None:
    """Raise NotYourCheckin unless it is the presser's."""
    if interaction.user.id != owner:
        raise NotYourCheckin


async def require_allowed(
    interaction: discord.Interaction[Waymark], day_id: int, owner: int
) -> None:
    """Raise NotYourCheckin unless it is the presser's, and Blocked if they are in its server."""
    require_own(interaction, owner)
    if interaction.guild_id is None:
        services = interaction.client.services
        prompt = await services.checkins.answers.get(day_id, owner)
        await services.blocks.check(prompt.day.guild_id, owner)


async def where_it_was(
    interaction: discord.Interaction[Waymark], showable: Awaitable[ui.LayoutView]
) -> None:
    """Put a card in the place of the one that was pressed, or, where others see it, apart."""
    message = interaction.message
    is_hidden = message is not None and message.flags.ephemeral
    if interaction.guild_id is None or is_hidden:
        await in_place(interaction, showable)
    else:
        await privately(interaction, showable)


def prompt_card(prompt: Prompt, *, in_public: bool = False, again: bool = False) -> ui.LayoutView:
    """Ask how it goes; in public nothing is said of where its member was."""
    member = prompt.config.member_id
    lines = [f"<@{member}>"] if in_public else []
    if prompt.is_back and not in_public:
        lines.append(_("Welcome back! Take it up where you like."))
    if again:
        lines.append(_("Just in case: today's is still open. I won't ask again."))
    lines += [f"**{inert(each)}**" for each in words.questions(prompt.questions)]
    if prompt.reopened:
        lines.insert(0, words.reopened(prompt.reopened))
    if prompt.left_out and not in_public:
        lines.append(f"-# {words.lost(prompt.left_out)}")
    return card(
        heading=heading(_("How is it going?"), words.written(prompt.day.day)),
        body="\n".join(lines),
        small_print=_("-# Only you see what you answer."),
        rows=[answer_buttons(prompt)],
    )


def answer_buttons(prompt: Prompt) -> list[AnswerButton]:
    """Return the four answers."""
    return [
        AnswerButton(Act(answer.value), prompt.day.id, prompt.config.member_id, _(label))
        for answer, label in words.ANSWERS.items()
    ]


def answered_card(prompt: Prompt) -> ui.LayoutView:
    """Show what was answered, with the way back."""
    day = prompt.day
    lines = words.said(prompt)
    if day.finished:
        lines.insert(0, words.ticked(day.finished))
    if day.help_wanted:
        lines.append(_("Facilitators were told: {text}").format(text=inert(day.help_wanted)))
    answer = day.answer or Answer.SKIP
    return card(
        heading=heading(_(words.ANSWERS[answer]), words.written(day.day)),
        body="\n".join(lines) or _ending(answer),
        rows=[_afterwards(prompt)],
    )


def _ending(answer: Answer) -> str:
    return {
        Answer.DONE: _("Well done!"),
        Answer.ON_TRACK: _("Good to hear. Keep going!"),
        Answer.STUCK: _("That happens to everyone. A small step is enough."),
        Answer.SKIP: _("All right. See you next time."),
    }[answer]


def _afterwards(prompt: Prompt) -> list[AnswerButton]:
    day_id, owner = prompt.day.id, prompt.config.member_id
    undo = AnswerButton(Act.UNDO, day_id, owner, _("Undo"))
    if prompt.day.answer is Answer.SKIP:
        return [undo]
    add = _("Change") if prompt.day.said else _("Add a note")
    return [AnswerButton(Act.DONE, day_id, owner, add), undo]


def stuck_card(stuck: Stuck) -> ui.LayoutView:
    """Show what may help a member who is stuck."""
    prompt = stuck.prompt
    lines = [_("That happens to everyone. A small step is enough."), *_resources(stuck.help)]
    rows = [_afterwards(prompt)]
    if stuck.can_tell and prompt.day.help_wanted is None:
        tell = AnswerButton(Act.TELL, prompt.day.id, prompt.config.member_id, _("Ask for help…"))
        lines.append(_("Facilitators can help too. They hear only what you write to them."))
        rows.insert(0, [tell])
    return card(
        heading=heading(_("Stuck"), words.written(prompt.day.day)),
        body="\n".join(lines),
        rows=rows,
    )


def _resources(found: Help | None) -> Sequence[str]:
    if found is None:
        return ()
    lines = [_("You are at **{phase}**. This may help:").format(phase=inert(found.phase))]
    for each in found.resources[:SHOWN_RESOURCES]:
        lines.append(f"- {inert(each.title)}" + (f": <{each.url}>" if each.url else ""))
    return lines if found.resources else [lines[0].partition(".")[0] + "."]


def fill_in_modal(sheet: Sheet) -> ui.Modal:
    """Return the form for what was done: open tasks to tick, and each question."""
    prompt = sheet.prompt
    asked = words.questions(prompt.questions)
    last = (*sheet.last, *[""] * len(asked))
    fields = [
        Field(f"q{number}", question, last[number], MAX_ANSWER, long=True, required=False)
        for number, question in enumerate(asked)
    ]
    form = modal(_("Check-in"), f"checkin:v1:fill:{prompt.day.id}:{prompt.config.member_id}")
    if sheet.tasks:
        form.add_item(_task_menu(sheet.tasks))
    for part in modal("…", "…", *fields).children:
        form.add_item(part)
    return form


def _task_menu(tasks: Sequence[OpenTask]) -> ui.Label[ui.Modal]:
    options = [
        discord.SelectOption(label=clip(task.title, MAX_OPTION_TEXT), value=str(task.id))
        for task in tasks
    ]
    menu: ui.Select[ui.Modal] = ui.Select(
        custom_id=TASKS, options=options, min_values=0, max_values=len(options), required=False
    )
    return ui.Label(text=_("What is done?"), component=menu)


def note_modal(prompt: Prompt) -> ui.Modal:
    """Return the form for a note to facilitators."""
    said = next(iter(prompt.day.said), "")
    field = Field(HELP, _("What are you stuck on?"), said, MAX_HELP, long=True)
    custom_id = f"checkin:v1:note:{prompt.day.id}:{prompt.config.member_id}"
    return modal(_("Facilitators read it, with your name"), custom_id, field)
