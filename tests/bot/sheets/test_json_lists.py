"""Rows as a JSON list, read item by item with their lines."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sheets import json_lists
from bot.sheets.rows import Problem, Row, Unreadable
from tests.bot.sheets.test_reading import SHAPE


def test_each_item_has_the_line_in_which_it_begins() -> None:
    text = ' [\n{"name": "x"\n},\n\n  {"note": "y"}, {"parts": ["a\\nb"]}\n]\n'
    assert [*json_lists.read(text, SHAPE)] == [
        Row(2, {"name": "x"}, {"name": 2}),
        Row(5, {"note": "y"}, {"note": 5}),
        Row(5, {"parts": ("a\nb",)}, {"parts": 5}),
    ]


def test_what_comes_before_a_broken_place_is_read_first() -> None:
    found = json_lists.read('[{"name": "x"},\n3,\n{"name" "y"}]', SHAPE)
    assert next(found) == Row(1, {"name": "x"}, {"name": 1})
    assert next(found) == Problem(2, "A thing must be an object: it begins with {")
    with pytest.raises(Unreadable, match="Expecting ':' delimiter") as raised:
        next(found)
    assert raised.value.problem.line == 3


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ROWS = st.lists(st.fixed_dictionaries({"name": NAMES, "parts": st.lists(NAMES)}))


@given(ROWS, st.integers(0, 3))
def test_what_json_writes_is_read_with_its_lines(rows: list[dict[str, Any]], width: int) -> None:
    found = [*json_lists.read(json.dumps(rows, indent=width or None), SHAPE)]
    expected = [{"name": row["name"], "parts": (*row["parts"],)} for row in rows]
    assert [each.values for each in found if isinstance(each, Row)] == expected
    lines = [each.line or 0 for each in found]
    assert lines == sorted(lines)
