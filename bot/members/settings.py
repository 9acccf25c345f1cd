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

DAY_START = Setting[int](
    owner=Owner.MEMBER,
    name="day_start",
    title=later("Start of your day"),
    help=later("Until this hour an answer still counts for the day before. For night owls: 4:00."),
    input=Input.OPTION,
    default=0,
    parse=types.parse_hour,
    write=types.write_hour,
    show=types.show_hour,
    options=types.hours,
)
