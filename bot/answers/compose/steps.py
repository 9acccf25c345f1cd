"""The career ladder and its pay."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answers.compose.asked import Asked, Said, own_words, said
from bot.answers.cues import cues
from bot.answers.items import Kind, Match
from bot.answers.levels import placed, says, step_of, steps_at
from bot.careers import figures
from bot.careers.model import Sourced, Step, Topic
from bot.careers.sections import Section
from bot.i18n import _

STEPS = frozenset({Topic.LADDER, Topic.PAY})
"""Topics that are told of a whole ladder or of single steps."""

OF_DUTIES = 1.8
"""The least score (see `Items`) with which duties tell a step."""

_AMOUNT = re.compile(r"\b(?:(\d{2,4}) (?:k|000)|(\d{5,7}))\b")


def ladder(asked: Asked) -> Said:
    """Say what the steps are, or what those that are meant ask for."""
    ladder = asked.role.ladder
    meant = steps_meant(asked)
    if meant == [len(ladder)]:
        top = _("{title} is the top of the ladder.").format(title=ladder[-1].title)
        return _told([len(ladder) - 1], said(Section.PAY, top, _step(ladder[-1])), ladder)
    if meant:
        steps = [ladder[i] for i in meant[:2]]
        return _told(meant[:2], said(Section.PAY, *map(_step, steps)), steps)
    text = _("The career ladder: {steps}.").format(steps="; ".join(map(_rung, ladder)))
    return _told([], said(Section.PAY, text), ladder)


def _told(meant: Sequence[int], text: Said, steps: Sequence[Step]) -> Said:
    """Return what is said of some steps with its sources, and which single one was meant."""
    keys = dict.fromkeys(fact.source for fact in _figures_of(steps) if fact is not None)
    return replace(text, sources=tuple(keys), place=meant[0] + 1 if len(meant) == 1 else None)


def _figures_of(steps: Iterable[Step]) -> list[Sourced | None]:
    return [fact for step in steps for fact in (step.pay, step.years)]


def _rung(step: Step) -> str:
    return f"{step.title} ({figures.experience(step)}): {figures.pay(step)}"


def _step(step: Step) -> str:
    return _("{title} ({level}, {years}, {pay}): {duties}").format(
        title=step.title,
        level=step.level.lower(),
        years=figures.experience(step),
        pay=figures.pay(step),
        duties=" ".join(step.duties),
    )


def steps_meant(asked: Asked) -> list[int]:
    """Return the steps that a question means: by years, by the name of a level, or by title.

    What comes after the last step is counted, though there is no such step.
    """
    levels, steps = asked.levels, asked.role.ladder
    by_years = [place for years in levels.years for place in steps_at(steps, years)]
    named = _named(asked) or ([] if by_years else _by_head(asked))
    if levels.next and named and asked.topic is Topic.LADDER:
        return [named[0] + 1]
    if levels.previous and named and asked.topic is Topic.LADDER:
        return [max(named[0] - 1, 0)]
    found = list(dict.fromkeys([*named, *by_years])) or _by_duties(asked) or _by_pay(asked)
    return [] if levels.all else found


def _named(asked: Asked) -> list[int]:
    """Return the steps that are named: by title, level or place."""
    titled = _titled(asked)
    if titled is not None:
        return [titled]
    at = [step_of(asked.role, rung) for rung in asked.levels.rungs]
    counted = [placed(asked.role.ladder, place) for place in asked.levels.places]
    return [place for place in (*at, *counted) if place is not None]


def _by_duties(asked: Asked) -> list[int]:
    """Return the step whose duties the question speaks of."""
    if asked.topic is not Topic.LADDER:
        return []
    return [match.item.place for match in asked.named(Kind.STEP, least=OF_DUTIES)[:1]]


def _by_pay(asked: Asked) -> list[int]:
    """Return the steps whose yearly pay holds an amount that the question names."""
    amounts = list(_amounts(asked.typed or asked.said))
    return [
        place
        for place, step in enumerate(asked.role.ladder)
        if step.pay and step.pay.period == "year"
        if any(step.pay.range.holds(amount) for amount in amounts)
    ]


def _amounts(said: Sequence[str]) -> Iterator[int]:
    """Yield the amounts of money in words such as "100", "k" or "95", "000" or "120000"."""
    for thousands, whole in _AMOUNT.findall(" ".join(said)):
        yield int(whole) if whole else int(thousands) * 1000


def _by_head(asked: Asked) -> list[int]:
    """Return the first step in whose title a word such as "analyst" or "specialist" stands."""
    for word in asked.typed or asked.said:
        for place, step in enumerate(asked.role.ladder):
            if word in cues().heads and word in step.title.casefold().split():
                return [place]
    return []


def _titled(asked: Asked) -> int | None:
    """Return the step whose title the question says in full, unless it names another level."""
    for match in asked.items.best(asked.typed or asked.said, [Kind.STEP]):
        title = match.item.name
        if title == asked.role.title and _names_the_role(asked):
            continue
        levelled = not asked.levels.rungs or any(says(title, r) for r in asked.levels.rungs)
        if levelled and _in_full(match, asked.typed or asked.said):
            return match.item.place
    return None


def _names_the_role(asked: Asked) -> bool:
    """Whether the role's own title means the whole role, rather than the step of that name."""
    levels = asked.levels
    return bool(levels.years) or (asked.topic is Topic.LADDER and not levels.next)


def _in_full(match: Match, said: Sequence[str]) -> bool:
    text = f" {' '.join(said)} "
    titles = match.item.name.casefold().replace("&", "and").split(" / ")
    return any(f" {title} " in text for title in titles)


def pay(asked: Asked) -> Said:
    """Say what the steps pay, or those that are meant."""
    ladder = asked.role.ladder
    meant = steps_meant(asked)
    steps = [ladder[i] for i in meant] or list(ladder)
    own = own_words(asked.role, Topic.PAY)
    if not any(step.pay for step in steps):
        unknown = _("Pay: unknown.") if own else _("Pay: unknown; there is no sourced figure yet.")
        return replace(_told(meant, said(Section.PAY, unknown, own), steps), known=False)
    more = None if meant else own
    return _told(meant, said(Section.PAY, "; ".join(map(_rung, steps)) + ".", more), steps)
