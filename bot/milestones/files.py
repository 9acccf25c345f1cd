"""Milestones from files and into files, for spreadsheets; what is written is read back the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from bot.errors import MemberError
from bot.i18n import _, later
from bot.milestones.model import Details, Kind, Visibility
from bot.milestones.progress import UnclearProgress, progress_in
from bot.milestones.stages import MOST_STEPS, Outcome, Stage, Step, Steps
from bot.milestones.typed import Part, Unfit, fit, iso_date
from bot.plain_text import folded, shown
from bot.sheets import tables
from bot.sheets.parsing import Parsed, listed, parsed
from bot.sheets.reading import rows
from bot.sheets.rows import Problem, Row, Shape, Unreadable, Value

MAX_FILE = 2_000_000
"""Bytes."""

MAX_SAID_BACK = 40
"""Characters of a cell that can't be read."""

TITLE, NOTE, CATEGORY, NEXT_STEP = Part.TITLE, Part.NOTE, Part.CATEGORY, Part.NEXT_STEP
KIND, VISIBILITY, DONE, STAGE, OUTCOME, STEPS = (
    "kind", "visibility", "done", "stage", "outcome", "steps"
)  # fmt: skip

APPLICATIONS_ONLY = (NEXT_STEP.value, Part.NEXT_ON.value, STAGE, OUTCOME, STEPS)

SHAPE = Shape(
    later("A milestone"),
    later("milestones"),
    (
        TITLE.value, KIND, NOTE.value, Part.DUE.value, CATEGORY.value, VISIBILITY,
        Part.PROGRESS.value, DONE, STAGE, OUTCOME, NEXT_STEP.value, Part.NEXT_ON.value, STEPS,
    ),
    lists=frozenset({STEPS}),
    needed=(TITLE.value,),
    under="milestones",
)  # fmt: skip

Choice = TypeVar("Choice", bound=StrEnum)


class Misfit(MemberError):
    """What a cell says doesn't fit; the text says why."""

    def __init__(self, column: str, text: str) -> None:
        super().__init__(text)
        self.column = column


@dataclass(frozen=True)
class Record:
    """A milestone as a file has it; an application has steps, and is done when it is closed."""

    details: Details
    done_at: datetime | None = None
    outcome: Outcome | None = None
    steps: Steps = ()


def read_file(name: str, data: bytes, now: datetime) -> Parsed[Record]:
    """Return the milestones of a file, or what is wrong with it; never raises.

    May take a second for the largest files: call it in a thread.
    """
    none = _("There is no milestone in the file.")
    try:
        found = rows(name, data, SHAPE, MAX_FILE)
        return parsed(found, lambda row: _checked(row, now), lambda _records: (), none)
    except Unreadable as error:
        return Parsed((), *listed([error.problem]))


def write_csv(records: Iterable[Record]) -> bytes:
    """Return a CSV file, with the mark by which spreadsheets know UTF-8."""
    return tables.write(map(_values, records), SHAPE).encode("utf-8-sig")


def record_of(values: Mapping[str, Value], now: datetime) -> Record:
    """Return what a row says. Raises Unfit or Misfit."""
    details = _details(values)
    if details.kind is Kind.APPLICATION:
        return _application(details, values, now)
    for column in APPLICATIONS_ONLY:
        if _text(values, column):
            text = _("Only applications have “{column}”. Leave it blank.")
            raise Misfit(column, text.format(column=column))
    return Record(details, _instant(DONE, _text(values, DONE), now))


def _checked(row: Row, now: datetime) -> Record | Problem:
    try:
        return record_of(row.values, now)
    except Unfit as problem:
        return Problem(row.lines.get(problem.part, row.line), str(problem))
    except Misfit as problem:
        return Problem(row.lines.get(problem.column, row.line), str(problem))


def _details(values: Mapping[str, Value]) -> Details:
    details = Details(
        title=fit(TITLE, _text(values, TITLE)),
        kind=_choice(KIND, _text(values, KIND), Kind) or Kind.GOAL,
        note=fit(NOTE, _text(values, NOTE)),
        due=_day(Part.DUE, _text(values, Part.DUE)),
        category=fit(CATEGORY, _text(values, CATEGORY)),
        visibility=_choice(VISIBILITY, _text(values, VISIBILITY), Visibility) or Visibility.ME,
        next_step=fit(NEXT_STEP, _text(values, NEXT_STEP)),
        next_on=_day(Part.NEXT_ON, _text(values, Part.NEXT_ON)),
    )
    if details != details.private_if_must_be():
        text = _("Only goals can be visible to the server. Write “me”, or leave it blank.")
        raise Misfit(VISIBILITY, text)
    try:
        return replace(details, progress=progress_in(_text(values, Part.PROGRESS)))
    except UnclearProgress as problem:
        raise Misfit(Part.PROGRESS, str(problem)) from None


def _application(details: Details, values: Mapping[str, Value], now: datetime) -> Record:
    stage = _choice(STAGE, _text(values, STAGE), Stage)
    outcome = _choice(OUTCOME, _text(values, OUTCOME), Outcome)
    done_at = _instant(DONE, _text(values, DONE), now)
    steps = _steps(values, now)
    if not steps:
        steps = (Step(stage or Stage.SAVED, done_at or now),)
    last = steps[-1]
    if stage not in {None, last.stage}:
        raise Misfit(STAGE, _("The stage isn't that of the last of the steps."))
    is_closed = last.stage is Stage.CLOSED
    if done_at and not is_closed:
        raise Misfit(DONE, _("An application that is done has the stage “closed”."))
    if outcome and not is_closed:
        raise Misfit(OUTCOME, _("An application that has an outcome has the stage “closed”."))
    return Record(details, (done_at or last.at) if is_closed else None, outcome, steps)


def _steps(values: Mapping[str, Value], now: datetime) -> Steps:
    written = values.get(STEPS, ())
    texts = [folded(each) for each in ((written,) if isinstance(written, str) else written)]
    steps = tuple(_step(each, now) for each in texts if each)
    if len(steps) > MOST_STEPS:
        text = _("There are {count} steps; {limit} fit.")
        raise Misfit(STEPS, text.format(count=len(steps), limit=MOST_STEPS))
    if any(after.at < before.at for before, after in pairwise(steps)):
        raise Misfit(STEPS, _("The steps aren't in the order of their times."))
    return steps


def _step(text: str, now: datetime) -> Step:
    name, _space, written = text.partition(" ")
    stage, at = _choice(STEPS, name, Stage), _instant(STEPS, written, now)
    if stage is None or at is None:
        example = f"{Stage.APPLIED} 2026-11-24"
        problem = _("“{text}” isn't a step. Write it like “{example}”.")
        said = shown(text, MAX_SAID_BACK)
        raise Misfit(STEPS, problem.format(text=said, example=example))
    return Step(stage, at)


def _text(values: Mapping[str, Value], name: str) -> str:
    """Return a cell's text; of a list, whether there is anything."""
    value = values.get(name, "")
    return value if isinstance(value, str) else "".join(value).strip()


def _choice(column: str, text: str, choices: type[Choice]) -> Choice | None:
    """Return what is meant, None for a blank. Raises Misfit."""
    meant = folded(text).casefold()
    if not meant:
        return None
    for choice in choices:
        if choice.value == meant:
            return choice
    problem = _("“{text}” isn't a {column}. Those are {choices}.")
    known = ", ".join(choices)
    said = shown(text, MAX_SAID_BACK)
    raise Misfit(column, problem.format(text=said, column=column, choices=known))


def _day(column: str, text: str) -> date | None:
    if not text.strip():
        return None
    day = iso_date(text.strip())
    if day is None:
        problem = _("“{text}” isn't a date. Write dates like 2027-04-03.")
        raise Misfit(column, problem.format(text=shown(text, MAX_SAID_BACK)))
    return day


def _instant(column: str, text: str, now: datetime) -> datetime | None:
    """Return the time (UTC unless it says otherwise), None for a blank. Raises Misfit."""
    if not text.strip():
        return None
    try:
        read = datetime.fromisoformat(text.strip())
        at = (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        problem = _("“{text}” isn't a time. Write times like 2026-11-24 or 2026-11-24 18:30.")
        raise Misfit(column, problem.format(text=shown(text, MAX_SAID_BACK))) from None
    if at > now:
        raise Misfit(column, _("“{column}” is in the future.").format(column=column))
    return at


def _values(record: Record) -> dict[str, Value]:
    details, progress = record.details, record.details.progress
    return {
        TITLE: details.title,
        KIND: details.kind.value,
        NOTE: details.note,
        Part.DUE: _iso(details.due),
        CATEGORY: details.category,
        VISIBILITY: details.visibility.value,
        Part.PROGRESS: progress.as_typed if progress else "",
        DONE: _iso(record.done_at),
        STAGE: record.steps[-1].stage.value if record.steps else "",
        OUTCOME: record.outcome.value if record.outcome else "",
        NEXT_STEP: details.next_step,
        Part.NEXT_ON: _iso(details.next_on),
        STEPS: tuple(f"{step.stage} {_iso(step.at)}" for step in record.steps),
    }


def _iso(when: date | datetime | None) -> str:
    return when.isoformat() if when else ""
