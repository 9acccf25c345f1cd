"""Which step of a ladder, which phase of a roadmap and which hours of a day a question means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from pathlib import Path

import yaml

from bot.answers.spans import Phrases
from bot.careers.model import PackModel, Role, Step

ONLY_BESIDE = frozenset({"an", "das", "dos"})
"""Numbers and years that are small words elsewhere: they count right beside their partner alone."""

YEARS_AHEAD = 3
"""Words between a number and the word "years" that belongs to it."""

MOST_YEARS = 60
DIGITS = 2
ELSEWHERE = frozenset({"old", "alt", "ago"})
"""What follows years that are no experience."""

HERE = frozenset(
    {"experience", "work", "this", "the", "it", "that", "role", "field", "job", "here"}
    | {"trust", "ai"}
)
OTHER_WORK = frozenset({"doing", "running", "selling", "teaching"})
BACKGROUND = frozenset({"in", "as", "of", "at", "doing", "running", "selling", "teaching", "con"})


class Rung(StrEnum):
    """A place on any ladder, as people name it."""

    FIRST = "first"
    MID = "mid"
    SENIOR = "senior"
    LEAD = "lead"
    TOP = "top"


class Hours(StrEnum):
    """A part of the day."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"


EDGES = frozenset({"beginning", "ending"})


class Vocabulary(PackModel):
    """How people name levels, numbers and phases: `data/asking/levels.yaml`."""

    steps: Mapping[Rung, tuple[str, ...]]
    next: tuple[str, ...]
    previous: tuple[str, ...]
    after: frozenset[str]
    before: frozenset[str]
    baad: tuple[str, ...]
    counted: frozenset[str]
    all: tuple[str, ...]
    years: tuple[str, ...]
    months: tuple[str, ...]
    numbers: Mapping[str, int]
    phases: Mapping[int, tuple[str, ...]]
    beginning: tuple[str, ...]
    ending: tuple[str, ...]
    longest: tuple[str, ...]
    shortest: tuple[str, ...]
    hours: Mapping[Hours, tuple[str, ...]]


@dataclass(frozen=True)
class Levels:
    """What a question says of levels, years of experience, phases and hours."""

    rungs: tuple[Rung, ...] = ()
    years: tuple[int, ...] = ()
    next: bool = False
    """Whether it asks for what comes after what it names."""

    previous: bool = False
    all: bool = False
    places: tuple[int, ...] = ()
    """Phases or steps by their place, counted from 1, or -1 for the last."""

    edge: int | None = None
    """1 where it speaks of a beginning, -1 where it speaks of an end, more loosely."""

    longest: bool = False
    shortest: bool = False
    hours: tuple[Hours, ...] = ()
    numbers: tuple[int, ...] = ()


class LevelReader:
    """Reads levels out of a question's words, in all languages at once."""

    def __init__(self, file: Path) -> None:
        self._said = Vocabulary.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
        self._phrases: Phrases[Rung | Hours | int | str] = Phrases()
        for meanings in (self._said.steps, self._said.phases, self._said.hours):
            for meaning, phrases in meanings.items():
                self._learn(phrases, meaning)
        for name in (
            "next",
            "previous",
            "baad",
            "all",
            "longest",
            "shortest",
            "beginning",
            "ending",
        ):
            self._learn(getattr(self._said, name), name)

    def _learn(self, phrases: Sequence[str], meaning: Rung | Hours | int | str) -> None:
        for phrase in phrases:
            self._phrases.add(phrase, meaning)

    def vocabulary(self) -> Iterator[str]:
        """Yield all words that it reads."""
        yield from self._phrases.vocabulary()
        yield from (*self._said.years, *self._said.months, *self._said.numbers)
        yield from (*self._said.after, *self._said.before, *self._said.counted)

    def read(self, said: Sequence[str]) -> Levels:
        """Return what the words say of levels."""
        spans = list(self._phrases.find(said))
        found = [meaning for span in spans for meaning in span.value]
        years = tuple(self._years(said))
        places = [*(each for each in found if isinstance(each, int)), *self._counted(said)]
        edges = [1 if each == "beginning" else -1 for each in found if each in EDGES]
        return Levels(
            rungs=tuple(dict.fromkeys(each for each in found if isinstance(each, Rung))),
            years=years,
            next="next" in found or (not years and self._after(said, found)),
            previous="previous" in found or not self._said.before.isdisjoint(said),
            all="all" in found,
            places=tuple(dict.fromkeys(places)),
            edge=edges[0] if edges else None,
            longest="longest" in found,
            shortest="shortest" in found,
            hours=tuple(dict.fromkeys(each for each in found if isinstance(each, Hours))),
            numbers=tuple(number for word in said if (number := self._number(word)) is not None),
        )

    def _after(self, said: Sequence[str], found: Sequence[object]) -> bool:
        """Whether something is said to come after what is named."""
        return not self._said.after.isdisjoint(said[:-1]) or "baad" in found

    def _counted(self, said: Sequence[str]) -> Iterator[int]:
        """Yield the numbers after "phase", "step" and the like: "phases 2 and 3"."""
        for index, word in enumerate(said):
            if word in self._said.counted:
                following = said[index + 1 : index + 4]
                numbers = [self._number(each) for each in takewhile(self._counts, following)]
                yield from (number for number in numbers if number is not None)

    def _counts(self, word: str) -> bool:
        return word in {"and", "y", "et", "und", "e", "aur"} or self._number(word) is not None

    def _number(self, word: str) -> int | None:
        if word.isdecimal() and len(word) <= DIGITS:
            return int(word)
        return self._said.numbers.get(word)

    def _years(self, said: Sequence[str]) -> Iterator[int]:
        """Yield the years of experience in this work that a question names."""
        for index, word in enumerate(said):
            number = self._number(word)
            if number is None or number > MOST_YEARS:
                continue
            unit = self._unit(said, index + 1)
            if unit is not None and not _of_something_else(said[unit + 1 : unit + 3]):
                yield number

    def _unit(self, said: Sequence[str], start: int) -> int | None:
        beside = said[start - 1] in ONLY_BESIDE
        for index in range(start, min(start + (1 if beside else YEARS_AHEAD), len(said))):
            if said[index] in ONLY_BESIDE and index > start:
                return None
            if said[index] in self._said.years:
                return index
            if self._number(said[index]) is not None or said[index] in self._said.months:
                return None
        return None


def _of_something_else(following: Sequence[str]) -> bool:
    """Whether years are an age, or were spent on other work."""
    if not following:
        return False
    if following[0] in ELSEWHERE or following[-1] in OTHER_WORK:
        return True
    return following[0] in BACKGROUND and len(following) > 1 and following[1] not in HERE


_SAYS: Mapping[Rung, tuple[str, ...]] = {
    Rung.FIRST: ("entry", "junior", "associate", "intern"),
    Rung.MID: ("mid",),
    Rung.SENIOR: ("senior",),
    Rung.LEAD: ("lead", "head", "director", "principal", "manager"),
    Rung.TOP: ("executive", "chief", "vp"),
}
"""The words of a step's own level or title that tell its rung."""


def step_of(role: Role, rung: Rung) -> int | None:
    """Return which step of the role's ladder a rung is; None if it has no such step."""
    if rung is Rung.FIRST:
        return 0
    if rung is Rung.TOP:
        return len(role.ladder) - 1
    by_level = [i for i, step in enumerate(role.ladder) if says(step.level, rung)]
    by_title = [i for i, step in enumerate(role.ladder) if says(step.title, rung)]
    found = by_level or by_title
    return found[0] if found else None


def says(text: str, rung: Rung) -> bool:
    """Return whether a title or a level has a word for the rung."""
    said = text.casefold().replace("-", " ").split()
    return any(word in said for word in _SAYS[rung])


def steps_at(ladder: Sequence[Step], years: int) -> list[int]:
    """Return the steps at which people with so many years are: two where two steps meet."""
    return [i for i, step in enumerate(ladder) if step.years and step.years.range.holds(years)]


def placed(listed: Sequence[object], place: int) -> int | None:
    """Return the index of a phase or step counted from 1, or of the last for -1."""
    index = len(listed) - 1 if place < 0 else place - 1
    return index if 0 <= index < len(listed) else None
