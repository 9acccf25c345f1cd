"""Every message that careers can send stays within Discord's limits, whatever a pack holds."""

from collections.abc import Callable, Sequence
from pathlib import Path

from discord import ui
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.careers.loader import LoadedRole, load_packs
from bot.careers.model import Role
from bot.careers.registry import RoleRegistry
from bot.careers.sections import Section
from bot.careers.slugs import key_of
from bot.paths import DATA
from cogs.careers.comparison_card import comparison_card
from cogs.careers.list_card import choice_card, list_card
from cogs.careers.places import CardPlace, ComparisonPlace, ListPlace
from cogs.careers.role_card import pay_card, role_card
from tests.bot.careers.samples import roles
from tests.cogs.limits import check, text_of
from tests.conftest import TORTURE

ANYONE = 2**63
extreme = settings(
    max_examples=60 if TORTURE else 3,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.large_base_example,
        HealthCheck.data_too_large,
    ],
)


def all_pages(show: Callable[[int], ui.LayoutView]) -> list[ui.LayoutView]:
    """Every page of a card: as many as it says there are."""
    pages = [show(page) for page in range(60)]
    for page in pages:
        check(page)
    return pages


def section_pages(registry: RoleRegistry, loaded: LoadedRole, section: Section) -> str:
    """The text of all pages of a section, each checked."""

    def show(page: int) -> ui.LayoutView:
        place = CardPlace(key_of(loaded.slug), ANYONE, section, page)
        return role_card(registry, loaded, place)

    return "\n".join(dict.fromkeys(map(text_of, all_pages(show))))


def comparison_pages(loaded: Sequence[LoadedRole]) -> None:
    keys = tuple(key_of(each.slug) for each in loaded)
    all_pages(lambda page: comparison_card(loaded, ComparisonPlace(keys, ANYONE, page)))


def check_everything(loaded: Sequence[LoadedRole]) -> None:
    registry = RoleRegistry(loaded)
    for each in loaded:
        for section in Section:
            section_pages(registry, each, section)
        check(pay_card(each, ANYONE, pictured=True))
    comparison_pages(loaded[:2])
    comparison_pages(loaded[:3])
    check(choice_card("## Which one?", loaded, ANYONE))
    for category in (ListPlace.ALL, *map(key_of, registry.categories())):
        check(list_card(registry, ListPlace(category, ANYONE)))


def packed(*contents: Role) -> list[LoadedRole]:
    return [LoadedRole(f"r{n}", role, Path(f"r{n}")) for n, role in enumerate(contents, 1)]


def test_the_packs_that_come_with_waymark() -> None:
    check_everything(load_packs([DATA]).roles)


@extreme
@given(roles(), roles(), roles())
def test_packs_at_the_edges_of_the_schema(first: Role, second: Role, third: Role) -> None:
    check_everything(packed(first, second, third))


@extreme
@given(roles(), st.integers(9, 40))
def test_long_lists_of_packs(role: Role, count: int) -> None:
    loaded = packed(*[role] * count)
    registry = RoleRegistry(loaded)
    for page in range(6):
        check(list_card(registry, ListPlace(ListPlace.ALL, ANYONE, page)))
    check(choice_card("## Which one?", loaded, ANYONE))


@extreme
@given(roles())
def test_nothing_of_a_section_is_lost_between_its_pages(role: Role) -> None:
    (loaded,) = packed(role)
    registry = RoleRegistry([loaded])
    skills = "".join(section_pages(registry, loaded, Section.SKILLS).split())
    assert all("".join(skill.learn.split()) in skills for skill in role.skills)
    day = "".join(section_pages(registry, loaded, Section.DAY).split())
    assert all("".join(entry.activity.split()) in day for entry in role.typical_day)
