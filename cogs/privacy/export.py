"""`/my export`: everything that is held on a member, as a file for them alone."""

from io import BytesIO

import discord
from discord import ui

from bot.chat.answering import Shown, privately
from bot.chat.cards import card, heading
from bot.client import Waymark
from bot.i18n import _
from bot.privacy.bundle import README
from cogs.privacy.whose import ALL, guild_meant, in_words, scope_of

FILE = "waymark-my-data.zip"


async def answer(interaction: discord.Interaction[Waymark], where: str | None) -> None:
    """Answer the command."""
    await privately(interaction, _exported(interaction, guild_meant(interaction, where or ALL)))


async def _exported(interaction: discord.Interaction[Waymark], guild_id: int | None) -> Shown:
    bot, where = interaction.client, in_words(guild_id)
    member_id, limit = interaction.user.id, interaction.filesize_limit
    privacy = bot.services.privacy
    packed = await privacy.export(member_id, scope_of(bot, guild_id), where, limit)
    text = _("Begin with `{file}` in it: it says what each file is. Only you see this message.")
    shown = card(heading=heading(_("Your data"), where), body=text.format(file=README))
    shown.add_item(ui.File(f"attachment://{FILE}"))
    return Shown(shown, (discord.File(BytesIO(packed), FILE),))
