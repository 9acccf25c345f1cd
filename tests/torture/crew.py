"""The worker processes of a torture run: started, killed, and started again."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.delivery.outcomes import Policy
from tests.standin.process import ROOT, unmeasured

START_WITHIN_S = 30.0
STOP_WITHIN_S = 20.0


@dataclass(frozen=True)
class Worker:
    """A running process, and its name in leases."""

    process: Process
    owner: str


@dataclass
class Crew:
    """Some workers over one database."""

    url: str
    database_url: str
    policy: Policy
    sender: str
    log: Path
    starts: int = 0

    def __post_init__(self) -> None:
        self.workers: list[Worker] = []

    async def start(self, number: int = 1) -> None:
        """Start so many more, and wait until they begin."""
        await asyncio.gather(*(self._start() for _ in range(number)))

    async def _start(self) -> None:
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.torture.worker", self.url, self.database_url),
                *("--policy", json.dumps(asdict(self.policy)), "--sender", self.sender),
                cwd=ROOT, env=unmeasured(), stdin=PIPE, stdout=PIPE, stderr=log,
            )  # fmt: skip
        assert process.stdout is not None
        owner = await asyncio.wait_for(process.stdout.readline(), START_WITHIN_S)
        if not owner:
            raise RuntimeError(f"a worker didn't start; its log ends in\n{self.tail()}")
        self.workers.append(Worker(process, owner.decode().strip()))
        self.starts += 1

    async def kill(self, worker: Worker) -> None:
        """End one as `kill -9` does."""
        self.workers.remove(worker)
        if worker.process.returncode is not None:
            raise RuntimeError(f"a worker ended by itself; its log ends in\n{self.tail()}")
        worker.process.kill()
        await worker.process.wait()

    async def stall(self, worker: Worker, for_s: float) -> None:
        """Let one stand still, as a machine that is out of memory does, and then go on."""
        worker.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(for_s)
        worker.process.send_signal(signal.SIGCONT)

    async def stop(self) -> list[int]:
        """Let all end what they are at; return their exit codes."""
        workers, self.workers = self.workers, []
        return [*await asyncio.gather(*(_stopped(worker.process) for worker in workers))]

    def tail(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-30:])


async def _stopped(process: Process) -> int:
    assert process.stdin is not None
    process.stdin.close()
    return await asyncio.wait_for(process.wait(), STOP_WITHIN_S)


@asynccontextmanager
async def crew(
    url: str, database_url: str, policy: Policy, sender: str, log: Path
) -> AsyncGenerator[Crew]:
    """Have no workers yet; none is left over, however it ends."""
    hired = Crew(url, database_url, policy, sender, log)
    try:
        yield hired
    finally:
        for worker in hired.workers:
            if worker.process.returncode is None:
                worker.process.kill()
                await worker.process.wait()
