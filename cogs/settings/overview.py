"""All settings of a member, a server or a channel on a card, from which each can be changed."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingSelect
from bot.chat.limits import MAX_OPTION_TEXT, clip
from bot.client import Waymark
from bot.i18n import _
from bot.settings.model import Choice, Owner, Setting
from cogs.settings.change import changed
from cogs.settings.picking import ask_for_value
from cogs.settings.values import setting_named
from cogs.settings.whose import Whose


class ChangeSelect(LastingSelect, template=rf"setting:v1:change:{Whose.PATTERN}"):
    """Picks the setting to change."""

    def __init__(self, whose: Whose, settings: Sequence[Setting[Any]] = ()) -> None:
        options = [
            discord.SelectOption(label=clip(_(each.title), MAX_OPTION_TEXT), value=each.name)
            for each in settings
        ]
        custom_id = f"setting:v1:change:{whose}"
        super().__init__(ui.Select(custom_id=custom_id, placeholder=_("Change…"), options=options))
        self.whose = whose

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(Whose.read(match))

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Ask for the new value."""
        await self.whose.owner_id(interaction)
        setting = setting_named(interaction, self.whose.owner, value)
        await ask_for_value(interaction, self.whose, setting)


async def answer(
    interaction: discord.Interaction[Waymark], whose: Whose, name: str | None, value: str | None
) -> None:
    """Answer a command: show the settings, or change one."""
    if value is not None:
        await privately(interaction, changed(interaction, whose, name or "", value))
    else:
        await privately(interaction, _overview(interaction, whose, name))


async def _overview(
    interaction: discord.Interaction[Waymark], whose: Whose, name: str | None
) -> ui.LayoutView:
    owner_id = await whose.owner_id(interaction)
    services = interaction.client.services
    choices = await services.preferences.all(whose.owner, owner_id)
    if name is not None:
        wanted = setting_named(interaction, whose.owner, name)
        choices = [choice for choice in choices if choice.setting is wanted]
    now = services.clock.now()
    hint = _("-# A channel has settings too: pick it as the command's `channel`.")
    return card(
        heading=_heading(whose),
        body="\n\n".join(_described(choice, now) for choice in choices),
        small_print=hint if whose.owner is Owner.GUILD else "",
        rows=[[ChangeSelect(whose, [choice.setting for choice in choices])]],
    )


def _heading(whose: Whose) -> str:
    match whose.owner:
        case Owner.MEMBER:
            return heading(_("Your settings"), _("They go with you into every server."))
        case Owner.GUILD:
            return heading(_("Server settings"), _("For everybody here."))
        case Owner.CHANNEL:
            where = _("For everybody in <#{channel}>.").format(channel=whose.channel_id)
            return heading(_("Channel settings"), where)


def _described(choice: Choice[Any], now: datetime) -> str:
    setting = choice.setting
    title, explanation = _(setting.title), _(setting.help)
    lines = [f"**{title}** · {setting.show(choice.value, now)}", f"-# {explanation}"]
    if choice.gone:
        lines.append(_("-# No longer here: {names}.").format(names=", ".join(choice.gone)))
    if setting.owner is not Owner.MEMBER and choice.changed_at is not None:
        by = _("-# Set by <@{member}> {when}.") if choice.changed_by else _("-# Set {when}.")
        lines.append(by.format(member=choice.changed_by, when=format_dt(choice.changed_at, "R")))
    return "\n".join(lines)
