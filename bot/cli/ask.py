"""`waymark ask`: the answers that members get, on the terminal and for other programs."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from io import TextIOWrapper
from typing import Annotated, TextIO

import typer

from bot.answers.context import Context
from bot.answers.engine import Answerer
from bot.answers.knowledge import Knowledge
from bot.answers.model import Explanation, Reply
from bot.answers.service import Answers, Asker
from bot.app import opened
from bot.assembly import content_directories
from bot.careers.registry import RoleRegistry
from bot.careers.service import Careers
from bot.cli.output import loaded_settings, stop_with
from bot.config import Settings
from bot.paths import DATA

FRESH_FOR_S = 0.05
"""How long, in seconds, a server's entries are taken to be unchanged."""

Question = Annotated[str | None, typer.Argument(help="The question, in your own words.")]
Role = Annotated[str | None, typer.Option(help="The career that it is about, by slug or name.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON object.")]
Explain = Annotated[bool, typer.Option("--explain", help="Print how the answer came to be.")]
Stdin = Annotated[bool, typer.Option("--stdin", help="Read a question a line from standard input.")]
Guild = Annotated[int | None, typer.Option(help="Answer with this server's own entries, too.")]

Replying = Callable[[str], Awaitable[Reply]]


def ask(
    question: Question = None,
    role: Role = None,
    as_json: AsJson = False,
    explain: Explain = False,
    stdin: Stdin = False,
    guild: Guild = None,
) -> None:
    """Answer a question about a career, or say that the answer isn't known."""
    if stdin == (question is not None):
        stop_with('Give one question ("…"), or --stdin to read one a line.')
    asyncio.run(_ask(question, role, guild, as_json=as_json, explain=explain))


async def _ask(
    question: str | None, role: str | None, guild: int | None, *, as_json: bool, explain: bool
) -> None:
    async with _replying(loaded_settings(), role, guild) as reply_to:
        for line in _lines() if question is None else [question]:
            reply = await reply_to(line.rstrip("\r\n"))
            _print(json.dumps(as_object(reply)) if as_json else plain(reply))
            if explain:
                _print("\n".join(explained(each) for each in reply.explanations), err=True)


def _lines() -> TextIO:
    """Return standard input, in which only line feeds end a line and nothing can't be read."""
    sys.stdin = TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace", newline="\n")
    return sys.stdin


def _print(text: str, *, err: bool = False) -> None:
    """Print a line at once: whoever reads may be waiting for it."""
    stream = sys.stderr if err else sys.stdout
    stream.write(f"{text}\n")
    stream.flush()


@asynccontextmanager
async def _replying(
    settings: Settings, role: str | None, guild: int | None
) -> AsyncGenerator[Replying]:
    if guild is None:
        registry = Careers(content_directories(settings)).registry
        yield _built_in(registry, _slug(registry, role))
        return
    async with opened(settings) as app:
        slug = _slug(app.services.careers.registry, role)
        yield _of_guild(app.services.answers, slug, guild)


def _built_in(registry: RoleRegistry, slug: str | None) -> Replying:
    answerer = Answerer(Knowledge.load(registry.all(), DATA))

    async def reply_to(question: str) -> Reply:
        return answerer.reply(question, Context(slug))

    return reply_to


def _of_guild(answers: Answers, slug: str | None, guild: int) -> Replying:
    asker = Asker(member_id=0, guild_id=guild)
    context, read_at = Context(), float("-inf")

    async def reply_to(question: str) -> Reply:
        nonlocal context, read_at
        if time.monotonic() - read_at > FRESH_FOR_S:
            context = await answers.context(asker, slug)
            read_at = time.monotonic()
        return answers.reply(question, context)

    return reply_to


def _slug(registry: RoleRegistry, role: str | None) -> str | None:
    if role is None:
        return None
    found = registry.named(role)
    if len(found) != 1:
        candidates = ", ".join(each.slug for each in found or registry.nearest(role))
        stop_with(f"There is no single career called {role!r}. Did you mean: {candidates}?")
    return found[0].slug


def as_object(reply: Reply) -> dict[str, object]:
    """Return a reply as programs read it."""
    return {
        "question": reply.question,
        "answered": reply.answered,
        "answer": reply.text,
        "source": reply.source,
        "role": reply.role,
        "confidence": round(reply.confidence, 3),
        "alternatives": [each.title for each in reply.alternatives],
    }


def plain(reply: Reply) -> str:
    """Return a reply as people read it."""
    lines = [reply.text]
    if reply.source:
        lines.append(reply.source)
    if reply.alternatives:
        asked = "Or ask about" if reply.answered else "Did you mean"
        lines.append(f"{asked}: " + "; ".join(each.title for each in reply.alternatives))
    return "\n".join(lines)


def explained(explanation: Explanation) -> str:
    """Return how a reply came to be: role, what may be meant with its margins, and the decision."""
    candidates = [f"  {margin:+.2f}  {name}" for name, margin in explanation.candidates]
    against = [f"  {margin:+.2f}  {name}" for name, margin in explanation.reasons_against]
    lines = [
        f"question: {explanation.question}",
        f"role: {explanation.role or 'none named or known'}",
        "may be meant (margin):",
        *candidates,
        "reasons against:",
        *against,
        f"confidence: {explanation.confidence:.2f}",
        f"decision: {explanation.decision}",
    ]
    return "\n".join(lines)
