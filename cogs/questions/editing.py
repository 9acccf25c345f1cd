"""Wording a question differently; who comes second sees both wordings."""

import re
from collections.abc import Mapping
from typing import Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import Shown, in_place, privately
from bot.chat.components import LastingButton
from bot.chat.forms import Form
from bot.chat.limits import clip
from bot.chat.parts import line, paragraph
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _
from bot.questions.own import ChangedSince, Own
from bot.questions.text import checked
from cogs.faq.access import facilitating
from cogs.questions.kept import kept_card, kept_on
from cogs.questions.places import ID, Edit
from cogs.questions.question_card import changed_card
from cogs.questions.typed import Typed, edit_modal, in_parts, typed_of

MAX_THEIRS = 1000
"""Characters of what somebody else has written meanwhile."""


class EditButton(LastingButton, template=rf"questions:v1:editing:{ID}"):
    """Opens the form in which a question is worded differently."""

    def __init__(self, question_id: int) -> None:
        custom_id = f"questions:v1:editing:{question_id}"
        super().__init__(ui.Button(label=_("Edit"), custom_id=custom_id))
        self.question_id = question_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open the form."""
        guild_id = await facilitating(interaction)
        own = await interaction.client.services.questions.own(guild_id, self.question_id)
        modal = edit_modal(Edit(own.id, own.version), typed_of(own.text))
        await interaction.response.send_modal(modal)


class ReeditButton(LastingButton, template=rf"questions:v1:redo:{Edit.PATTERN}"):
    """Opens the form of an edit with what the card keeps."""

    def __init__(self, edit: Edit) -> None:
        custom_id = f"questions:v1:redo:{edit}"
        super().__init__(ui.Button(label=_("Change what I typed"), custom_id=custom_id))
        self.edit = edit

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Edit.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open the form."""
        await facilitating(interaction)
        typed = await kept_on(interaction)
        await interaction.response.send_modal(edit_modal(self.edit, typed))


class EditForm(Form):
    """Words a question differently."""

    template = rf"questions:v1:edit:{Edit.PATTERN}"

    def __init__(self, edit: Edit) -> None:
        self.edit = edit

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(Edit.read(match))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Save it, or show why not."""
        put = privately if interaction.message is None else in_place
        await put(interaction, edited(interaction, self.edit, in_parts(typed)))


async def edited(interaction: discord.Interaction[Waymark], edit: Edit, typed: Typed) -> Shown:
    """Save an edit, and return the question, or why not with what was typed."""
    try:
        guild_id = await facilitating(interaction)
        return await _saved(interaction, guild_id, edit, typed)
    except MemberError as problem:
        return kept_card(_("Not saved yet"), str(problem), typed, [[ReeditButton(edit)]])


async def _saved(
    interaction: discord.Interaction[Waymark], guild_id: int, edit: Edit, typed: Typed
) -> Shown:
    """Save an edit, and return the question, or what somebody else has made of it meanwhile."""
    services, by = interaction.client.services, interaction.user.id
    before = await services.questions.own(guild_id, edit.question_id)
    changes = {**typed, **edit.values(services.careers.registry)}
    text = checked({**before.text.values(), **changes})
    try:
        own = await services.questions.edit(guild_id, before.id, text, by, edit.version)
    except ChangedSince:
        now = await services.questions.own(guild_id, edit.question_id)
        return conflict_card(now, edit.of(now), typed)
    if own.version == edit.version:
        note = _("That is what it says already.")
        return kept_card(_("Nothing changed"), note, typed, [[ReeditButton(edit)]])
    return changed_card(interaction, own, _("Saved."))


def conflict_card(own: Own, edit: Edit, typed: Typed) -> Shown:
    """Show what somebody else has made of the question meanwhile, and what was typed."""
    text = _("<@{member}> changed it {when}, while you were typing. Nothing is lost.")
    note = text.format(member=own.changed_by, when=format_dt(own.changed_at, "R"))
    theirs = clip("\n".join([_("**How it is now**"), *_theirs(own)]), MAX_THEIRS)
    more = [paragraph(theirs), line(), paragraph(_("**What you typed**"))]
    return kept_card(_("Changed meanwhile"), note, typed, [[ReeditButton(edit)]], more)


def _theirs(own: Own) -> list[str]:
    return [inert(own.text.text), *(f"- {inert(point)}" for point in own.text.key_points)]
