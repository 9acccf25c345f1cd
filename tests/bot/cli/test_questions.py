"""`waymark questions`: a server's own interview questions, from and to files."""

import csv
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.program import cli
from bot.questions.files import write_yaml
from bot.questions.own import MAX_FILE
from bot.questions.text import QuestionText
from tests.bot.questions.samples import FULL, text

HEAD = "question,level,kind,key_points\n"


@pytest.fixture(autouse=True)
def _store(migrated_file: Path) -> None:
    Path("var").mkdir()
    shutil.copy(migrated_file, Path("var") / "waymark.sqlite3")


def run(*arguments: str, guild: int = 1) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["questions", *arguments, "--guild", str(guild)])
    return result.exit_code, result.stdout, result.stderr


def written(*questions: QuestionText) -> str:
    Path("bank.yaml").write_bytes(write_yaml(questions))
    return "bank.yaml"


def exported(guild: int = 1) -> list[str]:
    run("export", "all.csv", guild=guild)
    with Path("all.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["question"] for row in csv.DictReader(file)]


def test_a_file_is_tried_then_imported_for_one_server_alone() -> None:
    file = written(FULL, text())
    tried = (0, "2 would be added, 0 would be changed, 0 unchanged.\n", "")
    assert run("import", file, "--dry-run") == tried
    assert exported() == []
    assert run("import", file) == (0, "2 added, 0 changed, 0 unchanged.\n", "")
    changed = written(FULL, text(minutes=9))
    assert run("import", changed) == (0, "0 added, 1 changed, 1 unchanged.\n", "")
    assert (exported(), exported(guild=2)) == ([FULL.text, text().text], [])


def test_questions_that_are_nearly_the_same_are_named() -> None:
    run("import", written(text("Why do zebras appeal so much to you?")))
    code, said, _ = run("import", written(text("Why do zebras appeal so much to you, then?")))
    assert code == 0
    assert "Nearly the same: “Why do zebras appeal so much to you, then?” and “Why do" in said


def test_a_broken_file_is_refused_whole_with_the_numbers_of_its_lines() -> None:
    rows = "Good?,mid,case,A.\nWhy?,boss,case,A.\n=1+1,mid,case,A.\n"
    Path("bank.csv").write_text(HEAD + rows, encoding="utf-8")
    for arguments in ([], ["--dry-run"]):
        code, said, wrong = run("import", "bank.csv", *arguments)
        first, *problems = wrong.splitlines()
        assert (code, said, first) == (1, "", "Nothing was imported:")
        assert [each.partition(":")[0] for each in problems] == ["line 3", "line 4"]
    Path("bank.csv").write_text(HEAD + "?,x,case,A.\n" * 30, encoding="utf-8")
    assert run("import", "bank.csv")[2].endswith("… and 5 more.\n")
    assert exported() == []


def test_a_file_that_is_too_large_is_not_read() -> None:
    with Path("bank.csv").open("wb") as file:
        file.truncate(50_000_000)
    code, _, wrong = run("import", "bank.csv")
    assert code == 1
    assert f"The file has 50,000,000 bytes; {MAX_FILE:,} fit." in wrong


@pytest.mark.parametrize("name", ["all.csv", "all.yaml", "all.yml"])
def test_what_is_exported_can_be_imported_elsewhere(name: str) -> None:
    run("import", written(FULL, text("=1+1 “quoted”?")))
    assert run("export", name) == (0, f"2 questions written to {name}.\n", "")
    assert run("import", name) == (0, "0 added, 0 changed, 2 unchanged.\n", "")
    assert run("import", name, guild=2) == (0, "2 added, 0 changed, 0 unchanged.\n", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "nowhere.csv"], "There is no file nowhere.csv"),
        (["import", "."], "There is no file ."),
        (["export", "all.json"], "Name a .csv or .yaml file."),
        (["export", "nowhere/all.csv"], "nowhere/all.csv can't be written"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(arguments: list[str], said: str) -> None:
    code, _, wrong = run(*arguments)
    assert (code, said in wrong) == (1, True)
