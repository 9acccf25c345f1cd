import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import __version__
from bot.cli.content import SCHEMAS, rendered_schema
from bot.cli.program import cli, main
from bot.paths import DATA
from bot.store.migrate import head_revision
from tests.bot.careers.samples import write_pack

NEWEST = head_revision()


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, list(arguments))
    return result.exit_code, result.output


def printed(*arguments: str) -> tuple[int, str]:
    """As `run`, without what was logged."""
    result = CliRunner().invoke(cli, list(arguments))
    return result.exit_code, result.stdout


def test_version_is_printed() -> None:
    assert run("version") == (0, f"{__version__}\n")


def test_every_role_is_listed() -> None:
    code, output = run("role", "list")
    assert code == 0
    for pack in DATA.glob("roles/*/role.yaml"):
        assert pack.parent.name in output


def test_a_category_narrows_the_list() -> None:
    _, output = run("role", "list", "--category", "ai safety & security")
    assert "ai-red-team-engineer" in output
    assert "trust-safety-analyst" not in output


def test_a_role_is_shown_by_alias_and_an_unknown_one_gets_suggestions() -> None:
    assert run("role", "show", "AI Red Teamer")[0] == 0
    code, output = run("role", "show", "trust safety anlyst")
    assert code == 1
    assert "trust-safety-analyst" in output


def test_the_packs_that_come_with_waymark_are_valid() -> None:
    code, output = run("content", "validate")
    assert (code, "0 problems" in output) == (0, True)


def test_a_broken_pack_is_reported_with_file_line_and_field(tmp_path: Path) -> None:
    pack = tmp_path / "diver" / "role.yaml"
    pack.parent.mkdir()
    pack.write_text("title: Diver\n\ncategory: 7\n")
    code, output = run("content", "validate", str(tmp_path))
    assert code == 1
    assert f"{pack}:3: category" in output


def test_a_broken_question_bank_is_reported_too(tmp_path: Path) -> None:
    bank = write_pack(tmp_path, "diver").with_name("questions.yaml")
    bank.write_text("questions:\n  - id: depth\n    level: boss\n")
    code, output = run("content", "validate", str(tmp_path))
    assert code == 1
    assert f"{bank}:3: questions.0.level" in output


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_for_editors_are_those_the_code_has(name: str) -> None:
    kept = (DATA / "schema" / name).read_text()
    assert kept == rendered_schema(name), "run `make schema`"
    assert json.loads(kept)["title"] == SCHEMAS[name].__name__


def test_writing_the_schema_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("bot.cli.content.DATA", tmp_path)
    assert run("content", "schema")[0] == 0
    for name in SCHEMAS:
        assert (tmp_path / "schema" / name).read_text() == rendered_schema(name)


def test_the_database_goes_up_is_checked_and_comes_down() -> None:
    assert printed("db", "upgrade") == (0, f"database: {NEWEST}; this Waymark: {NEWEST}\n")
    assert printed("db", "check") == (0, "The database fits the code.\n")
    assert printed("db", "current") == (0, f"database: {NEWEST}; this Waymark: {NEWEST}\n")
    assert printed("db", "downgrade", "base") == (0, f"database: empty; this Waymark: {NEWEST}\n")
    code, output = run("db", "check")
    assert code == 1
    assert "waymark db upgrade" in output


def test_syncing_needs_a_token() -> None:
    result = CliRunner().invoke(cli, ["sync"])
    assert "DISCORD_TOKEN is not set" in str(result.exception)


def test_what_an_operator_can_mend_is_printed_not_traced(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["waymark", "sync"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert capsys.readouterr().err.strip().startswith("DISCORD_TOKEN is not set")


def test_an_error_of_our_own_is_logged_without_secrets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_settings: object) -> None:
        raise RuntimeError("broken near canary.token")

    monkeypatch.setenv("DISCORD_TOKEN", "canary.token")
    monkeypatch.setattr("bot.cli.program.synced", fail)
    monkeypatch.setattr(sys, "argv", ["waymark", "sync"])
    with pytest.raises(SystemExit) as ended:
        main()
    error = capsys.readouterr().err
    assert ended.value.code == 1
    assert "please report it" in error
    assert "broken near [redacted]" in error
    assert "canary.token" not in error


def test_an_interrupted_command_ends_with_the_usual_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_settings: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.cli.program.synced", interrupt)
    monkeypatch.setattr(sys, "argv", ["waymark", "sync"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code in {1, 130}


def test_the_sandbox_without_its_extra_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "bot.sandbox", None)
    monkeypatch.setattr(sys, "argv", ["waymark", "sandbox"])
    with pytest.raises(SystemExit):
        main()
    assert ".[sandbox]" in capsys.readouterr().err


def test_a_database_that_differs_from_the_code_fails_the_check() -> None:
    printed("db", "upgrade")
    with closing(sqlite3.connect("var/waymark.sqlite3")) as store:
        store.execute("ALTER TABLE command_syncs ADD COLUMN extra INTEGER")
    code, output = run("db", "check")
    assert code == 1
    assert "extra" in output


def test_a_broken_pack_is_mentioned_while_showing_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "packs" / "diver").mkdir(parents=True)
    (tmp_path / "packs" / "diver" / "role.yaml").write_text("title: Diver\n")
    monkeypatch.setenv("WAYMARK_CONTENT_PATH", "packs")
    result = CliRunner().invoke(cli, ["role", "list"])
    assert "diver" in result.stderr
    assert "trust-safety-analyst" in result.stdout
