"""What all commands need of the terminal."""

from typing import NoReturn

import typer

from bot.config import Settings, load_settings
from bot.logs import configure_logging


def loaded_settings() -> Settings:
    """Read the settings and set up logging. Raises SettingsError."""
    settings = load_settings()
    configure_logging(settings.log_level, settings.log_format, settings.secrets())
    return settings


def stop_with(message: str) -> NoReturn:
    """Print what is wrong on standard error and end with exit code 1."""
    typer.echo(message, err=True)
    raise SystemExit(1)
