"""`/deliveries`: what is posted next, what went wrong, and stepping in; for managers."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.chat.answering import privately
from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.chat.permissions import is_manager, require_manager
from bot.client import Waymark
from bot.delivery.model import Delivery
from bot.errors import MemberError
from bot.i18n import _
from bot.when.phrases import MAX_PHRASE, Once
from cogs.deliveries.delivery_card import (
    Act,
    DeliveryButton,
    DeliverySelect,
    doable,
    done,
    name_of,
)
from cogs.deliveries.overview_card import ResumeButton, overview, paused_card, resumed

NUMBER = locale_str("Its number, as `/deliveries show` lists it")
UNTIL = locale_str("Until when, such as: in 3 days, next monday 9:00")
MOST_CHOICES = 25


class NotOnce(MemberError):
    """A pause was to end again and again."""

    def __init__(self) -> None:
        super().__init__(_("A pause ends once. Try “next monday 9:00”."))


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class DeliveriesCog(
    commands.GroupCog,
    group_name="deliveries",
    group_description=locale_str("What I post here by myself, and how it goes"),
):
    """The commands of `/deliveries`."""

    def __init__(self, bot: Waymark) -> None:
        self.deliveries = bot.services.deliveries
        self.members = bot.services.members

    @app_commands.command(
        description=locale_str("What comes next, what is late or failed, and why")
    )
    async def show(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the server's queue."""
        await privately(interaction, overview(interaction))

    @app_commands.command(description=locale_str("Post again what failed or came too late"))
    @app_commands.describe(number=NUMBER)
    async def retry(
        self, interaction: discord.Interaction[Waymark], number: app_commands.Range[int, 1]
    ) -> None:
        """Retry a delivery."""
        await privately(interaction, done(interaction, Act.RETRY, number))

    @app_commands.command(description=locale_str("Don't post something that is planned"))
    @app_commands.describe(number=NUMBER)
    async def cancel(
        self, interaction: discord.Interaction[Waymark], number: app_commands.Range[int, 1]
    ) -> None:
        """Cancel a delivery."""
        await privately(interaction, done(interaction, Act.CANCEL, number))

    @app_commands.command(description=locale_str("Post nothing in this server until a date"))
    @app_commands.describe(until=UNTIL)
    async def pause(
        self,
        interaction: discord.Interaction[Waymark],
        until: app_commands.Range[str, 1, MAX_PHRASE],
    ) -> None:
        """Pause the server. Raises UnclearTime."""
        await privately(interaction, self._paused(interaction, until))

    async def _paused(
        self, interaction: discord.Interaction[Waymark], until: str
    ) -> discord.ui.LayoutView:
        guild_id, member_id = interaction.guild_id or 0, interaction.user.id
        await require_manager(interaction, guild_id)
        moment = await self.members.time_meant(until, member_id, guild_id)
        if not isinstance(moment, Once):
            raise NotOnce
        await self.deliveries.pause_all(guild_id, moment.at, by=member_id)
        return paused_card(moment.at)

    @app_commands.command(description=locale_str("End the pause now"))
    async def resume(self, interaction: discord.Interaction[Waymark]) -> None:
        """End the server's pause."""
        await privately(interaction, resumed(interaction))

    @retry.autocomplete("number")
    async def _failed(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[int]]:
        return await self._choices(interaction, Act.RETRY, str(typed))

    @cancel.autocomplete("number")
    async def _planned(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[int]]:
        return await self._choices(interaction, Act.CANCEL, str(typed))

    async def _choices(
        self, interaction: discord.Interaction[Waymark], act: Act, typed: str
    ) -> list[app_commands.Choice[int]]:
        guild_id = interaction.guild_id or 0
        if not await is_manager(interaction, guild_id):
            return []
        queue = await self.deliveries.overview(guild_id)
        rows = [each for each in (*queue.troubled, *queue.upcoming) if doable(act, each)]
        named = [(self._named(each), each.id) for each in rows]
        return [
            app_commands.Choice(name=clip(name, MAX_CHOICE_NAME), value=number)
            for name, number in named
            if typed.casefold() in name.casefold()
        ][:MOST_CHOICES]

    def _named(self, delivery: Delivery) -> str:
        return name_of(delivery, self.deliveries.title_of)


async def setup(bot: Waymark) -> None:
    """Load the cog; called by discord.py."""
    bot.add_dynamic_items(DeliveryButton, DeliverySelect, ResumeButton)
    await bot.add_cog(DeliveriesCog(bot))
