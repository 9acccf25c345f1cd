"""The use cases that cogs call, built once in `bot.app` and carried by the client."""

from dataclasses import dataclass

from bot.careers.service import Careers
from bot.commands.service import CommandSyncs


@dataclass(frozen=True)
class Services:
    """One service a feature."""

    careers: Careers
    command_syncs: CommandSyncs
