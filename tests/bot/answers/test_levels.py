from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.levels import (
    Hours,
    LevelReader,
    Rung,
    Vocabulary,
    placed,
    step_of,
    steps_at,
)
from bot.answers.words import words
from bot.careers.model import Role
from bot.paths import DATA
from tests.bot.careers.samples import role, step

FILE = DATA / "asking" / "levels.yaml"
READER = LevelReader(FILE)


def years(low: int | None, high: int | None, **ends: Any) -> Any:
    return {"range": {"low": low, "high": high, **ends}, "source": "survey"}


@pytest.mark.parametrize(
    ("said", "rungs"),
    [
        ("entry level pay", [Rung.FIRST]),
        ("as a newbie", [Rung.FIRST]),
        ("mid-level and senior", [Rung.MID, Rung.SENIOR]),
        ("seniors, then a senior", [Rung.SENIOR]),
        ("head of department", [Rung.LEAD]),
        ("the very top", [Rung.TOP]),
        ("VP", [Rung.TOP]),
        ("sin experiencia", [Rung.FIRST]),
        ("como diretora", [Rung.LEAD]),
        ("débutant", [Rung.FIRST]),
        ("Berufseinsteiger", [Rung.FIRST]),
        ("sabse upar", [Rung.TOP]),
        ("what does it pay", []),
    ],
)
def test_a_rung_is_named_in_many_ways(said: str, rungs: list[Rung]) -> None:
    assert READER.read(words(said)).rungs == tuple(rungs)


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("6 years", [6]),
        ("6yrs in", [6]),
        ("six more years", [6]),
        ("6 to 8 years", [8]),
        ("6 years then 9 years", [6, 9]),
        ("nach 3 Jahren", [3]),
        ("seis años", [6]),
        ("depois de 5 anos", [5]),
        ("après 4 ans", [4]),
        ("un an", [1]),
        ("das saal", [10]),
        ("paanch saal ke baad", [5]),
        ("٥ years", [5]),
        ("60 years", [60]),
        ("6 years in this field", [6]),
        ("6 years in trust and safety", [6]),
        ("2 años de experiencia", [2]),
    ],
)
def test_years_of_experience_are_read(said: str, numbers: list[int]) -> None:
    assert READER.read(words(said)).years == tuple(numbers)


@pytest.mark.parametrize("said", ["6 yoe", "6 yrs exp", "6 years of experience", "6 years of work"])
def test_years_of_experience_may_be_called_so(said: str) -> None:
    assert READER.read(words(f"what would i earn with {said}")).years == (6,)


@pytest.mark.parametrize(
    "said",
    [
        "45 years old",
        "45 Jahre alt",
        "5 years ago",
        "20 years as a nurse",
        "20 years in banking",
        "20 years teaching maths",
        "20 years teaching",
        "61 years",
        "100 years",
        "6 months",
        "6 months or years",
        "6 of those many years",
        "6",
        "years",
        "",
    ],
)
def test_other_years_are_no_experience(said: str) -> None:
    assert READER.read(words(said)).years == ()


@pytest.mark.parametrize(
    "said",
    [
        "what would one earn as an analyst",
        "two skills an analyst needs",
        "was verdient man das erste jahr",
        "salário dos primeiros anos",
    ],
)
def test_small_words_that_are_numbers_elsewhere_count_no_years(said: str) -> None:
    assert READER.read(words(said)).years == ()


def test_all_numbers_are_read_whatever_they_count() -> None:
    assert READER.read(words("2 or three of 12, not 300")).numbers == (2, 3, 12)


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("the first phase", [1]),
        ("1st and 2nd", [1, 2]),
        ("phase three", [3]),
        ("the last phase, the final one", [-1]),
        ("segunda fase", [2]),
        ("vierte Phase", [4]),
        ("phases 2 and 3", [2, 3]),
        ("phase 2, phase 2", [2]),
        ("step four of the ladder", [4]),
        ("stufe 3 und 4", [3, 4]),
        ("la etapa 2", [2]),
        ("phase 2 for 3 weeks", [2]),
        ("which phase", []),
        ("after 4 years", []),
    ],
)
def test_a_phase_or_step_is_counted_from_either_end(said: str, places: list[int]) -> None:
    assert READER.read(words(said)).places == tuple(places)


@pytest.mark.parametrize(
    ("said", "edge"),
    [
        ("how does the roadmap start", 1),
        ("what do I have at the end", -1),
        ("from start to finish", 1),
        ("the first phase", None),
        ("the last step", None),
        ("pay", None),
    ],
)
def test_a_beginning_and_an_end_are_told_from_a_place(said: str, edge: int | None) -> None:
    assert READER.read(words(said)).edge == edge


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("in the morning", [Hours.MORNING]),
        ("mornings and evenings", [Hours.MORNING, Hours.EVENING]),
        ("after lunch", [Hours.AFTERNOON]),
        ("lunch", [Hours.NOON]),
        ("por la mañana", [Hours.MORNING]),
        ("abends", [Hours.EVENING]),
        ("all day", []),
    ],
)
def test_a_part_of_the_day_is_read(said: str, hours: list[Hours]) -> None:
    assert READER.read(words(said)).hours == tuple(hours)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("what comes after senior", {"next"}),
        ("senior ke baad", {"next"}),
        ("after 3 years", set[str]()),
        ("the next step after 3 years", {"next"}),
        ("what comes after", set[str]()),
        ("one step down from lead", {"previous"}),
        ("what comes before senior", {"previous"}),
        ("every step", {"all"}),
        ("the longest phase", {"longest"}),
        ("the quickest phase", {"shortest"}),
        ("the whole ladder, longest first", {"all", "longest"}),
        ("pay", set[str]()),
    ],
)
def test_what_is_next_previous_all_longest_or_shortest_is_told(said: str, meant: set[str]) -> None:
    levels = READER.read(words(said))
    names = ("next", "previous", "all", "longest", "shortest")
    assert {name for name in names if getattr(levels, name)} == meant


@pytest.mark.parametrize("name", ["years", "months", "numbers", "after", "before", "counted"])
def test_units_and_numbers_are_written_as_questions_have_them(name: str) -> None:
    known = Vocabulary.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    assert [word for word in getattr(known, name) if words(word) != (word,)] == []


def test_the_vocabulary_has_the_words_of_levels_years_and_numbers() -> None:
    known = {"senior", "ladder", "years", "monate", "seven", "after", "before", "phase", "baad"}
    assert known <= set(READER.vocabulary())


@pytest.fixture
def long_ladder() -> Role:
    return role(
        ladder=[
            step("Apprentice", level="Entry", years=years(0, 2)),
            step("Cartographer", level="Mid-Level", years=years(2, 5)),
            step("Senior Cartographer", level="Advanced", years=years(5, 8)),
            step("Head of Maps", level="Lead", years=years(None, 20, low_open=True)),
            step("Chief Cartographer", level="Executive", years=years(15, None, high_open=True)),
            step("Honorary President", level="None"),
        ]
    )


@pytest.mark.parametrize(
    ("rung", "place"),
    [(Rung.FIRST, 0), (Rung.MID, 1), (Rung.SENIOR, 2), (Rung.LEAD, 3), (Rung.TOP, 5)],
)
def test_a_rung_is_a_step_of_the_ladder(long_ladder: Role, rung: Rung, place: int) -> None:
    assert step_of(long_ladder, rung) == place


def test_a_ladder_may_lack_a_rung() -> None:
    assert step_of(role(), Rung.SENIOR) is None
    assert step_of(role(), Rung.FIRST) == step_of(role(), Rung.TOP) == 0


def test_a_steps_level_tells_its_rung_before_its_title_does() -> None:
    ladder = [step("Senior Apprentice"), step("Master", level="Senior")]
    assert step_of(role(ladder=ladder), Rung.SENIOR) == 1


@pytest.mark.parametrize(
    ("number", "places"), [(0, [0, 3]), (2, [0, 1, 3]), (6, [2, 3]), (16, [3, 4]), (40, [4])]
)
def test_years_tell_the_steps_at_which_people_are(
    long_ladder: Role, number: int, places: list[int]
) -> None:
    assert steps_at(long_ladder.ladder, number) == places


@pytest.mark.parametrize(
    ("number", "place"), [(1, 0), (3, 2), (-1, 2), (0, None), (4, None), (99, None)]
)
def test_a_place_that_a_list_lacks_is_none(number: int, place: int | None) -> None:
    assert placed(["village", "coast", "world"], number) == place


@given(st.lists(st.sampled_from([*READER.vocabulary(), "old", "in", "a", "61"]), max_size=12))
def test_any_words_are_read(said: list[str]) -> None:
    levels = READER.read(said)
    assert all(0 <= number <= 60 for number in levels.years)
    assert set(levels.years) <= set(levels.numbers)
    assert len(set(levels.rungs)) == len(levels.rungs)
    assert len(set(levels.places)) == len(levels.places)
