"""The settings of a member."""

from bot.i18n import later
from bot.settings import types
from bot.settings.model import Input, Owner, Setting

ZONE = Setting[str | None](
    owner=Owner.MEMBER,
    name="zone",
    title=later("Time zone"),
    help=later("Times you type are read in it. Nobody else sees it."),
    input=Input.ZONE,
    default=None,
    parse=types.parse_zone,
    write=types.write_zone,
    show=types.show_zone,
)
