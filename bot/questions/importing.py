"""What a file of questions does to those of a server, and what undoing that does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.i18n import _
from bot.plain_text import number
from bot.questions.files import Parsed
from bot.questions.known import State
from bot.questions.likeness import pairs
from bot.questions.own import MAX_KEPT, MAX_QUESTIONS, Own
from bot.questions.text import QuestionText, name_of
from bot.sheets.parsing import listed
from bot.sheets.rows import Problem


@dataclass(frozen=True)
class Change:
    """A question of the server that the file words differently, or brings back."""

    before: Own
    after: QuestionText


@dataclass(frozen=True)
class Alike:
    """A new question, and one that is nearly the same."""

    new: str
    other: str


@dataclass(frozen=True)
class ImportPlan:
    """What a file changes; nothing, and nothing is written, if there is a problem."""

    added: tuple[QuestionText, ...] = ()
    changed: tuple[Change, ...] = ()
    unchanged: tuple[Own, ...] = ()
    alike: tuple[Alike, ...] = ()
    """New questions that are nearly the same as others; they are imported all the same."""

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
    """A version of a question that an import has written, and what was before."""

    question_id: int
    version: int
    before: QuestionText | None
    """None where there was nothing."""

    state: State = State.RETIRED
    """What it was before."""


@dataclass(frozen=True)
class Back:
    """A question that gets back the text and the state that it had."""

    question: Own
    text: QuestionText
    state: State


@dataclass(frozen=True)
class ImportUndo:
    """What undoing an import does."""

    retired: tuple[Own, ...] = ()
    restored: tuple[Back, ...] = ()
    left: int = 0
    """Questions that stay: they were changed since."""


def plan_of(
    parsed: Parsed, own: Sequence[Own], built_in: Sequence[str], *, roles: Sequence[str]
) -> ImportPlan:
    """Return what importing the file would do to a server with these questions.

    `own` has the retired ones too; `built_in` are the texts of packs' questions, `roles` the
    slugs of loaded packs.
    """
    if parsed.problems:
        return ImportPlan(problems=parsed.problems, more=parsed.more)
    there = _by_name(own)
    added = tuple(text for _, text in parsed.items if text.name not in there)
    problems = [*_unknown_roles(parsed, own, roles), *_too_many(parsed, own, len(added))]
    if problems:
        first, more = listed(problems)
        return ImportPlan(problems=first, more=more)
    found = [Change(there[text.name], text) for _, text in parsed.items if text.name in there]
    return ImportPlan(
        added=added,
        changed=tuple(each for each in found if not _is_same(each)),
        unchanged=tuple(each.before for each in found if _is_same(each)),
        alike=tuple(_alike(added, own, built_in)),
    )


def undo_of(imported: Sequence[Imported], own: Sequence[Own]) -> ImportUndo:
    """Return what undoing an import does to a server that has these questions now."""
    now = {each.id: each for each in own}
    undone = [
        (now[each.question_id], each)
        for each in imported
        if each.question_id in now and now[each.question_id].version == each.version
    ]
    return ImportUndo(
        retired=tuple(question for question, each in undone if each.before is None),
        restored=tuple(
            Back(question, each.before, each.state) for question, each in undone if each.before
        ),
        left=len(imported) - len(undone),
    )


def _by_name(own: Sequence[Own]) -> dict[str, Own]:
    """Return the questions by their texts; of those that share one, the active one."""
    ordered = sorted(own, key=lambda each: each.state is State.ACTIVE)
    return {each.text.name: each for each in ordered}


def _is_same(change: Change) -> bool:
    return change.before.text == change.after and change.before.state is State.ACTIVE


def _alike(
    added: Sequence[QuestionText], own: Sequence[Own], built_in: Sequence[str]
) -> Iterator[Alike]:
    """Return the new questions that are nearly the same as active, built-in or new ones."""
    active = [each.text for each in own if each.state is State.ACTIVE]
    texts = [*(each.text for each in active), *built_in, *(each.text for each in added)]
    there = [*(each.name for each in active), *map(name_of, built_in)]
    for pair in pairs([each.name for each in added], there):
        yield Alike(added[pair.first].text, texts[pair.second])


def _unknown_roles(parsed: Parsed, own: Sequence[Own], roles: Sequence[str]) -> Iterator[Problem]:
    """Return a problem for each role that no pack describes, nor was given before."""
    known = {*roles, *(each.text.role for each in own)}
    for line, text in parsed.items:
        if text.role is not None and text.role not in known:
            problem = _("I know no career “{role}”. Those that I know: {roles}.")
            yield Problem(line, problem.format(role=text.role, roles=", ".join(roles)))


def _too_many(parsed: Parsed, own: Sequence[Own], added: int) -> Iterator[Problem]:
    names = {text.name for _, text in parsed.items}
    names |= {each.text.name for each in own if each.state is State.ACTIVE}
    text = _("The server would have {count} questions; {limit} fit.")
    if len(names) > MAX_QUESTIONS:
        yield Problem(None, text.format(count=number(len(names)), limit=number(MAX_QUESTIONS)))
    kept = len(own) + added
    if kept > MAX_KEPT:
        text = _("The server would have {count} questions with the retired ones; {limit} fit.")
        yield Problem(None, text.format(count=number(kept), limit=number(MAX_KEPT)))
