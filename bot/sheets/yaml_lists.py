"""Rows as YAML, for people and version control: plain lists, mappings and text."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from bot.i18n import _
from bot.sheets.rows import Field, Problem, Row, Shape, Unreadable, Value, row_of, too_deep

MAX_DEPTH = 4
"""The mapping around the list, the list, a row, its lists."""

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


def read(text: str, shape: Shape) -> Iterator[Row | Problem]:
    """Return the rows of the list. Raises Unreadable."""
    try:
        _check_plain(text, shape)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise Unreadable(line, _not_yaml(error.problem)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(None, _not_yaml(error)) from None
    for node in _items(root, shape):
        yield from _row(node, shape)


def write(rows: Iterable[Mapping[str, Value]], shape: Shape) -> str:
    """Return the rows as a list of mappings; what is blank is left out."""
    plain = [{name: _plain(row[name]) for name in shape.names if row.get(name, "")} for row in rows]
    return yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=90)


def _check_plain(text: str, shape: Shape) -> None:
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
            raise too_deep(line, shape)


def _items(root: yaml.Node | None, shape: Shape) -> list[yaml.Node]:
    listed = _under_key(root, shape) if isinstance(root, yaml.MappingNode) else root
    if isinstance(listed, yaml.SequenceNode):
        return listed.value
    problem = _("The file must be a list of {rows}, each beginning with - {name}:")
    line = 1 if root is None else _line(root)
    raise Unreadable(line, shape.says(problem, name=shape.needed[0]))


def _under_key(root: yaml.MappingNode, shape: Shape) -> yaml.Node | None:
    """Return what is under the only key, if that is the one for rows."""
    pairs: list[tuple[yaml.Node, yaml.Node]] = root.value
    named = [value for key, value in pairs if key.value == shape.under]
    return named[0] if len(named) == len(pairs) == 1 else None


def _row(node: yaml.Node, shape: Shape) -> Iterator[Row | Problem]:
    if not isinstance(node, yaml.MappingNode):
        problem = _("{row} must have a {name}: and what belongs to it.")
        yield Problem(_line(node), shape.says(problem, name=shape.needed[0]))
        return
    fields = [Field(_name(key), _value(value), _line(key)) for key, value in node.value]
    yield from row_of(_line(node), fields, shape)


def _name(key: yaml.Node) -> str:
    return key.value if isinstance(key, yaml.ScalarNode) else "…"


def _value(node: yaml.Node) -> object:
    """Return text, None, or a list; a mapping as it is, which no part of a row can be."""
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in BLANK else node.value
    return node


def _plain(value: Value) -> str | list[str]:
    return value if isinstance(value, str) else [*value]


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1


def _not_yaml(problem: object) -> str:
    return _("This isn't valid YAML: {problem}").format(problem=problem)
