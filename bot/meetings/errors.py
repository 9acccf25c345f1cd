"""What can't be done with sessions, for the organiser who tried."""

from bot.errors import MemberError
from bot.i18n import _
from bot.meetings.model import LONGEST


class NoSuchSession(MemberError):
    """The session was skipped or cancelled, or the series never had it."""

    def __init__(self) -> None:
        super().__init__(_("That session doesn't take place any more. Pick one of those to come."))


class NothingToCome(MemberError):
    """A rule that matches no day."""

    def __init__(self) -> None:
        super().__init__(_("That never comes. Say a day and a time, such as “every tuesday 7pm”."))


class TooOften(MemberError):
    """A rule that repeats within a day."""

    def __init__(self) -> None:
        super().__init__(_("Sessions are once a day at most. Try “every day 7pm”."))


class WrongLength(MemberError):
    """A length that no session has."""

    def __init__(self) -> None:
        text = _("A session lasts from a minute to {hours} hours. Try “90 minutes”.")
        super().__init__(text.format(hours=LONGEST // 60))
