"""A channel's check-ins as they stand, for managers."""

import re
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from typing import Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.permissions import require_manager
from bot.checkins.group import GroupStanding, Mode, Round
from bot.checkins.model import DayState, Skip, Status
from bot.client import Waymark
from bot.delivery.model import Reason
from bot.delivery.reasons import in_words
from bot.i18n import _, ngettext
from bot.when.phrases import describe
from cogs.checkins import words
from cogs.checkins.places import ID


class GroupAct(StrEnum):
    """What a button does with a channel's check-ins."""

    SHOW = "show"
    PAUSE = "pause"
    RESUME = "resume"
    REMOVE = "remove"
    BACK = "back"


class GroupButton(LastingButton, template=rf"checkins:v1:m:(?P<act>{'|'.join(GroupAct)}):{ID}"):
    """Does one thing with a channel's check-ins, for managers."""

    def __init__(self, act: GroupAct, group_id: int, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"checkins:v1:m:{act}:{group_id}"))
        self.act = act
        self.group_id = group_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(GroupAct(match["act"]), int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it, and show how it stands now."""
        await in_place(interaction, group_done(interaction, self.act, self.group_id))


async def managing(interaction: discord.Interaction[Waymark]) -> int:
    """Return the server that whoever acts manages. Raises NotAManager."""
    guild_id = interaction.guild_id or 0
    await require_manager(interaction, guild_id)
    return guild_id


async def group_done(
    interaction: discord.Interaction[Waymark], act: GroupAct, group_id: int
) -> ui.LayoutView:
    """Do something with a channel's check-ins, and return a card with the way back."""
    guild_id = await managing(interaction)
    groups = interaction.client.services.checkins.groups
    if act is GroupAct.REMOVE:
        return _removed_card(await groups.remove(guild_id, group_id))
    does: dict[GroupAct, Callable[[int, int], Awaitable[GroupStanding]]] = {
        GroupAct.SHOW: groups.get,
        GroupAct.PAUSE: groups.pause,
        GroupAct.RESUME: groups.resume,
        GroupAct.BACK: groups.bring_back,
    }
    return group_card(await does[act](guild_id, group_id))


def group_card(
    standing: GroupStanding, title: str = "", hints: Sequence[str] = ()
) -> ui.LayoutView:
    """Show how a channel's check-ins stand."""
    hours = ngettext("open for {n} hour", "open for {n} hours", standing.group.hours)
    facts = [
        _("**Next** {when}").format(when=_comes(standing)),
        _("**How** {how}").format(
            how=f"{hours.format(n=standing.group.hours)} · {_mode(standing)}"
        ),
        *[_round_line(each, standing.counts.get(each.id, 0)) for each in standing.rounds],
    ]
    where = f"<#{standing.target.id}> · {describe(standing.recurrence)}"
    return card(
        heading=heading(title or _("Check-ins"), where),
        body="\n".join(facts),
        small_print="\n".join(hints),
        rows=[_controls(standing)],
    )


def _mode(standing: GroupStanding) -> str:
    if standing.group.mode is Mode.MORNINGS:
        return _("who wants it is called in their own morning")
    return _("who wants it is called before it closes")


def _comes(standing: GroupStanding) -> str:
    if standing.upcoming is not None:
        at = standing.upcoming
        return f"{format_dt(at, 'F')} ({format_dt(at, 'R')})"
    if standing.stopped not in {None, Reason.PAUSED}:
        return _("stopped. {why} Then resume it.").format(why=in_words(standing.stopped))
    return _("paused")


def _round_line(found: Round, count: int) -> str:
    day = words.written(found.day)
    if found.state is DayState.SKIPPED:
        late = _("I came back too late for it.")
        why = late if found.reason == Skip.LATE else in_words(found.reason)
        return _("- {day}: skipped. {why}").format(day=day, why=why)
    replied = ngettext("{n} reply", "{n} replies", count).format(n=count)
    line = f"- {day}: {replied} · {found.link or '…'}"
    if found.thread_reason is None:
        return line
    return f"{line} · " + _("no thread: {why}").format(why=in_words(found.thread_reason))


def _controls(standing: GroupStanding) -> list[GroupButton]:
    group_id = standing.group.id
    if standing.is_new:
        return [GroupButton(GroupAct.REMOVE, group_id, _("Undo"))]
    remove = GroupButton(GroupAct.REMOVE, group_id, _("Remove"))
    if standing.group.state is Status.PAUSED or standing.upcoming is None:
        return [GroupButton(GroupAct.RESUME, group_id, _("Resume")), remove]
    return [GroupButton(GroupAct.PAUSE, group_id, _("Pause")), remove]


def _removed_card(standing: GroupStanding) -> ui.LayoutView:
    return card(
        heading=heading(_("Removed"), _("You can bring it back for a day.")),
        body=f"<#{standing.target.id}> · {describe(standing.recurrence)}",
        rows=[[GroupButton(GroupAct.BACK, standing.group.id, _("Undo"))]],
    )
