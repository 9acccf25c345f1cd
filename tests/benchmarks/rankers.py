"""Ways to tell what a question asks, on the half of the yardstick that is for tuning.

The label of the phrase bank's nearest phrasing by BM25, by pieces of words, by words and pieces
together; the learnt weights that Waymark uses; and, where the `semantic` extra is installed, a
small embedding model. What is counted is the label alone: no rules, no roles, no threshold.
"""

import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from bot.answers.bank import load_bank
from bot.answers.index import Index
from bot.answers.knowledge import Knowledge
from bot.answers.learning import own_questions
from bot.answers.semantic import Embedder, load_embedder
from bot.answers.topics import OWN, is_refusal
from bot.answers.yardstick import Case, Half, load_cases, of_half
from bot.careers.loader import load_packs
from bot.paths import DATA

REFUSED = "refused"
LABELS = {"questions": OWN}
Ranker = Callable[[str], str]


def _expected(case: Case) -> str:
    return LABELS.get(case.topic, case.topic) if case.expect == "answer" else REFUSED


def _line(name: str, ranker: Ranker, cases: Sequence[Case]) -> str:
    start = time.perf_counter()
    labels = [ranker(case.question) for case in cases]
    each_ms = (time.perf_counter() - start) / len(cases) * 1000
    said = [REFUSED if is_refusal(label) else label for label in labels]
    pairs = [(_expected(case), label) for case, label in zip(cases, said, strict=True)]
    asked = [label == expected for expected, label in pairs if expected != REFUSED]
    refused = [label != REFUSED for expected, label in pairs if expected == REFUSED]
    right, false = sum(asked) / len(asked), sum(refused) / len(refused)
    return f"  {name:<24} right {right:.1%}  false {false:.1%}  {each_ms:.2f} ms a question"


def _bm25(known: Knowledge, texts: Sequence[str], labels: Sequence[str]) -> Ranker:
    retriever: Any = import_module("bm25s").BM25()  # has no types
    retriever.index([list(known.reader.read(text).said) for text in texts], show_progress=False)

    def label(question: str) -> str:
        said = list(known.reader.read(question).said)
        if not said:
            return REFUSED
        places, _scores = retriever.retrieve([said], k=1, show_progress=False)
        return labels[int(places[0, 0])]

    return label


def _nearest(
    texts: Sequence[str], labels: Sequence[str], features: Callable[[str], Sequence[str]]
) -> Ranker:
    index = Index([(place, features(text)) for place, text in enumerate(texts)], lambda _name: 1.0)

    def label(question: str) -> str:
        hits = index.search(features(question), most=1)
        return labels[hits[0].key] if hits else REFUSED

    return label


def _embedded(embedder: Embedder, texts: Sequence[str], labels: Sequence[str]) -> Ranker:
    vectors = embedder.vectors(texts)

    def label(question: str) -> str:
        return labels[int((vectors @ embedder.vectors([question])[0]).argmax())]

    return label


def main() -> None:
    """Print the table."""
    roles = load_packs([DATA]).roles
    known = Knowledge.load(roles, DATA)
    bank = [*load_bank(DATA / "asking"), *own_questions(roles)]
    texts, labels = [each.text for each in bank], [each.label for each in bank]
    cases = of_half(load_cases(DATA / "eval" / "faq.jsonl"), Half.TUNE)

    def pieces(text: str) -> list[str]:
        return [feature for feature in known.reader.read(text).wording if feature[0] == "~"]

    def words_and_pieces(text: str) -> Sequence[str]:
        return known.reader.read(text).wording

    def learnt(question: str) -> str:
        return known.classifier.guesses(known.reader.read(question).features)[0].label

    rankers: dict[str, Ranker] = {
        "BM25 (bm25s)": _bm25(known, texts, labels),
        "pieces of words": _nearest(texts, labels, pieces),
        "words and pieces": _nearest(texts, labels, words_and_pieces),
        "learnt weights (used)": learnt,
    }
    embedder = load_embedder()
    if embedder is not None:
        rankers["embeddings (semantic)"] = _embedded(embedder, texts, labels)
    lines = [f"what is asked, of {len(cases)} questions, from {len(bank)} phrasings"]
    lines += [_line(name, ranker, cases) for name, ranker in rankers.items()]
    print("\n".join(lines))  # noqa: T201 - what `make bench` is for
