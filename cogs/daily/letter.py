"""What the queue does for daily questions: post, reveal, and open a thread."""

from datetime import date

import discord

from bot.chat.failures import outcome_of
from bot.chat.limits import clip
from bot.chat.outbox import Act, Letter, Renderer
from bot.client import Waymark
from bot.daily.model import Post
from bot.delivery.model import Delivery
from bot.delivery.outcomes import Undeliverable
from cogs.daily.post_card import Given, controls_of, question_card, revealed_card

MAX_THREAD_NAME = 100
A_DAY = 1440
"""Minutes without a message after which a thread is archived."""

HAS_A_THREAD = 160004
"""Discord's code for a message that has one."""


def letters(bot: Waymark) -> Renderer:
    """Return what builds the message of a day's question."""

    async def render(delivery: Delivery) -> Letter | None:
        posting = await bot.services.daily.poster.due(delivery)
        if posting is None:
            return None
        controls = controls_of(posting.post, posting.known)
        pinged = [discord.Object(posting.ping_role)] if posting.ping_role else []
        return Letter(
            question_card(posting, bot.services.careers.registry.titles(), controls),
            discord.AllowedMentions(everyone=False, users=False, roles=pinged),
            silent=not pinged,
        )

    return render


def revealing(bot: Waymark) -> Act:
    """Return what edits a question's card so that it shows the key points."""

    async def reveal(delivery: Delivery) -> int | None:
        posting = await bot.services.daily.poster.reveal(delivery)
        message = posting and message_of(bot, posting.post)
        if posting is None or message is None:
            return None
        given = await given_to(bot, posting.post.id)
        view = revealed_card(posting, bot.services.careers.registry.titles(), given)
        await message.edit(view=view, allowed_mentions=discord.AllowedMentions.none())
        return message.id

    return reveal


async def given_to(bot: Waymark, post_id: int) -> Given:
    """Return what members answered to a post."""
    attempts = bot.services.attempts
    number, best = await attempts.count(post_id), await attempts.best(post_id)
    return Given(number, tuple(best), await attempts.ticks(post_id))


def opening(bot: Waymark) -> Act:
    """Return what opens a question's thread; failing to, the question stays without."""

    async def open_thread(delivery: Delivery) -> int | None:
        poster = bot.services.daily.poster
        posting = await poster.thread(delivery)
        message = posting and message_of(bot, posting.post)
        if posting is None or message is None:
            return None
        name = thread_name(posting.post.day, posting.known.question.text)
        try:
            await message.create_thread(name=name, auto_archive_duration=A_DAY)
        except discord.HTTPException as error:
            if error.code == HAS_A_THREAD:
                return message.id
            outcome = outcome_of(error)
            if not isinstance(outcome, Undeliverable):
                raise
            await poster.thread_failed(posting.post.id, outcome.reason)
            return None
        return message.id

    return open_thread


def thread_name(day: date, question: str) -> str:
    """Return the date with the beginning of the question."""
    return clip(f"{day.isoformat()} {' '.join(question.split())}", MAX_THREAD_NAME)


def message_of(bot: Waymark, post: Post) -> discord.PartialMessage | None:
    """Return a post's message, without asking Discord for it."""
    if post.channel_id is None or post.message_id is None:
        return None
    channel = bot.get_partial_messageable(post.channel_id, guild_id=post.guild_id)
    return channel.get_partial_message(post.message_id)
