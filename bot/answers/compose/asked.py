"""What is asked of a role, and the answer being put together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.answers.items import Items, Kind, Match
from bot.answers.levels import Levels
from bot.careers import figures
from bot.careers.model import Role, Skill, Sourced, Topic
from bot.careers.sections import Section
from bot.i18n import _

NAMED = 1.1
"""The least score (see `Items`) with which a single thing counts as asked for."""


@dataclass(frozen=True)
class Asked:
    """A topic asked of a role, with what the question says beyond it."""

    role: Role
    topic: Topic
    said: Sequence[str]
    """The question's words, without the names of roles in it."""

    levels: Levels
    items: Items
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    """Titles of the loaded roles, by slug."""

    laws: Sequence[str] = ()
    """Laws and frameworks that the pack speaks of."""

    typed: Sequence[str] = ()
    """All of its words."""

    law: str | None = None
    """The law that the question names."""

    def named(self, *kinds: Kind, least: float = NAMED) -> list[Match]:
        """Return the single things that the question asks for."""
        return [match for match in self.items.best(self.said, kinds) if match.score >= least]


@dataclass(frozen=True)
class Said:
    """An answer: its text, the section that says more, and the keys of the sources it rests on."""

    text: str
    section: Section
    sources: tuple[str, ...] = ()
    known: bool = True
    """Whether any fact that is asked for has a source."""

    place: int | None = None
    """The step or the phase that alone is told, counted from 1."""


def said(section: Section, *parts: str | None, facts: Iterable[Sourced | None] = ()) -> Said:
    """Put an answer together; parts that say nothing are left out."""
    asked = [*facts]
    keys = dict.fromkeys(fact.source for fact in asked if fact is not None)
    text = " ".join(part.strip() for part in parts if part)
    return Said(text, section, tuple(keys), known=not asked or bool(keys))


def own_words(role: Role, topic: Topic) -> str | None:
    """Return what the pack itself says to a topic, if anything."""
    return next((item.answer for item in role.questions if topic in item.topics), None)


def skill_text(skill: Skill) -> str:
    """Return what a pack says of a skill."""
    return _("{name} ({level}): {why} How to learn it: {learn}").format(
        name=skill.name, level=figures.level(skill.level).lower(), why=skill.why, learn=skill.learn
    )
