"""A small Discord on loopback: just enough HTTP and gateway for a bot to log in and be used."""

import asyncio
import json
import zlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

TOKEN = "good.token.canary-4711"
APPLICATION_ID = 4242
ME = {"id": str(APPLICATION_ID), "username": "Waymark", "discriminator": "0", "avatar": None}
MEMBER = {"id": "77", "username": "maya", "discriminator": "0", "avatar": None}
HELLO, IDENTIFY, HEARTBEAT, ACK = 10, 2, 1, 11


def answer(content: object, status: int = 200) -> web.Response:
    """Answer exactly application/json, without a charset, which discord.py asks for."""
    body = json.dumps(content).encode()
    return web.Response(body=body, status=status, content_type="application/json")


@dataclass
class DiscordStandIn:
    """What the stand-in has seen, and its handle on the connected bot."""

    commands_given: list[list[dict[str, Any]]] = field(default_factory=list[list[dict[str, Any]]])
    callbacks: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue[dict[str, Any]])
    edits: asyncio.Queue[str] = field(default_factory=asyncio.Queue[str])
    identified: asyncio.Event = field(default_factory=asyncio.Event)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    callback_delay_s: float = 0.0
    _socket: web.WebSocketResponse | None = None
    _deflate: Any = None
    url: str = ""

    async def use_command(self, name: str, subcommand: str, **options: str) -> None:
        """Let a member use a slash command in a direct message."""
        given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        await self._dispatch(
            "INTERACTION_CREATE",
            {
                "id": "900",
                "application_id": str(APPLICATION_ID),
                "type": 2,
                "token": "interaction-token",
                "version": 1,
                "user": MEMBER,
                "channel": {"id": "5", "type": 1},
                "channel_id": "5",
                "locale": "en-US",
                "entitlements": [],
                "authorizing_integration_owners": {},
                "context": 1,
                "attachment_size_limit": 10_000_000,
                "app_permissions": "0",
                "data": {
                    "id": "1",
                    "name": name,
                    "type": 1,
                    "options": [{"name": subcommand, "type": 1, "options": given}],
                },
            },
        )

    async def _dispatch(self, event: str, data: dict[str, Any]) -> None:
        await self._send({"op": 0, "t": event, "s": 2, "d": data})

    async def _send(self, payload: dict[str, Any]) -> None:
        assert self._socket is not None
        data = json.dumps(payload).encode()
        await self._socket.send_bytes(
            self._deflate.compress(data) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
        )

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        self._socket = socket = web.WebSocketResponse()
        self._deflate = zlib.compressobj()
        await socket.prepare(request)
        await self._send({"op": HELLO, "d": {"heartbeat_interval": 45_000}})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._answer(json.loads(message.data))
        self.closed.set()
        return socket

    async def _answer(self, payload: dict[str, Any]) -> None:
        if payload["op"] == HEARTBEAT:
            await self._send({"op": ACK})
        elif payload["op"] == IDENTIFY:
            ready = {
                "v": 10,
                "user": ME,
                "guilds": [],
                "session_id": "s",
                "resume_gateway_url": self.url.replace("http", "ws"),
                "application": {"id": str(APPLICATION_ID), "flags": 0},
                "shard": [0, 1],
            }
            await self._dispatch("READY", ready)
            self.identified.set()

    async def gateway_info(self, request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
        url = self.url.replace("http", "ws") + "/gateway"
        return answer({"url": url, "shards": 1, "session_start_limit": limit})

    async def me(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bot {TOKEN}":
            return answer({"message": "401: Unauthorized", "code": 0}, status=401)
        return answer(ME)

    async def application(self, request: web.Request) -> web.Response:
        about = {"id": str(APPLICATION_ID), "name": "Waymark", "icon": None, "description": ""}
        keys = {"verify_key": "k", "bot_public": True, "bot_require_code_grant": False}
        return answer(about | keys | {"flags": 0, "owner": ME, "team": None})

    async def commands(self, request: web.Request) -> web.Response:
        given = await request.json()
        self.commands_given.append(given)
        extra = {"application_id": str(APPLICATION_ID), "version": "1", "description": ""}
        return answer(
            [{"id": str(number), **extra, **command} for number, command in enumerate(given, 1)]
        )

    async def callback(self, request: web.Request) -> web.Response:
        self.callbacks.put_nowait(await request.json())
        await asyncio.sleep(self.callback_delay_s)
        message = {"id": "901", "type": 0}
        interaction = {"id": request.match_info["id"], "type": 2}
        return answer({"interaction": interaction, "resource": message})

    async def edit(self, request: web.Request) -> web.Response:
        self.edits.put_nowait((await request.read()).decode(errors="replace"))
        return answer(
            {
                "id": "901", "channel_id": "5", "author": ME, "content": "", "type": 0,
                "timestamp": "2026-11-24T12:00:00+00:00", "edited_timestamp": None,
                "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [],
                "attachments": [], "embeds": [], "pinned": False, "components": [], "flags": 32768,
            }
        )  # fmt: skip

    def routes(self) -> list[web.RouteDef]:
        api = "/api/v10"
        return [
            web.get("/gateway", self.gateway),
            web.get("/gateway/", self.gateway),
            web.get(f"{api}/gateway/bot", self.gateway_info),
            web.get(f"{api}/users/@me", self.me),
            web.get(f"{api}/oauth2/applications/@me", self.application),
            web.get(f"{api}/applications/@me", self.application),
            web.put(f"{api}/applications/{{app}}/commands", self.commands),
            web.put(f"{api}/applications/{{app}}/guilds/{{guild}}/commands", self.commands),
            web.post(f"{api}/interactions/{{id}}/{{token}}/callback", self.callback),
            web.patch(f"{api}/webhooks/{{app}}/{{token}}/messages/@original", self.edit),
        ]


@asynccontextmanager
async def discord_standin() -> AsyncGenerator[DiscordStandIn]:
    """Serve a Discord stand-in on a free port of loopback."""
    standin = DiscordStandIn()
    app = web.Application()
    app.add_routes(standin.routes())
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    standin.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield standin
    finally:
        await runner.cleanup()
