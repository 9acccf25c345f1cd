"""What members have finished, in words."""

from collections.abc import Iterator, Mapping, Sequence

from bot.celebrations.model import Occasion, Told
from bot.chat.quoting import on_one_line
from bot.i18n import _, later, ngettext

MOST_TOLD = 8
"""So that all fit on a card."""

MAX_TITLE = 150
"""Characters."""

LINES: Mapping[Occasion, str] = {
    Occasion.PHASE: later("Finished a phase on the way to {career}: **{title}**"),
    Occasion.JOURNEY: later("Came all the way to {title}: every task of the journey is done"),
    Occasion.GOAL: later("Reached a goal: **{title}**"),
    Occasion.INTERVIEW: later("Had an interview: **{title}**"),
    Occasion.OFFER: later("Got an offer: **{title}**"),
    Occasion.ACCEPTED: later("Application accepted: **{title}**"),
}


def lines(told: Sequence[Told]) -> str:
    """Return what was finished, a line for each; titles can't act."""
    return "\n".join(_lines(told))


def _lines(told: Sequence[Told]) -> Iterator[str]:
    for each in told[:MOST_TOLD]:
        title, career = on_one_line(each.title, MAX_TITLE), on_one_line(each.career, MAX_TITLE)
        line = _(LINES[each.occasion]).format(title=title, career=career)
        yield f"- {line}"
    more = len(told) - MOST_TOLD
    if more > 0:
        yield ngettext("… and {count} more", "… and {count} more", more).format(count=more)
