"""Rows as a JSON list of objects."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.i18n import _
from bot.sheets.rows import Field, Problem, Row, Shape, Unreadable, row_of, too_deep

SIGN = re.compile(r"[^ \t\n\r]")


@dataclass(frozen=True)
class _Object:
    """A JSON object with its names in order, so that one given twice is seen."""

    pairs: list[tuple[str, object]]


def read(text: str, shape: Shape) -> Iterator[Row | Problem]:
    """Return the rows of the list. Raises Unreadable."""
    try:
        for line, value in _items(text, shape):
            yield from _row(line, value, shape)
    except json.JSONDecodeError as error:
        raise Unreadable(error.lineno, _not_json(error.msg)) from None
    except ValueError as error:  # a number of thousands of digits
        raise Unreadable(None, _not_json(error)) from None
    except RecursionError:
        raise too_deep(None, shape) from None


def _items(text: str, shape: Shape) -> Iterator[tuple[int, object]]:
    """Return the list's items, each with the line in which it begins."""
    decoder = json.JSONDecoder(object_pairs_hook=_Object)
    place, line, counted = _next(text, 0), 1, 0
    if not text.startswith("[", place):
        problem = _("The file must be a list of {rows}: it begins with [")
        raise Unreadable(1, shape.says(problem))
    place = _next(text, place + 1)
    while not text.startswith("]", place):
        line, counted = line + text.count("\n", counted, place), place
        value, place = decoder.raw_decode(text, place)
        yield line, value
        place = _after_item(text, place)
    if _next(text, place + 1) < len(text):
        raise json.JSONDecodeError("Extra data", text, place + 1)


def _after_item(text: str, place: int) -> int:
    """Return the place of the next item or of the list's end."""
    place = _next(text, place)
    if text.startswith(",", place):
        return _next(text, place + 1)
    if text.startswith("]", place):
        return place
    raise json.JSONDecodeError("Expecting ',' delimiter", text, place)


def _next(text: str, place: int) -> int:
    """Return the place of the next sign that isn't blank, or the text's end."""
    sign = SIGN.search(text, place)
    return sign.start() if sign else len(text)


def _row(line: int, value: object, shape: Shape) -> Iterator[Row | Problem]:
    if not isinstance(value, _Object):
        text = _("{row} must be an object: it begins with {sign}")
        yield Problem(line, shape.says(text, sign="{"))
        return
    yield from row_of(line, [Field(name, item, line) for name, item in value.pairs], shape)


def _not_json(problem: object) -> str:
    return _("This isn't valid JSON: {problem}").format(problem=problem)
