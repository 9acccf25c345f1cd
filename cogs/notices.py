"""Telling managers and members what needs them, with the way to mend it."""

import re
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import MAX_OPTION_TEXT, clip
from bot.chat.outbox import Letter, Renderer
from bot.chat.permissions import (
    ChannelUnfit,
    can_post,
    is_manager,
    require_manager,
    require_postable,
)
from bot.checkins.model import CHECKIN, NUDGE
from bot.client import FollowUp, Waymark
from bot.delivery.model import Delivery, Reason
from bot.delivery.reasons import in_words
from bot.errors import MemberError
from bot.faq.model import ANSWERED, QUESTIONS_WAIT
from bot.guilds.model import NOTICE, RECOVERY, Notice, Trouble, is_channel
from bot.guilds.service import Notices
from bot.i18n import _, ngettext
from bot.phase_roles.model import PHASE_ROLE
from bot.questions.own import SUGGESTION, SUGGESTIONS_WAIT
from bot.study.model import NO_OWNER, OF_ENTRIES
from cogs.checkins.letter import unreached_card
from cogs.daily.bank_card import bank_card, is_about_bank
from cogs.faq.letter import questions_wait, server_name, undelivered_card
from cogs.phase_roles.cards import notice_of_role
from cogs.questions.letter import news_card, suggestions_wait
from cogs.study.news_card import ownerless_card, unreached_text

ID = r"(?P<id>\d{1,19})"
MOST_OPTIONS = 25

OF_ONE_THING = {PHASE_ROLE.name: notice_of_role, NO_OWNER: ownerless_card}
"""What is said of troubles that are about one thing of a feature."""


class NoticeGone(MemberError):
    """The notice was dealt with, or its server is no longer the bot's."""

    def __init__(self) -> None:
        super().__init__(_("That has been dealt with. `/deliveries show` has the present state."))


class RetryButton(LastingButton, template=rf"notice:v1:retry:{ID}"):
    """Sends again what failed."""

    def __init__(self, notice_id: int) -> None:
        super().__init__(ui.Button(label=_("Try again"), custom_id=f"notice:v1:retry:{notice_id}"))
        self.notice_id = notice_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Queue it again; the notice says so when it works."""
        await privately(interaction, self._retried(interaction))

    async def _retried(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        notice = await open_notice(interaction, self.notice_id)
        count = await interaction.client.services.notices.retry(notice)
        text = ngettext("I'm trying {count} again now.", "I'm trying {count} again now.", count)
        hint = _("When it works again, I say so.")
        return card(heading=heading(_("Trying again"), text.format(count=count)), body=hint)


class ChannelButton(LastingButton, template=rf"notice:v1:channels:{ID}"):
    """Offers the channels to post in instead."""

    def __init__(self, notice_id: int) -> None:
        custom_id = f"notice:v1:channels:{notice_id}"
        style = discord.ButtonStyle.primary
        super().__init__(ui.Button(label=_("Pick a channel"), style=style, custom_id=custom_id))
        self.notice_id = notice_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the channels in which the bot can post."""
        await privately(interaction, self._channels(interaction))

    async def _channels(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        notice = await open_notice(interaction, self.notice_id)
        guild = guild_of(interaction, notice)
        fit = [channel for channel in guild.text_channels if can_post(channel)][:MOST_OPTIONS]
        if not fit:
            raise ChannelUnfit
        return card(
            heading=heading(_("Another channel"), _("What was meant for the old one goes there.")),
            body=_("Those in which I may post:"),
            rows=[[ChannelSelect(notice.id, fit)]],
        )


class ChannelSelect(LastingSelect, template=rf"notice:v1:move:{ID}"):
    """Lets another channel take a troubled one's place; works in direct messages too."""

    def __init__(self, notice_id: int, channels: list[discord.TextChannel] | None = None) -> None:
        options = [
            discord.SelectOption(label=clip(f"#{each.name}", MAX_OPTION_TEXT), value=str(each.id))
            for each in channels or ()
        ]
        custom_id = f"notice:v1:move:{notice_id}"
        super().__init__(
            ui.Select(custom_id=custom_id, placeholder=_("Pick a channel…"), options=options)
        )
        self.notice_id = notice_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(int(match["id"]))

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Move what was posted in the old channel, and send what failed."""
        await in_place(interaction, self._moved(interaction, value))

    async def _moved(self, interaction: discord.Interaction[Waymark], value: str) -> ui.LayoutView:
        notice = await open_notice(interaction, self.notice_id)
        require_postable(guild_of(interaction, notice), int(value))
        notices, by = interaction.client.services.notices, interaction.user.id
        await notices.move(notice, int(value), by)
        text = _("From now on I post in <#{channel}>.").format(channel=value)
        return card(heading=heading(_("Done"), text), body=_("What couldn't be posted follows."))


def telling(notices: Notices) -> FollowUp:
    """Return what follows commands with what could not be told any other way."""

    async def tell(interaction: discord.Interaction[Waymark]) -> None:
        guild_id = interaction.guild_id
        managed = guild_id if guild_id and await is_manager(interaction, guild_id) else None
        for notice in await notices.untold(interaction.user.id, managed):
            view = await card_about(interaction.client, notice)
            if view is not None:
                await interaction.followup.send(view=view, ephemeral=True)
            await notices.told(notice)

    return tell


async def card_about(bot: Waymark, notice: Notice) -> ui.LayoutView | None:
    """Return what is said of a trouble; None if what it is about is gone."""
    trouble = notice.trouble
    if trouble.member_id is not None and trouble.kind == ANSWERED.name:
        return await _answer(bot, trouble.member_id, trouble)
    if trouble.member_id is not None and trouble.kind == SUGGESTION.name:
        return await _suggestion(bot, trouble.member_id, trouble.subject_id or 0)
    if trouble.kind == QUESTIONS_WAIT:
        return await questions_wait(bot, trouble.guild_id or 0)
    if trouble.kind == SUGGESTIONS_WAIT:
        return await suggestions_wait(bot, trouble.guild_id or 0)
    if trouble.kind in OF_ONE_THING:
        return await OF_ONE_THING[trouble.kind](bot, notice)
    return notice_card(notice)


async def _answer(bot: Waymark, member_id: int, trouble: Trouble) -> ui.LayoutView | None:
    waiting = await bot.services.faq.answer_for(member_id, trouble.subject_id or 0)
    if waiting is None:
        return None
    return undelivered_card(waiting, server_name(bot, waiting.guild_id), _hint(trouble))


async def _suggestion(bot: Waymark, member_id: int, question_id: int) -> ui.LayoutView | None:
    own = await bot.services.questions.decided_for(member_id, question_id)
    return None if own is None else news_card(own, server_name(bot, own.guild_id))


def _hint(trouble: Trouble) -> str:
    """Say how the next answer comes by direct message, if they are why this one didn't."""
    are_closed = is_channel(trouble.target) or trouble.reason == Reason.DM_CLOSED
    return in_words(Reason.DM_CLOSED) if are_closed else ""


async def open_notice(interaction: discord.Interaction[Waymark], notice_id: int) -> Notice:
    """Return the notice, if whoever acts may deal with it. Raises NoticeGone or NotAManager."""
    notice = await interaction.client.services.notices.get(notice_id)
    if notice is None or notice.closed_at is not None or notice.trouble.guild_id is None:
        raise NoticeGone
    await require_manager(interaction, notice.trouble.guild_id)
    return notice


def guild_of(interaction: discord.Interaction[Waymark], notice: Notice) -> discord.Guild:
    """Return the notice's server. Raises NoticeGone."""
    guild = interaction.client.get_guild(notice.trouble.guild_id or 0)
    if guild is None:
        raise NoticeGone
    return guild


def notice_card(notice: Notice) -> ui.LayoutView:
    """Say what can't be posted, why, and what to do."""
    trouble = notice.trouble
    if trouble.member_id is not None:
        is_checkin = trouble.kind in {CHECKIN.name, NUDGE.name}
        return unreached_card(trouble) if is_checkin else _unreached(trouble)
    if is_about_bank(notice):
        return bank_card(notice)
    buttons: list[LastingButton] = [RetryButton(notice.id)]
    if is_channel(trouble.target):
        buttons.insert(0, ChannelButton(notice.id))
    return card(
        heading=heading(_("I need a manager"), place_of(notice)),
        body=in_words(trouble.reason),
        small_print=_("-# After three failures in a row I stop, until you mend it."),
        rows=[buttons],
    )


def _unreached(trouble: Trouble) -> ui.LayoutView:
    text = _("Something that you asked me for couldn't reach you.")
    hint = _("`/remind list` shows what you have. It stays there until you delete it.")
    if trouble.kind in OF_ENTRIES:
        text, hint = _("I had news of a study group for you."), unreached_text()
    return card(
        heading=heading(_("I couldn't reach you"), text),
        body=f"{in_words(trouble.reason)}\n{hint}",
    )


def recovery_card(notice: Notice) -> ui.LayoutView:
    """Say that it works again."""
    return card(
        heading=heading(_("It works again"), place_of(notice)),
        body=_("Nothing more to do. Thank you!"),
    )


def place_of(notice: Notice) -> str:
    """Return where the trouble is."""
    target = notice.trouble.target
    if is_channel(target):
        return _("I can't post in <#{channel}>.").format(channel=target.id)
    return _("I can't send direct messages to <@{member}>.").format(member=target.id)


def letters(bot: Waymark) -> Renderer:
    """Return what builds the message about a trouble, while it is open."""

    async def render(delivery: Delivery) -> Letter | None:
        notice = await bot.services.notices.get(delivery.subject_id)
        if notice is None or notice.closed_at is not None or notice.told_at is not None:
            return None
        view = await card_about(bot, notice)
        return Letter(view, discord.AllowedMentions.none()) if view else None

    return render


def recovery_letters(notices: Notices) -> Renderer:
    """Return what builds the message that a trouble is over."""

    async def render(delivery: Delivery) -> Letter | None:
        notice = await notices.get(delivery.subject_id)
        nobody = discord.AllowedMentions.none()
        return Letter(recovery_card(notice), nobody, silent=True) if notice else None

    return render


async def setup(bot: Waymark) -> None:
    """Load the cog; called by discord.py."""

    def owner_of(guild_id: int) -> int | None:
        guild = bot.get_guild(guild_id)
        return guild.owner_id if guild else None

    notices = bot.services.notices
    notices.owner_of = owner_of
    notices.told_singly = frozenset({ANSWERED.name, SUGGESTION.name})
    bot.outbox.renders(NOTICE.name, letters(bot))
    bot.outbox.renders(RECOVERY.name, recovery_letters(notices))
    bot.add_dynamic_items(RetryButton, ChannelButton, ChannelSelect)
    bot.after_commands.append(telling(notices))
