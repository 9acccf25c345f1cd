import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.answers.knowledge import Knowledge
from bot.answers.model import Reply, Verdict
from bot.answers.service import Answers, Asker
from bot.careers.loader import LoadedRole
from bot.careers.registry import RoleRegistry
from bot.careers.settings import channel_career, followed, member_career
from bot.careers.standing import CareersMeant
from bot.delivery.kinds import Kinds
from bot.delivery.planner import Planner
from bot.faq.model import Gap, GapKind, entry_key
from bot.faq.service import Faq
from bot.faq.text import EntryText
from bot.paths import DATA
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from bot.store.tables import load_metadata
from tests.bot.guilds.noticing import notices_over
from tests.conftest import FixedClock

GUILD, OTHER_GUILD, CHANNEL = 3, 4, 5
ANNA, BEN = 77_123_456_701, 77_123_456_702
IN_GUILD, ELSEWHERE = Asker(ANNA, GUILD), Asker(ANNA, OTHER_GUILD)
RED_TEAM, ANALYST = "ai-red-team-engineer", "trust-safety-analyst"

CLUB = EntryText("When does the book club meet?", ("reading circle",), "On Tuesdays at nine.")


@pytest.fixture(scope="module")
def registry(knowledge: Knowledge) -> RoleRegistry:
    return RoleRegistry([LoadedRole(*each, Path()) for each in knowledge.roles.items()])


@pytest.fixture
def preferences(database: Database, clock: FixedClock, registry: RoleRegistry) -> Preferences:
    known = Registry()
    known.register(member_career(registry), channel_career(registry), followed(registry))
    return Preferences(database, clock, known)


@pytest.fixture
def faq(database: Database, clock: FixedClock) -> Faq:
    planner = Planner(clock, Kinds())
    return Faq(database, clock, planner, notices_over(database, clock, planner))


@pytest.fixture
def another(
    faq: Faq,
    preferences: Preferences,
    registry: RoleRegistry,
    knowledge: Knowledge,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[], Answers]:
    """Make answers as another process would, on the same store."""

    def load(_roles: Sequence[LoadedRole], _data: Path) -> Knowledge:
        return knowledge  # which is the same, and takes a second to read

    monkeypatch.setattr(Knowledge, "load", load)
    return lambda: Answers(registry, DATA, faq, CareersMeant(registry, preferences))


@pytest.fixture
def answers(another: Callable[[], Answers]) -> Answers:
    return another()


def keys(reply: Reply) -> list[str]:
    return [answer.key for answer in reply.answers]


async def gaps(faq: Faq, kind: GapKind, guild_id: int = GUILD) -> list[tuple[str, int]]:
    found: list[Gap] = await faq.gaps(guild_id, kind)
    return [(gap.text, gap.count) for gap in found]


async def test_what_is_built_in_is_answered_without_a_server(answers: Answers) -> None:
    reply = await answers.ask("Which tools does an AI red team engineer use?", Asker(ANNA))
    assert keys(reply) == [f"topic:{RED_TEAM}:tools"]


async def test_the_role_that_is_picked_wins_over_all_that_were_chosen(
    answers: Answers, preferences: Preferences, registry: RoleRegistry
) -> None:
    question, here = "Which tools are used?", Asker(ANNA, GUILD, (CHANNEL,))
    assert (await answers.ask(question, here)).verdict is Verdict.EACH_ROLE
    await preferences.set(followed(registry), GUILD, (RED_TEAM, ANALYST), by=BEN)
    both = await answers.ask(question, here)
    assert keys(both) == [f"topic:{RED_TEAM}:tools", f"topic:{ANALYST}:tools"]
    await preferences.set(member_career(registry), ANNA, ANALYST, by=ANNA)
    assert keys(await answers.ask(question, here)) == [f"topic:{ANALYST}:tools"]
    await preferences.set(channel_career(registry), CHANNEL, RED_TEAM, by=BEN)
    assert keys(await answers.ask(question, here)) == [f"topic:{RED_TEAM}:tools"]
    assert keys(await answers.ask(question, here, ANALYST)) == [f"topic:{ANALYST}:tools"]


async def test_an_entry_is_found_at_the_next_question(answers: Answers, faq: Faq) -> None:
    assert not (await answers.ask(CLUB.question, IN_GUILD)).answered
    added = await faq.add(GUILD, CLUB, BEN)
    for asked in (CLUB.question, "reading circle", "when does the bok club meet"):
        reply = await answers.ask(asked, IN_GUILD)
        assert (keys(reply), reply.text) == ([entry_key(added.id)], CLUB.answer)
    assert reply.source == "Source: this server's FAQ, 2026-11-24."


async def test_a_change_is_seen_at_once_by_whoever_else_answers(
    answers: Answers, another: Callable[[], Answers], faq: Faq
) -> None:
    elsewhere = another()
    assert not (await elsewhere.ask(CLUB.question, IN_GUILD)).answered
    added = await faq.add(GUILD, CLUB, BEN)
    for each in (elsewhere, answers):
        assert (await each.ask(CLUB.question, IN_GUILD)).text == CLUB.answer
    await faq.edit(GUILD, added.id, EntryText(CLUB.question, (), "Never again."), BEN)
    for each in (elsewhere, answers):
        assert (await each.ask(CLUB.question, IN_GUILD)).text == "Never again."
        assert (await each.answer(entry_key(added.id), IN_GUILD)) is not None
    await faq.remove(GUILD, added.id, BEN)
    for each in (elsewhere, answers):
        assert not (await each.ask(CLUB.question, IN_GUILD)).answered
        assert await each.answer(entry_key(added.id), IN_GUILD) is None


async def test_entries_are_not_read_again_until_they_change(answers: Answers, faq: Faq) -> None:
    await faq.add(GUILD, CLUB, BEN)
    first = await answers.entries(GUILD)
    await answers.ask(CLUB.question, IN_GUILD)
    assert await answers.entries(GUILD) is first
    await faq.add(GUILD, EntryText("Where is the library?", (), "Upstairs."), BEN)
    assert len(await answers.entries(GUILD)) == 2


async def test_another_servers_entries_are_never_found_nor_offered(
    answers: Answers, faq: Faq
) -> None:
    added = await faq.add(GUILD, CLUB, BEN)
    key = entry_key(added.id)
    assert (await answers.ask(CLUB.question, IN_GUILD)).answered
    for asker in (ELSEWHERE, Asker(ANNA), Asker(BEN, OTHER_GUILD, (CHANNEL,))):
        for asked in (CLUB.question, *CLUB.aliases, CLUB.answer):
            reply = await answers.ask(asked, asker)
            assert key not in str(reply)
            assert CLUB.answer not in f"{reply.text}{reply.alternatives}{reply.explanations}" or (
                asked == CLUB.answer
            )
        assert await answers.answer(key, asker) is None
    assert len(await answers.entries(OTHER_GUILD)) == 0


async def test_what_is_answered_is_counted_by_its_key(answers: Answers, faq: Faq) -> None:
    added = await faq.add(GUILD, CLUB, BEN)
    for asked in (CLUB.question, "reading circle"):
        await answers.ask(asked, IN_GUILD)
    await answers.ask("Which tools are used?", IN_GUILD, ANALYST)
    assert (await faq.get(GUILD, added.id)).asked == 2
    assert await gaps(faq, GapKind.MOST_ASKED) == [
        (CLUB.question, 2),
        ("Trust & Safety Analyst · Which tools are used?", 1),
    ]
    assert await gaps(faq, GapKind.UNANSWERED) == []


async def test_what_is_not_answered_is_counted_as_missed(answers: Answers, faq: Faq) -> None:
    for asked in ("When does the book club meet?", "when does the BOOK club meet", "Who won?"):
        assert not (await answers.ask(asked, IN_GUILD)).answered
    missed = await gaps(faq, GapKind.UNANSWERED)
    assert [count for _, count in missed] == [2, 1]
    assert await gaps(faq, GapKind.MOST_ASKED) == []
    assert await gaps(faq, GapKind.UNANSWERED, OTHER_GUILD) == []


async def test_an_unknown_figure_is_counted_as_missed_too(answers: Answers, faq: Faq) -> None:
    reply = await answers.ask("what does it pay?", IN_GUILD, RED_TEAM)
    assert (reply.answered, reply.known) == (True, False)
    assert await gaps(faq, GapKind.UNANSWERED) == [("what does it pay?", 1)]


async def test_an_answer_is_given_though_it_cannot_be_counted(
    answers: Answers, faq: Faq, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(*_args: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr(faq, "count", locked)
    with structlog.testing.capture_logs() as logged:
        reply = await answers.ask("Which tools are used?", IN_GUILD, ANALYST)
    assert reply.answered
    assert [line["event"] for line in logged] == ["an answer couldn't be counted"]


async def test_servers_that_asked_longest_ago_are_read_again_where_many_have_asked(
    answers: Answers, faq: Faq, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.answers.service.MOST_KEPT", 1)
    for guild_id in (GUILD, OTHER_GUILD):
        await faq.add(guild_id, CLUB, BEN)
    first = await answers.entries(GUILD)
    assert await answers.entries(GUILD) is first
    assert len(await answers.entries(OTHER_GUILD)) == 1
    again = await answers.entries(GUILD)
    assert again is not first
    assert len(again) == 1


async def test_nothing_is_counted_outside_servers_or_without_asking(
    answers: Answers, faq: Faq, database: Database
) -> None:
    await faq.add(GUILD, CLUB, BEN)
    before = await everything(database)
    await answers.ask("When does the book club meet?", Asker(ANNA))
    await answers.answer(f"topic:{ANALYST}:pay", IN_GUILD)
    context = await answers.context(IN_GUILD, None)
    assert answers.reply(CLUB.question, context).text == CLUB.answer
    assert await everything(database) == before


async def everything(database: Database) -> list[Any]:
    """Return all rows of all tables."""
    rows: list[Any] = []
    async with database.reading() as session:
        for table in load_metadata().sorted_tables:
            rows += [tuple(row) for row in await session.execute(select(table))]
    return rows


async def test_nothing_is_kept_of_who_asked(answers: Answers, faq: Faq, database: Database) -> None:
    await faq.add(GUILD, CLUB, BEN)
    for asked in (CLUB.question, "Which tools are used?", "Who won?", "???"):
        await answers.ask(asked, Asker(ANNA, GUILD, (CHANNEL,)))
    kept = str(await everything(database))
    assert str(BEN) in kept
    assert str(ANNA) not in kept


async def test_nothing_is_kept_of_whom_a_question_is_about(
    answers: Answers, database: Database
) -> None:
    assert not (await answers.ask(f"How old is <@{BEN}>?", IN_GUILD)).answered
    assert str(BEN) not in str(await everything(database))


async def test_many_ask_at_once(answers: Answers, faq: Faq) -> None:
    added = await faq.add(GUILD, CLUB, BEN)
    replies = await asyncio.gather(*(answers.ask(CLUB.question, IN_GUILD) for _ in range(20)))
    assert {reply.text for reply in replies} == {CLUB.answer}
    assert (await faq.get(GUILD, added.id)).asked == 20
