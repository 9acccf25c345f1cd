"""The settings of a member."""

from bot.i18n import later
from bot.settings import quiet_hours, types
from bot.settings.model import Input, Owner, Setting
from bot.when.quiet_hours import QuietHours

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

QUIET_HOURS = Setting[QuietHours | None](
    owner=Owner.MEMBER,
    name="quiet_hours",
    title=later("Quiet hours"),
    help=later(
        "Celebrations and reminders of check-ins wait until they are over. What you planned "
        "comes in time."
    ),
    input=Input.OPTION,
    default=None,
    parse=quiet_hours.parse,
    write=quiet_hours.write,
    show=quiet_hours.show,
    options=quiet_hours.options,
)
