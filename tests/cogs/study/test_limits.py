"""The largest groups there can be, against Discord's limits."""

from dataclasses import replace

from bot.study.model import (
    MAX_NAME,
    MAX_TOPIC,
    MOST,
    Admission,
    Entry,
    Group,
    News,
    Place,
    Rank,
    Standing,
    State,
    Wish,
)
from bot.study.posting.service import Told
from bot.study.roll import Roll
from bot.study.seats.service import Seat
from cogs.study.asking_card import dormant_card, offer_card
from cogs.study.find_card import FindButton, Search, mine_card
from cogs.study.group_card import group_card
from cogs.study.making import made_card
from cogs.study.news_card import news_card
from cogs.study.organising_card import person_card, request_card, requests_card, state_card
from cogs.study.seat_card import seat_card
from tests.cogs.limits import check, text_of
from tests.cogs.reading import shown, text
from tests.server import START, Server

HUGE = 2**63 - 1
OWN = 10**18 - 1
"""The largest id of ours that custom ids carry."""


def entry(number: int, standing: Standing, rank: Rank = Rank.MEMBER) -> Entry:
    return Entry(
        OWN - 999 + number, OWN, HUGE, HUGE - number, standing, rank, START, START, refused=False
    )


def largest(state: State = State.OPEN) -> Roll:
    topic, phase = "*" * MAX_TOPIC, "@" * 100
    wish = Wish("_" * MAX_NAME, topic, "x" * 60, phase, MOST, Admission.REQUEST, "America/Port_of")
    place = Place(HUGE, own_thread=True)
    group = Group(OWN, HUGE, wish, place, state, START, None, None, HUGE, None, None)
    members = [entry(n, Standing.MEMBER, Rank.ORGANISER) for n in range(MOST)]
    waiting = [entry(MOST + n, Standing.WAITING) for n in range(200)]
    asking = [entry(300 + n, Standing.ASKED) for n in range(60)]
    return Roll(group, (*members, *waiting, *asking))


async def test_the_largest_group_fits_every_card(server: Server) -> None:
    roll = largest()
    whole = group_card(server.client, roll)
    assert "25 more" in text_of(whole)
    check(whole)
    for view in (requests_card(roll), dormant_card(roll), state_card(roll), made_card(roll)):
        check(view)
    for standing in Standing:
        one = entry(400, standing)
        check(seat_card(Seat(roll, one)))
        check(person_card(Seat(roll, one)))
    for news in News:
        check(news_card(Told(roll, roll.waiting[0], news), "Server" * 30))
    check(offer_card(roll, roll.members[0], "Server" * 30))
    check(request_card(roll, roll.asking[0], "Server" * 30))
    check(state_card(largest(State.ARCHIVED)))
    check(group_card(server.client, largest(State.ARCHIVED)))
    check(mine_card([roll] * 10, HUGE - 260))
    assert len(FindButton(Search("abcdefg2", 99, True, True, 99)).item.custom_id or "") <= 100


async def test_a_list_of_the_largest_groups_fits_its_card(server: Server) -> None:
    for number in range(9):
        await server.app.services.study.create(
            server.guild.id,
            replace(largest().group.wish, name=f"{number}{'_' * (MAX_NAME - 1)}", zone="UTC"),
            Place(server.channel.id, own_thread=False),
            number,
        )
    found = shown(await server.maya.slash(server.channel, "study find"))
    assert "9 groups · page 1 of 3" in text(found)
    assert text(found).count("hours of day in common") == 4
