"""Wording an entry differently; who comes second sees both wordings."""

import re
from collections.abc import Mapping
from typing import Self

import discord
from discord import ui
from discord.utils import escape_markdown, format_dt

from bot.chat.answering import Shown, in_place, privately
from bot.chat.components import LastingButton
from bot.chat.forms import Form
from bot.chat.limits import clip
from bot.chat.parts import line, paragraph
from bot.client import Waymark
from bot.errors import MemberError
from bot.faq.model import ChangedSince, Entry, EntryGone
from bot.i18n import _
from cogs.faq.access import facilitating
from cogs.faq.again import ReeditButton, RewriteButton, kept_card
from cogs.faq.entry_card import changed_card
from cogs.faq.places import APART, HERE, HOW, ID, Edit, NewEntry
from cogs.faq.typed import Typed, edit_modal, in_parts, text_of, typed_of

MAX_THEIRS = 1000
"""Characters of what somebody else has written meanwhile."""


class EditButton(LastingButton, template=rf"faq:v1:editing:{HOW}:{ID}"):
    """Opens the form in which an entry is worded differently."""

    def __init__(self, entry_id: int, label: str = "…", *, apart: bool = False) -> None:
        custom_id = f"faq:v1:editing:{APART if apart else HERE}:{entry_id}"
        super().__init__(ui.Button(label=label, custom_id=custom_id))
        self.entry_id = entry_id
        self.apart = apart

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), apart=match["how"] == APART)

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open the form."""
        guild_id = await facilitating(interaction)
        entry = await interaction.client.services.faq.get(guild_id, self.entry_id)
        await interaction.response.send_modal(modal_of(entry, entry.role, apart=self.apart))


def modal_of(entry: Entry, career: str | None, *, apart: bool = False) -> ui.Modal:
    """Return the form in which an entry is worded differently, filled in."""
    return edit_modal(Edit(entry.id, entry.version, career, apart), typed_of(entry.text))


class EditForm(Form):
    """Words an entry differently."""

    template = rf"faq:v1:edit:{Edit.PATTERN}"

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
        saved = edited(interaction, self.edit.here(), in_parts(typed))
        if self.edit.apart or interaction.message is None:
            await privately(interaction, saved)
        else:
            await in_place(interaction, saved)


async def edited(interaction: discord.Interaction[Waymark], edit: Edit, typed: Typed) -> Shown:
    """Save an edit, and return the entry, or why not with what was typed."""
    try:
        guild_id = await facilitating(interaction)
        return await _saved(interaction, guild_id, edit, typed)
    except EntryGone as problem:
        anew = RewriteButton(NewEntry(edit.career))
        return kept_card(_("Removed meanwhile"), str(problem), typed, [[anew]])
    except MemberError as problem:
        return kept_card(_("Not saved yet"), str(problem), typed, [[ReeditButton(edit)]])


async def _saved(
    interaction: discord.Interaction[Waymark], guild_id: int, edit: Edit, typed: Typed
) -> Shown:
    """Save an edit, and return the entry, or what somebody else has made of it meanwhile."""
    faq, by = interaction.client.services.faq, interaction.user.id
    text = text_of(typed, edit.career)
    try:
        entry = await faq.edit(guild_id, edit.entry_id, text, by, edit.version)
    except ChangedSince:
        return conflict_card(await faq.get(guild_id, edit.entry_id), edit.career, typed)
    if entry.version == edit.version:
        note = _("That is what it says already.")
        return kept_card(_("Nothing changed"), note, typed, [[ReeditButton(edit)]])
    return changed_card(interaction, entry, _("Saved."))


def conflict_card(entry: Entry, career: str | None, typed: Typed) -> Shown:
    """Show what somebody else has made of the entry meanwhile, and what was typed."""
    text = _("<@{member}> changed it {when}, while you were typing. Nothing is lost.")
    note = text.format(member=entry.changed_by, when=format_dt(entry.changed_at, "R"))
    again = ReeditButton(Edit(entry.id, entry.version, career))
    return kept_card(
        _("Changed meanwhile"),
        note,
        typed,
        [[again]],
        [paragraph(_theirs(entry)), line(), paragraph(_("**What you typed**"))],
    )


def _theirs(entry: Entry) -> str:
    title = _("**How it is now**")
    question = escape_markdown(entry.question)
    return clip(f"{title}\n{question}\n{entry.answer}", MAX_THEIRS)
