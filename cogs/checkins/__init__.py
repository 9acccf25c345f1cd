"""`/checkin`: a member is asked how it goes, on their days at their hour."""

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from discord.ext import commands

from bot.chat.answering import privately
from bot.checkins.model import CHECKIN, HELP, NUDGE, Place, Wish
from bot.client import Waymark
from bot.i18n import _
from bot.when.phrases import MAX_PHRASE
from cogs.checkins import round_letter
from cogs.checkins.forms import FillInForm, NoteForm
from cogs.checkins.group_card import GroupButton
from cogs.checkins.letter import asking, noting, nudging
from cogs.checkins.places import Manage
from cogs.checkins.prompt_card import AnswerButton
from cogs.checkins.round_card import CallButton, ReplyButton, ReplyForm, WithdrawButton
from cogs.checkins.status_card import ManageButton, away_card, done, standing_card
from cogs.checkins.together import CheckinsCog
from cogs.checkins.typed import Options, wish_of

TIME = locale_str("When, in your own zone, such as: 9:00, 7pm, every weekday at 9")
DAYS = locale_str("On which days, such as: weekdays, mon wed fri; every day if left out")
WHERE = locale_str("By direct message (as if left out), or here, where everyone sees the question")
QUESTIONS = locale_str("Up to three of your own, with | between; “standard” for the usual one")
UNTIL = locale_str("The day you are back, such as: next monday, 1 december, in 2 weeks")
PLACES = [
    app_commands.Choice(name=locale_str("direct message"), value=Place.DM.value),
    app_commands.Choice(name=locale_str("here"), value=Place.HERE.value),
]

Phrase = app_commands.Range[str, 1, MAX_PHRASE]
Text = app_commands.Range[str, 1, 400]
Interaction = discord.Interaction[Waymark]


@app_commands.guild_only()
class CheckinCog(
    commands.GroupCog,
    group_name="checkin",
    group_description=locale_str("How is it going? Asked on your days, at your hour"),
):
    """The commands of `/checkin`."""

    def __init__(self, bot: Waymark) -> None:
        self.checkins = bot.services.checkins

    @app_commands.command(description=locale_str("Be asked how it goes, on your days"))
    @app_commands.describe(time=TIME, weekdays=DAYS, where=WHERE, questions=QUESTIONS)
    @app_commands.choices(where=PLACES)
    async def setup(
        self,
        interaction: discord.Interaction[Waymark],
        time: Phrase,
        weekdays: Phrase | None = None,
        where: app_commands.Choice[str] | None = None,
        questions: Text | None = None,
    ) -> None:
        """Set them up, or anew."""
        place = Place(where.value) if where else Place.DM
        options = Options(time, weekdays, place, questions)
        await privately(interaction, self._set_up(interaction, options))

    async def _set_up(self, interaction: Interaction, options: Options) -> ui.LayoutView:
        wish = await wish_of(interaction, options, None)
        guild_id = interaction.guild_id or 0
        standing = await self.checkins.setup(guild_id, interaction.user.id, wish)
        return standing_card(standing, _("It is set up"))

    @app_commands.command(description=locale_str("Change when, where or what you are asked"))
    @app_commands.describe(time=TIME, weekdays=DAYS, where=WHERE, questions=QUESTIONS)
    @app_commands.choices(where=PLACES)
    async def change(
        self,
        interaction: discord.Interaction[Waymark],
        time: Phrase | None = None,
        weekdays: Phrase | None = None,
        where: app_commands.Choice[str] | None = None,
        questions: Text | None = None,
    ) -> None:
        """Change what is given."""
        options = Options(time, weekdays, Place(where.value) if where else None, questions)
        await privately(interaction, self._changed(interaction, options))

    async def _changed(self, interaction: Interaction, options: Options) -> ui.LayoutView:
        guild_id, member_id = interaction.guild_id or 0, interaction.user.id
        before = await self.checkins.get(guild_id, member_id)
        config = before.config
        was = Wish(
            before.course.times,
            config.follows_zone,
            config.place,
            config.channel_id,
            config.questions,
        )
        wish = await wish_of(interaction, options, was)
        return standing_card(await self.checkins.change(guild_id, member_id, wish), _("Changed"))

    @app_commands.command(description=locale_str("Check in now, without waiting to be asked"))
    async def now(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show today's check-in."""
        await self._do(interaction, Manage.NOW)

    @app_commands.command(description=locale_str("When you are asked next, where and what"))
    async def status(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show how they stand."""
        await self._do(interaction, Manage.SHOW)

    @app_commands.command(description=locale_str("Let your check-ins rest until you resume"))
    async def pause(self, interaction: discord.Interaction[Waymark]) -> None:
        """Pause them."""
        await self._do(interaction, Manage.PAUSE)

    @app_commands.command(description=locale_str("Let your check-ins go on"))
    async def resume(self, interaction: discord.Interaction[Waymark]) -> None:
        """Resume them."""
        await self._do(interaction, Manage.RESUME)

    @app_commands.command(description=locale_str("Turn your check-ins off"))
    async def off(self, interaction: discord.Interaction[Waymark]) -> None:
        """Turn them off; Undo brings them back."""
        await self._do(interaction, Manage.OFF)

    async def _do(self, interaction: Interaction, act: Manage) -> None:
        await privately(interaction, done(interaction, act, interaction.guild_id or 0))

    @app_commands.command(description=locale_str("Be away: nothing is asked, no streak suffers"))
    @app_commands.describe(until=UNTIL)
    async def away(self, interaction: discord.Interaction[Waymark], until: Phrase) -> None:
        """Let a member be away until a day."""
        await privately(interaction, self._away(interaction, until))

    async def _away(self, interaction: Interaction, until: str) -> ui.LayoutView:
        guild_id, member_id = interaction.guild_id or 0, interaction.user.id
        span = await self.checkins.absences.away(guild_id, member_id, until)
        return away_card(span, guild_id, member_id)


async def setup(bot: Waymark) -> None:
    """Load the cog; called by discord.py."""
    bot.add_dynamic_items(AnswerButton, ManageButton)
    bot.add_forms(FillInForm, NoteForm)
    bot.outbox.renders(CHECKIN.name, asking(bot))
    bot.outbox.renders(NUDGE.name, nudging(bot))
    bot.outbox.renders(HELP.name, noting(bot))
    round_letter.register(bot)
    bot.add_dynamic_items(ReplyButton, WithdrawButton, CallButton, GroupButton)
    bot.add_forms(ReplyForm)
    await bot.add_cog(CheckinCog(bot))
    await bot.add_cog(CheckinsCog(bot))
