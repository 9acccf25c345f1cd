from pathlib import Path

from bot.careers.slugs import key_of
from bot.config import Settings
from tests.bot.careers.samples import write_pack
from tests.cogs.reading import SELECT, labels, parts_of, shown, text
from tests.server import Server, running

SLUG = "ai-trust-safety-policy-specialist"


async def test_all_roles_are_listed_and_one_opens_privately(server: Server) -> None:
    card = shown(await server.maya.slash(server.channel, "role list"))
    for loaded in server.app.services.careers.registry.all():
        assert loaded.role.title in text(card)
    opened = shown(await server.maya.select(card.message, [key_of(SLUG)]))
    assert opened.ephemeral
    assert "\nOverview" in text(opened)


async def test_a_category_narrows_the_list(server: Server) -> None:
    registry = server.app.services.careers.registry
    choices = await server.maya.autocomplete(server.channel, "role list", "category", "")
    assert [choice["value"] for choice in choices] == list(registry.categories())
    category = registry.categories()[0]
    card = shown(await server.maya.slash(server.channel, "role list", category=category.lower()))
    (menu,) = parts_of(card, SELECT)
    assert len(menu["options"]) == len(registry.all(category)) < len(registry)


async def test_an_unknown_category_names_those_that_exist(server: Server) -> None:
    answer = shown(await server.maya.slash(server.channel, "role list", category="Plumbing"))
    for category in server.app.services.careers.registry.categories():
        assert category in answer.content


async def test_long_lists_are_paged(tmp_path: Path) -> None:
    for number in range(20):
        write_pack(tmp_path / "packs", f"role-{number}", title=f"Role number {number:02}")
    settings = Settings(data_dir=tmp_path / "var", content_path=(tmp_path / "packs",))
    async with running(settings) as server:
        card = shown(await server.maya.slash(server.channel, "role list"))
        assert "page 1 of 3" in text(card)
        await server.env.restart_bot(server.bot())
        await server.maya.click(card.message, label="More →")
        assert "page 2 of 3" in text(card)
        assert labels(card) == ["← Back", "More →"]
