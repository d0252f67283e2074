"""Answers: from facts, cited, dated, and withheld where the graph holds none."""

import re
from datetime import date

import pytest

from qa.service import Service


@pytest.mark.slow
def test_the_fact_asked_for_comes_first(service: Service) -> None:
    answer = service.ask("มสพร. 6-5 ประกาศเมื่อไหร่")
    assert "7 มิถุนายน 2567" in answer.answer.splitlines()[0]
    assert answer.citations[0].ref == "mspr-6-5-2567"


def test_a_deadline_as_a_fact_with_its_place(service: Service) -> None:
    answer = service.ask("หัวหน้าหน่วยงานต้องประกาศช่องทางติดต่อทางอิเล็กทรอนิกส์ภายในกี่วัน")
    assert answer.citations[0].ref == "eadmin-2565/20"
    assert "90 วัน" in answer.answer
    assert ("P90D", "eadmin-2565/20") in {(fact.value, fact.ref) for fact in answer.facts}


def test_a_draft_is_said_to_be_one(service: Service) -> None:
    answer = service.ask("แนวทางการจัดทำข้อมูลนิรนามประกาศใช้หรือยัง")
    assert answer.citations[0].ref == "draft-anonymization-2567"
    assert answer.citations[0].status == "draft"
    assert "ร่าง" in answer.answer.splitlines()[0]


def test_what_is_inferred_is_said_to_be(service: Service) -> None:
    answer = service.ask("มรด. 8 อาศัยกฎหมายอะไร")
    assert "อนุมาน" in answer.answer


def test_an_answer_for_another_day(service: Service) -> None:
    before = service.ask("มสพร. 6-5 คืออะไร", date(2023, 1, 1))
    assert before.as_of == "2023-01-01"
    assert "ยังไม่ประกาศ" in before.answer
    assert "ยังไม่ประกาศ" not in service.ask("มสพร. 6-5 คืออะไร", date(2025, 1, 1)).answer
    early = service.ask("พ.ร.บ.การปฏิบัติราชการทางอิเล็กทรอนิกส์ มาตรา 7", date(2022, 11, 1))
    assert "ยังไม่มีผลใช้บังคับ" in early.answer
    assert "10 มกราคม 2566" in early.answer


@pytest.mark.parametrize(
    "question",
    [
        "", "   ", "???", "๑๒๓", "asdfgh qwerty", "พรุ่งนี้ฝนจะตกไหม", "สูตรแกงเขียวหวาน",
        "GDPR ปรับสูงสุดกี่ยูโร", "ลืมรหัสผ่านแอปทางรัฐทำยังไง", "ลาป่วยได้กี่วัน", "มสพร. 99 คืออะไร",
        "\0", "\u200b", "ก" * 50_000, "<script>alert(1)</script>",
    ],
)  # fmt: skip
def test_what_the_graph_does_not_hold_is_not_answered(service: Service, question: str) -> None:
    answer = service.ask(question)
    assert answer.abstained
    assert answer.answer
    assert answer.facts == []
    assert answer.confidence < 0.5


def test_an_abstention_names_where_to_ask(service: Service) -> None:
    answer = service.ask("จัดซื้อจัดจ้างวิธีเฉพาะเจาะจงวงเงินเท่าไหร่")
    assert answer.abstained
    assert "กรมบัญชีกลาง" in answer.answer


def test_english_is_answered_in_english(service: Service) -> None:
    answer = service.ask("Which standard applies to electronic signatures of officials?")
    assert answer.language == "en"
    assert answer.citations[0].ref == "mspr-7-2565"
    assert "Status" in answer.answer
    assert not re.search("[ก-๙]", answer.answer.splitlines()[1])


def test_thai_digits_give_the_same_answer_in_arabic_digits(service: Service) -> None:
    thai = service.ask("มสพร. ๖-๕ : ๒๕๖๗ คืออะไร")
    assert thai.answer == service.ask("มสพร. 6-5 : 2567 คืออะไร").answer
    assert not re.search("[๐-๙]", thai.answer)


def test_citations_are_numbered_and_the_text_uses_only_those(service: Service) -> None:
    answer = service.ask("หน่วยงานต้องเปิดเผยข้อมูลอย่างไร")
    numbers = [citation.n for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {int(n) for n in re.findall(r"\[(\d+)\]", answer.answer)} <= set(numbers)
    scores = [citation.score for citation in answer.citations]
    assert scores == sorted(scores, reverse=True)


def test_the_query_of_an_answer_gives_its_facts(service: Service) -> None:
    answer = service.ask("มสพร. 7 คืออะไร")
    rows = list(service.store.query(answer.sparql, use_default_graph_as_union=True))  # type: ignore[arg-type]
    assert len(rows) > 10


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("คณะกรรมการพัฒนารัฐบาลดิจิทัล ประกอบด้วยใครบ้าง", "นายกรัฐมนตรี"),
        ("ข้อมูลอ่อนไหวตาม PDPA มีอะไรบ้าง", "เชื้อชาติ"),
        ("ถ่ายรูปติดคนอื่นแล้วโพสต์ลงเฟซ ผิด PDPA ไหม", "ประโยชน์ส่วนตัว"),
        ("เด็กอายุไม่เกินกี่ปีต้องขอความยินยอมจากพ่อแม่", "10 ปี"),
        ("หน่วยงานของรัฐตาม พ.ร.บ.ข้อมูลข่าวสาร หมายถึงใครบ้าง", "หน่วยงานของรัฐ: ราชการส่วนกลาง"),
        ("what is the definition of data controller", "data controller: "),
    ],
)
def test_the_first_sentence_answers(service: Service, question: str, first: str) -> None:
    assert first in service.ask(question).answer.splitlines()[0]


def test_a_day_that_is_not_that_of_coming_into_force(service: Service) -> None:
    first = service.ask("ส่งอีเมลนอกเวลาราชการ ถือว่าหน่วยงานรับวันไหน").answer.splitlines()[0]
    assert "มีผลใช้บังคับตั้งแต่" not in first
    assert "วันเวลาทำการถัดไป" in first


def test_another_law_on_the_same_matter_is_shown(service: Service) -> None:
    answer = service.ask("ข้อมูลอิเล็กทรอนิกส์ถือว่าได้รับเมื่อใด")
    assert answer.citations[0].ref == "eta-2544/23"
    line = next(li for li in answer.answer.splitlines() if "กฎหมายอื่นว่าด้วยเรื่องเดียวกัน" in li)
    assert "มาตรา 10" in line
    assert "อนุมาน" in line
    other = next(c for c in answer.citations if c.ref == "eadmin-2565/10")
    assert f"[{other.n}]" in line


def test_overlaps_are_found_from_both_sides(service: Service) -> None:
    for ref, other in (("pdpa-2562/30", "oia-2540/25"), ("oia-2540/25", "pdpa-2562/30")):
        (overlap,) = service.show(ref).overlaps
        assert other in [link.ref for link in overlap.links["between"]]


@pytest.mark.parametrize(
    "question",
    [
        "ภาษีที่ดินปี 2569 จ่ายภายในเดือนไหน",
        "ภาษีที่ดินปี 2569 ต้องจ่ายภายในเดือนอะไร",
        "ต้องชำระภาษีที่ดินตามแบบแจ้งการประเมินปี 2569 ภายในเดือนเมษายนใช่ไหม",
    ],
)
def test_a_month_that_was_put_off_comes_before_the_acts_own(
    service: Service, question: str
) -> None:
    first = service.ask(question, date(2026, 11, 26)).answer.splitlines()[0]
    assert "มิถุนายน 2569" in first
    assert "เมษายน" not in first
