"""`/daily`: the interview question of the day, for managers to set up."""

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from discord.ext import commands
from discord.utils import format_dt

from bot.chat.answering import privately
from bot.chat.cards import MAX_BODY, card, heading
from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.chat.permissions import is_manager
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.daily.model import DAILY, MOST_REVEAL_HOURS, REVEAL, THREAD, Wish
from bot.i18n import _
from bot.when import zones
from bot.when.phrases import MAX_PHRASE
from cogs.daily.letter import letters, opening, revealing
from cogs.daily.places import Act
from cogs.daily.post_card import HintButton
from cogs.daily.status_card import (
    DailyButton,
    DailySelect,
    UnskipButton,
    done,
    managing,
    meant,
    named,
    standing_card,
    status,
    titles_of,
)
from cogs.daily.typed import ANY, Options, suggested, wish_of
from cogs.questions.words import KINDS, LEVELS, in_short

CHANNEL = locale_str("Where; in this channel if left out")
TIME = locale_str("When, such as: 9:00, 7pm Berlin, every weekday at 9")
ZONE = locale_str("A city in the time zone; the server's if left out")
ROLE = locale_str("The career it is about; every one if left out")
LEVEL = locale_str("The levels, with commas between; every one if left out")
KIND = locale_str("The kinds, with commas between; every one if left out")
WEEKDAYS = locale_str("On which days, such as: weekdays, mon wed fri; every day if left out")
PING = locale_str("Whom to notify; nobody if left out")
THREAD_TOO = locale_str("Whether each question gets a thread")
REVEAL_AFTER = locale_str("Hours until what a strong answer covers is shown; 8 if left out")
WHICH = locale_str("Which daily question, if there are several")
SILENT = locale_str("Notify nobody any more")

Text = app_commands.Range[str, 1, 100]
Phrase = app_commands.Range[str, 1, MAX_PHRASE]
Hours = app_commands.Range[int, 1, MOST_REVEAL_HOURS]
Which = app_commands.Range[int, 1]
Interaction = discord.Interaction[Waymark]
Texts = list[app_commands.Choice[str]]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class DailyCog(
    commands.GroupCog,
    group_name="daily",
    group_description=locale_str("The interview question of the day"),
):
    """The commands of `/daily`."""

    def __init__(self, bot: Waymark) -> None:
        self.daily = bot.services.daily
        self.clock = bot.services.clock
        self.careers = bot.services.careers.registry

    @app_commands.command(description=locale_str("Post an interview question each day"))
    @app_commands.describe(time=TIME, channel=CHANNEL, zone=ZONE, role=ROLE, level=LEVEL)
    @app_commands.describe(kind=KIND, weekdays=WEEKDAYS, ping=PING, thread=THREAD_TOO)
    @app_commands.describe(reveal_after=REVEAL_AFTER)
    async def setup(
        self,
        interaction: discord.Interaction[Waymark],
        time: Phrase,
        *,
        channel: discord.TextChannel | None = None,
        zone: Text | None = None,
        role: Text | None = None,
        level: Text | None = None,
        kind: Text | None = None,
        weekdays: Text | None = None,
        ping: discord.Role | None = None,
        thread: bool = False,
        reveal_after: Hours | None = None,
    ) -> None:
        """Set one up."""
        where, whom = channel.id if channel else None, ping.id if ping else None
        options = Options(
            where, time, zone, weekdays, role, level, kind, whom, thread, reveal_after
        )
        await privately(interaction, self._set_up(interaction, options))

    async def _set_up(self, interaction: Interaction, options: Options) -> ui.LayoutView:
        guild_id = await managing(interaction)
        wish = await wish_of(interaction, options, None)
        standing = await self.daily.setup(guild_id, wish, interaction.user.id)
        hints = _hints(interaction, wish)
        return standing_card(interaction, standing, _("It is set up"), hints)

    @app_commands.command(description=locale_str("Change a daily question"))
    @app_commands.describe(which=WHICH, time=TIME, channel=CHANNEL, zone=ZONE, role=ROLE)
    @app_commands.describe(level=LEVEL, kind=KIND, weekdays=WEEKDAYS, ping=PING, silent=SILENT)
    @app_commands.describe(thread=THREAD_TOO, reveal_after=REVEAL_AFTER)
    async def change(
        self,
        interaction: discord.Interaction[Waymark],
        which: Which | None = None,
        *,
        time: Phrase | None = None,
        channel: discord.TextChannel | None = None,
        zone: Text | None = None,
        role: Text | None = None,
        level: Text | None = None,
        kind: Text | None = None,
        weekdays: Text | None = None,
        ping: discord.Role | None = None,
        silent: bool = False,
        thread: bool | None = None,
        reveal_after: Hours | None = None,
    ) -> None:
        """Change what is given."""
        where, whom = channel.id if channel else None, ping.id if ping else None
        options = Options(
            where, time, zone, weekdays, role, level, kind, whom, thread, reveal_after, silent
        )
        await privately(interaction, self._changed(interaction, which, options))

    async def _changed(
        self, interaction: Interaction, which: int | None, options: Options
    ) -> ui.LayoutView:
        before = await meant(interaction, which)
        wish = await wish_of(interaction, options, before.wish)
        config = before.config
        standing = await self.daily.change(config.guild_id, config.id, wish)
        hints = [
            *_hints(interaction, wish),
            _before(named(interaction, before)),
        ]
        return standing_card(interaction, standing, _("Changed"), hints)

    @app_commands.command(
        name="status", description=locale_str("What comes next, what is left, and the last days")
    )
    @app_commands.describe(which=WHICH)
    async def show_status(
        self, interaction: discord.Interaction[Waymark], which: Which | None = None
    ) -> None:
        """Show how one stands, or all."""
        await privately(interaction, status(interaction, which))

    @app_commands.command(description=locale_str("See the next question before it is posted"))
    @app_commands.describe(which=WHICH)
    async def preview(
        self, interaction: discord.Interaction[Waymark], which: Which | None = None
    ) -> None:
        """Show the next question to the manager alone."""
        await privately(interaction, self._preview(interaction, which))

    async def _preview(self, interaction: Interaction, which: int | None) -> ui.LayoutView:
        config = (await meant(interaction, which)).config
        preview = await self.daily.preview(config.guild_id, config.id)
        at = preview.standing.upcoming
        when = _("Comes {when}").format(when=format_dt(at, "F")) if at else _("It rests now.")
        text = clip(inert(preview.known.question.text), MAX_BODY // 2)
        return card(
            heading=heading(_("The next question"), when),
            body=f"**{text}**",
            small_print=f"-# {in_short(preview.known, titles_of(interaction))}",
        )

    @app_commands.command(description=locale_str("Let a daily question rest"))
    @app_commands.describe(which=WHICH)
    async def pause(
        self, interaction: discord.Interaction[Waymark], which: Which | None = None
    ) -> None:
        """Pause one."""
        await privately(interaction, self._done(interaction, Act.PAUSE, which))

    @app_commands.command(description=locale_str("Let a daily question go on"))
    @app_commands.describe(which=WHICH)
    async def resume(
        self, interaction: discord.Interaction[Waymark], which: Which | None = None
    ) -> None:
        """Resume one."""
        await privately(interaction, self._done(interaction, Act.RESUME, which))

    @app_commands.command(description=locale_str("Leave out the next day"))
    @app_commands.describe(which=WHICH)
    async def skip(
        self, interaction: discord.Interaction[Waymark], which: Which | None = None
    ) -> None:
        """Skip the next."""
        await privately(interaction, self._done(interaction, Act.SKIP, which))

    @app_commands.command(description=locale_str("Remove a daily question"))
    @app_commands.describe(which=WHICH)
    async def remove(
        self, interaction: discord.Interaction[Waymark], which: Which | None = None
    ) -> None:
        """Remove one; Undo brings it back."""
        await privately(interaction, self._done(interaction, Act.REMOVE, which))

    async def _done(self, interaction: Interaction, act: Act, which: int | None) -> ui.LayoutView:
        return await done(interaction, act, (await meant(interaction, which)).config.id)

    @app_commands.command(description=locale_str("Post today's question at once"))
    @app_commands.describe(which=WHICH)
    async def now(
        self, interaction: discord.Interaction[Waymark], which: Which | None = None
    ) -> None:
        """Post today's question."""
        await privately(interaction, self._now(interaction, which))

    async def _now(self, interaction: Interaction, which: int | None) -> ui.LayoutView:
        standing = await meant(interaction, which)
        config = standing.config
        await self.daily.now(config.guild_id, config.id, interaction.user.id)
        text = _("Today's question goes to <#{channel}>.").format(channel=standing.target.id)
        hint = _("It counts for today; the next one comes at its usual time.")
        return card(heading=heading(_("On its way"), text), body=hint)

    @change.autocomplete("which")
    @show_status.autocomplete("which")
    @preview.autocomplete("which")
    @pause.autocomplete("which")
    @resume.autocomplete("which")
    @skip.autocomplete("which")
    @remove.autocomplete("which")
    @now.autocomplete("which")
    async def _which(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[int]]:
        guild_id = interaction.guild_id or 0
        if not await is_manager(interaction, guild_id):
            return []
        there = [(named(interaction, each), each) for each in await self.daily.all(guild_id)]
        return [
            app_commands.Choice(name=clip(name, MAX_CHOICE_NAME), value=each.config.id)
            for name, each in there
            if str(typed).casefold() in name.casefold()
        ]

    @setup.autocomplete("zone")
    @change.autocomplete("zone")
    async def _zones(self, interaction: discord.Interaction[Waymark], typed: str) -> Texts:
        found = zones.suggestions(typed, self.clock.now())
        return [app_commands.Choice(name=each.label, value=each.zone) for each in found]

    @setup.autocomplete("role")
    @change.autocomplete("role")
    async def _careers(self, interaction: discord.Interaction[Waymark], typed: str) -> Texts:
        found = self.careers.suggestions(typed)[:24]
        titles = [(clip(each.role.title, MAX_CHOICE_NAME), each.slug) for each in found]
        choices = [*titles, (_("every career"), ANY)]
        return [app_commands.Choice(name=name, value=value) for name, value in choices]

    @setup.autocomplete("level")
    @change.autocomplete("level")
    async def _levels(self, interaction: discord.Interaction[Waymark], typed: str) -> Texts:
        return suggested(typed, LEVELS)

    @setup.autocomplete("kind")
    @change.autocomplete("kind")
    async def _kinds(self, interaction: discord.Interaction[Waymark], typed: str) -> Texts:
        return suggested(typed, KINDS)


def _before(name: str) -> str:
    return _("-# Before: {what}").format(what=inert(name))


def _hints(interaction: Interaction, wish: Wish) -> list[str]:
    """Return what keeps the bot from notifying the role or opening threads."""
    guild = interaction.guild
    channel = guild and guild.get_channel(wish.channel_id)
    role = guild and guild.get_role(wish.ping_role or 0)
    if guild is None or channel is None:
        return []
    allowed, hints = channel.permissions_for(guild.me), list[str]()
    if role and not (role.mentionable or allowed.mention_everyone):
        hints.append(_("-# I can't notify that role: allow anyone to mention it in its settings."))
    if wish.thread and not allowed.create_public_threads:
        hints.append(_("-# I can't open threads there: give me Create Public Threads."))
    return hints


async def setup(bot: Waymark) -> None:
    """Load the cog; called by discord.py."""
    bot.add_dynamic_items(HintButton, DailyButton, UnskipButton, DailySelect)
    bot.outbox.renders(DAILY.name, letters(bot))
    bot.outbox.acts(REVEAL.name, revealing(bot))
    bot.outbox.acts(THREAD.name, opening(bot))
    await bot.add_cog(DailyCog(bot))
