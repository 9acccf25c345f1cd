"""`waymark content`: checking packs, and writing what is made from them."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from bot.answers.bank import Phrasing, load_bank
from bot.answers.glossary import load_glossary
from bot.answers.learning import learn, own_questions
from bot.answers.mentions import Mentions
from bot.assembly import content_directories
from bot.careers.loader import load_packs, unknown_relations
from bot.careers.model import Role
from bot.cli.output import loaded_settings
from bot.paths import DATA
from bot.questions.bank import load_banks
from bot.questions.model import Bank

cli = typer.Typer(help="Check content packs.", no_args_is_help=True)

ASKING = DATA / "asking"
TOPICS = ASKING / "topics.npz"
SCHEMAS: dict[str, type[BaseModel]] = {
    "role.schema.json": Role,
    "questions.schema.json": Bank,
}
"""The schema of each file that a pack may have."""


@cli.command()
def validate(path: Annotated[Path | None, typer.Argument(exists=True)] = None) -> None:
    """Check the packs below PATH, or all that Waymark would load; exit code 1 if one is broken."""
    directories = (path,) if path else content_directories(loaded_settings())
    packs = load_packs(directories)
    banks = load_banks(packs.roles)
    problems = [*packs.problems, *unknown_relations(packs.roles), *banks.problems]
    for problem in problems:
        typer.echo(str(problem), err=True)
    count = sum(map(len, banks.questions.values()))
    fine = f"{len(packs.roles)} packs with {count} questions are fine"
    typer.echo(f"{fine}; {len(problems)} problems.")
    if problems or not packs.roles:
        raise typer.Exit(1)


@cli.command()
def schema() -> None:
    """Write the JSON Schemas of packs to data/schema/, so that editors check them."""
    target = DATA / "schema"
    target.mkdir(exist_ok=True)
    for name in SCHEMAS:
        (target / name).write_text(rendered_schema(name), encoding="utf-8")
    typer.echo(f"Wrote {', '.join(SCHEMAS)} to {target}")


@cli.command()
def topics() -> None:
    """Learn anew from data/asking/ how questions are understood; needs the dev extra."""
    weights = learn(*_to_learn_from())
    weights.save(TOPICS)
    typer.echo(f"Wrote {TOPICS}: {len(weights.features)} features for {len(weights.labels)} labels")


def _to_learn_from() -> tuple[list[Phrasing], Mentions]:
    roles = load_packs([DATA]).roles
    glossary = load_glossary(DATA / "glossary.yaml")
    bank = [*load_bank(ASKING), *own_questions(roles)]
    return bank, Mentions(roles, glossary, ASKING)


def rendered_schema(name: str) -> str:
    """Return one of the JSON Schemas as text."""
    content: dict[str, Any] = SCHEMAS[name].model_json_schema()
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
