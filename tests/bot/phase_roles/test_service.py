"""Roles for finished phases on both stores: given, taken back, waiting for repair, given again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.careers.registry import RoleRegistry
from bot.delivery.store import deliveries, to_delivery
from bot.guilds import settings as guild_settings
from bot.journeys.service import Journeys
from bot.journeys.settings import VISIBILITY
from bot.members import settings as member_settings
from bot.members.service import Members
from bot.phase_roles.model import (
    MOST_RULES,
    Grant,
    Hindrance,
    NoSuchPhase,
    Prize,
    Rule,
    RuleGone,
    State,
    TooManyRules,
    step,
)
from bot.privacy.model import Scope
from bot.privacy.service import Privacy
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from tests.bot.careers.samples import loaded
from tests.bot.journeys.samples import ROADMAP
from tests.bot.phase_roles.fakes import (
    ANNA,
    BEN,
    BOSS,
    GUILD,
    INK,
    MAPS,
    MASTER,
    OTHER_GUILD,
    PAPER,
    House,
    prize,
)
from tests.conftest import NOW, FixedClock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def house(database: Database, clock: FixedClock) -> House:
    known = Registry()
    known.register(member_settings.ZONE, member_settings.DAY_START, guild_settings.ZONE, VISIBILITY)
    preferences = Preferences(database, clock, known)
    roles = RoleRegistry([loaded("cartographer", roadmap=ROADMAP)])
    members = Members(database, clock, preferences)
    return House(database, clock, Journeys(database, clock, roles, members, preferences))


async def test_a_finished_phase_and_the_whole_way_give_their_roles(house: House) -> None:
    await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.phase_roles.put(GUILD, prize(None, MASTER), BOSS)
    await house.finish(ANNA, 0)
    await house.finish(BEN, 0, guild=OTHER_GUILD)
    await house.deliver()
    assert house.roles == {(ANNA, PAPER)}
    await house.finish(ANNA, 1)
    await house.deliver()
    assert house.roles == {(ANNA, PAPER), (ANNA, MASTER)}
    await house.finish(ANNA, 1)
    await house.deliver()
    assert len(house.asked) == 2
    assert [(each.given, each.on_the_way) for each in await house.phase_roles.all(GUILD)] == [
        (1, 0),
        (1, 0),
    ]


async def test_what_is_taken_back_loses_its_role_and_what_is_done_again_gets_it(
    house: House,
) -> None:
    await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.phase_roles.put(GUILD, prize(None, MASTER), BOSS)
    await house.finish(ANNA, 0)
    await house.finish(ANNA, 1)
    await house.deliver()
    await house.reopen(ANNA, 0)
    await house.deliver()
    assert house.roles == set()
    assert [each.given for each in await house.phase_roles.all(GUILD)] == [0, 0]
    await house.finish(ANNA, 0)
    await house.deliver()
    assert house.roles == {(ANNA, PAPER), (ANNA, MASTER)}


async def test_done_and_taken_back_before_anything_was_given_gives_nothing(house: House) -> None:
    await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.finish(ANNA)
    await house.reopen(ANNA)
    await house.deliver()
    assert (house.roles, house.asked) == (set(), [])


async def test_a_role_that_a_member_had_is_never_taken(house: House) -> None:
    house.roles.add((ANNA, PAPER))
    await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.finish(ANNA)
    await house.deliver()
    await house.reopen(ANNA)
    await house.deliver()
    assert house.roles == {(ANNA, PAPER)}
    assert house.asked == []


async def test_a_role_that_two_phases_give_stays_until_neither_is_finished(house: House) -> None:
    await house.phase_roles.put(GUILD, prize("Paper"), BOSS)
    await house.phase_roles.put(GUILD, prize("Ink"), BOSS)
    await house.finish(ANNA, 0)
    await house.finish(ANNA, 1)
    await house.deliver()
    await house.reopen(ANNA, 0)
    await house.deliver()
    assert house.roles == {(ANNA, PAPER)}
    await house.reopen(ANNA, 1)
    await house.deliver()
    assert house.roles == set()


async def test_a_role_that_two_phases_gave_goes_with_the_one_that_is_left(house: House) -> None:
    rule, _ = await house.phase_roles.put(GUILD, prize("Paper"), BOSS)
    await house.phase_roles.put(GUILD, prize("Ink"), BOSS)
    for member in (ANNA, BEN):
        await house.finish(member, 0)
        await house.deliver()
    await house.finish(ANNA, 1)
    await house.deliver()
    await house.phase_roles.remove(GUILD, rule.id)
    house.clock.time += 8 * DAY
    await house.phase_roles.look_after()
    await house.reopen(ANNA, 1)
    await house.deliver()
    assert house.roles == {(BEN, PAPER)}


async def test_a_role_above_the_bots_waits_and_managers_are_told_once(house: House) -> None:
    house.unfit[PAPER] = Hindrance.ABOVE
    rule, _ = await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.finish(ANNA)
    await house.finish(BEN)
    await house.deliver()
    await house.phase_roles.look_after()
    await house.deliver()
    assert (house.roles, len(house.told)) == (set(), 1)
    assert [each.stuck for each in await house.phase_roles.all(GUILD)] == [2]
    assert await house.phase_roles.try_again(GUILD, rule.id) is Hindrance.ABOVE
    house.unfit.clear()
    await house.phase_roles.mended(OTHER_GUILD)
    await house.deliver()
    assert house.roles == set()
    await house.phase_roles.mended(GUILD)
    await house.deliver()
    assert house.roles == {(ANNA, PAPER), (BEN, PAPER)}
    notice = await house.notices.get(house.told[0].subject_id)
    assert notice is not None
    assert notice.closed_at is not None


async def test_what_discord_refuses_is_tried_each_hour_without_telling_again(
    house: House,
) -> None:
    house.refused.add(PAPER)
    await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.finish(ANNA)
    for _ in range(3):
        await house.deliver()
        await house.phase_roles.look_after()
    assert len(house.told) == 1
    house.refused.clear()
    await house.deliver()
    assert house.roles == {(ANNA, PAPER)}


async def test_an_old_role_that_cant_be_taken_hinders_nobody_else(house: House) -> None:
    rule, _ = await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.finish(ANNA)
    await house.deliver()
    house.unfit[PAPER] = Hindrance.ABOVE
    await house.reopen(ANNA)
    await house.deliver()
    await house.phase_roles.put(GUILD, prize(role_id=INK), BOSS)
    await house.finish(BEN)
    await house.deliver()
    for _ in range(2):
        await house.phase_roles.look_after()
        await house.deliver()
    assert house.roles == {(ANNA, PAPER), (BEN, INK)}
    assert await house.phase_roles.role_in_the_way(rule) == PAPER
    assert await house.phase_roles.try_again(GUILD, rule.id) is Hindrance.ABOVE
    assert len(house.told) == 2  # of the rule as it was, and as it is
    house.unfit.clear()
    assert await house.phase_roles.try_again(GUILD, rule.id) is None
    await house.deliver()
    assert house.roles == {(BEN, INK)}
    assert await house.phase_roles.role_in_the_way(rule) == rule.prize.role_id


async def test_what_fails_leaves_its_place_to_others_and_is_looked_at_within_the_hour(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.phase_roles.giving.service.WINDOW", 1)
    await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.finish(ANNA)
    house.fails = True
    await house.deliver()
    house.fails = False
    await house.finish(BEN)
    await house.deliver()
    assert house.roles == {(BEN, PAPER)}
    await house.phase_roles.look_after()
    await house.deliver()
    assert house.roles == {(ANNA, PAPER), (BEN, PAPER)}


async def test_who_is_out_of_reach_waits_until_the_server_is_there(house: House) -> None:
    await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.finish(ANNA)
    async with house.database.reading() as session:
        row = (await session.execute(deliveries.select())).one()
    due = await house.phase_roles.giving.due(to_delivery(row))
    assert due is not None
    await house.phase_roles.giving.out_of_reach(due)
    await house.deliver()
    assert house.asked == []
    await house.phase_roles.look_after()
    await house.deliver()
    assert house.roles == {(ANNA, PAPER)}


async def test_a_role_that_was_refused_and_others_gave_since_is_never_taken(house: House) -> None:
    await house.phase_roles.put(GUILD, prize(), BOSS)
    house.refused.add(PAPER)
    await house.finish(ANNA)
    await house.deliver()
    house.refused.clear()
    house.roles.add((ANNA, PAPER))  # by a moderator
    await house.phase_roles.look_after()
    await house.deliver()
    await house.reopen(ANNA)
    await house.deliver()
    assert house.roles == {(ANNA, PAPER)}


async def test_another_role_for_a_deleted_one_is_given_in_its_place(house: House) -> None:
    await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.finish(ANNA)
    await house.deliver()
    house.unfit[PAPER] = Hindrance.GONE
    await house.finish(BEN)
    await house.deliver()
    assert len(house.told) == 1
    again, before = await house.phase_roles.put(GUILD, prize(role_id=INK), BOSS)
    assert before is not None
    assert (again.id, before.prize.role_id) == (before.id, PAPER)
    await house.deliver()
    assert house.roles == {(ANNA, INK), (BEN, INK)}


async def test_who_has_finished_already_gets_it_a_few_at_a_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.phase_roles.giving.service.WINDOW", 2)
    members = range(ANNA, ANNA + 5)
    for member in members:
        await house.finish(member)
    await house.phase_roles.put(GUILD, prize(), BOSS)
    assert await house.pending() == 2
    await house.deliver()
    assert house.roles == {(member, PAPER) for member in members}


async def test_what_is_removed_stays_with_who_has_it_and_comes_back_with_all(
    house: House,
) -> None:
    rule, _ = await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.finish(ANNA)
    await house.deliver()
    await house.phase_roles.remove(GUILD, rule.id)
    await house.finish(BEN)
    await house.deliver()
    assert house.roles == {(ANNA, PAPER)}
    assert await house.phase_roles.all(GUILD) == []
    _, before = await house.phase_roles.bring_back(GUILD, rule.id, BOSS)
    assert before is not None
    assert before.removed_at is not None
    await house.deliver()
    assert house.roles == {(ANNA, PAPER), (BEN, PAPER)}
    await house.phase_roles.remove(GUILD, rule.id, taking_back=True)
    await house.deliver()
    assert house.roles == set()
    house.clock.time += 8 * DAY
    await house.phase_roles.look_after()
    with pytest.raises(RuleGone):
        await house.phase_roles.bring_back(GUILD, rule.id, BOSS)


async def test_who_left_gets_it_when_they_are_back(house: House) -> None:
    await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.finish(ANNA)
    house.left.add(ANNA)
    await house.deliver()
    await house.phase_roles.look_after()
    await house.deliver()
    assert house.asked == []
    house.left.clear()
    async with house.database.writing() as session:
        await house.phase_roles.came_back(session, GUILD, ANNA)
    await house.deliver()
    assert house.roles == {(ANNA, PAPER)}


async def test_what_was_in_the_queue_for_too_long_is_planned_again(house: House) -> None:
    await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.finish(ANNA)
    house.clock.time += DAY + HOUR
    await house.deliver()
    assert house.roles == {(ANNA, PAPER)}
    await house.finish(BEN)
    async with house.database.writing() as session:
        await session.execute(deliveries.delete())
    house.clock.time += 3 * DAY
    await house.phase_roles.look_after()
    await house.deliver()
    assert house.roles == {(ANNA, PAPER), (BEN, PAPER)}


async def test_what_was_done_on_an_earlier_journey_counts_on_the_next(house: House) -> None:
    await house.finish(ANNA)
    journey = await house.journeys.of(GUILD, ANNA)
    await house.journeys.end(GUILD, ANNA, journey.id)
    await house.phase_roles.put(GUILD, prize("Ink", INK), BOSS)
    await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.deliver()
    assert house.roles == {(ANNA, PAPER)}
    await house.phase_roles.remove(GUILD, 2, taking_back=True)
    await house.phase_roles.put(GUILD, prize("Unknown", MASTER), BOSS)
    await house.deliver()
    assert house.roles == set()
    await house.phase_roles.bring_back(GUILD, 2, BOSS)
    await house.journeys.begin(GUILD, ANNA, MAPS)
    await house.deliver()
    assert house.roles == {(ANNA, PAPER)}


async def test_a_forgotten_member_gets_nothing_any_more(house: House) -> None:
    await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.finish(ANNA)
    await Privacy(house.database, house.clock).forget(ANNA, Scope(GUILD))
    await house.deliver()
    assert (house.roles, await house.pending()) == (set(), 0)


async def test_servers_have_their_own_and_not_too_many(house: House) -> None:
    rule, _ = await house.phase_roles.put(GUILD, prize(), BOSS)
    with pytest.raises(RuleGone):
        await house.phase_roles.remove(OTHER_GUILD, rule.id)
    for number in range(1, MOST_RULES):
        await house.phase_roles.put(GUILD, prize(f"Phase {number}"), BOSS)
    with pytest.raises(TooManyRules, match="20"):
        await house.phase_roles.put(GUILD, prize("One more"), BOSS)
    await house.phase_roles.put(GUILD, prize(role_id=INK), BOSS)


async def test_a_try_that_was_cut_off_is_known_for_our_own(house: House) -> None:
    await house.phase_roles.put(GUILD, prize(), BOSS)
    await house.finish(ANNA)
    async with house.database.reading() as session:
        row = (await session.execute(deliveries.select())).one()
    due = await house.phase_roles.giving.due(to_delivery(row))
    assert due is not None
    await house.phase_roles.giving.begins(due)
    house.roles.add((ANNA, PAPER))  # and here the process is killed
    await house.deliver()
    assert house.asked == []
    await house.reopen(ANNA)
    await house.deliver()
    assert house.roles == set()


def test_each_case_has_its_step() -> None:
    rule = Rule(1, GUILD, Prize("cartographer", "Paper", PAPER), BOSS)
    removed = replace(rule, removed_at=NOW)
    new = Grant(1, GUILD, ANNA, 1, earned=True, role_id=None, state=State.PLANNED, version=1)
    cases = [
        (new, rule, False, (PAPER, None)),
        (replace(new, role_id=PAPER), rule, False, (PAPER, None)),
        (replace(new, role_id=INK), rule, False, (PAPER, INK)),
        (replace(new, role_id=INK), rule, True, (PAPER, None)),
        (replace(new, earned=False), rule, False, (None, None)),
        (replace(new, earned=False, role_id=PAPER), rule, False, (None, PAPER)),
        (replace(new, earned=False, role_id=PAPER), rule, True, (None, None)),
        (new, removed, False, (None, None)),
        (replace(new, earned=False, role_id=PAPER), removed, False, (None, PAPER)),
    ]
    for grant, given, kept, expected in cases:
        due = step(grant, given, kept=kept)
        assert (due.give, due.take) == expected
        assert due.is_resumed == (grant.role_id == PAPER and grant.earned)


def test_what_isnt_there_is_said() -> None:
    assert "Pick one" in str(NoSuchPhase())
