"""What a career is, whom it suits, what it asks for and what awaits it."""

from bot.answers.compose.asked import Asked, Said, own_words, said, skill_text
from bot.answers.items import Kind
from bot.answers.plainly import clipped_at_sentences, in_words
from bot.careers import figures
from bot.careers.model import Degree, Role, Topic
from bot.careers.sections import Section
from bot.i18n import _, ngettext

EXCERPT = 420
"""Characters of an overview that are told."""


def overview(asked: Asked) -> Said:
    """Say what the job is."""
    role = asked.role
    return said(
        Section.OVERVIEW,
        _("{title}: {summary}").format(title=role.title, summary=role.summary),
        clipped_at_sentences(role.overview, EXCERPT),
    )


def fit(asked: Asked) -> Said:
    """Say whom it suits, and whom it doesn't."""
    role = asked.role
    great, poor = (
        _("It fits well if: {reasons}").format(reasons=" ".join(role.great_fit)),
        _("It may not fit if: {reasons}").format(reasons=" ".join(role.poor_fit)),
    )
    return said(Section.FIT, great, poor)


def entry(asked: Asked) -> Said:
    """Say how hard it is to get in, and where to begin."""
    role = asked.role
    figure = _("Difficulty: {difficulty}; entry barrier: {barrier}.").format(
        difficulty=figures.difficulty(role).lower(), barrier=figures.entry_barrier(role).lower()
    )
    own = own_words(role, Topic.ENTRY)
    facts = [role.difficulty, role.entry_barrier]
    if own is not None:
        return said(Section.FIT, figure, own, facts=facts)
    first = role.ladder[0]
    step = _("The first step of the ladder is {title} ({years}).").format(
        title=first.title, years=figures.experience(first)
    )
    return said(Section.FIT, figure, step, *_warned(role), facts=[*facts, first.years])


def _warned(role: Role) -> list[str]:
    """Return that the role suits beginners badly, where its barrier is known to be high."""
    barrier = role.entry_barrier
    high = barrier is not None and barrier.value is Degree.HIGH
    return [_("Few start here.")] if high else []


def coding(asked: Asked) -> Said:
    """Say how much programming it needs."""
    role = asked.role
    figure = _("Coding: {need}.").format(need=figures.coding(role))
    own = own_words(role, Topic.CODING)
    extra = [skill_text(role.skills[match.item.place]) for match in asked.named(Kind.SKILL)[:1]]
    return said(Section.FIT, figure, own or " ".join(extra), facts=[role.coding])


def demand(asked: Asked) -> Said:
    """Say what future demand is expected."""
    role = asked.role
    figure = _("Future demand: {score}.").format(score=figures.demand(role))
    return said(Section.OVERVIEW, figure, own_words(role, Topic.DEMAND), facts=[role.demand])


def automation(asked: Asked) -> Said:
    """Say how much of it AI may take over."""
    role = asked.role
    figure = _("AI replacement risk: {risk}.").format(risk=figures.replacement_risk(role))
    own = own_words(role, Topic.AUTOMATION)
    return said(Section.OVERVIEW, figure, own, facts=[role.replacement_risk])


def remote(asked: Asked) -> Said:
    """Say where the work is done."""
    role = asked.role
    figure = _("Remote work: {fit}.").format(fit=figures.remote(role))
    own = own_words(role, Topic.REMOTE)
    return said(Section.OVERVIEW, figure, own, facts=[role.remote])


def switching(asked: Asked) -> Said:
    """Say which backgrounds fit, and where one enters."""
    role = asked.role
    fits = _("Backgrounds that fit well: {reasons}").format(reasons=" ".join(role.great_fit))
    first = _("The first step of the ladder is {title} ({years}).").format(
        title=role.ladder[0].title, years=figures.experience(role.ladder[0])
    )
    own = own_words(role, Topic.SWITCHING)
    return said(Section.FIT, own, fits, first, facts=[role.ladder[0].years])


def industries(asked: Asked) -> Said:
    """Say who hires for it."""
    role = asked.role
    if not role.industries:
        return said(Section.OVERVIEW, _("This pack doesn't say which industries hire."))
    meant = [match.item.name for match in asked.named(Kind.INDUSTRY)]
    among = ngettext("Yes, {names} is among them.", "Yes, {names} are among them.", len(meant[:2]))
    yes = among.format(names=in_words(meant[:2])) if meant else None
    hire = _("These industries hire for it: {names}.").format(names=in_words(role.industries))
    return said(Section.OVERVIEW, yes, hire)


def related(asked: Asked) -> Said:
    """Say which careers are close to it."""
    known = [each for each in asked.role.related if each.slug in asked.titles]
    if not known:
        return said(Section.OVERVIEW, _("This pack names no related careers."))
    lines = [f"{asked.titles[each.slug]}: {each.why}" for each in known]
    return said(Section.OVERVIEW, _("Close to it: {roles}").format(roles=" ".join(lines)))
