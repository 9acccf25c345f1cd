"""Answering with 10,000 entries of a server, against a plain bm25s index over the same texts.

The peer only finds the entry whose text has the question's words; ours reads the question, weighs
what is built in, the entries and reasons to decline, and composes the answer.
"""

import random
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from bot.answers.bank import load_bank
from bot.answers.context import Context
from bot.answers.engine import Answerer
from bot.answers.entries import EntryIndex, OwnEntry
from bot.answers.knowledge import Knowledge
from bot.answers.words import words
from bot.careers.loader import load_packs
from bot.paths import DATA
from tests.benchmarks.bars import at_least, at_most

ENTRIES, QUESTIONS = 10_000, 2_000
ROLE = "ai-trust-safety-policy-specialist"


def entries(count: int) -> list[OwnEntry]:
    """Return entries about everything and nothing, of ten to sixty words each."""
    chance = random.Random(4)  # noqa: S311 - a repeatable sample, not a secret
    bank = sorted(
        {word for phrasing in load_bank(DATA / "asking") for word in words(phrasing.text)}
    )
    return [_entry(number, bank, chance) for number in range(count)]


def _entry(number: int, bank: Sequence[str], chance: random.Random) -> OwnEntry:
    def some(least: int, most: int) -> str:
        return " ".join(chance.choices(bank, k=chance.randint(least, most)))

    names = tuple(some(4, 10) for _ in range(chance.randint(1, 3)))
    return OwnEntry(number, names[0], names, some(10, 60), day="2026-01-01")


def questions(count: int) -> list[str]:
    """Return questions as people ask them: a sample of the phrase bank."""
    chance = random.Random(5)  # noqa: S311 - a repeatable sample, not a secret
    return chance.sample([phrasing.text for phrasing in load_bank(DATA / "asking")], count)


def _timed(work: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """Return the milliseconds that each question took."""
    took: list[float] = []
    for question in asked:
        start = time.perf_counter()
        work(question)
        took.append((time.perf_counter() - start) * 1000)
    return sorted(took)


def _peer(own: Sequence[OwnEntry]) -> Callable[[str], object]:
    retriever: Any = import_module("bm25s").BM25()  # has no types
    texts = [list(words(" ".join([*entry.names, entry.answer]))) for entry in own]
    retriever.index(texts, show_progress=False)

    def find(question: str) -> object:
        said = list(words(question)) or [""]
        return retriever.retrieve([said], k=3, show_progress=False)

    return find


def main() -> None:
    """Print the rate, the slowest of a hundred, the time to be ready, and the peer's."""
    own, asked = entries(ENTRIES), questions(QUESTIONS)
    start = time.perf_counter()
    knowledge = Knowledge.load(load_packs([DATA]).roles, DATA)
    index = EntryIndex(own, knowledge.classifier.rarity)
    ready_s = time.perf_counter() - start
    answerer, context = Answerer(knowledge), Context(ROLE, entries=index)
    ours = _timed(lambda question: answerer.reply(question, context), asked)
    start = time.perf_counter()
    find = _peer(own)
    peer_ready_s = time.perf_counter() - start
    peer = _timed(find, asked)
    rate, p99 = 1000 * len(ours) / sum(ours), ours[int(len(ours) * 0.99)]
    lines = [
        f"answering {QUESTIONS} questions with {ENTRIES} entries of a server",
        f"  questions/s     {at_least(rate, 500, '')}",
        f"  slowest in 100  {at_most(p99, 10, 'ms')}",
        f"  ready           {at_most(ready_s, 2, 's')}",
        f"  bm25s alone     {1000 * len(peer) / sum(peer):,.0f} look-ups/s, "
        f"slowest in 100 {peer[int(len(peer) * 0.99)]:.2f} ms, ready in {peer_ready_s:.2f} s",
        f"  ratio           {sum(ours) / sum(peer):.1f} times the time of a bm25s look-up",
    ]
    print("\n".join(lines))  # noqa: T201 - what `make bench` is for


if __name__ == "__main__":
    main()
