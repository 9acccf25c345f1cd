"""The settings of check-ins: a member's nudge, and where a server's facilitators are told."""

from datetime import datetime

from bot.errors import MemberError
from bot.i18n import _, later, ngettext
from bot.settings import types
from bot.settings.model import Input, Option, Owner, Setting

NEVER = "never"
HOURS = (1, 2, 4, 6)


def _parse(text: str) -> int:
    """Read after how many hours; 0 for never. Raises MemberError."""
    typed = text.strip().casefold().removesuffix("hours").removesuffix("hour").strip()
    if typed in {NEVER, "0"}:
        return 0
    if not typed.isdecimal() or int(typed) not in HOURS:
        raise MemberError(_("Pick one from the list, such as “never” or “2 hours”."))
    return int(typed)


def _write(hours: int) -> str:
    return str(hours) if hours else NEVER


def _show(hours: int, _now: datetime | None = None) -> str:
    """Return after how many hours, in words."""
    if not hours:
        return _("never")
    return ngettext("after {n} hour", "after {n} hours", hours).format(n=hours)


def _options() -> list[Option]:
    return [Option(_write(hours), _show(hours)) for hours in (0, *HOURS)]


NUDGE_AFTER = Setting[int](
    owner=Owner.MEMBER,
    name="checkin_nudge",
    title=later("Reminder of check-ins"),
    help=later("One short direct message if you haven't answered a check-in by then. Never more."),
    input=Input.OPTION,
    default=0,
    parse=_parse,
    write=_write,
    show=_show,
    options=_options,
)

HELP_CHANNEL = Setting[int | None](
    owner=Owner.GUILD,
    name="checkin_channel",
    title=later("Check-in notes"),
    help=later("Where facilitators read what members who are stuck choose to tell them."),
    input=Input.CHANNEL,
    default=None,
    parse=types.parse_channel,
    write=types.write_channel,
    show=types.show_channel,
)
