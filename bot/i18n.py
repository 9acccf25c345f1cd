"""Member-visible text in the reader's language, through gettext.

`_` and `ngettext` look the text up in the catalogue of the locale in force, which
`speaking` sets for the length of an interaction or a delivery. English is the source.
"""

import gettext as gettext_module
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from bot.paths import DATA

DOMAIN = "waymark"
LOCALES = DATA / "locales"

_locale: ContextVar[str] = ContextVar("locale", default="en-US")


@contextmanager
def speaking(locale: str) -> Generator[None]:
    """Put a Discord locale such as "pt-BR" in force within this context."""
    token = _locale.set(locale)
    try:
        yield
    finally:
        _locale.reset(token)


def _(text: str) -> str:
    """Return the text in the locale in force, else as it is."""
    return catalogue(_locale.get(), LOCALES).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form for `count` in the locale in force; fill in the number yourself."""
    return catalogue(_locale.get(), LOCALES).ngettext(one, many, count)


def translate(text: str, locale: str) -> str:
    """Return the text in the given Discord locale, else as it is."""
    return catalogue(locale, LOCALES).gettext(text)


def has_catalogues() -> bool:
    """Return whether there is any language besides English."""
    return any(LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))


@cache
def catalogue(locale: str, directory: Path) -> gettext_module.NullTranslations:
    """Return the catalogue for "pt-BR", falling back to "pt", then to English."""
    languages = [locale.replace("-", "_"), locale.partition("-")[0]]
    return gettext_module.translation(DOMAIN, directory, languages, fallback=True)


def later(text: str) -> str:
    """Mark a constant for extraction; it is translated by `_` when it is shown."""
    return text


def number_locale() -> str:
    """Return the Babel locale whose number formats fit the language in force."""
    translated = catalogue(_locale.get(), LOCALES).info().get("language")
    return translated or "en_US"
