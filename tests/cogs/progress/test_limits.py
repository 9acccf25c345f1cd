"""The cards of `/progress` stay within Discord's limits, whatever packs are called."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.progress.figures import Counts, Stage, shown
from cogs.progress.cards import career_card, overview_card
from tests.bot.careers.samples import names
from tests.cogs.limits import check
from tests.conftest import TORTURE

stages = st.builds(Stage, st.integers(0, 99_999), st.integers(0, 99_999))


@settings(max_examples=200 if TORTURE else 15)
@given(names, st.lists(names, min_size=12, max_size=12), st.data())
def test_a_careers_card_fits(title: str, titles: list[str], data: st.DataObject) -> None:
    found = tuple(data.draw(stages) for _ in titles)
    days = {place: {3: 99_999} for place in range(len(titles))}
    career = shown(Counts("cartographer", title, tuple(titles), found, 99_999, days))
    if career.ever is not None:
        others = [replace(career, role=f"career-{number}") for number in range(30)]
        check(career_card(career, others))
        check(overview_card(others))
