from collections import Counter

import pytest

from bot.answers.items import Item, Items, Kind, items_of, stem
from bot.careers.model import Role
from tests.bot.answers.cartography import full, telling
from tests.bot.careers.samples import role, step


def best(of: Role, words: str, *kinds: Kind) -> list[tuple[Kind, int]]:
    matches = Items(of, telling).best(words.split(), kinds or Kind)
    return [(match.item.kind, match.item.place) for match in matches]


def test_everything_that_a_pack_lists_is_an_item() -> None:
    counted = Counter(item.kind for item in items_of(full()))
    assert counted == {
        Kind.GREAT_FIT: 1,
        Kind.POOR_FIT: 1,
        Kind.DAY: 5,
        Kind.SKILL: 3,
        Kind.TOOL: 2,
        Kind.PHASE: 3,
        Kind.RESOURCE: 3,
        Kind.STEP: 4,
        Kind.INDUSTRY: 3,
    }


def test_a_resource_knows_its_phase_and_its_place_in_it() -> None:
    assert [item for item in items_of(full()) if item.name == "Tide Tables"] == [
        Item(Kind.RESOURCE, place=1, name="Tide Tables", entry=1)
    ]


@pytest.mark.parametrize(
    ("said", "kind", "place"),
    [
        ("theodolite", Kind.TOOL, 0),
        ("theodolites", Kind.TOOL, 0),
        ("angles", Kind.TOOL, 0),
        ("trigonometry", Kind.SKILL, 1),
        ("trigonom", Kind.SKILL, 1),
        ("estuary", Kind.PHASE, 1),
        ("shores", Kind.RESOURCE, 1),
        ("mining", Kind.INDUSTRY, 1),
        ("countries", Kind.STEP, 2),
        ("brushes", Kind.DAY, 4),
    ],
)
def test_a_thing_is_found_by_its_name_and_by_what_is_said_of_it(
    said: str, kind: Kind, place: int
) -> None:
    assert best(full(), said)[0] == (kind, place)


def test_too_few_letters_stand_for_no_word() -> None:
    statistics = role(tools=[{"name": "Bibliometrics", "use": "x"}])
    assert best(statistics, "bibli", Kind.TOOL) == []
    assert best(statistics, "bibliom", Kind.TOOL) == [(Kind.TOOL, 0)]


def test_only_the_wanted_kinds_are_found() -> None:
    assert best(full(), "drawing counties", Kind.SKILL) == [(Kind.SKILL, 0)]
    assert best(full(), "drawing counties", Kind.INDUSTRY) == []
    assert best(full(), "", Kind.SKILL) == []


def test_a_word_counts_for_more_in_a_name_than_in_what_is_said_about_it() -> None:
    tools = [{"name": "Ruler", "use": "Checks a compass."}, {"name": "Compass", "use": "North."}]
    found = Items(role(tools=tools), telling).best(["compass"], [Kind.TOOL])
    assert [match.item.name for match in found] == ["Compass", "Ruler"]
    assert found[0].score == 2 * found[1].score
    assert found[0].by == ("compass",)


def test_a_word_that_is_in_name_and_text_counts_once() -> None:
    tools = [{"name": "Compass", "use": "A compass finds north."}]
    [found] = Items(role(tools=tools), telling).best(["compass"], [Kind.TOOL])
    [plain] = Items(role(tools=[{"name": "Compass", "use": "x"}]), telling).best(
        ["compass"], [Kind.TOOL]
    )
    assert found.score == plain.score


def test_saying_a_word_twice_adds_nothing() -> None:
    items = Items(full(), telling)
    assert items.best(["compass", "compass"], Kind) == items.best(["compass"], Kind)


def test_more_of_the_words_make_a_thing_likelier() -> None:
    both = Items(full(), telling).best(["pencil", "handbook", "shores"], [Kind.RESOURCE])
    assert [match.item.name for match in both] == ["The Pencil Handbook", "Atlas of Shores"]
    assert both[0].by == ("pencil", "handbook")


def test_of_equally_likely_things_the_first_listed_comes_first() -> None:
    twins = role(tools=[{"name": "Red compass", "use": "x"}, {"name": "Blue compass", "use": "x"}])
    assert best(twins, "compass", Kind.TOOL) == [(Kind.TOOL, 0), (Kind.TOOL, 1)]


def test_everyday_words_name_nothing() -> None:
    daily = role(ladder=[step("What Is It")])
    assert best(daily, "what is it") == []


@pytest.mark.parametrize(
    ("word", "like"), [("regulations", "regulation"), ("testing", "tests"), ("policies", "policy")]
)
def test_words_of_one_stem_are_alike(word: str, like: str) -> None:
    assert stem(word) == stem(like)
