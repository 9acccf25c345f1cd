"""What members are asked: to take a group over, and whether it still meets."""

import re
from enum import StrEnum
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.client import Waymark
from bot.i18n import _
from bot.study.model import Entry
from bot.study.roll import Roll
from cogs.study import words
from cogs.study.organising_card import GroupAct, GroupButton, state_card
from cogs.study.places import ENTRY, GROUP


class OfferAct(StrEnum):
    """What a member says to a group that is offered to them."""

    TAKE = "take"
    REFUSE = "refuse"


class OfferButton(LastingButton, template=rf"study:v1:(?P<act>{'|'.join(OfferAct)}):{ENTRY}"):
    """Takes a group over, or lets the next be asked; in direct messages."""

    def __init__(self, act: OfferAct, entry_id: int, label: str = "…") -> None:
        green, grey = discord.ButtonStyle.success, discord.ButtonStyle.secondary
        style = green if act is OfferAct.TAKE else grey
        custom_id = f"study:v1:{act}:{entry_id}"
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id))
        self.act = act
        self.entry_id = entry_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(OfferAct(match["act"]), int(match["entry"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Keep it; the service knows whose offer it is."""
        await in_place(interaction, self._answered(interaction))

    async def _answered(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        organising, member_id = interaction.client.services.study.organising, interaction.user.id
        if self.act is OfferAct.TAKE:
            guild_id = await organising.offered_in(self.entry_id, member_id)
            await interaction.client.services.blocks.check(guild_id, member_id)
            roll = await organising.take_over(self.entry_id, interaction.user.id)
            text = _("It is your group now. `/study` in the server has what you can do with it.")
            return card(heading=heading(_("Thank you!"), words.name(roll)), body=text)
        roll = await organising.refuse(self.entry_id, interaction.user.id)
        text = _("You stay in the group. I ask somebody else.")
        return card(heading=heading(_("All right"), words.name(roll)), body=text)


class StillButton(LastingButton, template=rf"study:v1:still:{GROUP}"):
    """Lets a group go on, for its members."""

    def __init__(self, group_id: int) -> None:
        style, custom_id = discord.ButtonStyle.success, f"study:v1:still:{group_id}"
        super().__init__(ui.Button(label=_("Still meeting"), style=style, custom_id=custom_id))
        self.group_id = group_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["group"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Note it, and say so."""
        await in_place(interaction, self._goes_on(interaction))

    async def _goes_on(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        resting, guild_id = interaction.client.services.study.resting, interaction.guild_id or 0
        return state_card(await resting.still_meeting(guild_id, self.group_id, interaction.user.id))


def offer_card(roll: Roll, entry: Entry, server: str) -> ui.LayoutView:
    """Ask a member to take a group over."""
    text = _(
        "The owner of this group is gone. Will you take it over? You could change, hand over and "
        "close it. Within 7 days; after that I ask somebody else."
    )
    return card(
        heading=heading(words.name(roll), server),
        body=text,
        rows=[
            [
                OfferButton(OfferAct.TAKE, entry.id, _("Take it over")),
                OfferButton(OfferAct.REFUSE, entry.id, _("No, thanks")),
            ]
        ],
    )


def dormant_card(roll: Roll) -> ui.LayoutView:
    """Ask a group whether it still meets."""
    return card(
        heading=heading(_("Are you still meeting?"), words.name(roll)),
        body=_("Nothing has happened here for 60 days. Without an answer I archive it in 14 days."),
        small_print=_("-# Every member can say so; organisers can close it, and open it again."),
        rows=[
            [
                StillButton(roll.group.id),
                GroupButton(GroupAct.CLOSE, roll.group.id, _("Close it")),
            ]
        ],
    )
