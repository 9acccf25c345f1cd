"""The work itself: its days, skills, tools and laws."""

from bot.answers.compose.asked import Asked, Said, own_words, said, skill_text
from bot.answers.compose.plan import phase_text
from bot.answers.items import Kind, Match
from bot.answers.levels import Hours
from bot.answers.plainly import in_words
from bot.careers import figures
from bot.careers.model import Role, Skill, Topic
from bot.careers.sections import Section
from bot.i18n import _

PARTS_OF_DAY = {
    Hours.MORNING: (0, 12),
    Hours.NOON: (11, 14),
    Hours.AFTERNOON: (13, 18),
    Hours.EVENING: (16, 24),
}
"""Hours on a 24-hour clock, from and up to."""

TOOL_NAMED = 0.8
"""The least score (see `Items`) with which a tool counts as asked for."""

HALF_A_DAY = 12

AFTER_NOON = 8
"""A bare hour below it is one after noon: work doesn't begin at five."""


def day(asked: Asked) -> Said:
    """Say what happens on a typical day, or at the hours that are meant."""
    day = asked.role.typical_day
    if not day:
        return said(Section.DAY, _("This pack doesn't describe a day."))
    meant = _at_hours(asked)
    if meant:
        entries = [f"{day[i].time} {day[i].activity}" for i in meant]
        return said(Section.DAY, _("On a typical day: {entries}").format(entries=" ".join(entries)))
    entries = [f"{entry.time} {entry.activity}" for entry in day]
    return said(Section.DAY, _("A typical day: {entries}").format(entries=" ".join(entries)))


def _at_hours(asked: Asked) -> list[int]:
    """Return the entries at the hours that are asked for; a bare 1 to 7 is after noon."""
    times = [int(entry.time[:2]) for entry in asked.role.typical_day]
    exact = [hour + 12 if hour < AFTER_NOON else hour for hour in asked.levels.numbers[:1]]
    at = [i for i, time in enumerate(times) if time in exact]
    from_to = len(asked.levels.numbers) > 1 and asked.levels.numbers[1] in range(1, HALF_A_DAY + 1)
    if at or not asked.levels.hours:
        return [] if from_to else at
    since, until = PARTS_OF_DAY[asked.levels.hours[0]]
    within = [i for i, time in enumerate(times) if since <= time < until]
    return within[:3] if since == 0 else within[-3:]


def skills(asked: Asked) -> Said:
    """Say which skills it needs, or what is said of those that are meant."""
    role = asked.role
    meant = asked.named(Kind.SKILL)
    if meant:
        return said(
            Section.SKILLS, *(skill_text(role.skills[each.item.place]) for each in meant[:2])
        )
    tools = asked.named(Kind.TOOL)
    listed = _("Skills, with the level they need: {skills}.").format(
        skills=in_words(
            f"{each.name} ({figures.level(each.level).lower()})" for each in role.skills
        )
    )
    return said(Section.SKILLS, *(_tool(asked, each) for each in tools[:1]), listed)


def tools(asked: Asked) -> Said:
    """Say which tools are used, or what those that are meant are for."""
    role = asked.role
    if not role.tools:
        return said(Section.TOOLS, _("This pack lists no tools."))
    meant = asked.named(Kind.TOOL, least=TOOL_NAMED)
    if meant:
        return said(Section.TOOLS, *(_tool(asked, each) for each in meant[:3]))
    names = in_words(tool.name for tool in role.tools)
    return said(Section.TOOLS, _("The tools of the trade: {names}.").format(names=names))


def _tool(asked: Asked, match: Match) -> str:
    tool = asked.role.tools[match.item.place]
    return _("{name}: {use}").format(name=tool.name, use=tool.use)


def regulation(asked: Asked) -> Said:
    """Say which laws and frameworks come up, or what is said of the one that is meant."""
    role = asked.role
    own = own_words(role, Topic.REGULATION)
    if not asked.laws:
        return said(Section.SKILLS, own or _("This pack names no laws or frameworks."))
    laws = _("The laws and frameworks that come up: {laws}.").format(laws=in_words(asked.laws))
    about = _about_law(asked)
    return said(Section.SKILLS, *about, laws if not about or len(about) == 1 else None, own)


def _about_law(asked: Asked) -> list[str]:
    """Return what the pack says of the law that is asked for, else of law in general."""
    role = asked.role
    if asked.law is not None:
        wanted = asked.law.casefold()
        return [line for line in _lines(role) if wanted in line.casefold()][:2]
    skills = [skill for skill in role.skills if _is_about_law(skill)]
    return [skill_text(skill) for skill in skills[:1]]


def _is_about_law(skill: Skill) -> bool:
    said = skill.name.casefold()
    return any(word in said for word in ("regulat", "law", "legal", "legislat", "compliance"))


def _lines(role: Role) -> list[str]:
    """Return the lines of a pack in which laws are spoken of."""
    fits = _("It fits well if: {reasons}")
    return [
        *(fits.format(reasons=line) for line in role.great_fit),
        *(skill_text(skill) for skill in role.skills),
        *(phase_text(i, phase) for i, phase in enumerate(role.roadmap)),
    ]
