"""Offering a form again, filled in, after what was typed couldn't be saved as it is."""

import re
from collections.abc import Iterable, Sequence
from typing import Self

import discord
from discord import ui

from bot.chat.answering import Shown
from bot.chat.cards import heading
from bot.chat.components import LastingButton
from bot.chat.parts import Item, parted
from bot.client import Waymark
from bot.i18n import _
from cogs.faq.access import facilitating
from cogs.faq.kept import keep, kept_on
from cogs.faq.places import Edit, NewEntry
from cogs.faq.typed import Typed, edit_modal, new_modal


class RewriteButton(LastingButton, template=rf"faq:v1:rewrite:{NewEntry.PATTERN}"):
    """Opens the form of a new entry with what the card keeps."""

    def __init__(self, new: NewEntry) -> None:
        custom_id = f"faq:v1:rewrite:{new}"
        super().__init__(ui.Button(label=_("Change what I typed"), custom_id=custom_id))
        self.new = new

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(NewEntry.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open the form."""
        await facilitating(interaction)
        typed = await kept_on(interaction)
        await interaction.response.send_modal(new_modal(self.new, typed))


class ReeditButton(LastingButton, template=rf"faq:v1:redo:{Edit.PATTERN}"):
    """Opens the form of an edit with what the card keeps."""

    def __init__(self, edit: Edit) -> None:
        custom_id = f"faq:v1:redo:{edit}"
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


def kept_card(
    title: str,
    note: str,
    typed: Typed,
    rows: Iterable[Sequence[Item]],
    more: Sequence[Item] = (),
) -> Shown:
    """Say what stands in the way, with what was typed, and the ways on."""
    items, files = keep(typed)
    return Shown(parted(heading(title, note), [*more, *items], rows), files)
