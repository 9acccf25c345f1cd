"""What days, places and answers are called."""

from collections.abc import Iterable, Mapping
from datetime import date

from babel.dates import format_date
from discord.utils import format_dt

from bot.chat.limits import clip
from bot.chat.quoting import inert
from bot.checkins.model import Answer, Config, Place, Prompt, Standing, Status
from bot.delivery.model import Reason
from bot.delivery.reasons import in_words
from bot.i18n import _, later, ngettext, number_locale
from bot.when.phrases import describe

STANDARD = later("What did you get done?")
ANSWERS: Mapping[Answer, str] = {
    Answer.DONE: later("Done something"),
    Answer.ON_TRACK: later("On track"),
    Answer.STUCK: later("Stuck"),
    Answer.SKIP: later("Skip today"),
}
SHOWN_OF_EACH = 500
"""Characters of each thing a member said."""


def written(day: date) -> str:
    """Return a date for people, such as Tue, Nov 24."""
    return format_date(day, "EEE, MMM d", locale=number_locale())


def listed(days: Iterable[date]) -> str:
    """Return dates with commas between."""
    return ", ".join(written(day) for day in days)


def questions(asked: Iterable[str]) -> tuple[str, ...]:
    """Return what is asked: a member's own questions, or the standard one."""
    return tuple(each or _(STANDARD) for each in asked)


def said(prompt: Prompt) -> list[str]:
    """Return what was answered, each beneath its question."""
    pairs = zip(questions(prompt.questions), prompt.day.said, strict=False)
    return [
        f"**{inert(question)}**\n{clip(inert(text), SHOWN_OF_EACH)}"
        for question, text in pairs
        if text
    ]


def ticked(count: int) -> str:
    """Return how many tasks were ticked."""
    return ngettext("{n} task ticked.", "{n} tasks ticked.", count).format(n=count)


def reopened(count: int) -> str:
    """Return how many tasks are open again."""
    text = ngettext("{n} ticked task is open again.", "{n} ticked tasks are open again.", count)
    return text.format(n=count)


def where(config: Config) -> str:
    """Return where a member is asked."""
    if config.place is Place.HERE and config.channel_id is not None:
        return _("in <#{channel}>").format(channel=config.channel_id)
    return _("by direct message")


def rule(standing: Standing) -> str:
    """Return when they are asked, in words."""
    return describe(standing.course.recurrence())


def comes(standing: Standing) -> str:
    """Return when they are asked next, or why they aren't."""
    if standing.upcoming is not None:
        at = standing.upcoming
        return f"{format_dt(at, 'F')} ({format_dt(at, 'R')})"
    if standing.config.state is Status.OFF:
        return _("never: they are off")
    if standing.stopped not in {None, Reason.PAUSED}:
        return _("stopped. {why} Then resume it.").format(why=in_words(standing.stopped))
    return _("paused")


def lost(days: Iterable[date]) -> str:
    """Return which days a change of the zone or hour has cost."""
    text = _("As your zone or hour changed, you weren't asked on {days}.")
    return text.format(days=listed(days))
