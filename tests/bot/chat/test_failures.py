from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import aiohttp
import discord
import pytest

from bot.chat.failures import outcome_of
from bot.delivery.model import Reason
from bot.delivery.outcomes import Outcome, Retry, Sent, Undeliverable


def answered(status: int, code: int, kind: type[discord.HTTPException]) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="test")
    return kind(response, {"code": code, "message": "test"})


HTTP, FORBIDDEN, NOT_FOUND = discord.HTTPException, discord.Forbidden, discord.NotFound


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (answered(404, 10003, NOT_FOUND), Undeliverable(Reason.CHANNEL_GONE)),
        (answered(404, 0, NOT_FOUND), Undeliverable(Reason.CHANNEL_GONE)),
        (answered(404, 10008, NOT_FOUND), Sent(None)),
        (answered(403, 50001, FORBIDDEN), Undeliverable(Reason.NO_ACCESS)),
        (answered(403, 50013, FORBIDDEN), Undeliverable(Reason.NO_PERMISSION)),
        (answered(403, 50007, FORBIDDEN), Undeliverable(Reason.DM_CLOSED)),
        (answered(403, 1, FORBIDDEN), Undeliverable(Reason.NO_PERMISSION)),
        (answered(400, 50035, HTTP), Undeliverable(Reason.REFUSED)),
        (answered(400, 40003, HTTP), Retry(Reason.RATE_LIMITED, maybe_sent=False)),
        (answered(429, 0, HTTP), Retry(Reason.RATE_LIMITED)),
        (answered(401, 0, HTTP), Retry(Reason.DISCORD_DOWN, maybe_sent=False)),
        (answered(503, 0, discord.DiscordServerError), Retry(Reason.DISCORD_DOWN)),
        (discord.RateLimited(40), Retry(Reason.RATE_LIMITED, after_s=40)),
        (aiohttp.ServerDisconnectedError(), Retry(Reason.DISCORD_DOWN)),
        (ConnectionResetError(), Retry(Reason.DISCORD_DOWN)),
        (TimeoutError(), Retry(Reason.DISCORD_DOWN)),
        (
            aiohttp.ClientConnectorError(Mock(), OSError()),
            Retry(Reason.DISCORD_DOWN, maybe_sent=False),
        ),
    ],
)
def test_discords_errors_have_a_meaning(error: Exception, outcome: Outcome) -> None:
    assert outcome_of(error) == outcome


def test_an_error_of_ours_is_no_answer_of_discords() -> None:
    with pytest.raises(ValueError, match="ours"):
        outcome_of(ValueError("ours"))
