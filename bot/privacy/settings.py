"""How long a server keeps what is held on members who have left it."""

from datetime import datetime

from bot.errors import MemberError
from bot.i18n import _, later, ngettext
from bot.settings.model import Input, Option, Owner, Setting

CHOICES = (7, 30, 90, 180, 365)
"""Days."""


def parse_days(text: str) -> int:
    """Read one of the choices, as a number of days. Raises MemberError."""
    days = text.strip().split(" ")[0]
    if not days.isdecimal() or int(days) not in CHOICES:
        raise MemberError(_("Pick one of the times from the list, such as 90 days."))
    return int(days)


def show_days(days: int, _now: datetime | None = None) -> str:
    """Return a number of days in words."""
    return ngettext("{count} day", "{count} days", days).format(count=days)


def choices() -> list[Option]:
    """Return how long may be chosen."""
    return [Option(str(days), show_days(days)) for days in CHOICES]


RETENTION = Setting[int](
    owner=Owner.GUILD,
    name="retention",
    title=later("Those who left"),
    help=later("How long I keep what is held on a member after they leave, should they return."),
    input=Input.OPTION,
    default=90,
    parse=parse_days,
    write=str,
    show=show_days,
    options=choices,
)
