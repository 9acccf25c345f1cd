"""What a question may mean, with how likely each is."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.answers.context import Context
from bot.answers.entries import OwnEntry
from bot.answers.items import Kind
from bot.answers.judging import FAR_OFF, Judgement
from bot.answers.knowledge import Knowledge, PackQuestion
from bot.answers.mentions import Named
from bot.answers.model import Basis
from bot.careers.model import Topic

MOST_TOPICS = 4

ALIKE = 0.5
"""Likeness of a wording from which it speaks for a pack's question by itself."""

HARDLY_ALIKE = 0.2
"""Likeness below which a wording speaks for it no more than for any other."""

AS_MUCH = 0.15
"""How much less like a question another pack's may be that is meant as well, with no role known."""

MUCH_MORE = 0.2
"""How much more like a question the asker's own pack must be than the one that is named."""

STEEP = 4.0
"""How much margin likeness beyond `ALIKE` gives."""

ENTRY_ALIKE = 0.62
"""Likeness from which a server's entry is what is meant; see docs/decisions/0010."""

OWN_FIRST = 10.0
"""The margin of such an entry, beside its likeness: a server's own answers come first."""

THINGS = {
    Kind.SKILL: Topic.SKILLS,
    Kind.TOOL: Topic.TOOLS,
    Kind.RESOURCE: Topic.RESOURCES,
    Kind.PHASE: Topic.ROADMAP,
}
"""The topics under which a pack speaks of the single things that it lists."""

PARTICULAR = 2.0
"""Score (see `Items`) from which a single thing speaks for its topic."""


@dataclass(frozen=True)
class Option:
    """Something that may be meant: one of the four, with its margin (see `Guess`)."""

    margin: float
    topic: Topic | None = None
    question: PackQuestion | None = None
    rivals: tuple[PackQuestion, ...] = ()
    """Questions of other packs that may be meant as well, as no role is known."""

    terms: tuple[str, ...] = ()
    entry: OwnEntry | None = None

    @property
    def basis(self) -> Basis:
        """What an answer to it rests on."""
        if self.entry is not None:
            return Basis.ENTRY
        if self.question is not None:
            return Basis.PACK
        return Basis.TERM if self.terms else Basis.TOPIC

    def named(self, knowledge: Knowledge) -> str:
        """Return what it is in words, to explain an answer."""
        if self.entry is not None:
            return f"entry {self.entry.id}: {self.entry.question}"
        if self.question is not None:
            return f"{self.question.slug}: {knowledge.question(self.question).question}"
        return " and ".join(self.terms) if self.terms else str(self.topic)


def options(
    judgement: Judgement, knowledge: Knowledge, role: str | None, context: Context
) -> list[Option]:
    """Return what may be meant, likeliest first; `role` is the one it is about, if known."""
    followed = context.followed or tuple(knowledge.roles)
    found = [
        *_entries(judgement, role, context),
        *_topics(judgement),
        *_things(judgement, role, knowledge),
        *_own_words(judgement, role, context.role, followed),
        *_terms(judgement),
    ]
    found.sort(key=lambda option: -option.margin)
    once: dict[object, Option] = {}
    for option in found:
        once.setdefault((option.topic, option.question, option.terms, option.entry), option)
    return list(once.values())


def _entries(judgement: Judgement, role: str | None, context: Context) -> Iterator[Option]:
    for found in context.entries.meant(judgement.reading) if context.entries else ():
        of_another = role is not None and found.entry.role not in {None, role}
        if found.likeness >= ENTRY_ALIKE and not found.differs and not of_another:
            yield Option(OWN_FIRST + found.likeness, entry=found.entry)


def _topics(judgement: Judgement) -> Iterator[Option]:
    for topic, margin in judgement.topics[:MOST_TOPICS]:
        yield Option(margin, topic=topic)


def _things(judgement: Judgement, role: str | None, knowledge: Knowledge) -> Iterator[Option]:
    """Yield the topic of the single thing that the question speaks of, if it does so clearly."""
    items = knowledge.items.get(role or "")
    if items is None:
        return
    for match in items.best(beside_roles(judgement), THINGS)[:1]:
        if match.score >= PARTICULAR:
            margin = min(0.1, 0.3 * match.score - 1.3)
            yield Option(margin, topic=THINGS[match.item.kind])


def _own_words(
    judgement: Judgement, role: str | None, askers: str | None, followed: Sequence[str]
) -> Iterator[Option]:
    """Yield the question of the role's pack with the wording most like it, else of followed ones.

    The asker's own pack is meant where it asks much the same: how it differs from the role, say.
    """
    hits = judgement.pack_questions
    meant = {role} if role else {*followed}
    best = next((hit for hit in hits if hit[0].slug in meant), None)
    own = next((hit for hit in hits if hit[0].slug == askers), None)
    if own is not None and own[1] >= max(ALIKE, (best[1] if best else 0.0) + MUCH_MORE):
        best = own
    if best is not None:
        which, likeness = best
        margin = judgement.own if likeness > HARDLY_ALIKE else FAR_OFF
        rivals = () if role else tuple(_rivals(hits, which, likeness - AS_MUCH, meant))
        yield Option(max(margin, (likeness - ALIKE) * STEEP), question=which, rivals=rivals)


def _rivals(
    hits: Sequence[tuple[PackQuestion, float]],
    best: PackQuestion,
    least: float,
    followed: Collection[str],
) -> Iterator[PackQuestion]:
    """Yield the question of each other followed pack that is nearly as like."""
    seen = {best.slug}
    for which, likeness in hits:
        if likeness >= least and which.slug in followed and which.slug not in seen:
            seen.add(which.slug)
            yield which


def _terms(judgement: Judgement) -> Iterator[Option]:
    if judgement.terms:
        yield Option(judgement.meaning, terms=judgement.terms)


def beside_roles(judgement: Judgement) -> Sequence[str]:
    """Return the question's words without the names of roles in it."""
    reading = judgement.reading
    in_names = {
        index
        for span in reading.found
        if any(mention.sort is Named.ROLE for mention in span.value)
        for index in range(span.start, span.end)
    }
    return [word for index, word in enumerate(reading.said) if index not in in_names]
