from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from discord import Locale

from bot import i18n
from bot.i18n import _, ngettext, speaking, translate
from tests.server import Server

EXPLORE = "Explore careers: what they are, what they pay, how to get there"


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A German catalogue of a few texts."""
    catalog = Catalog(locale="de", domain=i18n.DOMAIN)
    catalog.add("Skills", "Fähigkeiten")
    catalog.add(EXPLORE, "Berufe erkunden")
    catalog.add(("{count} week", "{count} weeks"), ("{count} Woche", "{count} Wochen"))
    compiled = BytesIO()
    write_mo(compiled, catalog)
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / f"{i18n.DOMAIN}.mo").write_bytes(compiled.getvalue())
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    yield
    i18n.catalogue.cache_clear()


@pytest.mark.usefixtures("german")
def test_text_is_in_the_language_in_force_and_english_otherwise() -> None:
    assert _("Skills") == "Skills"
    with speaking("de"):
        assert _("Skills") == "Fähigkeiten"
        assert _("never translated") == "never translated"
        with speaking("fr"):
            assert _("Skills") == "Skills"
        assert ngettext("{count} week", "{count} weeks", 2) == "{count} Wochen"
    assert _("Skills") == "Skills"


@pytest.mark.usefixtures("german")
def test_a_regional_locale_falls_back_to_its_language() -> None:
    assert translate("Skills", "de-AT") == "Fähigkeiten"
    assert translate("Skills", "ja") == "Skills"


@pytest.mark.usefixtures("german")
def test_numbers_follow_the_language_only_where_there_is_a_catalogue() -> None:
    with speaking("fr"):
        assert i18n.number_locale() == "en_US"
    with speaking("de"):
        assert i18n.number_locale() == "de"


async def test_commands_are_described_in_each_language_that_there_is(
    german: None, server: Server
) -> None:
    with server.env.time_context():
        given = {each.name: each for each in await server.client.tree.fetch_commands()}
    assert given["role"].description_localizations == {Locale.german: "Berufe erkunden"}
    assert given["role"].description == EXPLORE
    assert given["faq"].description_localizations == {}


def test_plurals_work_without_any_catalogue() -> None:
    with speaking("pt-BR"):
        assert ngettext("one", "many", 1) == "one"
        assert ngettext("one", "many", 2) == "many"
