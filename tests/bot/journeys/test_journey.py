"""A journey's plan: what is done stays done, no effort is lost, and everything open has a date."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.careers.loader import load_packs
from bot.journeys import changes, planning, sheet
from bot.journeys.beginning import first_tasks
from bot.journeys.journey import Journey
from bot.journeys.model import (
    AlreadyPaused,
    DayNotAhead,
    NoSuchTask,
    NothingPaused,
    PauseTooLong,
    TaskState,
)
from bot.journeys.outline import Outline, outline
from bot.journeys.planning import Verdict
from bot.paths import DATA
from bot.streaks.local_day import local_day
from bot.streaks.model import Pause
from tests.bot.journeys.samples import (
    DAY,
    TUESDAY,
    at,
    dates,
    hours,
    journey,
    journeys,
    left_out,
    on,
    outlines,
    small,
    states,
    ticked,
)
from tests.bot.streaks.histories import zones


def test_the_first_role_ends_after_the_pages_twenty_weeks_its_nine_months_beside_it() -> None:
    roles = {role.slug: role for role in load_packs([DATA]).roles}
    first = roles["ai-trust-safety-policy-specialist"]
    found = journey(outline(first))
    assert found.plan.ends == TUESDAY + timedelta(weeks=20)
    ends = [
        max(found.plan.dates[task.id] for task in phase.tasks) - TUESDAY for phase in found.phases
    ]
    assert ends == [timedelta(weeks=number) for number in (4, 10, 15, 20)]
    months = first.role.months_to_learn
    assert months is not None
    assert (months.value.low, months.value.high) == (9, 9)
    assert planning.weeks_beyond(months.value, TUESDAY, found.plan.ends) == 19


@given(outlines(), dates, hours)
def test_a_new_plan_takes_its_effort_at_its_pace(asked: Outline, day: date, pace: int) -> None:
    found = journey(asked, day).with_pace(pace, None)
    total = sum(item.effort for item in asked.items)
    assert found.total_effort == found.open_effort == total == asked.weeks * asked.hours * 60
    assert found.plan.ends - day == timedelta(days=planning.days_of_work(total, pace))
    assert found.agreed == found.plan
    assert found.percent == 0


@given(journeys())
def test_every_open_task_has_a_date_in_order_and_none_lies_behind(found: Journey) -> None:
    assert [*found.plan.dates] == [task.id for task in found.open_tasks]
    planned = [*found.plan.dates.values()]
    assert all(before <= after for before, after in pairwise(planned))
    assert all(day >= found.today for day in planned)
    assert found.plan.ends == (planned[-1] if planned else found.plan.starts)


@given(journeys())
def test_open_effort_keeps_its_time(found: Journey) -> None:
    days = planning.days_between(found.plan.starts, found.plan.ends, found.settled_pauses)
    assert days == planning.days_of_work(found.open_effort, found.pace.hours)


@given(journeys(), hours, st.none() | st.integers(1, 60))
def test_what_is_done_stays_done_whatever_is_agreed(
    found: Journey, pace: int, rest: int | None
) -> None:
    changed = found.with_pace(pace, None)
    if changed.rest is None:
        changed = changes.resting(changed, changed.today + rest * DAY if rest else None)
    changed = changes.resumed(changed)
    assert states(changed.tasks) == states(found.tasks)
    assert changed.total_effort == found.total_effort
    assert changed.open_effort == found.open_effort


@given(journeys())
def test_done_and_open_add_up(found: Journey) -> None:
    done = sum(task.item.effort for task in found.done_tasks)
    assert done + found.open_effort == found.total_effort
    assert 0 <= found.percent <= 100
    assert (found.percent == 100) == (found.is_over or not (found.open_tasks or not done))
    assert sum(len(phase.tasks) for phase in found.phases) == len(found.tasks)


@given(journeys(), st.integers(1, 60))
def test_a_rest_moves_what_is_open_by_its_days(found: Journey, days: int) -> None:
    if found.rest is not None or not found.open_tasks:
        return
    back = found.today + days * DAY
    rested = changes.resting(found, back)
    assert planning.days_between(found.today, back, rested.settled_pauses) == 0
    over = {d for p in found.pauses for d in (found.today + n * DAY for n in range(days)) if d in p}
    assert rested.plan.ends - found.plan.ends == (days - len(over)) * DAY
    assert rested.agreed.ends >= found.agreed.ends


@given(journeys())
def test_a_rest_that_is_ended_on_its_first_day_never_was(found: Journey) -> None:
    if found.rest is None:
        assert changes.resumed(changes.resting(found, None)).pauses == found.pauses


def test_a_day_without_a_tick_costs_nothing_until_a_task_is_late() -> None:
    begun = journey()
    due = next(iter(begun.plan.dates.values()))
    assert due == TUESDAY + 5 * DAY  # 20 hours in three parts, of which one is 400 minutes
    assert on(begun, due).plan == begun.plan
    late = on(begun, due + DAY)
    assert late.plan.starts == due + DAY
    assert late.days_late == 6
    assert late.agreed == begun.agreed


def test_who_is_early_ends_early() -> None:
    early = ticked(on(journey(), TUESDAY + DAY), 0, 1, 2)
    assert early.days_late < 0
    assert early.phase is not None
    assert early.phase.title == "Ink"
    assert early.percent == 40


def test_skipped_tasks_count_for_nothing() -> None:
    found = left_out(ticked(journey(), 0), 3, 4, 5)
    assert found.percent == 33
    assert [phase.is_complete for phase in found.phases] == [False, False]
    assert found.total_effort == 20 * 60
    assert ticked(found, 1, 2).percent == 100
    assert ticked(found, 1, 2).is_over
    none = left_out(journey(), *range(6))
    assert (none.percent, none.is_over, none.phase) == (0, False, None)
    assert none.plan.ends == none.plan.starts


def test_what_was_done_before_the_pace_is_not_planned_again() -> None:
    begun = ticked(journey(), 0, 1, 2)
    later = on(begun, TUESDAY + 7 * DAY).with_pace(30, None)
    assert later.effort_before == 20 * 60
    assert later.agreed.ends == later.today + 7 * DAY
    assert later.plan.dates[3] == later.agreed.dates[3]


def test_a_target_sets_the_pace_or_is_put_beside_one() -> None:
    target = TUESDAY + timedelta(weeks=5)
    meant = journey().with_pace(None, target)
    assert meant.pace.hours == 10
    assert meant.needed is not None
    assert meant.needed.verdict is Verdict.FITS
    slow = journey().with_pace(5, target)
    assert slow.plan.ends > target
    assert slow.needed is not None
    assert slow.needed.hours == 10
    hasty = journey().with_pace(None, TUESDAY + 3 * DAY)
    assert hasty.needed is not None
    assert (hasty.pace.hours, hasty.needed.verdict) == (60, Verdict.IMPOSSIBLE)
    assert journey().needed is None
    assert journey().with_pace(None, None).pace.hours == 10


@given(zones, st.integers(0, 24 * 400))
def test_a_task_is_done_on_the_day_of_its_members_zone(zone: str, later: int) -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(hours=later)
    found = journey(day=local_day(now, zone).date)
    [done] = changes.done(found.tasks[:1], now, found.today)
    assert (done.done_at, done.done_on) == (now, local_day(now, zone).date)
    assert abs((done.done_on or date.min) - now.date()) <= DAY


@given(journeys())
def test_finishing_and_taking_back_twice_is_as_once(found: Journey) -> None:
    now = at(found.today)
    once = changes.with_tasks(found, changes.done(found.tasks, now, found.today))
    assert changes.done(once.tasks, now + DAY, found.today + DAY) == ()
    back = changes.with_tasks(once, changes.opened(once.tasks))
    assert changes.opened(back.tasks) == ()
    assert all(task.state is TaskState.OPEN and task.first_done_at for task in back.tasks)


def test_what_an_act_finishes_is_said_once() -> None:
    begun = ticked(journey(), 0, 1)
    done = changes.done(begun.tasks[:3], at(TUESDAY), TUESDAY)
    finished = changes.finished(begun, done, at(TUESDAY))
    assert [task.place for task in finished.tasks] == [2]
    assert [(phase.title, phase.again) for phase in finished.phases] == [("Paper", False)]
    assert not finished.is_over
    after = changes.with_tasks(begun, done)
    assert changes.finished(after, (), at(TUESDAY)).phases == ()


def test_a_phase_that_is_done_again_says_so() -> None:
    whole = ticked(journey(), 0, 1, 2)
    back = changes.with_tasks(whole, changes.opened(whole.tasks[2:3]))
    later = on(back, TUESDAY + DAY)
    done = changes.done(back.tasks[2:3], at(later.today), later.today)
    [phase] = changes.finished(later, done, at(later.today)).phases
    assert phase.again


def test_leaving_the_last_task_out_completes_a_phase_too() -> None:
    begun = ticked(journey(), 0, 1)
    finished = changes.finished(begun, changes.skipped(begun.tasks[:3]), at(TUESDAY))
    assert finished.tasks == ()
    assert [(phase.title, phase.again) for phase in finished.phases] == [("Paper", False)]


def test_only_its_own_tasks_are_meant() -> None:
    assert changes.meant(journey(), [1, 1, 2]) == journey().tasks[1:3]
    with pytest.raises(NoSuchTask):
        changes.meant(journey(), [1, 99])


def test_a_rest_has_its_limits() -> None:
    with pytest.raises(DayNotAhead):
        changes.resting(journey(), TUESDAY)
    with pytest.raises(PauseTooLong, match="366"):
        changes.resting(journey(), TUESDAY + 367 * DAY)
    resting = changes.resting(journey(), TUESDAY + 366 * DAY)
    with pytest.raises(AlreadyPaused):
        changes.resting(resting, None)
    with pytest.raises(NothingPaused):
        changes.resumed(journey())
    earlier = Pause(TUESDAY - 9 * DAY, TUESDAY - 8 * DAY)
    assert changes.resumed(
        journey().with_pause(earlier).with_pause(Pause(TUESDAY, None))
    ).pauses == (earlier,)


def test_what_earlier_journeys_have_done_counts() -> None:
    before = ticked(left_out(journey(), 5), 0, 3)
    other = small(
        [
            {
                "title": "Sea",
                "weeks": 1,
                "goals": ["Name the mountains!", "Sound the depths."],
                "milestone": "A chart.",
            }
        ],
        "navigator",
    )
    tasks = first_tasks(other, before.tasks)
    assert [(task.id, task.state.value) for task in tasks] == [
        (0, "done"),
        (1, "open"),
        (2, "open"),
    ]
    assert tasks[0].item == other.items[0]
    assert tasks[0].done_on == TUESDAY


def test_the_plan_as_a_table_runs_no_formulas() -> None:
    found = left_out(ticked(journey(), 0), 4)
    noted = replace(found.tasks[1], note="=1+1")
    dropped = replace(found.tasks[5], archived=True)
    lines = sheet.written(changes.with_tasks(found, [noted, dropped])).splitlines()
    assert lines[0] == "phase,task,state,planned,done,hours,note"
    assert lines[1] == "1. Paper,Draw a coast.,done,,2026-11-24,6.7,"
    assert lines[2].startswith("1. Paper,Fold a map.,open,2026-")
    assert lines[2].endswith(",'=1+1")
    assert lines[5] == "2. Ink,Number the roads.,skipped,,,10.0,"
    assert ",open (archived),," in lines[6]
