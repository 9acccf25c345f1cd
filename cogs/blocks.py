"""`/block`: managers keep members from using Waymark in their server."""

import re
from typing import Self

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from discord.ext import commands

from bot.blocks.model import MAX_REASON, Block, CannotBlock, Page
from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.permissions import require_manager
from bot.chat.quoting import on_one_line
from bot.client import Waymark
from bot.i18n import _

ALLOWED = frozenset({"my export", "my forget"})
"""Commands, and buttons that begin with `OF_PRIVACY`, that are everybody's right."""

OF_PRIVACY = "privacy:"
SHOWN_OF_REASON = 60

Reason = app_commands.Range[str, 1, MAX_REASON]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Blocking(
    commands.GroupCog,
    group_name="block",
    group_description=locale_str("Keep members from using me in this server"),
):
    """The commands `/block`, for managers."""

    @app_commands.command(description=locale_str("Keep a member from using me here"))
    @app_commands.describe(
        member=locale_str("Whom"), reason=locale_str("Why; managers and the member can read it")
    )
    async def add(
        self,
        interaction: discord.Interaction[Waymark],
        member: discord.Member | discord.User,
        reason: Reason | None = None,
    ) -> None:
        """Block a member."""
        guild_id = await _managed(interaction)
        manages = isinstance(member, discord.Member) and member.guild_permissions.manage_guild
        if member.bot or manages or member.id == interaction.user.id:
            raise CannotBlock
        blocks, by = interaction.client.services.blocks, interaction.user.id
        await blocks.add(guild_id, member.id, reason, by)
        text = _("<@{member}> can't use me here any more. `/block remove` takes it back.")
        await _say(interaction, text.format(member=member.id))

    @app_commands.command(description=locale_str("Let a member use me here again"))
    @app_commands.describe(member=locale_str("Whom"))
    async def remove(self, interaction: discord.Interaction[Waymark], member: discord.User) -> None:
        """Take a block back."""
        guild_id = await _managed(interaction)
        await interaction.client.services.blocks.remove(guild_id, member.id)
        text = _("<@{member}> can use me here again. `/block add` blocks them.")
        await _say(interaction, text.format(member=member.id))

    @app_commands.command(name="list", description=locale_str("Whom this server has blocked"))
    async def list_(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the blocks, the newest first."""
        guild_id = await _managed(interaction)
        await privately(interaction, _shown(interaction, guild_id))


async def _managed(interaction: discord.Interaction[Waymark]) -> int:
    guild_id = interaction.guild_id or 0
    await require_manager(interaction, guild_id)
    return guild_id


async def _say(interaction: discord.Interaction[Waymark], text: str) -> None:
    none = discord.AllowedMentions.none()
    await interaction.response.send_message(text, ephemeral=True, allowed_mentions=none)


class PageButton(LastingButton, template=r"blocks:v1:page:(?P<page>\d{1,6})"):
    """Turns to a page of a server's blocks."""

    def __init__(self, page: int, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"blocks:v1:page:{page}"))
        self.page = page

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["page"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        guild_id = await _managed(interaction)
        await in_place(interaction, _shown(interaction, guild_id, self.page))


async def _shown(
    interaction: discord.Interaction[Waymark], guild_id: int, number: int = 0
) -> ui.LayoutView:
    return list_card(await interaction.client.services.blocks.page(guild_id, number))


def list_card(page: Page) -> ui.LayoutView:
    """Show whom a server has blocked."""
    buttons = [PageButton(page.number - 1, _("Newer"))] if page.number else []
    if page.number + 1 < page.count:
        buttons.append(PageButton(page.number + 1, _("Older")))
    unnamed = any(each.member_id is None for each in page.blocks)
    hint = _(
        "-# I don't keep the names of those who had me forget them, or who left long ago. Who asks "
        "you to be let in again can tell you their id for `/block remove`."
    )
    return card(
        heading=heading(_("Blocked"), _("The newest first"), page.number, page.count),
        body="\n".join(map(_line, page.blocks)) or _("Nobody is blocked here."),
        small_print=hint if unnamed else "",
        rows=[buttons],
    )


def _line(block: Block) -> str:
    when = discord.utils.format_dt(block.blocked_at, "d")
    if block.member_id is None:
        return _("- {when}: somebody whose name I don't keep any more").format(when=when)
    why = f": {on_one_line(block.reason, SHOWN_OF_REASON)}" if block.reason else ""
    return f"- {when}: <@{block.member_id}>{why}"


async def refuse_blocked(interaction: discord.Interaction[Waymark]) -> None:
    """Raise Blocked for a blocked member in their server, but for what is everybody's right.

    Whoever manages the server by now isn't blocked in it: nobody else may be left to lift it.
    """
    if interaction.guild_id is None or _is_a_right(interaction):
        return
    if interaction.permissions.manage_guild:
        return
    await interaction.client.services.blocks.check(interaction.guild_id, interaction.user.id)


def _is_a_right(interaction: discord.Interaction[Waymark]) -> bool:
    command = interaction.command
    if command is not None:
        return command.qualified_name in ALLOWED
    return (interaction.custom_id or "").startswith(OF_PRIVACY)


async def setup(bot: Waymark) -> None:
    """Load the cog; called by discord.py."""
    bot.before_all.append(refuse_blocked)
    bot.add_dynamic_items(PageButton)
    await bot.add_cog(Blocking())
