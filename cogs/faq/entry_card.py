"""One entry, with the way back after it was changed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Self

import discord
from discord import ui
from discord.utils import escape_markdown, format_dt

from bot.chat.answering import Shown, in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import clip
from bot.chat.parts import Item
from bot.client import Waymark
from bot.faq.model import Entry
from bot.i18n import _, ngettext
from cogs.faq.access import facilitating
from cogs.faq.places import ID, VERSION

MAX_ALIASES_SHOWN = 350
MAX_SOURCE_SHOWN = 320
"""Characters."""


class UndoButton(LastingButton, template=rf"faq:v1:undo:{ID}:{VERSION}"):
    """Puts back what was before a change, unless it was changed again since."""

    def __init__(self, entry_id: int, version: int) -> None:
        custom_id = f"faq:v1:undo:{entry_id}:{version}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.entry_id = entry_id
        self.version = version

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), int(match["version"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Put it back; that can be undone as well."""
        await in_place(interaction, self._put_back(interaction))

    async def _put_back(self, interaction: discord.Interaction[Waymark]) -> Shown:
        guild_id = await facilitating(interaction)
        faq, by = interaction.client.services.faq, interaction.user.id
        entry = await faq.undo(guild_id, self.entry_id, self.version, by)
        return changed_card(interaction, entry, _("Put back as it was."))


class RemoveButton(LastingButton, template=rf"faq:v1:remove:{ID}"):
    """Removes an entry."""

    def __init__(self, entry_id: int) -> None:
        super().__init__(ui.Button(label=_("Remove"), custom_id=f"faq:v1:remove:{entry_id}"))
        self.entry_id = entry_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Remove it."""
        await in_place(interaction, self._removed(interaction))

    async def _removed(self, interaction: discord.Interaction[Waymark]) -> Shown:
        return await removed(interaction, await facilitating(interaction), self.entry_id)


async def removed(interaction: discord.Interaction[Waymark], guild_id: int, entry_id: int) -> Shown:
    """Remove an entry, and return the card with the way back. Raises EntryGone."""
    faq, by = interaction.client.services.faq, interaction.user.id
    return changed_card(interaction, await faq.remove(guild_id, entry_id, by), "")


def changed_card(
    interaction: discord.Interaction[Waymark],
    entry: Entry,
    news: str,
    more: Sequence[Item] = (),
) -> Shown:
    """Show what became of an entry, with the way back."""
    titles = interaction.client.services.careers.registry.titles()
    if entry.removed:
        news = _("Removed. You can undo that for 30 days.")
    rows = [[UndoButton(entry.id, entry.version), *more]]
    return Shown(entry_card(entry, titles, news, rows=rows))


def entry_card(
    entry: Entry,
    titles: Mapping[str, str],
    subtitle: str,
    *,
    answer: str = "",
    counted: bool = True,
    rows: Iterable[Sequence[Item]] = (),
) -> ui.LayoutView:
    """Show an entry; `answer` is the page of it that is shown, else its beginning."""
    return card(
        heading=heading(escape_markdown(entry.question), subtitle),
        body=answer or entry.answer,
        small_print="\n".join(_notes(entry, titles, counted=counted)),
        rows=rows,
    )


def _notes(entry: Entry, titles: Mapping[str, str], *, counted: bool) -> list[str]:
    notes: list[str] = []
    if entry.aliases:
        aliases = escape_markdown(" · ".join(entry.aliases))
        text = _("-# Also asked as: {aliases}")
        notes.append(clip(text.format(aliases=aliases), MAX_ALIASES_SHOWN))
    if entry.role:
        career = titles.get(entry.role, entry.role)
        notes.append(_("-# Career: {career}").format(career=career))
    if entry.source:
        text = _("-# Source: {source}")
        notes.append(clip(text.format(source=entry.source), MAX_SOURCE_SHOWN))
    if counted:
        notes.extend([_by_whom(entry), f"-# {counts(entry)}"])
    return notes


def _by_whom(entry: Entry) -> str:
    when = format_dt(entry.changed_at, "R")
    if entry.changed_by is None:
        return _("-# Changed {when}").format(when=when)
    return _("-# Changed by <@{member}> {when}").format(member=entry.changed_by, when=when)


def counts(entry: Entry) -> str:
    """Return how often an entry was given, and what members thought of it."""
    asked = ngettext("asked {count} time", "asked {count} times", entry.asked)
    helpful = ngettext("helpful to {count}", "helpful to {count}", entry.helpful)
    unhelpful = ngettext("not helpful to {count}", "not helpful to {count}", entry.unhelpful)
    return " · ".join(
        [
            asked.format(count=entry.asked),
            helpful.format(count=entry.helpful),
            unhelpful.format(count=entry.unhelpful),
        ]
    )
