import pytest

from bot.careers import chart
from tests.cogs.reading import GALLERY, labels, parts_of, shown, text
from tests.server import Server

SLUG = "ai-trust-safety-policy-specialist"
NUMBERS = ["65,000", "95,000", "140,000", "190,000", "280,000", "250,000", "400,000+"]


async def test_the_ladder_comes_as_a_chart_with_its_numbers_in_words(server: Server) -> None:
    card = shown(await server.maya.slash(server.channel, "role pay", role=SLUG))
    assert card.ephemeral
    (gallery,) = parts_of(card, GALLERY)
    (picture,) = gallery["items"]
    assert [file.filename for file in card.attachments] == ["pay.png"]
    for number in NUMBERS:
        assert number in text(card)
        assert number in picture["description"]


async def test_the_answer_is_acknowledged_before_the_chart_is_drawn(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests_at_drawing: list[str] = []

    def draw(_role: object, _look: object) -> bytes:
        requests_at_drawing.extend(entry.path for entry in server.env.http_requests)
        return b"\x89PNG"

    monkeypatch.setattr(chart, "draw", draw)
    await server.maya.slash(server.channel, "role pay", role=SLUG)
    assert any("callback" in path for path in requests_at_drawing)


async def test_a_role_without_known_pay_is_shown_without_a_chart(server: Server) -> None:
    card = shown(await server.maya.slash(server.channel, "role pay", role="ai-red-team-engineer"))
    assert parts_of(card, GALLERY) == []
    assert "pay unknown" in text(card)


async def test_the_chart_opens_privately_from_the_card_and_back(server: Server) -> None:
    role = shown(await server.maya.slash(server.channel, "role info", role=SLUG, share=True))
    await server.maya.click(role.message, label="Career & pay")
    chart_card = shown(await server.jonas.click(role.message, label="Show the chart"))
    assert chart_card.ephemeral
    assert parts_of(chart_card, GALLERY)
    await server.jonas.click(chart_card.message, label="Steps and duties")
    assert parts_of(chart_card, GALLERY) == []
    assert chart_card.attachments == []
    assert "Career & pay" in text(chart_card)


async def test_a_failing_chart_is_an_incident_not_a_silence(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(_role: object, _look: object) -> bytes:
        raise MemoryError("no memory")

    monkeypatch.setattr(chart, "draw", draw)
    server.errors_expected = True
    result = await server.maya.slash(server.channel, "role pay", role=SLUG)
    assert [str(error.__cause__) for error in server.env.errors] == ["no memory"]
    answers = [shown(result).content, *(each.content for each in result.followups)]
    assert any("incident id" in answer for answer in answers)


async def test_an_unknown_role_offers_the_nearest(server: Server) -> None:
    card = shown(await server.maya.slash(server.channel, "role pay", role="astronaut"))
    assert len(labels(card)) == 3
