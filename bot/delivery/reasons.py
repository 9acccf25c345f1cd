"""Why something wasn't posted, in words for managers and members, with what to do."""

from collections.abc import Mapping

from bot.delivery.model import Reason
from bot.i18n import _, later

WORDS: Mapping[str, str] = {
    Reason.CHANNEL_GONE: later("The channel or thread was deleted. Pick another one."),
    Reason.NO_ACCESS: later(
        "I can't see it any more. Give me View Channel there, or invite me again."
    ),
    Reason.NO_PERMISSION: later(
        "I may not write there. Give me View Channel and Send Messages, then try again."
    ),
    Reason.DM_CLOSED: later(
        "Direct messages from me are closed. Allow them in the server's privacy settings."
    ),
    Reason.MEMBER_LEFT: later("The member has left Discord, or can't be found any more."),
    Reason.MESSAGE_GONE: later("The message it was about was deleted."),
    Reason.REFUSED: later("Discord refused the message. Whoever runs me finds out why in my log."),
    Reason.UNCONFIRMED: later(
        "It may have been posted: I can't tell. Look for it, and try again only if it's missing."
    ),
    Reason.UNKNOWN_KIND: later("This version of me doesn't know what it is. An update may help."),
    Reason.BROKEN: later(
        "Something is wrong on my side. Whoever runs me finds out what in my log."
    ),
    Reason.DISCORD_DOWN: later("Discord couldn't be reached. I try again by myself."),
    Reason.RATE_LIMITED: later("Discord asked me to slow down. I try again by myself."),
    Reason.LATE: later("I was down for too long, and it was too late to post it."),
    Reason.SUPERSEDED: later("I was down when it was due; only the newest one was posted."),
    Reason.PAUSED: later("It was paused."),
    Reason.UNWANTED: later("It wasn't wanted any more when it came due."),
    Reason.CANCELLED: later("It was cancelled."),
    Reason.SENT: later("It was posted."),
}


def in_words(reason: str | None) -> str:
    """Return a reason's meaning in the reader's language; of an unknown one, that it is unknown."""
    known = WORDS.get(reason or "")
    return _(known) if known else _("I don't know why.")
