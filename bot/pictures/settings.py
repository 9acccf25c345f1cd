"""Which look a member's pictures have."""

from datetime import datetime

from bot.i18n import _, later
from bot.pictures.looks import LOOKS
from bot.settings import types
from bot.settings.model import Input, Option, Owner, Setting


def options() -> list[Option]:
    """Return the looks there are."""
    names = {"dark": _("Dark"), "light": _("Light")}
    return [Option(name, names[name]) for name in LOOKS]


def parse(text: str) -> str:
    """Read a look. Raises UnclearValue."""
    return types.parse_option(options(), text)


def show(value: str, _now: datetime) -> str:
    """Return a look in words."""
    return types.show_option(options(), value)


LOOK = Setting[str](
    owner=Owner.MEMBER,
    name="pictures",
    title=later("Pictures"),
    help=later("How pictures made for me look. Discord doesn't tell me which theme you use."),
    input=Input.OPTION,
    default="dark",
    parse=parse,
    write=str,
    show=show,
    options=options,
)
