import csv
import json
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from bot.answers.knowledge import Knowledge
from bot.careers.loader import LoadedRole, Packs, load_packs
from bot.cli.program import cli
from bot.paths import DATA

FIELDS = ["question", "answered", "answer", "source", "role", "confidence", "alternatives"]
ANALYST = "trust-safety-analyst"

CLUB = {"question": "When does the book club meet?", "answer": "On Tuesdays at nine."}
PARROT = {
    "question": "Where is the parrot?",
    "aliases": ["bird place"],
    "answer": "Upstairs.",
    "role": ANALYST,
    "source": "The zoo",
}


@cache
def packs() -> Packs:
    return load_packs([DATA])


@cache
def known() -> Knowledge:
    return Knowledge.load(packs().roles, DATA)


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packs and what is learnt are the same for each command here, and take seconds to read."""
    known()

    def load(_roles: Sequence[LoadedRole], _data: Path) -> Knowledge:
        return known()

    def load_all(_directories: Sequence[Path]) -> Packs:
        return packs()

    monkeypatch.setattr(Knowledge, "load", load)
    monkeypatch.setattr("bot.careers.service.load_packs", load_all)


@pytest.fixture
def _store(tmp_path: Path, migrated_file: Path) -> None:
    (tmp_path / "var").mkdir()
    shutil.copy(migrated_file, tmp_path / "var" / "waymark.sqlite3")


def run(*arguments: str, typed: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=typed)


def asked(*arguments: str, typed: str | bytes | None = None) -> list[dict[str, Any]]:
    """What `waymark ask --json` prints, object by object."""
    result = run("ask", "--json", *arguments, typed=typed)
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.split("\n") if line]


# One question


def test_a_question_is_answered_with_its_source() -> None:
    result = run("ask", "What does a senior AI Trust & Safety Policy Specialist earn?")
    assert (result.exit_code, result.stderr) == (0, "")
    answer, source = result.stdout.splitlines()
    assert "$140,000–$190,000 a year" in answer
    assert source.startswith("Source: Career page")


@pytest.mark.parametrize("role", [ANALYST, "T&S analyst", "content moderator"])
def test_the_career_is_named_by_slug_or_alias(role: str) -> None:
    [reply] = asked("Which tools are used?", "--role", role)
    assert reply["role"] == ANALYST
    assert "PhotoDNA" in reply["answer"]


@pytest.mark.parametrize("role", ["trust safety anlyst", "astronaut", ""])
def test_an_unknown_career_ends_with_suggestions(role: str) -> None:
    result = run("ask", "Which tools are used?", "--role", role)
    assert (result.exit_code, result.stdout) == (1, "")
    assert repr(role) in result.stderr
    assert "-" in result.stderr.partition("Did you mean")[2]


def test_what_is_not_known_is_said_and_ends_well() -> None:
    result = run("ask", "How much does a plumber earn?")
    assert result.exit_code == 0
    assert result.stdout.startswith("I only know the careers")


def test_what_may_be_meant_is_offered() -> None:
    result = run("ask", "help", "--role", ANALYST)
    [reply] = asked("help", "--role", ANALYST)
    assert reply["answered"] is False
    assert reply["alternatives"]
    assert f"Did you mean: {'; '.join(reply['alternatives'])}" in result.stdout


@pytest.mark.parametrize("arguments", [(), ("--json",), ("Which tools?", "--stdin")])
def test_a_question_and_standard_input_exclude_each_other(arguments: tuple[str, ...]) -> None:
    result = run("ask", *arguments, typed="x\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--stdin" in result.stderr


# For programs


def test_an_answer_is_an_object_with_its_fields_in_order() -> None:
    question = "What does a senior AI Trust & Safety Policy Specialist earn?"
    [reply] = asked(question)
    assert list(reply) == FIELDS
    assert (reply["question"], reply["answered"]) == (question, True)
    assert "$140,000–$190,000" in reply["answer"]
    assert reply["source"].startswith("Source: ")
    assert reply["role"] == "ai-trust-safety-policy-specialist"
    assert 0.8 <= reply["confidence"] <= 1
    assert reply["alternatives"] == []


def test_no_answer_is_an_object_with_the_same_fields() -> None:
    [reply] = asked("How much does a plumber earn?")
    assert list(reply) == FIELDS
    assert (reply["answered"], reply["source"], reply["role"]) == (False, "", None)
    assert reply["answer"]
    assert 0 <= reply["confidence"] <= 1


def test_several_roles_answers_are_about_none_of_them() -> None:
    [reply] = asked("Which tools are used?")
    assert (reply["answered"], reply["role"]) == (True, None)


def test_each_line_is_answered_by_a_line_in_order() -> None:
    lines = [
        "Which tools does an AI red team engineer use?",
        "",
        "¿Se puede trabajar desde casa? 🙂",
        "pay? " * 1000,
        "\u202e\u200b<@1> @everyone ```",
        'tab\tand quote"s',
        "What is prompt injection?",
    ]
    replies = asked("--stdin", "--role", ANALYST, typed="\n".join(lines) + "\n")
    assert [reply["question"] for reply in replies] == lines
    assert [list(reply) for reply in replies] == [FIELDS] * len(lines)
    assert [replies[0]["role"], replies[2]["role"]] == ["ai-red-team-engineer", ANALYST]
    assert not replies[1]["answered"]
    assert replies[1]["answer"]
    assert replies[-1]["answer"].startswith("Prompt injection: ")


def test_lines_may_end_as_on_windows_and_the_last_one_not_at_all() -> None:
    replies = asked("--stdin", typed="Which tools are used?\r\n\r\nIs it remote?")
    assert [reply["question"] for reply in replies] == [
        "Which tools are used?",
        "",
        "Is it remote?",
    ]


def test_no_line_is_no_answer() -> None:
    assert asked("--stdin", typed="") == []


def test_a_carriage_return_within_a_line_does_not_end_it() -> None:
    assert len(asked("--stdin", typed="Which tools\rare used?\nIs it remote?\n")) == 2


def test_nothing_in_an_object_ends_its_line_for_whoever_reads_it() -> None:
    result = run("ask", "--json", "Which\u2028tools\x85are\x0cused?")
    assert len(result.stdout.splitlines()) == 1


def test_a_line_that_is_no_text_does_not_stop_the_others() -> None:
    replies = asked("--stdin", typed=b"\xff\xfe?\nWhat is prompt injection?\n")
    assert len(replies) == 2
    assert replies[1]["answered"]


def test_an_argument_that_is_no_text_is_answered_too() -> None:
    [reply] = asked("\udcff pay?", "--role", ANALYST)
    assert list(reply) == FIELDS


def test_lines_are_answered_in_plain_words_too() -> None:
    result = run("ask", "--stdin", typed="What is a deepfake?\nHow much does a plumber earn?\n")
    assert result.exit_code == 0
    assert "Deepfake: " in result.stdout
    assert "I only know the careers" in result.stdout


# How an answer came to be


def test_an_explanation_goes_to_standard_error() -> None:
    result = run("ask", "--explain", "--json", "Which tools are used?", "--role", ANALYST)
    assert json.loads(result.stdout)["answered"]
    for line in (
        "question: Which tools are used?",
        f"role: {ANALYST}",
        "decision: answered",
        "reasons against:",
    ):
        assert line in result.stderr
    assert "tools" in result.stderr.partition("may be meant")[2]


@pytest.mark.parametrize(
    ("question", "decision"),
    [
        ("How much does a plumber earn?", "another occupation"),
        ("What does @anna earn?", "about a member"),
        ("What does a content moderator earn in Berlin?", "one place or employer"),
    ],
)
def test_an_explanation_tells_why_there_is_no_answer(question: str, decision: str) -> None:
    result = run("ask", "--explain", question)
    assert f"decision: {decision}" in result.stderr or "too unsure" in result.stderr
    assert "confidence: " in result.stderr


# A server's own entries


def imported(file: Path, *arguments: str, guild: int = 1) -> Result:
    return run("faq", "import", str(file), "--guild", str(guild), *arguments)


def written(tmp_path: Path, *entries: Any, name: str = "faq.yaml") -> Path:
    file = tmp_path / name
    file.write_text(yaml.safe_dump(list(entries), allow_unicode=True), encoding="utf-8")
    return file


@pytest.mark.usefixtures("_store")
def test_what_a_server_imports_is_answered_there_alone(tmp_path: Path) -> None:
    result = imported(written(tmp_path, CLUB, PARROT))
    assert (result.exit_code, result.stdout) == (0, "2 added, 0 changed, 0 unchanged.\n")
    lines = "when does the book club meet\nbird place\n"
    club, parrot = asked("--stdin", "--guild", "1", typed=lines)
    assert (club["answer"], club["role"]) == ("On Tuesdays at nine.", None)
    assert (parrot["answer"], parrot["role"]) == ("Upstairs.", ANALYST)
    assert parrot["source"].startswith("Source: The zoo, ")
    for elsewhere in ([], ["--guild", "2"]):
        for reply in asked("--stdin", *elsewhere, typed=lines):
            assert "Tuesdays" not in str(reply)
            assert "Upstairs" not in str(reply)


@pytest.mark.usefixtures("_store")
def test_an_import_can_be_tried_without_changing_anything(tmp_path: Path) -> None:
    file = written(tmp_path, CLUB)
    tried = imported(file, "--dry-run")
    assert (tried.exit_code, tried.stdout) == (
        0,
        "1 would be added, 0 would be changed, 0 unchanged.\n",
    )
    assert "0 entries" in run("faq", "export", "all.csv", "--guild", "1").stdout
    assert imported(file).stdout == "1 added, 0 changed, 0 unchanged.\n"
    assert imported(file).stdout == "0 added, 0 changed, 1 unchanged.\n"
    changed = written(tmp_path, {**CLUB, "answer": "Never."})
    assert imported(changed, "--dry-run").stdout == (
        "0 would be added, 1 would be changed, 0 unchanged.\n"
    )


@pytest.mark.usefixtures("_store")
def test_a_broken_file_is_refused_with_the_numbers_of_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "faq.csv"
    file.write_text("question,answer\nWhen?,At nine.\nWhere?,\n,Nowhere.\n", encoding="utf-8")
    for arguments in ([], ["--dry-run"]):
        result = imported(file, *arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        first, *problems = result.stderr.splitlines()
        assert first == "Nothing was imported:"
        assert [problem.partition(":")[0] for problem in problems] == ["line 3", "line 4"]
    assert "0 entries" in run("faq", "export", "all.csv", "--guild", "1").stdout


@pytest.mark.usefixtures("_store")
@pytest.mark.parametrize("name", ["all.csv", "all.yaml"])
def test_what_is_exported_can_be_imported_again(tmp_path: Path, name: str) -> None:
    imported(written(tmp_path, CLUB, PARROT))
    result = run("faq", "export", name, "--guild", "1")
    assert (result.exit_code, result.stdout) == (0, f"2 entries written to {name}.\n")
    assert imported(Path(name)).stdout == "0 added, 0 changed, 2 unchanged.\n"
    assert imported(Path(name), guild=2).stdout == "2 added, 0 changed, 0 unchanged.\n"
    run("faq", "export", f"again-{name}", "--guild", "2")
    assert Path(f"again-{name}").read_bytes() == Path(name).read_bytes()


@pytest.mark.usefixtures("_store")
def test_an_exported_table_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    imported(written(tmp_path, CLUB))
    run("faq", "export", "all.csv", "--guild", "1")
    with Path("all.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["question"], row["answer"]) == (CLUB["question"], CLUB["answer"])


@pytest.mark.usefixtures("_store")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "nowhere.csv"], "nowhere.csv"),
        (["import", "."], "There is no file ."),
        (["export", "all.txt"], "Name a .csv or .yaml file."),
        (["export", "nowhere/all.csv"], "nowhere"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(arguments: list[str], said: str) -> None:
    result = run("faq", *arguments, "--guild", "1")
    assert result.exit_code == 1
    assert said in result.stderr


# The yardstick


def case(number: int, question: str, *facts: str) -> str:
    return json.dumps(
        {
            "id": f"c{number}",
            "half": "tune" if number else "test",
            "question": question,
            "lang": "en",
            "persona": "student",
            "topic": "pay",
            "role": None,
            "expect": "answer" if facts else "abstain",
            "about": None,
            "facts": facts,
        }
    )


RIGHT = case(1, "What does a senior AI Trust & Safety Policy Specialist earn?", "$140,000")
WRONG = case(2, "What does a senior AI Trust & Safety Policy Specialist earn, please?", "$7")
FALSE = case(3, "What is a deepfake?")
DECLINED = case(4, "How much does a plumber earn?")
OF_THE_OTHER_HALF = case(0, "What is prompt injection?")


def evaluated(tmp_path: Path, cases: list[str], *arguments: str) -> Result:
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(cases), encoding="utf-8")
    return run("eval", "--file", str(file), *arguments)


@pytest.mark.parametrize(
    ("cases", "arguments", "code"),
    [
        ([RIGHT, DECLINED], ["--least-right", "1", "--most-false", "0"], 0),
        ([RIGHT, WRONG], ["--least-right", "0.5"], 0),
        ([RIGHT, WRONG], ["--least-right", "0.51"], 1),
        ([FALSE, DECLINED], ["--most-false", "0.5"], 0),
        ([FALSE, DECLINED], ["--most-false", "0.49"], 1),
        ([WRONG, FALSE], [], 0),
        ([RIGHT, OF_THE_OTHER_HALF], ["--half", "tune", "--most-false", "0"], 0),
        ([RIGHT, OF_THE_OTHER_HALF], ["--half", "test", "--most-false", "0"], 1),
        ([RIGHT, OF_THE_OTHER_HALF], ["--most-false", "0"], 1),
    ],
)
def test_the_exit_code_tells_whether_the_floor_holds(
    tmp_path: Path, cases: list[str], arguments: list[str], code: int
) -> None:
    result = evaluated(tmp_path, cases, *arguments)
    assert result.exit_code == code
    assert ("Asked for: " in result.stderr) == (code == 1)


def test_all_figures_are_printed(tmp_path: Path) -> None:
    result = evaluated(tmp_path, [RIGHT, WRONG, FALSE, DECLINED], "--no-failures")
    assert "right   1 of   2 (50.0%), wrong 1, abstained 0" in result.stdout
    assert "false answers 1 of 2 (50.0%)" in result.stdout
    for title in ("by topic", "by language", "confidence of 0.8 and more: "):
        assert title in result.stdout
    assert "deepfake" not in result.stdout


def test_failures_are_printed_with_what_they_lack_the_false_ones_first(tmp_path: Path) -> None:
    result = evaluated(tmp_path, [RIGHT, WRONG, FALSE, DECLINED])
    failed = [line for line in result.stdout.splitlines() if line.startswith(("false", "wrong"))]
    assert [line.partition(":")[0] for line in failed] == ["false", "wrong"]
    assert "lacks: ['$7']" in result.stdout
    assert "plumber" not in result.stdout


@pytest.mark.parametrize("share", ["-0.1", "1.1", "most"])
def test_a_share_is_between_nothing_and_all(share: str) -> None:
    assert run("eval", "--least-right", share).exit_code == 2


def test_the_half_that_is_tuned_by_is_answered_well_enough() -> None:
    floor = ["--least-right", "0.9", "--most-false", "0.05"]
    result = run("eval", "--half", "tune", "--no-failures", *floor)
    assert (result.exit_code, result.stderr) == (0, "")
