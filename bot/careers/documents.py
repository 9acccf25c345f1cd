"""Reading the YAML files of a pack. What is wrong is reported by file, line and field."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Content = TypeVar("Content", bound=BaseModel)

MAX_PACK_BYTES = 1_000_000
MAX_DEPTH = 20
"""Lists and mappings within each other; a pack's own fields need six."""

UNREADABLE = (
    OSError,
    yaml.YAMLError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    RecursionError,
)
"""What reading and PyYAML's constructors raise for files that make no sense, as `!!bool maybe`."""


_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as fast where PyYAML comes with libyaml, as its wheels do."""


class PackLoader(_Loader):
    """Plain data only; dates stay text, so that a wrong one is a field's problem with its line."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as PyYAML declares it
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


class _NotYaml(Exception):
    """A text isn't YAML, from a line on that counts from 1, if known."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class PackProblem:
    """One thing wrong with a pack. `line` counts from 1; `field` is a path such as skills.2.why."""

    file: Path
    line: int | None
    field: str | None
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return ": ".join(part for part in (place, self.field, self.message) if part)


def read_content(file: Path, model: type[Content]) -> Content | list[PackProblem]:
    """Read a file as a model; return it, or everything that is wrong with the file."""
    try:
        document = _parsed(_read(file))
    except _NotYaml as error:
        return [PackProblem(file, error.line, None, f"not valid YAML: {error}")]
    except UNREADABLE as error:
        return [PackProblem(file, None, None, f"can't be read: {error}")]
    repeated = _repeated_keys(document.node, file)
    if repeated:
        return repeated
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        places = [e["loc"] for e in error.errors()]
        return [
            PackProblem(file, document.line(e["loc"]), ".".join(map(str, e["loc"])), e["msg"])
            for e in error.errors()
            if not any(_is_inside(place, e["loc"]) for place in places)
        ]


def _is_inside(place: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    """Whether a place is deeper than another, whose problem is then only its consequence."""
    return len(place) > len(outer) > 0 and place[: len(outer)] == outer


def _read(file: Path) -> str:
    if file.stat().st_size > MAX_PACK_BYTES:
        raise ValueError(f"larger than {MAX_PACK_BYTES:,} bytes")
    return file.read_text(encoding="utf-8")


@dataclass(frozen=True)
class _Document:
    """YAML's nodes, which know their lines, and its data."""

    node: yaml.Node | None
    data: object
    lines: int

    def line(self, location: tuple[int | str, ...]) -> int | None:
        """Return where a part is; libyaml puts what is empty at the end on a line of its own."""
        found = _line(self.node, location)
        return min(found, self.lines) if found else None


def _parsed(text: str) -> _Document:
    """Return what the text holds. Raises _NotYaml and other errors of `UNREADABLE`."""
    lines = text.count("\n") + 1
    try:
        _check_plain(text)
        loader: Any = PackLoader(text)
        node = loader.get_single_node()
        return _Document(node, loader.construct_document(node) if node else None, lines)
    except yaml.MarkedYAMLError as error:
        line = min(error.problem_mark.line + 1, lines) if error.problem_mark else None
        raise _NotYaml(str(error.problem), line) from error


def _check_plain(text: str) -> None:
    """Raise YAMLError for what could stand for more than is written, before it is built."""
    depth = 0
    for event in yaml.parse(text, Loader=PackLoader):
        if isinstance(event, yaml.AliasEvent):  # a few of them can stand for gigabytes
            raise yaml.YAMLError(f"aliases aren't allowed, but there is *{event.anchor}")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise yaml.YAMLError("there are too many lists within lists")


def _repeated_keys(node: yaml.Node | None, file: Path) -> list[PackProblem]:
    """Return a problem for each key given twice, which YAML would silently let the last win."""
    problems: list[PackProblem] = []
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                line = key.start_mark.line + 1
                problems.append(PackProblem(file, line, name, "is given twice"))
            seen.add(name)
            problems += _repeated_keys(value, file)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            problems += _repeated_keys(item, file)
    return problems


def _line(node: yaml.Node | None, location: tuple[int | str, ...]) -> int | None:
    """Return the line of the innermost part of `location` that the file has."""
    if node is None:
        return None
    child = _child(node, location[0]) if location else None
    if child is None:
        return node.start_mark.line + 1
    key, value = child
    deeper = _line(value, location[1:])
    return key.start_mark.line + 1 if len(location) == 1 else deeper


def _child(node: yaml.Node, part: int | str) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == part), None)
    items: list[yaml.Node] = node.value if isinstance(node, yaml.SequenceNode) else []
    return next(((item, item) for place, item in enumerate(items) if place == part), None)
