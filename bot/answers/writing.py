"""Turning what is meant into an answer, with its source."""

from collections.abc import Mapping
from dataclasses import replace

from bot.answers.compose import Asked, compose
from bot.answers.compose.steps import STEPS
from bot.answers.entries import OwnEntry
from bot.answers.judging import Judgement
from bot.answers.knowledge import Knowledge, PackQuestion
from bot.answers.levels import Levels
from bot.answers.mentions import Named
from bot.answers.model import Answer, Basis
from bot.answers.options import beside_roles
from bot.answers.plainly import clipped_at_sentences
from bot.careers.model import Role, Source, Topic
from bot.careers.sections import Section
from bot.careers.sources import described
from bot.i18n import _, later

MAX_ANSWER = 2000
"""Characters of an answer's text."""

BESIDE_OTHERS = 600
"""Characters of an answer's text that stands beside those of other roles."""

IN_SHORT = 240
"""Characters of it where several roles' answers stand side by side."""

RELIABILITY: Mapping[Topic, float] = {
    Topic.LADDER: 0.85,
    Topic.SWITCHING: 0.87,
    Topic.TOOLS: 0.88,
    Topic.SKILLS: 0.88,
    Topic.REGULATION: 0.9,
    Topic.ROADMAP: 0.92,
    Topic.RESOURCES: 0.93,
    Topic.OVERVIEW: 0.95,
    Topic.PAY: 0.97,
    Topic.CODING: 0.97,
}
"""How often the very fact is in a topic's answer: the topics that hold many facts err most."""

OF_PACKS_QUESTIONS = 0.9
"""The same of a pack's own questions."""

QUESTIONS: Mapping[Topic, str] = {
    Topic.OVERVIEW: later("What is the job?"),
    Topic.FIT: later("Is it for me?"),
    Topic.ENTRY: later("How hard is it to get in?"),
    Topic.CODING: later("Do I need to code?"),
    Topic.TIME: later("How long until I'm ready?"),
    Topic.DEMAND: later("Does it have a future?"),
    Topic.AUTOMATION: later("Will AI replace it?"),
    Topic.REMOTE: later("Can I work remotely?"),
    Topic.DAY: later("What is a typical day?"),
    Topic.SKILLS: later("Which skills does it take?"),
    Topic.TOOLS: later("Which tools are used?"),
    Topic.ROADMAP: later("What is the roadmap?"),
    Topic.RESOURCES: later("What should I read?"),
    Topic.REGULATION: later("Which laws matter?"),
    Topic.LADDER: later("What are the career steps?"),
    Topic.PAY: later("What does it pay?"),
    Topic.SWITCHING: later("How do I switch to it?"),
    Topic.INDUSTRIES: later("Who hires for it?"),
    Topic.RELATED: later("What is close to it?"),
}


class Writer:
    """Writes answers from what is known."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def topic(self, topic: Topic, slug: str, judgement: Judgement | None = None) -> Answer:
        """Answer a topic of a role, in general or as a question asks it."""
        return self._topic(self._asked(topic, slug, judgement), slug)

    def topic_at(self, topic: Topic, slug: str, place: int) -> Answer:
        """Answer a topic of a role for one step or phase, counted from 1."""
        asked = self._asked(topic, slug, None)
        return self._topic(replace(asked, levels=Levels(places=(place,))), slug)

    def _topic(self, asked: Asked, slug: str) -> Answer:
        topic, role, said = asked.topic, asked.role, compose(asked)
        sources = [role.sources[key] for key in said.sources if key in role.sources]
        return Answer(
            key=topic_key(slug, topic, said.place),
            title=_titled(topic, role, said.place),
            basis=Basis.TOPIC,
            text=clipped_at_sentences(said.text, MAX_ANSWER),
            source=" ".join(described(each, noted=topic in STEPS) for each in sources)
            or _of_pack(role),
            role=slug,
            section=said.section,
            known=said.known,
            reliability=RELIABILITY.get(topic, 1.0),
        )

    def _asked(self, topic: Topic, slug: str, judgement: Judgement | None) -> Asked:
        known, reading = self._knowledge, judgement and judgement.reading
        laws = reading.named(Named.LAW) if reading else []
        return Asked(
            role=known.roles[slug],
            topic=topic,
            said=beside_roles(judgement) if judgement else (),
            typed=reading.said if reading else (),
            levels=reading.levels if reading else Levels(),
            items=known.items[slug],
            titles=known.titles,
            laws=known.laws[slug],
            law=laws[0] if laws else None,
        )

    def own_words(self, which: PackQuestion) -> Answer:
        """Answer a question of a pack as the pack does."""
        item, role = self._knowledge.question(which), self._knowledge.roles[which.slug]
        return Answer(
            key=pack_key(which),
            title=item.question,
            basis=Basis.PACK,
            text=item.answer,
            source=_of_pack(role),
            role=which.slug,
            section=Section.QUESTIONS,
            reliability=OF_PACKS_QUESTIONS,
        )

    def term(self, name: str) -> Answer:
        """Say what a term of the glossary means. Raises KeyError."""
        term = self._knowledge.glossary.named(name)
        if term is None:
            raise KeyError(name)
        return Answer(
            key=f"term:{term.term}",
            title=term.term,
            basis=Basis.TERM,
            text=f"{term.term}: {term.meaning} {term.matters}",
            source=described(term.source) if term.source else self._of_glossary(),
        )

    def entry(self, entry: OwnEntry) -> Answer:
        """Answer as the server's own entry does."""
        title = entry.source or _("this server's FAQ")
        return Answer(
            key=key_of_entry(entry),
            title=entry.question,
            basis=Basis.ENTRY,
            text=entry.answer,
            source=_("Source: {title}, {day}.").format(title=title, day=entry.day),
            role=entry.role if entry.role in self._knowledge.roles else None,
        )

    def beside_others(self, answer: Answer) -> Answer:
        """Return an answer as it stands beside those of other roles: named, and shorter."""
        text = clipped_at_sentences(answer.text, BESIDE_OTHERS)
        return replace(answer, text=text, beside=self._knowledge.titles[answer.role or ""])

    def _of_glossary(self) -> str:
        day = self._knowledge.glossary.revised.isoformat()
        return _("Source: Waymark's glossary, {day}.").format(day=day)


def topic_key(slug: str, topic: Topic, place: int | None = None) -> str:
    """Return the key of a topic's answer, of one step or phase alone if `place` is given."""
    return f"{Basis.TOPIC}:{slug}:{topic}" + (f":{place}" if place else "")


def pack_key(which: PackQuestion) -> str:
    """Return the key of a pack's own question."""
    return f"{Basis.PACK}:{which.slug}:{which.place}"


def key_of_entry(entry: OwnEntry) -> str:
    """Return the key of a server's own entry."""
    return f"{Basis.ENTRY}:{entry.id}"


def _titled(topic: Topic, role: Role, place: int | None) -> str:
    """Return the question that is answered, with the step or the phase it is answered for."""
    parts = role.roadmap if topic is Topic.ROADMAP else role.ladder
    question = _(QUESTIONS[topic])
    return f"{question} {parts[place - 1].title}" if place else question


def _of_pack(role: Role) -> str:
    """Return where a pack's own words come from: its sources, when it names any."""
    newest: Source | None = max(role.sources.values(), key=lambda each: each.read, default=None)
    if newest is None:
        return _("Source: Waymark's role pack “{title}”.").format(title=role.title)
    text = _("Source: Waymark's role pack “{title}”, from sources read up to {day}.")
    return text.format(title=role.title, day=newest.read.isoformat())
