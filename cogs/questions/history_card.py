"""A question's versions: who wrote what and when, each of which can be restored."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Self

import discord
from discord import ui

from bot.chat.answering import Shown, in_place
from bot.chat.cards import heading
from bot.chat.components import LastingButton
from bot.chat.paging import page_moves
from bot.chat.parts import Item, paragraph, parted, with_button
from bot.chat.quoting import titled
from bot.chat.versions import part_lines, version_line
from bot.client import Waymark
from bot.i18n import _, later
from bot.questions.known import State
from bot.questions.own import Version, What
from bot.questions.text import Part
from cogs.faq.access import facilitating
from cogs.questions.places import ID, PAGE, VERSION
from cogs.questions.question_card import changed_card

VERSIONS_PER_PAGE = 3
MAX_PART = 80
"""Characters of each part of a question that a version has changed."""

DONE = {
    What.ADDED: later("added"),
    What.EDITED: later("edited"),
    What.RETIRED: later("retired"),
    What.RESTORED: later("restored"),
    What.IMPORTED: later("imported"),
    What.SUGGESTED: later("suggested"),
    What.APPROVED: later("approved"),
    What.DECLINED: later("declined"),
}
NAMES = {
    Part.TEXT: later("Question"),
    Part.LEVEL: later("Level"),
    Part.KIND: later("Kind"),
    Part.MINUTES: later("Minutes"),
    Part.KEY_POINTS: later("Key points"),
    Part.HINT: later("Hint"),
    Part.MISTAKES: later("Mistakes"),
    Part.FOLLOW_UP: later("Follow-up"),
    Part.ROLE: later("Career"),
    Part.TOPICS: later("Topics"),
}


class HistoryButton(LastingButton, template=rf"questions:v1:history:{ID}:{PAGE}"):
    """Opens a page of a question's versions."""

    def __init__(self, question_id: int, page: int = 0, label: str = "…") -> None:
        custom_id = f"questions:v1:history:{question_id}:{page}"
        super().__init__(ui.Button(label=label, custom_id=custom_id))
        self.question_id = question_id
        self.page = page

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), int(match["page"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        await in_place(interaction, self._opened(interaction))

    async def _opened(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        guild_id = await facilitating(interaction)
        return await history(interaction, guild_id, self.question_id, self.page)


class RestoreButton(LastingButton, template=rf"questions:v1:restore:{ID}:{VERSION}"):
    """Makes an old version the newest."""

    def __init__(self, question_id: int, version: int) -> None:
        custom_id = f"questions:v1:restore:{question_id}:{version}"
        super().__init__(ui.Button(label=_("Restore this"), custom_id=custom_id))
        self.question_id = question_id
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
        questions, by = interaction.client.services.questions, interaction.user.id
        own = await questions.restore(guild_id, self.question_id, self.version, by)
        news = _("Version {version} is back.").format(version=self.version)
        return changed_card(interaction, own, news)


async def history(
    interaction: discord.Interaction[Waymark], guild_id: int, question_id: int, page: int
) -> ui.LayoutView:
    """Return a page of a question's versions. Raises QuestionGone."""
    versions = await interaction.client.services.questions.history(guild_id, question_id)
    return history_card(versions, page)


def history_card(versions: Sequence[Version], page: int) -> ui.LayoutView:
    """Show a page of a question's versions, newest first."""
    newest = versions[0]
    count = -(-len(versions) // VERSIONS_PER_PAGE)
    page = min(page, count - 1)
    start = page * VERSIONS_PER_PAGE
    parts = [*_parts(versions)][start : start + VERSIONS_PER_PAGE]
    subtitle = _("Its versions, newest first")
    return parted(
        heading(titled(newest.text.text), subtitle, page, count),
        parts,
        [_moves(newest.question_id, page, count)],
    )


def _parts(versions: Sequence[Version]) -> Iterator[Item]:
    for version, before in pairwise([*versions, None]):
        if version is not None:
            text = "\n".join(_lines(version, before))
            yield _restorable(version, text, is_newest=version is versions[0])


def _restorable(version: Version, text: str, *, is_newest: bool) -> Item:
    if version.state is State.RETIRED or is_newest:
        return paragraph(text)
    return with_button(text, RestoreButton(version.question_id, version.version))


def _lines(version: Version, before: Version | None) -> Iterator[str]:
    done = _(DONE[version.what])
    yield version_line(version.version, done, version.changed_by, version.changed_at)
    for name, title in NAMES.items():
        if before is None or _part(before, name) != _part(version, name):
            text, is_new = _part(version, name), before is None
            yield from part_lines(_(title), text, MAX_PART, is_new=is_new)


def _part(version: Version, name: Part) -> str:
    """Return a part of a question on one line, as it was."""
    value = version.text.values()[name]
    return value if isinstance(value, str) else " · ".join(value)


def _moves(question_id: int, page: int, count: int) -> list[HistoryButton]:
    def button(page: int, label: str) -> HistoryButton:
        return HistoryButton(question_id, page, label)

    return page_moves(page, count, button, _("← Newer"), _("Older →"))
