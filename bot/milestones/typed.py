"""What members type about a milestone: checked and understood, and nothing typed gets lost."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.errors import MemberError
from bot.i18n import _, later
from bot.milestones.model import (
    MAX_CATEGORY,
    MAX_NEXT_STEP,
    MAX_NOTE,
    MAX_TITLE,
    Details,
    Kind,
    Visibility,
)
from bot.milestones.progress import UnclearProgress, progress_in
from bot.plain_text import code_point, first_control, folded, number, shown
from bot.when.errors import UnclearTime
from bot.when.phrases import Once, understand

MAX_SAID_BACK = 60
"""Characters of a phrase that wasn't understood."""

ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

CLEARING = frozenset({"none", "never", "-"})
"""What takes a date or a progress away, as a blank field of a form does."""


class Part(StrEnum):
    """A part of a milestone, as the columns of files are called."""

    TITLE = "title"
    NOTE = "note"
    DUE = "due"
    CATEGORY = "category"
    PROGRESS = "progress"
    NEXT_STEP = "next"
    NEXT_ON = "next_on"


LIMITS = {
    Part.TITLE: MAX_TITLE,
    Part.NOTE: MAX_NOTE,
    Part.CATEGORY: MAX_CATEGORY,
    Part.NEXT_STEP: MAX_NEXT_STEP,
}

NAMES = {
    Part.TITLE: later("The title"),
    Part.NOTE: later("The note"),
    Part.CATEGORY: later("The category"),
    Part.NEXT_STEP: later("The next step"),
}
"""What the parts are called at the beginning of a sentence."""


class Unfit(MemberError):
    """A text that is empty, too long, or can't be shown."""

    def __init__(self, part: Part, text: str) -> None:
        super().__init__(text)
        self.part = part


@dataclass(frozen=True)
class Typed:
    """What a member typed; None leaves a part as it is, a blank text takes it away."""

    title: str | None = None
    note: str | None = None
    due: str | None = None
    category: str | None = None
    progress: str | None = None
    next_step: str | None = None
    next_on: str | None = None
    visibility: Visibility | None = None


@dataclass(frozen=True)
class Understood:
    """What was made of it, and what is the matter with dates and progress that weren't clear."""

    details: Details
    problems: tuple[str, ...] = ()


def understood(typed: Typed, before: Details, now: datetime, zone: str) -> Understood:
    """Return what a milestone is after what was typed; unclear parts stay as they were.

    Phrases mean dates in the member's zone. Raises Unfit.
    """
    details = _with_texts(typed, before)
    problems: list[str] = []
    if typed.due is not None:
        due = _date_or_problem(typed.due, now, zone, problems, before.due)
        details = replace(details, due=due)
    if typed.next_on is not None:
        next_on = _date_or_problem(typed.next_on, now, zone, problems, before.next_on)
        details = replace(details, next_on=next_on)
    if typed.progress is not None:
        details = _with_progress(details, typed.progress, problems)
    if typed.visibility is not None:
        details = _with_visibility(details, typed.visibility, problems)
    return Understood(details, tuple(problems))


def fit(part: Part, text: str) -> str:
    """Return a text without needless white space. Raises Unfit."""
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    tidy = tidy if part is Part.NOTE else folded(tidy)
    if part is Part.TITLE and not tidy:
        raise Unfit(part, _("The title is empty. A few words are enough."))
    if len(tidy) > LIMITS[part]:
        problem = _("{part} has {count} characters; {limit} fit.")
        counts = {"count": number(len(tidy)), "limit": number(LIMITS[part])}
        raise Unfit(part, problem.format(part=_(NAMES[part]), **counts))
    place = first_control(tidy)
    if place is not None:
        problem = _("{part} has a character that can't be shown ({code}). Take it out.")
        raise Unfit(part, problem.format(part=_(NAMES[part]), code=code_point(tidy[place])))
    return tidy


def date_meant(typed: str, now: datetime, zone: str) -> date | None:
    """Return the local date of a phrase or an ISO date, None for a blank. Raises UnclearTime."""
    text = folded(typed)
    if not text or text.casefold() in CLEARING:
        return None
    if exact := iso_date(text):
        return exact
    meant = understand(text, now, zone)
    if not isinstance(meant, Once):
        raise UnclearTime(_("That repeats."), example="3 April 2027")
    return meant.at.astimezone(ZoneInfo(zone)).date()


def iso_date(text: str) -> date | None:
    """Return the day that is written like 2027-04-03, None if it isn't one."""
    try:
        return date.fromisoformat(text) if ISO.fullmatch(text) else None
    except ValueError:
        return None


def _with_texts(typed: Typed, before: Details) -> Details:
    return replace(
        before,
        title=fit(Part.TITLE, before.title if typed.title is None else typed.title),
        note=fit(Part.NOTE, before.note if typed.note is None else typed.note),
        category=fit(Part.CATEGORY, before.category if typed.category is None else typed.category),
        next_step=fit(
            Part.NEXT_STEP, before.next_step if typed.next_step is None else typed.next_step
        ),
    )


def _date_or_problem(
    typed: str, now: datetime, zone: str, problems: list[str], before: date | None
) -> date | None:
    try:
        return date_meant(typed, now, zone)
    except UnclearTime as problem:
        text = _("I couldn't read “{typed}” as a date, so I left it. {problem}")
        said = shown(typed, MAX_SAID_BACK)
        problems.append(text.format(typed=said, problem=problem))
        return before


def _with_progress(details: Details, typed: str, problems: list[str]) -> Details:
    try:
        blank = folded(typed).casefold() in CLEARING
        return replace(details, progress=None if blank else progress_in(typed))
    except UnclearProgress as problem:
        problems.append(str(problem))
        return details


def _with_visibility(details: Details, wanted: Visibility, problems: list[str]) -> Details:
    if wanted is Visibility.SERVER and details.kind is not Kind.GOAL:
        problems.append(_("Applications, interviews and offers stay private: only you see them."))
        return details
    return replace(details, visibility=wanted)
