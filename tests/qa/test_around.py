"""What lies around an answer: dates of its sources, why they apply, further questions, copies."""

from datetime import date

import pytest

from qa.around import announced_on, state_of
from qa.citing import cited_text
from qa.marking import pieces, wanted_words
from qa.model import Answer
from qa.service import Service


@pytest.fixture(scope="module")
def signature(service: Service) -> Answer:
    return service.ask("จะทำระบบลงลายมือชื่ออิเล็กทรอนิกส์ให้เจ้าหน้าที่ ต้องใช้มาตรฐานไหน")


def test_the_path_leads_from_the_work_to_the_standard_to_the_law(signature: Answer) -> None:
    edges = {(e.subject.ref, e.relation, e.object.ref): e for e in signature.why}
    work = ("concept/activity/e-signature", "applies", "mspr-7-2565")
    assert work in edges
    assert not edges[work].derived
    # No source states the legal basis of this standard.
    assert edges["mspr-7-2565", "based-on", "dgov-2562"].derived
    assert edges["eta-2544/9", "part-of", "eta-2544"]


def test_a_path_begins_at_what_the_question_names_only(service: Service) -> None:
    answer = service.ask("ข้อมูลรั่วต้องแจ้ง สคส. ภายในกี่ชั่วโมง")
    starts = {e.subject.ref for e in answer.why} - {e.object.ref for e in answer.why}
    assert starts == {"concept/activity/breach-response"}


def test_work_is_inferred_by_the_wider_work_it_is_part_of(service: Service) -> None:
    wider = [
        edge
        for ref in ("eadmin-2565/15", "eadmin-2565/20")
        for edge in service._answerer.paths.why(
            [service.retriever.things[ref]], "ลงลายมือชื่ออิเล็กทรอนิกส์"
        )
    ]
    assert any(e.relation == "part-of-work" and e.derived for e in wider)


def test_what_is_not_answered_explains_nothing(service: Service) -> None:
    answer = service.ask("พรุ่งนี้ฝนจะตกไหม")
    assert answer.abstained
    assert answer.why == []
    assert answer.related == []


def test_related_questions_are_others_in_the_same_language(
    service: Service, signature: Answer
) -> None:
    assert 0 < len(signature.related) <= 5
    assert signature.question not in signature.related
    assert all(any("ก" <= c <= "ฮ" for c in question) for question in signature.related)
    known = {q for t in service.retriever.things.values() for q in t.questions}
    assert set(signature.related) <= known
    english = service.ask("Which standard applies to electronic signatures?")
    assert english.related
    assert all(sum(c.isascii() for c in q) > len(q) / 2 for q in english.related)


def test_a_source_has_its_dates_and_its_successor(service: Service) -> None:
    answer = service.ask("มสพร. 6-5 ประกาศเมื่อไหร่", date(2023, 1, 1))
    first = answer.citations[0]
    assert (first.announced, first.state, first.certainty) == ("2024-06-07", "not-yet", "stated")
    section = service.ask("ข้อมูลรั่วต้องแจ้ง สคส. ภายในกี่ชั่วโมง").citations[0]
    assert (section.in_force_from, section.state) == ("2020-05-27", "in-force")
    old = service.ask("website-standard-2-2560 คืออะไร").citations
    replaced = next(c for c in old if c.status == "superseded")
    assert replaced.superseded_by


def test_how_a_thing_stood_on_a_day(service: Service) -> None:
    thing = service.retriever.things["pdpa-2562/37"]
    assert state_of(thing, date(2019, 1, 1)) == "not-yet"
    assert state_of(thing, date(2026, 1, 1)) == "in-force"
    assert announced_on(thing) == ""


def test_drafts_end_with_what_ask_gives(service: Service) -> None:
    drafts = list(service.drafts("มสพร. 7 คืออะไร"))
    assert [d.answer for d in drafts] == [service.ask("มสพร. 7 คืออะไร").answer]


def test_a_copy_has_sources_links_day_and_tool(signature: Answer) -> None:
    text = cited_text(signature)
    assert text.startswith(f"คำถาม: {signature.question}")
    for citation in signature.citations:
        assert f"[{citation.n}] {citation.label}" in text
        assert citation.iri in text
    assert text.endswith("โดย mattra")
    assert str(int(signature.as_of[:4]) + 543) in text.splitlines()[-1]
    assert cited_text(signature, "en").endswith("by mattra")


@pytest.mark.parametrize(
    "text", ["", " ", "ภายใน 72 ชั่วโมง\nนับแต่ทราบเหตุ", "<b>72</b> &amp; ๗๒", "a" * 500]
)
def test_marking_changes_no_letter(text: str) -> None:
    found = pieces(text, wanted_words("ภายในกี่ชั่วโมง", ["72 ชั่วโมง"]))
    assert "".join(piece.text for piece in found) == text


def test_what_comes_too_often_is_not_marked() -> None:
    wanted = wanted_words("ข้อมูลส่วนบุคคลรั่ว", ["72 ชั่วโมง"])
    found = pieces("ข้อมูล ก ข้อมูล ข ข้อมูล ค ข้อมูล แจ้งใน 72 ชั่วโมง", wanted)
    assert [piece.text for piece in found if piece.matters] == ["72 ชั่วโมง"]
    assert wanted_words("ต้องใช้อะไร ไหม") == frozenset()
