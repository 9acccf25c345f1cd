"""What a file of answers does to those of a server, and what undoing that does."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.faq.files import Parsed
from bot.faq.model import MAX_ENTRIES, Entry
from bot.faq.text import EntryText, name_key
from bot.i18n import _
from bot.plain_text import number
from bot.sheets.parsing import listed
from bot.sheets.rows import Problem


@dataclass(frozen=True)
class Change:
    """An answer of the server that the file words differently."""

    before: Entry
    after: EntryText


@dataclass(frozen=True)
class ImportPlan:
    """What a file changes; nothing, and nothing is written, if there is a problem."""

    added: tuple[EntryText, ...] = ()
    changed: tuple[Change, ...] = ()
    unchanged: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    more: int = 0
    """Problems beyond those that are listed."""

    at: datetime | None = None
    """When it was written, by which it is undone; None as long as nothing was."""

    @property
    def changes_something(self) -> bool:
        """Whether there is anything to be written."""
        return bool(self.added or self.changed)


@dataclass(frozen=True)
class Imported:
    """A version of an answer that an import has written; there was nothing before a new one."""

    entry_id: int
    version: int
    before: EntryText | None


@dataclass(frozen=True)
class ImportUndo:
    """What undoing an import does."""

    removed: tuple[Entry, ...] = ()
    restored: tuple[Change, ...] = ()
    left: int = 0
    """Answers that stay: they were changed since, or what they were called is taken by now."""


@dataclass(frozen=True)
class _Match:
    """An answer of the file, and the server's answer to the same question."""

    line: int
    text: EntryText
    entry: Entry | None


def plan_of(parsed: Parsed, entries: Sequence[Entry]) -> ImportPlan:
    """Return what importing the file would do to a server with these answers."""
    if parsed.problems:
        return ImportPlan(problems=parsed.problems, more=parsed.more)
    by_question = {name_key(entry.question): entry for entry in entries}
    matches = [
        _Match(line, text, by_question.get(name_key(text.question))) for line, text in parsed.items
    ]
    problems = [*_taken(matches, entries), *_too_many(matches, len(entries))]
    if problems:
        first, more = listed(problems)
        return ImportPlan(problems=first, more=more)
    return ImportPlan(
        added=tuple(match.text for match in matches if match.entry is None),
        changed=tuple(_changes(matches)),
        unchanged=tuple(each.entry for each in matches if each.entry and _is_same(each)),
    )


def undo_of(imported: Sequence[Imported], entries: Sequence[Entry]) -> ImportUndo:
    """Return what undoing an import does to a server that has these answers now."""
    now = {entry.id: entry for entry in entries}
    undone = [*_undone(imported, now)]
    return ImportUndo(
        removed=tuple(now[each.entry_id] for each in undone if each.before is None),
        restored=tuple(Change(now[each.entry_id], each.before) for each in undone if each.before),
        left=len(imported) - len(undone),
    )


def _undone(imported: Sequence[Imported], now: Mapping[int, Entry]) -> Iterable[Imported]:
    """Return what can be put back: unchanged since, and no answer that stays has a name of it."""
    undone = {each.entry_id: each for each in imported if _is_unchanged(each, now)}
    wanted = {name: each for each in undone.values() for name in _names_before(each)}
    staying = [entry for entry in now.values() if entry.id not in undone]
    while staying:
        for name in staying.pop().text.keys:
            blocked = wanted.get(name)
            if blocked is not None and undone.pop(blocked.entry_id, None):
                staying.append(now[blocked.entry_id])
    return undone.values()


def _is_unchanged(each: Imported, now: Mapping[int, Entry]) -> bool:
    entry = now.get(each.entry_id)
    return entry is not None and entry.version == each.version


def _names_before(each: Imported) -> tuple[str, ...]:
    return each.before.keys if each.before else ()


def _changes(matches: Sequence[_Match]) -> Iterator[Change]:
    for match in matches:
        if match.entry is not None and not _is_same(match):
            yield Change(match.entry, match.text)


def _is_same(match: _Match) -> bool:
    return match.entry is not None and match.entry.text == match.text


def _taken(matches: Sequence[_Match], entries: Sequence[Entry]) -> Iterator[Problem]:
    """Return a problem for each name that an answer has which the file doesn't change."""
    replaced = {match.entry.id for match in matches if match.entry is not None}
    kept = [entry for entry in entries if entry.id not in replaced]
    owners = {key: entry for entry in kept for key in entry.text.keys}
    for match in matches:
        for name in (match.text.question, *match.text.aliases):
            owner = owners.get(name_key(name))
            if owner is not None:
                text = _("“{name}” is a name of the server's answer to “{question}” already.")
                yield Problem(match.line, text.format(name=name, question=owner.question))


def _too_many(matches: Sequence[_Match], there: int) -> Iterator[Problem]:
    count = there + sum(match.entry is None for match in matches)
    if count > MAX_ENTRIES:
        text = _("The server would have {count} answers; {limit} fit.")
        yield Problem(None, text.format(count=number(count), limit=number(MAX_ENTRIES)))
