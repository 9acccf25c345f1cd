"""What days, reasons and choices are called."""

from collections.abc import Mapping, Sequence
from datetime import date

from discord.utils import format_dt

from bot.daily.model import Config, Counts, Post, PostState, Skip, Standing
from bot.delivery.model import Reason
from bot.delivery.reasons import in_words
from bot.i18n import _, later, ngettext
from bot.questions.model import Kind, Level
from bot.when.phrases import describe
from cogs.questions.words import KINDS, LEVELS

SKIPS: Mapping[str, str] = {
    Skip.LATE: later("I came back too late for it."),
    Skip.DOWN: later("I was down all day."),
    Skip.PAUSED: later("It was paused."),
    Skip.STOPPED: later("I had stopped, as I couldn't post."),
    Skip.MANAGER: later("A manager skipped it."),
    Skip.EMPTY: later("There was no question left."),
    Skip.CHANGED: later("Its time was changed that day."),
}


def why(reason: str | None) -> str:
    """Return why a day has no post."""
    known = SKIPS.get(reason or "")
    return _(known) if known else in_words(reason)


def day_line(post: Post) -> str:
    """Return what became of a day, on one line."""
    if post.state is PostState.CHOSEN:
        return _("- {day}: being posted").format(day=written(post.day))
    if post.state is PostState.SKIPPED:
        return _("- {day}: skipped. {why}").format(day=written(post.day), why=why(post.reason))
    line = _("- {day}: posted, {link}").format(day=written(post.day), link=post.link or "…")
    notes = [_("no thread: {why}").format(why=in_words(post.thread_reason))] if _lacks(post) else []
    if post.reveal_reason:
        notes.append(_("key points not shown: {why}").format(why=in_words(post.reveal_reason)))
    return " · ".join([line, *notes])


def _lacks(post: Post) -> bool:
    return post.thread_reason is not None and post.thread_id is None


def written(day: date) -> str:
    """Return a date as everyone reads it."""
    return day.isoformat()


def rule(standing: Standing) -> str:
    """Return when it posts, in words."""
    return describe(standing.recurrence)


def comes(standing: Standing) -> str:
    """Return when the next question comes, or why none does."""
    if standing.upcoming is not None:
        at = standing.upcoming
        return f"{format_dt(at, 'F')} ({format_dt(at, 'R')})"
    if standing.stopped not in {None, Reason.PAUSED}:
        return _("stopped. {why} Then resume it.").format(why=in_words(standing.stopped))
    return _("paused")


def comes_in_short(standing: Standing) -> str:
    """Return when the next question comes, in a word or two."""
    return format_dt(standing.upcoming, "R") if standing.upcoming else _("rests")


def asked(config: Config, titles: Mapping[str, str]) -> str:
    """Return which questions are asked."""
    role = titles.get(config.role, config.role) if config.role else _("every career")
    return " · ".join([role, levels(config.levels), kinds(config.kinds)])


def levels(chosen: Sequence[Level]) -> str:
    """Return the levels, or that all are meant."""
    return ", ".join(_(LEVELS[each]) for each in chosen) or _("every level")


def kinds(chosen: Sequence[Kind]) -> str:
    """Return the kinds, or that all are meant."""
    return ", ".join(_(KINDS[each]) for each in chosen) or _("every kind")


def how(config: Config) -> str:
    """Return how it posts."""
    hours = ngettext("key points after {n} hour", "key points after {n} hours", config.reveal_hours)
    ping = f"<@&{config.ping_role}>" if config.ping_role else _("without a notification")
    thread = [_("with a thread")] if config.thread else []
    return " · ".join([ping, *thread, hours.format(n=config.reveal_hours)])


def named(standing: Standing, channel: str, titles: Mapping[str, str]) -> str:
    """Return a name for one of several: where, when, what."""
    return " · ".join([channel, rule(standing), asked(standing.config, titles)])


def left(counts: Counts) -> str:
    """Return how many questions are left."""
    text = ngettext("{left} of {pool} question", "{left} of {pool} questions", counts.pool)
    round_ = _("round {round}").format(round=counts.round)
    return f"{text.format(left=counts.left, pool=counts.pool)} · {round_}"
