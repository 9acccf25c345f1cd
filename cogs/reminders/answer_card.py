"""Saying back what was understood, or asking what was meant; nothing typed is lost."""

import re
from collections.abc import Awaitable, Mapping
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.forms import Field, Form, modal
from bot.chat.limits import MAX_BUTTON_LABEL, clip
from bot.client import Waymark
from bot.i18n import _
from bot.members.settings import ZONE
from bot.reminders.model import Draft, Planned, Question, Wish
from bot.when.errors import ZoneNeeded
from cogs.reminders.reminder_card import ID, WHAT, WHEN, quoted, reminder_card, wish_modal

TYPE_AGAIN, SET_ZONE = "type", "zone"
CHOICES = 5
CITY = "city"


class DraftButton(
    LastingButton, template=rf"remind:v1:draft:{ID}:(?P<way>\d|{TYPE_AGAIN}|{SET_ZONE})"
):
    """Goes on with what was typed: by one of the choices, by typing, or with a zone."""

    def __init__(self, draft_id: int, way: str, label: str = "") -> None:
        label = clip(label, MAX_BUTTON_LABEL)
        super().__init__(ui.Button(label=label, custom_id=f"remind:v1:draft:{draft_id}:{way}"))
        self.draft_id = draft_id
        self.way = way

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), match["way"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Take the choice, or open the form."""
        reminders = interaction.client.services.reminders
        draft = await reminders.draft(self.draft_id, interaction.user.id)
        if self.way == TYPE_AGAIN:
            await interaction.response.send_modal(again_modal(draft))
        elif self.way == SET_ZONE:
            await interaction.response.send_modal(_zone_modal(draft))
        else:
            await in_place(interaction, _gone_on(interaction, draft, draft.choices[int(self.way)]))


class DraftForm(Form):
    """Types a draft again."""

    template = rf"remind:v1:again:{ID}"

    def __init__(self, draft_id: int) -> None:
        self.draft_id = draft_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(int(match["id"]))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Go on with what was typed."""
        await _answer(interaction, self._typed(interaction, typed))

    async def _typed(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> ui.LayoutView:
        reminders = interaction.client.services.reminders
        draft = await reminders.draft(self.draft_id, interaction.user.id)
        return await _gone_on(interaction, draft, typed[WHEN], typed[WHAT])


class ZoneForm(DraftForm):
    """Asks for the member's zone, keeps it, and goes on with the draft."""

    template = rf"remind:v1:zone:{ID}"

    async def _typed(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> ui.LayoutView:
        """Keep the zone; raises UnclearZone, and the draft and its buttons stay."""
        services, user_id = interaction.client.services, interaction.user.id
        draft = await services.reminders.draft(self.draft_id, user_id)
        await services.preferences.set(ZONE, user_id, ZONE.parse(typed[CITY]), by=user_id)
        return await _gone_on(interaction, draft, draft.wish.when)


class EditForm(Form):
    """Edits a reminder."""

    template = rf"remind:v1:edit:{ID}"

    def __init__(self, reminder_id: int) -> None:
        self.reminder_id = reminder_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(int(match["id"]))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Change the reminder as typed."""
        await _answer(interaction, self._edited(interaction, typed))

    async def _edited(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> ui.LayoutView:
        reminders, user_id = interaction.client.services.reminders, interaction.user.id
        before = (await reminders.get(self.reminder_id, user_id)).reminder
        wish = Wish(
            user_id,
            before.guild_id,
            before.channel_id,
            before.place,
            typed[WHEN],
            typed[WHAT],
            before.id,
        )
        return answer_card(interaction, await reminders.ask(wish))


async def _answer(
    interaction: discord.Interaction[Waymark], view: Awaitable[ui.LayoutView]
) -> None:
    """Show a card in the place of the one that led here, or privately where there was none."""
    if interaction.message is None:
        await privately(interaction, view)
    else:
        await in_place(interaction, view)


async def _gone_on(
    interaction: discord.Interaction[Waymark], draft: Draft, when: str, what: str | None = None
) -> ui.LayoutView:
    """Answer a draft's question, and return what comes of it."""
    answered = await interaction.client.services.reminders.answer(draft, when, what)
    return answer_card(interaction, answered)


def answer_card(
    interaction: discord.Interaction[Waymark], answered: Planned | Question
) -> ui.LayoutView:
    """Show the reminder as it was understood, or the question."""
    if isinstance(answered, Question):
        return question_card(answered)
    return reminder_card(answered, _("I'll remind you"), interaction.client.services.clock.now())


def question_card(question: Question) -> ui.LayoutView:
    """Ask what was meant, with what was typed."""
    draft, problem = question.draft, question.problem
    ways = [
        DraftButton(draft.id, str(index), choice)
        for index, choice in enumerate(draft.choices[:CHOICES])
    ]
    if isinstance(problem, ZoneNeeded):
        ways = [DraftButton(draft.id, SET_ZONE, _("Set my time zone"))]
    return card(
        heading=heading(_("When is that?"), str(problem)),
        body=_("When: {when}\n{what}").format(
            when=discord.utils.escape_markdown(draft.wish.when), what=quoted(draft.wish.what)
        ),
        rows=[ways, [DraftButton(draft.id, TYPE_AGAIN, _("Type it again"))]],
    )


def again_modal(draft: Draft) -> ui.Modal:
    """Return the form in which a draft is typed again."""
    wish = draft.wish
    return wish_modal(_("Your reminder"), f"remind:v1:again:{draft.id}", wish.when, wish.what)


def _zone_modal(draft: Draft) -> ui.Modal:
    city = Field(CITY, _("A city in your time zone"), placeholder=_("Berlin, São Paulo, Kolkata …"))
    return modal(_("Your time zone"), f"remind:v1:zone:{draft.id}", city)
