"""What was said a short while ago. A courtesy in memory: bounded, and a restart forgets it."""

from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

REPEATED_AFTER = timedelta(minutes=5)
MOST_SAID = 500

ASKED_WITHIN = timedelta(minutes=1)
MOST_ASKED = 5
MOST_ASKERS = 1000

MOST_MESSAGES = 1000


@dataclass(frozen=True)
class Said:
    """A message that said something."""

    message_id: int
    link: str
    at: datetime


class SaidLately:
    """The answers that channels have seen in the last minutes."""

    def __init__(self) -> None:
        self._said: OrderedDict[tuple[int, str], Said] = OrderedDict()

    def find(self, channel_id: int, text: str, now: datetime) -> str | None:
        """Return the link to the message that has said this in the channel lately."""
        said = self._said.get((channel_id, text.strip()))
        return said.link if said and now - said.at < REPEATED_AFTER else None

    def note(self, channel_id: int, text: str, said: Said) -> None:
        """Note that a message says this in a channel; the oldest note makes room."""
        key = (channel_id, text.strip())
        self._said[key] = said
        self._said.move_to_end(key)
        if len(self._said) > MOST_SAID:
            self._said.popitem(last=False)

    def forget(self, message_ids: set[int]) -> None:
        """Forget messages that were deleted."""
        for key in [key for key, said in self._said.items() if said.message_id in message_ids]:
            del self._said[key]


class Admission(Enum):
    """What becomes of one question among many."""

    ANSWER = auto()
    ASK_FOR_PATIENCE = auto()
    IGNORE = auto()


class Allowance:
    """How much of what each member asks for is posted: five things a minute."""

    def __init__(self) -> None:
        self._times: OrderedDict[int, deque[datetime]] = OrderedDict()
        self._told: set[int] = set()

    def admit(self, member_id: int, now: datetime) -> Admission:
        """Count a question, if it may be answered; patience is asked for once."""
        times = self._times.setdefault(member_id, deque())
        self._times.move_to_end(member_id)
        while times and now - times[0] >= ASKED_WITHIN:
            times.popleft()
        if len(times) < MOST_ASKED:
            return self._admitted(member_id, times, now)
        told = member_id in self._told
        self._told.add(member_id)
        return Admission.IGNORE if told else Admission.ASK_FOR_PATIENCE

    def _admitted(self, member_id: int, times: deque[datetime], now: datetime) -> Admission:
        times.append(now)
        self._told.discard(member_id)
        if len(self._times) > MOST_ASKERS:
            oldest, _times = self._times.popitem(last=False)
            self._told.discard(oldest)
        return Admission.ANSWER


class Handled:
    """The last messages that were answered, as Discord may send one again after a reconnect."""

    def __init__(self) -> None:
        self._ids: OrderedDict[int, None] = OrderedDict()

    def is_new(self, message_id: int) -> bool:
        """Note a message; return whether it wasn't known."""
        if message_id in self._ids:
            return False
        self._ids[message_id] = None
        if len(self._ids) > MOST_MESSAGES:
            self._ids.popitem(last=False)
        return True
