"""An entry's versions: who wrote what and when, each of which can be restored."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Self

import discord
from discord import ui
from discord.utils import escape_markdown

from bot.chat.answering import Shown, in_place
from bot.chat.cards import heading
from bot.chat.components import LastingButton
from bot.chat.paging import page_moves
from bot.chat.parts import Item, paragraph, parted, with_button
from bot.chat.versions import part_lines, version_line
from bot.client import Waymark
from bot.faq.model import Version, What
from bot.faq.text import Part
from bot.i18n import _, later
from cogs.faq.access import facilitating
from cogs.faq.entry_card import changed_card
from cogs.faq.places import ID, PAGE, VERSION
from cogs.faq.typed import typed_of

VERSIONS_PER_PAGE = 4
MAX_PART = 130
"""Characters of each part of an entry that a version has changed."""

DONE = {
    What.ADDED: later("added"),
    What.EDITED: later("edited"),
    What.REMOVED: later("removed"),
    What.RESTORED: later("restored"),
    What.IMPORTED: later("imported"),
}
NAMES = {
    Part.QUESTION: later("Question"),
    Part.ALIASES: later("Aliases"),
    Part.ANSWER: later("Answer"),
    Part.ROLE: later("Career"),
    Part.SOURCE: later("Source"),
}


class HistoryButton(LastingButton, template=rf"faq:v1:history:{ID}:{PAGE}"):
    """Opens a page of an entry's versions."""

    def __init__(self, entry_id: int, page: int = 0, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"faq:v1:history:{entry_id}:{page}"))
        self.entry_id = entry_id
        self.page = page

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), int(match["page"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        await in_place(interaction, self._opened(interaction))

    async def _opened(self, interaction: discord.Interaction[Waymark]) -> Shown:
        guild_id = await facilitating(interaction)
        return await history(interaction, guild_id, self.entry_id, self.page)


class RestoreButton(LastingButton, template=rf"faq:v1:restore:{ID}:{VERSION}"):
    """Makes an old version the newest."""

    def __init__(self, entry_id: int, version: int) -> None:
        custom_id = f"faq:v1:restore:{entry_id}:{version}"
        super().__init__(ui.Button(label=_("Restore this"), custom_id=custom_id))
        self.entry_id = entry_id
        self.version = version

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), int(match["version"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Restore it, with the way back."""
        await in_place(interaction, self._restored(interaction))

    async def _restored(self, interaction: discord.Interaction[Waymark]) -> Shown:
        guild_id = await facilitating(interaction)
        faq, by = interaction.client.services.faq, interaction.user.id
        entry = await faq.restore(guild_id, self.entry_id, self.version, by)
        news = _("Version {version} is back.").format(version=self.version)
        return changed_card(interaction, entry, news)


async def history(
    interaction: discord.Interaction[Waymark], guild_id: int, entry_id: int, page: int
) -> Shown:
    """Return a page of an entry's versions. Raises EntryGone."""
    versions = await interaction.client.services.faq.history(guild_id, entry_id)
    return Shown(history_card(versions, page))


def history_card(versions: Sequence[Version], page: int) -> ui.LayoutView:
    """Show a page of an entry's versions, newest first."""
    newest = versions[0]
    count = -(-len(versions) // VERSIONS_PER_PAGE)
    page = min(page, count - 1)
    start = page * VERSIONS_PER_PAGE
    parts = [*_parts(versions)][start : start + VERSIONS_PER_PAGE]
    title = escape_markdown(newest.text.question)
    return parted(
        heading(title, _("Its versions, newest first"), page, count),
        parts,
        [_moves(newest.entry_id, page, count)],
    )


def _parts(versions: Sequence[Version]) -> Iterator[Item]:
    for version, before in pairwise([*versions, None]):
        if version is not None:
            text = "\n".join(_lines(version, before))
            yield _restorable(version, text, is_newest=version is versions[0])


def _restorable(version: Version, text: str, *, is_newest: bool) -> Item:
    if version.removed or is_newest:
        return paragraph(text)
    button = RestoreButton(version.entry_id, version.version)
    return with_button(text, button)


def _lines(version: Version, before: Version | None) -> Iterator[str]:
    done = _(DONE[version.what])
    yield version_line(version.version, done, version.changed_by, version.changed_at)
    for name, title in NAMES.items():
        if before is None or _part(before, name) != _part(version, name):
            text, is_new = _part(version, name), before is None
            yield from part_lines(_(title), text, MAX_PART, is_new=is_new)


def _part(version: Version, name: Part) -> str:
    """Return a part of an entry on one line, as it was."""
    parts = typed_of(version.text) | {Part.ROLE: version.text.role or ""}
    between = " · " if name is Part.ALIASES else " "
    return between.join(parts[name].split("\n" if name is Part.ALIASES else None))


def _moves(entry_id: int, page: int, count: int) -> list[HistoryButton]:
    def button(page: int, label: str) -> HistoryButton:
        return HistoryButton(entry_id, page, label)

    return page_moves(page, count, button, _("← Newer"), _("Older →"))
