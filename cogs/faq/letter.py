"""Telling a member that their question was answered; in a channel, without a word of it."""

import re
from typing import Self

import discord
from discord import ui
from discord.utils import escape_markdown

from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import clip, paged
from bot.chat.outbox import Letter, Renderer
from bot.chat.parts import paragraph, parted
from bot.chat.permissions import NotYourQuestion
from bot.client import Waymark
from bot.delivery.model import Delivery, TargetKind
from bot.faq.model import Waiting, WaitingState
from bot.i18n import _, ngettext
from cogs.faq.pending_card import in_quotes

PLACE = r"(?P<guild>\d{1,20}):(?P<id>\d{1,18})"

ANSWER_PAGE = 2200
"""Characters of an answer on one card: nearly always all of it."""

MAX_QUESTION_SHOWN = 900
MAX_SERVER = 120
"""Characters."""


class ShowAnswerButton(LastingButton, template=rf"faq:v1:show:{PLACE}"):
    """Shows an answer, to who asked alone, that could only be hinted at in a channel."""

    def __init__(self, guild_id: int, waiting_id: int) -> None:
        custom_id = f"faq:v1:show:{guild_id}:{waiting_id}"
        super().__init__(ui.Button(label=_("Show it to me"), custom_id=custom_id))
        self.guild_id = guild_id
        self.waiting_id = waiting_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["guild"]), int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show it."""
        await privately(interaction, told(interaction, self.guild_id, self.waiting_id, 0))


class TurnButton(LastingButton, template=rf"faq:v1:turn:{PLACE}:(?P<page>\d)"):
    """Turns to another page of a long answer."""

    def __init__(self, guild_id: int, waiting_id: int, page: int, label: str = "…") -> None:
        custom_id = f"faq:v1:turn:{guild_id}:{waiting_id}:{page}"
        super().__init__(ui.Button(label=label, custom_id=custom_id))
        self.guild_id = guild_id
        self.waiting_id = waiting_id
        self.page = page

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["guild"]), int(match["id"]), int(match["page"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        await in_place(interaction, told(interaction, self.guild_id, self.waiting_id, self.page))


async def told(
    interaction: discord.Interaction[Waymark], guild_id: int, waiting_id: int, page: int
) -> ui.LayoutView:
    """Return the answer to one's own question. Raises WaitingGone or NotYourQuestion."""
    waiting = await interaction.client.services.faq.waiting_by_id(guild_id, waiting_id)
    if waiting.asker_id != interaction.user.id or waiting.state is not WaitingState.ANSWERED:
        raise NotYourQuestion
    return answer_card(waiting, server_name(interaction.client, guild_id), page)


def letter_for(bot: Waymark) -> Renderer:
    """Return what builds the message about an answered question."""

    async def render(delivery: Delivery) -> Letter | None:
        waiting = await bot.services.faq.due(delivery)
        if waiting is None:
            return None
        if delivery.target.kind is not TargetKind.CHANNEL:
            view = answer_card(waiting, server_name(bot, waiting.guild_id), 0)
            return Letter(view, discord.AllowedMentions.none())
        if not await can_see(bot, waiting):
            return None
        return Letter(hint_card(waiting), _pinging(waiting.asker_id))

    return render


def server_name(bot: Waymark, guild_id: int) -> str:
    """Return a server's name, as it is shown in a sentence."""
    guild = bot.get_guild(guild_id)
    return clip(escape_markdown(guild.name), MAX_SERVER) if guild else _("the server")


async def questions_wait(bot: Waymark, guild_id: int) -> ui.LayoutView | None:
    """Tell people of a server how many questions wait for them; None if none does."""
    count = len(await bot.services.faq.waiting(guild_id))
    text = ngettext(
        "{count} question waits for an answer from one of you. `/faq pending` shows it.",
        "{count} questions wait for an answer from one of you. `/faq pending` shows them.",
        count,
    )
    where = server_name(bot, guild_id)
    return waiting_card(_("Members ask you"), where, text.format(count=count)) if count else None


def waiting_card(title: str, where: str, body: str) -> ui.LayoutView:
    """Say what waits for people, and that they aren't told of each."""
    small_print = _("-# I say no more of it until somebody has looked.")
    return card(heading=heading(title, where), body=body, small_print=small_print)


async def can_see(bot: Waymark, waiting: Waiting) -> bool:
    """Return whether who asked is still there to see the channel in which they did."""
    guild = bot.get_guild(waiting.guild_id)
    channel = guild and guild.get_channel_or_thread(waiting.channel_id or 0)
    if guild is None or channel is None:
        return True  # only Discord's answer says that a channel is gone
    try:
        member = await guild.fetch_member(waiting.asker_id)
    except discord.NotFound:
        return False
    return channel.permissions_for(member).view_channel


def _pinging(member_id: int) -> discord.AllowedMentions:
    member = discord.Object(member_id)
    return discord.AllowedMentions(everyone=False, roles=False, users=[member])


def answer_card(waiting: Waiting, server: str, page: int) -> ui.LayoutView:
    """Show a page of the answer to a question."""
    pages = paged([waiting.answer or ""], ANSWER_PAGE)
    page = min(page, len(pages) - 1)
    parts = [
        paragraph(in_quotes(waiting, MAX_QUESTION_SHOWN)),
        paragraph(pages[page]),
    ]
    title = heading(_("Your question was answered"), _where(waiting, server), page, len(pages))
    return parted(title, parts, [_moves(waiting, page, len(pages))])


def undelivered_card(waiting: Waiting, server: str, hint: str) -> ui.LayoutView:
    """Say, to who asked alone, that there is an answer which couldn't be sent to them."""
    body = f"{in_quotes(waiting, MAX_QUESTION_SHOWN)}\n\n{hint}".rstrip()
    return card(
        heading=heading(_("Your question was answered"), _where(waiting, server)),
        body=body,
        rows=[[ShowAnswerButton(waiting.guild_id, waiting.id)]],
    )


def _where(waiting: Waiting, server: str) -> str:
    if waiting.channel_id is None:
        return _("You asked it in {server}.").format(server=server)
    text = _("You asked it in {server}, in <#{channel}>.")
    return text.format(server=server, channel=waiting.channel_id)


def _moves(waiting: Waiting, page: int, count: int) -> list[TurnButton]:
    moves: list[TurnButton] = []
    if page > 0:
        moves.append(TurnButton(waiting.guild_id, waiting.id, page - 1, _("← Back")))
    if page < count - 1:
        moves.append(TurnButton(waiting.guild_id, waiting.id, page + 1, _("More →")))
    return moves


def hint_card(waiting: Waiting) -> ui.LayoutView:
    """Say, where others see it, that there is an answer, and nothing of what it says."""
    text = _("<@{member}>, I have something for you, but I can't send you direct messages.")
    return card(
        heading=heading(_("Your answer is here"), text.format(member=waiting.asker_id)),
        body=_("Only you can open it. Allow direct messages from this server to get them there."),
        rows=[[ShowAnswerButton(waiting.guild_id, waiting.id)]],
    )
