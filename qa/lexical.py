"""The word index: BM25 over words and character 4-grams, kept between runs."""

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.store import home
from qa.text import grams, normalize, stop_words, words

Scores = NDArray[np.float32]
_WORDS: Final = "words.json"


class WordIndex:
    """Scores texts by the words of a question.

    What it builds of the same texts is kept in the user's folder: breaking thousands of texts
    into words takes seconds.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    @property
    def words(self) -> list[list[str]]:
        """The words of each text, without its grams."""
        return self._built[1]

    def scores(self, asked: str) -> Scores:
        """Return a score for each text, 0 where it shares nothing with the question."""
        return self._scores(self._wanted(asked))

    def shares(self, asked: str) -> Scores:
        """Return the scores as shares, 0 to 1, of the highest that the question could reach."""
        numbers = self._built[0].vocab_dict
        wanted = self._wanted(asked)
        highest = sum(float(self._rarity[numbers[token]]) for token in wanted)
        return self._scores(wanted) / np.float32(highest or 1.0)

    def _scores(self, wanted: list[str]) -> Scores:
        if not wanted:
            return np.zeros(len(self.texts), np.float32)
        return np.asarray(self._built[0].get_scores(wanted), dtype=np.float32)

    def _wanted(self, asked: str) -> list[str]:
        known = self._built[0].vocab_dict
        return [t for t in tokens(asked) if t not in stop_words() and t in known]

    @cached_property
    def _rarity(self) -> Scores:
        """The inverse document frequency of each token, as BM25 has it."""
        having = np.diff(self._built[0].scores["indptr"])
        return np.asarray(np.log1p((len(self.texts) - having + 0.5) / (having + 0.5)), np.float32)

    @cached_property
    def _built(self) -> tuple[Any, list[list[str]]]:
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)
        folder = home() / "words" / self._digest
        try:
            kept = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
            return bm25s.BM25.load(folder, load_vocab=True), kept
        except (OSError, ValueError):
            pass
        documents = [tokens(normalize(text)) for text in self.texts]
        index = bm25s.BM25()
        index.index(documents, show_progress=False)
        found = [[token for token in its if not token.startswith("#")] for its in documents]
        _keep(folder, index, found)
        return index, found

    @property
    def _digest(self) -> str:
        digest = hashlib.sha256(f"{version('pythainlp')} {version('bm25s')}".encode())
        for text in self.texts:
            digest.update(text.encode() + b"\0")
        return digest.hexdigest()[:24]


def tokens(text: str) -> list[str]:
    """Return words and character 4-grams together, the vocabulary of the word index."""
    return [*words(text), *grams(text)]


def _keep(folder: Path, index: Any, found: list[list[str]]) -> None:
    """Put a built index in its place in one step, and take away earlier ones."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    except OSError:
        # A read-only home: it is only built again.
        return
    index.save(scratch, show_progress=False)
    (scratch / _WORDS).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    for earlier in folder.parent.iterdir():
        if not earlier.name.startswith("."):
            shutil.rmtree(earlier, ignore_errors=True)
    try:
        scratch.rename(folder)
    except OSError:
        # Another process was first.
        shutil.rmtree(scratch, ignore_errors=True)
