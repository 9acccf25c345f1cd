import signal
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.careers.documents import MAX_PACK_BYTES, PackProblem
from bot.careers.loader import LoadedRole, load_packs, read_role, unknown_relations
from tests.bot.careers.samples import SMALL, loaded, write_pack

PACK = yaml.safe_dump(SMALL, sort_keys=False)
TOKENS = [
    *["- ", ": ", "? ", ", ", "\n", "  ", "[", "]", "{", "}", "|", ">", "'", '"', "#", "---", "%"],
    *[
        "&a ",
        "*a",
        "<<",
        "title",
        "ladder",
        "~",
        "1",
        "0x1f",
        ".nan",
        "1:30",
        "2026-02-30",
        "=",
        "x",
    ],
    *["!!bool ", "!!int ", "!!float ", "!!timestamp ", "!!str ", "!!set ", "!!binary ", "!!omap "],
    *["!!null ", "!!pairs ", "!!map ", "!!python/name:os.system ", "!mine ", "\ud7ff", "\ufeff"],
]


def problems(file: Path) -> list[PackProblem]:
    """What is wrong with a pack that doesn't load."""
    found = read_role(file)
    assert isinstance(found, list)
    assert found
    assert all(problem.file == file for problem in found)
    assert all(str(problem).startswith(str(file)) for problem in found)
    return found


def only_problem(file: Path) -> PackProblem:
    (problem,) = problems(file)
    return problem


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a pack may be written."""
    return write_pack(tmp_path)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack's file that may hold anything."""
    return write_pack(tmp_path_factory.mktemp("packs"))


@contextmanager
def within(seconds: float) -> Generator[None]:
    """Fail, rather than hang, when something takes longer."""

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"takes longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_pack_is_read_whole(file: Path) -> None:
    assert read_role(file) == LoadedRole("cartographer", loaded().role, file)


def test_packs_come_in_the_order_of_their_slugs(tmp_path: Path) -> None:
    for slug in ("surveyor", "cartographer", "geologist"):
        write_pack(tmp_path, slug)
    found = load_packs([tmp_path]).roles
    assert [each.slug for each in found] == ["cartographer", "geologist", "surveyor"]


def test_a_directory_may_keep_its_packs_in_a_folder_called_roles(tmp_path: Path) -> None:
    write_pack(tmp_path / "roles")
    assert [each.slug for each in load_packs([tmp_path]).roles] == ["cartographer"]


def test_a_directory_that_is_not_there_has_no_packs(tmp_path: Path) -> None:
    assert load_packs([tmp_path / "none"]).roles == ()
    assert load_packs([tmp_path / "none"]).problems == ()


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "README.md").write_text("x: [")
    (tmp_path / "role.yaml").write_text("x: [")
    assert load_packs([tmp_path]).problems == ()


def test_a_later_directory_replaces_a_pack_of_the_same_slug(tmp_path: Path) -> None:
    write_pack(tmp_path / "ours", title="Ours")
    write_pack(tmp_path / "ours", "surveyor", title="Surveyor")
    write_pack(tmp_path / "theirs", title="Theirs")
    found = load_packs([tmp_path / "ours", tmp_path / "theirs"])
    assert [each.role.title for each in found.roles] == ["Theirs", "Surveyor"]
    reverse = load_packs([tmp_path / "theirs", tmp_path / "ours"])
    assert [each.role.title for each in reverse.roles] == ["Ours", "Surveyor"]


def test_a_broken_pack_leaves_the_others_loaded(tmp_path: Path) -> None:
    broken = write_pack(tmp_path, "geologist")
    broken.write_text("title: [")
    write_pack(tmp_path, "cartographer")
    write_pack(tmp_path, "surveyor")
    found = load_packs([tmp_path])
    assert [each.slug for each in found.roles] == ["cartographer", "surveyor"]
    assert [problem.file for problem in found.problems] == [broken]


def test_a_broken_pack_replaces_nothing(tmp_path: Path) -> None:
    write_pack(tmp_path / "ours")
    write_pack(tmp_path / "theirs", title="")
    found = load_packs([tmp_path / "ours", tmp_path / "theirs"])
    assert [each.role.title for each in found.roles] == ["Cartographer"]
    assert len(found.problems) == 1


def test_broken_yaml_names_its_line(file: Path) -> None:
    file.write_text("title: Cartographer\naliases: []\nsummary: a: b\n")
    problem = only_problem(file)
    assert problem.line == 3
    assert str(problem).startswith(f"{file}:3: not valid YAML: ")


def test_a_wrong_nested_field_names_its_line_and_path(file: Path) -> None:
    file.write_text(
        PACK.replace("level: beginner", "level: wizard").replace("weeks: 2", "weeks: two")
    )
    lines = file.read_text().splitlines()
    found = {problem.field: problem for problem in problems(file)}
    assert set(found) == {"skills.0.level", "roadmap.0.weeks"}
    for field, text in (("skills.0.level", "level: wizard"), ("roadmap.0.weeks", "weeks: two")):
        line = found[field].line
        assert line is not None
        assert text in lines[line - 1]
    level = found["skills.0.level"]
    assert str(level) == f"{file}:{level.line}: skills.0.level: {level.message}"


def test_a_missing_nested_field_names_the_line_of_what_lacks_it(file: Path) -> None:
    file.write_text(PACK.replace("  why: Maps.\n", ""))
    problem = only_problem(file)
    assert problem.field == "skills.0.why"
    assert problem.line is not None
    assert "name: Drawing" in file.read_text().splitlines()[problem.line - 1]


def test_a_wrong_item_of_a_list_names_its_line(file: Path) -> None:
    file.write_text(PACK.replace("- You like maps.", "- You like maps.\n- ''"))
    problem = only_problem(file)
    assert problem.field == "great_fit.1"
    assert problem.line is not None
    assert file.read_text().splitlines()[problem.line - 1] == "- ''"


def test_a_missing_field_names_itself(file: Path) -> None:
    file.write_text(PACK.replace("summary: Draws maps.\n", ""))
    problem = only_problem(file)
    assert (problem.field, problem.line) == ("summary", 1)


def test_a_misspelt_field_names_its_line(file: Path) -> None:
    file.write_text(f"{PACK}alias: [Map maker]\n")
    problem = only_problem(file)
    assert (problem.field, problem.line) == ("alias", len(PACK.splitlines()) + 1)


def test_a_source_that_is_not_listed_is_a_problem_of_the_whole_pack(file: Path) -> None:
    file.write_text(f"# a role\n{PACK}coding: {{value: none, source: gossip}}\n")
    problem = only_problem(file)
    assert (problem.field, problem.line) == ("", 2)
    assert str(problem).startswith(f"{file}:2: Value error, no such source")


def test_every_problem_of_a_pack_is_told_at_once(tmp_path: Path) -> None:
    file = write_pack(tmp_path, title="", summary="x" * 151, ladder=[])
    assert [problem.field for problem in problems(file)] == ["title", "summary", "ladder"]


def test_a_key_given_twice_names_both_the_key_and_the_second_line(file: Path) -> None:
    file.write_text(f"{PACK}title: Surveyor\n")
    problem = only_problem(file)
    assert (problem.field, problem.line) == ("title", len(PACK.splitlines()) + 1)


def test_keys_given_twice_are_found_at_any_depth(file: Path) -> None:
    file.write_text("a: {b: 1, c: [{d: 1, d: 2}], b: 2}\ne:\n- f: 1\n  f: 2\n")
    assert [(problem.field, problem.line) for problem in problems(file)] == [
        ("d", 1),
        ("b", 1),
        ("f", 4),
    ]


def test_the_same_key_in_different_places_is_no_problem(file: Path) -> None:
    assert PACK.count("title:") > 1
    assert isinstance(read_role(file), LoadedRole)


@pytest.mark.parametrize("name", ["Map Maker", "map_maker", "Karte", "x" * 61])
def test_a_folder_that_is_no_slug_is_asked_to_be_renamed(tmp_path: Path, name: str) -> None:
    problem = only_problem(write_pack(tmp_path, name))
    assert "rename the folder" in problem.message
    assert repr(name) in problem.message


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(file: Path) -> None:
    padding = "#" * (MAX_PACK_BYTES - len(PACK))
    file.write_text(PACK + padding)
    assert isinstance(read_role(file), LoadedRole)
    file.write_text(f"{PACK}{padding}#")
    assert "larger than 1,000,000 bytes" in only_problem(file).message


def test_what_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "cartographer" / "role.yaml"
    folder.mkdir(parents=True)
    assert "can't be read" in only_problem(folder).message
    assert len(load_packs([tmp_path]).problems) == 1


def test_a_file_that_has_gone_meanwhile_is_a_problem(file: Path) -> None:
    file.unlink()
    assert "can't be read" in only_problem(file).message


def test_text_that_is_not_utf_8_is_a_problem(file: Path) -> None:
    file.write_bytes(PACK.replace("Cartographer", "Caf\xe9 owner").encode("latin-1"))
    assert "can't be read: 'utf-8'" in only_problem(file).message


def test_text_in_any_script_is_read(tmp_path: Path) -> None:
    found = read_role(write_pack(tmp_path, title="地図製作者 👩‍👩‍👧"))
    assert isinstance(found, LoadedRole)
    assert found.role.title == "地図製作者 👩‍👩‍👧"


def test_a_byte_order_mark_is_no_problem(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + PACK.encode())
    assert isinstance(read_role(file), LoadedRole)


def test_a_character_that_yaml_forbids_is_a_problem(file: Path) -> None:
    file.write_text('title: "\x07"\n')
    assert "can't be read" in only_problem(file).message


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "~"])
def test_an_empty_file_is_a_problem(file: Path, text: str) -> None:
    file.write_text(text)
    assert "dictionary" in only_problem(file).message


@pytest.mark.parametrize("text", ["- title\n", "title\n", "7\n"])
def test_a_file_without_fields_is_a_problem_of_its_first_line(file: Path, text: str) -> None:
    file.write_text(text)
    assert only_problem(file).line == 1


def test_several_documents_in_a_file_are_a_problem(file: Path) -> None:
    file.write_text(f"{PACK}---\n{PACK}")
    assert "not valid YAML" in only_problem(file).message


@pytest.mark.parametrize(
    "text",
    [
        "title: !!bool maybe",
        'title: !!int ""',
        'title: !!float ""',
        "title: !!timestamp today",
        "{!!str {=: title}: Cartographer}",
        "title: !!python/name:os.system",
    ],
)
def test_a_value_that_is_not_of_its_tag_is_a_problem(file: Path, text: str) -> None:
    file.write_text(text)
    assert problems(file)


def test_a_day_that_no_calendar_has_names_its_line(file: Path) -> None:
    file.write_text(PACK.replace("read: 2026-11-24", "read: 2026-02-30"))
    problem = only_problem(file)
    assert problem.line is not None
    assert "2026-02-30" in file.read_text().splitlines()[problem.line - 1]


def test_yaml_nested_too_deeply_is_a_problem(file: Path) -> None:
    file.write_text("[" * 1_500 + "]" * 1_500)
    assert problems(file)


def test_an_alias_of_what_it_stands_in_is_a_problem(file: Path) -> None:
    file.write_text("title: &itself [*itself]\n")
    assert problems(file)


def test_aliases_that_double_on_every_line_are_read_in_time(file: Path) -> None:
    doubled = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    file.write_text(f"a0: &a0 [x]\n{doubled}")
    with within(3):
        assert problems(file)


def test_an_alias_is_refused_by_its_name(file: Path) -> None:
    lines = PACK.replace("- You like maps.", "- &maps You like maps.")
    file.write_text(lines.replace("- You get lost.", "- *maps"))
    (problem,) = problems(file)
    assert "there is *maps" in problem.message


def test_a_related_role_that_no_pack_describes_is_told() -> None:
    links: list[Any] = [{"slug": slug, "why": "Both."} for slug in ("surveyor", "geologist")]
    first, second = loaded(related=links), loaded("surveyor")
    (problem,) = unknown_relations([first, second])
    assert (problem.file, problem.field) == (first.file, "related.1.slug")
    assert str(problem) == f"{first.file}: related.1.slug: no pack is called 'geologist'"


def check(file: Path, content: bytes) -> None:
    """Hold a pack against what is promised of any: a role, or problems that name the file."""
    file.write_bytes(content)
    found = read_role(file)
    if not isinstance(found, LoadedRole):
        assert problems(file) == found
        lines = content.count(b"\n") + content.count(b"\r") + 1
        assert all(problem.line is None or 1 <= problem.line <= lines for problem in found)


fuzzed = settings(max_examples=150, deadline=None)


@fuzzed
@given(content=st.binary(max_size=200))
def test_any_bytes_are_a_role_or_problems(scratch: Path, content: bytes) -> None:
    check(scratch, content)


@fuzzed
@given(tokens=st.lists(st.sampled_from(TOKENS), max_size=12))
def test_any_yaml_is_a_role_or_problems(scratch: Path, tokens: list[str]) -> None:
    check(scratch, "".join(tokens).encode())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@fuzzed
@given(field=st.sampled_from([*SMALL, "demand", "related", "questions"]), value=VALUES)
@example(field="demand", value={"value": 10**5000, "source": "survey"})
def test_any_value_of_a_field_is_a_role_or_problems(scratch: Path, field: str, value: Any) -> None:
    content = "".join(
        yaml.safe_dump({key: each}, allow_unicode=True)
        for key, each in (SMALL | {field: value}).items()
        if not (key == "demand" and isinstance(each, dict))
    )
    check(scratch, content.encode("utf-8", "surrogatepass"))


@fuzzed
@given(
    start=st.integers(0, len(PACK)),
    length=st.integers(0, 40),
    instead=st.lists(st.sampled_from(TOKENS), max_size=2),
)
def test_a_pack_damaged_anywhere_is_a_role_or_problems(
    scratch: Path, start: int, length: int, instead: list[str]
) -> None:
    check(scratch, (PACK[:start] + "".join(instead) + PACK[start + length :]).encode())
