"""The one way in for every command, button, select and modal.

It counts the interaction as under way, ties its log lines together by an id, speaks the member's
language, and turns every error into an answer: a MemberError as its own text, anything else as
an incident with the id under which the log has the traceback.
"""

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, cast

import discord
import structlog
from discord import app_commands

from bot.acting import acting
from bot.chat.in_flight import InFlight
from bot.chat.limits import MAX_CONTENT, clip
from bot.errors import MemberError
from bot.i18n import _, speaking

log = structlog.stdlib.get_logger(__name__)


class Host(Protocol):
    """What handling needs of the client."""

    in_flight: InFlight
    before_all: Sequence[Callable[[discord.Interaction[Any]], Awaitable[None]]]
    """What may refuse an interaction, by a MemberError."""


async def handle(
    interaction: discord.Interaction[Any], work: Callable[[], Awaitable[object]]
) -> None:
    """Do the work of one interaction; no exception but cancellation leaves this."""
    host = cast("Host", interaction.client)

    async def unless_refused() -> None:
        for refuse in host.before_all:
            await refuse(interaction)
        await work()

    await attend(
        host.in_flight,
        unless_refused,
        lambda text: tell(interaction, text),
        locale=interaction.locale.value,
        described=_described(interaction),
        by=interaction.user.id,
        refusable=interaction.type is not discord.InteractionType.modal_submit,
    )


async def attend(
    in_flight: InFlight,
    work: Callable[[], Awaitable[object]],
    say: Callable[[str], Awaitable[object]],
    *,
    locale: str,
    described: Mapping[str, object],
    by: int,
    refusable: bool = True,
) -> None:
    """Do what a member asked for, by an interaction or a message, in the given language.

    `say` tells them what stands in the way. What isn't `refusable` is done though Waymark is being
    stopped, as what was typed would be lost. No exception but cancellation leaves this.
    """
    incident = secrets.token_hex(4)
    with (
        in_flight.counted(),
        speaking(locale),
        acting(by),
        structlog.contextvars.bound_contextvars(interaction=incident, **described),
    ):
        if in_flight.stopping and refusable:
            await say(_("I'm just restarting. Please try again in a minute."))
            return
        try:
            await work()
        except Exception as error:  # the last stop before the member
            await say(explain(error, incident))
        else:
            log.debug("interaction handled")


def explain(error: Exception, incident: str) -> str:
    """Return what the member is told; what isn't theirs to know goes to the log, by incident."""
    if isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError):
        cause = error.__cause__
        error = cause if isinstance(cause, Exception) else error
    if isinstance(error, MemberError):
        return str(error)
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        log.warning("outdated command used", error=str(error))
        return _("That command has changed. Please reload Discord (Ctrl+R) and try again.")
    if isinstance(error, app_commands.CheckFailure):
        return _("You can't use that here. If you think you should, ask a server manager.")
    log.error("interaction failed", exc_info=error)
    return _(
        "Sorry, something went wrong on my side. Please try again in a minute. If it keeps "
        "happening, give whoever runs this bot the incident id `{incident}`."
    ).format(incident=incident)


async def tell(interaction: discord.Interaction[Any], text: str) -> None:
    """Tell the member something privately, whatever was answered before."""
    if interaction.type is discord.InteractionType.autocomplete:
        return
    text = clip(text, MAX_CONTENT)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except discord.HTTPException as error:
        log.warning("member could not be told", status=error.status, code=error.code)


def _described(interaction: discord.Interaction[Any]) -> dict[str, object]:
    """Return who did what where, for the log: ids and names of ours, nothing a member typed."""
    command = interaction.command
    return {
        "kind": interaction.type.name,
        "name": command.qualified_name if command else interaction.custom_id,
        "guild": interaction.guild_id,
        "user": interaction.user.id,
    }
