import json
import time

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.faq.files import Parsed, read_file, write_csv, write_yaml
from bot.faq.model import MAX_ENTRIES, MAX_FILE
from bot.faq.text import EntryText, Unfit, name_key
from tests.bot.faq.samples import text
from tests.conftest import TORTURE

HEAD = "question,aliases,answer,role,source\n"


def read(name: str, content: str) -> Parsed:
    return read_file(name, content.encode())


def texts(parsed: Parsed) -> list[EntryText]:
    assert parsed.problems == ()
    return [written for _, written in parsed.items]


def problems(name: str, content: str | bytes) -> list[tuple[int | None, str]]:
    data = content if isinstance(content, bytes) else content.encode()
    parsed = read_file(name, data)
    assert parsed.items == ()
    assert parsed.problems
    return [(problem.line, problem.message) for problem in parsed.problems]


def only_problem(name: str, content: str | bytes) -> tuple[int | None, str]:
    (problem,) = problems(name, content)
    return problem


FULL = EntryText("Q?", ("a", "b c"), "One.\nTwo.", "trust-safety-analyst", "https://example.org")


def test_a_table_in_any_order_of_columns_and_any_case() -> None:
    content = (
        'ANSWER,Question , role,Source,Aliases\r\n"One.\r\nTwo.",Q?,'
        "trust-safety-analyst,https://example.org,a | b c\r\n\r\nx,y,,,\r\n"
    )
    parsed = read("a.CSV", content)
    assert texts(parsed) == [FULL, EntryText("y", (), "x")]
    assert [line for line, _ in parsed.items] == [2, 5]


def test_a_table_may_have_fewer_columns_a_byte_order_mark_and_semicolons() -> None:
    data = b"\xef\xbb\xbf" + '\n"question";"answer";;\n"¿Qué; es?";a,b;;\n'.encode()
    assert texts(read_file("answers.csv", data)) == [EntryText("¿Qué; es?", (), "a,b")]


def test_a_short_line_has_blank_cells_at_its_end() -> None:
    assert texts(read("a.csv", "question,answer,source\nq,a\n")) == [EntryText("q", (), "a")]


def test_aliases_may_hold_the_sign_between_them() -> None:
    assert texts(read("a.csv", HEAD + r"q,a\|b | c|d,x,," + "\n")) == [
        EntryText("q", ("a|b", "c", "d"), "x")
    ]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "'=1", "''=1"])
def test_no_cell_runs_in_a_spreadsheet(start: str) -> None:
    written = EntryText(start, (), f"{start}\nx", None, start)
    data = write_csv([written])
    assert data.startswith(b"\xef\xbb\xbfquestion,aliases,answer,role,source\r\n")
    assert f"\n'{start}," in data.decode()
    assert texts(read_file("a.csv", data)) == [written]


def test_a_quotation_mark_of_ones_own_stays() -> None:
    written = EntryText("'tis what?", (), "'x")
    assert b"'tis what?,,'x,," in write_csv([written])
    assert texts(read_file("a.csv", write_csv([written]))) == [written]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("frage,antwort\nq,a\n", (1, "The first line must name the columns: question,aliases")),
        ("question,note,answer\nq,n,a\n", (1, "I don't know “note”. An answer has question, ali")),
        ("question,answer,Question\nq,a,q\n", (1, "“question” is there twice")),
        ("question,aliases\nq,a\n", (1, "The column “answer” is missing")),
        (HEAD + "q,,a,,\nq2,,a,,,x\n", (3, "more cells than columns")),
        (HEAD + 'q,,"a,,\nb\n', (2, 'A " is missing')),
        (HEAD + 'q,,"a"b,,\n', (2, 'A " is missing')),
        (HEAD + '"q\nr",,"a\n\nb",,\nQ r,,x,,\n', (6, "“Q r” is a name of the answer in line 2")),
        (HEAD + '"q\nr",,a,,\n,,x,,\n', (4, "The question is empty")),
        (HEAD + "q,,,,\n", (2, "The answer is empty")),
        (HEAD, (None, "There is no answer in the file")),
        (",,\n,,\n", (1, "The first line must name the columns")),
    ],
)
def test_wrong_tables(content: str, problem: tuple[int, str]) -> None:
    line, message = only_problem("a.csv", content)
    assert line == problem[0]
    assert problem[1] in message


def test_other_encodings_are_refused_with_what_to_do() -> None:
    latin = (HEAD + "q,,a,,\nqué,,a,,\n").encode("latin-1")
    assert only_problem("a.csv", latin)[0] == 3
    for data in (latin, HEAD.encode("utf-16")):
        assert "Save the file as UTF-8" in only_problem("a.csv", data)[1]
    line, message = only_problem("a.csv", HEAD.encode("utf-16-le") + b"\n")
    assert (line, "Is this a text file?" in message) == (1, True)


@pytest.mark.parametrize("name", ["a.csv", "a.yaml", "a.yml", "a.json"])
def test_files_that_hold_no_answers_text(name: str) -> None:
    assert "U+0000" in only_problem(name, b"question\n\x00\x01")[1]
    too_large = only_problem(name, b"x" * (MAX_FILE + 1))
    assert too_large == (None, "The file has 5,000,001 bytes; 5,000,000 fit. Split it.")
    assert ".csv, .yaml, .yml or .json" in only_problem(f"{name}.zip", b"x")[1]


def test_an_answer_may_begin_like_a_formula_and_several_lines_of_aliases_are_several() -> None:
    content = HEAD + 'q,"a\nb | c",+1 (800) 555 0100,,\nr,,-none-,,\n'
    assert texts(read("a.csv", content)) == [
        EntryText("q", ("a", "b", "c"), "+1 (800) 555 0100"),
        EntryText("r", (), "-none-"),
    ]


YAML = """\
# A comment.
- question: Q?
  aliases: [a, b c]
  answer: |
    One.
    Two.
  role: trust-safety-analyst
  source: https://example.org
- answer: 2024
  question: yes
  role: ~
  aliases:
"""


def test_yaml_as_a_list_or_under_entries() -> None:
    parsed = read("a.yaml", YAML)
    assert texts(parsed) == [FULL, EntryText("yes", (), "2024")]
    assert [line for line, _ in parsed.items] == [2, 9]
    under = "entries:\n" + YAML
    assert texts(read("a.yml", under)) == texts(parsed)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("- question: q\n  answer: *x\n", (2, "Anchors (&) and aliases (*)")),
        ("- question: &x q\n  answer: a\n", (1, "Anchors (&) and aliases (*)")),
        ("- question: q\n  answer: !!python/name:os.system a\n", (2, "Tags (!)")),
        ("- !!map\n  question: q\n", (1, "Tags (!)")),
        ("- question: q\n  answer: [unclosed\n", (3, "This isn't valid YAML")),
        ("- question: 'q\n", (2, "This isn't valid YAML")),
        ("- question: q\n  answer: a\n---\n- x\n", (3, "This isn't valid YAML")),
        ("question: q\nanswer: a\n", (1, "must be a list of answers")),
        ("entries:\n  question: q\n", (1, "must be a list of answers")),
        ("# nothing\n", (1, "must be a list of answers")),
        ("just text", (1, "must be a list of answers")),
        ("- question: q\n  answer: a\n- text\n", (3, "must have a question:")),
        ("- question: q\n  answer: a\n  note: n\n", (3, "I don't know “note”")),
        ("- question: q\n  answer: a\n  [x]: n\n", (3, "I don't know “…”")),
        ("- question: q\n  answer: a\n  answer: b\n", (3, "“answer” is there twice")),
        ("- question: q\n  answer: [a]\n", (2, "“answer” must be text")),
        ("- question: q\n  answer: a\n  aliases: {a: b}\n", (3, "“aliases” must be a list of")),
        ("- question: q\n  answer: a\n  aliases: [a, [b]]\n", (3, "“aliases” must be a list of")),
        ("- question: q\n  answer: a\n  aliases: one\n", (3, "“aliases” must be a list of")),
        ("- question: q\n  answer:\n", (2, "The answer is empty")),
        ("- question: q\n  role: x\n", (1, "The answer is empty")),
        ("- question: q\n  answer: a\n  role: No Slug\n", (3, "isn't a career's short name")),
        ("- question: q\n  answer: a\n  aliases: [[[[x]]]]\n", (3, "lists in lists")),
        ("[]", (None, "There is no answer in the file")),
        ("\ufffe", (None, "This isn't valid YAML")),
    ],
)
def test_wrong_yaml(content: str, problem: tuple[int, str]) -> None:
    line, message = only_problem("a.yaml", content)
    assert line == problem[0]
    assert problem[1] in message


def test_bombs_go_off_nowhere() -> None:
    many = 1_000_000 if TORTURE else 100_000
    lines = [
        "a: &a [x, x]",
        *(
            f"{b}: &{b} [{', '.join(['*' + a] * 9)}]"
            for a, b in zip("abcdefg", "bcdefgh", strict=True)
        ),
    ]
    for name, content in {
        "aliases.yaml": "\n".join(lines),
        "deep.yaml": "[" * 2 * many,
        "deep-map.yaml": "{a: " * many,
        "deep-block.yaml": "- " * 2 * many,
        "deep.json": "[" * 2 * many,
        "deep-objects.json": '[{"a":' * (many // 2),
        "long-number.json": "[" + "1" * 100_000 + "]",
        "long-cell.csv": HEAD + "x" * many,
        "long-header.csv": "question" + "x" * many,
        "commas.csv": HEAD + "," * many,
    }.items():
        started = time.monotonic()
        assert problems(name, content)
        assert not TORTURE or time.monotonic() - started < 5, name


JSON = """[
  {"question": "Q?", "aliases": ["a", "b c"], "answer": "One.\\nTwo.",
   "role": "trust-safety-analyst", "source": "https://example.org"},
  {"question": "caf\\u00e9 \\ud83d\\ude00", "aliases": null, "answer": "x", "role": ""}
]
"""


def test_json_as_a_list_of_objects() -> None:
    parsed = read("a.json", JSON)
    assert texts(parsed) == [FULL, EntryText("café 😀", (), "x")]
    assert [line for line, _ in parsed.items] == [2, 4]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"question": "q"}', (1, "must be a list of answers")),
        ("[\n1\n]", (2, "must be an object")),
        ('[\n{"question": "q",\n "answer" "a"}]', (3, "This isn't valid JSON: Expecting ':'")),
        ('[\n{"question": "q", "answer": "a"}\n{}]', (3, "Expecting ',' delimiter")),
        ('[{"question": "q", "answer": "a"}\n', (2, "Expecting ',' delimiter")),
        ("[", (1, "This isn't valid JSON")),
        ('[{"question": "q", "answer": "a"}]\n x', (1, "This isn't valid JSON: Extra data")),
        ('[\n\n{"question": "q", "answer": 1}]', (3, "“answer” must be text")),
        ('[{"question": "q", "answer": "a", "answer": "b"}]', (1, "“answer” is there twice")),
        ('[{"question": "q", "answer": "a", "aliases": {"a": 1}}]', (1, "must be a list of texts")),
        ('[{"question": "q", "answer": "\\ud83d"}]', (1, "U+D83D")),
        ('[{"question": "q", "answer": "\\u0000"}]', (1, "U+0000")),
        ("[" + "1" * 5000 + "]", (None, "This isn't valid JSON")),
        ("[" + "[" * 100_000, (None, "lists in lists")),
        ("[]", (None, "There is no answer in the file")),
    ],
)
def test_wrong_json(content: str, problem: tuple[int, str]) -> None:
    line, message = only_problem("a.json", content)
    assert line == problem[0]
    assert problem[1] in message


def test_names_that_two_answers_have_are_named_with_both_lines() -> None:
    content = HEAD + "Pentest,,a,,\nq,PENTESTS!,a,,\nr,q | s,a,,\n"
    assert problems("a.csv", content) == [
        (3, "“PENTESTS!” is a name of the answer in line 2 already."),
        (4, "“q” is a name of the answer in line 3 already."),
    ]


def test_many_problems_are_listed_in_part_and_counted() -> None:
    parsed = read("a.csv", HEAD + "q,,,,\n" * 40)
    assert [problem.line for problem in parsed.problems] == [*range(2, 27)]
    assert parsed.more == 15


def test_no_more_answers_than_a_server_may_have() -> None:
    rows = "".join(f"q{number},,a,,\n" for number in range(MAX_ENTRIES + 1))
    message = "The file has 20,001 answers; 20,000 fit in a server."
    assert only_problem("a.csv", HEAD + rows) == (None, message)


def test_large_files_are_read_in_seconds() -> None:
    many = range(8000 if TORTURE else 800)
    written = [text(f"How is thing {n} done?", f"thing {n}", answer="x" * 300) for n in many]
    for name, data in {"a.csv": write_csv(written), "a.yaml": write_yaml(written)}.items():
        started = time.monotonic()
        assert texts(read_file(name, data)) == written
        assert not TORTURE or time.monotonic() - started < 15, name


def test_yaml_is_written_for_people() -> None:
    data = write_yaml([FULL, EntryText("Qué?", (), "null")]).decode()
    assert "answer: |-\n    One.\n    Two.\n" in data
    assert "question: Qué?\n  answer: 'null'\n" in data
    assert yaml.safe_load(data)[1] == {"question": "Qué?", "answer": "null"}


def words(most: int) -> st.SearchStrategy[str]:
    awkward = st.sampled_from([*"=+-@|\\'\";,:#&*!%?~[]{}<>\n\r\t \ufeff\u2028\x85é😀"])
    special = st.sampled_from(["null", "~", "- a", "yes", "1:30", "2026-01-01", "<<", "=", "..."])
    chars = awkward | st.characters(exclude_categories=["Cs"])
    return st.text(chars, min_size=1, max_size=most) | special


def fit(parts: tuple[str, list[str], str, str, str]) -> EntryText | None:
    question, aliases, answer, role, source = parts
    try:
        return EntryText(question, tuple(aliases), answer, role, source).checked()
    except Unfit:
        return None


@st.composite
def entries(draw: st.DrawFn) -> list[EntryText]:
    """Checked answers of which no two share a name."""
    slugs = st.sampled_from(["", "null", "analyst", "trust-safety-analyst", "1"])
    parts = st.tuples(words(30), st.lists(words(12), max_size=4), words(60), slugs, words(20))
    kept: list[EntryText] = []
    names: set[str] = set()
    for written in filter(None, map(fit, draw(st.lists(parts, min_size=1, max_size=4)))):
        if names.isdisjoint(written.keys):
            kept.append(written)
            names.update(written.keys)
    return kept or [FULL]


@given(entries())
@example([EntryText("q", ("a\\", "\\|b", "|"), "a\n\n b \n  c", None, "'+1")])
def test_what_is_written_is_read_back(written: list[EntryText]) -> None:
    assert texts(read_file("a.csv", write_csv(written))) == written
    assert texts(read_file("a.yaml", write_yaml(written))) == written
    objects = [
        {"question": each.question, "aliases": each.aliases, "answer": each.answer}
        for each in written
    ]
    plain = [EntryText(each.question, each.aliases, each.answer) for each in written]
    assert texts(read("a.json", json.dumps(objects))) == plain


TOKENS = [
    *["question", "answer", "aliases", "entries", ",", ";", '"', "'", "\n", "\r\n", ": ", "- "],
    *["[", "]", "{", "}", "|", ">", "&a ", "*a", "!x ", "!!str ", "---", "...", "%YAML 1.1\n", "~"],
    *['{"question": "q", "answer": "a"}', "\\u0000", "1e999", "NaN", "\ufeff", "\x85", "\u2028"],
    *["? ", "  ", "#", "=", "q", '"\\UFFFFFFFF"', "@", "`"],
]
NAMES = st.sampled_from(["a.csv", "a.yaml", "a.json"])


@given(NAMES, st.binary() | st.lists(st.sampled_from(TOKENS)).map(lambda t: "".join(t).encode()))
def test_nothing_in_a_file_raises(name: str, data: bytes) -> None:
    parsed = read_file(name, data)
    assert bool(parsed.items) != bool(parsed.problems)
    for _, written in parsed.items:
        assert written.checked() == written
        assert all(map(name_key, (written.question, *written.aliases)))
    lines = len(data.decode(errors="replace").splitlines()) + 1
    for problem in parsed.problems:
        assert problem.message
        assert problem.line is None or 1 <= problem.line <= lines
