"""What kinds, stages and dates of milestones are called."""

from collections.abc import Iterator, Mapping
from datetime import date

from babel.dates import format_date
from discord.utils import format_dt

from bot.chat.limits import clip
from bot.chat.quoting import inert
from bot.i18n import _, later, ngettext, number_locale
from bot.milestones.model import Details, Kind, Milestone, State, Visibility
from bot.milestones.progress import Progress
from bot.milestones.stages import Outcome, Stage

MAX_TITLE_SHOWN = 200
"""Characters of a title that can't act any more: twice as many as it may have."""

KINDS: Mapping[Kind, str] = {
    Kind.GOAL: later("goal"),
    Kind.APPLICATION: later("application"),
    Kind.INTERVIEW: later("interview"),
    Kind.OFFER: later("offer"),
}
STAGES: Mapping[Stage, str] = {
    Stage.SAVED: later("saved"),
    Stage.APPLIED: later("applied"),
    Stage.INTERVIEW: later("interview"),
    Stage.OFFER: later("offer"),
    Stage.CLOSED: later("closed"),
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.ACCEPTED: later("accepted"),
    Outcome.REJECTED: later("rejected"),
    Outcome.WITHDRAWN: later("withdrawn"),
    Outcome.NO_ANSWER: later("no answer"),
}
SEEN_BY: Mapping[Visibility, str] = {
    Visibility.ME: later("only you see it"),
    Visibility.SERVER: later("members of this server can see it"),
}


def day(when: date) -> str:
    """Return a day in full."""
    return format_date(when, "long", locale=number_locale())


def title_of(details: Details) -> str:
    """Return a title that can't act."""
    return clip(inert(details.title), MAX_TITLE_SHOWN)


def due(when: date, today: date) -> str:
    """Return when something is due; what is past is said without blame."""
    if when == today:
        return _("due today, {day}").format(day=day(when))
    text = _("due {day}") if when > today else _("was due {day}")
    return text.format(day=day(when))


def progress(reached: Progress) -> str:
    """Return a progress in words."""
    if reached.total is None:
        return _("{percent} %").format(percent=reached.percent)
    text = _("{value} of {total} ({percent} %)")
    return text.format(value=reached.value, total=reached.total, percent=reached.percent)


def stage(milestone: Milestone) -> str:
    """Return where an application stands."""
    name = _(STAGES[milestone.stage or Stage.SAVED])
    if milestone.outcome is None:
        return name
    return _("{stage}: {outcome}").format(stage=name, outcome=_(OUTCOMES[milestone.outcome]))


def in_short(milestone: Milestone, today: date) -> str:
    """Return what matters most about a milestone, on one line."""
    return " · ".join(_marks(milestone, today))


def more(count: int) -> str:
    """Say how many aren't shown."""
    return ngettext("… and {count} more", "… and {count} more", count).format(count=count)


def _marks(milestone: Milestone, today: date) -> Iterator[str]:
    details = milestone.details
    if details.kind is Kind.APPLICATION:
        yield stage(milestone)
    elif details.kind is not Kind.GOAL:
        yield _(KINDS[details.kind])
    if milestone.state is State.DONE and milestone.done_at:
        yield _("done {when}").format(when=format_dt(milestone.done_at, "d"))
    elif details.due:
        yield due(details.due, today)
    if details.progress:
        yield progress(details.progress)
    if details.category:
        yield inert(details.category)
    if details.visibility is Visibility.SERVER:
        yield _("visible to the server")
