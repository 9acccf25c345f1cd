"""The roadmap: how long it takes, what its phases hold, and what to read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers.compose.asked import Asked, Said, own_words, said
from bot.answers.items import Item, Kind
from bot.answers.levels import placed
from bot.answers.plainly import in_words
from bot.careers import figures
from bot.careers.model import Phase, Role, Topic
from bot.careers.sections import Section
from bot.i18n import _, ngettext


def time(asked: Asked) -> Said:
    """Say how long it takes to be ready."""
    role = asked.role
    figure = _("Time until job-ready: {time}.").format(time=figures.time_to_learn(role))
    weeks = _("The roadmap has {phases} and takes {weeks}.").format(
        phases=_phases(role), weeks=figures.total_weeks(role)
    )
    own = own_words(role, Topic.TIME)
    return said(Section.ROADMAP, figure, own or weeks, facts=[role.months_to_learn])


def roadmap(asked: Asked) -> Said:
    """Say what the roadmap, or the phase that is meant, holds."""
    roadmap = asked.role.roadmap
    meant = _phases_meant(asked)
    if meant:
        told = said(Section.ROADMAP, *(phase_text(i, roadmap[i]) for i in meant[:2]))
        return replace(told, place=meant[0] + 1 if len(meant) == 1 else None)
    steps = [f"{i}. {each.title} ({_weeks(each)})" for i, each in enumerate(roadmap, start=1)]
    length = _("The roadmap has {phases}, {weeks} in all: {steps}.").format(
        phases=_phases(asked.role), weeks=figures.total_weeks(asked.role), steps="; ".join(steps)
    )
    return said(Section.ROADMAP, length)


def _phases_meant(asked: Asked) -> list[int]:
    """Return the phases that a question means: by number, by length, or by what they hold."""
    roadmap, levels = asked.role.roadmap, asked.levels
    weeks = [phase.weeks for phase in roadmap]
    if levels.longest:
        return [weeks.index(max(weeks))]
    if levels.shortest:
        return [weeks.index(min(weeks))]
    counted = [placed(roadmap, place) for place in levels.places]
    by_place = [index for index in counted if index is not None]
    held = [match.item.place for match in asked.named(Kind.PHASE, Kind.RESOURCE)[:1]]
    edge = placed(roadmap, levels.edge) if levels.edge is not None else None
    found = by_place or held or ([edge] if edge is not None else [])
    if found and levels.previous:
        return [max(found[0] - 1, 0)]
    after = [found[0] + 1] if found and levels.next and found[0] + 1 < len(roadmap) else []
    return list(dict.fromkeys([*(found if by_place or not after else ()), *after]))


def phase_text(index: int, phase: Phase) -> str:
    """Return what a phase holds."""
    text = _("Phase {number}, {title} ({weeks}): {goals} It ends with: {milestone}").format(
        number=index + 1,
        title=phase.title,
        weeks=_weeks(phase),
        goals=" ".join(phase.goals),
        milestone=phase.milestone,
    )
    if not phase.resources:
        return text
    titles = "; ".join(resource.title for resource in phase.resources)
    return _("{phase} To read: {titles}.").format(phase=text, titles=titles)


def _phases(role: Role) -> str:
    return ngettext("{count} phase", "{count} phases", len(role.roadmap)).format(
        count=len(role.roadmap)
    )


def _weeks(phase: Phase) -> str:
    return ngettext("{count} week", "{count} weeks", phase.weeks).format(count=phase.weeks)


def resources(asked: Asked) -> Said:
    """Say what to read, in the phase or on the subject that is meant."""
    roadmap = asked.role.roadmap
    meant = asked.named(Kind.RESOURCE)
    if meant and not asked.levels.places:
        return said(Section.ROADMAP, *_from_phases(roadmap, [match.item for match in meant[:3]]))
    phases = _phases_meant(asked) or [i for i, each in enumerate(roadmap) if each.resources][:1]
    if not phases:
        return said(Section.ROADMAP, _("This pack names no resources."))
    return said(Section.ROADMAP, *(_read_in(i, roadmap[i]) for i in phases[:2]))


def _from_phases(roadmap: Sequence[Phase], items: Sequence[Item]) -> Iterator[str]:
    """Yield resources, each with those of the same phase."""
    for place in dict.fromkeys(item.place for item in items):
        phase = roadmap[place]
        titles = in_words(phase.resources[i.entry].title for i in items if i.place == place)
        yield _("From phase {number}, {title}: {resources}.").format(
            number=place + 1, title=phase.title, resources=titles
        )


def _read_in(index: int, phase: Phase) -> str:
    if not phase.resources:
        return _("Phase {number}, {title}, names no resources.").format(
            number=index + 1, title=phase.title
        )
    return _("For phase {number}, {title}: {resources}.").format(
        number=index + 1,
        title=phase.title,
        resources="; ".join(each.title for each in phase.resources),
    )
