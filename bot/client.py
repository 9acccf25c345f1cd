"""Waymark's Discord client: few intents, empty caches, cogs found by themselves."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pkgutil import iter_modules
from typing import Any

import discord
import structlog
from discord import app_commands, ui
from discord.ext import commands

import cogs
from bot.chat.forms import Form, typed_in
from bot.chat.giving_back import submitted
from bot.chat.handling import handle, tell
from bot.chat.in_flight import InFlight
from bot.chat.outbox import SENDS_PER_S, Outbox
from bot.chat.roster import Roster
from bot.commands.model import fingerprint
from bot.errors import OperatorError
from bot.i18n import _, has_catalogues, speaking, translate
from bot.services import Services

log = structlog.stdlib.get_logger(__name__)


class CogError(OperatorError):
    """A cog can't be loaded; Waymark doesn't start without it."""

    def __init__(self, name: str, cause: BaseException) -> None:
        super().__init__(f"The cog {name} can't be loaded: {type(cause).__name__}: {cause}")


class WaymarkTree(app_commands.CommandTree["Waymark"]):
    """A command tree whose every command and autocomplete goes through `handle`."""

    async def _call(self, interaction: discord.Interaction["Waymark"]) -> None:
        # The only place around a command's checks, transformers and callback alike.
        await handle(interaction, lambda: self._call_and_follow(interaction))

    async def _call_and_follow(self, interaction: discord.Interaction["Waymark"]) -> None:
        await super()._call(interaction)
        if interaction.type is discord.InteractionType.application_command:
            await self._follow(interaction)

    async def _follow(self, interaction: discord.Interaction["Waymark"]) -> None:
        """Do what cogs want done after a command; the command itself went well."""
        for follow in interaction.client.after_commands:
            try:
                await follow(interaction)
            except Exception:
                log.exception("what follows a command failed")

    async def on_error(
        self, interaction: discord.Interaction["Waymark"], error: app_commands.AppCommandError, /
    ) -> None:
        """Pass a command's error on to `handle`, which tells the member."""
        raise error


class CatalogueTranslator(app_commands.Translator):
    """Gives Discord the names and descriptions of commands in every catalogue's language."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the text in the locale, or None where it isn't translated."""
        translated = translate(string.message, locale.value)
        return translated if translated != string.message else None


FollowUp = Callable[[discord.Interaction["Waymark"]], Awaitable[None]]
"""What a cog wants done after each command that went well."""


class Waymark(commands.AutoShardedBot):
    """The bot. `sync_always` gives Discord the commands at each start, as the sandbox needs.

    `members_intent` lets Discord tell who joins and leaves; that intent is a privileged one.
    `sends_per_s` is None on a simulated Discord, which has no limit and whose time stands still.
    """

    def __init__(
        self,
        services: Services,
        *,
        dev_guild: int | None = None,
        sync_always: bool = False,
        members_intent: bool = False,
        shard_count: int | None = None,
        sends_per_s: float | None = SENDS_PER_S,
    ) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=WaymarkTree,
            intents=discord.Intents(
                guilds=True, guild_messages=True, dm_messages=True, members=members_intent
            ),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=30.0,
            shard_count=shard_count,
        )
        self.services = services
        self.in_flight = InFlight()
        self.outbox = Outbox(self, services.clock, sends_per_s)
        self.roster = Roster()
        self.was_ready = asyncio.Event()
        self.before_all: list[FollowUp] = []
        self.after_commands: list[FollowUp] = []
        self._dev_guild = dev_guild
        self._sync_always = sync_always
        self._lasting: list[type[ui.DynamicItem[Any]]] = []
        self._forms: list[type[Form]] = []

    async def setup_hook(self) -> None:
        """Load all cogs and give Discord the commands if they changed. Raises CogError."""
        if has_catalogues():  # else some twenty thousand texts would be looked up for nothing
            await self.tree.set_translator(CatalogueTranslator())
        for name in cog_names():
            try:
                await self.load_extension(name)
            except commands.ExtensionError as error:
                raise CogError(name, error.__cause__ or error) from error
        await self.sync_commands()

    async def sync_commands(self, *, force: bool = False) -> bool:
        """Give Discord the commands, globally or to the development guild; return whether it did.

        They are sent only if they changed since they were last sent in this scope, unless forced.
        """
        guild = discord.Object(self._dev_guild) if self._dev_guild else None
        if guild is not None:
            self.tree.copy_global_to(guild=guild)
        translator = self.tree.translator
        payloads = [
            await command.get_translated_payload(self.tree, translator)
            if translator
            else command.to_dict(self.tree)
            for command in self.tree.get_commands(guild=guild)
        ]
        syncs, print_ = self.services.command_syncs, fingerprint(payloads)
        application = self.application_id or 0
        unforced = not force and not self._sync_always
        if unforced and await syncs.is_current(application, self._dev_guild, print_):
            return False
        await self.tree.sync(guild=guild)
        await syncs.record(application, self._dev_guild, print_)
        log.info("commands synced", scope=self._dev_guild or "global", count=len(payloads))
        return True

    def add_dynamic_items(self, *items: type[ui.DynamicItem[Any]]) -> None:
        """Register components that outlive a restart."""
        super().add_dynamic_items(*items)
        self._lasting.extend(items)

    def add_forms(self, *forms: type[Form]) -> None:
        """Register modals whose submission is handled even after a restart."""
        self._forms.extend(forms)

    async def on_interaction(self, interaction: discord.Interaction["Waymark"]) -> None:
        """Handle submitted forms, and presses on components that no code stands behind."""
        custom_id = interaction.custom_id or ""
        if interaction.type is discord.InteractionType.modal_submit:
            await self._submit(interaction, custom_id)
        elif interaction.type is discord.InteractionType.component and not any(
            item.__discord_ui_compiled_template__.fullmatch(custom_id) for item in self._lasting
        ):
            await self._tell_outdated(interaction)

    async def _submit(self, interaction: discord.Interaction["Waymark"], custom_id: str) -> None:
        form = self._form(custom_id)
        if form is None:
            await self._tell_outdated(interaction)
        else:
            typed = typed_in(interaction)
            await handle(interaction, lambda: submitted(interaction, form, typed))

    def _form(self, custom_id: str) -> Form | None:
        for form in self._forms:
            if match := re.fullmatch(form.template, custom_id):
                return form.read(match)
        return None

    async def _tell_outdated(self, interaction: discord.Interaction["Waymark"]) -> None:
        with speaking(interaction.locale.value):
            await tell(
                interaction,
                _("That button is from an older version of me. Please use the command again."),
            )

    async def on_ready(self) -> None:
        """Say that Discord is there; may happen many times."""
        log.info("connected to Discord", user=str(self.user), guilds=len(self.guilds))
        self.was_ready.set()


def cog_names() -> list[str]:
    """Return the modules and packages in `cogs/`, which are all loaded."""
    return sorted(module.name for module in iter_modules(cogs.__path__, "cogs."))
