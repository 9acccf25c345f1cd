"""What the queue does for channels' check-ins: post, thread, replies, wrap-up, edits."""

import discord

from bot.chat.failures import outcome_of
from bot.chat.outbox import Act, Letter, Renderer
from bot.checkins.group import CALL, REPLY, REPLY_EDIT, ROUND, THREAD, WRAP, WRAP_EDIT, Round
from bot.client import Waymark
from bot.delivery.model import Delivery, Reason
from bot.delivery.outcomes import Undeliverable
from bot.i18n import _
from cogs.checkins.round_card import call_card, reply_card, round_card, wrap_card

A_DAY = 1440
"""Minutes without a message after which a thread is archived."""

HAS_A_THREAD = 160004
"""Discord's code for a message that has one."""


def register(bot: Waymark) -> None:
    """Let the outbox post and edit what channels' check-ins need."""
    bot.outbox.renders(ROUND.name, _posting(bot))
    bot.outbox.acts(THREAD.name, _opening(bot))
    bot.outbox.renders(REPLY.name, _replying(bot))
    bot.outbox.acts(REPLY_EDIT.name, _editing(bot))
    bot.outbox.renders(WRAP.name, _wrapping(bot))
    bot.outbox.acts(WRAP_EDIT.name, _rewrapping(bot))
    bot.outbox.renders(CALL.name, _calling(bot))


def _silent(view: discord.ui.LayoutView) -> Letter:
    return Letter(view, discord.AllowedMentions.none(), silent=True)


def _posting(bot: Waymark) -> Renderer:
    async def render(delivery: Delivery) -> Letter | None:
        found = await bot.services.checkins.groups.rounds.due(delivery)
        return found and _silent(round_card(found))

    return render


def _calling(bot: Waymark) -> Renderer:
    async def render(delivery: Delivery) -> Letter | None:
        found = await bot.services.checkins.groups.calls.due(delivery)
        return found and Letter(call_card(found), discord.AllowedMentions.none())

    return render


def _opening(bot: Waymark) -> Act:
    """Return what opens a round's thread; failing to, the round stays without."""

    async def open_thread(delivery: Delivery) -> int | None:
        rounds = bot.services.checkins.groups.rounds
        found = await rounds.thread(delivery)
        if found is None or found.message_id is None:
            return None
        message = _message(bot, found, found.channel_id, found.message_id)
        name = _("Check-in {day}").format(day=found.day.isoformat())
        try:
            await message.create_thread(name=name, auto_archive_duration=A_DAY)
        except discord.HTTPException as error:
            if error.code == HAS_A_THREAD:
                return message.id
            outcome = outcome_of(error)
            if not isinstance(outcome, Undeliverable):
                raise
            await rounds.thread_lacks(found.id, outcome.reason)
            return None
        return message.id

    return open_thread


def _replying(bot: Waymark) -> Renderer:
    """Return what shows a reply in the thread, unless a moderator has deleted that."""

    async def render(delivery: Delivery) -> Letter | None:
        rounds = bot.services.checkins.groups.rounds
        shown = await rounds.shown(delivery)
        if shown is None or shown[1].answer is None:
            return None
        if not await _is_there(bot, shown[0]):
            await rounds.thread_lacks(shown[0].id, Reason.CHANNEL_GONE)
            return None
        return _silent(reply_card(shown[1]))

    return render


async def _is_there(bot: Waymark, found: Round) -> bool:
    guild = bot.get_guild(found.guild_id)
    if guild is not None and guild.get_thread(found.thread_id or 0) is not None:
        return True
    try:
        await bot.fetch_channel(found.thread_id or 0)
    except discord.NotFound:
        return False
    return True


def _editing(bot: Waymark) -> Act:
    async def edit(delivery: Delivery) -> int | None:
        shown = await bot.services.checkins.groups.rounds.shown(delivery)
        if shown is None or shown[1].message_id is None:
            return None
        found, reply = shown
        message = _message(bot, found, found.thread_id, shown[1].message_id)
        if reply.answer is None:
            await message.delete()
        else:
            nobody = discord.AllowedMentions.none()
            await message.edit(view=reply_card(reply), allowed_mentions=nobody)
        return message.id

    return edit


def _wrapping(bot: Waymark) -> Renderer:
    async def render(delivery: Delivery) -> Letter | None:
        wrap = await bot.services.checkins.groups.rounds.wrap_up(delivery)
        return wrap and _silent(wrap_card(wrap))

    return render


def _rewrapping(bot: Waymark) -> Act:
    async def edit(delivery: Delivery) -> int | None:
        wrap = await bot.services.checkins.groups.rounds.wrap_up(delivery)
        if wrap is None or wrap.round.wrap_id is None:
            return None
        message = _message(bot, wrap.round, delivery.target.id, wrap.round.wrap_id)
        await message.edit(view=wrap_card(wrap), allowed_mentions=discord.AllowedMentions.none())
        return message.id

    return edit


def _message(
    bot: Waymark, found: Round, channel_id: int | None, message_id: int
) -> discord.PartialMessage:
    """Return a message, without asking Discord for it."""
    channel = bot.get_partial_messageable(channel_id or 0, guild_id=found.guild_id)
    return channel.get_partial_message(message_id)
