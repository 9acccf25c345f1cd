"""Calendar files mean the same sessions to libraries that Waymark doesn't write them with.

`ical.js` (Thunderbird's) is here as a file and runs in the Node.js that comes with Playwright.
`recurring-ical-events` wants an older python-dateutil than Waymark's lock has, so it can't be a
dependency: where it is installed all the same (`pip install --no-deps`), it is asked too.
"""

# ruff: noqa: S311 - no secret

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import playwright
import pytest
from icalendar import Calendar

from bot.meetings.calendar import Entry, calendar_file
from bot.meetings.model import Series
from bot.meetings.series import occurrences
from tests.bot.meetings.samples import YEAR_BEGINS, YEAR_ENDS, Organiser
from tests.conftest import TORTURE

COUNT = 500 if TORTURE else 40
NODE = Path(playwright.__file__).parent / "driver" / "node"
EXPAND = Path(__file__).parent / "icaljs" / "expand.cjs"
NOW = datetime(2027, 2, 1, tzinfo=UTC)
BEGIN, END = int(YEAR_BEGINS.timestamp()), int(YEAR_ENDS.timestamp())

Expanded = list[list[int]]
"""Start and length of each session, in seconds."""


@pytest.fixture(scope="module")
def groups() -> list[list[Series]]:
    organiser = Organiser(Random(7))
    return [organiser.all_of(f"group{n}", organiser.random.randrange(6)) for n in range(COUNT)]


@pytest.fixture(scope="module")
def files(groups: list[list[Series]]) -> list[str]:
    return [
        calendar_file("Group", [Entry(each, "Session") for each in group], NOW).decode()
        for group in groups
    ]


@pytest.fixture(scope="module")
def meant(groups: list[list[Series]]) -> list[Expanded]:
    return [
        sorted(
            [int(session.start.timestamp()), session.minutes * 60]
            for series in group
            for session in occurrences(series, YEAR_BEGINS, YEAR_ENDS)
        )
        for group in groups
    ]


def test_ical_js_expands_to_the_same_instants(files: list[str], meant: list[Expanded]) -> None:
    asked = json.dumps([{"file": file, "begin": BEGIN, "end": END} for file in files])
    command = [str(NODE), str(EXPAND)]
    ran = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == meant
    assert sum(map(len, meant)) > COUNT


def test_recurring_ical_events_expands_to_the_same_instants(
    files: list[str], meant: list[Expanded]
) -> None:
    library: Any = pytest.importorskip("recurring_ical_events")
    for file, expected in zip(files, meant, strict=True):
        found = library.of(Calendar.from_ical(file)).between(YEAR_BEGINS, YEAR_ENDS)
        expanded = sorted(
            [int(event.start.timestamp()), int(event.duration.total_seconds())]
            for event in found
            if event["STATUS"] != "CANCELLED" and YEAR_BEGINS <= event.start < YEAR_ENDS
        )
        assert expanded == expected
