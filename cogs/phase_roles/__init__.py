"""`/phase-roles`: which Discord roles are given for finished phases, for managers to choose."""

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from discord.ext import commands

from bot.chat.answering import privately
from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.client import Waymark
from bot.i18n import _
from bot.phase_roles.model import PHASE_ROLE, NoSuchPhase, Prize, RuleGone
from bot.phase_roles.service import PhaseRoles
from cogs.faq.access import career_meant
from cogs.phase_roles.cards import (
    MendButton,
    PreviousButton,
    RemoveSelect,
    RuleButton,
    list_card,
    put,
    removed,
)
from cogs.phase_roles.fitness import looking, managing_roles
from cogs.phase_roles.giving import giving

ROLE = locale_str("A career's name; type a few letters")
PHASE = locale_str("A phase of its roadmap, or the whole journey; pick from the list")
GIVES = locale_str("The role to give; it must be below your own highest one, and mine")
WHOLE = "*"
MOST_CHOICES = 25

Text = app_commands.Range[str, 1, 100]
Interaction = discord.Interaction[Waymark]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True, manage_roles=True)
class PhaseRolesCog(
    commands.GroupCog,
    group_name="phase-roles",
    group_description=locale_str("Roles for finished phases of a journey"),
):
    """The commands of `/phase-roles`, and what happens to a server's roles."""

    def __init__(self, bot: Waymark) -> None:
        self.bot = bot
        self.phase_roles = bot.services.phase_roles

    @app_commands.command(name="set", description=locale_str("Give a role to who finishes a phase"))
    @app_commands.describe(role=ROLE, phase=PHASE, gives=GIVES)
    async def choose(
        self,
        interaction: discord.Interaction[Waymark],
        role: Text,
        phase: Text,
        gives: discord.Role,
    ) -> None:
        """Choose it."""
        await privately(interaction, self._set(interaction, role, phase, gives.id))

    async def _set(
        self, interaction: Interaction, role: str, phase: str, role_id: int
    ) -> ui.LayoutView:
        slug = career_meant(interaction, role) or ""
        return await put(interaction, Prize(slug, self._phase(slug, phase), role_id))

    @app_commands.command(description=locale_str("Give no role for a phase any more"))
    @app_commands.describe(role=ROLE, phase=PHASE)
    async def remove(
        self, interaction: discord.Interaction[Waymark], role: Text, phase: Text
    ) -> None:
        """Remove it; Undo brings it back."""
        await privately(interaction, self._removed(interaction, role, phase))

    async def _removed(self, interaction: Interaction, role: str, phase: str) -> ui.LayoutView:
        guild_id = managing_roles(interaction)
        slug = career_meant(interaction, role)
        for each in await self.phase_roles.all(guild_id):
            prize = each.rule.prize
            if prize.role == slug and _means(phase, prize.phase):
                return await removed(interaction, each.rule.id)
        raise RuleGone

    @app_commands.command(
        name="list", description=locale_str("Which roles are given for which phases")
    )
    async def show(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show them."""
        await privately(interaction, list_card(interaction))

    @choose.autocomplete("role")
    @remove.autocomplete("role")
    async def _suggest_roles(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        found = interaction.client.services.careers.registry.suggestions(typed)
        return [
            app_commands.Choice(name=clip(each.role.title, MAX_CHOICE_NAME), value=each.slug)
            for each in found
        ]

    @choose.autocomplete("phase")
    @remove.autocomplete("phase")
    async def _suggest_phases(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        outline = self._titles(str(interaction.namespace.role or ""))
        wanted = typed.strip().casefold()
        choices = [(title, title) for title in outline]
        choices.append((_("The whole journey"), WHOLE))
        return [
            app_commands.Choice(name=clip(name, MAX_CHOICE_NAME), value=value)
            for name, value in choices
            if wanted in name.casefold()
        ][:MOST_CHOICES]

    def _titles(self, slug: str) -> tuple[str, ...]:
        """Return the titles of a career's phases, in order; none if it isn't known."""
        outline = self.bot.services.journeys.outline(slug)
        items = outline.items if outline else ()
        return tuple(dict.fromkeys(item.phase_title for item in items))

    def _phase(self, slug: str, typed: str) -> str | None:
        """Return the title of the phase that is meant; None for the whole. Raises NoSuchPhase."""
        for title in (None, *self._titles(slug)):
            if _means(typed, title):
                return title
        raise NoSuchPhase

    @commands.Cog.listener()
    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        """Go on where a role was moved or got other permissions."""
        await self.phase_roles.mended(after.guild.id)

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Tell managers if it was given for a phase."""
        await self.phase_roles.deleted(role.guild.id, role.id)

    @commands.Cog.listener()
    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        """Go on where the bot's own roles have changed; others' need an intent."""
        if self.bot.user is not None and after.id == self.bot.user.id:
            await self.phase_roles.mended(after.guild.id)


def _means(typed: str, phase: str | None) -> bool:
    """Return whether a phase, or the whole journey for None, is what was typed."""
    said = " ".join(typed.split()).casefold()
    names = (WHOLE, _("The whole journey").casefold()) if phase is None else (phase.casefold(),)
    return said in names


async def setup(bot: Waymark) -> None:
    """Add the commands, what the queue does, and the components that outlive a restart."""
    phase_roles: PhaseRoles = bot.services.phase_roles
    phase_roles.hindrance = looking(bot)
    bot.outbox.acts(PHASE_ROLE.name, giving(bot))
    bot.add_dynamic_items(RuleButton, PreviousButton, RemoveSelect, MendButton)
    await bot.add_cog(PhaseRolesCog(bot))
