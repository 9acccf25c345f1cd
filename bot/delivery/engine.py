"""The dispatcher of this process with all that wakes it, started and stopped together."""

import asyncio
from contextlib import suppress
from datetime import datetime

from bot.clock import Clock
from bot.delivery.chores import Chore
from bot.delivery.dispatcher import Dispatcher, Sender
from bot.delivery.outcomes import Policy
from bot.delivery.planner import CHANNEL, Planner
from bot.delivery.wakeup import WakeUp
from bot.store.database import Database
from bot.store.listening import listen

LAST_PULSE_WITHIN_S = 2.0


class Engine:
    """Delivers as long as it runs. Several processes may run one over one database."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        planner: Planner,
        sender: Sender,
        policy: Policy | None = None,
    ) -> None:
        self.dispatcher = Dispatcher(database, clock, planner, sender, policy)
        self._database = database
        self._clock = clock
        self._planner = planner
        self._wakeup = WakeUp(clock, self.dispatcher)
        self._listening: asyncio.Task[None] | None = None
        self._runs = False

    def each_hour(self, *chores: Chore) -> None:
        """Do these as well soon after the start, and about once an hour."""
        self._wakeup.hourly.add(*chores)

    def while_running(self, *chores: Chore) -> None:
        """Do these first at the start, every few minutes from then on, and last of all."""
        self._wakeup.pulse.add(*chores)

    def start(self) -> None:
        """Deliver what came due meanwhile, and from now on everything at its time."""
        self._runs = True
        self._wakeup.start()
        self._planner.listeners.append(self._wakeup.heard)
        if not self._database.is_sqlite:
            self._listening = asyncio.create_task(listen(self._database, CHANNEL, self._heard))

    async def stop(self, within_s: float) -> None:
        """Begin nothing more, and let what is under way end."""
        if self._wakeup.heard in self._planner.listeners:
            self._planner.listeners.remove(self._wakeup.heard)
        if self._listening is not None:
            self._listening.cancel()
        self._wakeup.stop()
        await self.dispatcher.stop(within_s)
        await self._wakeup.abandon()
        if self._runs:
            self._runs = False
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wakeup.pulse.do(), LAST_PULSE_WITHIN_S)

    def _heard(self, payload: str) -> None:
        """Hear of another process's change; after a gap in listening, look at once."""
        due = datetime.fromisoformat(payload) if payload else self._clock.now()
        self._planner.heard(due)
