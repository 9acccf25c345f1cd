"""A torture run: workers are killed at random moments while they deliver, then all is compared."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select

from bot.clock import SystemClock
from bot.delivery import store
from bot.delivery.model import ScheduleState
from bot.delivery.outcomes import Policy
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.standin.process import StandInProcess, standin_process
from tests.standin.rates import MessageSettings
from tests.torture.crew import Crew, Worker, crew
from tests.torture.reckoning import reckon
from tests.torture.report import Kill, Report
from tests.torture.scenario import FAILURES_TO_PAUSE, OCCURRENCES, Scenario, refusals
from tests.torture.worker import FOUND, NOT_FOUND

POLICY = Policy(
    lease_s=1.0,
    first_backoff_s=0.5,
    longest_backoff_s=4.0,
    parallel=30,
    failures_to_pause=FAILURES_TO_PAUSE,
)

FAULTS = MessageSettings(
    drop_reply=0.06,
    refuse=0.04,
    server_error=0.06,
    server_error_statuses=(503,),  # discord.py itself repeats 500 and 502, after seconds
    late_error=0.05,
    too_many=0.04,
    slow=0.35,
    slow_s=0.4,
)

FORGETTING_MARGIN_S = 3.5
"""How long Discord remembers nonces after we have stopped trusting it to: a machine's stalls."""

CYCLE_S = 1.1
"""About how long it takes to start a worker and to kill it."""

LONGEST_LEFT_S = 0.2
"""How long a worker may still live once it was seen to send."""

STALL_S = 1.6
"""Longer than a lease, and well below `FORGETTING_MARGIN_S`: longer stalls no one can mend."""

LONGEST_IDLE_S = 1.0
POLL_S = 0.02


@dataclass(frozen=True)
class Size:
    """How much a run does."""

    rows: int
    kills: int
    processes: int
    channels: int
    outages: int = 0
    """After how many of the kills nothing runs until Discord has forgotten all nonces."""

    stalls: int = 0
    """Before how many of the kills a worker stands still for longer than its leases last."""

    nonce_memory_s: float = 2.5
    """How long the workers trust Discord to remember a nonce."""

    drain_s: float = 60.0
    """How long the queue may take to become empty once the kills are over."""

    @property
    def policy(self) -> Policy:
        return replace(POLICY, nonce_memory_s=self.nonce_memory_s)

    def faults(self, seed: int) -> MessageSettings:
        """Return how Discord behaves."""
        memory_s = self.nonce_memory_s + FORGETTING_MARGIN_S
        return replace(FAULTS, seed=seed, nonce_memory_s=memory_s)


@dataclass
class Run:
    """One run over an empty database."""

    size: Size
    seed: int
    database_url: str
    log: Path
    sender: str = "outbox"
    kills: list[Kill] = field(default_factory=list[Kill])

    async def report(self) -> Report:
        """Do it."""
        self._began = time.monotonic()
        self._random = Random(self.seed)  # noqa: S311 - no secret
        span_s = self.size.kills * CYCLE_S
        self.scenario = Scenario(self.seed, self.size.rows, span_s, self.size.channels)
        self._database = Database(self.database_url)
        try:
            await upgrade(self._database, SystemClock())
            with standin_process(self.size.faults(self.seed)) as standin:
                for channel, state in refusals().items():
                    standin.set_channel(channel, state)
                return await self._tortured(standin)
        finally:
            await self._database.close()

    async def _tortured(self, standin: StandInProcess) -> Report:
        await self.scenario.plan(self._database)
        hiring = crew(standin.url, self.database_url, self.size.policy, self.sender, self.log)
        async with hiring as workers:
            await workers.start(self.size.processes)
            await self._kill_and_start(workers)
            await self.scenario.begin_all_schedules(self._database)
            await self._drained()
            exit_codes = await workers.stop()
        return await self._reckoned(standin, workers.starts, exit_codes)

    async def _kill_and_start(self, workers: Crew) -> None:
        """Kill one after the other, and begin schedules in between."""
        schedules_each = max(1, self.size.kills * OCCURRENCES * 5 // self.size.rows)
        outages = self._random.sample(range(self.size.kills), self.size.outages)
        stalls = self._random.sample(range(self.size.kills), self.size.stalls)
        for number in range(self.size.kills):
            if number % schedules_each == 0:
                await self.scenario.begin_schedule(self._database)
            if number in stalls:
                await self._stall_one(workers)
            await self._kill_one(workers)
            if number in outages:
                await self._outage(workers)
            await workers.start()

    async def _kill_one(self, workers: Crew) -> None:
        """Kill a worker at a random moment; most often at one at which it sends."""
        if self._random.random() < 0.9:
            worker = await self._one_that_sends(workers)
        else:
            worker = self._random.choice(workers.workers)
        await asyncio.sleep(self._random.uniform(0, LONGEST_LEFT_S))
        await workers.kill(worker)
        self.kills.append(Kill(time.time(), await self._leased_by(worker)))

    async def _stall_one(self, workers: Crew) -> None:
        """Let others take over what a worker believes to be its own."""
        await workers.stall(await self._one_that_sends(workers), STALL_S)

    async def _one_that_sends(self, workers: Crew) -> Worker:
        """Wait for a worker to hold leases, though not for ever."""
        limit = time.monotonic() + LONGEST_IDLE_S
        sending: list[Worker] = []
        while time.monotonic() < limit and not sending:
            await asyncio.sleep(POLL_S)
            sending = [each for each in workers.workers if await self._leased_by(each)]
        return self._random.choice(sending or workers.workers)

    async def _outage(self, workers: Crew) -> None:
        """Let Discord forget every nonce, and all leases end, while nothing runs."""
        others = len(workers.workers)
        for _ in range(others):
            await self._kill_one(workers)
        await asyncio.sleep(self.size.nonce_memory_s + FORGETTING_MARGIN_S)
        await workers.start(others)

    async def _drained(self) -> None:
        """Wait until nothing is left in the queue."""
        limit = time.monotonic() + self.size.drain_s
        unsettled = select(store.deliveries.c.id).where(store.deliveries.c.next_try.is_not(None))
        while time.monotonic() < limit and await self._all(unsettled.limit(1)):
            await asyncio.sleep(POLL_S * 10)

    async def _leased_by(self, worker: Worker) -> list[str]:
        mine = store.deliveries.c.lease_owner == worker.owner
        return [row.dedupe_key for row in await self._all(select(store.deliveries).where(mine))]

    async def _all(self, statement: Any) -> list[Any]:
        async with self._database.reading() as session:
            return [*await session.execute(statement)]

    async def _reckoned(
        self, standin: StandInProcess, starts: int, exit_codes: list[int]
    ) -> Report:
        rows = [store.to_delivery(row) for row in await self._all(select(store.deliveries))]
        schedules = await self._all(select(store.schedules))
        ends = {row.id: ScheduleState(row.state) for row in schedules}
        accepted, log = standin.messages, self.log.read_text(errors="replace")
        return Report(
            seed=self.seed,
            processes=self.size.processes,
            planned=len(self.scenario.fates),
            duration_s=time.monotonic() - self._began,
            starts=starts,
            kills=self.kills,
            exit_codes=exit_codes,
            states=Counter(f"{row.state} ({row.reason})" for row in rows),
            accepted=accepted,
            seen=standin.counts,
            pages=sum(1 for each in standin.exchanges if each.method == "GET"),
            found=log.count(FOUND),
            not_found=log.count(NOT_FOUND),
            reckoning=reckon(self.scenario, rows, ends, accepted),
        )
