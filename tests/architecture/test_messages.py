"""What members read can be translated: the catalogue of texts is the one the code has."""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from bot.i18n import LOCALES
from tests.architecture.pure import ROOT

KEYWORDS = DEFAULT_KEYWORDS | {"later": None, "locale_str": None}


def extracted() -> set[str | tuple[str, ...]]:
    found: Iterable[Any] = (
        message
        for folder in ("bot", "cogs")
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, keywords=KEYWORDS)
    )
    return set(found)


def kept() -> set[str | tuple[str, ...]]:
    content = BytesIO((LOCALES / "waymark.pot").read_bytes())
    catalog: Catalog = read_po(content)
    return {
        message.id if isinstance(message.id, str) else tuple(message.id)
        for message in catalog
        if message.id
    }


def test_the_catalogue_of_texts_is_up_to_date() -> None:
    assert kept() == extracted(), "run `make messages`"


def test_texts_of_every_kind_are_collected() -> None:
    texts = extracted()
    assert "At a glance" in texts
    assert "Programming skills required" in texts
    assert "Everything about one career, on one card" in texts
    assert ("{count} week", "{count} weeks") in texts


def test_no_text_hides_in_an_f_string_where_python_3_11_cannot_collect_it() -> None:
    for folder in ("bot", "cogs"):
        for file in (ROOT / folder).rglob("*.py"):
            assert not re.search(r"f[\"'][^\n]*\{(_|ngettext)\(", file.read_text()), file
