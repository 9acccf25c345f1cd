"""Comparing what was planned with what the stand-in accepted and what the database says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.delivery.model import Delivery, Reason, ScheduleState, State
from tests.standin.seen import Accepted
from tests.torture.scenario import HOME, HOMES, Fate, Scenario

MOST_SHOWN = 5

Ledger = Mapping[str, Sequence[Accepted]]
"""The accepted messages by their text, which is the key of what was planned."""


@dataclass(frozen=True)
class Reckoning:
    """What isn't as it must be. All of it empty: nothing lost, nothing doubled."""

    lost: Sequence[str] = field(default_factory=tuple[str, ...])
    """Deliverable, but never accepted."""

    doubled: Sequence[str] = field(default_factory=tuple[str, ...])
    """Accepted more than once."""

    uncalled_for: Sequence[str] = field(default_factory=tuple[str, ...])
    """Accepted, though never planned, or planned where nothing can be posted."""

    misplaced: Sequence[str] = field(default_factory=tuple[str, ...])
    """Accepted in another channel than the planned one."""

    out_of_order: Sequence[str] = field(default_factory=tuple[str, ...])
    """Accepted after something of the same channel that was due later."""

    unplanned: Sequence[str] = field(default_factory=tuple[str, ...])
    """Rows that must not exist, and rows that are missing."""

    unsettled: Sequence[str] = field(default_factory=tuple[str, ...])
    misjudged: Sequence[str] = field(default_factory=tuple[str, ...])
    """Rows whose state, reason or message isn't what it must be."""

    schedules: Sequence[str] = field(default_factory=tuple[str, ...])
    """Schedules that didn't end as they must."""

    def troubles(self) -> dict[str, str]:
        """Return what isn't empty: how many, and the first few."""
        return {
            name: f"{len(keys)}: {', '.join(keys[:MOST_SHOWN])}"
            for name, keys in vars(self).items()
            if keys
        }


def reckon(
    scenario: Scenario,
    rows: Sequence[Delivery],
    ends: Mapping[int, ScheduleState],
    accepted: Sequence[Accepted],
) -> Reckoning:
    """Compare. `ends`: how each schedule has ended."""
    fates = scenario.fates
    by_key = {row.dedupe_key: row for row in rows}
    ledger = by_text(accepted)
    places = {
        key: fate.place
        for key, fate in fates.items()
        if fate.place is not None and not _failed_in_doubt(fate, by_key.get(key))
    }
    return Reckoning(
        lost=[key for key in places if key not in ledger],
        doubled=[key for key, messages in ledger.items() if len(messages) > 1],
        uncalled_for=[key for key in ledger if key not in places],
        misplaced=[key for key in ledger if key in places and _misplaced(places[key], ledger[key])],
        out_of_order=_out_of_order(by_key, ledger),
        unplanned=sorted(fates.keys() ^ by_key.keys()),
        unsettled=[row.dedupe_key for row in rows if row.next_try is not None],
        misjudged=[
            f"{key}: {row.state} {row.reason} {row.message_id}"
            for key, row in by_key.items()
            if key in fates and not _as_it_must_be(fates[key], row, ledger)
        ],
        schedules=[
            f"{number}: {ends.get(number)} instead of {expected}"
            for number, expected in scenario.schedules.items()
            if ends.get(number) is not expected
        ],
    )


def by_text(accepted: Sequence[Accepted]) -> Ledger:
    ledger: dict[str, list[Accepted]] = defaultdict(list)
    for message in accepted:
        ledger[message.text].append(message)
    return dict(ledger)


def _failed_in_doubt(fate: Fate, row: Delivery | None) -> bool:
    """Return whether a row failed, as it may, because nobody can say whether it arrived."""
    return (
        fate.may_be_unconfirmed
        and row is not None
        and (row.state, row.reason) == (State.FAILED, Reason.UNCONFIRMED)
    )


def _as_it_must_be(fate: Fate, row: Delivery, ledger: Ledger) -> bool:
    if _failed_in_doubt(fate, row):
        return row.message_id is None
    if row.state is not fate.state or fate.reason not in (None, row.reason):
        return False
    ids = [message.id for message in ledger.get(row.dedupe_key, ())]
    return ids == [row.message_id] if row.state is State.SENT else row.message_id is None


def _misplaced(place: int, messages: Sequence[Accepted]) -> bool:
    return any(message.channel != place for message in messages)


def _out_of_order(rows: Mapping[str, Delivery], ledger: Ledger) -> list[str]:
    """Return what was first accepted too late, but in the homes, which rows join when they fail."""
    latest: dict[int, tuple[datetime, int]] = {}
    late: list[str] = []
    for key, (message, *_) in ledger.items():
        if key not in rows or message.channel in range(HOME, HOME + HOMES):
            continue
        place_in_line = rows[key].due, rows[key].id
        if place_in_line < latest.get(message.channel, place_in_line):
            late.append(key)
        latest[message.channel] = place_in_line
    return late
