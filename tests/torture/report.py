"""What a torture run did and found, for people to read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.standin.seen import Accepted, Outcome
from tests.torture.reckoning import Reckoning, by_text


@dataclass(frozen=True)
class Kill:
    """A killed process. `wall` is Unix time (seconds)."""

    wall: float
    left: Sequence[str]
    """The keys of the rows that it had leased."""


@dataclass(frozen=True)
class Report:
    """A run's counts."""

    seed: int
    processes: int
    planned: int
    duration_s: float
    starts: int
    kills: Sequence[Kill]
    exit_codes: Sequence[int]
    states: Mapping[str, int]
    accepted: Sequence[Accepted]
    seen: Counter[Outcome]
    pages: int
    found: int
    not_found: int
    reckoning: Reckoning

    @property
    def kills_under_way(self) -> int:
        """How many kills left leases behind."""
        return sum(1 for kill in self.kills if kill.left)

    @property
    def accepted_unknown(self) -> int:
        """How many messages Discord had accepted of which the killed process left no note."""
        ledger = by_text(self.accepted)
        return sum(
            any(message.wall < kill.wall for message in ledger.get(key, ()))
            for kill in self.kills
            for key in kill.left
        )

    def __str__(self) -> str:
        left = sum(len(kill.left) for kill in self.kills)
        return "\n".join(
            (
                f"\n{self.planned} planned, {len(self.kills)} kills (of {self.processes} at once),"
                f" {self.starts} starts, {self.duration_s:.0f} s, seed {self.seed}",
                f"  kills: {self.kills_under_way} with sends under way, {left} leases left, of"
                f" which {self.accepted_unknown} were accepted but not yet written down",
                f"  rows: {_listed(self.states)}",
                f"  Discord: {_listed(self.seen)}; {self.pages} pages of history",
                f"  recognised: {self.seen[Outcome.DEDUPLICATED]} by nonce, {self.found} by"
                f" looking; {self.not_found} looked for in vain",
                f"  lost {len(self.reckoning.lost)}, doubled {len(self.reckoning.doubled)};"
                f" {self.reckoning.troubles() or 'all as it must be'}\n",
            )
        )


def _listed(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
