"""What another member lets the server see of their milestones."""

import re
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.paging import page_moves
from bot.client import Waymark
from bot.i18n import _, ngettext
from bot.milestones.model import Page
from cogs.milestones.access import OWNER, PAGE, owner_here
from cogs.milestones.list_card import entry, pages_of

WHOSE = r"(?P<whose>\d{1,20})"


class SharedButton(LastingButton, template=rf"milestone:v1:shared:{OWNER}:{WHOSE}:{PAGE}"):
    """Opens a page of another member's shared milestones, for who asked."""

    def __init__(self, asker: int, whose: int, page: int, label: str = "…") -> None:
        custom_id = f"milestone:v1:shared:{asker}:{whose}:{page}"
        super().__init__(ui.Button(label=label, custom_id=custom_id))
        self.asker = asker
        self.whose = whose
        self.page = page

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["owner"]), int(match["whose"]), int(match["page"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        owner_here(interaction, self.asker)
        await in_place(interaction, shared(interaction, self.whose, self.page))


async def shared(
    interaction: discord.Interaction[Waymark], whose: int, number: int = 0
) -> ui.LayoutView:
    """Return a page of what a member lets this server see."""
    milestones = interaction.client.services.milestones
    page = await milestones.shared(interaction.guild_id or 0, whose, number)
    return shared_card(page, interaction.user.id, whose)


def shared_card(page: Page, asker: int, whose: int) -> ui.LayoutView:
    """Show a page of another member's milestones; there is nothing to press but pages."""
    count = ngettext(
        "{member} shows {count} milestone here",
        "{member} shows {count} milestones here",
        page.total,
    )
    subtitle = count.format(member=f"<@{whose}>", count=page.total)

    def to(number: int, label: str) -> SharedButton:
        return SharedButton(asker, whose, number, label)

    moves = page_moves(page.number, pages_of(page), to, _("Back"), _("Next"))
    none = _("Nothing to see. Milestones are private unless their member shows them.")
    return card(
        heading=heading(_("Milestones"), subtitle, page.number, pages_of(page)),
        body="\n\n".join(entry(each, page) for each in page.milestones) or none,
        rows=[moves],
    )
