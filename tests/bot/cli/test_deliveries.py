import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.app import opened
from bot.cli.program import cli
from bot.clock import SystemClock
from bot.config import Settings
from bot.delivery.model import Plan, State, Target
from bot.reminders.model import REMINDER


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, migrated_file: Path) -> None:
    (tmp_path / "var").mkdir()
    shutil.copy(migrated_file, tmp_path / "var" / "waymark.sqlite3")


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["deliveries", *arguments])
    return result.exit_code, result.stdout + result.stderr


def plan(*keys: str) -> None:
    """Plan deliveries an hour ahead, in the store of the working directory."""

    async def planned() -> None:
        async with opened(Settings()) as app, app.database.writing() as session:
            for number, key in enumerate(keys, 1):
                due = SystemClock().now() + timedelta(hours=number)
                about = Plan(REMINDER.name, key, Target.channel(5), due, number)
                await app.planner.plan(session, about)

    asyncio.run(planned())


def test_an_empty_queue_is_said_to_be_empty() -> None:
    code, out = run("list")
    assert (code, "There are none." in out) == (0, True)


def test_rows_are_listed_shown_cancelled_and_only_then_listed_by_state() -> None:
    plan("first", "second")
    _, out = run("list", "--limit", "1")
    assert "reminder  channel 5" in out
    assert len([line for line in out.splitlines() if "reminder" in line]) == 1
    _, out = run("show", "2")
    assert "intent      second" in out
    assert "state       waiting" in out
    code, out = run("cancel", "2")
    assert (code, "cancelled" in out) == (0, True)
    _, out = run("list", "--state", State.CANCELLED)
    assert "       2  " in out
    assert "       1  " not in out


def test_what_cannot_be_done_is_said_with_exit_code_1() -> None:
    plan("first")
    for arguments in (("show", "9"), ("retry", "1"), ("cancel", "9")):
        code, out = run(*arguments)
        assert (code, "Traceback" in out) == (1, False)
        assert arguments[1] in out


def test_what_failed_is_queued_again() -> None:
    plan("first")

    async def failed() -> None:
        async with opened(Settings()) as app, app.database.writing() as session:
            await session.execute(text("UPDATE deliveries SET state = 'failed', next_try = NULL"))

    asyncio.run(failed())
    code, out = run("retry", "1")
    assert (code, "queued again" in out) == (0, True)
