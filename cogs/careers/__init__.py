"""`/role`: what a career is, what it pays, and how it compares with another."""

from typing import Any

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from discord.ext import commands

from bot.careers.loader import LoadedRole
from bot.careers.slugs import key_of
from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.client import Waymark
from bot.i18n import _
from cogs.careers.comparison_card import ComparisonButton, comparison_card
from cogs.careers.list_card import ListButton, choice_card, list_card
from cogs.careers.places import CardPlace, ComparisonPlace, ListPlace
from cogs.careers.role_card import PayButton, RoleButton, RoleSelect, role_card, send_pay_card

ROLE = locale_str("A role's name; type a few letters")
SHARE = locale_str("Show the answer to everyone here (otherwise only to you)")


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class CareersCog(
    commands.GroupCog,
    group_name="role",
    group_description=locale_str("Explore careers: what they are, what they pay, how to get there"),
):
    """The commands of `/role`."""

    def __init__(self, bot: Waymark) -> None:
        self.careers = bot.services.careers

    @app_commands.command(description=locale_str("Everything about one career, on one card"))
    @app_commands.describe(role=ROLE, share=SHARE)
    async def info(
        self,
        interaction: discord.Interaction[Waymark],
        role: app_commands.Range[str, 1, 100],
        share: bool = False,
    ) -> None:
        """Show a role's card."""
        found = self.careers.registry.named(role)
        if len(found) == 1:
            place = CardPlace(key_of(found[0].slug), interaction.user.id)
            await _answer(
                interaction, role_card(self.careers.registry, found[0], place), share=share
            )
        else:
            await _answer(interaction, self._choice(role, found, interaction), share=False)

    @app_commands.command(description=locale_str("Put two or three careers side by side"))
    @app_commands.describe(first=ROLE, second=ROLE, third=ROLE, share=SHARE)
    async def compare(
        self,
        interaction: discord.Interaction[Waymark],
        first: app_commands.Range[str, 1, 100],
        second: app_commands.Range[str, 1, 100],
        third: app_commands.Range[str, 1, 100] | None = None,
        share: bool = False,
    ) -> None:
        """Show how roles differ."""
        roles: list[LoadedRole] = []
        for name in filter(None, (first, second, third)):
            found = self.careers.registry.named(name)
            if len(found) != 1:
                await _answer(interaction, self._choice(name, found, interaction), share=False)
                return
            roles += [each for each in found if each not in roles]
        if len(roles) < 2:  # noqa: PLR2004 - a comparison takes two
            text = _("Those are the same role. Pick another one to compare it with.")
            await interaction.response.send_message(text, ephemeral=True)
            return
        place = ComparisonPlace(tuple(key_of(each.slug) for each in roles), interaction.user.id)
        await _answer(interaction, comparison_card(roles, place), share=share)

    @app_commands.command(description=locale_str("What a career pays, step by step, as a chart"))
    @app_commands.describe(role=ROLE, share=SHARE)
    async def pay(
        self,
        interaction: discord.Interaction[Waymark],
        role: app_commands.Range[str, 1, 100],
        share: bool = False,
    ) -> None:
        """Show a role's salary ladder."""
        found = self.careers.registry.named(role)
        if len(found) == 1:
            await send_pay_card(interaction, found[0], share=share)
        else:
            await _answer(interaction, self._choice(role, found, interaction), share=False)

    @app_commands.command(name="list", description=locale_str("All careers I know, by category"))
    @app_commands.describe(category=locale_str("Only this category"), share=SHARE)
    async def list_roles(
        self,
        interaction: discord.Interaction[Waymark],
        category: app_commands.Range[str, 1, 100] | None = None,
        share: bool = False,
    ) -> None:
        """List the roles."""
        registry = self.careers.registry
        if category is not None and not registry.all(category):
            text = _("I know no such category. These exist: {categories}.")
            names = ", ".join(registry.categories()) or _("none yet")
            await interaction.response.send_message(text.format(categories=names), ephemeral=True)
            return
        shown = registry.all(category)[0].role.category if category else None
        place = ListPlace(key_of(shown) if shown else ListPlace.ALL, interaction.user.id)
        await _answer(interaction, list_card(registry, place), share=share)

    @info.autocomplete("role")
    @pay.autocomplete("role")
    @compare.autocomplete("first")
    @compare.autocomplete("second")
    @compare.autocomplete("third")
    async def _suggest_roles(
        self, _interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=clip(loaded.role.title, MAX_CHOICE_NAME), value=loaded.slug)
            for loaded in self.careers.registry.suggestions(typed)
        ]

    @list_roles.autocomplete("category")
    async def _suggest_categories(
        self, _interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=name, value=name)
            for name in self.careers.registry.categories()
            if typed.casefold() in name.casefold()
        ][:25]

    def _choice(
        self, typed: str, found: tuple[LoadedRole, ...], interaction: discord.Interaction[Any]
    ) -> ui.LayoutView:
        if found:
            question = _("## Which one?\nSeveral roles are called “{typed}”.")
        else:
            question = _("## I don't know “{typed}”\nThe nearest roles I know:")
        safe = discord.utils.escape_markdown(discord.utils.escape_mentions(typed))
        roles = found or self.careers.registry.nearest(typed)
        return choice_card(question.format(typed=safe), roles, interaction.user.id)


async def _answer(
    interaction: discord.Interaction[Any], view: ui.LayoutView, *, share: bool
) -> None:
    await interaction.response.send_message(view=view, ephemeral=not share)


async def setup(bot: Waymark) -> None:
    """Load the cog; called by discord.py."""
    bot.add_dynamic_items(RoleButton, PayButton, ComparisonButton, ListButton, RoleSelect)
    await bot.add_cog(CareersCog(bot))
