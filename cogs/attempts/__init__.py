"""Answering the question of the day: by a form, for oneself alone unless one shares it."""

from bot.client import Waymark
from cogs.attempts.answer_button import AnswerButton
from cogs.attempts.answering import AnswerForm
from cogs.attempts.own_card import ShareSelect, TakeBackButton, TickSelect
from cogs.attempts.shared_card import ReadButton, VoteButton


async def setup(bot: Waymark) -> None:
    """Add the buttons, the menus and the form."""
    bot.add_dynamic_items(
        AnswerButton, ReadButton, ShareSelect, TakeBackButton, TickSelect, VoteButton
    )
    bot.add_forms(AnswerForm)
