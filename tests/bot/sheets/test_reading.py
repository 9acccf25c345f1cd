"""Files of rows of every format, and what is wrong with them."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sheets import tables, yaml_lists
from bot.sheets.reading import rows
from bot.sheets.rows import Problem, Row, Shape, Unreadable, Value

SHAPE = Shape(
    "A thing",
    "things",
    ("name", "parts", "note"),
    lists=frozenset({"parts"}),
    numbers=frozenset({"name"}),
    needed=("name", "parts"),
    under="things",
)
MOST = 1000
BOM = b"\xef\xbb\xbf"


def read(name: str, content: str | bytes) -> list[Row | Problem]:
    data = content if isinstance(content, bytes) else content.encode()
    try:
        return [*rows(name, data, SHAPE, MOST)]
    except Unreadable as error:
        return [error.problem]


def values(name: str, content: str | bytes) -> list[dict[str, Value]]:
    found = read(name, content)
    assert all(isinstance(each, Row) for each in found), found
    return [dict(each.values) for each in found if isinstance(each, Row)]


def only_problem(name: str, content: str | bytes) -> tuple[int | None, str]:
    [problem] = [each for each in read(name, content) if isinstance(each, Problem)]
    return problem.line, problem.message


def test_a_table_in_any_order_of_columns_with_marks_and_semicolons() -> None:
    data = BOM + b'\nPARTS; Name;;\r\n"a | b\\|c\nd";x;;\r\n;y\r\n'
    assert values("A.CSV", data) == [
        {"name": "x", "parts": ("a ", " b|c", "d")},
        {"name": "y", "parts": ("",)},
    ]
    assert [each.line for each in read("a.csv", data)] == [3, 5]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("nome,teile\nx,y\n", 1, "The first line must name the columns: name,parts,note."),
        (",,\n,,\n", 1, "The first line must name the columns"),
        ("name,parts,size\nx,y,z\n", 1, "I don't know “size”. A thing has name, parts, note."),
        ("name,parts,Name\nx,y,z\n", 1, "“name” is there twice"),
        ("name,note\nx,y\n", 1, "The column “parts” is missing"),
        ("name,parts\nx,y\nx,y,z\n", 3, "more cells than columns"),
        ('name,parts\nx,"y\nz\n', 2, 'A " is missing'),
        ('name,parts\n"x\ny",=1+1\n', 2, "“=1+1” begins like a formula"),
        ("name,parts\n@SUM(A1),y\n", 2, "put a ' before it"),
        ("name,parts\nx,-2+3\n", 2, "begins like a formula"),
        ("name,parts\nx,\uff1d1\n", 2, "begins like a formula"),
    ],
)
def test_wrong_tables(content: str, line: int, message: str) -> None:
    found = only_problem("a.csv", content)
    assert found[0] == line
    assert message in found[1]


def test_a_list_may_begin_with_a_dash() -> None:
    assert values("a.csv", "name,parts\nx,- one | - two\n")[0]["parts"] == ("- one ", " - two")


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "- x", "@x", "'=1", "''=1", "\uff1d1"])
def test_no_cell_runs_in_a_spreadsheet(start: str) -> None:
    row: dict[str, Value] = {"name": start, "parts": (f"{start}|", "b\\"), "note": "'tis"}
    written = tables.write([row], SHAPE)
    assert f"\n'{start}," in written
    [again] = values("a.csv", written)
    parts = tuple(part.strip() for part in again["parts"])
    assert again | {"parts": parts} == row


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a;=1+1;b", "a;'=1+1;b"),
        ("a;'=1", "a;''=1"),
        ("a\n@x;-1\n- b\n+2", "a\n'@x;'-1\n- b\n'+2"),
        ("a; =1, =2", "a; =1, =2"),
        ("\t;=1", "'\t;'=1"),
    ],
)
def test_no_cell_runs_where_a_semicolon_separates_cells(text: str, cell: str) -> None:
    written = tables.write([{"name": text, "parts": (text.replace("\n", ";"),)}], SHAPE)
    lines = [*csv.reader(io.StringIO(written, newline=""))]
    assert lines[1][0] == cell
    [again] = values("a.csv", written)
    assert again == {"name": text, "parts": (text.replace("\n", ";"),), "note": ""}


CELLS = st.text(st.sampled_from("a ;'=-+@\t\n|\uff1d\""), max_size=12)


@given(CELLS, st.lists(CELLS.map(str.split).map(" ".join), min_size=1, max_size=3))
def test_any_table_is_safe_whichever_sign_separates_cells(name: str, parts: list[str]) -> None:
    written = tables.write([{"name": name, "parts": tuple(parts), "note": "x"}], SHAPE)
    [again] = values("a.csv", written)
    assert again["name"] == name
    assert [part.strip() for part in again["parts"]] == parts
    for cells in csv.reader(io.StringIO(written, newline="")):
        assert not any(cell.startswith(tuple("=+-@\t\r\uff1d")) for cell in cells)
    for cell in re.split(r"[;\n\r\t]", written):
        assert not re.match(r"[=+@\uff1d]|-\S", cell)


def test_yaml_as_a_list_or_under_its_key() -> None:
    content = "- name: x\n  parts: [a, b]\n  note: ~\n- name: 7\n  parts:\n"
    expected = [{"name": "x", "parts": ("a", "b")}, {"name": "7"}]
    assert values("a.yaml", content) == expected
    assert values("a.yml", f"things:\n{content}") == expected
    assert [each.line for each in read("a.yaml", content)] == [1, 4]


def test_yaml_is_written_without_what_is_blank() -> None:
    row: dict[str, Value] = {"name": "yes", "parts": ("a: b",), "note": ""}
    written = yaml_lists.write([row], SHAPE)
    assert written == "- name: 'yes'\n  parts:\n  - 'a: b'\n"
    assert values("a.yaml", written) == [{"name": "yes", "parts": ("a: b",)}]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("a: &x [1]\nb: *x\n", 1, "Anchors (&) and aliases (*) aren't allowed"),
        ("- name: !!python/object:os.system x\n", 1, "Tags (!) aren't allowed"),
        ("- name: x\n  parts: [[[[y]]]]\n", 2, "There are lists in lists"),
        ("name: x\n", 1, "must be a list of things, each beginning with - name:"),
        ("things: 1\nmore: 2\n", 1, "must be a list"),
        ("# nothing\n", 1, "must be a list"),
        ("- x\n", 1, "A thing must have a name:"),
        ("- name: x\n  parts: y\n", 2, "“parts” must be a list of texts"),
        ("- name: x\n  parts: [{a: b}]\n", 2, "“parts” must be a list of texts"),
        ("- name: {a: b}\n", 1, "“name” must be text"),
        ("- ? [a]\n  : b\n", 1, "I don't know “…”"),
        ("- name: x\n  name: y\n", 2, "“name” is there twice"),
        ("- name: [\n", 2, "This isn't valid YAML"),
    ],
)
def test_wrong_yaml(content: str, line: int, message: str) -> None:
    found = only_problem("a.yaml", content)
    assert found[0] == line
    assert message in found[1]


def test_yaml_that_no_line_can_be_named_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr("yaml.compose", fail)
    assert only_problem("a.yaml", "- name: x\n") == (None, "This isn't valid YAML: odd")


def test_yaml_errors_without_a_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise yaml_lists.yaml.MarkedYAMLError(problem="odd")

    monkeypatch.setattr("yaml.compose", fail)
    assert only_problem("a.yaml", "- name: x\n") == (None, "This isn't valid YAML: odd")


def test_json_is_a_list_of_objects() -> None:
    content = '[\n {"name": "x", "parts": ["a"], "note": null},\n {"name": 7}\n]\n'
    assert values("a.json", content) == [{"name": "x", "parts": ("a",)}, {"name": "7"}]
    assert [each.line for each in read("a.json", content)] == [2, 3]
    assert values("a.json", "[]") == []


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ('{"name": "x"}', 1, "must be a list of things: it begins with ["),
        ('[\n"x"]', 2, "A thing must be an object: it begins with {"),
        ('[{"name": "x",\n"name": "y"}]', 1, "“name” is there twice"),
        ('[{"name": true}]', 1, "“name” must be text"),
        ('[{"note": 7}]', 1, "“note” must be text. Put it between quotes."),
        ('[{"parts": "x"}]', 1, "“parts” must be a list of texts"),
        ('[\n{"name": ]', 2, "This isn't valid JSON"),
        ('[{"name": "x"} {"name": "y"}]', 1, "Expecting ',' delimiter"),
        ('[{"name": "x"}] x', 1, "Extra data"),
        (f'[{{"note": {"9" * 900}}}', 1, "Expecting ',' delimiter"),
    ],
)
def test_wrong_json(content: str, line: int, message: str) -> None:
    found = read("a.json", content)[-1]
    assert isinstance(found, Problem)
    assert found.line == line
    assert message in found.message


def test_json_bombs_are_refused() -> None:
    deep, long = "[" * 100_000, f"[{'9' * 50_000}]"
    for content, message in ((deep, "lists in lists"), (long, "isn't valid JSON")):
        with pytest.raises(Unreadable, match=message):
            list(rows("a.json", content.encode(), SHAPE, 10**6))


@pytest.mark.parametrize("name", ["a.csv", "a.yaml", "a.yml", "a.json"])
def test_files_that_hold_no_text(name: str) -> None:
    assert "is empty" in only_problem(name, b"")[1]
    assert "is empty" in only_problem(name, BOM + b" \n")[1]
    assert "U+0000" in only_problem(name, b"name\n\x00")[1]
    for sign in (b"\x07", b"\x1c", b"\xc2\x85"):
        assert only_problem(name, b"a\nb" + sign)[0] == 2
    line, message = only_problem(name, b"a\n\xff\xfe")
    assert (line, "Save the file as UTF-8" in message) == (2, True)
    too_large = only_problem(name, b"x" * (MOST + 1))
    assert too_large == (None, "The file has 1,001 bytes; 1,000 fit. Split it.")


@pytest.mark.parametrize("name", ["a.xlsx", "csv", "", "a.csv.zip"])
def test_other_files_are_refused(name: str) -> None:
    assert ".csv, .yaml, .yml or .json" in only_problem(name, b"x")[1]
