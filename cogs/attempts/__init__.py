"""Answering the question of the day: by a form, for oneself alone unless one shares it."""

from bot.client import Waymark
from cogs.attempts.answer_button import AnswerButton
from cogs.attempts.answering import AnswerForm
from cogs.attempts.asking import ChangeButton
from cogs.attempts.own_card import PutBackButton, ShareSelect, TakeBackButton, TickSelect
from cogs.attempts.shared_card import HideButton, ReadButton, VoteButton


async def setup(bot: Waymark) -> None:
    """Add the buttons, the menus and the form."""
    bot.add_dynamic_items(AnswerButton, ChangeButton, TickSelect, ShareSelect)
    bot.add_dynamic_items(TakeBackButton, PutBackButton, ReadButton, VoteButton, HideButton)
    bot.add_forms(AnswerForm)
