"""A group's card, which everybody sees."""

from discord import ui

from bot.chat.cards import card, heading
from bot.client import Waymark
from bot.i18n import _
from bot.study.roll import Roll
from cogs.study import words
from cogs.study.organising_card import GroupAct, GroupButton
from cogs.study.seat_card import seat_buttons


def group_card(bot: Waymark, roll: Roll) -> ui.LayoutView:
    """Show a group to everybody."""
    facts = [
        f"**{words.places(roll)}**",
        words.named(roll.members) or _("Nobody is in it yet."),
        "",
        f"{words.admission(roll)} · {words.zone(roll)}",
    ]
    return card(
        heading=heading(words.name(roll), words.topic(bot, roll)),
        body="\n".join(facts),
        small_print=_("-# Everybody who sees this sees who is in. `/study` has more."),
        rows=[seat_buttons(roll) if roll.group.is_open else [_again(roll)]],
    )


def _again(roll: Roll) -> GroupButton:
    return GroupButton(GroupAct.OPEN, roll.group.id, _("Open it again"))
