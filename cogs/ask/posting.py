"""Posting answers where everyone sees them: each once within some minutes, and not too many."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast
from weakref import WeakValueDictionary

import discord
from discord.ext import commands

from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _
from cogs.ask.recent import Admission, Allowance, Said, SaidLately
from cogs.ask.where import BotCantPost


class TooMuchAtOnce(MemberError):
    """A member has had as much posted in a minute as they may."""

    def __init__(self) -> None:
        super().__init__(_("⏳ That's a lot at once. Give me a minute, then try again."))


Post = Callable[[], Awaitable[discord.Message]]


@dataclass(frozen=True)
class Posted:
    """Where something was said, and whether that was already before."""

    link: str
    before: bool = False


class Posting(commands.Cog):
    """Remembers what was posted where and for whom: a courtesy, which a restart forgets."""

    def __init__(self, bot: Waymark) -> None:
        self._clock = bot.services.clock
        self._allowance = Allowance()
        self._said = SaidLately()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def admit(self, member_id: int) -> Admission:
        """Count what a member asks for in public, if it may be posted."""
        return self._allowance.admit(member_id, self._clock.now())

    def require_admission(self, member_id: int) -> None:
        """Count it. Raises TooMuchAtOnce, each time: a press or a command must be answered."""
        if self.admit(member_id) is not Admission.ANSWER:
            raise TooMuchAtOnce

    async def once(self, channel_id: int, text: str, post: Post) -> Posted:
        """Post, unless a message has said the same in the channel a short while ago."""
        async with self._turns.setdefault(channel_id, asyncio.Lock()):
            earlier = self._said.find(channel_id, text, self._clock.now())
            if earlier is not None:
                return Posted(earlier, before=True)
            message = await post()
            said = Said(message.id, message.jump_url, self._clock.now())
            self._said.note(channel_id, text, said)
            return Posted(message.jump_url)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Link to no message that is gone."""
        self._said.forget({payload.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Link to no message that is gone."""
        self._said.forget(payload.message_ids)


def posting_of(client: Waymark) -> Posting:
    """Return the client's memory of what it has posted."""
    return cast("Posting", client.get_cog(Posting.__name__))


def answered_there(link: str) -> str:
    """Return what is said instead of the same answer again."""
    return _("I answered that here: {link}").format(link=link)


async def post_in(
    channel: discord.abc.Messageable,
    nonce: int,
    *,
    reply_to: discord.Message | None = None,
    pinging: bool = False,
    **content: Any,
) -> discord.Message:
    """Post something that pings nobody, or the author of what it replies to alone.

    With the same nonce, Discord posts it once within some minutes. Raises BotCantPost.
    """
    if reply_to is not None:
        content["reference"] = reply_to.to_reference(fail_if_not_exists=False)
    mentions = discord.AllowedMentions.none()
    mentions.replied_user = pinging
    try:
        return await channel.send(nonce=nonce, allowed_mentions=mentions, **content)
    except discord.Forbidden as error:
        raise BotCantPost from error
