from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.milestones.files import MAX_FILE, Record, read_file, write_csv
from bot.milestones.importing import plan_of
from bot.milestones.model import MOST_OPEN, Details, Kind, Milestone
from bot.milestones.stages import MOST_STEPS, Outcome, Stage, Step
from bot.sheets.parsing import Parsed
from tests.bot.milestones.samples import HOSTILE, records
from tests.conftest import NOW

HEADER = "title,kind,due,visibility,progress,done,stage,outcome,next,steps"


def records_of(parsed: Parsed[Record]) -> list[Record]:
    return [record for _, record in parsed.items]


def problem_of(row: str, header: str = HEADER) -> str:
    parsed = read_file("a.csv", f"{header}\n{row}\n".encode(), NOW)
    assert parsed.items == ()
    [problem] = parsed.problems
    assert problem.line == 2
    return problem.message


@given(st.lists(records(), min_size=1, max_size=5))
def test_what_is_written_is_read_back_and_no_cell_is_a_formula(written: list[Record]) -> None:
    data = write_csv(written)
    parsed = read_file("milestones.csv", data, NOW)
    assert parsed.problems == ()
    assert records_of(parsed) == written


def test_no_cell_runs_in_a_spreadsheet() -> None:
    data = write_csv([Record(Details("=1+1", note="@SUM(A1)", category="-2"))]).decode("utf-8-sig")
    assert data.splitlines()[1].startswith("'=1+1,goal,'@SUM(A1),,'-2,")


def test_a_few_columns_are_enough() -> None:
    parsed = read_file("a.csv", f"Title;kind\n'{HOSTILE};\nAcme;Application\n".encode(), NOW)
    assert records_of(parsed) == [
        Record(Details(HOSTILE)),
        Record(Details("Acme", Kind.APPLICATION), steps=(Step(Stage.SAVED, NOW),)),
    ]


def test_an_application_is_closed_when_it_is_done() -> None:
    row = f"{HEADER}\nAcme,application,,,,2026-11-01,closed,No answer,,\n"
    [record] = records_of(read_file("a.csv", row.encode(), NOW))
    assert record.outcome is Outcome.NO_ANSWER
    assert record.done_at == record.steps[-1].at
    row = f"{HEADER}\nAcme,application,,,,,,,,applied 2026-11-01 | closed 2026-11-02 18:30\n"
    [record] = records_of(read_file("a.csv", row.encode(), NOW))
    assert record.done_at == datetime(2026, 11, 2, 18, 30, tzinfo=UTC) == record.steps[-1].at


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",goal,,,,,,,,", "title is empty"),
        ("x" * 101 + ",,,,,,,,,", "100 fit"),
        ("A,wish,,,,,,,,", "“wish” isn't a kind"),
        ("A,,03/04/2027,,,,,,,", "Write dates like 2027-04-03"),
        ("A,,2027-02-30,,,,,,,", "isn't a date"),
        ("A,offer,,server,,,,,,", "Only goals"),
        ("A,,,,110%,,,,,", "3 of 10"),
        ("A,,,,,yesterday,,,,", "isn't a time"),
        ("A,,,,,2027-01-01,,,,", "in the future"),
        ("A,,,,,0001-01-01 00:00+14:00,,,,", "isn't a time"),
        ("A,,,,,,applied,,,", "Only applications have “stage”"),
        ("A,,,,,,,,,applied 2026-01-01", "Only applications have “steps”"),
        ("A,application,,,,,hired,,,", "isn't a stage"),
        ("A,application,,,,2026-01-01,applied,,,", "stage “closed”"),
        ("A,application,,,,,applied,rejected,,", "stage “closed”"),
        ("A,application,,,,,offer,,,applied 2026-01-01", "isn't that of the last"),
        ("A,application,,,,,,,,applied", "isn't a step"),
        ("A,application,,,,,,,,2026-01-01", "isn't a steps"),
        ("A,application,,,,,,,,applied 2026-02-01 | offer 2026-01-01", "order of their times"),
        ("A,application,,,,,,,," + "|".join(["saved 2026-01-01"] * (MOST_STEPS + 1)), "40 fit"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(row: str, why: str) -> None:
    assert why in problem_of(row)


def test_all_problems_are_counted_and_25_listed() -> None:
    rows = "".join(f"Goal {n},wish\n" for n in range(40))
    parsed = read_file("a.csv", f"title,kind\nGood,goal\n{rows}".encode(), NOW)
    assert (len(parsed.problems), parsed.more, parsed.items) == (25, 15, ())
    assert [each.line for each in parsed.problems] == [*range(3, 28)]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.exe", b"title\nA\n", "end in .csv"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"title\n", "no milestone"),
        ("a.csv", b"x" * (MAX_FILE + 1), "2,000,000 fit"),
        ("a.csv", b"titel\nA\n", "name the columns"),
        ("a.csv", b"title\n=1+1\n", "begins like a formula"),
        ("a.csv", b"title\n\xff\n", "UTF-8"),
    ],
)
def test_a_file_that_is_none_is_told_of(name: str, data: bytes, why: str) -> None:
    parsed = read_file(name, data, NOW)
    assert why in parsed.problems[0].message
    assert plan_of(parsed, []).problems == parsed.problems


def test_only_new_ones_are_added() -> None:
    own = [Milestone(n, 3, 7, Details("Learn SQL"), NOW, NOW) for n in range(2)]
    rows = [Details("LEARN sql")] * 3 + [Details("Learn SQL", Kind.OFFER), Details("Other")]
    plan = plan_of(read_file("a.csv", write_csv(map(Record, rows)), NOW), own)
    assert [record.details for record in plan.added] == [rows[0], *rows[3:]]
    assert plan.there == 2


def test_there_are_limits_to_what_fits() -> None:
    rows = [Record(Details(f"Goal {n}")) for n in range(MOST_OPEN + 1)]
    plan = plan_of(read_file("a.csv", write_csv(rows), NOW), [])
    assert "201 open milestones; 200 fit" in plan.problems[0].message
    done = [Record(Details(f"Goal {n}"), NOW) for n in range(1000)]
    own = [Milestone(1, 3, 7, Details("Learn SQL"), NOW, NOW)]
    plan = plan_of(read_file("a.csv", write_csv(done), NOW), own)
    assert "1,001 milestones" in plan.problems[0].message
    assert plan.added == ()
