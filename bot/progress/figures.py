"""What a server's facilitators may see of members' journeys, so that no few of them stand out.

Members of a career fall into groups: on the way in a phase, dropped off in a phase, or all the way.
Everything that is shown is a sum of whole groups, each of 5 members or more: phases are put
together until that holds. docs/journeys.md says why nothing smaller follows from it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from bot.i18n import _

FEWEST = 5
"""Members: what is said of fewer is said of each of them."""


@dataclass(frozen=True)
class Stage:
    """How many members have a phase before them or are in it."""

    on_the_way: int = 0
    dropped: int = 0

    @property
    def total(self) -> int:
        """How many are there, on the way or not any more."""
        return self.on_the_way + self.dropped

    def __add__(self, other: "Stage") -> "Stage":
        return Stage(self.on_the_way + other.on_the_way, self.dropped + other.dropped)


@dataclass(frozen=True)
class Counts:
    """What is counted of a career's journeys; never shown as it is."""

    role: str
    """The pack's slug."""

    title: str
    phases: tuple[str, ...]
    """Their titles, in order."""

    stages: tuple[Stage, ...]
    """For each phase, those for whom it is the first one with something open."""

    all_the_way: int
    days: Mapping[int, Mapping[int, int]] = field(default_factory=dict[int, Mapping[int, int]])
    """By phase, how many members took how many days for it."""


@dataclass(frozen=True)
class Part:
    """A phase, or phases that are shown together as too few are in one of them."""

    first: int
    last: int
    """Places of the phases, which count from 0."""

    titles: tuple[str, ...]
    finished: int | None
    """How many are past it; None where that mustn't be said."""

    dropped: int | None
    days: float | None
    """The median of what the phase took."""


@dataclass(frozen=True)
class Career:
    """What may be shown of a career; None stands for what would show fewer than 5."""

    role: str
    title: str
    ever: int | None
    on_the_way: int | None = None
    all_the_way: int | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class _Block:
    """Phases in a row, put together so that 5 members or more are there."""

    first: int
    last: int
    stage: Stage
    with_the_end: int | None = None
    """How many of all the way are put together with them; None if they stand alone."""

    @property
    def others(self) -> int:
        """How many aren't on the way."""
        return self.stage.dropped + (self.with_the_end or 0)


def shown(counts: Counts) -> Career:
    """Return what may be shown of a career."""
    ever = sum(stage.total for stage in counts.stages) + counts.all_the_way
    if ever < FEWEST:
        return Career(counts.role, counts.title, None)
    blocks = [*_blocks(counts)]
    split, says_on_the_way = _split(blocks)
    passed = [ever - reached for reached in accumulate(block.stage.total for block in blocks)]
    parts = [
        _part(counts, block, after, is_split=place in split)
        for place, (block, after) in enumerate(zip(blocks, passed, strict=True))
    ]
    alone = all(block.with_the_end is None for block in blocks)
    on_the_way = sum(stage.on_the_way for stage in counts.stages)
    return Career(
        counts.role,
        counts.title,
        ever,
        on_the_way if says_on_the_way else None,
        counts.all_the_way if alone else None,
        tuple(parts),
    )


def places(part: Part) -> str:
    """Return which phases a part is, by their numbers from 1, such as "2" or "2 to 4"."""
    first, last = part.first + 1, part.last + 1
    return str(first) if first == last else _("{first} to {last}").format(first=first, last=last)


def median(days: Mapping[int, int]) -> float | None:
    """Return the median of days that so many members took; None for fewer than 5."""
    total = sum(days.values())
    if total < FEWEST:
        return None
    middle = (_nth(days, (total - 1) // 2), _nth(days, total // 2))
    return sum(middle) / 2


def _nth(days: Mapping[int, int], place: int) -> int:
    sums = zip(sorted(days), accumulate(days[day] for day in sorted(days)), strict=True)
    return next(day for day, reached in sums if reached > place)


def _blocks(counts: Counts) -> Iterator[_Block]:
    """Put phases together from the first on, and what is left over with those before it.

    Fewer than 5 who have come all the way are put together with the last phases, too.
    """
    end = counts.all_the_way if counts.all_the_way < FEWEST else None
    cut: list[tuple[int, Stage]] = []
    first, sum_ = 0, Stage()
    for place, stage in enumerate(counts.stages):
        sum_ += stage
        if sum_.total >= FEWEST:
            cut.append((first, sum_))
            first, sum_ = place + 1, Stage()
    if first < len(counts.stages) and sum_.total + (end or 0) < FEWEST and cut:
        first, before = cut.pop()
        sum_ += before
    if first < len(counts.stages):
        cut.append((first, sum_))
        end = counts.all_the_way if sum_.total < FEWEST else end
    starts = [start for start, _stage in cut] + [len(counts.stages)]
    for number, (start, stage) in enumerate(cut):
        is_last = number == len(cut) - 1
        yield _Block(start, starts[number + 1] - 1, stage, end if is_last else None)


def _split(blocks: Sequence[_Block]) -> tuple[set[int], bool]:
    """Return for which blocks the dropped may be told from those on the way, and whether their sum.

    Those for which it may not are at least two or none, and together have 5 of either.
    """
    if not _is_safe(blocks):
        return set(), False
    split = set[int]()
    by_size = sorted(range(len(blocks)), key=lambda place: -_fewer(blocks[place]))
    for place in by_size:
        rest = [blocks[other] for other in range(len(blocks)) if other not in {*split, place}]
        alone = blocks[place].with_the_end is None and _fewer(blocks[place]) >= FEWEST
        if alone and (not rest or _is_safe(rest)):
            split.add(place)
    return split, True


def _fewer(block: _Block) -> int:
    return min(block.stage.on_the_way, block.others)


def _is_safe(blocks: Iterable[_Block]) -> bool:
    """Return whether both those on the way and the others are 5 or more in all."""
    known = [*blocks]
    on_the_way = sum(block.stage.on_the_way for block in known)
    return min(on_the_way, sum(block.others for block in known)) >= FEWEST


def _part(counts: Counts, block: _Block, passed: int, *, is_split: bool) -> Part:
    is_one = block.first == block.last
    is_open = block.with_the_end is None
    days = median(counts.days.get(block.first, {})) if is_one and is_open else None
    return Part(
        first=block.first,
        last=block.last,
        titles=counts.phases[block.first : block.last + 1],
        finished=passed if is_open else None,
        dropped=block.stage.dropped if is_split else None,
        days=days,
    )
