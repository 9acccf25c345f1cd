from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.careers import loader
from bot.careers.loader import LoadedRole, PackProblem, load_packs, read_role, unknown_relations
from tests.bot.careers.samples import SMALL, loaded


def write(directory: Path, slug: str, text: str) -> Path:
    file = directory / slug / "role.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return file


def problems(file: Path) -> list[PackProblem]:
    found = read_role(file)
    assert isinstance(found, list)
    return found


def test_a_pack_loads_from_a_folder_or_its_roles_folder(tmp_path: Path) -> None:
    write(tmp_path, "a", yaml.safe_dump(SMALL))
    write(tmp_path / "roles", "b", yaml.safe_dump(SMALL))
    packs = load_packs([tmp_path])
    assert [found.slug for found in packs.roles] == ["a", "b"]
    assert packs.problems == ()


def test_a_later_directory_replaces_a_pack_of_the_same_slug(tmp_path: Path) -> None:
    write(tmp_path / "ours", "a", yaml.safe_dump(SMALL))
    write(tmp_path / "yours", "a", yaml.safe_dump(SMALL | {"title": "Yours"}))
    packs = load_packs([tmp_path / "ours", tmp_path / "yours"])
    assert [found.role.title for found in packs.roles] == ["Yours"]


def test_a_broken_pack_leaves_the_others_loaded(tmp_path: Path) -> None:
    write(tmp_path, "good", yaml.safe_dump(SMALL))
    broken = write(tmp_path, "broken", "title: [")
    packs = load_packs([tmp_path])
    assert [found.slug for found in packs.roles] == ["good"]
    assert {problem.file for problem in packs.problems} == {broken}


def test_broken_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    (problem,) = problems(write(tmp_path, "a", "title: x\nsummary: y\n  bad: z\n"))
    assert problem.line == 3
    assert "not valid YAML" in str(problem)


def test_a_wrong_nested_field_is_named_with_its_line(tmp_path: Path) -> None:
    text = yaml.safe_dump(SMALL, sort_keys=False).replace("level: beginner", "level: godlike")
    file = write(tmp_path, "a", text)
    (problem,) = problems(file)
    line = text[: text.index("level: godlike")].count("\n") + 1
    assert (problem.field, problem.line) == ("skills.0.level", line)
    assert str(problem).startswith(f"{file}:{line}: skills.0.level: ")


def test_a_missing_field_is_named_where_its_owner_begins(tmp_path: Path) -> None:
    text = "title: Diver\n" + yaml.safe_dump({k: v for k, v in SMALL.items() if k != "title"})
    text = text.replace("  why: Maps.\n", "")
    (problem,) = problems(write(tmp_path, "a", text))
    assert problem.field == "skills.0.why"
    assert problem.line == text[: text.index("- learn: Draw.")].count("\n") + 1


def test_every_wrong_field_is_reported(tmp_path: Path) -> None:
    file = write(tmp_path, "a", yaml.safe_dump(SMALL | {"titel": "x", "summary": ""}))
    assert {problem.field for problem in problems(file)} == {"titel", "summary"}


def test_a_key_given_twice_is_refused(tmp_path: Path) -> None:
    text = yaml.safe_dump(SMALL) + "title: Again\n"
    (problem,) = problems(write(tmp_path, "a", text))
    assert (problem.field, problem.message) == ("title", "is given twice")


def test_an_unquoted_time_is_refused_rather_than_misread(tmp_path: Path) -> None:
    text = yaml.safe_dump(SMALL) + "typical_day:\n- time: 9:30\n  activity: Tea.\n"
    (problem,) = problems(write(tmp_path, "a", text))
    assert problem.field == "typical_day.0.time"


@pytest.mark.parametrize("slug", ["Über", "with space", "a" * 61, "-a"])
def test_a_folder_that_is_no_slug_is_refused(tmp_path: Path, slug: str) -> None:
    (problem,) = problems(write(tmp_path, slug, yaml.safe_dump(SMALL)))
    assert "rename the folder" in problem.message


def test_an_empty_or_unreadable_or_huge_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert problems(write(tmp_path, "empty", ""))
    latin = write(tmp_path, "latin", "")
    latin.write_bytes("title: Ü".encode("latin-1"))
    assert "can't be read" in problems(latin)[0].message
    assert "can't be read" in problems(tmp_path / "missing" / "role.yaml")[0].message
    monkeypatch.setattr(loader, "MAX_PACK_BYTES", 10)
    assert "larger than" in problems(write(tmp_path, "huge", yaml.safe_dump(SMALL)))[0].message


def test_a_related_role_that_no_pack_describes_is_reported() -> None:
    roles = [loaded("a", related=[{"slug": "b", "why": "x"}, {"slug": "nowhere", "why": "x"}])]
    roles.append(loaded("b"))
    (problem,) = unknown_relations(roles)
    assert problem.field == "related.1.slug"
    assert "nowhere" in problem.message


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_whatever_a_file_holds_it_is_a_role_or_a_problem(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "any" / "role.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    found = read_role(file)
    assert isinstance(found, LoadedRole) or all(problem.file == file for problem in found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sorted(SMALL)),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    ),
)
def test_any_value_in_any_field_is_a_role_or_a_problem(
    tmp_path: Path, field: str, value: object
) -> None:
    file = tmp_path / "any" / "role.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(yaml.safe_dump(SMALL | {field: value}))
    found = read_role(file)
    assert isinstance(found, LoadedRole) or all(
        problem.field is not None and problem.field.split(".")[0] in {field, "", "sources"}
        for problem in found
    )
