"""Quiet hours as a setting: what may be typed, and what can be picked."""

import re
from datetime import datetime

from bot.errors import MemberError
from bot.i18n import _
from bot.settings import types
from bot.settings.model import Option
from bot.when.quiet_hours import QuietHours

NONE = "none"
ALL = frozenset(range(24))
OFFERED = [QuietHours(first, until) for first in (19, 20, 21, 22, 23, 0) for until in (6, 7, 8, 9)]

_SPAN = re.compile(r"(\d{1,2})(?::00)?(?:-|to|until)(\d{1,2})(?::00)?")


def parse(text: str) -> QuietHours | None:
    """Read from when until when; None for none. Raises MemberError."""
    typed = "".join(text.casefold().replace("\N{EN DASH}", "-").split())
    if typed == NONE:
        return None
    span = _SPAN.fullmatch(typed)
    hours = QuietHours(int(span[1]), int(span[2])) if span else None
    if hours is None or not {hours.first, hours.until} <= ALL or hours.first == hours.until:
        raise MemberError(_("Say from when until when in full hours, such as “22-7”, or “none”."))
    return hours


def write(hours: QuietHours | None) -> str:
    """Return quiet hours as text."""
    return f"{hours.first}-{hours.until}" if hours else NONE


def show(hours: QuietHours | None, _now: datetime | None = None) -> str:
    """Return quiet hours as a clock shows them."""
    if hours is None:
        return _("none")
    first, until = types.show_hour(hours.first), types.show_hour(hours.until)
    return _("{first} to {until}").format(first=first, until=until)


def options() -> list[Option]:
    """Return what can be picked; other hours can be typed."""
    return [Option(write(hours), show(hours)) for hours in (None, *OFFERED)]
