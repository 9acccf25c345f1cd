"""Settings, read once from the environment and ``.env``."""

import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import OperatorError

SANDBOX_DATABASE = "sandbox.sqlite3"
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg"}


class SettingsError(OperatorError):
    """One or more settings are wrong; the text names all of them."""


class DataDirectoryError(OperatorError):
    """The data directory can't be made or written to."""


class Settings(BaseSettings):
    """Everything that can be set, with its default. `.env.example` explains each.

    Raises pydantic's ValidationError; use :func:`load_settings` for a readable one.
    """

    model_config = SettingsConfigDict(
        env_prefix="WAYMARK_",
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
    )

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    data_dir: Path = Path("var")
    database_url: SecretStr | None = None
    content_path: Annotated[tuple[Path, ...], NoDecode] = ()
    dev_guild: int | None = None
    members_intent: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "console", "json"] = "auto"
    sandbox_port: Annotated[int, Field(ge=0, le=65535)] = 8710

    @field_validator("discord_token", "database_url", "dev_guild", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("content_path", mode="before")
    @classmethod
    def _split_paths(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part for part in value.split(os.pathsep) if part.strip())
        return value

    @field_validator("content_path")
    @classmethod
    def _paths_exist(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        missing = [str(path) for path in value if not path.is_dir()]
        if missing:
            raise ValueError(f"not a directory: {', '.join(missing)}")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        url = normalised_url(value.get_secret_value())
        if url.endswith(SANDBOX_DATABASE):
            raise ValueError(f"{SANDBOX_DATABASE} belongs to the sandbox; choose another file")
        return SecretStr(url)

    def database(self) -> str:
        """Return the store's SQLAlchemy URL; it may hold a password, so never log it."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return sqlite_url(self.data_dir / "waymark.sqlite3")

    def sandbox_database(self) -> str:
        """Return the URL of the sandbox's own store."""
        return sqlite_url(self.data_dir / SANDBOX_DATABASE)

    def secrets(self) -> tuple[str, ...]:
        """Return the strings that must never be written anywhere."""
        token = self.discord_token.get_secret_value() if self.discord_token else None
        url = self.database_url.get_secret_value() if self.database_url else None
        password = make_url(url).password if url else None
        return tuple(secret for secret in (token, password, quote(password or "")) if secret)


def sqlite_url(path: Path) -> str:
    """Return the SQLAlchemy URL of an SQLite file."""
    return f"{DRIVERS['sqlite']}:///{path}"


def normalised_url(text: str) -> str:
    """Return a database URL with the driver Waymark uses, whatever driver it named.

    Raises ValueError for anything but SQLite and PostgreSQL.
    """
    try:
        url = make_url(text)
    except ArgumentError:
        raise ValueError("not a database URL; for example sqlite:///waymark.sqlite3") from None
    backend = url.get_backend_name()
    if backend == "sqlite":
        driver = DRIVERS["sqlite"]
    elif backend in {"postgres", "postgresql"}:
        driver = DRIVERS["postgres"]
    else:
        raise ValueError(f"{backend} isn't supported; use sqlite:/// or postgresql://")
    return url.set(drivername=driver).render_as_string(hide_password=False)


def load_settings() -> Settings:
    """Read the settings.

    Raises SettingsError naming every wrong setting at once, without its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        problems = "\n".join(f"  {_name(e['loc'])}: {e['msg']}" for e in error.errors())
        raise SettingsError(
            f"Some settings are wrong. Mend them in .env or the environment:\n{problems}\n"
            "Every setting is explained in .env.example."
        ) from None


def _name(location: tuple[int | str, ...]) -> str:
    field = str(location[0])
    return field if field.isupper() else f"WAYMARK_{field.upper()}"


def prepare_data_dir(settings: Settings) -> Path:
    """Make the data directory if need be, and return it.

    Raises DataDirectoryError if it can't be written to.
    """
    path = settings.data_dir.absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".write-test-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise DataDirectoryError(
            f"Waymark can't write to its data directory {path}: {error.strerror}.\n"
            "Give the user that runs Waymark write access to it, "
            "or set WAYMARK_DATA_DIR to another directory."
        ) from None
    return path
