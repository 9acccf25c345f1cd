"""Writing a question; what is like it is shown first, and nothing typed is lost."""

import re
from collections.abc import Mapping, Sequence
from typing import Self

import discord
from discord import ui

from bot.chat.answering import Shown, in_place, privately
from bot.chat.components import LastingButton
from bot.chat.forms import Form
from bot.chat.parts import line, paragraph
from bot.chat.quoting import on_one_line
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _, ngettext
from bot.questions.known import Known
from bot.questions.own import Own
from bot.questions.text import checked
from cogs.faq.access import facilitating
from cogs.questions.access import titles_of
from cogs.questions.kept import kept_card, kept_on
from cogs.questions.places import New
from cogs.questions.question_card import changed_card, question_card
from cogs.questions.typed import Typed, in_parts, new_modal
from cogs.questions.words import in_short

MAX_ALIKE_SHOWN = 200
"""Characters of each question that is like another."""


class NewForm(Form):
    """Saves a new question."""

    template = rf"questions:v1:new:{New.PATTERN}"

    def __init__(self, new: New) -> None:
        self.new = new

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(New.read(match))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Save it, or show what stands in the way."""
        put = privately if interaction.message is None else in_place
        await put(interaction, written(interaction, self.new, in_parts(typed)))


class SaveButton(LastingButton, template=rf"questions:v1:save:{New.PATTERN}"):
    """Saves a question though there are others like it."""

    def __init__(self, new: New) -> None:
        label = _("Suggest anyway") if new.suggested else _("Save anyway")
        style = discord.ButtonStyle.primary
        custom_id = f"questions:v1:save:{new}"
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id))
        self.new = new

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(New.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Save what the card keeps."""
        await in_place(interaction, self._saved(interaction))

    async def _saved(self, interaction: discord.Interaction[Waymark]) -> Shown:
        typed = await kept_on(interaction)
        return await written(interaction, self.new, typed, anyway=True)


class RewriteButton(LastingButton, template=rf"questions:v1:rewrite:{New.PATTERN}"):
    """Opens the form of a new question with what the card keeps."""

    def __init__(self, new: New) -> None:
        custom_id = f"questions:v1:rewrite:{new}"
        super().__init__(ui.Button(label=_("Change what I typed"), custom_id=custom_id))
        self.new = new

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(New.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open the form."""
        await writing(interaction, self.new)
        typed = await kept_on(interaction)
        await interaction.response.send_modal(new_modal(self.new, typed))


async def writing(interaction: discord.Interaction[Waymark], new: New) -> int:
    """Return the server for which somebody writes; who only suggests needs no role.

    Raises NotAFacilitator.
    """
    return interaction.guild_id or 0 if new.suggested else await facilitating(interaction)


async def written(
    interaction: discord.Interaction[Waymark], new: New, typed: Typed, *, anyway: bool = False
) -> Shown:
    """Save a question and return it, or what stands in the way with what was typed."""
    try:
        guild_id = await writing(interaction, new)
        services = interaction.client.services
        text = checked({**typed, **new.values(services.careers.registry)})
        [alike] = [[]] if anyway else await services.questions.alike(guild_id, text.text)
        if alike:
            return alike_card(new, typed, alike, titles_of(interaction))
        save = services.questions.suggest if new.suggested else services.questions.add
        own = await save(guild_id, text, interaction.user.id)
    except MemberError as problem:
        return kept_card(_("Not saved yet"), str(problem), typed, [[RewriteButton(new)]])
    if new.suggested:
        return Shown(suggested_card(own, titles_of(interaction)))
    return changed_card(interaction, own, _("Saved. It may be asked from now on."))


def suggested_card(own: Own, titles: Mapping[str, str]) -> ui.LayoutView:
    """Thank a member for their suggestion."""
    news = _("Thank you! People here decide on it, and I tell you.")
    return question_card(own.known(), titles, news, own=own)


def alike_card(new: New, typed: Typed, alike: Sequence[Known], titles: Mapping[str, str]) -> Shown:
    """Show the questions that are like what was typed, and the ways on."""
    note = ngettext(
        "There is a question like it. Is yours another one?",
        "There are questions like it. Is yours another one?",
        len(alike),
    )
    listed = paragraph("\n".join(_in_short(each, titles) for each in alike))
    mine = paragraph(_("**What you typed**"))
    ways = [[SaveButton(new), RewriteButton(new)]]
    return kept_card(_("Is it one of these?"), note, typed, ways, [listed, line(), mine])


def _in_short(known: Known, titles: Mapping[str, str]) -> str:
    question = on_one_line(known.question.text, MAX_ALIKE_SHOWN)
    return f"**{question}**\n-# {in_short(known, titles)}"
