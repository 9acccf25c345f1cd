"""The types that settings can have."""

from datetime import datetime

from bot.errors import MemberError
from bot.i18n import _
from bot.when import zones


def parse_zone(text: str) -> str | None:
    """Read a zone as a person types it. Raises UnclearZone."""
    return zones.find(text)


def write_zone(zone: str | None) -> str:
    """Return a zone's IANA name."""
    return zone or ""


def show_zone(zone: str | None, now: datetime) -> str:
    """Return a zone with its present time, or that there is none."""
    return zones.label(zone, now) if zone else _("not set")


def parse_channel(text: str) -> int | None:
    """Read a channel's id or mention. Raises MemberError."""
    digits = text.strip().removeprefix("<#").removesuffix(">")
    if not digits.isdecimal():
        raise MemberError(_("That isn't a channel. Pick one from the list."))
    return int(digits)


def write_channel(channel_id: int | None) -> str:
    """Return a channel's id as text."""
    return str(channel_id)


def show_channel(channel_id: int | None, _now: datetime) -> str:
    """Return a channel as a mention, or that there is none."""
    return f"<#{channel_id}>" if channel_id else _("not set")
