"""Weighing what a question may mean: topics, questions of packs, terms, and reasons to decline."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.cues import cues
from bot.answers.glossary import Term
from bot.answers.knowledge import Knowledge, PackQuestion
from bot.answers.mentions import Found, Named
from bot.answers.reading import Reading
from bot.answers.topics import GLOSSARY, OWN, Refusal
from bot.careers.model import Topic

TOPICS = frozenset(Topic)
REFUSALS = frozenset(Refusal)
OFFERED = 24
"""Packs' questions that are looked at: enough for one of each role."""

UNLIKE = 0.1
"""Likeness below which no wording speaks for a pack's question."""

FEW_WORDS = 3
"""Words beside a term up to which nothing but its meaning can be asked."""

ROLE_NAMED = 0.5
"""How much margin a reason to decline loses where a role is named."""

FAR_OFF = -2.0
"""The margin of what can't be meant."""

STRANGE = 0.9
"""How much a word tells (see `Knowledge.telling`) that hardly any question has."""

CERTAINLY = 3.0
"""The margin of a term of which nothing is said but "what is"."""

CLEARLY = 0.8
"""The margin of what a rule recognises."""


@dataclass(frozen=True)
class Judgement:
    """What a question may mean, each with its margin (see `Guess`), likeliest first."""

    reading: Reading
    topics: tuple[tuple[Topic, float], ...]
    refusals: tuple[tuple[Refusal, float], ...]
    terms: tuple[str, ...]
    meaning: float
    """For the terms' meaning."""

    only_terms: bool
    """Whether hardly anything but terms is said."""

    own: float
    """For a question that packs answer in their own words."""

    pack_questions: tuple[tuple[PackQuestion, float], ...]
    """With their likenesses, from 0 to 1."""


def judge(reading: Reading, knowledge: Knowledge) -> Judgement:
    """Weigh what a question may mean."""
    guesses = knowledge.classifier.guesses(reading.features)
    margins = {guess.label: guess.margin for guess in guesses}
    terms = tuple(_terms(reading, knowledge))
    everyday = any(_is_everyday(knowledge.term(term)) for term in terms)
    strange = _strange_beside(reading, knowledge)
    hits = knowledge.pack_questions.search(reading.wording, OFFERED, UNLIKE)
    return Judgement(
        reading=reading,
        topics=tuple((Topic(name), m) for name, m in margins.items() if name in TOPICS),
        refusals=tuple(_refusals(margins, reading)),
        terms=terms,
        meaning=_meaning(reading, terms, margins[GLOSSARY], everyday=everyday or strange),
        only_terms=bool(terms) and _beside(reading) <= 1,
        own=margins[OWN],
        pack_questions=tuple((hit.key, hit.likeness) for hit in hits),
    )


def _refusals(margins: Mapping[str, float], reading: Reading) -> Iterator[tuple[Refusal, float]]:
    """Yield the reasons to decline; who names a role or a step hardly asks about anything else."""
    named = bool(reading.named(Named.ROLE) or reading.named(Named.STEP))
    for name, margin in margins.items():
        if name in REFUSALS:
            elsewhere = named and name in {Refusal.NEAR_MISS, Refusal.OTHER_JOB}
            yield Refusal(name), margin - (ROLE_NAMED if elsewhere else 0.0)


def _terms(reading: Reading, knowledge: Knowledge) -> list[str]:
    """Return the glossary's terms that are named, each by its own name."""
    names = [
        mention.name
        for span in reading.found
        for mention in span.value
        if mention.sort in {Named.TERM, Named.LAW, Named.TOOL, Named.SKILL}
    ]
    known = [term.term for name in names if (term := knowledge.term(name)) is not None]
    return list(dict.fromkeys(known))


def _meaning(reading: Reading, terms: Sequence[str], margin: float, *, everyday: bool) -> float:
    """Return the margin for the terms' meaning; `everyday` ones may be said for another reason."""
    if not terms or reading.named(Named.JOB):
        return margin if terms else FAR_OFF
    text = f" {' '.join(reading.said)} "
    in_short = any(f" {cue} " in text for cue in cues().in_short)
    if in_short or not cues().meaning.isdisjoint(reading.said):
        little = _beside(reading) <= 2 * FEW_WORDS
        return max(margin, CERTAINLY if little else CLEARLY)
    if everyday:
        return margin
    if any(_asked_what(reading, span) for span in reading.found):
        return max(margin, CERTAINLY)
    if _beside(reading) <= 1:
        return max(margin, CLEARLY)
    few = _beside(reading) < FEW_WORDS and len(terms) == 1
    return max(margin, CLEARLY / 2) if few else margin


def _strange_beside(reading: Reading, knowledge: Knowledge) -> bool:
    """Whether a word beside the terms tells so much that something else may be meant."""
    named = {index for span in reading.found for index in range(span.start, span.end)}
    beside = [word for index, word in enumerate(reading.said) if index not in named]
    return any(knowledge.telling(word) >= STRANGE for word in beside)


def _is_everyday(term: Term | None) -> bool:
    return term is not None and term.everyday


def _beside(reading: Reading) -> int:
    """Return how many words stand beside what is named."""
    return len(reading.said) - sum(len(span) for span in reading.found)


def _asked_what(reading: Reading, span: Found) -> bool:
    """Whether "what is" or the like stands right before a term, and little behind it."""
    before = " ".join(reading.said[max(0, span.start - FEW_WORDS - 1) : span.start])
    cue = any(
        before.endswith((what, f"{what} a", f"{what} an", f"{what} the")) for what in cues().what
    )
    behind = reading.said[span.end :]
    return cue and len(behind) <= FEW_WORDS and cues().purpose.isdisjoint(behind)
