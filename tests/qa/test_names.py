"""Everyday names become the graph's terms; figures of the tax become facts; time is told."""

from datetime import date

import pytest

from graph.store import open_store
from graph.things import describe
from qa.force import state_on
from qa.names import Names
from qa.of_tax import parameter_facts, tax_year

STORE = open_store()
NAMES = Names(STORE)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("ทำ ROPA ยังไง", "บันทึกรายการกิจกรรมการประมวลผล"),
        ("สคส. อยู่ไหน", "สำนักงานคณะกรรมการคุ้มครองข้อมูลส่วนบุคคล"),
        ("กวฉ. พิจารณากี่วัน", "คณะกรรมการวินิจฉัยการเปิดเผยข้อมูลข่าวสาร"),
        ("ภาษีโรงเรือนยังเก็บไหม", "ภาษีโรงเรือนและที่ดิน"),
    ],
)
def test_a_name_brings_its_term(text: str, term: str) -> None:
    assert NAMES.expand(text).endswith(term)


def test_the_longest_name_counts_and_latin_ones_stand_alone() -> None:
    assert "ภ.ด.ส. 1 " not in NAMES.expand("ภ.ด.ส. 10 ยื่นเมื่อไหร่") + " "
    assert NAMES.expand("adposition") == "adposition"


def test_figures_are_those_of_the_year() -> None:
    section = describe(STORE, "lbt-2562/46")
    (fact,) = parameter_facts([*section.parameters, *section.put_off], 2026)
    assert fact[2].startswith("ชำระภาษี ภายในเดือนมิถุนายน 2569 โดยขยายเวลาตาม")
    assert fact[3] == "secondary"
    (fact,) = parameter_facts([*section.parameters, *section.put_off], 2023)
    assert "มิถุนายน 2566" in fact[2]
    assert fact[3] == "stated"
    (fact,) = parameter_facts([*section.parameters, *section.put_off], 2030)
    assert "เมษายน 2573" in fact[2]
    rates = parameter_facts(describe(STORE, "lbt-rates-2564").parameters, 2026)
    assert len(rates) == 6
    assert parameter_facts(describe(STORE, "lbt-rates-2564").parameters, 2020) == []
    english = parameter_facts(describe(STORE, "lbt-2562/41").parameters, 2026, "en")
    assert any("50,000,000 baht" in fact[2] for fact in english)


def test_the_year_asked_of() -> None:
    day = date(2026, 5, 1)
    assert tax_year("ภาษีที่ดินปีภาษี 2566", day) == 2023
    assert tax_year("ภาษีที่ดินตาม พ.ร.บ. ภาษีที่ดิน พ.ศ. 2562", day) == 2026


@pytest.mark.parametrize(
    ("ref", "day", "state"),
    [
        ("pdpa-2562/37", "2019-06-01", "not-yet"),
        ("pdpa-2562/37", "2021-01-01", "in-force"),
        ("eadmin-2565/20", "2022-12-01", "not-yet"),
        ("eta-2544/34-3", "2018-01-01", "not-yet"),
        ("pdpc-ropa-controller-2565", "2024-01-01", "in-force"),
        ("pdpc-ropa-controller-2565", "2026-01-01", "ended"),
        ("pdpc-ropa-controller-2567", "2024-06-01", "not-yet"),
        ("lbt-2562/94", "2020-06-01", "in-force"),
        ("lbt-2562/94", "2026-01-01", "other-year"),
        ("lbt-reduction-2566/3", "2023-05-01", "in-force"),
        ("lbt-extension-2566/4", "2026-01-01", "other-year"),
    ],
)
def test_force_on_a_day(ref: str, day: str, state: str) -> None:
    assert state_on(describe(STORE, ref), date.fromisoformat(day)) == state
