"""`waymark eval`: how well questions are answered, by the yardstick."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from bot.answers.context import Context
from bot.answers.engine import Answerer
from bot.answers.knowledge import Knowledge
from bot.answers.measuring import (
    Bin,
    Measured,
    Outcome,
    Tally,
    by,
    calibration,
    measure,
    sure,
    tally,
)
from bot.answers.yardstick import Half, load_cases, missing, of_half
from bot.assembly import content_directories
from bot.careers.service import Careers
from bot.cli.output import loaded_settings, stop_with
from bot.paths import DATA

WORST_FIRST = (Outcome.FALSE, Outcome.WRONG, Outcome.ABSTAINED)

WhichHalf = Annotated[Half | None, typer.Option("--half", help="Only this half.")]
File = Annotated[Path, typer.Option(help="The questions, a JSON object a line.")]
Failures = Annotated[bool, typer.Option(help="Print what went wrong, question by question.")]
Share = Annotated[float, typer.Option(min=0, max=1)]

YARDSTICK = DATA / "eval" / "faq.jsonl"


def evaluate(
    half: WhichHalf = None,
    file: File = YARDSTICK,
    failures: Failures = True,
    least_right: Share = 0.0,
    most_false: Share = 1.0,
) -> None:
    """Ask the yardstick's questions, and print how many are answered right.

    Ends with 1 where fewer than --least-right are, or more than --most-false are answered of those
    that must not be.
    """
    registry = Careers(content_directories(loaded_settings())).registry
    answerer = Answerer(Knowledge.load(registry.all(), DATA))
    cases = load_cases(file)
    chosen = of_half(cases, half) if half else cases
    measured = measure(chosen, lambda case: answerer.reply(case.question, Context(case.role)))
    total = tally(measured)
    _print_all(measured, total, failures=failures)
    if total.right_share < least_right or total.false_share > most_false:
        stop_with(f"Asked for: at least {least_right:.0%} right, at most {most_false:.0%} false.")


def _print_all(measured: list[Measured], total: Tally, *, failures: bool) -> None:
    typer.echo(_line("all", total))
    _print_groups("topic", by(measured, lambda case: case.topic))
    _print_groups("language", by(measured, lambda case: case.lang))
    typer.echo(f"\nconfidence of 0.8 and more: {_share(sure(measured))}")
    for each in calibration(measured):
        typer.echo(f"  {each.low:.2f} to {each.high:.2f}: {_share(each)}")
    if failures:
        _print_failures(measured)


def _print_groups(title: str, groups: Mapping[str, Tally]) -> None:
    typer.echo(f"\nby {title}")
    for name, group in groups.items():
        typer.echo(_line(name, group))


def _line(name: str, group: Tally) -> str:
    parts: list[str] = []
    if group.in_domain:
        parts.append(
            f"right {group.right:>3} of {group.in_domain:>3} ({group.right_share:.1%}), "
            f"wrong {group.wrong}, abstained {group.abstained}"
        )
    if group.out_of_domain:
        share = f"{group.false_share:.1%}"
        parts.append(f"false answers {group.false} of {group.out_of_domain} ({share})")
    return f"  {name:<16}{'; '.join(parts)}"


def _share(each: Bin) -> str:
    share = f" ({each.right / each.answers:.1%})" if each.answers else ""
    return f"{each.right} of {each.answers} answers right{share}"


def _print_failures(measured: Iterable[Measured]) -> None:
    failed = [each for each in measured if each.outcome in WORST_FIRST]
    for each in sorted(failed, key=lambda one: WORST_FIRST.index(one.outcome)):
        typer.echo(f"\n{each.outcome}: [{each.case.topic}, {each.case.lang}] {each.case.question}")
        typer.echo(f"  said ({each.reply.confidence:.2f}): {each.reply.text[:200]}")
        if each.outcome is Outcome.WRONG:
            typer.echo(f"  lacks: {missing(each.case, each.reply.text)}")
