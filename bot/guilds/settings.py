"""The settings of a server."""

from bot.i18n import later
from bot.settings import quiet_hours, types
from bot.settings.model import Input, Owner, Setting
from bot.when.quiet_hours import QuietHours

ZONE = Setting[str | None](
    owner=Owner.GUILD,
    name="zone",
    title=later("Time zone"),
    help=later("For what is posted here, and for members who haven't set their own."),
    input=Input.ZONE,
    default=None,
    parse=types.parse_zone,
    write=types.write_zone,
    show=types.show_zone,
)

NOTICE_CHANNEL = Setting[int | None](
    owner=Owner.GUILD,
    name="notice_channel",
    title=later("Notice channel"),
    help=later("Where I tell managers that something needs them, such as a deleted channel."),
    input=Input.CHANNEL,
    default=None,
    parse=types.parse_channel,
    write=types.write_channel,
    show=types.show_channel,
)

FACILITATOR_ROLE = Setting[int | None](
    owner=Owner.GUILD,
    name="facilitator_role",
    title=later("Facilitators"),
    help=later(
        "Members with this role answer questions that were passed on, and keep the FAQ. "
        "Managers always may."
    ),
    input=Input.ROLE,
    default=None,
    parse=types.parse_role,
    write=types.write_role,
    show=types.show_role,
)

QUIET_HOURS = Setting[QuietHours | None](
    owner=Owner.GUILD,
    name="quiet_hours",
    title=later("Quiet hours"),
    help=later("Celebrations wait until they are over, in the server's time zone."),
    input=Input.OPTION,
    default=None,
    parse=quiet_hours.parse,
    write=quiet_hours.write,
    show=quiet_hours.show,
    options=quiet_hours.options,
)
