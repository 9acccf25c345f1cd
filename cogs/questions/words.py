"""What levels, kinds and states are called."""

from collections.abc import Mapping

from bot.i18n import _, later, ngettext
from bot.questions.known import Known
from bot.questions.model import Kind, Level

LEVELS: Mapping[Level, str] = {
    Level.ENTRY: later("entry level"),
    Level.MID: later("mid level"),
    Level.SENIOR: later("senior level"),
    Level.LEAD: later("lead level"),
}
KINDS: Mapping[Kind, str] = {
    Kind.KNOWLEDGE: later("knowledge"),
    Kind.SCENARIO: later("scenario"),
    Kind.BEHAVIOURAL: later("behavioural"),
    Kind.TECHNICAL: later("technical"),
    Kind.POLICY_WRITING: later("policy writing"),
    Kind.CASE: later("case"),
}


def in_short(known: Known, titles: Mapping[str, str]) -> str:
    """Return a question's level, kind, minutes and career, on one line."""
    minutes = ngettext("{count} minute", "{count} minutes", known.question.minutes)
    parts = [
        _(LEVELS[known.question.level]),
        _(KINDS[known.question.kind]),
        minutes.format(count=known.question.minutes),
    ]
    if known.role:
        parts.append(titles.get(known.role, known.role))
    return " · ".join(parts)
