import pytest

from bot.careers.naming import CareerNames
from bot.careers.registry import RoleRegistry
from bot.careers.settings import channel_career, followed, member_career
from bot.careers.slugs import key_of
from bot.errors import MemberError
from bot.settings.model import Kept, UnclearValue
from tests.bot.careers.samples import loaded
from tests.conftest import NOW

MAPPER, POTTER = "cartographer", "potter"
REGISTRY = RoleRegistry(
    [
        loaded(MAPPER),
        loaded(POTTER, title="Potter", aliases=["Clay worker", "Maker"]),
        loaded("weaver", title="Weaver, of cloth", aliases=["Maker"]),
    ]
)
NAMES = CareerNames(REGISTRY)


@pytest.mark.parametrize("name", ["Cartographer", " map makers ", MAPPER, key_of(MAPPER)])
def test_a_career_is_read_from_any_of_its_names(name: str) -> None:
    assert NAMES.one(name) == MAPPER


def test_an_unknown_career_is_asked_back_with_the_nearest() -> None:
    with pytest.raises(UnclearValue, match="I don't know the career “cartografer”") as problem:
        NAMES.one("cartografer")
    assert problem.value.options[0].label == "Cartographer"
    assert NAMES.one(problem.value.options[0].text) == MAPPER


def test_a_name_that_careers_share_is_asked_back_with_them() -> None:
    with pytest.raises(UnclearValue, match="Several careers are called “maker”") as problem:
        NAMES.one("maker")
    assert [each.label for each in problem.value.options] == ["Potter", "Weaver, of cloth"]


def test_where_no_career_is_loaded_that_is_said() -> None:
    with pytest.raises(UnclearValue, match="no careers yet"):
        CareerNames(RoleRegistry([])).one("potter")


def test_careers_are_read_in_order_and_each_once() -> None:
    assert NAMES.several("potter; Map maker,\npotter,", 10) == (POTTER, MAPPER)
    assert NAMES.several("Weaver, of cloth", 10) == ("weaver",)
    assert NAMES.several(NAMES.keys((POTTER, MAPPER)), 10) == (POTTER, MAPPER)


def test_too_many_careers_are_refused() -> None:
    with pytest.raises(MemberError, match="1 career at most"):
        NAMES.several("potter, cartographer", 1)


@pytest.mark.parametrize("nothing", ["", " , ;"])
def test_no_name_is_asked_back(nothing: str) -> None:
    with pytest.raises(UnclearValue):
        NAMES.several(nothing, 10)


def test_the_options_for_one_name_keep_the_others() -> None:
    with pytest.raises(UnclearValue) as first:
        NAMES.several("cartographer, pottr, maker", 10)
    with pytest.raises(UnclearValue, match="“maker”") as second:
        NAMES.several(first.value.options[0].text, 10)
    assert NAMES.several(second.value.options[1].text, 10) == (MAPPER, POTTER, "weaver")


def test_what_was_written_is_read_without_what_is_gone() -> None:
    assert NAMES.kept(f"nurse,{POTTER},clerk") == Kept((POTTER,), ("nurse", "clerk"))
    assert NAMES.kept("") == Kept(())
    assert NAMES.kept_one(POTTER) == Kept(POTTER)
    assert NAMES.kept_one("nurse") == Kept(None, ("nurse",))


def test_careers_are_shown_by_title() -> None:
    assert NAMES.show_one(POTTER, NOW) == "Potter"
    assert NAMES.show_one(None, NOW) == "not set"
    assert NAMES.show_several((POTTER, MAPPER), NOW) == "Potter, Cartographer"
    assert NAMES.show_several((), NOW) == "all that I know"


def test_what_a_setting_writes_it_reads_again() -> None:
    for one in (member_career(REGISTRY), channel_career(REGISTRY)):
        assert one.kept(one.write(POTTER)).value == POTTER
        assert one.kept(one.write(None)).value is None
        assert one.parse(one.abbreviated(POTTER)) == POTTER
        assert one.abbreviated(None) == ""
    several = followed(REGISTRY)
    assert several.kept(several.write((POTTER, MAPPER))).value == (POTTER, MAPPER)
    assert several.parse(several.abbreviated((POTTER, MAPPER))) == (POTTER, MAPPER)
