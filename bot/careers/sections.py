"""A role's sections as Markdown entries: what a card shows page by page, and a terminal whole."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.careers import figures
from bot.careers.model import Phase, Role, Sourced, Step
from bot.careers.sources import Footnotes
from bot.i18n import _, later, ngettext


class Section(StrEnum):
    """The sections of a role, in reading order. Their values are kept in custom ids."""

    OVERVIEW = "overview"
    FIT = "fit"
    DAY = "day"
    SKILLS = "skills"
    TOOLS = "tools"
    ROADMAP = "roadmap"
    PAY = "pay"
    QUESTIONS = "questions"


@dataclass(frozen=True)
class SectionText:
    """A section as Markdown. An entry stays on one page where it fits.

    `sources` is the small print that names where the section's figures come from; it may be empty.
    """

    title: str
    entries: tuple[str, ...]
    sources: str


TITLES = {
    Section.OVERVIEW: later("Overview"),
    Section.FIT: later("Is it for me?"),
    Section.DAY: later("A typical day"),
    Section.SKILLS: later("Skills"),
    Section.TOOLS: later("Tools"),
    Section.ROADMAP: later("Roadmap"),
    Section.PAY: later("Career & pay"),
    Section.QUESTIONS: later("Questions"),
}


def title(section: Section) -> str:
    """Return the section's title, in the language in force."""
    return _(TITLES[section])


def written(role: Role, section: Section, titles: Mapping[str, str]) -> SectionText:
    """Return a section of a role, in the language in force.

    `titles` are those of the loaded roles by slug: related roles that aren't there are left out.
    """
    notes = Footnotes(role)
    entries = WRITERS[section](role, notes)
    if section is Section.OVERVIEW:
        entries += _related(role, titles)
    return SectionText(title(section), tuple(entries), notes.text())


def _overview(role: Role, notes: Footnotes) -> list[str]:
    facts = [
        (_("Difficulty"), figures.difficulty(role), role.difficulty),
        (_("Entry barrier"), figures.entry_barrier(role), role.entry_barrier),
        (_("Coding"), figures.coding(role), role.coding),
        (_("Time to learn"), figures.time_to_learn(role), role.months_to_learn),
        (_("Future demand"), figures.demand(role), role.demand),
        (_("AI replacement risk"), figures.replacement_risk(role), role.replacement_risk),
        (_("Remote work"), figures.remote(role), role.remote),
        (_("Industries"), figures.industries(role), None),
    ]
    heading = _("What they do")
    what = f"### {heading}\n{role.overview}"
    return [role.summary, _listed(_("At a glance"), _facts(facts, notes)), what]


def _related(role: Role, titles: Mapping[str, str]) -> list[str]:
    known = [
        f"**{titles[related.slug]}:** {related.why}"
        for related in role.related
        if related.slug in titles
    ]
    return [_listed(_("Related roles"), known)] if known else []


def _fit(role: Role, notes: Footnotes) -> list[str]:
    requirements = [
        (_("Difficulty"), figures.difficulty(role), role.difficulty),
        (_("Entry barrier"), figures.entry_barrier(role), role.entry_barrier),
        (_("Coding"), figures.coding(role), role.coding),
        (_("Time to learn"), figures.time_to_learn(role), role.months_to_learn),
    ]
    return [
        _listed(_("A great fit if…"), role.great_fit),
        _listed(_("It may not be right if…"), role.poor_fit),
        _listed(_("What it asks of you"), _facts(requirements, notes)),
    ]


def _day(role: Role, _notes: Footnotes) -> list[str]:
    if not role.typical_day:
        return [_nothing_yet()]
    return [f"**{entry.time}** · {entry.activity}" for entry in role.typical_day]


def _skills(role: Role, _notes: Footnotes) -> list[str]:
    return [
        "\n".join(
            [
                f"**{skill.name}** · {figures.level(skill.level)}",
                _("Why: {why}").format(why=skill.why),
                _("How to learn it: {learn}").format(learn=skill.learn),
            ]
        )
        for skill in role.skills
    ]


def _tools(role: Role, _notes: Footnotes) -> list[str]:
    if not role.tools:
        return [_nothing_yet()]
    return [f"**{tool.name}**\n{tool.use}" for tool in role.tools]


def _roadmap(role: Role, _notes: Footnotes) -> list[str]:
    length = ngettext("{count} phase, {weeks}", "{count} phases, {weeks}", len(role.roadmap))
    summary = length.format(count=len(role.roadmap), weeks=figures.total_weeks(role))
    phases = [_phase(number, phase) for number, phase in enumerate(role.roadmap, start=1)]
    return [summary, *phases]


def _phase(number: int, phase: Phase) -> str:
    weeks = ngettext("{count} week", "{count} weeks", phase.weeks).format(count=phase.weeks)
    resources = [
        f"[{resource.title}]({resource.url})" if resource.url else resource.title
        for resource in phase.resources
    ]
    parts = [
        f"### {number}. {phase.title} · {weeks}",
        _bullets([_("Goals"), *phase.goals]),
        _bullets([_("Resources"), *resources]) if resources else "",
        _("**Milestone:** {milestone}").format(milestone=phase.milestone),
    ]
    return "\n".join(part for part in parts if part)


def _pay(role: Role, notes: Footnotes) -> list[str]:
    return [_step(step, notes) for step in role.ladder]


def _step(step: Step, notes: Footnotes) -> str:
    years = f"{figures.experience(step)}{notes.mark(step.years)}"
    pay = f"{figures.pay(step)}{notes.mark(step.pay)}"
    heading = f"### {step.title}\n{step.level} · {years} · **{pay}**"
    return "\n".join([heading, *(f"- {duty}" for duty in step.duties)])


def _questions(role: Role, _notes: Footnotes) -> list[str]:
    if not role.questions:
        return [_nothing_yet()]
    return [f"**{item.question}**\n{item.answer}" for item in role.questions]


def _facts(facts: Iterable[tuple[str, str, Sourced | None]], notes: Footnotes) -> list[str]:
    return [f"**{name}:** {text}{notes.mark(source)}" for name, text, source in facts]


def _listed(heading: str, items: Iterable[str]) -> str:
    return "\n".join([f"### {heading}", *(f"- {item}" for item in items)])


def _bullets(label_and_items: Iterable[str]) -> str:
    label, *items = label_and_items
    return "\n".join([f"**{label}**", *(f"- {item}" for item in items)])


def _nothing_yet() -> str:
    return _("This pack doesn't say yet.")


WRITERS: dict[Section, Callable[[Role, Footnotes], list[str]]] = {
    Section.OVERVIEW: _overview,
    Section.FIT: _fit,
    Section.DAY: _day,
    Section.SKILLS: _skills,
    Section.TOOLS: _tools,
    Section.ROADMAP: _roadmap,
    Section.PAY: _pay,
    Section.QUESTIONS: _questions,
}
