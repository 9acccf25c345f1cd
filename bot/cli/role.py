"""`waymark role`: the same roles as in Discord, on the terminal."""

import typer
from rich.console import Console
from rich.markdown import Markdown

from bot.assembly import content_directories
from bot.careers.sections import Section, written
from bot.careers.service import Careers
from bot.cli.output import loaded_settings, stop_with

cli = typer.Typer(help="Look at the roles.", no_args_is_help=True)


@cli.command()
def show(slug: str) -> None:
    """Print everything about a role: its slug, title or an alias."""
    registry = _careers().registry
    found = registry.named(slug)
    if len(found) != 1:
        candidates = ", ".join(each.slug for each in found or registry.nearest(slug))
        stop_with(f"There is no single role called {slug!r}. Did you mean: {candidates}?")
    role = found[0].role
    parts = [f"# {role.title}"]
    for section in Section:
        text = written(role, section, registry.titles())
        small_print = text.sources.replace("-# ", "")
        parts += [f"## {text.title}", *text.entries, small_print]
    Console().print(Markdown("\n\n".join(part for part in parts if part), hyperlinks=False))


@cli.command("list")
def list_roles(category: str = "") -> None:
    """Print all roles, or those of one category."""
    for loaded in _careers().registry.all(category or None):
        typer.echo(f"{loaded.slug}\n  {loaded.role.title} ({loaded.role.category})")
        typer.echo(f"  {loaded.role.summary}")


def _careers() -> Careers:
    careers = Careers(content_directories(loaded_settings()))
    for problem in careers.problems:
        typer.echo(str(problem), err=True)
    return careers
