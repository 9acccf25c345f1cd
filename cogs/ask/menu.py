"""The message menu "Answer this": what would be answered, and posting it as a reply."""

import re
from dataclasses import replace
from functools import partial
from typing import Self

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from discord.ext import commands

from bot.answers.model import Reply
from bot.answers.service import Asker
from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.permissions import NotYourQuestion
from bot.chat.quoting import quoted
from bot.client import Waymark
from bot.errors import MemberError
from bot.faq.text import MAX_ASKED
from bot.i18n import _
from bot.plain_text import shown
from cogs.ask.buttons import QuestionLost, showing_of
from cogs.ask.card import (
    answer_card,
    beneath_quote,
    body_of,
    finished,
    people_for,
    small_print_of,
    unanswered_card,
)
from cogs.ask.controls import POST, How, post_button
from cogs.ask.posting import Posted, answered_there, post_in, posting_of
from cogs.ask.seen import Seen
from cogs.ask.where import (
    BotCantPost,
    PublicChannel,
    channel_to_post_in,
    channels_of,
    require_server,
)

NOBODY = 0
"""Who asks for somebody else: neither's own career is let out to the other."""


class NothingToAnswer(MemberError):
    """The message has no text."""

    def __init__(self) -> None:
        super().__init__(_("That message has no text that I could answer. Pick another one."))


class MessageGone(MemberError):
    """The message was deleted meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("That message was deleted, so there is nothing left to answer."))


class AnswerLost(MemberError):
    """What could be answered when it was shown can't any more."""

    def __init__(self) -> None:
        super().__init__(_("I have no answer to that any more. Use “Answer this” again."))


class PostButton(LastingButton, template=POST):
    """Posts the answer to a message, pinging its author or not."""

    def __init__(self, how: How, message_id: int, owner: int) -> None:
        super().__init__(post_button(how, message_id, owner))
        self.how = how
        self.message_id = message_id
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(How(match["how"]), int(match["message"]), int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Post it for who was shown the answer, and nobody else."""
        if interaction.user.id != self.owner:
            raise NotYourQuestion
        await in_place(interaction, self._posted(interaction))

    async def _posted(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        seen = Seen.on(interaction.message)
        if seen.question is None:
            raise QuestionLost
        channel = channel_to_post_in(interaction)
        posting_of(interaction.client).require_admission(interaction.user.id)
        target = await _message(channel, self.message_id)
        reply = await interaction.client.services.answers.ask(seen.question, _asker(interaction))
        if not reply.answered:
            raise AnswerLost
        posted = await self._replied(interaction, target, reply, seen.message_id)
        return posted_card(seen, posted)

    async def _replied(
        self,
        interaction: discord.Interaction[Waymark],
        target: discord.Message,
        reply: Reply,
        nonce: int,
    ) -> Posted:
        """Reply with the answer, or without a ping with a link to it."""
        showing = replace(showing_of(interaction, private=False), asker=target.author.id)
        post = partial(
            post_in, target.channel, nonce, reply_to=target, silent=self.how is How.QUIETLY
        )
        posted = await posting_of(interaction.client).once(
            target.channel.id,
            body_of(reply, showing.titles),
            lambda: post(view=answer_card(reply, showing), pinging=self.how is How.PINGING),
        )
        if posted.before:
            await post(content=answered_there(posted.link))
        return posted


class MenuCog(commands.Cog):
    """The menu "Answer this" of messages."""

    def __init__(self, bot: Waymark) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(
            name=locale_str("Answer this"),
            callback=self.answer_this,
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )

    async def cog_load(self) -> None:
        """Give the menu to the command tree, as discord.py doesn't look for it in cogs."""
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """Take it away again."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    async def answer_this(
        self, interaction: discord.Interaction[Waymark], message: discord.Message
    ) -> None:
        """Show privately what would be answered to a message."""
        require_server(interaction)
        question = shown(message.content, MAX_ASKED)
        if not question:
            raise NothingToAnswer
        await privately(interaction, self._shown(interaction, message.id, question))

    async def _shown(
        self, interaction: discord.Interaction[Waymark], message_id: int, question: str
    ) -> ui.LayoutView:
        answers, asker = self.bot.services.answers, _asker(interaction)
        reply = answers.reply(question, await answers.context(asker, None))
        showing = showing_of(interaction, private=True)
        if not reply.answered:
            return unanswered_card(reply, showing)
        buttons = [post_button(how, message_id, showing.asker) for how in How]
        return finished(
            card(
                heading=heading(_("What I would answer"), _("Only you see this.")),
                body=beneath_quote(question, body_of(reply, showing.titles)),
                small_print=small_print_of(reply),
                rows=[buttons, people_for(reply, showing)],
            )
        )


def _asker(interaction: discord.Interaction[Waymark]) -> Asker:
    return Asker(NOBODY, interaction.guild_id, channels_of(interaction.channel))


async def _message(channel: PublicChannel, message_id: int) -> discord.Message:
    """Return the message that is answered. Raises MessageGone or BotCantPost."""
    try:
        return await channel.fetch_message(message_id)
    except discord.NotFound as error:
        raise MessageGone from error
    except discord.Forbidden as error:
        raise BotCantPost from error


def posted_card(seen: Seen, posted: Posted) -> ui.LayoutView:
    """Say where the answer is."""
    here = _("Everyone here can see it: {link}").format(link=posted.link)
    where = answered_there(posted.link) if posted.before else here
    return finished(card(heading=heading(_("Posted"), where), body=quoted(seen.question or "")))
