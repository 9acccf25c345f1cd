"""The types that settings can have."""

from collections.abc import Sequence
from datetime import datetime, time

from babel.dates import format_time

from bot.errors import MemberError
from bot.i18n import _, number_locale
from bot.settings.model import Option, UnclearValue
from bot.when import zones
from bot.when.errors import UnclearZone


def parse_zone(text: str) -> str | None:
    """Read a zone as a person types it. Raises UnclearValue."""
    try:
        return zones.find(text)
    except UnclearZone as problem:
        options = [Option(zone, zone) for zone in problem.choices]
        raise UnclearValue(str(problem), options) from problem


def write_zone(zone: str | None) -> str:
    """Return a zone's IANA name."""
    return zone or ""


def show_zone(zone: str | None, now: datetime) -> str:
    """Return a zone with its present time, or that there is none."""
    return zones.label(zone, now) if zone else _("not set")


def parse_channel(text: str) -> int | None:
    """Read a channel's id or mention. Raises MemberError."""
    channel_id = _id_in(text, "<#")
    if channel_id is None:
        raise MemberError(_("That isn't a channel. Pick one from the list."))
    return channel_id


def write_channel(channel_id: int | None) -> str:
    """Return a channel's id as text."""
    return str(channel_id)


def show_channel(channel_id: int | None, _now: datetime) -> str:
    """Return a channel as a mention, or that there is none."""
    return f"<#{channel_id}>" if channel_id else _("not set")


def parse_role(text: str) -> int | None:
    """Read a Discord role's id or mention. Raises MemberError."""
    role_id = _id_in(text, "<@&")
    if role_id is None:
        raise MemberError(_("That isn't a role. Pick one from the list."))
    return role_id


def write_role(role_id: int | None) -> str:
    """Return a Discord role's id as text."""
    return str(role_id)


def show_role(role_id: int | None, _now: datetime) -> str:
    """Return a Discord role as a mention, or that there is none."""
    return f"<@&{role_id}>" if role_id else _("not set")


def parse_hour(text: str) -> int:
    """Read a full hour of the clock, 0 to 23: 4, 4:00 or 04:00. Raises MemberError."""
    hour = text.strip().removesuffix(":00")
    if not hour.isdecimal() or int(hour) not in range(24):
        raise MemberError(_("That isn't a full hour. Pick one from the list, such as 4:00."))
    return int(hour)


def write_hour(hour: int) -> str:
    """Return a full hour as text."""
    return f"{hour}:00"


def show_hour(hour: int, _now: datetime | None = None) -> str:
    """Return a full hour as a clock shows it."""
    return format_time(time(hour), "short", locale=number_locale())


def hours() -> list[Option]:
    """Return the full hours of a day."""
    return [Option(write_hour(hour), show_hour(hour)) for hour in range(24)]


def parse_option(options: Sequence[Option], text: str) -> str:
    """Read one of the options by its text or label. Raises UnclearValue."""
    wanted = text.strip().casefold()
    for option in options:
        if wanted in (option.text.casefold(), option.label.casefold()):
            return option.text
    raise UnclearValue(_("I don't know that value. These are possible:"), options)


def show_option(options: Sequence[Option], text: str) -> str:
    """Return an option's label."""
    return next(option.label for option in options if option.text == text)


def _id_in(text: str, mark: str) -> int | None:
    """Return the id that is typed as it is, or as a mention that begins with `mark`."""
    digits = text.strip().removeprefix(mark).removesuffix(">")
    return int(digits) if digits.isdecimal() else None
