"""Discord's message endpoints on loopback, with its nonces and, if asked for, limits and faults.

`tests.standin.process` runs it as a process of its own.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from random import Random
from typing import Any

from aiohttp import web

from tests.standin.api_errors import (
    CHANNEL_ERRORS,
    ApiError,
    ChannelState,
    OverLimit,
    ServerError,
    TooMany,
    bucket_headers,
    invalid,
)
from tests.standin.channels import Channel, dm_channel
from tests.standin.message_rules import (
    ME,
    Json,
    blank_message,
    read_payload,
    text_of,
    timestamp,
    with_changes,
)
from tests.standin.rates import Limits, MessageSettings
from tests.standin.seen import Accepted, Exchange, Outcome

DISCORD_EPOCH_S = 1_420_070_400
MAX_NONCE = 25
MAX_BODY = 25 * 2**20

LATE_FAULTS = (Outcome.DROPPED, Outcome.LATE_ERRORS, Outcome.SLOW)
"""Faults of requests that were done."""

Work = Callable[[web.Request], Awaitable[tuple[web.Response, Outcome]]]


def answer(content: object, status: int = 200) -> web.Response:
    """Answer exactly application/json, without a charset, which discord.py asks for."""
    body = json.dumps(content, separators=(",", ":")).encode()
    return web.Response(body=body, status=status, content_type="application/json")


def refusal(error: ApiError) -> web.Response:
    response = answer(error.body, error.status)
    response.headers.update(error.headers)
    return response


class MessageStandIn:
    """A Discord that knows messages and nothing else, and remembers all it was asked."""

    def __init__(self, settings: MessageSettings | None = None) -> None:
        self.url = ""
        self._last_id = 0
        self.configure(settings or MessageSettings())
        self.reset()

    def configure(self, settings: MessageSettings) -> None:
        """Behave differently from now on; windows and chance begin anew."""
        self.settings = settings
        self._limits = Limits(settings)
        self._random = Random(settings.seed)  # noqa: S311 - no secret

    def change(self, **changes: Any) -> None:
        """Change some settings."""
        self.configure(self.settings.changed(changes))

    def reset(self) -> None:
        """Forget all but the settings."""
        self.messages: list[Accepted] = []
        self.exchanges: list[Exchange] = []
        self.counts: Counter[Outcome] = Counter()
        self._channels: dict[int, Channel] = {}
        self.configure(self.settings)

    def set_channel(self, channel: int, state: ChannelState) -> None:
        """Let a channel answer so from now on."""
        self._channel(channel).state = state

    def _channel(self, channel: int) -> Channel:
        return self._channels.setdefault(channel, Channel(channel))

    async def _answered(self, request: web.Request, work: Work) -> web.Response:
        """Do what is asked, or let go wrong what is drawn to go wrong."""
        fault = self._draw()
        response, outcomes = await self._done(request, work, fault)
        if fault is not None and fault in LATE_FAULTS:
            outcomes = [*outcomes, fault]
        if fault is Outcome.LATE_ERRORS:
            response = refusal(self._server_error())
        self._record(request, [fault] if fault is Outcome.REFUSED else outcomes)
        await self._deliver(request, fault)
        return response

    async def _done(
        self, request: web.Request, work: Work, fault: Outcome | None
    ) -> tuple[web.Response, Sequence[Outcome]]:
        try:
            self._admit(fault)
            response, outcome = await work(request)
        except ApiError as error:
            return refusal(error), error.outcomes
        return response, [outcome]

    def _draw(self) -> Outcome | None:
        drawn = self._random.random()
        for fault, probability in (
            (Outcome.DROPPED, self.settings.drop_reply),
            (Outcome.REFUSED, self.settings.refuse),
            (Outcome.SERVER_ERRORS, self.settings.server_error),
            (Outcome.LATE_ERRORS, self.settings.late_error),
            (Outcome.TOO_MANY, self.settings.too_many),
            (Outcome.SLOW, self.settings.slow),
        ):
            drawn -= probability
            if drawn < 0:
                return fault
        return None

    def _admit(self, fault: Outcome | None) -> None:
        """Raise unless a request may get through."""
        if fault is Outcome.REFUSED:
            raise ServerError(503)
        window = self._limits.all_requests
        if window and not window.take(time.monotonic()):
            raise OverLimit(window, "global")
        if fault is Outcome.SERVER_ERRORS:
            raise self._server_error()
        if fault is Outcome.TOO_MANY:
            raise TooMany(self.settings.retry_after_s)

    def _server_error(self) -> ServerError:
        return ServerError(self._random.choice(self.settings.server_error_statuses))

    def _record(self, request: web.Request, outcomes: Iterable[Outcome]) -> None:
        exchange = Exchange(time.monotonic(), request.method, request.path, tuple(outcomes))
        self.exchanges.append(exchange)
        self.counts.update(exchange.outcomes)

    async def _deliver(self, request: web.Request, fault: Outcome | None) -> None:
        if fault is Outcome.SLOW:
            await asyncio.sleep(self.settings.slow_s)
        if fault in (Outcome.DROPPED, Outcome.REFUSED) and request.transport:
            request.transport.abort()

    def _open(self, request: web.Request) -> Channel:
        """Return the request's channel if it can be used."""
        channel = self._channel(int(request.match_info["channel"]))
        if channel.state is not ChannelState.FINE:
            raise ApiError(*CHANNEL_ERRORS[channel.state])
        return channel

    async def post(self, request: web.Request) -> tuple[web.Response, Outcome]:
        window = self._limits.channel(int(request.match_info["channel"]))
        if window and not window.take(time.monotonic()):
            raise OverLimit(window, "user")
        try:
            message, outcome = self._posted(self._open(request), await read_payload(request))
            response = answer(message)
        except ApiError as error:
            response, outcome = refusal(error), Outcome.REJECTED
        if window:
            response.headers.update(bucket_headers(window))
        return response, outcome

    def _posted(self, channel: Channel, payload: Json) -> tuple[Json, Outcome]:
        given = payload.get("nonce")
        if given is None:
            return self._created(channel, payload, None), Outcome.ACCEPTED
        nonce = str(given)
        if len(nonce) > MAX_NONCE:
            raise invalid(nonce=f"Must be {MAX_NONCE} or fewer in length.")
        earlier = channel.sent_with(nonce, self.settings.nonce_memory_s)
        if earlier is not None and payload.get("enforce_nonce"):
            return channel.get(earlier) | {"nonce": given}, Outcome.DEDUPLICATED
        return self._created(channel, payload, nonce) | {"nonce": given}, Outcome.ACCEPTED

    def _created(self, channel: Channel, payload: Json, nonce: str | None) -> Json:
        wall = time.time()
        message = with_changes(blank_message(channel.id, wall), payload)
        self._last_id = max(self._last_id + 1, int((wall - DISCORD_EPOCH_S) * 1000) << 22)
        message["id"] = str(self._last_id)
        channel.add(message, nonce)
        text = text_of(message)
        record = Accepted(self._last_id, channel.id, nonce, text, time.monotonic(), wall)
        self.messages.append(record)
        return message

    async def history(self, request: web.Request) -> tuple[web.Response, Outcome]:
        return answer(self._open(request).history(request.query)), Outcome.DONE

    async def read(self, request: web.Request) -> tuple[web.Response, Outcome]:
        return answer(self._open(request).get(int(request.match_info["message"]))), Outcome.DONE

    async def edit(self, request: web.Request) -> tuple[web.Response, Outcome]:
        channel, message_id = self._open(request), int(request.match_info["message"])
        message = with_changes(channel.get(message_id), await read_payload(request))
        message["edited_timestamp"] = timestamp(time.time())
        channel.replace(message_id, message)
        return answer(message), Outcome.DONE

    async def delete(self, request: web.Request) -> tuple[web.Response, Outcome]:
        self._open(request).delete(int(request.match_info["message"]))
        return web.Response(status=204), Outcome.DONE

    async def describe(self, request: web.Request) -> tuple[web.Response, Outcome]:
        return answer(self._open(request).described()), Outcome.DONE

    async def open_dm(self, request: web.Request) -> tuple[web.Response, Outcome]:
        recipient = int(json.loads(await request.read())["recipient_id"])
        return answer(self._channel(dm_channel(recipient)).described()), Outcome.DONE

    def routes(self) -> list[web.RouteDef]:
        """Return the part of Discord's API that can fail."""

        def way(work: Work) -> Callable[[web.Request], Awaitable[web.Response]]:
            async def handle(request: web.Request) -> web.Response:
                return await self._answered(request, work)

            return handle

        channel = "/api/v10/channels/{channel:\\d+}"
        message = f"{channel}/messages/{{message:\\d+}}"
        return [
            web.post(f"{channel}/messages", way(self.post)),
            web.get(f"{channel}/messages", way(self.history), allow_head=False),
            web.get(message, way(self.read), allow_head=False),
            web.patch(message, way(self.edit)),
            web.delete(message, way(self.delete)),
            web.get(channel, way(self.describe), allow_head=False),
            web.post("/api/v10/users/@me/channels", way(self.open_dm)),
        ]


def login_routes() -> list[web.RouteDef]:
    """Return what `Client.login` asks for; it never fails and isn't counted."""
    about = {"id": ME["id"], "name": "Waymark", "icon": None, "description": "", "flags": 0}
    keys = {"verify_key": "k", "bot_public": True, "bot_require_code_grant": False}
    application = about | keys | {"owner": ME, "team": None}

    def giving(content: object) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            return answer(content)

        return handle

    return [
        web.get("/api/v10/users/@me", giving(ME)),
        web.get("/api/v10/oauth2/applications/@me", giving(application)),
        web.get("/api/v10/applications/@me", giving(application)),
    ]


@asynccontextmanager
async def message_standin(
    settings: MessageSettings | None = None,
) -> AsyncGenerator[MessageStandIn]:
    """Serve a stand-in on any free port of loopback."""
    standin = MessageStandIn(settings)
    async with served(standin, standin.routes()):
        yield standin


@asynccontextmanager
async def served(
    standin: MessageStandIn, routes: Iterable[web.RouteDef], port: int = 0
) -> AsyncGenerator[None]:
    """Serve these routes and logging in; port 0 is any that is free."""
    app = web.Application(client_max_size=MAX_BODY)
    app.add_routes([*routes, *login_routes()])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=1024).start()
    standin.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield
    finally:
        await runner.cleanup()
