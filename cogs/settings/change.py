"""Changing a setting in place, asking back which value was meant, and Undo."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import discord
from discord import ui

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import MAX_BUTTON_LABEL, MAX_CUSTOM_ID, clip
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _
from bot.settings.model import Change, Choice, Option, Setting, UnclearValue
from cogs.settings.values import DEFAULT, read_value, setting_named
from cogs.settings.whose import Whose

NAME = r"(?P<name>\w{1,40})"
CHOICES = 5
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class GoneSince(MemberError):
    """An Undo came after what was chosen before had gone."""

    def __init__(self) -> None:
        super().__init__(_("What was chosen before isn't here any more, so it stays as it is."))


class ValueButton(LastingButton, template=rf"setting:v1:set:{Whose.PATTERN}:{NAME}:(?P<value>.+)"):
    """Sets a setting to one of the values that may have been meant, or back to the default."""

    def __init__(self, whose: Whose, name: str, value: str, label: str = "…") -> None:
        custom_id = f"setting:v1:set:{whose}:{name}:{value}"
        super().__init__(ui.Button(label=clip(label, MAX_BUTTON_LABEL), custom_id=custom_id))
        self.whose = whose
        self.name = name
        self.value = value

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Whose.read(match), match["name"], match["value"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Set it."""
        await in_place(interaction, changed(interaction, self.whose, self.name, self.value))


class UndoButton(
    LastingButton,
    template=rf"setting:v1:undo:{Whose.PATTERN}:{NAME}:(?P<at>\d+):(?P<before>.*)",
):
    """Puts back what was chosen before, unless it was changed again since."""

    def __init__(self, whose: Whose, name: str, at: int, before: str) -> None:
        custom_id = f"setting:v1:undo:{whose}:{name}:{at}:{before}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.whose = whose
        self.name = name
        self.at = at
        self.before = before

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Whose.read(match), match["name"], int(match["at"]), match["before"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Put it back."""
        await in_place(interaction, self._put_back(interaction))

    async def _put_back(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        owner_id = await self.whose.owner_id(interaction)
        setting = setting_named(interaction, self.whose.owner, self.name)
        preferences = interaction.client.services.preferences
        changed_at = EPOCH + timedelta(microseconds=self.at) if self.at else None
        try:
            choice = await preferences.undo(
                setting,
                owner_id,
                changed_at,
                self.before or None,
                by=interaction.user.id,
                guild_id=interaction.guild_id,
            )
        except UnclearValue as problem:
            raise GoneSince from problem
        now = interaction.client.services.clock.now()
        return _changed_card(self.whose, choice, _("Put back"), now)


async def changed(
    interaction: discord.Interaction[Waymark], whose: Whose, name: str, text: str
) -> ui.LayoutView:
    """Change a setting and show it, or ask which value was meant. Raises MemberError."""
    owner_id = await whose.owner_id(interaction)
    setting = setting_named(interaction, whose.owner, name)
    services, user_id = interaction.client.services, interaction.user.id
    if text.strip().casefold() == DEFAULT:
        change = await services.preferences.reset(setting, owner_id)
    else:
        try:
            value = await read_value(interaction, setting, text)
        except UnclearValue as problem:
            return _question_card(whose, setting, problem)
        where = interaction.guild_id
        change = await services.preferences.set(
            setting, owner_id, value, by=user_id, guild_id=where
        )
    return _saved_card(whose, change, services.clock.now())


def _saved_card(whose: Whose, change: Change[Any], now: datetime) -> ui.LayoutView:
    """Show what is saved, with Undo; where that can't be, with what was before."""
    undo = _undo_of(whose, change)
    if undo is not None:
        return _changed_card(whose, change.after, _("Saved"), now, buttons=[undo])
    before = change.before.setting.show(change.before.value, now)
    hint = _("-# Before: {value}.").format(value=before)
    return _changed_card(whose, change.after, _("Saved"), now, hint=hint)


def _changed_card(
    whose: Whose,
    choice: Choice[Any],
    title: str,
    now: datetime,
    *,
    buttons: Sequence[LastingButton] = (),
    hint: str = "",
) -> ui.LayoutView:
    setting = choice.setting
    explanation = "-# " + _(setting.help)
    return card(
        heading=heading(title, _(setting.title) + whose.place()),
        body=setting.show(choice.value, now),
        small_print="\n".join(filter(None, (explanation, hint))),
        rows=[buttons],
    )


def _question_card(whose: Whose, setting: Setting[Any], problem: UnclearValue) -> ui.LayoutView:
    buttons = [_button(whose, setting, option) for option in problem.options[:CHOICES]]
    return card(
        heading=heading(_("Which one?"), _(setting.title) + whose.place()),
        body=str(problem),
        rows=[[button for button in buttons if _fits(button)]],
    )


def _button(whose: Whose, setting: Setting[Any], option: Option) -> ValueButton:
    return ValueButton(whose, setting.name, option.text, option.label)


def _undo_of(whose: Whose, change: Change[Any]) -> UndoButton | None:
    """Return the button that puts back what was before; None if that is too long for one."""
    setting, before = change.before.setting, change.before
    written = "" if before.is_default else setting.abbreviated(before.value)
    at = change.after.changed_at
    micros = (at - EPOCH) // timedelta(microseconds=1) if at else 0
    button = UndoButton(whose, setting.name, micros, written)
    return button if _fits(button) else None


def _fits(button: LastingButton) -> bool:
    return len(button.custom_id) <= MAX_CUSTOM_ID
