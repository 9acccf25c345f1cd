"""What a member has just finished, for them alone: announce it, or don't."""

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.celebrations.model import Batch, CelebrationGone, NotYourCelebration, State
from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.client import Waymark
from bot.i18n import _
from cogs.celebrations import words

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Act(StrEnum):
    """What its member does with it."""

    ANNOUNCE = "announce"
    UNDO = "undo"


class OfferButton(
    LastingButton,
    template=rf"celebrate:v1:(?P<act>{'|'.join(Act)}):(?P<guild>\d{{1,20}})"
    r":(?P<at>\d{1,17}):(?P<owner>\d{1,20})",
):
    """Announces what one act has finished, or doesn't after all."""

    def __init__(self, act: Act, guild_id: int, at: datetime, owner: int, label: str = "…") -> None:
        style = (
            discord.ButtonStyle.success if act is Act.ANNOUNCE else discord.ButtonStyle.secondary
        )
        custom_id = f"celebrate:v1:{act}:{guild_id}:{(at - EPOCH) // MICROSECOND}:{owner}"
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id))
        self.act = act
        self.guild_id = guild_id
        self.at = at
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        at = EPOCH + int(match["at"]) * MICROSECOND
        return cls(Act(match["act"]), int(match["guild"]), at, int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it, and show how it stands."""
        if interaction.user.id != self.owner:
            raise NotYourCelebration
        if interaction.guild_id not in {None, self.guild_id}:
            raise CelebrationGone
        if self.act is Act.ANNOUNCE:
            await interaction.client.services.blocks.check(self.guild_id, self.owner)
        await in_place(interaction, self._done(interaction))

    async def _done(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        celebrations = interaction.client.services.celebrations
        act = celebrations.announce if self.act is Act.ANNOUNCE else celebrations.undo
        return offer_card(await act(self.guild_id, self.owner, self.at))


async def offer(interaction: discord.Interaction[Waymark], guild_id: int | None = None) -> None:
    """Show a member what they have just finished, if it is, or may be, announced.

    `guild_id` says in which server, where somebody acts in a direct message.
    """
    whose = guild_id or interaction.guild_id or 0, interaction.user.id
    batch = await interaction.client.services.celebrations.news(*whose)
    if batch is not None:
        await interaction.followup.send(view=offer_card(batch), ephemeral=True)


def offer_card(batch: Batch) -> ui.LayoutView:
    """Show what one act has finished, to its member, and whether it is announced."""
    title, hint = _title(batch)
    return card(
        heading=heading(title, hint),
        body=words.lines(batch.told),
        small_print=_("-# `/my settings` says what I announce of you, and what never."),
        rows=[_buttons(batch)],
    )


def _title(batch: Batch) -> tuple[str, str]:
    channel = f"<#{batch.channel_id}>"
    if State.PLANNED in batch.states and batch.due:
        text = _("I announce it at {when} in {channel}.")
        return _("Well done!"), text.format(when=format_dt(batch.due, "t"), channel=channel)
    if batch.states & {State.PLANNED, State.POSTED} and not batch.is_out:
        return _("Not posted yet"), _("It is on its way, or a manager has to mend something.")
    if State.POSTED in batch.states:
        return _("Announced"), _("Undo takes it off again.")
    if State.ASKED in batch.states and batch.channel_id:
        text = _("Shall I announce it in {channel}? Nobody sees it before you say so.")
        return _("Well done!"), text.format(channel=channel)
    return _("Not announced"), _("Nobody sees it.")


def _buttons(batch: Batch) -> list[OfferButton]:
    def button(act: Act, label: str) -> OfferButton:
        return OfferButton(act, batch.guild_id, batch.at, batch.member_id, label)

    found: list[OfferButton] = []
    if State.ASKED in batch.states and batch.channel_id:
        found.append(button(Act.ANNOUNCE, _("Announce it")))
    if batch.states & {State.PLANNED, State.POSTED}:
        found.append(button(Act.UNDO, _("Undo")))
    return found
