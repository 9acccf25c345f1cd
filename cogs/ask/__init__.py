"""`/ask`, mentions and "Answer this": answers to questions in members' own words."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.answers.model import Reply
from bot.chat.answering import privately
from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.errors import MemberError
from bot.faq.text import MAX_ASKED
from bot.i18n import _
from bot.plain_text import shown
from cogs.ask.buttons import (
    OpenButton,
    PeopleButton,
    ShareButton,
    UndoButton,
    VoteButton,
    showing_of,
)
from cogs.ask.card import body_of, reply_card
from cogs.ask.mention import MentionsCog
from cogs.ask.menu import MenuCog, PostButton
from cogs.ask.posting import Posting, answered_there, posting_of
from cogs.ask.where import asker_of, require_member_may_post, server_of

QUESTION = locale_str("What you want to know, in your own words")
ROLE = locale_str("The role it is about; type a few letters")
SHARE = locale_str("Show the answer to everyone here (otherwise only to you)")
MAX_TYPED = 60
"""Characters of what was typed that are said back."""


class NothingAsked(MemberError):
    """The question has nothing that can be seen."""

    def __init__(self) -> None:
        super().__init__(_("What would you like to ask? A sentence is enough."))


class NoSuchRole(MemberError):
    """No role, or not a single one, is called what was typed."""

    def __init__(self, typed: str) -> None:
        text = _("I don't know one role called “{typed}”. Pick it from the list, or leave it out.")
        super().__init__(text.format(typed=inert(clip(typed, MAX_TYPED))))


class AskCog(commands.Cog):
    """The command `/ask`."""

    def __init__(self, bot: Waymark) -> None:
        self.careers = bot.services.careers
        self.answers = bot.services.answers

    @app_commands.command(description=locale_str("Ask about a career in your own words"))
    @app_commands.describe(question=QUESTION, role=ROLE, share=SHARE)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(
        self,
        interaction: discord.Interaction[Waymark],
        question: app_commands.Range[str, 1, MAX_ASKED],
        role: app_commands.Range[str, 1, 100] | None = None,
        share: bool = False,
    ) -> None:
        """Answer a question, or say who could."""
        if not shown(question, MAX_ASKED):
            raise NothingAsked
        slug = self._slug(role) if role else None
        if share:
            await self._publicly(interaction, question, slug)
        else:
            await privately(interaction, self._answered(interaction, question, slug))

    @ask.autocomplete("role")
    async def _suggest_roles(
        self, _interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=clip(loaded.role.title, MAX_CHOICE_NAME), value=loaded.slug)
            for loaded in self.careers.registry.suggestions(typed)
        ]

    def _slug(self, role: str) -> str:
        found = self.careers.registry.named(role)
        if len(found) != 1:
            raise NoSuchRole(role)
        return found[0].slug

    async def _answered(
        self, interaction: discord.Interaction[Waymark], question: str, slug: str | None
    ) -> discord.ui.LayoutView:
        reply = await self.answers.ask(question, asker_of(interaction), slug)
        return reply_card(reply, showing_of(interaction, private=True))

    async def _publicly(
        self, interaction: discord.Interaction[Waymark], question: str, slug: str | None
    ) -> None:
        """Answer where everyone sees it."""
        if server_of(interaction) is not None:
            require_member_may_post(interaction)
        posting_of(interaction.client).require_admission(interaction.user.id)
        await interaction.response.defer(thinking=True)
        reply = await self.answers.ask(question, asker_of(interaction), slug)
        if reply.known and interaction.channel_id and server_of(interaction) is not None:
            await self._once(interaction, interaction.channel_id, reply)
        else:
            view = reply_card(reply, showing_of(interaction, private=False))
            await interaction.edit_original_response(view=view)

    async def _once(
        self, interaction: discord.Interaction[Waymark], channel_id: int, reply: Reply
    ) -> None:
        """Show an answer, or a link to the same one from a short while ago."""
        showing = showing_of(interaction, private=False)
        view = reply_card(reply, showing)
        posted = await posting_of(interaction.client).once(
            channel_id,
            body_of(reply, showing.titles),
            lambda: interaction.edit_original_response(view=view),
        )
        if posted.before:
            await interaction.edit_original_response(content=answered_there(posted.link))


async def setup(bot: Waymark) -> None:
    """Load the cogs; called by discord.py."""
    bot.add_dynamic_items(OpenButton, PeopleButton, PostButton, ShareButton, UndoButton, VoteButton)
    for cog in (Posting(bot), AskCog(bot), MentionsCog(bot), MenuCog(bot)):
        await bot.add_cog(cog)
