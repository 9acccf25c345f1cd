"""Comparing a file of answers with those of a server, before anything is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.faq.model import MAX_ENTRIES, Entry
from bot.faq.rows import Parsed, Problem, refused
from bot.faq.text import EntryText, name_key, number
from bot.i18n import _


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

    @property
    def changes_something(self) -> bool:
        """Whether there is anything to be written."""
        return bool(self.added or self.changed)


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
        _Match(line, text, by_question.get(name_key(text.question)))
        for line, text in parsed.entries
    ]
    problems = [*_taken(matches, entries), *_too_many(matches, len(entries))]
    if problems:
        listed = refused(problems)
        return ImportPlan(problems=listed.problems, more=listed.more)
    return ImportPlan(
        added=tuple(match.text for match in matches if match.entry is None),
        changed=tuple(_changes(matches)),
        unchanged=tuple(each.entry for each in matches if each.entry and _is_same(each)),
    )


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
