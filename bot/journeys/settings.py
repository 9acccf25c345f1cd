"""Who sees a member's journey."""

from datetime import datetime

from bot.i18n import _, later
from bot.settings import types
from bot.settings.model import Input, Option, Owner, Setting

PRIVATE, SERVER = "private", "server"


def options() -> list[Option]:
    """Return who may see it."""
    return [Option(PRIVATE, _("Only me")), Option(SERVER, _("The servers I'm on it in"))]


def parse(text: str) -> str:
    """Read who may see it. Raises UnclearValue."""
    return types.parse_option(options(), text)


def show(value: str, _now: datetime) -> str:
    """Return in words who may see it."""
    return types.show_option(options(), value)


VISIBILITY = Setting[str](
    owner=Owner.MEMBER,
    name="journey_visibility",
    title=later("Who sees my journey"),
    help=later("With `/journey show`: your progress and dates. Your notes are yours alone."),
    input=Input.OPTION,
    default=PRIVATE,
    parse=parse,
    write=str,
    show=show,
    options=options,
)
