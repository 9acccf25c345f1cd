"""From a question to a reply: what is meant, whether it can be answered, and the answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answers.compose.steps import STEPS
from bot.answers.context import Context
from bot.answers.cues import cues
from bot.answers.declining import (
    A_COMMAND,
    ABOUT_A_MEMBER,
    ANOTHER_JOB,
    NOTHING_SAID,
    ONE_PLACE,
    TOO_UNSURE,
    WHICH_ROLE,
    note_on,
    reason_against,
)
from bot.answers.judging import CLEARLY, TOPICS, Judgement, judge
from bot.answers.knowledge import Knowledge, PackQuestion
from bot.answers.levels import Rung
from bot.answers.mentions import Named
from bot.answers.model import Alternative, Answer, Basis, Explanation, Reply, Verdict
from bot.answers.offering import Offers
from bot.answers.options import OWN_FIRST, Option, options
from bot.answers.parts import questions
from bot.answers.sureness import NEAR, certainty, signs
from bot.answers.writing import Writer
from bot.careers.model import Topic

MOST_ANSWERS = 3
MOST_CHOICES = 10
"""Buttons among which somebody chooses: two rows."""

MOST_DIGITS = 3
"""Of a step's or a phase's place in a key."""

MOST_ROLES = 5
"""Roles whose answers stand side by side where a question names none."""

BY_ITSELF = 0.6
"""Confidence from which a part of what was typed is a question of its own."""

SURELY = 0.7
"""Confidence from which a part is answered though the whole isn't understood."""

CAUTION = 1.5
"""The power by which confidence is lowered, so that nearly all answers above 0.8 are right."""

HALF_SURE = 0.35
"""Confidence in the whole that this takes: what stands around the part may be about else."""

RULED_OUT = frozenset({A_COMMAND, ABOUT_A_MEMBER, ANOTHER_JOB, ONE_PLACE})
"""Reasons by which a question is declined however well it is understood."""

RULED = CLEARLY / 2
"""The margin of a term from which a rule has recognised that its meaning is asked for."""

FIRM = 1.0
"""The margin of a reason to decline from which no such rule counts."""


@dataclass(frozen=True)
class _Understood:
    """A question as it is understood."""

    judgement: Judgement
    role: str | None
    options: tuple[Option, ...]
    confidence: float


class Answerer:
    """Answers from what is known. Pure: it may be used from any thread."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._writer = Writer(knowledge)
        self._offers = Offers(knowledge, self._writer)

    def reply(self, question: str, context: Context | None = None) -> Reply:
        """Return the reply to what somebody typed, which may be several questions."""
        return _cautious(self._understanding(question, context or Context()))

    def _understanding(self, question: str, context: Context) -> Reply:
        whole = self._reply(question, context, None)
        parts = list(questions(question))
        alone = parts in ([], [question.strip()])
        if alone or any(each.decision == ABOUT_A_MEMBER for each in whole.explanations):
            return whole
        replies = [self._reply(part, context, whole.about) for part in parts]
        ruled_out = [each for each in replies if each.explanations[0].decision in RULED_OUT]
        if ruled_out and len(ruled_out) == len(replies):
            return replace(ruled_out[-1], question=question)
        return _together(whole, [each for each in replies if each.answered])

    def _reply(self, text: str, context: Context, before: str | None) -> Reply:
        """Reply to one question; `before` is the role that what stands around it is about."""
        understood = self._understood(text, context, before)
        reason = self._reason_against(understood)
        explained = self._explained(text, understood, reason or "answered")
        if reason is not None:
            return self._declined(text, understood, context, reason, explained)
        best, answers = understood.options[0], self._answers(understood, context)
        each_role = understood.role is None and bool(best.topic or best.rivals) and len(answers) > 1
        return Reply(
            question=text,
            verdict=Verdict.EACH_ROLE if each_role else Verdict.ANSWER,
            confidence=understood.confidence,
            answers=tuple(answers),
            alternatives=tuple(self._besides(best, answers, context, each_role=each_role)),
            explanations=(explained,),
            about=understood.role,
        )

    def _besides(
        self, best: Option, answers: Sequence[Answer], context: Context, *, each_role: bool
    ) -> list[Alternative]:
        """Return what an answer leaves to ask: the followed roles left out, or which step."""
        if each_role and best.topic is not None:
            return self._offers.roles(best, self._followed(context)[MOST_ROLES:])
        return self._offers.steps(answers, best.topic)

    def _reason_against(self, understood: _Understood) -> str | None:
        if not understood.judgement.reading.said:
            return NOTHING_SAID
        best, known = understood.options[0], understood.role is not None
        about_roles = best.basis in {Basis.TOPIC, Basis.PACK}
        if about_roles and not self._knowledge.roles:
            return TOO_UNSURE
        return reason_against(understood.judgement, best, understood.confidence, role_known=known)

    def _understood(self, text: str, context: Context, before: str | None) -> _Understood:
        judgement = judge(self._knowledge.reader.read(text), self._knowledge)
        role = self._role(judgement, context, before)
        found = options(judgement, self._knowledge, role, context)
        return _Understood(judgement, role, tuple(found), self._confidence(judgement, found))

    def _role(self, judgement: Judgement, context: Context, before: str | None) -> str | None:
        """Return the role that a question is about: named, else told before, else the asker's."""
        named = judgement.reading.named(Named.ROLE)
        steps = judgement.reading.named(Named.STEP)
        on_ladders = [slug for slug in self._knowledge.roles if self._has_step(slug, steps)]
        least = judgement.topics[0][1] - NEAR
        close = {topic for topic, margin in judgement.topics if margin >= least}
        if context.role in on_ladders and not STEPS.isdisjoint(close):
            return context.role
        if not named and len(on_ladders) == 1:
            return on_ladders[0]
        only = context.followed[0] if len(context.followed) == 1 else None
        return (named[-1] if named else None) or before or context.role or only

    def _has_step(self, slug: str, titles: Sequence[str]) -> bool:
        ladder = self._knowledge.roles[slug].ladder
        return any(title in step.title.split(" / ") for title in titles for step in ladder)

    def _confidence(self, judgement: Judgement, found: Sequence[Option]) -> float:
        best = found[0]
        if best.entry is not None:
            return best.margin - OWN_FIRST
        if not judgement.reading.said:
            return 0.0
        refusal = max(margin for _, margin in judgement.refusals)
        ruled = best.terms and best.margin >= RULED and refusal < FIRM
        if ruled or (best.terms and judgement.only_terms):
            refusal = min(refusal, 0.0)
        told = signs([each.margin for each in found], refusal, len(judgement.reading.said))
        return certainty(self._knowledge.classifier.sureness, told)

    def _answers(self, understood: _Understood, context: Context) -> list[Answer]:
        """Answer what is most likely meant, and what is nearly as likely too."""
        best, *others = understood.options
        if best.terms:
            return [self._writer.term(name) for name in best.terms[:2]]
        if best.entry is not None:
            return [self._writer.entry(best.entry)]
        close = [each for each in others[:1] if each.margin >= best.margin - NEAR]
        chosen = [best, *(each for each in close if each.basis in {Basis.TOPIC, Basis.PACK})]
        return [answer for each in chosen for answer in self._to(each, understood, context)]

    def _to(self, option: Option, understood: _Understood, context: Context) -> Iterable[Answer]:
        if option.question is not None:
            asked = (option.question, *option.rivals)[:MOST_ROLES]
            return self._beside_each_other(map(self._writer.own_words, asked), understood)
        slugs = self._slugs(understood, context)
        topic = _of_a_step(option.topic or Topic.OVERVIEW, understood.judgement)
        answers = [self._writer.topic(topic, slug, understood.judgement) for slug in slugs]
        return self._beside_each_other(answers, understood)

    def _beside_each_other(
        self, answers: Iterable[Answer], understood: _Understood
    ) -> Iterable[Answer]:
        """Return answers as they stand together, or one alone; its role is said if not asked."""
        several = list(answers)
        alone = len(several) == 1 and understood.role is not None
        return several if alone else map(self._writer.beside_others, several)

    def _slugs(self, understood: _Understood, context: Context) -> list[str]:
        """Return the roles that a topic is answered for: those compared, the one meant, or each."""
        reading = understood.judgement.reading
        named = reading.named(Named.ROLE)
        if len(named) > 1 and not cues().comparing.isdisjoint(reading.said):
            return named[:MOST_ANSWERS]
        return [understood.role] if understood.role else self._followed(context)[:MOST_ROLES]

    def _followed(self, context: Context) -> list[str]:
        return list(context.followed or self._knowledge.roles)

    def _declined(
        self,
        text: str,
        understood: _Understood,
        context: Context,
        reason: str,
        explained: Explanation,
    ) -> Reply:
        near: list[Alternative] = []
        slugs = [understood.role] if understood.role else self._followed(context)
        if reason == TOO_UNSURE:
            options = understood.options
            near = self._offers.nearest(understood.judgement, options, slugs, context)
        elif reason == WHICH_ROLE:
            near = self._offers.roles(understood.options[0], slugs)
        return Reply(
            question=text,
            verdict=Verdict.NEAREST if near else Verdict.ABSTAIN,
            confidence=understood.confidence,
            note=note_on(understood.judgement, reason),
            alternatives=tuple(near[:MOST_CHOICES]),
            explanations=(explained,),
            about=understood.role,
        )

    def _explained(self, text: str, understood: _Understood, decision: str) -> Explanation:
        against = sorted(understood.judgement.refusals, key=lambda each: -each[1])
        return Explanation(
            question=text,
            role=understood.role,
            candidates=tuple(
                (each.named(self._knowledge), each.margin) for each in understood.options[:5]
            ),
            reasons_against=tuple((reason.value, margin) for reason, margin in against[:2]),
            confidence=understood.confidence,
            decision=decision,
        )

    def by_key(self, key: str, context: Context) -> Answer | None:
        """Return the answer with this key as it is now, or None if it is gone."""
        sort, _colon, rest = key.partition(":")
        if sort == Basis.ENTRY and rest.isdecimal():
            entry = context.entries.get(int(rest)) if context.entries else None
            return self._writer.entry(entry) if entry else None
        if sort == Basis.TERM:
            return self._writer.term(rest) if self._knowledge.glossary.named(rest) else None
        slug, _colon, which = rest.partition(":")
        if slug not in self._knowledge.roles:
            return None
        return self._of_pack(slug, which) if sort == Basis.PACK else self._of_topic(slug, which)

    def _of_pack(self, slug: str, which: str) -> Answer | None:
        there = which.isdecimal() and int(which) < len(self._knowledge.roles[slug].questions)
        return self._writer.own_words(PackQuestion(slug, int(which))) if there else None

    def _of_topic(self, slug: str, which: str) -> Answer | None:
        name, _colon, place = which.partition(":")
        if name not in TOPICS:
            return None
        if place.isdecimal() and len(place) <= MOST_DIGITS:
            return self._writer.topic_at(Topic(name), slug, int(place))
        return self._writer.topic(Topic(name), slug)


def _fitting(parts: Iterable[Reply]) -> Iterator[Reply]:
    """Yield the parts that fit into one reply: one answer for each role takes most of the room."""
    room = MOST_ROLES
    for part in parts:
        if part.verdict is not Verdict.EACH_ROLE or len(part.answers) <= room:
            room -= len(part.answers)
            yield part


def _cautious(reply: Reply) -> Reply:
    """Return a reply whose confidence is in the answer, rather than in having understood."""
    if any(answer.basis is Basis.ENTRY for answer in reply.answers):
        return reply
    reliability = min((answer.reliability for answer in reply.answers), default=1.0)
    return replace(reply, confidence=(reply.confidence * reliability) ** CAUTION)


def _of_a_step(topic: Topic, judgement: Judgement) -> Topic:
    """Return the ladder for the day or the job of somebody at a level, whose duties are meant."""
    levels, reading = judgement.reading.levels, judgement.reading
    at_a_level = set(levels.rungs) - {Rung.FIRST} or reading.named(Named.STEP)
    about_work = topic in {Topic.DAY, Topic.OVERVIEW}
    own = set(reading.named(Named.ROLE)) and not levels.rungs
    return Topic.LADDER if about_work and at_a_level and not own else topic


def _together(whole: Reply, parts: Sequence[Reply]) -> Reply:
    """Return the reply to several questions: to each, to the whole, or to the one that is clear."""
    clear = list(_fitting(part for part in parts if part.confidence >= BY_ITSELF))
    answers = {answer.key: answer for part in clear for answer in part.answers}
    explained = (*whole.explanations, *(each for part in parts for each in part.explanations))
    if len(clear) > 1 and len(answers) > 1:
        each_role = any(part.verdict is Verdict.EACH_ROLE for part in clear)
        most = MOST_ROLES if each_role else MOST_ANSWERS
        return replace(
            whole,
            verdict=Verdict.EACH_ROLE if each_role else Verdict.ANSWER,
            answers=tuple(answers.values())[:most],
            confidence=min(part.confidence for part in clear),
            note="",
            alternatives=(),
            explanations=explained,
        )
    last = parts[-1] if parts else None
    ruled_out = not whole.answered and whole.explanations[0].decision != TOO_UNSURE
    if last is None or ruled_out or (whole.answered and whole.confidence >= last.confidence):
        return whole
    if whole.answered or (last.confidence > SURELY and whole.confidence > HALF_SURE):
        return replace(last, question=whole.question, explanations=explained)
    return whole
