"""What a question names: roles, other occupations, places, employers, things of the field."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rapidfuzz import fuzz

from bot.answers.cues import cues
from bot.answers.glossary import Glossary
from bot.answers.spans import Phrases, Span, stems
from bot.answers.words import words
from bot.careers.loader import LoadedRole

LIKE_A_NAME = 88
"""Likeness (0-100) of some words to a role's name from which they are taken for it."""

SHORTEST_NAME = 2
"""Words; single ones are only taken for a role when they are exactly one of its names."""

WITHIN = frozenset({"and", "of", "the", "for"})


class Named(StrEnum):
    """What sort of thing is named. Each has a mark that stands for it in learnt phrasings."""

    ROLE = "xrole"
    STEP = "xstep"
    JOB = "xjob"
    PLACE = "xplace"
    COMPANY = "xcompany"
    SKILL = "xskill"
    TOOL = "xtool"
    LAW = "xlaw"
    TERM = "xterm"


@dataclass(frozen=True)
class Mention:
    """What is named: its sort, and which one (a slug, a term, a tool's name …)."""

    sort: Named
    name: str


Found = Span[tuple[Mention, ...]]


class Mentions:
    """Finds mentions. The packs and the glossary say what there is to find, files name the rest."""

    def __init__(
        self, roles: Iterable[LoadedRole], glossary: Glossary, directory: Path | None = None
    ) -> None:
        self._phrases: Phrases[Mention] = Phrases()
        self._names: list[tuple[str, str]] = []
        self._name_words: set[str] = set()
        self._listed: set[str] = set()
        if directory is not None:
            self._learn_list(directory / "occupations.txt", Named.JOB)
            self._learn_list(directory / "places.txt", Named.PLACE)
            self._learn_list(directory / "companies.txt", Named.COMPANY)
        for term in glossary.terms:
            sort = Named.LAW if term.is_law else Named.TERM
            for name in term.names():
                self._phrases.add(name, Mention(sort, term.term))
        for loaded in roles:
            self._learn_role(loaded)
        self._learn_short_names()

    def vocabulary(self) -> Iterator[str]:
        """Yield all words of the names of roles, occupations, places and companies."""
        yield from self._name_words
        yield from self._listed

    def _learn_list(self, file: Path, sort: Named) -> None:
        for line in listed(file):
            self._phrases.add(line, Mention(sort, line))
            self._listed.update(words(line))

    def _learn_role(self, loaded: LoadedRole) -> None:
        role = loaded.role
        for skill in role.skills:
            self._phrases.add(skill.name, Mention(Named.SKILL, skill.name))
        for tool in role.tools:
            self._phrases.add(tool.name, Mention(Named.TOOL, tool.name))
        for step in role.ladder:
            for title in step.title.split(" / "):
                self._phrases.add(title, Mention(Named.STEP, title))
        for name in (role.title, *role.aliases, loaded.slug.replace("-", " ")):
            self._phrases.add(name, Mention(Named.ROLE, loaded.slug))
            said = stems(words(name))
            self._names.append((" ".join(said), loaded.slug))
            self._name_words.update(said)

    def _learn_short_names(self) -> None:
        """Learn what only one role's names leave when they are shortened."""
        short: dict[str, set[str]] = {}
        for name, slug in self._names:
            for shorter in _shortened(name.split()):
                short.setdefault(shorter, set()).add(slug)
        for name, slugs in short.items():
            if len(slugs) == 1 and not self._phrases.knows(name):
                self._phrases.add(name, Mention(Named.ROLE, *slugs))

    def find(self, said: Sequence[str]) -> list[Found]:
        """Return what the words name, from left to right, none overlapping."""
        exact = list(self._phrases.find(said))
        taken = {i for span in exact for i in range(span.start, span.end) if _names_role(span)}
        like = [span for span in self._like_roles(said) if taken.isdisjoint(_range(span))]
        held = {i for span in like for i in _range(span)}
        kept = [span for span in exact if held.isdisjoint(_range(span))]
        return sorted([*kept, *like], key=lambda span: span.start)

    def _like_roles(self, said: Sequence[str]) -> Iterator[Found]:
        """Yield runs of words that are nearly a role's name: shortened, reordered, inflected."""
        stemmed = stems(said)
        for run in _runs([word in self._name_words or word in WITHIN for word in stemmed]):
            start, end = _trimmed(stemmed, *run)
            free = start == 0 or said[start - 1] in cues().before_roles
            long_enough = end - start >= SHORTEST_NAME
            slugs = self._like(" ".join(stemmed[start:end])) if free and long_enough else ()
            if slugs:
                yield Span(start, end, tuple(Mention(Named.ROLE, slug) for slug in slugs))

    def _like(self, text: str) -> tuple[str, ...]:
        if self._phrases.knows(text):
            return ()
        scored = [(fuzz.token_sort_ratio(text, name), slug) for name, slug in self._names]
        best = max((score for score, _ in scored), default=0.0)
        if best < LIKE_A_NAME:
            return ()
        return tuple(dict.fromkeys(slug for score, slug in scored if score == best))


def listed(file: Path) -> Iterator[str]:
    """Yield the lines of a list, without comments."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _shortened(name: Sequence[str]) -> Iterator[str]:
    """Yield a name without its first word, and the name of its field with a word for a job."""
    *field, head = name
    if name[0] in cues().left_out and len(name) > SHORTEST_NAME:
        yield " ".join(name[1:])
    if head in cues().heads:
        yield from (f"{head} {follows}" for follows in ("job", "role", "position"))
    if head in cues().heads and len(field) >= SHORTEST_NAME:
        yield from (f"{' '.join(field)} {follows}" for follows in cues().after_fields)


def _names_role(span: Found) -> bool:
    return any(mention.sort is Named.ROLE for mention in span.value)


def _range(span: Found) -> range:
    return range(span.start, span.end)


def _trimmed(said: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the small words at its ends."""
    while start < end and said[start] in WITHIN:
        start += 1
    while end > start and said[end - 1] in WITHIN:
        end -= 1
    return start, end


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the stretches, from and up to, in which all flags are set."""
    start = None
    for index, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = index
        elif not flag and start is not None:
            yield start, index
            start = None
