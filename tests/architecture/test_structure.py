"""Rules of the code that no linter knows."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.pure import ROOT, pure_modules

SOURCES = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("cogs/**/*.py")])
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
IMPURE = {"service", "store"}
THE_QUEUE_ITSELF = {
    f"bot.delivery.{module}"
    for module in (
        "chores", "dispatcher", "engine", "kinds", "listing", "planner", "queue", "retention",
        "settlement", "wakeup",
    )
}  # fmt: skip


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", SOURCES, ids=name)
def test_files_and_functions_stay_small(file: Path) -> None:
    text = file.read_text()
    assert len(text.splitlines()) <= MAX_FILE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MAX_FUNCTION_LINES, node.name


def test_every_module_of_a_feature_is_pure_unless_it_is_its_store_or_service() -> None:
    features = {module.split(".")[1] for module in pure_modules() if module.count(".") == 2}
    modules = {
        f"bot.{file.parent.name}.{file.stem}"
        for feature in features
        for file in (ROOT / "bot" / feature).glob("*.py")
        if file.stem not in {"__init__", *IMPURE}
    }
    assert modules - THE_QUEUE_ITSELF - set(pure_modules()) == set()


@pytest.mark.parametrize("module", pure_modules())
def test_no_pure_module_asks_what_time_it_is(module: str) -> None:
    if module == "bot.clock":
        return
    text = (ROOT / f"{module.replace('.', '/')}.py").read_text()
    assert not re.search(r"\.(now|utcnow|today)\(|time\.(time|monotonic)", text)


def test_nothing_names_a_package_registry_or_a_path_of_a_machine() -> None:
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    forbidden = re.compile(r"index[-]url|pypi\.org/simple|files\.pythonhosted|/(home|root|work)/")
    for each in filter(None, listed.stdout.split("\0")):
        file = ROOT / each
        if file.suffix in {".png", ".ico", ".npz"} or file == Path(__file__) or not file.exists():
            continue
        assert not forbidden.search(file.read_text()), each


def test_the_locks_pin_every_package_with_hashes() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text()
        pins = re.findall(r"^[a-z0-9._-]+(?:\[.*\])?==", text, flags=re.MULTILINE)
        assert len(pins) > 30
        assert text.count("--hash=sha256:") >= len(pins)
        assert "audioop-lts==" in text
        assert "simcord==" in text
