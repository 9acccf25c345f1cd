"""What the queue posts of check-ins."""

import discord
from discord import ui

from bot.chat.cards import card, heading
from bot.chat.outbox import Letter, Renderer
from bot.chat.permissions import may_write
from bot.chat.quoting import inert
from bot.checkins.model import Day, Prompt
from bot.client import Waymark
from bot.delivery.model import Delivery, Reason, TargetKind
from bot.delivery.outcomes import Undeliverable
from bot.delivery.reasons import in_words
from bot.guilds.model import Trouble
from bot.i18n import _
from cogs.checkins.prompt_card import prompt_card


def asking(bot: Waymark) -> Renderer:
    """Return what builds a day's question."""

    async def render(delivery: Delivery) -> Letter | Undeliverable | None:
        prompt = await bot.services.checkins.asking.due(delivery)
        if prompt is None or await _is_blocked(bot, prompt.day):
            return None
        return await _letter(bot, delivery, prompt)

    return render


def nudging(bot: Waymark) -> Renderer:
    """Return what builds the one nudge, which nobody else shall see."""

    async def render(delivery: Delivery) -> Letter | None:
        prompt = await bot.services.checkins.asking.nudge(delivery)
        if prompt is None or delivery.target.kind is TargetKind.CHANNEL:
            return None
        if await _is_blocked(bot, prompt.day):
            return None
        return Letter(prompt_card(prompt, again=True), discord.AllowedMentions.none())

    return render


async def _is_blocked(bot: Waymark, day: Day) -> bool:
    return await bot.services.blocks.has(day.guild_id, day.member_id)


async def _letter(bot: Waymark, delivery: Delivery, prompt: Prompt) -> Letter | Undeliverable:
    if delivery.target.kind is not TargetKind.CHANNEL:
        return Letter(prompt_card(prompt), discord.AllowedMentions.none())
    if reason := await _hindrance(bot, prompt, delivery.target.id):
        return Undeliverable(reason)
    member = discord.Object(prompt.config.member_id)
    mentions = discord.AllowedMentions(everyone=False, roles=False, users=[member])
    return Letter(prompt_card(prompt, in_public=True), mentions)


async def _hindrance(bot: Waymark, prompt: Prompt, channel_id: int) -> Reason | None:
    """Return why the member can't be asked there any more: not writing there, or having left."""
    guild = bot.get_guild(prompt.config.guild_id)
    channel = guild and guild.get_channel_or_thread(channel_id)
    if guild is None or channel is None:
        return None  # only Discord's answer says that a channel is gone
    try:
        member = await guild.fetch_member(prompt.config.member_id)
    except discord.NotFound:
        await bot.services.leavings.left(guild.id, prompt.config.member_id)
        return Reason.MEMBER_LEFT
    return None if may_write(channel, member) else Reason.NO_PERMISSION


def noting(bot: Waymark) -> Renderer:
    """Return what builds a note to facilitators."""

    async def render(delivery: Delivery) -> Letter | None:
        services = bot.services.checkins
        day = await services.asking.note(delivery)
        if day is None or await _is_blocked(bot, day):
            return None
        found = await services.answers.progress.stuck_help(day.guild_id, day.member_id)
        at = _(" at **{phase}**").format(phase=inert(found.phase)) if found else ""
        text = _("<@{member}> is stuck{at} and asks for help:")
        quote = "\n".join(f"> {inert(line)}" for line in (day.help_wanted or "").splitlines())
        view = card(
            heading=heading(_("Somebody is stuck"), text.format(member=day.member_id, at=at)),
            body=quote,
        )
        return Letter(view, discord.AllowedMentions.none())

    return render


def unreached_card(trouble: Trouble) -> ui.LayoutView:
    """Tell a member that their check-in couldn't be posted, and how they still get at it."""
    hint = _("`/checkin now` starts today's, `/checkin change` asks you elsewhere.")
    return card(
        heading=heading(_("Your check-in couldn't reach you"), ""),
        body=f"{in_words(trouble.reason)}\n{hint}",
    )
