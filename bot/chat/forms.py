"""Modals whose submission is handled even after a restart, so that nothing typed is lost."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import discord
from discord import ui

from bot.chat.limits import clip

MAX_MODAL_TITLE = 45
MAX_ABOVE = 1500
"""Characters: about two screens of a phone."""

TEXT_SELECT, TEXT_INPUT = 3, 4


@dataclass(frozen=True)
class Field:
    """A text that is asked for, of at most `longest` characters."""

    name: str
    label: str
    value: str = ""
    longest: int = 100
    placeholder: str = ""
    long: bool = False
    required: bool = True


class Form:
    """What becomes of a modal; a subclass gives the pattern of its custom ids."""

    template: ClassVar[str]
    gives_back: ClassVar[bool] = False
    """Whether a member gets what they typed back where `submitted` raises anything."""

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form from its custom id."""
        raise NotImplementedError

    async def submitted(
        self, interaction: discord.Interaction[Any], typed: Mapping[str, str]
    ) -> None:
        """Do what was asked for; `typed` has the texts by the fields' names."""
        raise NotImplementedError


def modal(title: str, custom_id: str, *fields: Field, above: str = "") -> ui.Modal:
    """Return a modal to open, with a text above its fields.

    The form with this custom id gets what is typed.
    """
    shown = ui.Modal(title=clip(title, MAX_MODAL_TITLE), custom_id=custom_id)
    if above:
        shown.add_item(ui.TextDisplay(clip(above, MAX_ABOVE)))
    for field in fields:
        style = discord.TextStyle.paragraph if field.long else discord.TextStyle.short
        box: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id=field.name,
            style=style,
            default=field.value[: field.longest] or None,
            max_length=field.longest,
            placeholder=clip(field.placeholder, 100) or None,
            required=field.required,
        )
        shown.add_item(ui.Label(text=clip(field.label, MAX_MODAL_TITLE), component=box))
    return shown


def typed_in(interaction: discord.Interaction[Any]) -> dict[str, str]:
    """Return what was typed into a submitted modal, by the names of its fields."""
    data: Mapping[str, Any] = interaction.data or {}
    return {
        part["custom_id"]: part.get("value") or ""
        for part in _walk(data.get("components", ()))
        if part.get("type") == TEXT_INPUT
    }


def picked_in(interaction: discord.Interaction[Any], name: str) -> list[str]:
    """Return what was picked in a menu of a submitted modal."""
    data: Mapping[str, Any] = interaction.data or {}
    parts = _walk(data.get("components", ()))
    return [
        value
        for part in parts
        if part.get("custom_id") == name and part.get("type") == TEXT_SELECT
        for value in part.get("values", ())
    ]


def _walk(parts: Any) -> Iterator[Mapping[str, Any]]:
    for part in parts:
        yield part
        yield from _walk(part.get("components", ()))
        if "component" in part:
            yield from _walk((part["component"],))
