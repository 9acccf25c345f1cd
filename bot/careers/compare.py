"""Comparing roles field by field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.careers import figures
from bot.careers.model import Role
from bot.careers.registry import normalised
from bot.i18n import _, later


@dataclass(frozen=True)
class ComparedField:
    """One field over all compared roles; `values` in the order of the roles."""

    name: str
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the roles differ in this field."""
        return len(set(self.values)) > 1


@dataclass(frozen=True)
class Overlap:
    """Named things such as skills: those all roles share, and those one role has alone."""

    name: str
    shared: tuple[str, ...]
    only: tuple[tuple[str, ...], ...]


FIELDS: tuple[tuple[str, Callable[[Role], str]], ...] = (
    (later("Category"), lambda role: role.category),
    (later("Difficulty"), figures.difficulty),
    (later("Entry barrier"), figures.entry_barrier),
    (later("Coding"), figures.coding),
    (later("Time to learn"), figures.time_to_learn),
    (later("Roadmap"), figures.total_weeks),
    (later("Future demand"), figures.demand),
    (later("AI replacement risk"), figures.replacement_risk),
    (later("Remote work"), figures.remote),
    (later("First step's pay"), lambda role: figures.pay(role.ladder[0])),
    (later("Last step's pay"), lambda role: figures.pay(role.ladder[-1])),
    (later("First step's experience"), lambda role: figures.experience(role.ladder[0])),
    (later("Last step's experience"), lambda role: figures.experience(role.ladder[-1])),
)


def compared_fields(roles: Sequence[Role]) -> list[ComparedField]:
    """Return every comparable field, in reading order."""
    return [ComparedField(_(name), tuple(map(read, roles))) for name, read in FIELDS]


def overlaps(roles: Sequence[Role]) -> list[Overlap]:
    """Return what the roles share and don't share in skills, tools and industries."""
    return [
        _overlap(_("Skills"), [[skill.name for skill in role.skills] for role in roles]),
        _overlap(_("Tools"), [[tool.name for tool in role.tools] for role in roles]),
        _overlap(_("Industries"), [list(role.industries) for role in roles]),
    ]


def _overlap(name: str, lists: Sequence[Sequence[str]]) -> Overlap:
    keys = [{normalised(item) for item in items} for items in lists]
    common = set[str].intersection(*keys)
    shared = tuple(item for item in lists[0] if normalised(item) in common)
    only = tuple(tuple(item for item in items if _owners(item, keys) == 1) for items in lists)
    return Overlap(name, shared, only)


def _owners(item: str, keys: Sequence[set[str]]) -> int:
    return sum(normalised(item) in own for own in keys)
