"""Nothing is lost and nothing posted twice, however often the process is killed.

At full size (`make torture`) 300 kills over 3,000 deliveries; each run prints its counts.
"""

import faulthandler
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from bot.config import sqlite_url
from tests.conftest import TORTURE
from tests.torture.harness import Run, Size
from tests.torture.report import Report

SEED = Random().randrange(10**6) if TORTURE else 20261124  # noqa: S311 - no secret
FULL = Size(3000, 300, 1, 150, outages=8, nonce_memory_s=6.0, drain_s=300.0)
ONE = FULL if TORTURE else Size(80, 4, 1, 14, outages=1, nonce_memory_s=2.0)
THREE = replace(FULL, processes=3, stalls=30) if TORTURE else Size(100, 4, 3, 18, stalls=1)
FLAWED = Size(300, 12, 1, 40, outages=2) if TORTURE else Size(60, 3, 1, 12)
FLAWS = ("forgetful", "trusting", "hasty") if TORTURE else ("forgetful",)

pytestmark = pytest.mark.process


@pytest.fixture(autouse=True)
def _without_limit() -> None:
    """A run at full size takes longer than any other test may; it limits itself."""
    faulthandler.cancel_dump_traceback_later()


async def shown(run: Run, capfd: pytest.CaptureFixture[str]) -> Report:
    report = await run.report()
    with capfd.disabled():
        sys.stderr.write(str(report))
    assert len(report.kills) >= run.size.kills
    return report


async def test_kills_lose_and_double_nothing_on_sqlite(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run = Run(ONE, SEED, sqlite_url(tmp_path / "store.sqlite3"), tmp_path / "workers.log")
    report = await shown(run, capfd)
    assert report.reckoning.troubles() == {}
    assert report.exit_codes == [0]


async def test_killing_one_of_three_loses_and_doubles_nothing_on_postgres(
    postgres_url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    report = await shown(Run(THREE, SEED, postgres_url, tmp_path / "workers.log"), capfd)
    assert report.reckoning.troubles() == {}
    assert report.exit_codes == [0, 0, 0]


@pytest.mark.parametrize("flaw", FLAWS)
async def test_a_sender_that_is_wrong_on_purpose_is_caught(
    flaw: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    url = sqlite_url(tmp_path / "store.sqlite3")
    report = await shown(Run(FLAWED, SEED, url, tmp_path / "workers.log", sender=flaw), capfd)
    assert report.reckoning.lost or report.reckoning.doubled
