"""A command tree's fingerprint, and the record of a sync."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

GLOBAL_SCOPE = "global"


@dataclass(frozen=True)
class CommandSync:
    """The commands with this fingerprint were given to Discord at this instant (UTC)."""

    application_id: int
    scope: str
    fingerprint: str
    synced_at: datetime


def scope_of(guild_id: int | None) -> str:
    """Return the scope's name: "global", or the guild's id."""
    return GLOBAL_SCOPE if guild_id is None else str(guild_id)


def fingerprint(payloads: Sequence[Any]) -> str:
    """Return the SHA-256 (hex) of command payloads; their order doesn't matter."""
    parts = sorted(json.dumps(payload, sort_keys=True, default=str) for payload in payloads)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
