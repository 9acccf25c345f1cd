import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from bot.errors import MemberError
from bot.privacy import settings
from bot.privacy.bundle import as_csv, bundle
from bot.privacy.model import NothingHeld, Part, Receipt, Sheet, TooMuchToSend, summed
from tests.conftest import NOW

BIG = 123_456_789_012_345_678
ROWS: tuple[dict[str, Any], ...] = (
    {"id": 1, "guild_id": BIG, "what": "=1+1", "content": {"a": "ü"}, "at": NOW, "day": None},
    {"id": 2, "guild_id": -5, "what": "-5 °C", "content": [], "at": NOW, "day": NOW.date()},
)
SHEET = Sheet("reminders", "Reminders", "What you asked for.", ROWS, total=2)
CUT = Sheet("votes", "Votes", "What you found helpful.", ({"id": 9},), total=30)


def test_a_bundle_has_a_readme_everything_as_json_and_a_table_each() -> None:
    with ZipFile(BytesIO(bundle([SHEET, CUT], "Everywhere", NOW))) as archive:
        assert archive.namelist() == ["readme.txt", "data.json", "reminders.csv", "votes.csv"]
        readme = archive.read("readme.txt").decode()
        held = json.loads(archive.read("data.json"))["held"]
    assert "reminders.csv: Reminders. What you asked for. (2 rows)" in readme
    assert "(the newest 1 of 30 rows)" in readme
    assert held["reminders"][0] == {
        "id": 1,
        "guild_id": str(BIG),
        "what": "=1+1",
        "content": {"a": "ü"},
        "at": NOW.isoformat(),
        "day": None,
    }


def test_no_cell_of_a_table_runs_as_a_formula() -> None:
    first, second = as_csv(SHEET).splitlines()[1:]
    assert first.startswith(f"1,{BIG},'=1+1,")
    assert second.startswith("2,-5,'-5 °C,[],")
    assert second.endswith(NOW.date().isoformat())


def test_parts_of_one_title_are_one() -> None:
    parts = summed([Part("A", 1, 0), Part("B", 0, 0), Part("A", 2, 5), Part("C", 0, 1)])
    assert parts == [Part("A", 3, 5), Part("C", 0, 1)]
    receipt = Receipt("ABCD", NOW, parts)
    assert (receipt.own, receipt.named) == (3, 6)


def test_days_are_read_and_shown() -> None:
    chosen = [settings.parse_days(option.label) for option in settings.choices()]
    assert chosen == [*settings.CHOICES]
    assert settings.show_days(90) == "90 days"
    for text in ("91", "soon", ""):
        with pytest.raises(MemberError):
            settings.parse_days(text)


def test_errors_say_what_to_do() -> None:
    assert "nothing to do" in str(NothingHeld())
    assert "Ask whoever runs" in str(TooMuchToSend())
