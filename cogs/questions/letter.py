"""Telling a member what became of the question that they suggested."""

import discord
from discord import ui

from bot.chat.cards import card, heading
from bot.chat.outbox import Letter, Renderer
from bot.chat.quoting import on_one_line
from bot.client import Waymark
from bot.delivery.model import Delivery
from bot.i18n import _, ngettext
from bot.questions.known import State
from bot.questions.own import Own
from cogs.faq.letter import server_name, waiting_card

MAX_QUESTION_SHOWN = 1000
MAX_REASON_SHOWN = 1100
"""Characters."""


def letter_for(bot: Waymark) -> Renderer:
    """Return what builds the message about a suggestion."""

    async def render(delivery: Delivery) -> Letter | None:
        own = await bot.services.questions.due(delivery)
        if own is None:
            return None
        view = news_card(own, server_name(bot, own.guild_id))
        return Letter(view, discord.AllowedMentions.none())

    return render


async def suggestions_wait(bot: Waymark, guild_id: int) -> ui.LayoutView | None:
    """Tell people of a server how many suggestions wait for them; None if none does."""
    count = (await bot.services.questions.counts(guild_id)).get(State.SUGGESTED, 0)
    text = ngettext(
        "{count} suggested interview question waits. `/questions pending` shows it.",
        "{count} suggested interview questions wait. `/questions pending` shows them.",
        count,
    )
    where = server_name(bot, guild_id)
    return waiting_card(_("Members suggest"), where, text.format(count=count)) if count else None


def news_card(own: Own, server: str) -> ui.LayoutView:
    """Say what was decided, with the reason where it was declined."""
    question = f"> {on_one_line(own.text.text, MAX_QUESTION_SHOWN)}"
    if own.state is State.DECLINED:
        title, text = _("Your suggestion wasn't taken"), _("You made it in {server}.")
        reason = on_one_line(own.reason or "", MAX_REASON_SHOWN)
        return card(
            heading=heading(title, text.format(server=server)), body=f"{question}\n\n{reason}"
        )
    title, text = _("Your question was taken"), _("{server} may ask it now. Thank you!")
    return card(heading=heading(title, text.format(server=server)), body=question)
