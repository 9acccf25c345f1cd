"""`/remind`: a member's own reminders."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.chat.answering import privately
from bot.chat.permissions import can_post
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _
from bot.reminders.model import MAX_TEXT, REMINDER, Place, Wish
from bot.when.phrases import MAX_PHRASE
from cogs.reminders.answer_card import DraftButton, DraftForm, EditForm, ZoneForm, answer_card
from cogs.reminders.letter import DoneButton, ShowButton, SnoozeForm, SnoozeSelect, letter_for
from cogs.reminders.list_card import ReminderSelect, list_card
from cogs.reminders.reminder_card import ReminderButton

GUILD_CHANNELS = (discord.abc.GuildChannel, discord.Thread)

WHEN = locale_str("Such as: in 20 minutes, tomorrow 7pm, every weekday at 9, friday noon Berlin")
WHAT = locale_str("What to remind you of")
WHERE = locale_str("By direct message (as if left out), or here, where everyone sees it")


class CantPostHere(MemberError):
    """A reminder was to be posted in a channel in which the bot or the member can't write."""

    def __init__(self) -> None:
        super().__init__(
            _("I can't post here. Leave out `where`, and I'll remind you by direct message.")
        )


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class RemindersCog(
    commands.GroupCog,
    group_name="remind",
    group_description=locale_str("Reminders that come on time, wherever you are"),
):
    """The commands of `/remind`."""

    def __init__(self, bot: Waymark) -> None:
        self.reminders = bot.services.reminders

    @app_commands.command(description=locale_str("Remind me, once or again and again"))
    @app_commands.describe(when=WHEN, what=WHAT, where=WHERE)
    @app_commands.choices(
        where=[
            app_commands.Choice(name=locale_str("direct message"), value=Place.DM.value),
            app_commands.Choice(name=locale_str("here"), value=Place.HERE.value),
        ]
    )
    async def me(
        self,
        interaction: discord.Interaction[Waymark],
        when: app_commands.Range[str, 1, MAX_PHRASE],
        what: app_commands.Range[str, 1, MAX_TEXT],
        where: app_commands.Choice[str] | None = None,
    ) -> None:
        """Make a reminder, and say what was understood."""
        place = Place(where.value) if where else Place.DM
        wish = wish_of(interaction, place, when, what)
        await privately(interaction, self._asked(interaction, wish))

    async def _asked(
        self, interaction: discord.Interaction[Waymark], wish: Wish
    ) -> discord.ui.LayoutView:
        return answer_card(interaction, await self.reminders.ask(wish))

    @app_commands.command(
        name="list", description=locale_str("Your reminders: edit, pause, delete")
    )
    async def list_reminders(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show a member's reminders."""
        await privately(interaction, self._listed(interaction.user.id))

    async def _listed(self, user_id: int) -> discord.ui.LayoutView:
        return list_card(await self.reminders.kept(user_id))


def wish_of(interaction: discord.Interaction[Waymark], place: Place, when: str, what: str) -> Wish:
    """Return what a member asked for. Raises CantPostHere."""
    channel = interaction.channel
    in_guild = interaction.client.get_guild(interaction.guild_id or 0) is not None
    postable = in_guild and isinstance(channel, GUILD_CHANNELS) and can_post(channel)
    in_thread = isinstance(channel, discord.Thread)
    asker = interaction.permissions
    allowed = postable and (asker.send_messages_in_threads if in_thread else asker.send_messages)
    if place is Place.HERE and not allowed:
        raise CantPostHere
    return Wish(
        user_id=interaction.user.id,
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id if allowed else None,
        place=place,
        when=when,
        what=what,
    )


async def setup(bot: Waymark) -> None:
    """Load the cog; called by discord.py."""
    bot.add_dynamic_items(DraftButton, ReminderButton, DoneButton, ShowButton)
    bot.add_dynamic_items(ReminderSelect, SnoozeSelect)
    bot.add_forms(DraftForm, EditForm, SnoozeForm, ZoneForm)
    bot.outbox.renders(REMINDER.name, letter_for(bot))
    await bot.add_cog(RemindersCog(bot))
