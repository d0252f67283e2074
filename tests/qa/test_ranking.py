"""Ranking: chances, reasons, facets, and topics outside as rivals."""

import numpy as np
import pytest

from graph.errors import UnknownRefError
from qa.facets import Facets
from qa.layout import GROUPS, Layout
from qa.passages import Passage
from qa.ranking import Ranking, chances, trained
from qa.service import Service
from qa.signs import NAMES
from qa.words import SIGNS


def test_chances_are_shares() -> None:
    shares = chances(np.array([1000.0, 1000.0, 0.0], np.float32))
    np.testing.assert_allclose(shares, [0.5, 0.5, 0.0], atol=1e-6)


def test_every_sign_has_a_weight_and_words() -> None:
    assert set(trained().weights) == set(NAMES) == set(SIGNS)
    assert 0 < trained().doubt < 1


def test_reasons_add_up_to_the_difference() -> None:
    ranking = Ranking({"dense": 2.0, "covered": 1.0, "outdated": -1.0})
    row, beside = (np.zeros(len(NAMES), np.float32) for _ in range(2))
    row[NAMES.index("covered")] = 0.5
    row[NAMES.index("dense")] = 1.0
    beside[NAMES.index("outdated")] = 1.0
    reasons = ranking.reasons(row, beside)
    assert [name for name, _ in reasons] == ["dense", "outdated", "covered"]
    difference = ranking.scores(row[None])[0] - ranking.scores(beside[None])[0]
    assert sum(adds for _, adds in reasons) == pytest.approx(difference)


def test_layout_by_a_second_implementation() -> None:
    views = ["question", "summary", "question", "names", "norm", "question"]
    owners = ["a", "a", "b", "b", "b", "b"]
    passages = [Passage(ref, view, "x") for ref, view in zip(owners, views, strict=True)]
    layout = Layout(["a", "b", "c"], passages)
    scores = np.array([3, 1, 4, 1.5, 5, 2], np.float32)
    np.testing.assert_array_equal(layout.best(scores)[:2], [3, 5])
    assert layout.best(scores)[2] == -np.inf
    np.testing.assert_array_equal(layout.best(scores, "questions")[:2], [3, 4])
    second, mean = layout.next_best(scores)
    np.testing.assert_allclose(second[:2], [1, 4])
    np.testing.assert_allclose(mean[:2], [(3 + 1 + 1) / 3, (5 + 4 + 2) / 3])
    assert [list(its) for its in layout.passages_of] == [[0, 1], [2, 3, 4, 5], []]
    assert set(layout.groups) == set(GROUPS)


def test_every_view_of_a_thing_is_in_one_group(service: Service) -> None:
    grouped = [view for views in GROUPS.values() for view in views]
    assert len(grouped) == len(set(grouped))
    assert {p.view for p in service.retriever.index.passages} <= set(grouped)


def test_every_topic_outside_has_questions_and_a_place_to_ask(service: Service) -> None:
    for topic in service.retriever.index.topics.values():
        assert topic.where, topic.ref
        assert len(topic.questions) >= 4, topic.ref


def test_facets_count_and_narrow(service: Service) -> None:
    every = service.search("แจ้งเหตุละเมิดข้อมูลส่วนบุคคล", 100)
    counts = {v["value"]: v["count"] for v in every.facets["act"]}
    wanted = service.search("แจ้งเหตุละเมิดข้อมูลส่วนบุคคล", 10, Facets(act=["pdpc-breach-2565"]))
    assert {hit.ref.partition("/")[0] for hit in wanted.hits} == {"pdpc-breach-2565"}
    assert counts["pdpc-breach-2565"] >= len(wanted.hits) - 1
    both = Facets(kind=["instrument"], status=["in-force"])
    found = service.search("แจ้งเหตุละเมิดข้อมูลส่วนบุคคล", 100, both).hits
    assert {(hit.kind, hit.status) for hit in found} == {("instrument", "in-force")}
    with pytest.raises(UnknownRefError, match="no-such-law"):
        service.search("แจ้งเหตุ", 10, Facets(act=["no-such-law"]))


def test_each_rank_has_its_reasons(service: Service) -> None:
    first = service.search("ภาษีที่ดินผ่อนได้กี่งวด").hits[0]
    assert first.why
    assert all(reason["adds"] > 0 and reason["text"] for reason in first.why)


def test_the_chances_of_things_and_of_nothing_make_one(service: Service) -> None:
    found = service.retriever.search("ภาษีที่ดินผ่อนได้กี่งวด", limit=1000)
    assert sum(hit.chance for hit in found.hits) + found.nothing == pytest.approx(1, abs=0.02)
