"""What importing a file of milestones does: it adds, and never changes what is there."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.i18n import _
from bot.milestones.files import Record
from bot.milestones.model import MOST_KEPT, MOST_OPEN, Kind, Milestone, State
from bot.plain_text import number
from bot.sheets.parsing import Parsed
from bot.sheets.rows import Problem


@dataclass(frozen=True)
class ImportPlan:
    """What a file adds; nothing, and nothing is written, if there is a problem."""

    added: tuple[Record, ...] = ()
    there: int = 0
    """Milestones of the file that the member has already: same kind, same title."""

    problems: tuple[Problem, ...] = ()
    more: int = 0
    """Problems beyond those that are listed."""

    at: datetime | None = None
    """When it was written, by which it is undone; None as long as nothing was."""


def plan_of(parsed: Parsed[Record], kept: Iterable[Milestone]) -> ImportPlan:
    """Return what importing a file adds to the milestones that a member keeps."""
    if parsed.problems:
        return ImportPlan(problems=parsed.problems, more=parsed.more)
    own = [*kept]
    left = Counter((each.details.kind, each.details.name) for each in own)
    records = [record for _line, record in parsed.items]
    added = tuple(record for record in records if _is_new(record, left))
    if problems := tuple(_too_many(own, added)):
        return ImportPlan(problems=problems)
    return ImportPlan(added, there=len(records) - len(added))


def _is_new(record: Record, left: Counter[tuple[Kind, str]]) -> bool:
    """Return whether no milestone is left that the record could be, and use that one up."""
    key = (record.details.kind, record.details.name)
    if left[key]:
        left[key] -= 1
        return False
    return True


def _too_many(own: list[Milestone], added: Iterable[Record]) -> Iterator[Problem]:
    records = [*added]
    opened = sum(each.state is State.OPEN for each in own)
    opened += sum(record.done_at is None for record in records)
    if opened > MOST_OPEN:
        text = _("You would have {count} open milestones; {limit} fit.")
        yield Problem(None, text.format(count=number(opened), limit=number(MOST_OPEN)))
    if len(own) + len(records) > MOST_KEPT:
        text = _("You would have {count} milestones, done ones included; {limit} fit.")
        count = number(len(own) + len(records))
        yield Problem(None, text.format(count=count, limit=number(MOST_KEPT)))
