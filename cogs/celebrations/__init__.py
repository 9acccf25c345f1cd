"""What members finish, announced as they allow; it has no commands of its own."""

from bot.celebrations.model import CELEBRATION, EDIT
from bot.client import Waymark
from cogs.celebrations.letter import announcing, editing
from cogs.celebrations.offer import OfferButton
from cogs.celebrations.post_card import CongratulateButton, TakeOffButton


async def setup(bot: Waymark) -> None:
    """Load the components that outlive a restart, and what the queue posts."""
    bot.add_dynamic_items(OfferButton, CongratulateButton, TakeOffButton)
    bot.outbox.renders(CELEBRATION.name, announcing(bot))
    bot.outbox.acts(EDIT.name, editing(bot))
