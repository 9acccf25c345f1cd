"""What organisers of a group see and do: who asks, who is taken out, closing it."""

import re
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.client import Waymark
from bot.i18n import _, ngettext
from bot.study.model import Entry, Standing, State
from bot.study.roll import Actor, Roll
from bot.study.seats.service import Seat
from cogs.study import words
from cogs.study.places import GROUP, GUILD, MEMBER, actor
from cogs.study.seat_card import seat_buttons

SHOWN = 4
"""Requests on one card."""


class PersonAct(StrEnum):
    """What a button does with somebody in a group, or on their way into it."""

    APPROVE = "approve"
    DECLINE = "decline"
    PUT_BACK = "putback"
    """Undoes taking them out."""


class PersonButton(
    LastingButton,
    template=rf"study:v1:(?P<act>{'|'.join(PersonAct)}):{GUILD}:{GROUP}:{MEMBER}",
):
    """Does one thing with somebody, for organisers; works in direct messages too."""

    def __init__(
        self, act: PersonAct, roll: tuple[int, int], member: int, label: str = "…"
    ) -> None:
        green, grey = discord.ButtonStyle.success, discord.ButtonStyle.secondary
        guild_id, group_id = roll
        super().__init__(
            ui.Button(
                label=label,
                style=green if act is PersonAct.APPROVE else grey,
                custom_id=f"study:v1:{act}:{guild_id}:{group_id}:{member}",
            )
        )
        self.act = act
        self.roll = roll
        self.member = member

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        where = int(match["guild"]), int(match["group"])
        return cls(PersonAct(match["act"]), where, int(match["member"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it, and show how they stand then."""
        await in_place(interaction, person_done(interaction, self.act, self.roll, self.member))


class GroupAct(StrEnum):
    """What a button does with a group."""

    CLOSE = "close"
    REOPEN = "reopen"
    OPEN = "open"
    """Opens it again from its card, which everybody sees: that follows by itself."""


class GroupButton(LastingButton, template=rf"study:v1:(?P<act>{'|'.join(GroupAct)}):{GROUP}"):
    """Closes a group, or opens it again, for organisers."""

    def __init__(self, act: GroupAct, group_id: int, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"study:v1:{act}:{group_id}"))
        self.act = act
        self.group_id = group_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(GroupAct(match["act"]), int(match["group"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it, and show how to undo it."""
        answer = privately if self.act is GroupAct.OPEN else in_place
        await answer(interaction, group_done(interaction, self.act, self.group_id))


async def person_done(
    interaction: discord.Interaction[Waymark],
    act: PersonAct,
    where: tuple[int, int],
    member_id: int,
) -> ui.LayoutView:
    """Let an organiser do something with somebody; return a card with the way back."""
    seats = interaction.client.services.study.seats
    does: dict[PersonAct, Callable[[int, int, int, Actor], Awaitable[Seat]]] = {
        PersonAct.APPROVE: seats.approve,
        PersonAct.DECLINE: seats.decline,
        PersonAct.PUT_BACK: seats.put_back,
    }
    await interaction.client.services.blocks.check(where[0], interaction.user.id)
    by = await actor(interaction, where[0])
    return person_card(await does[act](*where, member_id, by))


async def group_done(
    interaction: discord.Interaction[Waymark], act: GroupAct, group_id: int
) -> ui.LayoutView:
    """Close a group or open it again; return a card with the way back."""
    study, guild_id = interaction.client.services.study, interaction.guild_id or 0
    by = await actor(interaction, guild_id)
    does = study.close if act is GroupAct.CLOSE else study.reopen
    return state_card(await does(guild_id, group_id, by))


def person_card(seat: Seat) -> ui.LayoutView:
    """Say how somebody stands, as an organiser has decided."""
    titles = {
        Standing.MEMBER: _("They're in"),
        Standing.WAITING: _("They're on the waiting list"),
        Standing.DECLINED: _("Not let in"),
        Standing.REMOVED: _("Taken out"),
    }
    title = titles.get(seat.entry.standing, _("That has been answered"))
    return card(
        heading=heading(title, words.name(seat.roll)),
        body=f"<@{seat.entry.member_id}> · {words.places(seat.roll)}",
        rows=[_ways_back(seat)],
    )


def _ways_back(seat: Seat) -> list[PersonButton]:
    where, member_id = _where(seat.roll), seat.entry.member_id
    match seat.entry.standing:
        case Standing.DECLINED:
            return [PersonButton(PersonAct.APPROVE, where, member_id, _("Let them in after all"))]
        case Standing.REMOVED:
            return [PersonButton(PersonAct.PUT_BACK, where, member_id, _("Undo"))]
        case _:
            return []


def request_card(roll: Roll, entry: Entry, server: str) -> ui.LayoutView:
    """Tell an organiser that somebody asks to join."""
    text = _("<@{member}> asks to join. {places}.")
    return card(
        heading=heading(words.name(roll), server),
        body=text.format(member=entry.member_id, places=words.places(roll)),
        rows=[_answers(roll, entry)],
    )


def requests_card(roll: Roll) -> ui.LayoutView:
    """Show an organiser who asks to join, the first ones with buttons."""
    asking = roll.asking[:SHOWN]
    more = len(roll.asking) - len(asking)
    lines = [f"{number}. <@{each.member_id}>" for number, each in enumerate(asking, 1)]
    if more > 0:
        lines.append(ngettext("… and {n} more", "… and {n} more", more).format(n=more))
    return card(
        heading=heading(words.name(roll), words.places(roll)),
        body="\n".join(lines) or _("Nobody asks to join."),
        rows=[_answers(roll, each, f"{number}. ") for number, each in enumerate(asking, 1)],
    )


def state_card(roll: Roll) -> ui.LayoutView:
    """Say that a group is closed, or open again."""
    group = roll.group
    if group.is_open:
        buttons: Sequence[LastingButton] = seat_buttons(roll)
        return card(
            heading=heading(_("It goes on"), words.name(roll)),
            body=words.places(roll),
            rows=[buttons],
        )
    title = _("Archived") if group.state is State.ARCHIVED else _("Closed")
    return card(
        heading=heading(title, words.name(roll)),
        body=_("Nobody can join any more. An organiser can open it again for 90 days."),
        rows=[[GroupButton(GroupAct.REOPEN, group.id, _("Undo"))]],
    )


def _answers(roll: Roll, entry: Entry, before: str = "") -> list[PersonButton]:
    where = _where(roll)
    approve, decline = before + _("Approve"), before + _("Decline")
    return [
        PersonButton(PersonAct.APPROVE, where, entry.member_id, approve),
        PersonButton(PersonAct.DECLINE, where, entry.member_id, decline),
    ]


def _where(roll: Roll) -> tuple[int, int]:
    return roll.group.guild_id, roll.group.id
