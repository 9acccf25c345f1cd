import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.careers.loader import LoadedRole
from bot.careers.registry import MAX_SUGGESTIONS, RoleRegistry, normalised
from bot.careers.slugs import KEY_PATTERN, is_slug, key_of
from tests.bot.careers.samples import loaded, role

SLUGS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
VISIBLE = st.characters(codec="utf-8", exclude_categories=("Cc",))
NAMES = st.text(VISIBLE, min_size=1, max_size=30).map(str.strip).filter(bool)
TYPED = st.text(st.characters(), max_size=100)


@st.composite
def packs(draw: st.DrawFn) -> list[LoadedRole]:
    """Roles with names in any script, some of which they share."""
    shared = draw(st.lists(NAMES, min_size=1, max_size=3))
    names = NAMES | st.sampled_from(shared)
    slugs = draw(st.lists(SLUGS, min_size=1, max_size=5, unique=True))
    return [
        LoadedRole(
            slug,
            role().model_copy(
                update={
                    "title": draw(names),
                    "aliases": tuple(draw(st.lists(names, max_size=4))),
                }
            ),
            loaded(slug).file,
        )
        for slug in slugs
    ]


@pytest.fixture
def registry() -> RoleRegistry:
    return RoleRegistry(
        [
            loaded(
                "ai-trust-safety",
                title="AI Trust & Safety Policy Specialist",
                aliases=["T&S Policy Specialist", "Policy analyst"],
                category="Trust & Safety",
                related=[{"slug": slug, "why": "Both."} for slug in ("gone", "tech-policy")],
            ),
            loaded("tech-policy", title="Technology Policy Officer", aliases=["Policy Analyst"]),
            loaded("red-team", title="AI Red Team Engineer", aliases=["Pentester"]),
            loaded("cafe", title="Café Owner", category="Hospitality"),
            loaded("sms", title="SMS Marketer", category="Marketing"),
        ]
    )


def slugs(found: tuple[LoadedRole, ...]) -> list[str]:
    return [each.slug for each in found]


@pytest.mark.parametrize(
    "typed",
    [
        "AI Trust & Safety Policy Specialist",
        "ai trust and safety policy specialist",
        "AI TRUST & SAFETY POLICY SPECIALISTS",
        "  ai   trust&safety — policy specialist! ",
        "ai-trust-safety",
        "T&S policy specialist",
        "t & s policy specialists",
        "ＡＩ Trust & Safety Policy Specialist",
        "𝐀𝐈 𝐓𝐫𝐮𝐬𝐭 & 𝐒𝐚𝐟𝐞𝐭𝐲 𝐏𝐨𝐥𝐢𝐜𝐲 𝐒𝐩𝐞𝐜𝐢𝐚𝐥𝐢𝐬𝐭",
    ],
)
def test_a_role_is_found_however_its_name_is_written(registry: RoleRegistry, typed: str) -> None:
    assert slugs(registry.named(typed)) == ["ai-trust-safety"]


@pytest.mark.parametrize("typed", ["Café Owner", "cafe owner", "CAFE\u0301 OWNER", "Cafés owners"])
def test_accents_do_not_matter(registry: RoleRegistry, typed: str) -> None:
    assert slugs(registry.named(typed)) == ["cafe"]


def test_a_short_word_keeps_its_final_s(registry: RoleRegistry) -> None:
    assert slugs(registry.named("sms marketer")) == ["sms"]
    assert registry.named("sm marketer") == ()


def test_the_german_sharp_s_is_ss_in_capitals() -> None:
    assert normalised("STRASSE") == normalised("Straße")


def test_a_shared_alias_gives_every_role_that_has_it(registry: RoleRegistry) -> None:
    assert slugs(registry.named("policy analysts")) == ["ai-trust-safety", "tech-policy"]


def test_a_role_called_the_same_twice_is_found_once() -> None:
    twice = loaded("map-maker", title="Map maker", aliases=["Map Makers", "map-maker"])
    assert RoleRegistry([twice]).named("map makers") == (twice,)


def test_a_slug_means_its_role_even_where_others_are_called_so() -> None:
    registry = RoleRegistry([loaded("analyst", title="Analyst (police)"), loaded("data")])
    other = RoleRegistry([*registry.all(), loaded("chemist", aliases=["Analyst"])])
    assert slugs(other.named("analyst")) == ["analyst"]
    assert set(slugs(other.named("Analyst"))) == {"analyst", "chemist"}


@pytest.mark.parametrize("typed", ["ai trsut safety", "ai trust safty policy", "trust and safey"])
def test_a_typo_suggests_what_was_meant_first(registry: RoleRegistry, typed: str) -> None:
    assert registry.named(typed) == ()
    assert slugs(registry.suggestions(typed))[0] == "ai-trust-safety"
    assert slugs(registry.nearest(typed))[0] == "ai-trust-safety"


@pytest.mark.parametrize("typed", ["a", "AI R", "ai-red", "pent"])
def test_the_beginning_of_a_name_suggests_its_role(registry: RoleRegistry, typed: str) -> None:
    assert "red-team" in slugs(registry.suggestions(typed))


def test_the_beginning_of_a_name_comes_before_likenesses(registry: RoleRegistry) -> None:
    assert slugs(registry.suggestions("tech"))[0] == "tech-policy"


def test_a_word_from_within_a_name_suggests_its_role(registry: RoleRegistry) -> None:
    assert slugs(registry.suggestions("engineer"))[0] == "red-team"


def test_what_resembles_nothing_suggests_nothing(registry: RoleRegistry) -> None:
    assert registry.suggestions("xqzj 漢字") == ()


@pytest.mark.parametrize("typed", ["", "  ", "?!"])
def test_before_anything_is_typed_all_roles_are_suggested(
    registry: RoleRegistry, typed: str
) -> None:
    assert registry.suggestions(typed) == registry.all()


def test_at_most_25_roles_are_suggested() -> None:
    registry = RoleRegistry(loaded(f"map-{n}", title=f"Map maker {n}") for n in range(40))
    assert len(registry.suggestions("")) == MAX_SUGGESTIONS == 25
    assert len(registry.suggestions("map")) == 25


@pytest.mark.parametrize("typed", ["ai", "xqzj 漢字", "", "?!"])
def test_the_three_nearest_are_given_however_unlike_they_are(
    registry: RoleRegistry, typed: str
) -> None:
    assert len(set(slugs(registry.nearest(typed)))) == 3


def test_as_many_of_the_nearest_as_wanted_are_given(registry: RoleRegistry) -> None:
    assert len(registry.nearest("ai", count=4)) == 4
    assert len(registry.nearest("ai", count=9)) == len(registry) == 5


def test_roles_come_by_title_whatever_their_case_and_accents() -> None:
    titles = ["zebra keeper", "Éclair baker", "Archer"]
    registry = RoleRegistry(loaded(f"r{n}", title=title) for n, title in enumerate(titles))
    assert list(registry.titles().values()) == ["Archer", "Éclair baker", "zebra keeper"]


def test_a_category_has_its_roles_however_it_is_written(registry: RoleRegistry) -> None:
    assert slugs(registry.all("trust and safety")) == ["ai-trust-safety"]
    assert slugs(registry.all("GEOGRAPHY")) == ["red-team", "tech-policy"]
    assert registry.all("Astronomy") == ()


def test_categories_come_in_alphabetical_order(registry: RoleRegistry) -> None:
    found = ("Geography", "Hospitality", "Marketing", "Trust & Safety")
    assert registry.categories() == found


def test_a_category_written_in_two_ways_is_listed_once() -> None:
    spelt = ("Trust & Safety", "Trust and safety")
    registry = RoleRegistry(loaded(f"r{n}", category=name) for n, name in enumerate(spelt))
    assert len(registry.categories()) == 1
    assert len(registry.all(registry.categories()[0])) == 2


def test_a_category_has_a_key(registry: RoleRegistry) -> None:
    assert registry.category_by_key(key_of("Hospitality")) == "Hospitality"
    assert registry.category_by_key(key_of("Astronomy")) is None


def test_related_roles_are_those_that_are_loaded(registry: RoleRegistry) -> None:
    (policy,) = registry.named("ai-trust-safety")
    assert slugs(registry.related(policy)) == ["tech-policy"]


def test_a_role_is_found_by_its_slug_and_its_key(registry: RoleRegistry) -> None:
    found = registry.get("cafe")
    assert found is not None
    assert registry.by_key(key_of("cafe")) is found
    assert registry.get("gone") is None
    assert registry.by_key(key_of("gone")) is None


def test_a_registry_may_be_empty() -> None:
    empty = RoleRegistry([])
    assert len(empty) == 0
    assert empty.named("ai") == empty.suggestions("ai") == empty.nearest("ai") == ()
    assert empty.categories() == empty.all() == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("C++", "C#"), ("C++", "C"), ("हिन्दी", "हिन्दा"), ("กี", "กา"), ("カ", "ガ")],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


def test_punctuation_alone_names_no_role() -> None:
    assert RoleRegistry([loaded("artist", title="🎨")]).named("?!") == ()


@settings(deadline=None)
@given(packs())
def test_every_name_of_every_role_finds_it(roles: list[LoadedRole]) -> None:
    registry = RoleRegistry(roles)
    for each in roles:
        assert registry.named(each.slug) == (each,)
        for name in (each.role.title, *each.role.aliases):
            if registry.get(name) is None:
                assert each in registry.named(name)


@settings(deadline=None)
@given(packs(), TYPED)
def test_whatever_is_typed_gets_an_answer(roles: list[LoadedRole], typed: str) -> None:
    registry = RoleRegistry(roles)
    for found in (registry.named(typed), registry.suggestions(typed), registry.nearest(typed)):
        assert len(set(slugs(found))) == len(found) <= len(roles)
    assert len(registry.nearest(typed)) == min(3, len(roles))
    assert registry.by_key(typed) is None
    assert isinstance(registry.all(typed), tuple)


@given(SLUGS)
def test_a_key_fits_its_pattern_and_stays_the_same(slug: str) -> None:
    assert re.fullmatch(KEY_PATTERN, key_of(slug))
    assert key_of(slug) == key_of(slug)


def test_keys_stay_the_same_over_versions_as_they_are_in_sent_messages() -> None:
    assert key_of("ai-trust-safety-policy-specialist") == "du4keoaw"


@given(st.text(st.characters(), max_size=70))
def test_a_slug_has_only_lower_case_words_and_hyphens(text: str) -> None:
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789-")
    if is_slug(text):
        assert set(text) <= allowed
        assert 0 < len(text) <= 60
        assert all(text.split("-"))


@pytest.mark.parametrize("text", ["a", "7", "map-maker", "x" * 60])
def test_words_joined_by_hyphens_are_a_slug(text: str) -> None:
    assert is_slug(text)


@pytest.mark.parametrize("text", ["", "Map", "map maker", "map-", "a--b", "a\n", "é", "x" * 61])
def test_anything_else_is_no_slug(text: str) -> None:
    assert not is_slug(text)
