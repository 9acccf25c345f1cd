import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import (
    DataDirectoryError,
    Settings,
    SettingsError,
    load_settings,
    normalised_url,
    prepare_data_dir,
)
from tests.e2e.processes import ROOT


def test_nothing_needs_to_be_set() -> None:
    settings = load_settings()
    assert settings.discord_token is None
    assert settings.database() == "sqlite+aiosqlite:///var/waymark.sqlite3"
    assert settings.sandbox_database() == "sqlite+aiosqlite:///var/sandbox.sqlite3"
    assert settings.secrets() == ()


def test_the_env_file_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=from-file\nWAYMARK_LOG_LEVEL=debug\n")
    monkeypatch.setenv("WAYMARK_LOG_LEVEL", "error")
    settings = load_settings()
    assert settings.discord_token == SecretStr("from-file")
    assert settings.log_level == "error"


def test_an_empty_setting_is_as_if_it_were_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISCORD_TOKEN", "WAYMARK_DATABASE_URL", "WAYMARK_DEV_GUILD"):
        monkeypatch.setenv(name, " ")
    settings = load_settings()
    assert (settings.discord_token, settings.database_url, settings.dev_guild) == (None,) * 3


def test_all_wrong_settings_are_named_without_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_DATABASE_URL", "oracle://scott:tiger@db/x")
    monkeypatch.setenv("WAYMARK_SANDBOX_PORT", "99999")
    monkeypatch.setenv("WAYMARK_CONTENT_PATH", "nowhere")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    for name in ("WAYMARK_DATABASE_URL", "WAYMARK_SANDBOX_PORT", "WAYMARK_CONTENT_PATH"):
        assert name in message
    assert "tiger" not in message


def test_content_directories_are_separated_as_in_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    monkeypatch.setenv("WAYMARK_CONTENT_PATH", os.pathsep.join(["a", "b"]))
    assert load_settings().content_path == (Path("a"), Path("b"))


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("postgres://u:p%40@h/d", "postgresql+asyncpg://u:p%40@h/d"),
        ("postgresql+psycopg://h/d", "postgresql+asyncpg://h/d"),
    ],
)
def test_a_database_url_needs_no_driver(given: str, used: str) -> None:
    assert normalised_url(given) == used


@pytest.mark.parametrize("given", ["mysql://h/d", "not a url", "sqlite"])
def test_other_databases_are_refused(given: str) -> None:
    with pytest.raises(ValueError, match=r"supported|not a database URL"):
        normalised_url(given)


def test_production_never_opens_the_sandboxs_store() -> None:
    with pytest.raises(ValueError, match="belongs to the sandbox"):
        Settings(database_url=SecretStr("sqlite:///var/sandbox.sqlite3"))


def test_token_and_passwords_are_secrets_and_not_shown() -> None:
    settings = Settings.model_validate(
        {"DISCORD_TOKEN": "tok.en", "database_url": "postgresql://u:p%40ss@h/d"}
    )
    assert set(settings.secrets()) == {"tok.en", "p@ss", "p%40ss"}
    for secret in settings.secrets():
        assert secret not in repr(settings)


def test_the_data_directory_is_made(tmp_path: Path) -> None:
    path = prepare_data_dir(Settings(data_dir=tmp_path / "a" / "b"))
    assert path == tmp_path / "a" / "b"
    assert list(path.iterdir()) == []


def test_an_unwritable_data_directory_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataDirectoryError, match="WAYMARK_DATA_DIR"):
        prepare_data_dir(Settings(data_dir=tmp_path / "file" / "var"))


def test_the_example_file_names_every_setting_with_its_default() -> None:
    example = (ROOT / ".env.example").read_text()
    for name, field in Settings.model_fields.items():
        variable = field.validation_alias or f"WAYMARK_{name.upper()}"
        default = "" if field.default in (None, ()) else field.default
        assert f"\n#{variable}={default}\n" in example
