"""All that is known without a server's own entries: packs, their questions, and the glossary."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answers.classifier import Classifier, Weights
from bot.answers.glossary import Glossary, Term, load_glossary
from bot.answers.index import Index
from bot.answers.items import Items
from bot.answers.levels import LevelReader
from bot.answers.mentions import Mentions
from bot.answers.reading import Reader
from bot.answers.words import words
from bot.careers.loader import LoadedRole
from bot.careers.model import Question, Role

AS_ANY_WORD = 5
"""Letters from which an abbreviation can't be another word ("aims") in small ones."""

MOST_TELLING = 10.0
"""Inverse document frequency at which a word tells as much as one can."""


@dataclass(frozen=True)
class PackQuestion:
    """A question of a role pack: the role's slug and the question's place in it."""

    slug: str
    place: int


class Knowledge:
    """The packs and the glossary, ready to be asked."""

    def __init__(self, roles: Sequence[LoadedRole], glossary: Glossary, asking: Path) -> None:
        self.glossary = glossary
        self.roles = {loaded.slug: loaded.role for loaded in roles}
        self.titles = {slug: role.title for slug, role in self.roles.items()}
        self.weights = Weights.load(asking / "topics.npz")
        self.classifier = Classifier(self.weights)
        levels = LevelReader(asking / "levels.yaml")
        mentions = Mentions(roles, glossary, asking)
        self.reader = Reader(self.classifier, mentions, levels, _vocabulary(roles, glossary))
        self.items = {slug: Items(role, self.telling) for slug, role in self.roles.items()}
        self.laws = {slug: _laws_of(role, glossary) for slug, role in self.roles.items()}
        self.pack_questions = Index(self._wordings(roles), self.classifier.rarity)

    @classmethod
    def load(cls, roles: Sequence[LoadedRole], data: Path) -> "Knowledge":
        """Read what belongs to the roles from Waymark's data directory."""
        return cls(roles, load_glossary(data / "glossary.yaml"), data / "asking")

    def telling(self, word: str) -> float:
        """Return how much a word tells, from 0 (in every question) to 1."""
        return min(self.classifier.rarity(word) / MOST_TELLING, 1.0)

    def question(self, which: PackQuestion) -> Question:
        """Return a pack's question."""
        return self.roles[which.slug].questions[which.place]

    def term(self, name: str) -> Term | None:
        """Return the glossary's term of that name."""
        return self.glossary.named(name)

    def featured(self, text: str) -> Sequence[str]:
        """Return the features by which a text is compared with others."""
        return self.reader.read(text).wording

    def _wordings(
        self, roles: Iterable[LoadedRole]
    ) -> Iterator[tuple[PackQuestion, Sequence[str]]]:
        for loaded in roles:
            for place, item in enumerate(loaded.role.questions):
                if item.topics:
                    continue
                for wording in (item.question, *item.also):
                    yield PackQuestion(loaded.slug, place), self.featured(wording)


def _vocabulary(roles: Iterable[LoadedRole], glossary: Glossary) -> Iterator[str]:
    """Yield the words of packs and glossary."""
    for term in glossary.terms:
        for text in (*term.names(), term.meaning):
            yield from words(text)
    for loaded in roles:
        for text in _texts(loaded.role):
            yield from words(text)


def _texts(role: Role) -> Iterator[str]:
    yield from (role.title, *role.aliases, role.summary, role.overview)
    yield from (*role.great_fit, *role.poor_fit, *role.industries)
    for skill in role.skills:
        yield from (skill.name, skill.why, skill.learn)
    for tool in role.tools:
        yield from (tool.name, tool.use)
    for phase in role.roadmap:
        yield from (phase.title, *phase.goals, phase.milestone)
        yield from (resource.title for resource in phase.resources)
    for step in role.ladder:
        yield from (step.title, *step.duties)
    for entry in role.typical_day:
        yield entry.activity
    for item in role.questions:
        yield from (item.question, item.answer, *item.also)
    for related in role.related:
        yield related.why


def _laws_of(role: Role, glossary: Glossary) -> tuple[str, ...]:
    """Return the laws and frameworks that a pack speaks of, in the order of the glossary."""
    text = " ".join(_texts(role))
    laws = (term for term in glossary.terms if term.is_law)
    return tuple(law.term for law in laws if any(_speaks_of(text, name) for name in law.names()))


def _speaks_of(text: str, name: str) -> bool:
    """Whether a text has a name as words of their own; short abbreviations only in capitals."""
    as_written = name.isupper() and len(name) < AS_ANY_WORD
    flags = re.NOFLAG if as_written else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, flags) is not None
