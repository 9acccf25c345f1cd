"""Questions in messages: a mention of the bot in a server, and any direct message to it."""

import re
from dataclasses import dataclass
from typing import Any

import discord
import structlog
from discord.ext import commands

from bot.answers.model import Reply
from bot.answers.service import Asker
from bot.blocks.model import Blocked
from bot.chat.handling import attend
from bot.chat.permissions import can_post
from bot.client import Waymark
from bot.i18n import _
from cogs.ask.card import Showing, body_of, reply_card
from cogs.ask.posting import TooMuchAtOnce, answered_there, post_in, posting_of
from cogs.ask.recent import Admission, Handled
from cogs.ask.where import BotCantPost, channels_of

ASKING = (discord.MessageType.default, discord.MessageType.reply)
OF_DIRECT_MESSAGES = "en-US"
"""The language where no server has chosen one; messages don't tell their author's."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Asked:
    """A question in a message. What only replies to the bot may be no question at all."""

    text: str
    only_replies: bool = False


class MentionsCog(commands.Cog):
    """Answers questions in messages, each once."""

    def __init__(self, bot: Waymark) -> None:
        self.bot = bot
        self._handled = Handled()

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that asks the bot something."""
        asked = self._asked(message)
        if asked is None or not _can_answer(message) or not self._handled.is_new(message.id):
            return
        await attend(
            self.bot.in_flight,
            lambda: self._attended_unless_blocked(message, asked),
            lambda text: _say(message, text),
            locale=message.guild.preferred_locale.value if message.guild else OF_DIRECT_MESSAGES,
            described={"kind": "message", "guild": _guild_id(message), "user": message.author.id},
            by=message.author.id,
        )

    async def _attended_unless_blocked(self, message: discord.Message, asked: Asked) -> None:
        """Answer, but say nothing to who is blocked there: everybody would read it."""
        if message.guild is not None:
            try:
                await self.bot.services.blocks.check(message.guild.id, message.author.id)
            except Blocked:
                return
        await self._attended(message, asked)

    @commands.Cog.listener()
    async def on_command_error(self, _context: Any, error: commands.CommandError) -> None:
        """Let discord.py not take a mention for a command that doesn't exist."""
        if not isinstance(error, commands.CommandNotFound):
            raise error

    def _asked(self, message: discord.Message) -> Asked | None:
        """Return what a message asks the bot, empty where it says nothing more; else None."""
        me = self.bot.user
        if me is None or message.author.bot or message.type not in ASKING:
            return None
        mention = re.compile(rf"<@!?{me.id}>")
        text = mention.sub(" ", message.content).strip()
        if isinstance(message.channel, discord.DMChannel) or mention.search(message.content):
            return Asked(text)
        return Asked(text, only_replies=True) if text and me in message.mentions else None

    async def _attended(self, message: discord.Message, asked: Asked) -> None:
        admission = posting_of(self.bot).admit(message.author.id)
        if admission is Admission.ASK_FOR_PATIENCE:
            raise TooMuchAtOnce
        if admission is Admission.ANSWER:
            await self._answered(message, asked)

    async def _answered(self, message: discord.Message, asked: Asked) -> None:
        if not asked.text:
            await _say(message, _hint())
            return
        reply = await self._found(message, asked)
        if reply is not None:
            await self._posted(message, reply)

    async def _found(self, message: discord.Message, asked: Asked) -> Reply | None:
        """Return what is replied; None where what may be no question has no answer."""
        answers, asker = self.bot.services.answers, _asker(message)
        if not asked.only_replies:
            return await answers.ask(asked.text, asker)
        reply = answers.reply(asked.text, await answers.context(asker, None))
        if not reply.answered:
            return None
        if asker.guild_id is not None:
            await answers.count(asker.guild_id, reply)
        return reply

    async def _posted(self, message: discord.Message, reply: Reply) -> None:
        """Post a reply; of the same answer from a short while ago, only the link."""
        view = reply_card(reply, self._showing(message))
        if message.guild is None or not reply.known:
            await _reply(message, view=view)
            return
        posted = await posting_of(self.bot).once(
            message.channel.id,
            body_of(reply, self._titles()),
            lambda: _reply(message, view=view),
        )
        if posted.before:
            await _say(message, answered_there(posted.link))

    def _showing(self, message: discord.Message) -> Showing:
        in_server = message.guild is not None
        return Showing(self._titles(), message.author.id, in_server=in_server)

    def _titles(self) -> dict[str, str]:
        return self.bot.services.careers.registry.titles()


def _hint() -> str:
    return _("Ask me in your own words, such as: How hard is it to get in? `/ask` works too.")


def _guild_id(message: discord.Message) -> int | None:
    return message.guild.id if message.guild else None


def _asker(message: discord.Message) -> Asker:
    return Asker(message.author.id, _guild_id(message), channels_of(message.channel))


def _can_answer(message: discord.Message) -> bool:
    """Return whether the bot can write where a message was sent, as far as that is known."""
    channel = message.channel
    if isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return can_post(channel)
    return isinstance(channel, discord.DMChannel | discord.PartialMessageable)


async def _reply(message: discord.Message, **content: Any) -> discord.Message:
    """Reply to a message without a ping; once, though it be tried again within minutes."""
    reply_to = message if _quotable(message) else None
    return await post_in(message.channel, message.id, reply_to=reply_to, **content)


def _quotable(message: discord.Message) -> bool:
    """Return whether a message may be replied to, which takes reading what was written before."""
    channel = message.channel
    if isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return channel.permissions_for(channel.guild.me).read_message_history
    return True


async def _say(message: discord.Message, text: str) -> None:
    """Reply with a text, if that can be done."""
    try:
        await _reply(message, content=text)
    except (discord.HTTPException, BotCantPost) as error:
        log.warning("member could not be told", error=f"{type(error).__name__}: {error}"[:200])
