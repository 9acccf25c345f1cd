"""Discord's answers that aren't a success, with the codes it gives."""

import time
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from tests.standin.rates import Window
from tests.standin.seen import Outcome


class ChannelState(StrEnum):
    """What a channel answers."""

    FINE = "fine"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    NO_ACCESS = "no_access"
    DMS_CLOSED = "dms_closed"


class ApiError(Exception):
    """An answer that isn't a success, with Discord's code."""

    outcomes: tuple[Outcome, ...] = (Outcome.REJECTED,)

    def __init__(self, status: int, code: int, message: str, **problems: str) -> None:
        super().__init__(message)
        self.status = status
        self.headers: dict[str, str] = {}
        self.body: dict[str, Any] = {"message": message, "code": code}
        if problems:
            self.body["errors"] = {
                name: {"_errors": [{"code": "INVALID", "message": problem}]}
                for name, problem in problems.items()
            }


class ServerError(ApiError):
    """A fault on Discord's side."""

    outcomes = (Outcome.SERVER_ERRORS,)

    def __init__(self, status: int) -> None:
        super().__init__(status, 0, f"{status}: server error")


class TooMany(ApiError):
    """A 429; with `Via`, without which discord.py takes it for a ban."""

    outcomes = (Outcome.TOO_MANY,)

    def __init__(self, retry_after_s: float, scope: str = "user") -> None:
        super().__init__(429, 0, "You are being rate limited.")
        is_global = scope == "global"
        self.body = {"message": str(self), "retry_after": retry_after_s, "global": is_global}
        self.headers = {
            "Via": "1.1 google",
            "Retry-After": str(int(retry_after_s) + 1),
            "X-RateLimit-Scope": scope,
            **({"X-RateLimit-Global": "true"} if is_global else {}),
        }


class OverLimit(TooMany):
    """A 429 because a window is used up."""

    outcomes = (Outcome.TOO_MANY, Outcome.OVER_LIMIT)

    def __init__(self, window: Window, scope: str) -> None:
        super().__init__(window.reset_after(time.monotonic()), scope)
        if scope == "user":
            self.headers |= bucket_headers(window)


CHANNEL_ERRORS: Mapping[ChannelState, tuple[int, int, str]] = {
    ChannelState.GONE: (404, 10003, "Unknown Channel"),
    ChannelState.FORBIDDEN: (403, 50013, "Missing Permissions"),
    ChannelState.NO_ACCESS: (403, 50001, "Missing Access"),
    ChannelState.DMS_CLOSED: (403, 50007, "Cannot send messages to this user"),
}


def unknown_message() -> ApiError:
    return ApiError(404, 10008, "Unknown Message")


def invalid(**problems: str) -> ApiError:
    return ApiError(400, 50035, "Invalid Form Body", **problems)


def bucket_headers(window: Window) -> dict[str, str]:
    """Return what Discord tells about the window of a channel."""
    reset_after = window.reset_after(time.monotonic())
    return {
        "X-RateLimit-Limit": str(window.count),
        "X-RateLimit-Remaining": str(window.remaining),
        "X-RateLimit-Reset": f"{time.time() + reset_after:.3f}",
        "X-RateLimit-Reset-After": f"{reset_after:.3f}",
        "X-RateLimit-Bucket": "new-messages",
    }
