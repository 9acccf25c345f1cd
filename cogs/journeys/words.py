"""A journey's dates and numbers in words."""

from collections.abc import Iterator
from datetime import date

from babel.dates import format_date

from bot.careers import figures
from bot.careers.loader import LoadedRole
from bot.careers.model import MonthsToLearn
from bot.chat.limits import clip
from bot.i18n import _, ngettext, number_locale
from bot.journeys import planning
from bot.journeys.journey import Journey
from bot.journeys.model import Phase
from bot.journeys.outline import Outline
from bot.journeys.planning import DAYS_A_WEEK, MINUTES, Need, Verdict

LONGEST_TITLE = 80
"""Characters of each phase's title, so that twelve fit on a card."""


def dated(day: date) -> str:
    """Return a day as members read it."""
    return format_date(day, "medium", locale=number_locale())


def hours_a_week(hours: int) -> str:
    """Return a pace."""
    return ngettext("{count} hour a week", "{count} hours a week", hours).format(count=hours)


def weeks(count: int) -> str:
    """Return a number of weeks."""
    return ngettext("{count} week", "{count} weeks", count).format(count=count)


def tasks(count: int) -> str:
    """Return a number of tasks."""
    return ngettext("{count} task", "{count} tasks", count).format(count=count)


def length(days: int) -> str:
    """Return a number of days, in weeks where there are several."""
    if days >= 2 * DAYS_A_WEEK:
        return weeks(round(days / DAYS_A_WEEK))
    return ngettext("{count} day", "{count} days", days).format(count=days)


def ending(journey: Journey) -> str:
    """Return when a plan ends, and at which pace."""
    if not journey.open_tasks:
        return _("Nothing is open.")
    text = _("Ends on **{day}**, in {length}, at **{pace}**.")
    days = (journey.plan.ends - journey.today).days
    pace = hours_a_week(journey.pace.hours)
    return text.format(day=dated(journey.plan.ends), length=length(days), pace=pace)


def work_left(journey: Journey) -> str:
    """Return how much of the plan is done, in percent, in tasks and in hours."""
    hours = round(journey.open_effort / MINUTES)
    text = ngettext(
        "**{percent}%** · {done} of {tasks} · {count} hour of work left",
        "**{percent}%** · {done} of {tasks} · {count} hours of work left",
        hours,
    )
    return text.format(
        percent=journey.percent,
        done=len(journey.done_tasks),
        tasks=tasks(len(journey.counted)),
        count=hours,
    )


def against_plan(journey: Journey) -> str:
    """Return whether what is open ends as agreed."""
    if journey.rest is not None:
        return at_rest(journey)
    if not journey.open_tasks or not journey.days_late:
        return _("As planned.") if journey.open_tasks else ""
    late = _("{length} later than planned ({day}).")
    early = _("{length} earlier than planned ({day}).")
    text = late if journey.days_late > 0 else early
    return text.format(length=length(abs(journey.days_late)), day=dated(journey.agreed.ends))


def at_rest(journey: Journey) -> str:
    """Return until when a journey rests; never why."""
    last = journey.rest.last if journey.rest else None
    if last is None:
        return _("It rests until you resume; the dates are as if that were tomorrow.")
    return _("It rests until the end of {day}.").format(day=dated(last))


def phase_lines(journey: Journey) -> Iterator[str]:
    """Return each phase with the day by which it is to be done, or that it is."""
    for number, phase in enumerate(journey.phases, start=1):
        title = clip(phase.title, LONGEST_TITLE)
        yield f"{number}. **{title}** · {phase_state(journey, phase)}"


def phase_state(journey: Journey, phase: Phase) -> str:
    """Return until when a phase lasts, or since when it is done."""
    planned = [journey.plan.dates[task.id] for task in phase.tasks if task.is_open]
    if planned:
        return _("until {day}").format(day=dated(max(planned)))
    done = [task.done_on for task in phase.tasks if task.done_on]
    return _("done on {day}").format(day=dated(max(done))) if done else _("left out")


def target_lines(journey: Journey) -> Iterator[str]:
    """Return whether the target can be kept, and what it would take."""
    target, needed = journey.pace.target, journey.needed
    if target is None or needed is None or not journey.open_tasks:
        return
    if needed.verdict is Verdict.IMPOSSIBLE:
        yield _not_realistic(target, needed)
    late = (journey.plan.ends - target).days
    if late > 0:
        yield _("**{length}** after your target, {day}.").format(
            length=length(late), day=dated(target)
        )
    else:
        yield _("In time for your target, {day}.").format(day=dated(target))
    if late > 0 and needed.hours and needed.verdict is not Verdict.IMPOSSIBLE:
        yield _("{pace} would make it.").format(pace=hours_a_week(needed.hours))


def _not_realistic(target: date, needed: Need) -> str:
    if needed.hours is None:
        return _("⚠️ **{day} can't be kept:** you rest until then.").format(day=dated(target))
    text = _(
        "⚠️ **{day} isn't realistic:** it would take {pace}, and nobody can plan on over {most}."
    )
    return text.format(day=dated(target), pace=hours_a_week(needed.hours), most=planning.MOST_HOURS)


def hard_pace(journey: Journey) -> str:
    """Return a warning where a pace is as much as a full-time job."""
    if journey.pace.hours < planning.FULL_TIME:
        return ""
    text = _("⚠️ {pace} is as much as a full-time job. A slower plan that holds is worth more.")
    return text.format(pace=hours_a_week(journey.pace.hours))


def assumptions(
    journey: Journey, asked: Outline | None, loaded: LoadedRole | None
) -> Iterator[str]:
    """Return what the dates rest on, beside what the pack's source says of the time it takes."""
    if asked is None:
        return
    text = _("-# The roadmap counts {weeks}. That this means {pace} is Waymark's own assumption.")
    yield text.format(weeks=weeks(asked.weeks), pace=hours_a_week(asked.hours))
    months = loaded.role.months_to_learn if loaded else None
    if loaded and months and journey.open_tasks:
        yield f"-# {_beside(journey, loaded, months)}"


def _beside(journey: Journey, loaded: LoadedRole, months: MonthsToLearn) -> str:
    source = loaded.role.sources[months.source]
    text = _("{months} until job-ready, says its source ({source}): {difference}.")
    return text.format(
        months=figures.time_to_learn(loaded.role),
        source=source.title,
        difference=_difference(journey, months),
    )


def _difference(journey: Journey, months: MonthsToLearn) -> str:
    beyond = planning.weeks_beyond(months.value, journey.started_on, journey.plan.ends)
    if not beyond:
        return _("this plan is about as long")
    text = _("{weeks} more than this plan") if beyond > 0 else _("{weeks} less than this plan")
    return text.format(weeks=weeks(abs(beyond)))
