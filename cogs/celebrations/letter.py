"""What the queue does for celebrations: post one, edit it, take it off."""

import discord

from bot.celebrations.model import Announcement
from bot.chat.outbox import Act, Letter, Renderer
from bot.client import Waymark
from bot.delivery.model import Delivery
from cogs.celebrations.post_card import post_card


def announcing(bot: Waymark) -> Renderer:
    """Return what builds the post of what a member has finished."""

    async def render(delivery: Delivery) -> Letter | None:
        announcement = await bot.services.celebrations.posts.due(delivery)
        if announcement is None:
            return None
        if await _is_blocked(bot, announcement) or await _has_left(bot, announcement):
            await bot.services.celebrations.posts.leave_out(delivery)
            return None
        return Letter(post_card(announcement), discord.AllowedMentions.none())

    return render


def editing(bot: Waymark) -> Act:
    """Return what edits a post from which something was taken, or takes it off whole."""

    async def edit(delivery: Delivery) -> int | None:
        announcement = await bot.services.celebrations.posts.edited(delivery)
        message = announcement and _message_of(bot, announcement)
        if announcement is None or message is None:
            return None
        if announcement.told:
            none = discord.AllowedMentions.none()
            await message.edit(view=post_card(announcement), allowed_mentions=none)
        else:
            await message.delete()
        return message.id

    return edit


async def _is_blocked(bot: Waymark, announcement: Announcement) -> bool:
    post = announcement.post
    return await bot.services.blocks.has(post.guild_id, post.member_id)


async def _has_left(bot: Waymark, announcement: Announcement) -> bool:
    """Return whether the member isn't in the server any more, and note it."""
    post, guild = announcement.post, bot.get_guild(announcement.post.guild_id)
    if guild is None:
        return False  # only Discord's answer says that a server is gone
    try:
        await guild.fetch_member(post.member_id)
    except discord.NotFound:
        await bot.services.leavings.left(post.guild_id, post.member_id)
        return True
    return False


def _message_of(bot: Waymark, announcement: Announcement) -> discord.PartialMessage | None:
    post = announcement.post
    if post.channel_id is None or post.message_id is None:
        return None
    channel = bot.get_partial_messageable(post.channel_id, guild_id=post.guild_id)
    return channel.get_partial_message(post.message_id)
