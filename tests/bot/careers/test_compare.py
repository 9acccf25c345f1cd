from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.careers.compare import ComparedField, Overlap, compared_fields, overlaps
from bot.careers.model import Role
from bot.careers.registry import normalised
from tests.bot.careers.samples import paid, role, step

ITEMS = st.lists(st.sampled_from(["SQL", "sql", "Python", "Writing", "Café", "cafe"]), max_size=5)


def using(*tools: str, **changes: Any) -> Role:
    return role(tools=[{"name": name, "use": "Work."} for name in tools], **changes)


def field(name: str, *compared: Role) -> ComparedField:
    return next(each for each in compared_fields(compared) if each.name == name)


def overlap(name: str, *compared: Role) -> Overlap:
    return next(each for each in overlaps(compared) if each.name == name)


def test_every_field_has_a_value_for_each_role_in_their_order() -> None:
    compared = [role(category=name) for name in ("Geography", "Art", "Science")]
    fields = compared_fields(compared)
    assert all(len(each.values) == 3 for each in fields)
    assert len({each.name for each in fields}) == len(fields) == 13
    assert field("Category", *compared).values == ("Geography", "Art", "Science")


def test_equal_values_do_not_differ() -> None:
    assert not any(each.differs for each in compared_fields([role(), role(title="Surveyor")]))


def test_one_different_value_among_three_differs() -> None:
    hard = role(difficulty={"value": "advanced", "source": "survey"})
    compared = field("Difficulty", role(), hard, role())
    assert compared.differs
    assert compared.values == (
        "Unknown (no source yet)",
        "Advanced",
        "Unknown (no source yet)",
    )


def test_the_ladder_is_compared_at_its_first_and_last_step() -> None:
    years = {"range": {"low": 7, "high": 7}, "source": "survey"}
    ladder = [step(pay=paid(1, 1)), step(pay=paid(5, 5)), step(pay=paid(9, 9), years=years)]
    climbed = role(ladder=ladder)
    assert field("First step's pay", climbed).values == ("$1 a year",)
    assert field("Last step's pay", climbed).values == ("$9 a year",)
    assert field("First step's experience", climbed).values == ("experience unknown",)
    assert field("Last step's experience", climbed).values == ("7 years",)


def test_figures_are_compared_as_they_are_read() -> None:
    known = role(
        replacement_risk={"value": 20, "source": "survey"},
        demand={"value": 9, "source": "survey"},
    )
    assert field("AI replacement risk", known).values == ("20%",)
    assert field("Future demand", known).values == ("9.0 out of 10",)
    assert field("Roadmap", known).values == ("2 weeks",)


def test_things_are_shared_however_they_are_written() -> None:
    tools = overlap("Tools", using("SQL", "Café boards"), using("Jira", "sql", "cafe board"))
    assert tools.shared == ("SQL", "Café boards")
    assert tools.only == ((), ("Jira",))


def test_what_two_of_three_share_is_neither_shared_nor_alone() -> None:
    tools = overlap("Tools", using("SQL", "Jira"), using("SQL", "Excel"), using("SQL", "Jira"))
    assert tools == Overlap("Tools", ("SQL",), ((), ("Excel",), ()))


@pytest.mark.parametrize("other", ["C#", "C"])
def test_tools_that_differ_by_a_sign_are_different_tools(other: str) -> None:
    tools = overlap("Tools", using("C++"), using(other))
    assert tools.shared == ()
    assert tools.only == (("C++",), (other,))


def test_roles_without_tools_share_none() -> None:
    assert overlap("Tools", role(), using("SQL")) == Overlap("Tools", (), ((), ("SQL",)))


def test_skills_and_industries_are_compared_too() -> None:
    skill = {"name": "Sailing", "level": "beginner", "why": "Coasts.", "learn": "Sail."}
    sailor = role(skills=[skill], industries=["Shipping", "Geology"])
    mapper = role(industries=["Geology"])
    assert overlap("Skills", mapper, sailor) == Overlap("Skills", (), (("Drawing",), ("Sailing",)))
    industries = Overlap("Industries", ("Geology",), ((), ("Shipping",)))
    assert overlap("Industries", mapper, sailor) == industries


@given(ITEMS, ITEMS, ITEMS)
def test_an_item_is_shared_or_alone_or_of_two(
    first: list[str], second: list[str], third: list[str]
) -> None:
    lists = (first, second, third)
    tools = overlap("Tools", *(using(*items) for items in lists))
    for place, items in enumerate(lists):
        for item in items:
            key = normalised(item)
            owners = sum(key in map(normalised, other) for other in lists)
            assert (key in map(normalised, tools.shared)) == (owners == 3)
            assert (item in tools.only[place]) == (owners == 1)
