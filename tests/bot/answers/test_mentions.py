from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.cues import cues
from bot.answers.mentions import Found, Mention, Mentions, Named, listed
from bot.answers.words import words
from bot.paths import DATA
from tests.bot.answers.cartography import glossary_of
from tests.bot.careers.samples import loaded, step

ASKING = DATA / "asking"

GLOSSARY = glossary_of(
    {"term": "Contour line", "aliases": ["Isoline"], "is": "x", "matters": "y"},
    {"term": "Survey Act", "aliases": ["SA 1841"], "is": "x", "matters": "y", "law": True},
)

TOOLS: Any = [{"name": "Compass", "use": "Finding north."}]

MAPS = loaded(
    "map-maker",
    title="Sea Chart Policy Analyst",
    aliases=["Cartographer", "AI Chart Drawing Specialist", "Coastal Survey Engineer"],
    tools=TOOLS,
    ladder=[step("Apprentice / Junior Chartist"), step("Cartographer")],
)
STARS = loaded("star-gazer", title="Astronomer", aliases=["AI Comet Specialist"])
MENTIONS = Mentions([MAPS, STARS], GLOSSARY, ASKING)


def found(text: str, mentions: Mentions = MENTIONS) -> list[tuple[str, set[Mention]]]:
    """What is named, each as it is said with what it may be."""
    said = words(text)
    spans = mentions.find(said)
    return [(" ".join(said[span.start : span.end]), set(span.value)) for span in spans]


def roles(text: str, mentions: Mentions = MENTIONS) -> list[str]:
    """The slugs of the roles that are named."""
    return [m.name for _, named in found(text, mentions) for m in named if m.sort is Named.ROLE]


@pytest.mark.parametrize(
    "name",
    [
        "sea chart policy analyst",
        "Sea-Chart Policy Analysts",
        "AI chart drawing specialist",
        "the map maker",
        "map-makers",
    ],
)
def test_a_role_is_named_by_its_title_its_aliases_and_its_slug(name: str) -> None:
    assert roles(f"what does {name} earn") == ["map-maker"]


@pytest.mark.parametrize(
    "name",
    [
        "policy analyst sea chart",
        "sea charts policy analysts",
        "sea policy chart analyst",
    ],
)
def test_a_role_is_named_by_what_is_nearly_its_name(name: str) -> None:
    assert roles(f"is {name} remote") == ["map-maker"]


def test_the_small_words_around_a_name_are_not_of_it() -> None:
    ((said, _),) = found("what of the policy analyst sea chart and the pay")
    assert said == "policy analyst sea chart"


@pytest.mark.parametrize("text", ["of the", "and for", "the analyst", "sea", "policy chart"])
def test_a_word_or_two_of_a_name_name_no_role(text: str) -> None:
    assert roles(text) == []


def test_a_word_before_a_name_may_make_it_another_occupation() -> None:
    assert roles("a policy analyst sea chart earns") == ["map-maker"]
    assert roles("foreign policy analyst sea chart earns") == []


@pytest.mark.parametrize(
    "name",
    [
        "chart drawing specialist",
        "specialist job",
        "engineer position",
        "coastal survey jobs",
        "coastal survey career",
        "ai chart drawing team",
    ],
)
def test_a_role_is_named_by_its_field_and_by_its_name_in_short(name: str) -> None:
    mentions = Mentions([MAPS], GLOSSARY)
    assert roles(f"how is the {name}", mentions) == ["map-maker"]


def test_a_short_name_that_two_roles_leave_names_neither() -> None:
    assert roles("the specialist job") == []
    assert roles("the engineer job") == ["map-maker"]


def test_one_name_may_be_that_of_several_roles() -> None:
    twice = [MAPS, loaded("globe-maker", title="Globe maker", aliases=["Cartographer"])]
    assert set(roles("cartographer", Mentions(twice, GLOSSARY))) == {"map-maker", "globe-maker"}


def test_as_near_to_the_names_of_two_roles_means_both() -> None:
    twice = [
        loaded("north", title="Chart Survey Northern Clerk"),
        loaded("south", title="Northern Clerk Survey Chart"),
    ]
    mentions = Mentions(twice, GLOSSARY)
    assert set(roles("northern survey chart clerk", mentions)) == {"north", "south"}


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("drawing", Mention(Named.SKILL, "Drawing")),
        ("a compass", Mention(Named.TOOL, "Compass")),
        ("contour lines", Mention(Named.TERM, "Contour line")),
        ("isoline", Mention(Named.TERM, "Contour line")),
        ("the survey act", Mention(Named.LAW, "Survey Act")),
        ("SA1841", Mention(Named.LAW, "Survey Act")),
        ("an apprentice", Mention(Named.STEP, "Apprentice")),
        ("junior chartist", Mention(Named.STEP, "Junior Chartist")),
        ("nurses", Mention(Named.JOB, "nurse")),
        ("in Germany", Mention(Named.PLACE, "germany")),
        ("at google", Mention(Named.COMPANY, "google")),
    ],
)
def test_what_packs_glossary_and_lists_hold_is_named(text: str, mention: Mention) -> None:
    ((_, named),) = found(text)
    assert named == {mention}


def test_one_word_may_name_things_of_several_sorts() -> None:
    ((_, named),) = found("cartographers", Mentions([MAPS], GLOSSARY))
    assert named == {Mention(Named.ROLE, "map-maker"), Mention(Named.STEP, "Cartographer")}


def test_a_role_nearly_named_wins_over_what_stands_in_its_name() -> None:
    survey = loaded("surveyor", title="Survey Drawing Analyst")
    assert found("analyst, drawing survey", Mentions([survey], GLOSSARY)) == [
        ("analyst drawing survey", {Mention(Named.ROLE, "surveyor")})
    ]


def test_all_that_is_named_comes_in_the_order_of_the_text() -> None:
    named = found("is a nurse in germany with a compass a policy analyst sea chart")
    assert [said for said, _ in named] == [
        "nurse",
        "germany",
        "compass",
        "policy analyst sea chart",
    ]


def test_where_nothing_is_known_nothing_is_named() -> None:
    nothing = Mentions([], glossary_of())
    assert nothing.find(words("the analyst of the sea and for a nurse")) == []
    assert list(nothing.vocabulary()) == []


def test_the_vocabulary_has_the_words_of_names_and_lists() -> None:
    assert {"chart", "astronomer", "nurse", "germany", "google"} <= set(MENTIONS.vocabulary())


def test_a_list_has_a_name_a_line_beside_comments(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("# Trades\n\nbaker\n  \n  pastry chef \n#miller\n", encoding="utf-8")
    assert list(listed(file)) == ["baker", "pastry chef"]


@pytest.mark.parametrize("name", ["occupations", "places", "companies"])
def test_no_list_names_anything_twice(name: str) -> None:
    lines = list(listed(ASKING / f"{name}.txt"))
    assert len(set(lines)) == len(lines) > 50
    assert [line for line in lines if not words(line)] == []


@pytest.mark.parametrize(
    "name",
    ["before_roles", "heads", "after_fields", "left_out", "meaning", "what", "in_short", "oneself"],
)
def test_cues_are_written_as_questions_have_them(name: str) -> None:
    written: Sequence[str] = sorted(getattr(cues(), name))
    assert [cue for cue in written if " ".join(words(cue)) != cue] == []


NAMES = "ai sea chart policy analyst drawing specialist of the and foreign nurse compass job"
WORDS = NAMES.split()


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_what_is_named_never_overlaps_and_stays_within_the_text(said: list[str]) -> None:
    spans: list[Found] = MENTIONS.find(said)
    ends = [0, *(span.end for span in spans)]
    assert all(before <= span.start < span.end for before, span in zip(ends, spans, strict=False))
    assert ends[-1] <= len(said)
    assert all(span.value for span in spans)
