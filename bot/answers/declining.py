"""When a question isn't answered, and what is said instead."""

from collections.abc import Sequence

from bot.answers.cues import cues
from bot.answers.judging import Judgement
from bot.answers.mentions import Named
from bot.answers.options import Option
from bot.answers.reading import Reading
from bot.answers.topics import Refusal
from bot.answers.words import PERSON
from bot.careers.model import Topic
from bot.i18n import _

ABOUT_A_MEMBER = "about a member"
ANOTHER_JOB = "another occupation"
ONE_PLACE = "one place or employer"
TOO_UNSURE = "too unsure"
WHICH_ROLE = "which role?"
A_COMMAND = "a command"
NOTHING_SAID = "nothing said"
"""Why a question isn't answered, as an explanation names it."""

LEAST = 0.55
"""The confidence from which a question is answered; see docs/decisions/0010."""

LEAST_WITHOUT_ROLE = 0.65
"""The same where neither the question nor its asker tells which role is meant."""

ABOUT_ONE = frozenset({Topic.PAY, Topic.DEMAND, Topic.REMOTE, Topic.LADDER})
"""Topics whose figures hold for no single place or employer."""

TELLING = -0.5
"""The margin of a reason to decline from which it is given."""

ABOUT_ANYONE = frozenset({Topic.SWITCHING, Topic.FIT, Topic.ENTRY, Topic.RELATED})
"""Topics in which people speak of another occupation without asking about it."""


BEFORE = 4
"""Words before an occupation that are looked at for those."""


def reason_against(
    judgement: Judgement, best: Option, confidence: float, *, role_known: bool
) -> str | None:
    """Return why a question isn't answered, in a word or two; None if it is."""
    if best.entry is not None:
        return None
    ruled_out = _ruled_out(judgement.reading, best.topic)
    if ruled_out is not None or confidence < LEAST:
        return ruled_out or TOO_UNSURE
    sure = role_known or bool(best.terms) or confidence >= LEAST_WITHOUT_ROLE
    return None if sure else WHICH_ROLE


def _ruled_out(reading: Reading, topic: Topic | None) -> str | None:
    """Return why it isn't answered however well it is understood, if so."""
    if PERSON in reading.said:
        return ABOUT_A_MEMBER
    if _is_command(reading.said):
        return A_COMMAND
    if topic is not None and topic not in ABOUT_ANYONE and _other_job(reading):
        return ANOTHER_JOB
    return ONE_PLACE if topic in ABOUT_ONE and _about_one_place(reading) else None


def _is_command(said: Sequence[str]) -> bool:
    """Whether it asks for something to be made or done."""
    first = next((word for word in said if word not in cues().politely), "")
    return first in cues().commands


def _other_job(reading: Reading) -> bool:
    """Whether it asks about an occupation that isn't a role's, rather than tells of one's own."""
    if reading.named(Named.ROLE) or not cues().pointing.isdisjoint(reading.said):
        return False
    jobs = [span for span in reading.found if any(each.sort is Named.JOB for each in span.value)]
    return bool(jobs) and not any(_of_oneself(reading.said, span.start) for span in jobs)


def _of_oneself(said: Sequence[str], start: int) -> bool:
    return not cues().oneself.isdisjoint(said[max(0, start - BEFORE) : start])


def _about_one_place(reading: Reading) -> bool:
    return bool(reading.named(Named.PLACE) or reading.named(Named.COMPANY))


def note_on(judgement: Judgement, reason: str) -> str:
    """Return what is said to a question that isn't answered."""
    likeliest, margin = max(judgement.refusals, key=lambda each: each[1])
    against = likeliest if margin >= TELLING else None
    if reason == NOTHING_SAID:
        return _("Ask me something in words.")
    if reason == WHICH_ROLE:
        return _("Which career do you mean?")
    if reason == ABOUT_A_MEMBER:
        return _("I don't tell anything about members.")
    if reason == ANOTHER_JOB or against is Refusal.OTHER_JOB:
        return _("I only know the careers that `/role list` shows, and that isn't one of them.")
    if reason == ONE_PLACE or against is Refusal.NO_FIGURE:
        return _("I have no sourced answer to that, so I won't guess.")
    return _("I don't know that. I answer from what the packs of the careers here state.")
