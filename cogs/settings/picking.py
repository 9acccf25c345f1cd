"""Picking a setting's new value: from a menu of what there is, else by typing it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

import discord
from discord import ui

from bot.careers.loader import LoadedRole
from bot.careers.settings import MOST_FOLLOWED
from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import NOTHING, LastingMenu, Menu
from bot.chat.forms import Field, Form, modal
from bot.chat.limits import MAX_OPTION_TEXT, clip
from bot.client import Waymark
from bot.i18n import _, later
from bot.settings.model import Choice, Input, Setting
from cogs.settings.change import NAME, ValueButton, changed
from cogs.settings.values import DEFAULT
from cogs.settings.whose import Whose

VALUE = "value"
LONGEST = 500
MOST_OPTIONS = 25
PLACE = rf"{Whose.PATTERN}:{NAME}"
EXAMPLES = {
    Input.ZONE: later("Berlin, São Paulo, Kolkata …"),
    Input.CAREER: later("Its name, or part of it"),
    Input.CAREERS: later("Their names, with commas between"),
}


class ValueMenu(LastingMenu[Menu], template=NOTHING):
    """Sets a setting to what is picked from a menu."""

    kind: ClassVar[str]

    def __init__(self, whose: Whose, name: str) -> None:
        super().__init__(self.menu(f"setting:v1:{self.kind}:{whose}:{name}"))
        self.whose = whose
        self.name = name

    def menu(self, custom_id: str) -> Menu:
        """Return the menu, as yet without options of its own."""
        raise NotImplementedError

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(Whose.read(match), match["name"])

    async def all_chosen(
        self, interaction: discord.Interaction[Waymark], values: Sequence[str]
    ) -> None:
        """Set it."""
        text = ",".join(values)
        await in_place(interaction, changed(interaction, self.whose, self.name, text))


class ChannelChoice(ValueMenu[ui.ChannelSelect[Any]], template=rf"setting:v1:channel:{PLACE}"):
    """Picks the channel that a setting names."""

    kind = "channel"

    def menu(self, custom_id: str) -> ui.ChannelSelect[Any]:
        """Return a menu of channels in which something can be posted."""
        types = [discord.ChannelType.text, discord.ChannelType.news]
        return ui.ChannelSelect(
            custom_id=custom_id, placeholder=_("Pick a channel…"), channel_types=types
        )


class DiscordRoleChoice(ValueMenu[ui.RoleSelect[Any]], template=rf"setting:v1:role:{PLACE}"):
    """Picks the server's role that a setting names."""

    kind = "role"

    def menu(self, custom_id: str) -> ui.RoleSelect[Any]:
        """Return a menu of roles."""
        return ui.RoleSelect(custom_id=custom_id, placeholder=_("Pick a role…"))


class CareerChoice(ValueMenu[ui.Select[Any]], template=rf"setting:v1:career:{PLACE}"):
    """Picks the career, or the careers, that a setting names."""

    kind = "career"

    def menu(self, custom_id: str) -> ui.Select[Any]:
        """Return a menu without careers."""
        return ui.Select(custom_id=custom_id, placeholder=_("Pick a career…"))

    @classmethod
    def offering(cls, whose: Whose, choice: Choice[Any], roles: Sequence[LoadedRole]) -> Self:
        """Return the menu with careers, of which the present ones are marked."""
        made, several = cls(whose, choice.setting.name), choice.setting.input is Input.CAREERS
        present = choice.value if several else (choice.value,)
        for each in roles:
            made.item.add_option(
                label=clip(each.role.title, MAX_OPTION_TEXT),
                value=each.slug,
                default=each.slug in present,
            )
        made.item.max_values = min(MOST_FOLLOWED, len(roles)) if several else 1
        return made


class OptionChoice(ValueMenu[ui.Select[Any]], template=rf"setting:v1:option:{PLACE}"):
    """Picks one of the few values that a setting can have."""

    kind = "option"

    def menu(self, custom_id: str) -> ui.Select[Any]:
        """Return a menu without values."""
        return ui.Select(custom_id=custom_id, placeholder=_("Pick…"))

    @classmethod
    def offering(cls, whose: Whose, choice: Choice[Any]) -> Self:
        """Return the menu with the values, of which the present one is marked."""
        made, setting = cls(whose, choice.setting.name), choice.setting
        for each in setting.options() if setting.options else ():
            made.item.add_option(
                label=clip(each.label, MAX_OPTION_TEXT),
                value=each.text,
                default=each.text == setting.write(choice.value),
            )
        return made


class ChangeForm(Form):
    """Sets a setting to what is typed."""

    template = rf"setting:v1:type:{PLACE}"

    def __init__(self, whose: Whose, name: str) -> None:
        self.whose = whose
        self.name = name

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(Whose.read(match), match["name"])

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Set it, or ask which value was meant."""
        await privately(interaction, changed(interaction, self.whose, self.name, typed[VALUE]))


async def ask_for_value(
    interaction: discord.Interaction[Waymark], whose: Whose, setting: Setting[Any]
) -> None:
    """Ask for a setting's new value: with a menu where one can hold all, else with a form."""
    if _fits_a_menu(interaction, setting):
        await privately(interaction, _menu_card(interaction, whose, setting))
    else:
        example = _(EXAMPLES[setting.input])
        field = Field(VALUE, _(setting.title), longest=LONGEST, placeholder=example)
        custom_id = f"setting:v1:type:{whose}:{setting.name}"
        await interaction.response.send_modal(modal(_("Change a setting"), custom_id, field))


def _fits_a_menu(interaction: discord.Interaction[Waymark], setting: Setting[Any]) -> bool:
    match setting.input:
        case Input.CHANNEL | Input.ROLE | Input.OPTION:
            return True
        case Input.CAREER | Input.CAREERS:
            return 0 < len(interaction.client.services.careers.registry) <= MOST_OPTIONS
        case Input.ZONE:
            return False


async def _menu_card(
    interaction: discord.Interaction[Waymark], whose: Whose, setting: Setting[Any]
) -> ui.LayoutView:
    owner_id = await whose.owner_id(interaction)
    preferences = interaction.client.services.preferences
    choice = await preferences.choice(setting, owner_id)
    back = ValueButton(whose, setting.name, DEFAULT, _("Back to the default"))
    return card(
        heading=heading(_("Change a setting"), _(setting.title) + whose.place()),
        body=_(setting.help),
        rows=[[_menu(interaction, whose, choice)], [] if choice.is_default else [back]],
    )


def _menu(
    interaction: discord.Interaction[Waymark], whose: Whose, choice: Choice[Any]
) -> ValueMenu[Any]:
    match choice.setting.input:
        case Input.CHANNEL:
            return ChannelChoice(whose, choice.setting.name)
        case Input.ROLE:
            return DiscordRoleChoice(whose, choice.setting.name)
        case Input.OPTION:
            return OptionChoice.offering(whose, choice)
        case _:
            roles = interaction.client.services.careers.registry.all()
            return CareerChoice.offering(whose, choice, roles)
