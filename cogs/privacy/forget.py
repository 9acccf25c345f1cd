"""`/my forget`: what goes is shown, asked twice, then gone."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.forms import Field, Form, modal
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _, ngettext
from bot.privacy.model import Part, Receipt
from cogs.privacy.whose import (
    PLACE,
    guild_meant,
    in_words,
    place,
    place_in,
    require_own,
    scope_of,
)

WORD = "word"


class NotTyped(MemberError):
    """The word that confirms was not typed."""

    def __init__(self) -> None:
        text = _("Nothing was removed. To go on, press the button again and type “{word}”.")
        super().__init__(text.format(word=_("forget me")))


class PlaceButton(LastingButton, template=rf"privacy:v1:look:{PLACE}"):
    """Shows what goes in the other place: everywhere, or in this server alone."""

    def __init__(self, guild_id: int | None, owner_id: int) -> None:
        label = _("Everywhere instead") if guild_id is None else _("This server alone")
        custom_id = f"privacy:v1:look:{place(guild_id, owner_id)}"
        super().__init__(ui.Button(label=label, custom_id=custom_id))
        self.guild_id = guild_id
        self.owner_id = owner_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(*place_in(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show it."""
        require_own(interaction, self.owner_id)
        await in_place(interaction, _preview(interaction, self.guild_id))


class ForgetButton(LastingButton, template=rf"privacy:v1:forget:{PLACE}"):
    """Asks the second time, for a word to type."""

    def __init__(self, guild_id: int | None, owner_id: int) -> None:
        custom_id = f"privacy:v1:forget:{place(guild_id, owner_id)}"
        style = discord.ButtonStyle.danger
        super().__init__(ui.Button(label=_("Forget me…"), style=style, custom_id=custom_id))
        self.guild_id = guild_id
        self.owner_id = owner_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(*place_in(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Ask for the word."""
        require_own(interaction, self.owner_id)
        label = _("This can't be undone. Type: {word}").format(word=_("forget me"))
        field = Field(WORD, label, longest=40, placeholder=_("forget me"))
        custom_id = f"privacy:v1:forgetting:{place(self.guild_id, self.owner_id)}"
        await interaction.response.send_modal(modal(_("Forget me"), custom_id, field))


class ForgetForm(Form):
    """Forgets, once the word is typed."""

    template = rf"privacy:v1:forgetting:{PLACE}"

    def __init__(self, guild_id: int | None, owner_id: int) -> None:
        self.guild_id = guild_id
        self.owner_id = owner_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(*place_in(match))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Forget."""
        require_own(interaction, self.owner_id)
        if typed[WORD].strip().casefold() != _("forget me").casefold():
            raise NotTyped
        await privately(interaction, _forgotten(interaction, self.guild_id))


async def answer(interaction: discord.Interaction[Waymark], where: str | None) -> None:
    """Answer the command: show what would go."""
    await privately(interaction, _preview(interaction, guild_meant(interaction, where)))


async def _preview(
    interaction: discord.Interaction[Waymark], guild_id: int | None
) -> ui.LayoutView:
    bot, member_id, here = interaction.client, interaction.user.id, interaction.guild_id
    parts = await bot.services.privacy.held(member_id, scope_of(bot, guild_id))
    buttons: list[LastingButton] = [ForgetButton(guild_id, member_id)]
    if here is not None:
        buttons.append(PlaceButton(here if guild_id is None else None, member_id))
    return card(
        heading=heading(_("What I would forget"), in_words(guild_id)),
        body="\n".join(_listed(parts)),
        small_print=_("-# Nothing has happened yet. `/my export` gives you a copy first."),
        rows=[buttons],
    )


async def _forgotten(
    interaction: discord.Interaction[Waymark], guild_id: int | None
) -> ui.LayoutView:
    bot = interaction.client
    receipt = await bot.services.privacy.forget(interaction.user.id, scope_of(bot, guild_id))
    return card(
        heading=heading(_("Forgotten"), in_words(guild_id)),
        body="\n".join(_listed(receipt.parts)),
        small_print="\n".join(_small_print(receipt)),
    )


def _listed(parts: Sequence[Part]) -> Iterator[str]:
    """Return what goes, then what stays without the member's name, each with its number."""
    titled = [(_(part.title), part) for part in parts]
    gone = [f"- {title}: {part.own}" for title, part in titled if part.own]
    kept = [f"- {title}: {part.named}" for title, part in titled if part.named]
    if gone:
        yield from (_("**Deleted for good**"), *gone)
    if kept:
        yield from (_("**The server's, kept without your name**"), *kept)


def _small_print(receipt: Receipt) -> Iterator[str]:
    when = discord.utils.format_dt(receipt.at, "f")
    yield _("-# Receipt {reference} · {when}").format(reference=receipt.reference, when=when)
    if receipt.named:
        kept = ngettext(
            "-# {count} row stays, as it is a server's: you are no longer named in it.",
            "-# {count} rows stay, as they are a server's: you are no longer named in them.",
            receipt.named,
        )
        yield kept.format(count=receipt.named)
    yield _("-# What was planned for you won't be sent. What I posted before stays on Discord.")
    yield _("-# Older backups of whoever runs me still have it until newer ones replace them.")
