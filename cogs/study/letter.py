"""What the queue does for groups: cards and their edits, threads, and what members are told."""

from collections.abc import Awaitable, Callable

import discord
from discord import ui

from bot.chat.failures import outcome_of
from bot.chat.outbox import Act, Letter, Renderer
from bot.client import Waymark
from bot.delivery.model import Delivery, TargetKind
from bot.delivery.outcomes import Undeliverable
from bot.study.model import CARD, DORMANT, EDIT, NEWS, OFFER, REQUEST, THREAD, Group
from bot.study.posting.service import Told
from bot.study.roll import Roll
from cogs.faq.letter import server_name
from cogs.study.asking_card import dormant_card, offer_card
from cogs.study.group_card import group_card
from cogs.study.news_card import news_card
from cogs.study.organising_card import request_card

THREAD_IS_ARCHIVED = 50083
NOBODY = discord.AllowedMentions.none()


def register(bot: Waymark) -> None:
    """Let the outbox post, edit and do what groups need."""
    study = bot.services.study
    bot.outbox.renders(CARD.name, _of_group(study.cards.due, lambda roll: group_card(bot, roll)))
    bot.outbox.renders(DORMANT.name, _of_group(study.resting.due, dormant_card))
    bot.outbox.acts(EDIT.name, _editing(bot))
    bot.outbox.acts(THREAD.name, _archiving(bot))
    _register_letters(bot)


def _register_letters(bot: Waymark) -> None:
    def server(told: Told) -> str:
        return server_name(bot, told.roll.group.guild_id)

    cards = bot.services.study.cards
    bot.outbox.renders(NEWS.name, _to_member(bot, cards.news, lambda t: news_card(t, server(t))))
    bot.outbox.renders(
        REQUEST.name,
        _to_member(bot, cards.request, lambda t: request_card(t.roll, t.entry, server(t))),
    )
    bot.outbox.renders(
        OFFER.name, _to_member(bot, cards.offer, lambda t: offer_card(t.roll, t.entry, server(t)))
    )


def _of_group(
    due: Callable[[Delivery], Awaitable[Roll | None]], card_of: Callable[[Roll], ui.LayoutView]
) -> Renderer:
    async def render(delivery: Delivery) -> Letter | None:
        roll = await due(delivery)
        return Letter(card_of(roll), NOBODY, silent=True) if roll else None

    return render


def _to_member(
    bot: Waymark,
    due: Callable[[Delivery], Awaitable[Told | None]],
    card_of: Callable[[Told], ui.LayoutView],
) -> Renderer:
    async def render(delivery: Delivery) -> Letter | None:
        told = await due(delivery)
        if told is None or await _is_blocked(bot, delivery):
            return None
        return Letter(card_of(told), NOBODY)

    return render


async def _is_blocked(bot: Waymark, delivery: Delivery) -> bool:
    to_member = delivery.target.kind is TargetKind.USER
    return to_member and await bot.services.blocks.has(delivery.guild_id or 0, delivery.target.id)


def _editing(bot: Waymark) -> Act:
    """Return what brings a card up to date, and pins it if that wasn't tried yet."""

    async def edit(delivery: Delivery) -> int | None:
        roll = await bot.services.study.cards.edited(delivery)
        if roll is None or roll.group.card_id is None:
            return None
        message = _message(bot, roll.group, roll.group.card_id)
        await _edited(bot, message, roll)
        if roll.group.pinned is None and roll.group.is_open:
            await _pin(bot, message, roll.group)
        return message.id

    return edit


async def _edited(bot: Waymark, message: discord.PartialMessage, roll: Roll) -> None:
    """Edit a card, in an archived thread too: that is opened, and archived again if need be."""
    try:
        await message.edit(view=group_card(bot, roll), allowed_mentions=NOBODY)
    except discord.HTTPException as error:
        if error.code != THREAD_IS_ARCHIVED:
            raise
        await _set_archived(bot, roll.group, archived=False)
        await message.edit(view=group_card(bot, roll), allowed_mentions=NOBODY)
        if not roll.group.is_open:
            await _set_archived(bot, roll.group, archived=True)


async def _pin(bot: Waymark, message: discord.PartialMessage, group: Group) -> None:
    """Pin a card; without the permission, or room for one more, it stays as it is."""
    try:
        await message.pin()
    except discord.HTTPException as error:
        if not isinstance(outcome_of(error), Undeliverable):
            raise
        await bot.services.study.cards.pinned(group, pinned=False)
    else:
        await bot.services.study.cards.pinned(group, pinned=True)


def _archiving(bot: Waymark) -> Act:
    async def archive(delivery: Delivery) -> int | None:
        group = await bot.services.study.cards.group(delivery)
        if group is None or not group.place.own_thread:
            return None
        await _set_archived(bot, group, archived=not group.is_open)
        return group.place.channel_id

    return archive


async def _set_archived(bot: Waymark, group: Group, *, archived: bool) -> None:
    thread = await bot.fetch_channel(group.place.channel_id)
    if isinstance(thread, discord.Thread) and thread.archived is not archived:
        await thread.edit(archived=archived)


def _message(bot: Waymark, group: Group, message_id: int) -> discord.PartialMessage:
    """Return a message, without asking Discord for it."""
    channel = bot.get_partial_messageable(group.place.channel_id, guild_id=group.guild_id)
    return channel.get_partial_message(message_id)
