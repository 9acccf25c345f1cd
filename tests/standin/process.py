"""The message stand-in as a process of its own, which outlives the bot and shares no CPU with it.

`standin_process` in a test, or `python -m tests.standin.process` by hand. It ends with whoever
holds its standard input.
"""

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict, astuple
from pathlib import Path
from subprocess import PIPE
from typing import Any
from urllib.request import ProxyHandler, build_opener

from aiohttp import web

from tests.standin.api_errors import ChannelState
from tests.standin.messages import MessageStandIn, answer, served
from tests.standin.rates import MessageSettings
from tests.standin.seen import Accepted, Exchange, Outcome

ROOT = Path(__file__).parents[2]


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

    def _ask(self, what: str, content: dict[str, Any] | None = None) -> Any:
        body = None if content is None else json.dumps(content).encode()
        with self._opener.open(f"{self.url}/control/{what}", body, timeout=30) as response:
            return json.load(response)


@contextmanager
def standin_process(
    settings: MessageSettings | None = None, port: int = 0
) -> Generator[StandInProcess]:
    """Run a stand-in as a process of its own. Raises RuntimeError if it doesn't start."""
    given = json.dumps(asdict(settings or MessageSettings()))
    module = (sys.executable, "-m", "tests.standin.process")
    command = (*module, "--port", str(port), "--settings", given)
    with subprocess.Popen(command, cwd=ROOT, env=unmeasured(), stdin=PIPE, stdout=PIPE) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().decode().strip()
            if not url:
                raise RuntimeError("the stand-in didn't start")
            yield StandInProcess(url)
        finally:
            process.terminate()
            process.wait(10)


def unmeasured() -> dict[str, str]:
    """Return the environment without what would measure a child's coverage."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COV")}


def when_orphaned(act: Callable[[], None]) -> None:
    """Call `act` once standard input ends, as it does when whoever holds its other end dies."""
    loop, stdin = asyncio.get_running_loop(), sys.stdin.fileno()

    def read() -> None:
        if not os.read(stdin, 1024):
            loop.remove_reader(stdin)
            act()

    loop.add_reader(stdin, read)


async def serve(settings: MessageSettings, port: int) -> None:
    """Serve until SIGTERM, SIGINT or the end of standard input; print the URL."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    when_orphaned(stop.set)
    standin = MessageStandIn(settings)
    async with served(standin, [*standin.routes(), *Control(standin).routes()], port):
        print(standin.url, flush=True)  # noqa: T201 - whoever started it reads it
        await stop.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--settings", type=json.loads, default={})
    arguments = parser.parse_args()
    asyncio.run(serve(MessageSettings().changed(arguments.settings), arguments.port))
