"""Discord's message endpoints on loopback, with its nonces and, if asked for, limits and faults.

In a test's own process (`message_standin`), or as one of its own (`standin_process`, or
`python -m tests.standin.messages`) that outlives the bot and shares no CPU time with it.
"""

import argparse
import asyncio
import json
import signal
import subprocess
import sys
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterable, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, astuple, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from urllib.request import ProxyHandler, build_opener

from aiohttp import web

from tests.standin.rates import Limits, MessageSettings, Window

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
DISCORD_EPOCH_S = 1_420_070_400
ME = {"id": "4242", "username": "Waymark", "discriminator": "0", "avatar": None, "bot": True}
GUILD_ID = 3
DM_BIT = 1 << 62
"""Set in the ids of DM channels, and in no snowflake of this century."""

COMPONENTS_V2 = 1 << 15
TEXT_DISPLAY = 10
MAX_NONCE = 25
MAX_CONTENT = 2000
MAX_TEXT_DISPLAYS = 4000
MAX_COMPONENTS = 40
MAX_CUSTOM_ID = 100
MAX_BODY = 25 * 2**20


class Outcome(StrEnum):
    """What became of a request; one that met a fault may have two."""

    ACCEPTED = "accepted"
    DEDUPLICATED = "deduplicated"
    DONE = "done"
    """Read, edited, deleted, or a DM channel opened."""

    REJECTED = "rejected"
    """Answered with an error that isn't a 429 and no fault."""

    TOO_MANY = "too_many"
    """Every 429, by a fault or by a limit."""

    OVER_LIMIT = "over_limit"
    """A 429 by a limit."""

    REFUSED = "refused"
    SERVER_ERRORS = "server_errors"
    DROPPED = "dropped"
    SLOW = "slow"


class ChannelState(StrEnum):
    """What a channel answers."""

    FINE = "fine"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    NO_ACCESS = "no_access"
    DMS_CLOSED = "dms_closed"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that was created. `at` is of the monotonic clock, `wall` Unix time (seconds)."""

    id: int
    channel: int
    nonce: str | None
    text: str
    """Its first text display, or its content."""

    at: float
    wall: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what became of it. `at` is of the monotonic clock."""

    at: float
    method: str
    path: str
    outcomes: tuple[Outcome, ...]


class ApiError(Exception):
    """An answer that isn't a success, with Discord's code."""

    outcomes: tuple[Outcome, ...] = (Outcome.REJECTED,)

    def __init__(self, status: int, code: int, message: str, **problems: str) -> None:
        super().__init__(message)
        self.status = status
        self.headers: dict[str, str] = {}
        self.body: Json = {"message": message, "code": code}
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


def answer(content: object, status: int = 200) -> web.Response:
    """Answer exactly application/json, without a charset, which discord.py asks for."""
    body = json.dumps(content, separators=(",", ":")).encode()
    return web.Response(body=body, status=status, content_type="application/json")


def walk(components: Iterable[Json]) -> Generator[Json]:
    """Yield the components and all within them, each before what it contains."""
    for component in components:
        yield component
        yield from walk(component.get("components", ()))
        if "accessory" in component:
            yield from walk((component["accessory"],))


def number(components: Iterable[Json]) -> None:
    """Give each component without an id the next free one, as Discord does; 0 counts as none."""
    every = [*walk(components)]
    used = {component["id"] for component in every if component.get("id")}
    free = (number for number in count(1) if number not in used)
    for component in every:
        if not component.get("id"):
            component["id"] = next(free)


def text_of(message: Json) -> str:
    """Return what tells one message from another: its first text display, or its content."""
    texts = (each["content"] for each in walk(message["components"]) if is_text(each))
    return next(texts, message["content"])


def is_text(component: Json) -> bool:
    return component["type"] == TEXT_DISPLAY


def check(message: Json) -> None:
    """Raise what Discord answers to a message that it doesn't take; discord.py checks nothing."""
    if not any(message[name] for name in ("content", "components", "embeds", "attachments")):
        raise ApiError(400, 50006, "Cannot send an empty message")
    if message["content"] and message["flags"] & COMPONENTS_V2:
        raise invalid(content="Not allowed together with the flag IS_COMPONENTS_V2")
    if len(message["content"]) > MAX_CONTENT:
        raise invalid(content=f"Must be {MAX_CONTENT} or fewer in length.")
    check_components([*walk(message["components"])])


def check_components(components: list[Json]) -> None:
    texts = sum(len(each["content"]) for each in components if is_text(each))
    custom_ids = [each["custom_id"] for each in components if "custom_id" in each]
    ids = [each["id"] for each in components if each.get("id")]
    if len(components) > MAX_COMPONENTS:
        raise invalid(components=f"The total number of components exceeds {MAX_COMPONENTS}.")
    if texts > MAX_TEXT_DISPLAYS:
        raise invalid(components=f"The texts together exceed {MAX_TEXT_DISPLAYS} characters.")
    if any(not 1 <= len(custom_id) <= MAX_CUSTOM_ID for custom_id in custom_ids):
        raise invalid(components=f"Custom ids have 1 to {MAX_CUSTOM_ID} characters.")
    if len(set(custom_ids)) < len(custom_ids) or len(set(ids)) < len(ids):
        raise invalid(components="Component ids and custom ids cannot be duplicated.")


@dataclass
class Channel:
    """The messages of a channel, and the nonces they came with."""

    id: int
    state: ChannelState = ChannelState.FINE
    _messages: dict[int, Json] = field(default_factory=dict[int, Json])
    _ids: list[int] = field(default_factory=list[int])
    _nonces: dict[str, tuple[int, float]] = field(default_factory=dict[str, tuple[int, float]])

    def add(self, message: Json, nonce: str | None) -> None:
        message_id = int(message["id"])
        self._messages[message_id] = message
        self._ids.append(message_id)
        if nonce is not None:
            self._nonces[nonce] = message_id, time.monotonic()

    def sent_with(self, nonce: str, memory_s: float) -> int | None:
        """Return the id of the message that this nonce made, if it isn't forgotten."""
        message_id, at = self._nonces.get(nonce, (None, 0.0))
        return message_id if time.monotonic() < at + memory_s else None

    def get(self, message_id: int) -> Json:
        if message_id not in self._messages:
            raise unknown_message()
        return self._messages[message_id]

    def replace(self, message_id: int, message: Json) -> None:
        self._messages[message_id] = message

    def delete(self, message_id: int) -> None:
        self.get(message_id)
        del self._messages[message_id]
        del self._ids[bisect_left(self._ids, message_id)]

    def history(self, query: Mapping[str, str]) -> list[Json]:
        """Return a page, newest first: the nearest before, after or around an id, or the newest."""
        limit = int(query.get("limit", "50"))
        if not 1 <= limit <= 100:
            raise invalid(limit="Must be from 1 to 100.")
        return [self._messages[each] for each in reversed(self._ids[self._page(query, limit)])]

    def _page(self, query: Mapping[str, str], limit: int) -> slice:
        if "around" in query:
            begin = max(0, bisect_left(self._ids, int(query["around"])) - limit // 2)
            return slice(begin, begin + limit)
        if "after" in query:
            begin = bisect_right(self._ids, int(query["after"]))
            return slice(begin, begin + limit)
        end = bisect_left(self._ids, int(query.get("before", str(sys.maxsize))))
        return slice(max(0, end - limit), end)

    def described(self) -> Json:
        if self.id & DM_BIT:
            person = {"id": str(self.id ^ DM_BIT), "username": "member", "discriminator": "0"}
            return {"id": str(self.id), "type": 1, "recipients": [person | {"avatar": None}]}
        place = {"guild_id": str(GUILD_ID), "name": "general", "position": 0, "parent_id": None}
        about: Json = {"permission_overwrites": [], "nsfw": False, "topic": None}
        return {"id": str(self.id), "type": 0, **place, **about}


Work = Callable[[web.Request], Awaitable[tuple[web.Response, Outcome]]]


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
        try:
            self._admit(fault)
            response, *outcomes = await work(request)
        except ApiError as error:
            response, outcomes = answer(error.body, error.status), [*error.outcomes]
            response.headers.update(error.headers)
        if fault is not None and fault in (Outcome.DROPPED, Outcome.SLOW):
            outcomes.append(fault)
        if fault is Outcome.REFUSED:
            outcomes = [fault]
        self._record(request, outcomes)
        await self._deliver(request, fault)
        return response

    def _draw(self) -> Outcome | None:
        drawn = self._random.random()
        for fault, probability in (
            (Outcome.DROPPED, self.settings.drop_reply),
            (Outcome.REFUSED, self.settings.refuse),
            (Outcome.SERVER_ERRORS, self.settings.server_error),
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
            raise ServerError(self._random.choice(self.settings.server_error_statuses))
        if fault is Outcome.TOO_MANY:
            raise TooMany(self.settings.retry_after_s)

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
            response, outcome = answer(error.body, error.status), Outcome.REJECTED
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
            return lambda request: self._answered(request, work)

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


def dm_channel(user: int) -> int:
    """Return the id of the DM channel with a user."""
    return user | DM_BIT


def timestamp(wall: float) -> str:
    return datetime.fromtimestamp(wall, UTC).isoformat()


def blank_message(channel: int, wall: float) -> Json:
    return {
        "id": "0", "channel_id": str(channel), "author": ME, "content": "", "type": 0,
        "timestamp": timestamp(wall), "edited_timestamp": None, "tts": False,
        "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [],
        "embeds": [], "pinned": False, "components": [], "flags": 0,
    }  # fmt: skip


def with_changes(message: Json, payload: Json) -> Json:
    """Return the message with what the payload gives. Raises `ApiError` if Discord would."""
    kept = ("content", "components", "embeds", "attachments", "flags")
    changes = {name: payload[name] for name in kept if payload.get(name) is not None}
    if payload.get("content", "") is None:
        changes["content"] = ""
    changed = message | changes
    check(changed)
    number(changed["components"])
    return changed


async def read_payload(request: web.Request) -> Json:
    """Return a message as it is given: JSON, or a form with files."""
    if request.content_type != "multipart/form-data":
        return json.loads(await request.read())
    form = await request.post()
    files = [each for each in form.values() if isinstance(each, web.FileField)]
    payload: Json = json.loads(str(form["payload_json"]))
    payload["attachments"] = [described_file(key, each) for key, each in enumerate(files, 1)]
    return payload


def described_file(key: int, file: web.FileField) -> Json:
    size = len(file.file.read())
    url = f"https://cdn.invalid/{key}/{file.filename}"
    return {"id": str(key), "filename": file.filename, "size": size, "url": url, "proxy_url": url}


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


class Control:
    """Reading and steering a stand-in from another process."""

    def __init__(self, standin: MessageStandIn) -> None:
        self._standin = standin

    async def messages(self, request: web.Request) -> web.Response:
        return answer([astuple(message) for message in self._standin.messages])

    async def exchanges(self, request: web.Request) -> web.Response:
        return answer([astuple(exchange) for exchange in self._standin.exchanges])

    async def counts(self, request: web.Request) -> web.Response:
        return answer(self._standin.counts)

    async def settings(self, request: web.Request) -> web.Response:
        self._standin.change(**json.loads(await request.read()))
        return answer(asdict(self._standin.settings))

    async def channel(self, request: web.Request) -> web.Response:
        state = ChannelState(json.loads(await request.read())["state"])
        self._standin.set_channel(int(request.match_info["channel"]), state)
        return answer({})

    async def reset(self, request: web.Request) -> web.Response:
        self._standin.reset()
        return answer({})

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/control/messages", self.messages),
            web.get("/control/exchanges", self.exchanges),
            web.get("/control/counts", self.counts),
            web.post("/control/settings", self.settings),
            web.post("/control/channels/{channel:\\d+}", self.channel),
            web.post("/control/reset", self.reset),
        ]


@asynccontextmanager
async def message_standin(
    settings: MessageSettings | None = None, port: int = 0
) -> AsyncGenerator[MessageStandIn]:
    """Serve a stand-in on loopback; port 0 is any that is free."""
    standin = MessageStandIn(settings)
    app = web.Application(client_max_size=MAX_BODY)
    app.add_routes([*standin.routes(), *login_routes(), *Control(standin).routes()])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=1024).start()
    standin.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield standin
    finally:
        await runner.cleanup()


class StandInProcess:
    """A stand-in in another process, read and steered like `MessageStandIn`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._opener = build_opener(ProxyHandler({}))

    @property
    def messages(self) -> list[Accepted]:
        return [Accepted(*each) for each in self._ask("messages")]

    @property
    def exchanges(self) -> list[Exchange]:
        return [
            Exchange(at, method, path, tuple(map(Outcome, outcomes)))
            for at, method, path, outcomes in self._ask("exchanges")
        ]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter({Outcome(name): count for name, count in self._ask("counts").items()})

    def change(self, **changes: Any) -> None:
        """Change some settings."""
        self._ask("settings", changes)

    def set_channel(self, channel: int, state: ChannelState) -> None:
        """Let a channel answer so from now on."""
        self._ask(f"channels/{channel}", {"state": state})

    def reset(self) -> None:
        """Forget all but the settings."""
        self._ask("reset", {})

    def _ask(self, what: str, content: Json | None = None) -> Any:
        body = None if content is None else json.dumps(content).encode()
        with self._opener.open(f"{self.url}/control/{what}", body, timeout=30) as response:
            return json.load(response)


@contextmanager
def standin_process(
    settings: MessageSettings | None = None, port: int = 0
) -> Generator[StandInProcess]:
    """Run a stand-in as a process of its own. Raises RuntimeError if it doesn't start."""
    given = json.dumps(asdict(settings or MessageSettings()))
    module = (sys.executable, "-m", "tests.standin.messages")
    command = (*module, "--port", str(port), "--settings", given)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            if not url:
                raise RuntimeError("the stand-in didn't start")
            yield StandInProcess(url)
        finally:
            process.terminate()
            process.wait(10)


async def serve(settings: MessageSettings, port: int) -> None:
    """Serve until SIGTERM or SIGINT; print the URL."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with message_standin(settings, port) as standin:
        print(standin.url, flush=True)  # noqa: T201 - whoever started it reads it
        await stop.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--settings", type=json.loads, default={})
    arguments = parser.parse_args()
    asyncio.run(serve(MessageSettings().changed(arguments.settings), arguments.port))
