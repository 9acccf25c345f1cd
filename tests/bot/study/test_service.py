"""Making, joining, leaving and organising groups. On both stores."""

import asyncio

import pytest

from bot.delivery.model import Reason
from bot.delivery.outcomes import Undeliverable, Unwanted
from bot.members.settings import ZONE
from bot.privacy.model import EVERYWHERE
from bot.store.database import Database
from bot.study.errors import (
    GroupClosed,
    GroupGone,
    JustDeclined,
    NameTaken,
    NoOfferToYou,
    NotAnOrganiser,
    NothingAsked,
    NotInGroup,
    NotTheOwner,
    OwnerStays,
    TooLateToUndo,
    TooManyGroups,
    TooManyOfYours,
    TooManyOrganisers,
    YouAreNotIn,
)
from bot.study.model import (
    EDIT,
    MOST_OF_A_MEMBER,
    NEWS,
    Admission,
    Place,
    Rank,
    Standing,
    State,
)
from bot.study.roll import Actor
from bot.study.service import Wanted
from tests.bot.study.fakes import (
    ANNA,
    BEN,
    CHANNEL,
    CLEO,
    DAY,
    DORA,
    EVE,
    GUILD,
    HERE,
    MANAGER,
    OTHER_GUILD,
    Room,
    wish,
)
from tests.conftest import FixedClock

BY_ANNA, BY_BEN = Actor(ANNA), Actor(BEN)


@pytest.fixture
def room(database: Database, clock: FixedClock) -> Room:
    return Room(database, clock)


async def test_a_full_group_has_a_waiting_list_that_moves_up_by_itself(room: Room) -> None:
    seats, group = room.study.seats, await room.group()
    assert (await seats.join(GUILD, group, BEN)).entry.standing is Standing.MEMBER
    assert (await seats.join(GUILD, group, CLEO)).place == 1
    assert (await seats.join(GUILD, group, DORA)).place == 2
    again = await seats.join(GUILD, group, DORA)
    assert (again.place, again.is_new) == (2, False)
    await room.deliver()
    assert room.told("study_card") == [(CHANNEL, group)]
    with pytest.raises(OwnerStays):
        await seats.leave(GUILD, group, ANNA)
    await seats.leave(GUILD, group, BEN)
    with pytest.raises(YouAreNotIn):
        await seats.leave(GUILD, group, BEN)
    await room.deliver()
    assert room.told("study_news:in") == [(CLEO, CLEO)]
    assert [each.member_id for each in room.cards[-1].members] == [ANNA, CLEO]
    back = await seats.come_back(GUILD, group, BEN)
    assert back.place == 2  # behind Dora
    await seats.leave(GUILD, group, BEN)
    await seats.leave(GUILD, group, DORA)
    await seats.leave(GUILD, group, CLEO)
    assert (await seats.come_back(GUILD, group, BEN)).entry.is_in
    room.clock.time += 2 * DAY
    with pytest.raises(TooLateToUndo):
        await seats.come_back(GUILD, group, CLEO)


async def test_news_that_is_no_longer_so_is_not_told(room: Room) -> None:
    group = await room.group()
    await room.join(group, BEN, CLEO)
    await room.study.seats.leave(GUILD, group, BEN)
    await room.study.seats.leave(GUILD, group, CLEO)
    await room.deliver()
    assert room.told("study_news:in") == []


async def test_changes_within_seconds_are_one_edit(room: Room) -> None:
    group = await room.group(size=9)
    await room.deliver()
    await room.deliver()
    room.said.clear()
    await room.join(group, BEN, CLEO, DORA)
    await room.deliver()
    assert room.told("study_edit") == [(CHANNEL, group)]
    assert len(room.cards[-1].members) == 4
    await room.join(group, EVE)
    await room.deliver()
    assert room.told("study_edit") == [(CHANNEL, group)]


async def test_a_card_that_is_gone_is_made_again_once(room: Room) -> None:
    group = await room.group()
    await room.deliver()
    await room.deliver()
    card = (await room.study.get(GUILD, group)).group.card_id or 0
    room.said.clear()
    await room.study.cards.deleted({1, card})
    await room.study.cards.deleted({1, card})
    await room.deliver()
    assert room.told("study_card") == [(CHANNEL, group)]
    room.ends[EDIT.name] = Unwanted(Reason.MESSAGE_GONE)
    await room.deliver()
    del room.ends[EDIT.name]
    await room.deliver()
    assert room.told("study_card") == [(CHANNEL, group)]


async def test_organisers_let_in_who_asks(room: Room) -> None:
    seats, group = room.study.seats, await room.group(size=3, admission=Admission.REQUEST)
    asked = await seats.join(GUILD, group, BEN)
    assert asked.entry.standing is Standing.ASKED
    await room.deliver()
    assert room.told("study_request") == [(ANNA, BEN)]
    for by in (BY_BEN, Actor(CLEO)):
        with pytest.raises(NotAnOrganiser):
            await seats.approve(GUILD, group, BEN, by)
    await seats.approve(GUILD, group, BEN, BY_ANNA)
    with pytest.raises(NothingAsked):
        await seats.approve(GUILD, group, BEN, BY_ANNA)
    await room.deliver()
    assert room.told("study_news:in") == [(BEN, BEN)]
    await room.study.organising.add(GUILD, group, BEN, BY_ANNA)
    await room.join(group, CLEO, DORA)
    await room.deliver()
    assert sorted(room.told("study_request")) == [(w, o) for w in (ANNA, BEN) for o in (CLEO, DORA)]
    await seats.decline(GUILD, group, CLEO, BY_BEN)
    await room.deliver()
    assert room.told("study_news:declined") == [(CLEO, CLEO)]
    with pytest.raises(JustDeclined):
        await room.join(group, CLEO)
    await seats.approve(GUILD, group, DORA, BY_BEN)
    full = await seats.approve(GUILD, group, CLEO, MANAGER)  # in the end
    assert full.place == 1
    await room.deliver()
    assert room.told("study_news:waiting") == [(CLEO, CLEO)]


async def test_who_was_declined_may_ask_again_after_a_week(room: Room) -> None:
    seats, group = room.study.seats, await room.group(admission=Admission.REQUEST)
    await room.join(group, BEN)
    await seats.decline(GUILD, group, BEN, BY_ANNA)
    room.clock.time += 8 * DAY
    assert (await seats.join(GUILD, group, BEN)).entry.standing is Standing.ASKED


async def test_a_request_that_reaches_no_owner_is_shown_where_the_group_is(room: Room) -> None:
    group = await room.group(admission=Admission.REQUEST)
    await room.join(group, BEN)
    room.ends["study_request"] = Undeliverable(Reason.DM_CLOSED)
    await room.deliver()
    del room.ends["study_request"]
    await room.deliver()
    assert room.told("study_request") == [(CHANNEL, BEN)]


async def test_who_was_taken_out_comes_in_again_only_if_let_in(room: Room) -> None:
    seats, group = room.study.seats, await room.group(size=4)
    await room.join(group, BEN, CLEO, DORA, EVE)
    await room.study.organising.add(GUILD, group, CLEO, BY_ANNA)
    with pytest.raises(NotAnOrganiser):
        await seats.remove(GUILD, group, CLEO, BY_BEN)
    with pytest.raises(OwnerStays):
        await seats.remove(GUILD, group, ANNA, MANAGER)
    await seats.remove(GUILD, group, BEN, Actor(CLEO))
    assert await room.members(group) == [ANNA, CLEO, DORA, EVE]
    await seats.put_back(GUILD, group, BEN, Actor(CLEO))
    assert await room.waiting(group) == [BEN]
    await seats.remove(GUILD, group, BEN, Actor(CLEO))
    await room.deliver()
    assert room.told("study_news:removed") == [(BEN, BEN)]
    assert (await seats.join(GUILD, group, BEN)).entry.standing is Standing.ASKED
    with pytest.raises(NotTheOwner):
        await seats.remove(GUILD, group, CLEO, Actor(CLEO))
    with pytest.raises(NotInGroup):
        await seats.remove(GUILD, group, 999, BY_ANNA)


async def test_more_places_fill_from_the_list_and_fewer_send_nobody_away(room: Room) -> None:
    group = await room.group(size=2)
    await room.join(group, BEN, CLEO, DORA)
    with pytest.raises(NotAnOrganiser):
        await room.study.change(GUILD, group, BY_BEN, size=3)
    await room.study.change(GUILD, group, BY_ANNA, size=3, topic="More")
    assert await room.waiting(group) == [DORA]
    smaller = await room.study.change(GUILD, group, BY_ANNA, size=2)
    assert (len(smaller.members), smaller.free, smaller.group.wish.topic) == (3, 0, "More")
    await room.study.seats.leave(GUILD, group, BEN)
    assert await room.waiting(group) == [DORA]


async def test_limits_of_a_server_and_of_a_member(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = MOST_OF_A_MEMBER + 2  # fifty would only take longer
    monkeypatch.setattr("bot.study.service.MOST_IN_A_SERVER", most)
    group = await room.group()
    with pytest.raises(NameTaken):
        await room.group(BEN, name=" evenings ")
    for number in range(1, most):
        await room.group(200 + number, name=f"Group {number}")
    with pytest.raises(TooManyGroups):
        await room.group(BEN, name="One more")
    with pytest.raises(TooManyGroups):
        await room.study.require_room(GUILD, BEN, "One more")
    await room.study.close(GUILD, group, BY_ANNA)
    await room.group(EVE, name="One more")
    with pytest.raises(TooManyGroups):
        await room.study.reopen(GUILD, group, BY_ANNA)
    there = await room.study.open_ones(GUILD)
    for each in there[:MOST_OF_A_MEMBER]:
        await room.join(each.id, BEN)
    with pytest.raises(TooManyOfYours):
        await room.join(there[MOST_OF_A_MEMBER].id, BEN)
    assert (await room.study.create(OTHER_GUILD, wish(), HERE, BEN)).group.is_open
    await room.study.close(GUILD, there[-1].id, MANAGER)
    with pytest.raises(TooManyOfYours):
        await room.group(BEN, name="One of mine more")


async def test_many_at_once_stay_within_a_members_limit(room: Room) -> None:
    ids = [await room.group(200 + n, name=f"Group {n}") for n in range(MOST_OF_A_MEMBER + 3)]
    joins = [room.study.seats.join(GUILD, each, BEN) for each in ids]
    refused = [each for each in await asyncio.gather(*joins, return_exceptions=True)
               if isinstance(each, TooManyOfYours)]  # fmt: skip
    assert len(refused) == 3
    assert len(await room.study.mine(GUILD, BEN)) == MOST_OF_A_MEMBER


async def test_groups_of_another_server_are_out_of_reach(room: Room) -> None:
    group, study = await room.group(), room.study
    for act in (
        study.get(OTHER_GUILD, group),
        study.seats.join(OTHER_GUILD, group, BEN),
        study.seats.leave(OTHER_GUILD, group, ANNA),
        study.seats.approve(OTHER_GUILD, group, BEN, MANAGER),
        study.close(OTHER_GUILD, group, MANAGER),
        study.organising.transfer(OTHER_GUILD, group, ANNA, MANAGER),
        study.resting.still_meeting(OTHER_GUILD, group, ANNA),
    ):
        with pytest.raises(GroupGone):
            await act
    assert await study.find(OTHER_GUILD, BEN, Wanted()) == []


async def test_closing_can_be_undone_and_its_own_thread_goes_along(room: Room) -> None:
    made = await room.study.create(GUILD, wish(), Place(71, own_thread=True), ANNA)
    group = made.group.id
    await room.deliver()
    with pytest.raises(NotAnOrganiser):
        await room.study.close(GUILD, group, BY_BEN)
    await room.study.close(GUILD, group, BY_ANNA)
    await room.deliver()
    assert room.told("study_thread") == [(71, group)]
    with pytest.raises(GroupClosed):
        await room.join(group, BEN)
    assert not room.cards[-1].group.is_open
    await room.study.reopen(GUILD, group, BY_ANNA)
    await room.deliver()
    assert room.told("study_thread") == [(71, group)]
    await room.join(group, BEN)
    await room.study.close(GUILD, group, BY_ANNA)
    room.clock.time += 91 * DAY
    await room.study.look_after()
    with pytest.raises(GroupGone):
        await room.study.get(GUILD, group)


async def test_organisers_are_named_by_the_owner(room: Room) -> None:
    organising, group = room.study.organising, await room.group(size=20)
    await room.join(group, *range(300, 306), BEN)
    for member in range(300, 305):
        await organising.add(GUILD, group, member, BY_ANNA)
        await organising.add(GUILD, group, member, BY_ANNA)
    with pytest.raises(TooManyOrganisers):
        await organising.add(GUILD, group, 305, BY_ANNA)
    with pytest.raises(NotTheOwner):
        await organising.add(GUILD, group, BEN, Actor(300))
    with pytest.raises(OwnerStays):
        await organising.remove(GUILD, group, ANNA, BY_ANNA)
    await organising.remove(GUILD, group, 300, BY_ANNA)
    given = await organising.transfer(GUILD, group, BEN, BY_ANNA)
    assert given.owner is not None
    assert given.owner.member_id == BEN
    assert given.of(ANNA)
    assert given.member(ANNA).rank is Rank.ORGANISER
    await room.deliver()
    assert room.told("study_news:owner") == [(BEN, BEN)]
    with pytest.raises(NotTheOwner):
        await organising.transfer(GUILD, group, ANNA, BY_ANNA)
    with pytest.raises(NotInGroup):
        await organising.transfer(GUILD, group, 999, BY_BEN)


async def test_when_the_owner_leaves_the_server_the_longest_in_is_asked_then_the_next(
    room: Room,
) -> None:
    group = await room.group(size=3)
    await room.join(group, BEN, CLEO, DORA)
    await room.leavings.left(GUILD, ANNA)
    assert await room.members(group) == [BEN, CLEO, DORA]  # who waited has moved up
    await room.deliver()
    assert room.told("study_offer") == [(BEN, BEN)]
    offer = (await room.study.get(GUILD, group)).member(BEN).id
    with pytest.raises(NoOfferToYou):
        await room.study.organising.take_over(offer, CLEO)
    room.clock.time += 8 * DAY
    with pytest.raises(NoOfferToYou):
        await room.study.organising.take_over(offer, BEN)
    await room.study.look_after()
    await room.deliver()
    assert room.told("study_offer") == [(CLEO, CLEO)]
    offer = (await room.study.get(GUILD, group)).member(CLEO).id
    await room.study.organising.refuse(offer, CLEO)
    await room.deliver()
    assert room.told("study_offer") == [(DORA, DORA)]
    offer = (await room.study.get(GUILD, group)).member(DORA).id
    await room.study.organising.take_over(offer, DORA)
    assert await room.owner(group) == DORA
    await room.leavings.seen(GUILD, ANNA)
    assert await room.owner(group) == DORA
    assert await room.waiting(group) == [ANNA]


async def test_managers_are_told_once_if_nobody_takes_over(room: Room) -> None:
    group = await room.group()
    await room.join(group, BEN)
    await room.leavings.left(GUILD, ANNA)
    offer = (await room.study.get(GUILD, group)).member(BEN).id
    await room.study.organising.refuse(offer, BEN)
    await room.deliver()
    for _ in range(3):
        room.clock.time += 8 * DAY
        await room.study.look_after()
        await room.deliver()
    assert [where for where, _ in room.told("notice")] == [900]
    await room.study.organising.transfer(GUILD, group, BEN, MANAGER)
    assert await room.notices.untold(900, GUILD) == []


async def test_an_owner_who_is_back_in_time_has_the_group_again(room: Room) -> None:
    group = await room.group()
    await room.join(group, BEN)
    await room.leavings.left(GUILD, ANNA)
    await room.leavings.seen(GUILD, ANNA)
    assert await room.owner(group) == ANNA
    await room.deliver()
    assert room.told("study_offer") == []


async def test_owners_are_looked_for_as_discord_tells_of_nobody_who_leaves(room: Room) -> None:
    group = await room.group()
    await room.join(group, BEN)
    there = {ANNA: True}
    looked = list[int]()

    async def is_there(_guild_id: int, member_id: int) -> bool:
        looked.append(member_id)
        return there.get(member_id, True)

    room.leavings.is_there = is_there
    await room.leavings.look_around()
    assert ANNA not in looked
    room.clock.time += 8 * DAY
    await room.leavings.look_around()
    await room.leavings.look_around()
    assert looked.count(ANNA) == 1
    there[ANNA] = False
    room.clock.time += 8 * DAY
    await room.leavings.look_around()
    assert await room.owner(group) is None


async def test_forgetting_frees_places_and_offers_groups(room: Room) -> None:
    group = await room.group()
    await room.join(group, BEN, CLEO)
    await room.deliver()
    await room.privacy.forget(ANNA, EVERYWHERE)
    assert await room.members(group) == [BEN, CLEO]
    await room.deliver()
    assert room.told("study_offer") == [(BEN, BEN)]
    assert room.told("study_news:in") == [(CLEO, CLEO)]
    await room.privacy.forget(BEN, EVERYWHERE)
    await room.privacy.forget(CLEO, EVERYWHERE)
    assert (await room.study.get(GUILD, group)).group.state is State.CLOSED


async def test_dormant_groups_are_asked_and_archived_unless_somebody_answers(room: Room) -> None:
    group, other = await room.group(), await room.group(BEN, name="Others")
    await room.join(group, CLEO)
    room.clock.time += 61 * DAY
    await room.study.look_after()
    await room.study.look_after()
    await room.deliver()
    assert sorted(room.told("study_dormant")) == [(CHANNEL, group), (CHANNEL, other)]
    with pytest.raises(YouAreNotIn):
        await room.study.resting.still_meeting(GUILD, group, BEN)
    await room.study.resting.still_meeting(GUILD, group, CLEO)
    room.clock.time += 15 * DAY
    await room.study.look_after()
    assert (await room.study.get(GUILD, group)).group.is_open
    archived = await room.study.get(GUILD, other)
    assert archived.group.state is State.ARCHIVED
    with pytest.raises(GroupClosed):
        await room.study.resting.still_meeting(GUILD, other, BEN)
    assert (await room.study.reopen(GUILD, other, BY_BEN)).group.is_open


async def test_finding_by_career_free_places_and_shared_day(room: Room) -> None:
    await room.preferences.set(ZONE, EVE, "Europe/Berlin", by=EVE)
    near = await room.group(name="Near", role="analyst", phase="One")
    far = await room.group(BEN, name="Far", zone="Pacific/Auckland")
    full = await room.group(CLEO, name="Full")
    await room.join(full, DORA)

    async def found(**wanted: object) -> list[tuple[int, int]]:
        seen = await room.study.find(GUILD, EVE, Wanted(**wanted))  # pyright: ignore[reportArgumentType]
        return [(each.roll.group.id, each.hours) for each in seen]

    assert await found() == [(near, 14), (far, 4), (full, 14)]
    assert await found(free=True) == [(near, 14), (far, 4)]
    assert await found(near=True) == [(near, 14), (full, 14)]
    assert await found(role="analyst") == [(near, 14)]
    assert await found(role="analyst", phase="Two") == []


async def test_news_that_reaches_nobody_is_told_at_their_next_command(room: Room) -> None:
    group = await room.group()
    await room.join(group, BEN, CLEO)
    await room.study.seats.leave(GUILD, group, BEN)
    room.ends[NEWS.name] = Undeliverable(Reason.DM_CLOSED)
    await room.deliver()
    (notice,) = await room.notices.untold(CLEO, None)
    assert notice.trouble.kind == NEWS.name


async def test_who_takes_a_request_back_must_ask_again(room: Room) -> None:
    seats, group = room.study.seats, await room.group(admission=Admission.REQUEST)
    await seats.join(GUILD, group, BEN)
    await seats.leave(GUILD, group, BEN)
    assert (await seats.come_back(GUILD, group, BEN)).entry.standing is Standing.ASKED
    await seats.leave(GUILD, group, BEN)
    assert (await seats.join(GUILD, group, BEN)).entry.standing is Standing.ASKED
    await room.deliver()
    assert room.told("study_request") == [(ANNA, BEN)]


async def test_who_was_taken_out_comes_in_by_no_way_round(room: Room) -> None:
    seats, group = room.study.seats, await room.group()
    await seats.join(GUILD, group, BEN)
    await seats.remove(GUILD, group, BEN, BY_ANNA)
    assert (await seats.join(GUILD, group, BEN)).entry.standing is Standing.ASKED
    async with room.database.writing() as session:
        await seats.gone(session, GUILD, BEN)
        await seats.returned(session, GUILD, BEN)
    entry = (await room.study.get(GUILD, group)).of(BEN)
    assert entry is not None
    assert entry.standing is Standing.WITHDREW
    assert (await seats.join(GUILD, group, BEN)).entry.standing is Standing.ASKED
