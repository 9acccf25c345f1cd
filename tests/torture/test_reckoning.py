"""The reckoning sees each way in which a run can go wrong."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.model import Delivery, Reason, ScheduleState, State, Target
from tests.conftest import NOW
from tests.standin.seen import Accepted
from tests.torture.reckoning import reckon
from tests.torture.scenario import Fate, Scenario

SENT = Delivery(
    id=1, kind="note", subject_id=1, schedule_id=None, schedule_version=None, guild_id=None,
    configured_by=None, target=Target.channel(1), urgency=1, dedupe_key="a", due=NOW,
    expires=NOW, state=State.SENT, next_try=None, attempts=0, tried_at=NOW, nonce="4711",
    fallbacks=0, message_id=77, settled_at=NOW, reason=Reason.SENT.value,
)  # fmt: skip
LATER = replace(SENT, id=2, dedupe_key="b", due=NOW + timedelta(seconds=1), message_id=78)
FAILED = replace(
    SENT, id=3, dedupe_key="c", state=State.FAILED, message_id=None, reason=Reason.CHANNEL_GONE
)
ROWS = (SENT, LATER, FAILED)

FIRST = Accepted(77, 1, "4711", "a", 0.0, 0.0)
SECOND = Accepted(78, 1, "4712", "b", 0.0, 0.0)
ACCEPTED = (FIRST, SECOND)

ENDED = {5: ScheduleState.ENDED}


def scenario() -> Scenario:
    sent = Fate(State.SENT, 1)
    failed = Fate(State.FAILED, reason=Reason.CHANNEL_GONE, may_be_unconfirmed=True)
    fates = {"a": sent, "b": sent, "c": failed}
    return Scenario(seed=0, rows=3, span_s=0, channels=1, fates=fates, schedules={**ENDED})


def troubles(
    rows: tuple[Delivery, ...] = ROWS,
    accepted: tuple[Accepted, ...] = ACCEPTED,
    ends: dict[int, ScheduleState] = ENDED,
) -> set[str]:
    return {*reckon(scenario(), rows, ends, accepted).troubles()}


def test_what_is_as_it_must_be_is_no_trouble() -> None:
    assert troubles() == set()


def test_what_was_never_accepted_is_lost() -> None:
    assert troubles(accepted=(FIRST,)) == {"lost", "misjudged"}


def test_what_was_accepted_twice_is_doubled() -> None:
    assert "doubled" in troubles(accepted=(*ACCEPTED, replace(FIRST, id=79)))


@pytest.mark.parametrize("text", ["c", "d"])
def test_what_must_not_be_accepted_is_uncalled_for(text: str) -> None:
    assert "uncalled_for" in troubles(accepted=(*ACCEPTED, replace(FIRST, id=79, text=text)))


def test_what_arrived_elsewhere_is_misplaced() -> None:
    assert "misplaced" in troubles(accepted=(replace(FIRST, channel=2), SECOND))


def test_what_overtook_is_out_of_order() -> None:
    assert troubles(accepted=(SECOND, FIRST)) == {"out_of_order"}


@pytest.mark.parametrize("rows", [ROWS[1:], (*ROWS, replace(LATER, dedupe_key="d"))])
def test_rows_too_few_or_too_many_are_noticed(rows: tuple[Delivery, ...]) -> None:
    assert troubles(rows) == {"unplanned"}


def test_what_is_still_in_the_queue_is_noticed() -> None:
    waiting = replace(SENT, state=State.WAITING, next_try=NOW, message_id=None)
    assert troubles((waiting, LATER, FAILED)) == {"unsettled", "misjudged"}


@pytest.mark.parametrize(
    "row",
    [
        replace(SENT, message_id=None),
        replace(SENT, message_id=79),
        replace(SENT, state=State.FAILED, message_id=None),
    ],
)
def test_a_row_that_says_something_else_is_noticed(row: Delivery) -> None:
    assert troubles((row, LATER, FAILED)) == {"misjudged"}


def test_a_failure_with_the_wrong_reason_is_noticed() -> None:
    wrong = replace(FAILED, reason=Reason.NO_ACCESS.value)
    assert troubles((SENT, LATER, wrong)) == {"misjudged"}


def test_a_failure_may_be_unconfirmed_where_nobody_can_look() -> None:
    in_doubt = replace(FAILED, reason=Reason.UNCONFIRMED.value)
    assert troubles((SENT, LATER, in_doubt)) == set()


def test_what_can_be_looked_for_may_not_be_unconfirmed() -> None:
    in_doubt = replace(SENT, state=State.FAILED, reason=Reason.UNCONFIRMED.value, message_id=None)
    assert troubles((in_doubt, LATER, FAILED), (SECOND,)) == {"lost", "misjudged"}


def test_a_schedule_that_ended_otherwise_is_noticed() -> None:
    assert troubles(ends={5: ScheduleState.PAUSED}) == {"schedules"}
    assert troubles(ends={}) == {"schedules"}
