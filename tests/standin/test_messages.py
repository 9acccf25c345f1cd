"""The stand-in keeps to Discord's rules; what is shown with it is worth no more than this."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from tests.standin.api_errors import ChannelState
from tests.standin.channels import dm_channel
from tests.standin.message_rules import COMPONENTS_V2
from tests.standin.messages import MessageStandIn, message_standin
from tests.standin.process import standin_process
from tests.standin.rates import MessageSettings
from tests.standin.seen import Outcome


@dataclass
class Bot:
    """Asks the stand-in as a bot does, without discord.py's own repeats and waits."""

    standin: MessageStandIn
    session: aiohttp.ClientSession

    async def ask(
        self, method: str, path: str, body: object = None, **query: int
    ) -> tuple[int, Any]:
        url = f"{self.standin.url}/api/v10/{path}"
        async with self.session.request(method, url, json=body, params=query) as response:
            return response.status, await response.json()

    async def post(self, channel: int = 1, nonce: str | None = None, **payload: Any) -> Any:
        payload.setdefault("content", "Good morning")
        if nonce is not None:
            payload = {"nonce": nonce, "enforce_nonce": True} | payload
        return await self.ask("POST", f"channels/{channel}/messages", payload)

    async def page(self, **query: int) -> list[int]:
        _, messages = await self.ask("GET", "channels/1/messages", **query)
        return [int(message["id"]) for message in messages]


@asynccontextmanager
async def asking(settings: MessageSettings | None = None) -> AsyncGenerator[Bot]:
    async with message_standin(settings) as standin, aiohttp.ClientSession() as session:
        yield Bot(standin, session)


async def test_a_nonce_said_again_gives_the_same_message_and_makes_none() -> None:
    async with asking() as bot:
        _, first = await bot.post(nonce="4711")
        _, again = await bot.post(nonce="4711", content="Other words")
        assert (again["id"], again["content"]) == (first["id"], "Good morning")
        assert len(bot.standin.messages) == 1
        assert bot.standin.counts == {Outcome.ACCEPTED: 1, Outcome.DEDUPLICATED: 1}


async def test_a_nonce_counts_in_its_channel_only() -> None:
    async with asking() as bot:
        await bot.post(1, "4711")
        await bot.post(2, "4711")
        assert len(bot.standin.messages) == 2


async def test_a_nonce_that_is_not_enforced_makes_a_second_message() -> None:
    async with asking() as bot:
        await bot.post(nonce="4711")
        await bot.post(nonce="4711", enforce_nonce=False)
        assert len(bot.standin.messages) == 2


async def test_a_nonce_is_forgotten_in_time() -> None:
    async with asking(MessageSettings(nonce_memory_s=0.1)) as bot:
        await bot.post(nonce="4711")
        await asyncio.sleep(0.12)
        await bot.post(nonce="4711")
        assert len(bot.standin.messages) == 2


async def test_a_nonce_is_not_handed_back_later() -> None:
    async with asking() as bot:
        _, message = await bot.post(nonce="4711")
        assert message["nonce"] == "4711"
        _, read = await bot.ask("GET", f"channels/1/messages/{message['id']}")
        assert "nonce" not in read


async def test_the_nonce_of_a_deleted_message_is_an_unknown_message() -> None:
    async with asking() as bot:
        _, message = await bot.post(nonce="4711")
        url = f"{bot.standin.url}/api/v10/channels/1/messages/{message['id']}"
        async with bot.session.delete(url) as response:
            assert response.status == 204
        status, error = await bot.post(nonce="4711")
        assert (status, error["code"], len(bot.standin.messages)) == (404, 10008, 1)


async def test_a_nonce_that_is_too_long_is_invalid() -> None:
    async with asking() as bot:
        status, error = await bot.post(nonce="4" * 26)
        assert (status, error["code"], bot.standin.messages) == (400, 50035, [])


async def test_a_dropped_reply_accepts_and_then_cuts() -> None:
    async with asking(MessageSettings(drop_reply=1)) as bot:
        with pytest.raises(aiohttp.ClientError):
            await bot.post(nonce="4711")
        bot.standin.change(drop_reply=0)
        _, again = await bot.post(nonce="4711")
        assert [str(message.id) for message in bot.standin.messages] == [again["id"]]
        assert bot.standin.counts[Outcome.DROPPED] == 1


async def test_a_refused_request_does_nothing() -> None:
    async with asking(MessageSettings(refuse=1)) as bot:
        with pytest.raises(aiohttp.ClientError):
            await bot.post(nonce="4711")
        assert (bot.standin.messages, bot.standin.counts) == ([], {Outcome.REFUSED: 1})


async def test_a_slow_reply_was_accepted_at_once() -> None:
    async with asking(MessageSettings(slow=1, slow_s=0.2)) as bot:
        posting = asyncio.create_task(bot.post())
        await asyncio.sleep(0.1)
        assert (len(bot.standin.messages), posting.done()) == (1, False)
        await posting


async def test_a_server_error_does_nothing() -> None:
    async with asking(MessageSettings(server_error=1, server_error_statuses=(503,))) as bot:
        status, _ = await bot.post()
        assert (status, bot.standin.messages) == (503, [])


async def test_a_late_error_comes_of_a_message_that_was_accepted() -> None:
    async with asking(MessageSettings(late_error=1, server_error_statuses=(504,))) as bot:
        status, _ = await bot.post(nonce="4711")
        assert (status, len(bot.standin.messages)) == (504, 1)
        assert bot.standin.counts == {Outcome.ACCEPTED: 1, Outcome.LATE_ERRORS: 1}


async def test_too_many_requests_says_when_to_come_back() -> None:
    async with asking(MessageSettings(too_many=1, retry_after_s=0.3)) as bot:
        status, error = await bot.post()
        assert (status, error["retry_after"], error["global"]) == (429, 0.3, False)
        assert bot.standin.messages == []


@pytest.mark.parametrize(
    ("state", "status", "code"),
    [
        (ChannelState.GONE, 404, 10003),
        (ChannelState.FORBIDDEN, 403, 50013),
        (ChannelState.NO_ACCESS, 403, 50001),
        (ChannelState.DMS_CLOSED, 403, 50007),
    ],
)
async def test_a_channel_that_cannot_be_used_says_why(
    state: ChannelState, status: int, code: int
) -> None:
    async with asking() as bot:
        bot.standin.set_channel(1, state)
        answered, error = await bot.post()
        assert (answered, error["code"], bot.standin.messages) == (status, code, [])
        answered, error = await bot.ask("GET", "channels/1/messages")
        assert (answered, error["code"]) == (status, code)


async def test_a_direct_message_goes_to_the_channel_that_was_opened() -> None:
    async with asking() as bot:
        _, opened = await bot.ask("POST", "users/@me/channels", {"recipient_id": "77"})
        assert int(opened["id"]) == dm_channel(77)


async def test_a_channel_takes_so_many_messages_in_its_time() -> None:
    async with asking(MessageSettings(per_channel=(2, 0.3))) as bot:
        answers = [await bot.post() for _ in range(3)]
        other, _ = await bot.post(2)
        assert ([status for status, _ in answers], other) == ([200, 200, 429], 200)
        await asyncio.sleep(answers[2][1]["retry_after"])
        assert (await bot.post())[0] == 200
        assert bot.standin.counts[Outcome.OVER_LIMIT] == 1


async def test_all_channels_share_the_global_limit() -> None:
    async with asking(MessageSettings(global_per_s=2)) as bot:
        answers = [await bot.post(channel) for channel in range(3)]
        assert [status for status, _ in answers] == [200, 200, 429]
        assert answers[2][1]["global"] is True
        await asyncio.sleep(answers[2][1]["retry_after"])
        assert (await bot.post())[0] == 200


async def test_history_has_pages_like_discords() -> None:
    async with asking() as bot:
        ids = [int((await bot.post())[1]["id"]) for _ in range(6)]
        assert ids == sorted(ids)
        newest_first = ids[::-1]
        assert await bot.page() == newest_first
        assert await bot.page(limit=2) == newest_first[:2]
        assert await bot.page(after=ids[0], limit=2) == [ids[2], ids[1]]
        assert await bot.page(before=ids[5], limit=2) == [ids[4], ids[3]]
        assert await bot.page(after=0, limit=100) == newest_first
        assert await bot.page(after=ids[5]) == []


@pytest.mark.parametrize("limit", [0, 101])
async def test_a_page_has_at_most_100_messages(limit: int) -> None:
    async with asking() as bot:
        status, _ = await bot.ask("GET", "channels/1/messages", limit=limit)
        assert status == 400


async def test_component_ids_are_kept_and_missing_ones_given() -> None:
    parts = [{"type": 10, "content": "a", "id": 2}, {"type": 10, "content": "b"}]
    async with asking() as bot:
        await bot.post(content="", components=parts, flags=COMPONENTS_V2)
        _, [message] = await bot.ask("GET", "channels/1/messages")
        assert [part["id"] for part in message["components"]] == [2, 1]
        assert bot.standin.messages[0].text == "a"


async def test_an_empty_message_is_refused() -> None:
    async with asking() as bot:
        status, error = await bot.post(content="")
        assert (status, error["code"], bot.standin.messages) == (400, 50006, [])


async def test_the_same_seed_brings_the_same_faults() -> None:
    seen: list[list[int]] = []
    for _ in range(2):
        async with asking(MessageSettings(seed=5, server_error=0.5)) as bot:
            seen.append([(await bot.post())[0] for _ in range(20)])
    assert seen[0] == seen[1]
    assert 0 < seen[0].count(200) < 20


async def test_a_process_of_its_own_is_read_and_steered_from_here() -> None:
    with standin_process(MessageSettings(seed=3)) as standin:
        standin.set_channel(2, ChannelState.GONE)
        async with aiohttp.ClientSession() as session:
            for channel in (1, 2):
                url = f"{standin.url}/api/v10/channels/{channel}/messages"
                async with session.post(url, json={"content": "Good morning"}):
                    pass
        assert [message.text for message in standin.messages] == ["Good morning"]
        assert standin.counts == {Outcome.ACCEPTED: 1, Outcome.REJECTED: 1}
        assert [each.method for each in standin.exchanges] == ["POST", "POST"]
        standin.reset()
        assert (standin.messages, standin.counts) == ([], {})
