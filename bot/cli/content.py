"""`waymark content`: checking packs, and writing what is made from them."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.answers.bank import Phrasing, load_bank
from bot.answers.glossary import load_glossary
from bot.answers.learning import learn, own_questions
from bot.answers.mentions import Mentions
from bot.app import content_directories
from bot.careers.loader import load_packs, unknown_relations
from bot.careers.model import Role
from bot.cli.output import loaded_settings
from bot.paths import DATA

cli = typer.Typer(help="Check content packs.", no_args_is_help=True)

ASKING = DATA / "asking"
TOPICS = ASKING / "topics.npz"
SCHEMA_FILE = "role.schema.json"


@cli.command()
def validate(path: Annotated[Path | None, typer.Argument(exists=True)] = None) -> None:
    """Check the packs below PATH, or all that Waymark would load; exit code 1 if one is broken."""
    directories = (path,) if path else content_directories(loaded_settings())
    packs = load_packs(directories)
    problems = [*packs.problems, *unknown_relations(packs.roles)]
    for problem in problems:
        typer.echo(str(problem), err=True)
    typer.echo(f"{len(packs.roles)} packs are fine; {len(problems)} problems.")
    if problems or not packs.roles:
        raise typer.Exit(1)


@cli.command()
def schema() -> None:
    """Write the JSON Schema of packs to data/schema/, so that editors check them."""
    target = DATA / "schema" / SCHEMA_FILE
    target.parent.mkdir(exist_ok=True)
    target.write_text(rendered_schema(), encoding="utf-8")
    typer.echo(f"Wrote {target}")


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


def rendered_schema() -> str:
    """Return the JSON Schema of a role pack as text."""
    content: dict[str, Any] = Role.model_json_schema()
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
