import asyncio
from datetime import timedelta

import pytest
from discord import AllowedMentions, ui

from bot.chat.outbox import Letter, Outbox, Pace
from bot.clock import SystemClock
from bot.delivery.model import Delivery, Reason, State, Target
from bot.delivery.outcomes import Sent, Undeliverable, Unwanted
from tests.server import Server


def to(target: Target, *, nonce: str = "4711", late: timedelta = timedelta()) -> Delivery:
    now = SystemClock().now()
    return Delivery(
        id=1, kind="note", subject_id=1, schedule_id=None, schedule_version=None, guild_id=None,
        configured_by=None, target=target, urgency=1, dedupe_key="a", due=now - late,
        expires=now + timedelta(days=1), state=State.LEASED, next_try=now, attempts=0,
        tried_at=now - timedelta(days=3650), nonce=nonce, fallbacks=0, message_id=None,
        settled_at=None, reason=None,
    )  # fmt: skip


async def note(_: Delivery) -> Letter:
    card = ui.LayoutView(timeout=None)
    card.add_item(ui.TextDisplay("Good morning"))
    return Letter(card, AllowedMentions.none())


async def nothing(_: Delivery) -> None:
    return None


@pytest.fixture
async def outbox(server: Server) -> Outbox:
    outbox = Outbox(server.env.bot, SystemClock(), sends_per_s=None)
    outbox.renders("note", note)
    return outbox


async def test_a_delivery_is_posted_and_found_again(outbox: Outbox, server: Server) -> None:
    delivery = to(Target.channel(server.channel.id))
    assert await outbox.find(delivery) is None
    sent = await outbox.send(delivery)
    assert isinstance(sent, Sent)
    assert await outbox.find(delivery) == sent


async def test_another_delivery_is_not_taken_for_it(outbox: Outbox, server: Server) -> None:
    await outbox.send(to(Target.channel(server.channel.id)))
    assert await outbox.find(to(Target.channel(server.channel.id), nonce="4712")) is None


async def test_a_direct_message_is_posted(outbox: Outbox, server: Server) -> None:
    assert isinstance(await outbox.send(to(Target.user(server.maya.id))), Sent)


async def test_lateness_is_said(outbox: Outbox, server: Server) -> None:
    late = to(Target.channel(server.channel.id), late=timedelta(hours=3))
    await outbox.send(late)
    channel = server.env.bot.get_partial_messageable(server.channel.id)
    [message] = [message async for message in channel.history()]
    assert "This was due" in str([part.to_dict() for part in message.components])


async def test_a_deleted_channel_is_gone(outbox: Outbox) -> None:
    nowhere = to(Target.channel(4711))
    assert await outbox.send(nowhere) == Undeliverable(Reason.CHANNEL_GONE)
    assert await outbox.find(nowhere) == Undeliverable(Reason.UNCONFIRMED)


async def test_what_is_no_longer_wanted_is_not_posted(outbox: Outbox, server: Server) -> None:
    outbox.renders("note", nothing)
    assert await outbox.send(to(Target.channel(server.channel.id))) == Unwanted()


async def test_an_unknown_kind_is_undeliverable(server: Server) -> None:
    outbox = Outbox(server.env.bot, SystemClock())
    unknown = to(Target.channel(server.channel.id))
    assert await outbox.send(unknown) == Undeliverable(Reason.UNKNOWN_KIND)


async def test_sends_keep_apart() -> None:
    pace, loop = Pace(50), asyncio.get_running_loop()
    began = loop.time()
    for _ in range(4):
        await pace.wait()
    assert loop.time() - began >= 3 / 50 - 0.01


async def test_an_act_is_done_instead_of_posting_and_never_looked_for(
    outbox: Outbox, server: Server
) -> None:
    done: list[int] = []

    async def act(delivery: Delivery) -> int | None:
        done.append(delivery.id)
        return 5

    outbox.acts("note", act)
    delivery = to(Target.channel(server.channel.id))
    assert await outbox.find(delivery) is None
    assert await outbox.send(delivery) == Sent(5)
    assert await outbox.send(delivery) == Sent(5)
    assert done == [1, 1]
    assert server.channel.history() == []


async def test_an_act_on_what_was_deleted_is_let_be(outbox: Outbox, server: Server) -> None:
    async def edit_gone(_: Delivery) -> int | None:
        channel = server.env.bot.get_partial_messageable(server.channel.id)
        await channel.get_partial_message(4711).edit(content="new")
        return 4711

    async def unwanted(_: Delivery) -> int | None:
        return None

    outbox.acts("note", edit_gone)
    delivery = to(Target.channel(server.channel.id))
    assert await outbox.send(delivery) == Unwanted(Reason.MESSAGE_GONE)
    outbox.acts("note", unwanted)
    assert await outbox.send(delivery) == Unwanted()
