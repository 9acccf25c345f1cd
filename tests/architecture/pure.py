"""Prints the files of the pure modules, comma-separated, as coverage's `--include` takes them.

Which modules are pure is said once, in pyproject.toml's import contract.
"""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def pure_modules() -> list[str]:
    """The dotted names of the modules that the contract "pure" holds."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = config["tool"]["importlinter"]["contracts"]
    return next(each["source_modules"] for each in contracts if each["id"] == "pure")


if __name__ == "__main__":
    print(",".join(f"{name.replace('.', '/')}.py" for name in pure_modules()))  # noqa: T201
