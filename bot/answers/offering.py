"""What is offered as buttons: what may have been meant, other careers, and single steps."""

from collections.abc import Iterable, Sequence

from bot.answers.compose.steps import STEPS
from bot.answers.context import Context
from bot.answers.judging import Judgement
from bot.answers.knowledge import Knowledge, PackQuestion
from bot.answers.model import Alternative, Answer, Basis
from bot.answers.options import Option
from bot.answers.writing import QUESTIONS, Writer, key_of_entry, pack_key, topic_key
from bot.careers.model import Topic
from bot.i18n import _

MOST_OFFERED = 3
OFFERED_FROM = -0.75
"""The margin from which something is offered as what may have been meant."""


class Offers:
    """Says what else may be asked, from what is known."""

    def __init__(self, knowledge: Knowledge, writer: Writer) -> None:
        self._knowledge = knowledge
        self._writer = writer

    def nearest(
        self,
        judgement: Judgement,
        options: Sequence[Option],
        slugs: Sequence[str],
        context: Context,
    ) -> list[Alternative]:
        """Return what may have been meant, the server's own entries first.

        `slugs` are the roles it may be about; with several, each offer names its own.
        """
        near = [*_own(judgement, context)]
        for option in options:
            if option.margin >= OFFERED_FROM:
                near.extend(self._offered(option, slugs))
        return list({each.key: each for each in near}.values())[:MOST_OFFERED]

    def roles(self, option: Option, slugs: Iterable[str]) -> list[Alternative]:
        """Return the roles that may be meant, each with its answer to what is asked."""
        titles = self._knowledge.titles
        if option.question is not None:
            asked = [option.question, *option.rivals]
            return [Alternative(titles[each.slug], pack_key(each)) for each in asked]
        topic = option.topic or Topic.OVERVIEW
        return [Alternative(titles[slug], topic_key(slug, topic)) for slug in slugs]

    def steps(self, answers: Sequence[Answer], topic: Topic | None) -> list[Alternative]:
        """Return the steps of a ladder that was told whole, to ask which is meant."""
        if topic is None or topic not in STEPS or len(answers) != 1 or not answers[0].known:
            return []
        slug = answers[0].role or ""
        if answers[0].key != topic_key(slug, topic):
            return []
        ladder = enumerate(self._knowledge.roles[slug].ladder, start=1)
        return [Alternative(step.title, topic_key(slug, topic, place)) for place, step in ladder]

    def _offered(self, option: Option, slugs: Sequence[str]) -> list[Alternative]:
        if option.topic is not None:
            return [self._topic(option.topic, slug, alone=len(slugs) == 1) for slug in slugs[:1]]
        if option.question is not None:
            return [self._pack(each, slugs) for each in (option.question, *option.rivals)]
        return [Alternative(name, f"{Basis.TERM}:{name}") for name in option.terms]

    def _topic(self, topic: Topic, slug: str, *, alone: bool) -> Alternative:
        question = _(QUESTIONS[topic])
        title = question if alone else f"{self._knowledge.titles[slug]}: {question}"
        return Alternative(title, topic_key(slug, topic))

    def _pack(self, which: PackQuestion, slugs: Sequence[str]) -> Alternative:
        answer = self._writer.own_words(which)
        alone = [which.slug] == [*slugs]
        title = answer.title if alone else f"{self._knowledge.titles[which.slug]}: {answer.title}"
        return Alternative(title, answer.key)


def _own(judgement: Judgement, context: Context) -> Iterable[Alternative]:
    if context.entries is None:
        return []
    named = context.entries.meant(judgement.reading)
    told = context.entries.telling_of(judgement.reading.said)
    found = {each.entry.id: each.entry for each in (*named, *told)}
    return [Alternative(each.question, key_of_entry(each)) for each in found.values()]
