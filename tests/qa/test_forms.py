"""The forms of an answer: lists, tables, computations, a whole law, and questions that go on."""

from datetime import date
from decimal import Decimal

import pytest
from pythainlp.util import eng_to_thai, thai_to_eng

from qa.calculate import last_day, sums_in, use_in
from qa.draft import MOST_CITED, Cited
from qa.keyboard import mended
from qa.service import Service

TODAY = date(2026, 11, 1)


def test_all_penalties_of_a_law_are_listed_and_counted(service: Service) -> None:
    answer = service.ask("PDPA ปรับเท่าไหร่", TODAY)
    held = [
        ref
        for ref, thing in service.retriever.things.items()
        if ref.startswith("pdpa-2562/") and any(norm.kind == "Penalty" for norm in thing.norms)
    ]
    first, *lines = answer.answer.splitlines()
    assert f"{len(held)} มาตรา" in first
    assert "5,000,000 บาท" in first
    assert sum(line.startswith("•") for line in lines) == len(held)
    assert {fact.ref for fact in answer.facts} == set(held)


def test_a_penalty_for_something_is_not_answered_by_the_list(service: Service) -> None:
    assert "มาตรา โทษสูงสุด" not in service.ask("PDPA ไม่แจ้งวัตถุประสงค์ตอนเก็บข้อมูล ปรับเท่าไหร่").answer


def test_the_phases_of_a_law_coming_into_force(service: Service) -> None:
    first = service.ask("PDPA มีผลบังคับใช้เมื่อไหร่", TODAY).answer.splitlines()[0]
    assert "28 พฤษภาคม 2562" in first
    assert "27 พฤษภาคม 2563" in first
    assert "19–42" in first


def test_standards_are_compared_in_a_table(service: Service) -> None:
    answer = service.ask("มรด. 5 ต่างจาก มรด. 6 ยังไง", TODAY)
    (table,) = answer.tables
    assert [head.startswith(("มรด. 5", "มรด. 6")) for head in table.heads] == [True, True]
    assert all(len(row) == 3 for row in table.rows)
    assert {"mrd-5-2565", "mrd-6-2566"} <= {citation.ref for citation in answer.citations}


def test_terms_are_compared_by_their_definitions(service: Service) -> None:
    answer = service.ask("ผู้ควบคุมข้อมูลส่วนบุคคลต่างจากผู้ประมวลผลข้อมูลส่วนบุคคลอย่างไร")
    assert len(answer.tables) == 1
    assert len(answer.tables[0].heads) == 2


def test_standards_of_a_status_are_listed_completely(service: Service) -> None:
    answer = service.ask("มาตรฐานที่ยังเป็นร่างมีกี่ฉบับ")
    drafts = [
        t.ref
        for t in service.retriever.things.values()
        if t.kind == "standard" and t.status == "draft"
    ]
    assert f"{len(drafts)} ฉบับ" in answer.answer.splitlines()[0]
    assert sorted(fact.ref for fact in answer.facts) == sorted(drafts)


def test_a_tax_is_worked_out_with_steps_sources_and_assumptions(service: Service) -> None:
    answer = service.ask("บ้านหลังที่สองราคา 5 ล้าน เสียภาษีที่ดินเท่าไหร่", TODAY)
    lines = answer.answer.splitlines()
    assert "1,000.00 บาท" in lines[0]
    assert any("5,000,000.00 × 0.02 %" in line and "[" in line for line in lines)
    assert any(line.startswith("ข้อสมมติ") for line in lines)
    assert ("1000.00", "lbt-2562") in {(fact.value, fact.ref) for fact in answer.facts}


@pytest.mark.parametrize("question", ["ที่ดินราคา 5 ล้าน เสียภาษีเท่าไหร่", "บ้านหลังที่สองเสียภาษีเท่าไหร่"])
def test_no_tax_on_a_guess(service: Service, question: str) -> None:
    assert "คำนวณโดย mattra" not in service.ask(question, TODAY).answer


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("บ้าน 3.5 ล้านบาท", ["3500000"]),
        ("1,200,000 บาท", ["1200000"]),
        ("2 แสน", ["200000"]),
        ("worth 5 million baht", ["5000000"]),
        ("มาตรา 37 ปี 2569", []),
    ],
)
def test_sums_in_words(text: str, sums: list[str]) -> None:
    assert sums_in(text) == [Decimal(one) for one in sums]


def test_a_use_of_land_is_read_only_where_it_is_one(service: Service) -> None:
    assert use_in("ที่ดินว่างเปล่า 10 ล้าน", service.store) == "vacant"
    assert use_in("ที่ดิน 10 ล้าน", service.store) is None
    assert use_in("โรงงานกับที่ดินเปล่า", service.store) in (None, "vacant")


def test_a_last_day_is_counted_on_the_condition_of_its_start(service: Service) -> None:
    answer = service.ask("ได้รับแจ้งการประเมินภาษีที่ดินวันที่ 5 มีนาคม 2569 ยื่นคัดค้านภายในกี่วัน")
    (line,) = [x for x in answer.answer.splitlines() if "+ 30 วัน" in x and "คัดค้าน" not in x[:9]][:1]
    assert "ถ้า" in line
    assert "4 เมษายน 2569" in line
    norm = next(
        n for n in service.retriever.things["lbt-2562/73"].norms if n.one("deadline") == "P30D"
    )
    assert last_day(norm, "วันที่ 31 มกราคม 2569") == (date(2026, 1, 31), date(2026, 3, 2))
    assert last_day(norm, "ไม่มีวัน") is None


@pytest.mark.parametrize(
    ("before", "question", "ref"),
    [
        ("เก็บข้อมูลลูกค้าต้องขอความยินยอมไหม", "แล้วถ้าเป็นเด็กล่ะ", "pdpa-2562/20"),
        ("มสพร. 6-5 ประกาศเมื่อไหร่", "แล้ว มสพร. 7 ล่ะ", "mspr-7-2565"),
        (
            "Which standard applies to e-signatures of officials?",
            "when was it announced?",
            "mspr-7-2565",
        ),
    ],
)
def test_a_question_that_goes_on(service: Service, before: str, question: str, ref: str) -> None:
    answer = service.ask(question, TODAY, [before])
    assert answer.citations[0].ref == ref
    assert answer.understood["follows"]


def test_a_new_topic_does_not_go_on(service: Service) -> None:
    question = "อปท. ต้องส่งหนังสือแจ้งประเมินภาษีที่ดินภายในเดือนไหน"
    alone = service.ask(question, TODAY)
    after = service.ask(question, TODAY, ["ข้อมูลรั่วต้องแจ้งภายในกี่ชั่วโมง"])
    assert after.understood["follows"] is None
    assert after.answer == alone.answer


@pytest.mark.parametrize("text", ["ข้อมูลรั่วต้องแจ้งภายในกี่ชั่วโมง", "ภาษีที่ดินจ่ายเมื่อไหร่"])
def test_the_wrong_keyboard_is_mended(service: Service, text: str) -> None:
    typed = thai_to_eng(text)
    assert service.retriever.read(typed).text == service.retriever.read(text).text


@pytest.mark.parametrize(
    "text", ["PDPA", "TGIX linkage", "GDPR fines", "asdf qwer", "OIA", "ภาษี", ""]
)
def test_what_makes_sense_is_left_alone(service: Service, text: str) -> None:
    assert mended(text, service.retriever.index.vocabulary.holds) == text


def test_an_abbreviation_in_thai_letters(service: Service) -> None:
    assert mended(eng_to_thai("PDPA"), service.retriever.index.vocabulary.holds) == "PDPA"


def test_penalties_follow_a_duty_with_their_own_citation(service: Service) -> None:
    answer = service.ask("ผู้ควบคุมข้อมูลต้องแจ้งเหตุละเมิดข้อมูลส่วนบุคคลภายในกี่ชั่วโมง PDPA มาตรา 37", TODAY)
    assert answer.answer.startswith("ภายใน 72 ชั่วโมง")
    line = next(x for x in answer.answer.splitlines() if "ถ้าฝ่าฝืน" in x)
    number = int(line.rpartition("[")[2].rstrip("]"))
    assert answer.citations[number - 1].ref == "pdpa-2562/83"


def test_a_model_that_cannot_be_reached_changes_nothing(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = service.ask("มสพร. 7 คืออะไร", TODAY)
    monkeypatch.setenv("MATTRA_LLM_URL", "http://127.0.0.1:9/v1")
    asked = service.ask("มสพร. 7 คืออะไร", TODAY)
    assert asked.answer == plain.answer
    assert asked.understood["not_reworded"] == "unreachable"
    assert "not_reworded" not in plain.understood


def test_rates_that_are_collected_come_before_the_ceilings(service: Service) -> None:
    answer = service.ask("อัตราภาษีที่ดินเกษตร", TODAY)
    first, second, *_ = answer.answer.splitlines()
    assert "ปีภาษี 2569" in first
    assert "ร้อยละ 0.01" in first
    assert second.startswith("ร้อยละ 0.15"), "the norm of the use asked of, not those of others"
    decree = next(c for c in answer.citations if c.ref == "lbt-rates-2564")
    assert f"[{decree.n}]" in first
    assert "ว่างเปล่า" not in first


def test_rates_of_no_use_named_are_a_range_with_each_below(service: Service) -> None:
    answer = service.ask("อัตราภาษีที่ดินและสิ่งปลูกสร้างร้อยละเท่าไหร่", TODAY).answer
    assert "ร้อยละ 0.01 ถึง 0.7" in answer.splitlines()[0]
    assert answer.count("• อัตราที่จัดเก็บในปีภาษี 2569") == 6


def test_a_new_citation_takes_a_place_that_no_mark_leads_to() -> None:
    cited = Cited([f"a/{n}" for n in range(MOST_CITED)])
    assert cited.number("a/9(2)") == " [10]"
    assert cited.number("b/1") == " [9]"
    assert [cited.number(f"c/{n}") for n in range(5)] == [" [8]", " [7]", " [6]", " [5]", ""]
    assert cited.refs[:4] == ["a/0", "a/1", "a/2", "a/3"]
    assert len(cited.refs) == MOST_CITED


def test_rates_of_other_tax_years_never_lead(service: Service) -> None:
    this_year = service.ask("บ้านหลังที่สองเสียภาษีกี่เปอร์เซ็นต์", TODAY).answer.splitlines()[0]
    assert "ปีภาษี 2569" in this_year
    assert "ร้อยละ 0.02" in this_year
    then = service.ask("อัตราภาษีที่ดินปี 2563", TODAY).answer
    assert "อัตราที่จัดเก็บในปีภาษี" not in then
    assert "2563" in then


@pytest.mark.parametrize(
    ("question", "baht"),
    [
        ("ที่ดินเปล่าทิ้งไว้ 5 ปี ราคา 10 ล้าน เสียภาษีเท่าไหร่", "60,000.00"),
        (
            "my land left vacant for 7 years is worth 10 million baht, how much land tax?",
            "90,000.00",
        ),
    ],
)
def test_years_left_vacant_raise_the_tax(service: Service, question: str, baht: str) -> None:
    assert baht in service.ask(question, TODAY).answer.splitlines()[0]


def test_what_a_tax_assumes_is_said_in_either_language(service: Service) -> None:
    thai = service.ask("ที่ดินเปล่าราคา 10 ล้าน เสียภาษีเท่าไหร่", TODAY).answer
    assert "ข้อสมมติ: ทิ้งว่างติดต่อกันไม่ถึง 3 ปี" in thai
    english = service.ask(
        "how much tax on vacant land worth 10 million baht in thailand", TODAY
    ).answer
    assert "Assumed: left vacant for less than 3 years" in english


@pytest.mark.parametrize(
    "question",
    [
        "ร้านค้า 3 ล้าน ชั้นบนอยู่เอง ครึ่งต่อครึ่ง เสียภาษีเท่าไหร่",
        "ที่ดินเกษตรกับร้านค้ารวม 3 ล้าน เสียภาษีเท่าไหร่",
    ],
)
def test_no_single_tax_on_several_uses(service: Service, question: str) -> None:
    assert "คำนวณโดย mattra" not in service.ask(question, TODAY).answer


def test_an_exempt_sum_is_no_answer_to_what_there_is_to_pay(service: Service) -> None:
    first = service.ask("บ้านของบริษัท 60 ล้าน เสียภาษีเท่าไหร่", TODAY).answer.splitlines()[0]
    assert not first.startswith(("50,000,000", "10,000,000"))
    asked = service.ask("บ้านหลังแรกยกเว้นภาษีกี่ล้าน", TODAY).answer.splitlines()[0]
    assert "50,000,000 บาท" in asked


@pytest.mark.parametrize(
    ("question", "time"),
    [
        ("จ่ายภาษีที่ดินเกินไป ขอคืนได้ภายในกี่ปี", "3 ปี"),
        ("ไม่เห็นด้วยกับการประเมินภาษี คัดค้านภายในกี่วัน", "ภายใน 30 วัน"),
        ("ประเมินพลาดเก็บขาดไป เรียกเก็บเพิ่มย้อนหลังได้กี่ปี", "ภายใน 3 ปี"),
    ],
)
def test_a_time_in_the_unit_asked_of_leads(service: Service, question: str, time: str) -> None:
    first = service.ask(question, TODAY).answer.splitlines()[0]
    assert time in first
    assert "15 วัน" not in first


@pytest.mark.parametrize(
    "question",
    [
        "ภาษีที่ดินที่ญี่ปุ่นเก็บกี่เปอร์เซ็นต์",
        "Singapore PDPA maximum financial penalty",
        "รัฐธรรมนูญมาตรา 32 คุ้มครองความเป็นส่วนตัวอย่างไร",
    ],
)
def test_laws_of_other_countries_and_names_are_not_answered(
    service: Service, question: str
) -> None:
    assert service.ask(question, TODAY).abstained


def test_data_sent_abroad_is_of_our_law(service: Service) -> None:
    answer = service.ask("ส่งข้อมูลลูกค้าไปเซิร์ฟเวอร์ที่ญี่ปุ่นได้ไหม", TODAY)
    assert not answer.abstained
    assert "pdpa-2562/28" in [citation.ref for citation in answer.citations[:2]]
