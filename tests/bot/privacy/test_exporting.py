import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from bot.privacy.model import EVERYWHERE, NothingHeld, Scope, TooMuchToSend
from bot.privacy.service import Privacy
from bot.store.database import Database
from tests.bot.privacy.rows import HERE, ME, OTHER, THERE, WORDS, Rows
from tests.conftest import FixedClock

ROOMY = 1_000_000


async def exported(privacy: Privacy, scope: Scope) -> tuple[str, str]:
    packed = await privacy.export(ME, scope, "Everywhere", ROOMY)
    with ZipFile(BytesIO(packed)) as archive:
        tables = [archive.read(each).decode() for each in archive.namelist()[2:]]
        return archive.read("data.json").decode(), "\n".join(tables)


async def test_a_member_gets_what_is_theirs_and_nothing_of_others(
    database: Database, clock: FixedClock
) -> None:
    privacy, rows = Privacy(database, clock), Rows(Privacy(database, clock).reach)
    async with database.writing() as session:
        await rows.fill(session)
    everything, tables = await exported(privacy, EVERYWHERE)
    for text in (everything, tables):
        assert WORDS[ME] in text
        assert str(OTHER) not in text
        assert WORDS[OTHER] not in text
    held = json.loads(everything)["held"]
    for name, declared in privacy.reach.held.items():
        if declared.theirs and declared.exported:
            assert held[name], name
    kept_by_others = [row["member_id"] for row in held["attempt_votes"]]
    assert {*kept_by_others} <= {str(ME), None}
    assert {row["answered_by"] for row in held["faq_waiting"]} == {None}
    here, _tables = await exported(privacy, Scope(HERE))
    assert str(THERE) not in here
    assert len(here) < len(everything)


async def test_a_large_bundle_is_cut_to_the_newest_rows_or_refused(
    database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    privacy, rows = Privacy(database, clock), Rows(Privacy(database, clock).reach)
    with pytest.raises(NothingHeld):
        await privacy.export(ME, EVERYWHERE, "Everywhere", ROOMY)
    async with database.writing() as session:
        await rows.fill(session)
    monkeypatch.setattr("bot.privacy.service.MOST_ROWS", 4)
    monkeypatch.setattr("bot.privacy.service.FEWEST_ROWS", 1)
    whole = await privacy.export(ME, EVERYWHERE, "Everywhere", ROOMY)
    fewer = await privacy.export(ME, EVERYWHERE, "Everywhere", len(whole) - 1)
    assert len(fewer) < len(whole)
    with pytest.raises(TooMuchToSend):
        await privacy.export(ME, EVERYWHERE, "Everywhere", 100)
