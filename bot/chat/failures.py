"""What an error of Discord's means for a delivery.

Only Discord's own error codes say that something is gone: a cache that lacks it is no evidence.
"""

import aiohttp
import discord

from bot.delivery.model import Reason
from bot.delivery.outcomes import Outcome, Retry, Sent, Undeliverable

LASTING = {
    10003: Reason.CHANNEL_GONE,
    10004: Reason.NO_ACCESS,
    10007: Reason.MEMBER_LEFT,
    10013: Reason.MEMBER_LEFT,
    50001: Reason.NO_ACCESS,
    50007: Reason.DM_CLOSED,
    50013: Reason.NO_PERMISSION,
    50278: Reason.DM_CLOSED,
    160005: Reason.NO_PERMISSION,
}
"""Discord's codes of what doesn't heal by itself; 160005 is a locked thread.

https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

BY_STATUS = {403: Reason.NO_PERMISSION, 404: Reason.CHANNEL_GONE}

UNKNOWN_MESSAGE = 10008
OPENING_DMS_TOO_FAST = 40003
UNAUTHORIZED = 401
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500

NETWORK_ERRORS = (aiohttp.ClientError, OSError, TimeoutError)


def outcome_of(error: Exception) -> Outcome:
    """Return what comes of a failed send; raises the error again if it isn't Discord's.

    discord.py repeats a send by itself after a 500 or 502, so a refusal to come too fast doesn't
    say that nothing has arrived.
    """
    if isinstance(error, discord.RateLimited):
        return Retry(Reason.RATE_LIMITED, after_s=error.retry_after)
    if isinstance(error, discord.HTTPException):
        return _answered(error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Retry(Reason.DISCORD_DOWN, maybe_sent=False)
    if isinstance(error, NETWORK_ERRORS):
        return Retry(Reason.DISCORD_DOWN)
    raise error


def _answered(error: discord.HTTPException) -> Outcome:
    if error.code == UNKNOWN_MESSAGE:
        # The nonce was known, but the message it made has been deleted since: it did arrive.
        return Sent(None)
    if error.code == OPENING_DMS_TOO_FAST:
        return Retry(Reason.RATE_LIMITED, maybe_sent=False)
    if error.status == TOO_MANY_REQUESTS:
        return Retry(Reason.RATE_LIMITED)
    if error.status >= SERVER_ERROR:
        return Retry(Reason.DISCORD_DOWN)
    if error.status == UNAUTHORIZED:
        return Retry(Reason.DISCORD_DOWN, maybe_sent=False)
    return Undeliverable(LASTING.get(error.code) or BY_STATUS.get(error.status, Reason.REFUSED))
