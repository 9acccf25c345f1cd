"""When a member has time: the card of `/my availability`, which is declared in `cogs.settings`."""

from bot.client import Waymark
from cogs.availability.changing import (
    ClearButton,
    HoursForm,
    PartsMenu,
    SayButton,
    TypeButton,
    UndoButton,
)


async def setup(bot: Waymark) -> None:
    """Load the components; called by discord.py."""
    bot.add_dynamic_items(PartsMenu, SayButton, TypeButton, ClearButton, UndoButton)
    bot.add_forms(HoursForm)
