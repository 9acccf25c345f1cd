from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.careers.loader import LoadedRole, load_packs
from bot.careers.registry import RoleRegistry, normalised
from bot.careers.slugs import key_of
from bot.paths import DATA
from tests.bot.careers.samples import loaded

REGISTRY = RoleRegistry(load_packs([DATA]).roles)
POLICY = "ai-trust-safety-policy-specialist"


def slugs(found: Iterable[LoadedRole]) -> list[str]:
    return [each.slug for each in found]


@pytest.mark.parametrize("slug", REGISTRY.titles())
def test_a_role_is_found_by_every_name_it_has(slug: str) -> None:
    each = REGISTRY.get(slug)
    assert each is not None
    for name in (slug, each.role.title, *each.role.aliases):
        assert each in REGISTRY.named(name)
        assert each in REGISTRY.named(name.upper())
        assert each in REGISTRY.suggestions(name)


def test_no_alias_of_our_own_packs_belongs_to_two_roles() -> None:
    for each in REGISTRY.all():
        for name in (each.role.title, *each.role.aliases):
            assert slugs(REGISTRY.named(name)) == [each.slug]


@pytest.mark.parametrize(
    "typed",
    [
        "ai trsut safety",
        "trust and safety policy specialists",
        "AI TRUST & SAFETY POLICY",
        "policy specialist ai",
        "Responsible AI",
    ],
)
def test_typos_and_fragments_suggest_the_role(typed: str) -> None:
    assert POLICY in slugs(REGISTRY.suggestions(typed))[:2]


def test_names_are_compared_without_case_accents_punctuation_and_plural() -> None:
    assert normalised("Trust & Safety Analysts!") == normalised("trust and safety analyst")
    assert normalised("Métier") == normalised("metier")
    assert normalised("SMS") == "sms"


def test_a_shared_alias_gives_all_its_roles() -> None:
    registry = RoleRegistry([loaded("a", aliases=["Lead"]), loaded("b", aliases=["lead"])])
    assert slugs(registry.named("LEAD")) == ["a", "b"]
    assert slugs(registry.named("a")) == ["a"]


def test_the_nearest_roles_come_best_first() -> None:
    assert slugs(REGISTRY.nearest("red team enginer"))[0] == "ai-red-team-engineer"
    assert len(REGISTRY.nearest("plumber")) == 3


def test_nothing_like_it_is_not_suggested() -> None:
    assert REGISTRY.suggestions("zzzzqqqq") == ()


def test_before_anything_is_typed_all_roles_are_suggested_up_to_25() -> None:
    many = RoleRegistry(loaded(f"r{n}", title=f"Role {n}") for n in range(40))
    assert len(many.suggestions("")) == 25
    assert len(many.suggestions("role")) == 25
    assert len(many) == 40


@given(st.text(max_size=100))
def test_whatever_is_typed_gives_at_most_25_known_roles(typed: str) -> None:
    assert len(REGISTRY.suggestions(typed)) <= 25
    assert len(REGISTRY.nearest(typed)) == 3
    assert all(found in REGISTRY.all() for found in REGISTRY.named(typed))


def test_keys_lead_back_to_roles_and_categories() -> None:
    for each in REGISTRY.all():
        assert REGISTRY.by_key(key_of(each.slug)) == each
    for category in REGISTRY.categories():
        assert REGISTRY.category_by_key(key_of(category)) == category
        assert REGISTRY.all(category.upper())
    assert REGISTRY.by_key("aaaaaaaa") is None
    assert REGISTRY.category_by_key("all") is None
    assert REGISTRY.get("nowhere") is None


@given(st.text(max_size=60))
def test_a_key_has_eight_plain_characters(slug: str) -> None:
    key = key_of(slug)
    assert len(key) == 8
    assert key.isalnum()
    assert key.islower() or key.isdigit()


def test_related_roles_are_those_that_are_loaded() -> None:
    links = [{"slug": "b", "why": "x"}, {"slug": "gone", "why": "x"}]
    registry = RoleRegistry([loaded("a", related=links), loaded("b")])
    (first, second) = registry.all()
    assert registry.related(first) == (second,)
    assert registry.titles() == {"a": "Cartographer", "b": "Cartographer"}
