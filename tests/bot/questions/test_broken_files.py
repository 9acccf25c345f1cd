"""Files that are wrong in every way: refused whole, with the line, and nothing is stored."""

import asyncio
import gc
import json
import time
import tracemalloc
from collections.abc import Callable, Iterable

import pytest

from bot.questions.files import Parsed, read_file, write_csv, write_yaml
from bot.questions.own import MAX_FILE, MAX_QUESTIONS
from bot.questions.service import Questions
from bot.questions.text import QuestionText
from tests.benchmarks.loop_holds import watched
from tests.bot.questions.samples import ANNA, BEN, GUILD, text
from tests.bot.questions.test_service import numbered
from tests.conftest import TORTURE

HEAD = "question,level,kind,key_points\n"
GOOD = {
    "csv": f"{HEAD}Good?,mid,case,A point.\n",
    "yaml": "- {question: Good?, level: mid, kind: case, key_points: [A point.]}\n",
    "json": '[{"question": "Good?", "level": "mid", "kind": "case", "key_points": ["A point."]},\n',
}
"""The beginnings of files whose first question is fine; what is wrong comes below it."""

POINTS = '"key_points": ["A."]'
CASE = "level: mid, kind: case, key_points: [A.]"
LONG = "x" * 501

Wrong = dict[str, tuple[str | bytes, int | None, str]]
"""By format: what comes below the good question, the line that is named, and what is said."""

BROKEN: dict[str, Wrong] = {
    "cut off in the middle": {
        "csv": ('"Why?,mid,case,', 3, 'A " is missing'),
        "yaml": ("- {question: Why?, level: mid,\n", 3, "isn't valid YAML"),
        "json": ('{"question": "Why?",\n', 3, "isn't valid JSON"),
    },
    "saved as Latin-1": {
        "csv": ("Qué?,mid,case,A.\n".encode("latin-1"), 3, "Save the file as UTF-8"),
        "yaml": (f"- {{question: Qué?, {CASE}}}".encode("latin-1"), 2, "Save the file as UTF-8"),
        "json": ('{"question": "Qué?"}]'.encode("latin-1"), 2, "Save the file as UTF-8"),
    },
    "bytes of a program in it": {
        "csv": (b"Why?,mid,case,\x00\x01\n", 3, "can't be shown (U+0000)"),
        "yaml": (b"- question: \x07\n", 2, "can't be shown (U+0007)"),
        "json": (b'{"question": "\x1b"}]', 2, "can't be shown (U+001B)"),
    },
    "a field that no question has": {
        "csv": ("", 1, "I don't know “answer”"),
        "yaml": (f"- {{question: Why?, {CASE},\n   answer: B.}}", 3, "I don't know “answer”"),
        "json": ('{"question": "Why?", "answer": "B."}]', 2, "I don't know “answer”"),
    },
    "a field that is there twice": {
        "csv": ("", 1, "“level” is there twice"),
        "yaml": (f"- question: Why?\n  {CASE[:10]}\n  level: mid\n", 4, "“level” is there twice"),
        "json": ('{"level": "mid", "level": "mid"}]', 2, "“level” is there twice"),
    },
    "no question": {
        "csv": (" ,mid,case,A.\n", 3, "The question is empty"),
        "yaml": (f"- {{{CASE}}}", 2, "The question is empty"),
        "json": (f'{{"level": "mid", "kind": "case", {POINTS}}}]', 2, "The question is empty"),
    },
    "no key points": {
        "csv": ("Why?,mid,case, | \n", 3, "at least one key point"),
        "yaml": ("- {question: Why?, level: mid, kind: case}", 2, "at least one key point"),
        "json": ('{"question": "Why?", "level": "mid", "kind": "case"}]', 2, "one key point"),
    },
    "a level that there is not": {
        "csv": ("Why?,boss,case,A.\n", 3, "“boss” is no level"),
        "yaml": (
            "- question: Why?\n  kind: case\n  key_points: [A]\n  level: boss",
            5,
            "“boss” is",
        ),
        "json": (f'{{"question": "Why?", "level": "boss", {POINTS}}}]', 2, "“boss” is no level"),
    },
    "a question that is too long": {
        "csv": (f"{LONG},mid,case,A.\n", 3, "has 501 characters; 500 fit"),
        "yaml": (f"- {{question: {LONG}, {CASE}}}", 2, "has 501 characters; 500 fit"),
        "json": (f'{{"question": "{LONG}"}}]', 2, "has 501 characters; 500 fit"),
    },
    "the same question twice": {
        "csv": ("good,mid,case,B.\n", 3, "in line 2 already"),
        "yaml": (f"- {{question: GOOD, {CASE}}}", 2, "in line 1 already"),
        "json": (f'{{"question": "good", "level": "mid", "kind": "case", {POINTS}}}]', 2, "line 1"),
    },
    "a career that nobody knows": {
        "csv": ("Why?,mid,case,A.,pilot\n", 3, "I know no career “pilot”"),
        "yaml": (f"- {{question: Why?, {CASE}, role: pilot}}", 2, "I know no career “pilot”"),
        "json": (
            f'{{"question": "Why?", "level": "mid", "kind": "case", {POINTS}, "role": "pilot"}}]',
            2,
            "I know no career “pilot”",
        ),
    },
    "something else where a text belongs": {
        "csv": ("Why?,mid,case,A.,B.\n", 3, "more cells than columns"),
        "yaml": (f"- {{question: [Why?], {CASE}}}", 2, "“question” must be text"),
        "json": ('{"question": {"why": true}}]', 2, "“question” must be text"),
    },
    "text where a list belongs": {
        "csv": ("Why?,mid,case,A.,a b | c/d\n", 3, "“c/d” isn't a topic"),
        "yaml": ("- question: Why?\n  key_points: A.\n", 3, "“key_points” must be a list"),
        "json": ('{"question": "Why?", "key_points": "A."}]', 2, "“key_points” must be a list"),
    },
    "more than is written": {
        "csv": ("=HYPERLINK(A1),mid,case,A.\n", 3, "begins like a formula"),
        "yaml": ("- &a [*a, *a]", 2, "Anchors (&) and aliases (*) aren't allowed"),
        "json": ("[" * 200_000, None, "lists in lists"),
    },
}

HEADS = {
    "a field that no question has": "question,level,kind,key_points,answer\n",
    "a field that is there twice": "question,level,kind,key_points,Level\n",
    "a career that nobody knows": "question,level,kind,key_points,role\n",
    "text where a list belongs": "question,level,kind,key_points,topics\n",
}
"""Headers of tables in which it takes another one to be wrong in that way."""


def content(kind: str, ending: str) -> bytes:
    wrong, good = BROKEN[kind][ending][0], GOOD[ending]
    if ending == "csv" and kind in HEADS:
        good = good.replace(HEAD, HEADS[kind])
    return good.encode() + (wrong if isinstance(wrong, bytes) else wrong.encode())


WHOLE: dict[str, tuple[str, bytes, int | None, str]] = {
    "UTF-16": ("a.csv", (HEAD * 2).encode("utf-16"), 1, "Save the file as UTF-8"),
    "a workbook": ("a.xlsx", b"PK\x03\x04" + bytes(40), None, "names end in .csv, .yaml"),
    "a workbook called a table": ("a.csv", b"PK\x03\x04" + bytes(40), 1, "Is this a text file?"),
    "an archive called a list": ("a.json", b"\x1f\x8b" + b"x" * 40, 1, "Save the file as UTF-8"),
    "nothing": ("a.yaml", b"\xef\xbb\xbf \n", None, "The file is empty"),
    "only a header": ("a.csv", HEAD.encode(), None, "no question in the file"),
    "another header": ("a.csv", b"frage,stufe\nWarum?,mid\n", 1, "must name the columns"),
    "a mapping": ("a.yaml", b"question: Why?\nlevel: mid\n", 1, "must be a list of questions"),
    "an object": ("a.json", b'{"question": "Why?"}', 1, "must be a list of questions"),
    "a web page": ("a.csv", b"<!doctype html>\n<html></html>\n", 1, "must name the columns"),
    "one byte too many": ("a.csv", b"x" * (MAX_FILE + 1), None, "5,000,001 bytes; 5,000,000 fit"),
}


async def refused(questions: Questions, name: str, data: bytes) -> tuple[int | None, str]:
    """Import a file that is wrong in one place, and return where and why it was refused."""
    before = await questions.pool(GUILD)
    parsed = await asyncio.to_thread(read_file, name, data)
    plan = await questions.plan_import(GUILD, parsed)
    assert await questions.import_all(GUILD, parsed, BEN) == plan
    assert (plan.added, plan.changed, plan.at) == ((), (), None)
    assert await questions.pool(GUILD) == before
    assert sum((await questions.counts(GUILD)).values()) == 1
    [problem] = plan.problems[:1]
    return problem.line, problem.message


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_file_that_is_broken_below_a_good_question_is_refused_whole(
    questions: Questions, kind: str
) -> None:
    await questions.add(GUILD, text("There already?"), ANNA)
    for ending, (_, line, message) in BROKEN[kind].items():
        found = await refused(questions, f"a.{ending}", content(kind, ending))
        assert (ending, found[0], message in found[1]) == (ending, line, True), found


async def test_a_file_that_is_no_list_of_questions_is_refused(questions: Questions) -> None:
    await questions.add(GUILD, text("There already?"), ANNA)
    for kind, (name, data, line, message) in WHOLE.items():
        found = await refused(questions, name, data)
        assert (kind, found[0], message in found[1]) == (kind, line, True), found


def as_json(questions: Iterable[QuestionText]) -> bytes:
    return json.dumps([each.values() for each in questions], indent=1).encode()


WRITERS: dict[str, Callable[[Iterable[QuestionText]], bytes]] = {
    "csv": write_csv,
    "yaml": write_yaml,
    "json": as_json,
}


@pytest.mark.parametrize("ending", WRITERS)
async def test_a_large_file_is_refused_before_it_is_read(questions: Questions, ending: str) -> None:
    await questions.add(GUILD, text("There already?"), ANNA)
    size = 50_000_000 if TORTURE else MAX_FILE + 1
    good = WRITERS[ending](numbered(1000))
    data = (good * (size // len(good) + 1))[:size]
    gc.collect()
    tracemalloc.start()
    try:
        async with watched() as holds:
            found = await refused(questions, f"a.{ending}", data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == (None, f"The file has {size:,} bytes; 5,000,000 fit. Split it.")
    assert peak < 5_000_000
    assert not TORTURE or holds.longest_ms <= 250, holds.longest_ms


@pytest.mark.parametrize("ending", WRITERS)
async def test_as_many_questions_as_fit_are_imported_in_seconds(
    questions: Questions, ending: str
) -> None:
    count = MAX_QUESTIONS if TORTURE else 300
    written = numbered(count)
    data = WRITERS[ending](written)
    gc.collect()
    gc.freeze()  # as the bot does once it has started
    try:
        started = time.perf_counter()
        async with watched() as holds:
            parsed: Parsed = await asyncio.to_thread(read_file, f"a.{ending}", data)
            plan = await questions.import_all(GUILD, parsed, ANNA)
        took_s = time.perf_counter() - started
    finally:
        gc.unfreeze()
    assert (len(plan.added), plan.problems) == (count, ())
    assert await questions.export(GUILD) == written
    assert not TORTURE or took_s <= 5, took_s
    if TORTURE and ending != "yaml":  # whose nodes, all there at once, take long to be collected
        assert holds.longest_ms <= 250, holds.longest_ms
    again = await questions.import_all(GUILD, parsed, ANNA)
    assert (again.changes_something, len(again.unchanged)) == (False, count)
