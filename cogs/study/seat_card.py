"""Joining and leaving a group, and what who does so is told."""

import re
from enum import StrEnum
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.client import Waymark
from bot.i18n import _, ngettext
from bot.study.model import Admission, Standing
from bot.study.roll import Roll
from bot.study.seats.service import Seat
from cogs.study import words
from cogs.study.places import GROUP


class SeatAct(StrEnum):
    """What a button does for who presses it."""

    JOIN = "join"
    LEAVE = "leave"
    BACK = "back"
    """Undoes leaving."""


class SeatButton(LastingButton, template=rf"study:v1:(?P<act>{'|'.join(SeatAct)}):{GROUP}"):
    """Joins a group, or leaves it; everybody may, for themselves."""

    def __init__(self, act: SeatAct, group_id: int, label: str = "…") -> None:
        primary, other = discord.ButtonStyle.primary, discord.ButtonStyle.secondary
        style = primary if act is SeatAct.JOIN else other
        custom_id = f"study:v1:{act}:{group_id}"
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id))
        self.act = act
        self.group_id = group_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(SeatAct(match["act"]), int(match["group"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it, and say privately how they stand; the card follows by itself."""
        answer = in_place if self.act is SeatAct.BACK else privately
        await answer(interaction, seated(interaction, self.act, self.group_id))


async def seated(
    interaction: discord.Interaction[Waymark], act: SeatAct, group_id: int
) -> ui.LayoutView:
    """Let a member join, leave, or come back; return a card with the way back."""
    seats = interaction.client.services.study.seats
    does = {SeatAct.JOIN: seats.join, SeatAct.LEAVE: seats.leave, SeatAct.BACK: seats.come_back}
    return seat_card(await does[act](interaction.guild_id or 0, group_id, interaction.user.id))


def seat_buttons(roll: Roll) -> list[SeatButton]:
    """Return the buttons of a group's card."""
    asks = roll.group.wish.admission is Admission.REQUEST
    join = _("Ask to join") if asks else _("Join")
    group_id = roll.group.id
    return [
        SeatButton(SeatAct.JOIN, group_id, join),
        SeatButton(SeatAct.LEAVE, group_id, _("Leave")),
    ]


def seat_card(seat: Seat) -> ui.LayoutView:
    """Tell a member how they stand in a group, with the way back."""
    title, text = _said(seat)
    group_id = seat.roll.group.id
    undo = SeatButton(SeatAct.BACK, group_id, _("Undo"))
    leave = SeatButton(SeatAct.LEAVE, group_id, _("Leave"))
    has_left = seat.entry.standing is Standing.LEFT
    return card(
        heading=heading(title, words.name(seat.roll)),
        body=text,
        rows=[[undo if has_left else leave]],
    )


def _said(seat: Seat) -> tuple[str, str]:
    match seat.entry.standing:
        case Standing.MEMBER:
            where = _("It meets in <#{channel}>.").format(channel=seat.roll.group.place.channel_id)
            return _("You're in"), where
        case Standing.WAITING:
            return _("You're on the waiting list"), _waits(seat)
        case Standing.ASKED:
            return _("You have asked to join"), _("An organiser answers; I tell you then.")
        case _:
            text = _("Undo brings you back for a day: to a place, if there is still one free.")
            return _("You have left"), text


def _waits(seat: Seat) -> str:
    before = seat.place - 1
    if not before:
        return _("You're the first. When a place is free, it is yours, and I tell you.")
    return ngettext(
        "{n} is before you. When a place is free, the next moves up, and I tell them.",
        "{n} are before you. When a place is free, the next moves up, and I tell them.",
        before,
    ).format(n=before)
