"""What cards of imports have in common."""

from datetime import UTC, datetime, timedelta

from bot.chat.importing import (
    counted,
    listed,
    problems_card,
    read_instant,
    written_instant,
)
from bot.sheets.rows import Problem
from tests.cogs.limits import check


def test_an_instant_goes_into_a_custom_id_and_back() -> None:
    latest = datetime(2999, 1, 1, tzinfo=UTC) - timedelta(microseconds=1)
    for at in (datetime(2026, 11, 24, 12, 0, 0, 7, tzinfo=UTC), latest):
        assert read_instant(written_instant(at)) == at
        assert len(written_instant(at)) <= 17


def test_as_many_problems_as_are_listed_fit_on_a_card() -> None:
    problems = [Problem(line, "*@everyone* " * 90) for line in range(10**6, 10**6 + 25)]
    check(problems_card([*problems[1:], Problem(None, "As a whole.")], 9999))


def test_titles_are_listed_up_to_a_number() -> None:
    assert [*listed("New", [], 2, 20)] == []
    assert [*listed("New", ["a\n*b*"], 2, 20)] == ["New", "- a \\*b\\*"]
    assert [*listed("New", ["a", "b", "c"], 2, 20)] == ["New", "- a", "- b", "- … and 1 more"]


def test_what_a_file_does_is_counted() -> None:
    assert counted(1, 2, 3456) == "1 added · 2 changed · 3,456 unchanged"
