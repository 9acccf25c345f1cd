"""Every card of milestones stays within Discord's limits, whatever members write."""

from dataclasses import replace
from datetime import date

import pytest

from bot.milestones.files import MAX_FILE, Record
from bot.milestones.importing import ImportPlan
from bot.milestones.model import Details, Kind, Milestone, Page, Pipeline, Seen, Visibility, Wanted
from bot.milestones.progress import Progress
from bot.milestones.stages import MOST_STEPS, Counted, Outcome, Stage, Step, funnel
from bot.sheets.rows import Problem
from cogs.milestones.edit_modal import edit_modal
from cogs.milestones.files import done_card, plan_card
from cogs.milestones.list_card import ListPlace, list_card
from cogs.milestones.milestone_card import milestone_card, removed_card
from cogs.milestones.pipeline_card import pipeline_card
from cogs.milestones.shared_card import shared_card
from tests.cogs.limits import check, check_modal, text_of
from tests.conftest import NOW

ANYONE = 2**63
TODAY = date(2026, 11, 24)
SIGNS = ["x", "*", "@", "字", "\U0001f600", "\u202e"]


def longest(sign: str, kind: Kind = Kind.GOAL) -> Milestone:
    """A milestone of which each part is as long as can be."""
    note = sign * 1000 if sign != "*" else "*\n" * 500
    details = Details(
        sign * 100, kind, note, TODAY, sign * 50, Visibility.ME,
        Progress(999_999, 1_000_000), sign * 200, TODAY,
    )  # fmt: skip
    if kind is Kind.GOAL:
        details = replace(details, visibility=Visibility.SERVER)
    own = Milestone(10**17, ANYONE, ANYONE, details, NOW, NOW)
    return replace(own, stage=Stage.INTERVIEW, stage_since=NOW) if kind is Kind.APPLICATION else own


@pytest.mark.parametrize("sign", SIGNS)
def test_one_milestone(sign: str) -> None:
    steps = tuple(Step(Stage.SAVED, NOW) for _ in range(MOST_STEPS))
    problems = (sign * 300, sign * 300)
    for kind in Kind:
        own = longest(sign, kind)
        closed = replace(own, done_at=NOW, outcome=Outcome.NO_ANSWER, was_done_at=NOW)
        for each in (own, closed):
            check(milestone_card(Seen(each, TODAY, steps, problems), "Added.", is_new=True))
            check(removed_card(each))
            check_modal(edit_modal(each))


@pytest.mark.parametrize("sign", SIGNS)
def test_lists_and_the_pipeline(sign: str) -> None:
    kinds = [*Kind, Kind.GOAL, Kind.GOAL]
    own = tuple(replace(longest(sign, kind), id=n) for n, kind in enumerate(kinds))
    page = Page(own, 1000, TODAY, 50)
    check(list_card(page, ListPlace(ANYONE, Wanted(), 50), ticked=own[0]))
    check(shared_card(page, ANYONE, ANYONE))
    applications = tuple(
        replace(longest(sign, Kind.APPLICATION), id=100 + n, stage=list(Stage)[-2 - n % 4])
        for n in range(200)
    )
    counted = [Counted(Stage.CLOSED, Stage.OFFER, outcome, 1000) for outcome in (*Outcome, None)]
    pipeline = Pipeline(
        funnel(counted), applications, own[:3], TODAY, {Kind.INTERVIEW: 999, Kind.OFFER: 999}
    )
    pages = [pipeline_card(pipeline, ANYONE, number) for number in range(41)]
    for each in pages:
        check(each)
    assert "5000 in all → 5000 sent" in text_of(pages[-1])


@pytest.mark.parametrize("sign", SIGNS)
def test_imports(sign: str) -> None:
    records = tuple(Record(longest(sign).details) for _ in range(1000))
    for plan in (
        ImportPlan(records, 1000, at=NOW),
        ImportPlan(there=3),
        ImportPlan(problems=(Problem(MAX_FILE, sign * 500),) * 25, more=1000),
    ):
        check(plan_card(plan, "milestones.csv", ANYONE))
        check(done_card(plan, ANYONE))
