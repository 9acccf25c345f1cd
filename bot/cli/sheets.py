"""What commands that import and export files of rows share."""

from collections.abc import Callable, Mapping, Sequence, Sized
from pathlib import Path
from typing import Annotated, Protocol, TypeVar

import typer

from bot.cli.output import stop_with
from bot.sheets.rows import Problem

File = Annotated[Path, typer.Argument(help="A .csv, .yaml or .json file.")]
Guild = Annotated[int, typer.Option(help="The server's id.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")]

Item = TypeVar("Item")
Writers = Mapping[str, Callable[[Sequence[Item]], bytes]]
"""By the endings of files' names."""


class Plan(Protocol):
    """What a file changes, or what is wrong with it."""

    @property
    def added(self) -> Sized: ...  # noqa: D102
    @property
    def changed(self) -> Sized: ...  # noqa: D102
    @property
    def unchanged(self) -> Sized: ...  # noqa: D102
    @property
    def problems(self) -> Sequence[Problem]: ...  # noqa: D102
    @property
    def more(self) -> int: ...  # noqa: D102


def content_of(file: Path, most: int) -> bytes:
    """Return a file's bytes; stop if it isn't there or is too large to be read at all."""
    if not file.is_file():
        stop_with(f"There is no file {file}.")
    size = file.stat().st_size
    if size > most:
        stop_with(f"Nothing was imported:\nThe file has {size:,} bytes; {most:,} fit. Split it.")
    return file.read_bytes()


def tell(plan: Plan, *, dry_run: bool) -> None:
    """Print what a file has changed, or would change; stop with what is wrong with it."""
    if plan.problems:
        lines = ["Nothing was imported:", *map(_in_words, plan.problems)]
        stop_with("\n".join([*lines, f"… and {plan.more} more."] if plan.more else lines))
    would = "would be " if dry_run else ""
    typer.echo(
        f"{len(plan.added)} {would}added, {len(plan.changed)} {would}changed, "
        f"{len(plan.unchanged)} unchanged."
    )


def writer_for(file: Path, writers: Writers[Item]) -> Callable[[Sequence[Item]], bytes]:
    """Return what writes such files; stop if nothing does."""
    write = writers.get(file.suffix.lower())
    if write is None:
        stop_with("Name a .csv or .yaml file.")
    return write


def save(file: Path, data: bytes, written: str) -> None:
    """Write a file and say what was written; stop if it can't be."""
    try:
        file.write_bytes(data)
    except OSError as error:
        stop_with(f"{file} can't be written: {error.strerror}.")
    typer.echo(f"{written} written to {file}.")


def _in_words(problem: Problem) -> str:
    return f"line {problem.line}: {problem.message}" if problem.line else problem.message
