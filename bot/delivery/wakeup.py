"""Waking the dispatcher when the queue wants attention: the only place with a scheduler.

One APScheduler job aims at the earliest due row and is aimed anew after every change; a sweep is
the net beneath it. APScheduler lives on the machine's clock, so it is aimed by a delay.
"""

import asyncio
from contextvars import copy_context
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers import asyncio as schedulers  # pyright: ignore[reportMissingTypeStubs]

from bot.clock import Clock
from bot.delivery.chores import Chores
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.retention import EVERY
from bot.store.errors import is_outage

SWEEP_S = 30.0
WATCH_S = 2.0
JUMP_S = 1.5
"""The clock of a machine is never corrected by more than this in `WATCH_S` without a jump."""

SCHEDULER_AFTER_S = 0.03
AFTER_ERROR_S = 5.0
SHORTEST_NAP_S = 0.02

PULSE = timedelta(minutes=5)
"""How often it is noted that Waymark runs: so exactly is known since when it didn't."""

log = structlog.stdlib.get_logger(__name__)


class WakeUp:
    """Runs the dispatcher at the right time. Start it outside of any test's simulated scope."""

    def __init__(self, clock: Clock, dispatcher: Dispatcher) -> None:
        self._clock = clock
        self._dispatcher = dispatcher
        self._scheduler: Any = schedulers.AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._aim: datetime | None = None
        self._running = False
        self._heard: list[datetime] = []
        self._starting: asyncio.Handle | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._waking: asyncio.Task[None] | None = None
        self.pulse = Chores(clock, PULSE)
        self.hourly = Chores(clock, EVERY, dispatcher.forget_settled)
        self._drift_s = 0.0

    def start(self) -> None:
        """Wake at once, for whatever came due meanwhile, and then whenever something is due."""
        self._loop = asyncio.get_running_loop()
        self._context = copy_context()
        self._run()
        self._starting = self._loop.call_later(SCHEDULER_AFTER_S, self._start_scheduler)

    def _start_scheduler(self) -> None:
        """Start what wakes later on: what is due at the start goes first."""
        self._scheduler.start()
        self._sweep_from_now()
        self._aim_at(self._clock.now())
        self._drift_s = self._drift()
        self._watch_clock()

    def stop(self) -> None:
        """Wake no more; a run under way goes on."""
        if self._starting is not None:
            self._starting.cancel()
        if self._watch is not None:
            self._watch.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def abandon(self) -> None:
        """Break off what is still under way after the dispatcher has stopped."""
        if self._waking is not None:
            self._waking.cancel()
            await asyncio.wait([self._waking])
        await self.pulse.finish()
        await self.hourly.finish()

    def heard(self, due: datetime) -> None:
        """Aim at `due` if that is earlier than the present aim; called after each commit."""
        # In the context of the start: timers keep the context they are made in.
        self._loop.call_soon_threadsafe(self._aim_at, due, context=self._context)

    def _sweep_from_now(self) -> None:
        self._scheduler.add_job(
            self._fire, "interval", seconds=SWEEP_S, id="sweep", replace_existing=True
        )

    def _aim_at(self, due: datetime) -> None:
        if self._running:
            self._heard.append(due)
            self._dispatcher.nudge()
            return
        if not self._scheduler.running or (self._aim is not None and self._aim <= due):
            return
        self._aim = due
        delay = max(due - self._clock.now(), timedelta(seconds=SHORTEST_NAP_S))
        at = datetime.now(UTC) + delay
        self._scheduler.add_job(self._fire, "date", run_date=at, id="wake", replace_existing=True)

    async def _fire(self) -> None:
        """Begin a run, and end at once: APScheduler cancels jobs on its shutdown."""
        self._run()

    def _run(self) -> None:
        """Begin a run; one that is under way looks at the queue again."""
        self.pulse.do_if_time()
        if self._running:
            self._aim_at(self._clock.now())
        else:
            self._running = True
            self._waking = asyncio.create_task(self._wake())

    async def _wake(self) -> None:
        """Send what is due, then aim at what is next."""
        try:
            await self._dispatcher.run_due()
            self.hourly.do_if_time()
            self._heard.clear()
            due = await self._dispatcher.earliest()
        except Exception as error:
            if is_outage(error):
                log.warning("the database fails; trying again", in_s=AFTER_ERROR_S)
            else:
                log.exception("the queue could not be worked off; trying again", in_s=AFTER_ERROR_S)
            due = self._clock.now() + timedelta(seconds=AFTER_ERROR_S)
        finally:
            self._running = False
            self._aim = None
        for instant in filter(None, (due, *self._heard)):
            self._aim_at(instant)

    def _watch_clock(self) -> None:
        """Look, by the monotonic clock, whether the wall clock has jumped."""
        jumped_s = self._drift() - self._drift_s
        if abs(jumped_s) > JUMP_S:
            self._drift_s += jumped_s
            log.warning("the clock jumped, or the machine slept", by_s=round(jumped_s, 1))
            self._jumping = asyncio.create_task(self._after_jump(back=jumped_s < 0))
        self._watch = self._loop.call_later(WATCH_S, self._watch_clock)

    async def _after_jump(self, *, back: bool) -> None:
        if back:
            try:
                await self._dispatcher.clock_was_set_back()
            except Exception:
                log.exception("leases could not be brought back to the present")
        self._aim = None
        self._sweep_from_now()
        self._run()

    def _drift(self) -> float:
        return self._clock.now().timestamp() - self._loop.time()
