"""`/my availability` as a member uses it: typed, picked, asked back, undone, cleared; private."""

from datetime import timedelta

from simcord import ResponseMessage

from tests.cogs.reading import labels, options, shown, text
from tests.server import Server

FIVE = "**Mon-Fri** · 6:00"


async def typed(server: Server, hours: str | None = None) -> ResponseMessage:
    given = {} if hours is None else {"hours": hours}
    card = shown(await server.maya.slash(server.channel, "my availability", **given))
    assert card.ephemeral
    return card


async def test_hours_are_said_back_and_every_change_can_be_undone(server: Server) -> None:
    zone = {"setting": "zone", "value": "Berlin"}
    shown(await server.maya.slash(server.channel, "my settings", **zone))
    empty = await typed(server)
    assert "haven't said" in text(empty)
    assert labels(empty) == ["Type them…"]
    assert len(options(empty)) == 21
    card = await typed(server, "weekdays 18-22, Sat 10-14")
    assert FIVE in text(card)
    assert "**Sat** · 10:00" in text(card)
    assert "Europe/Berlin" in text(card)
    await server.restart()
    await server.maya.select(card.message, ["0 morning", "6 evening"])
    assert FIVE not in text(card)
    assert "**Sun** · 6:00" in text(card)
    await server.maya.click(card.message, label="Undo")
    assert "Put back" in text(card)
    assert FIVE in text(card)
    await server.maya.click(card.message, label="Clear")
    assert "Cleared" in text(card)
    other = await typed(server)
    assert "haven't said" in text(other)
    await server.maya.click(card.message, label="Undo")
    assert FIVE in text(card)
    assert FIVE in text(await typed(server))


async def test_an_undo_that_comes_after_another_change_changes_nothing(server: Server) -> None:
    card = await typed(server, "Mon 18-22")
    server.clock.time += timedelta(seconds=1)
    await typed(server, "Tue 18-22")
    refused = await server.maya.click(card.message, label="Undo")
    assert "changed again since" in refused.followups[-1].content
    assert "**Tue**" in text(await typed(server))
    nobody = await server.jonas.slash(server.channel, "my availability")
    assert "haven't said" in text(shown(nobody))


async def test_what_is_unclear_is_asked_back_and_answered_by_a_press(server: Server) -> None:
    card = await typed(server, "6-10 @everyone")
    assert "Nothing was changed" in text(card)
    form = await server.maya.click(card.message, label="Type them…")
    asked = await server.maya.submit_modal(form, {"hours": "6-10"})
    assert asked.acknowledged
    assert labels(card) == ["weekdays 6-10", "every day 6-10", "Type them…"]
    await server.maya.click(card.message, label="weekdays 6-10")
    assert labels(card) == ["weekdays 6am-10am", "weekdays 6pm-10pm", "Type them…"]
    await server.maya.click(card.message, label="weekdays 6pm-10pm")
    assert FIVE in text(card)
    form = await server.maya.click(card.message, label="Type them…")
    assert "Mon-Fri 18:00-22:00" in str(form.modal)
