"""Answers as YAML, for people and version control: plain lists, mappings and text."""

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from bot.faq.rows import Field, Found, Problem, Unreadable, from_fields
from bot.faq.text import EntryText
from bot.i18n import _

LIST = "entries"
"""The only key of a file that isn't a list itself."""

MAX_DEPTH = 4
"""The mapping with `entries`, the list, an answer, its aliases."""

BLANK = ("", "~", "null", "Null", "NULL")
"""What stands for nothing where it isn't quoted."""

# libyaml is ten times as fast; not every machine's PyYAML has it.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(DUMPER):
    """Writes text of several lines as it is read."""


def _lines(dumper: Any, text: str) -> Any:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _lines)


def read(text: str) -> Iterator[Found | Problem]:
    """Return the answers of the list. Raises Unreadable."""
    try:
        _check_plain(text)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise Unreadable(line, _not_yaml(error.problem)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(None, _not_yaml(error)) from None
    for node in _items(root):
        yield from _answer(node)


def write(entries: Iterable[EntryText]) -> str:
    """Return the answers as a list of mappings; what is blank is left out."""
    answers = [_plain(entry) for entry in entries]
    return yaml.dump(answers, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=90)


def _check_plain(text: str) -> None:
    """Raise Unreadable for what could stand for more than is written, before it is built."""
    depth = 0
    events: Iterator[Any] = yaml.parse(text, Loader=LOADER)
    for event in events:
        line = event.start_mark.line + 1
        if getattr(event, "anchor", None) is not None:
            raise Unreadable(line, _("Anchors (&) and aliases (*) aren't allowed. Write it out."))
        if getattr(event, "tag", None) is not None:
            raise Unreadable(line, _("Tags (!) aren't allowed. Put the text between quotes."))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise Unreadable(line, _("There are lists in lists here. An answer has only texts."))


def _items(root: yaml.Node | None) -> list[yaml.Node]:
    listed = _under_entries(root) if isinstance(root, yaml.MappingNode) else root
    if isinstance(listed, yaml.SequenceNode):
        return listed.value
    problem = _("The file must be a list of answers, each beginning with - question:")
    raise Unreadable(1 if root is None else _line(root), problem)


def _under_entries(root: yaml.MappingNode) -> yaml.Node | None:
    """Return what is under the only key, if that is `entries`."""
    pairs: list[tuple[yaml.Node, yaml.Node]] = root.value
    named = [value for key, value in pairs if key.value == LIST]
    return named[0] if len(named) == len(pairs) == 1 else None


def _answer(node: yaml.Node) -> Iterator[Found | Problem]:
    if not isinstance(node, yaml.MappingNode):
        yield Problem(_line(node), _("An answer must have a question: and an answer:"))
        return
    fields = [Field(_name(key), _value(value), _line(key)) for key, value in node.value]
    yield from from_fields(_line(node), fields)


def _name(key: yaml.Node) -> str:
    return key.value if isinstance(key, yaml.ScalarNode) else "…"


def _value(node: yaml.Node) -> object:
    """Return text, None, or a list; a mapping as it is, which no part of an answer can be."""
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in BLANK else node.value
    return node


def _plain(entry: EntryText) -> dict[str, str | list[str]]:
    parts: dict[str, str | list[str] | None] = {
        "question": entry.question,
        "aliases": [*entry.aliases],
        "answer": entry.answer,
        "role": entry.role,
        "source": entry.source,
    }
    return {name: value for name, value in parts.items() if value}


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1


def _not_yaml(problem: object) -> str:
    return _("This isn't valid YAML: {problem}").format(problem=problem)
