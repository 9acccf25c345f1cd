"""Settings on a card, changed in place, with Undo."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton, LastingChannelSelect, LastingSelect
from bot.chat.forms import Field, Form, modal
from bot.chat.limits import MAX_BUTTON_LABEL, MAX_CUSTOM_ID, MAX_OPTION_TEXT, clip
from bot.client import Waymark
from bot.i18n import _
from bot.settings.model import Change, Choice, Input, Owner, Setting
from bot.when.errors import UnclearTime
from cogs.settings.values import DEFAULT, owner_id_of, read_value, setting_named

OWNER = rf"(?P<owner>{'|'.join(Owner)})"
NAME = r"(?P<name>\w{1,40})"
VALUE = "value"
CHOICES = 5
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ChangeSelect(LastingSelect, template=rf"setting:v1:change:{OWNER}"):
    """Picks the setting to change."""

    def __init__(self, owner: Owner, settings: Sequence[Setting[Any]] = ()) -> None:
        options = [
            discord.SelectOption(label=clip(_(each.title), MAX_OPTION_TEXT), value=each.name)
            for each in settings
        ]
        custom_id = f"setting:v1:change:{owner}"
        super().__init__(ui.Select(custom_id=custom_id, placeholder=_("Change…"), options=options))
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(Owner(match["owner"]))

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Ask for the new value."""
        await owner_id_of(interaction, self.owner)
        setting = setting_named(interaction, self.owner, value)
        if setting.input is Input.CHANNEL:
            await interaction.response.send_message(view=_channel_card(setting), ephemeral=True)
        else:
            field = Field(VALUE, _(setting.title), placeholder=_("Berlin, São Paulo, Kolkata …"))
            custom_id = f"setting:v1:type:{self.owner}:{setting.name}"
            await interaction.response.send_modal(modal(_("Change a setting"), custom_id, field))


class ChannelChoice(LastingChannelSelect, template=rf"setting:v1:channel:{OWNER}:{NAME}"):
    """Picks the channel that a setting names."""

    def __init__(self, owner: Owner, name: str) -> None:
        super().__init__(
            ui.ChannelSelect(
                custom_id=f"setting:v1:channel:{owner}:{name}",
                placeholder=_("Pick a channel…"),
                channel_types=[discord.ChannelType.text, discord.ChannelType.news],
            )
        )
        self.owner = owner
        self.name = name

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(Owner(match["owner"]), match["name"])

    async def chosen(self, interaction: discord.Interaction[Waymark], channel_id: int) -> None:
        """Set it."""
        await in_place(interaction, changed(interaction, self.owner, self.name, str(channel_id)))


class ChangeForm(Form):
    """Sets a setting to what is typed."""

    template = rf"setting:v1:type:{OWNER}:{NAME}"

    def __init__(self, owner: Owner, name: str) -> None:
        self.owner = owner
        self.name = name

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(Owner(match["owner"]), match["name"])

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Set it, or ask which value was meant."""
        await privately(interaction, changed(interaction, self.owner, self.name, typed[VALUE]))


class ValueButton(LastingButton, template=rf"setting:v1:set:{OWNER}:{NAME}:(?P<value>.+)"):
    """Sets a setting to one of the values that may have been meant."""

    def __init__(self, owner: Owner, name: str, value: str) -> None:
        custom_id = f"setting:v1:set:{owner}:{name}:{value}"
        super().__init__(ui.Button(label=clip(value, MAX_BUTTON_LABEL), custom_id=custom_id))
        self.owner = owner
        self.name = name
        self.value = value

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Owner(match["owner"]), match["name"], match["value"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Set it."""
        await in_place(interaction, changed(interaction, self.owner, self.name, self.value))


class UndoButton(
    LastingButton,
    template=rf"setting:v1:undo:{OWNER}:{NAME}:(?P<at>\d+):(?P<before>.*)",
):
    """Puts back what was chosen before, unless it was changed again since."""

    def __init__(self, owner: Owner, name: str, at: int, before: str) -> None:
        custom_id = f"setting:v1:undo:{owner}:{name}:{at}:{before}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.owner = owner
        self.name = name
        self.at = at
        self.before = before

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Owner(match["owner"]), match["name"], int(match["at"]), match["before"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Put it back."""
        await in_place(interaction, self._put_back(interaction))

    async def _put_back(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        owner_id = await owner_id_of(interaction, self.owner)
        setting = setting_named(interaction, self.owner, self.name)
        preferences = interaction.client.services.preferences
        changed_at = EPOCH + timedelta(microseconds=self.at) if self.at else None
        choice = await preferences.undo(
            setting, owner_id, changed_at, self.before or None, by=interaction.user.id
        )
        return _changed_card(choice, _("Put back"), interaction.client.services.clock.now())


async def answer(
    interaction: discord.Interaction[Waymark], owner: Owner, name: str | None, value: str | None
) -> None:
    """Answer a command: show the settings, or change one."""
    if value is not None:
        await privately(interaction, changed(interaction, owner, name or "", value))
    else:
        await privately(interaction, _overview(interaction, owner, name))


async def changed(
    interaction: discord.Interaction[Waymark], owner: Owner, name: str, text: str
) -> ui.LayoutView:
    """Change a setting and show it, or ask which value was meant. Raises MemberError."""
    owner_id = await owner_id_of(interaction, owner)
    setting = setting_named(interaction, owner, name)
    services, user_id = interaction.client.services, interaction.user.id
    if text.strip().casefold() == DEFAULT:
        change = await services.preferences.reset(setting, owner_id)
    else:
        try:
            value = await read_value(interaction, setting, text)
        except UnclearTime as problem:
            return _question_card(setting, problem)
        change = await services.preferences.set(setting, owner_id, value, by=user_id)
    undo = _undo_of(change)
    now = services.clock.now()
    return _changed_card(change.after, _("Saved"), now, [undo] if undo else [])


async def _overview(
    interaction: discord.Interaction[Waymark], owner: Owner, name: str | None
) -> ui.LayoutView:
    owner_id = await owner_id_of(interaction, owner)
    services = interaction.client.services
    choices = await services.preferences.all(owner, owner_id)
    if name is not None:
        wanted = setting_named(interaction, owner, name)
        choices = [choice for choice in choices if choice.setting is wanted]
    now = services.clock.now()
    mine = owner is Owner.MEMBER
    where = _("They go with you into every server.") if mine else _("For everybody here.")
    return card(
        heading=heading(_("Your settings") if mine else _("Server settings"), where),
        body="\n\n".join(_described(choice, now) for choice in choices),
        rows=[[ChangeSelect(owner, [choice.setting for choice in choices])]],
    )


def _described(choice: Choice[Any], now: datetime) -> str:
    setting = choice.setting
    title, explanation = _(setting.title), _(setting.help)
    lines = [f"**{title}** · {setting.show(choice.value, now)}", f"-# {explanation}"]
    if setting.owner is Owner.GUILD and choice.changed_at is not None:
        by = _("-# Set by <@{member}> {when}.")
        lines.append(by.format(member=choice.changed_by, when=format_dt(choice.changed_at, "R")))
    return "\n".join(lines)


def _changed_card(
    choice: Choice[Any], title: str, now: datetime, buttons: Sequence[LastingButton] = ()
) -> ui.LayoutView:
    setting = choice.setting
    return card(
        heading=heading(title, _(setting.title)),
        body=setting.show(choice.value, now),
        small_print="-# " + _(setting.help),
        rows=[buttons],
    )


def _question_card(setting: Setting[Any], problem: UnclearTime) -> ui.LayoutView:
    buttons = [
        ValueButton(setting.owner, setting.name, value) for value in problem.choices[:CHOICES]
    ]
    return card(
        heading=heading(_("Which one?"), _(setting.title)), body=str(problem), rows=[buttons]
    )


def _channel_card(setting: Setting[Any]) -> ui.LayoutView:
    return card(
        heading=heading(_("Change a setting"), _(setting.title)),
        body=_(setting.help),
        rows=[[ChannelChoice(setting.owner, setting.name)]],
    )


def _undo_of(change: Change[Any]) -> UndoButton | None:
    """Return the button that puts back what was before; None if that is too long for one."""
    setting, before = change.before.setting, change.before
    written = "" if before.is_default else setting.write(before.value)
    at = change.after.changed_at
    button = UndoButton(
        setting.owner,
        setting.name,
        (at - EPOCH) // timedelta(microseconds=1) if at else 0,
        written,
    )
    return button if len(button.custom_id) <= MAX_CUSTOM_ID else None
