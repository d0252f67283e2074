"""A tax computation from what was typed, as plain data and as text."""

from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from pyoxigraph import NamedNode, Store

import ontology
from graph.errors import InputError
from graph.thai import ARABIC, BUDDHIST_OFFSET
from graph.view import View
from qa.draft import Cited
from qa.words import certainty_text
from tax.calendar import payment_due
from tax.compute import Step, TaxedProperty, compute
from tax.late import late
from tax.parameters import Parameters

LABELS: Final = {
    "building": ("มูลค่าสิ่งปลูกสร้างหลังหักค่าเสื่อม", "building less depreciation"),
    "base": ("ฐานภาษี", "tax base"),
    "full-exemption": ("ยกเว้นภาษีทั้งหมดในปีภาษีนี้", "exempt in this tax year"),
    "exempt": ("หักมูลค่าที่ยกเว้น เหลือ", "less exempt value"),
    "vacant-rate": ("อัตราเพิ่มเพราะทิ้งว่างติดต่อกัน", "increase for land left vacant"),
    "slice": ("ภาษีของมูลค่าในขั้น", "tax on the slice"),
    "computed": ("ภาษีที่คำนวณได้", "tax computed"),
    "reduction": ("หลังลดภาษี", "after the reduction"),
    "relief": ("หลังบรรเทาภาระ", "after the relief"),
    "penalty": ("เบี้ยปรับ", "penalty"),
    "surcharge": ("เงินเพิ่ม", "surcharge"),
}


def reckon(case: dict[str, Any], store: Store) -> dict[str, Any]:
    """Return a computation as plain data; sums in baht as strings with two decimals.

    :param case: the options of ``mattra tax`` by name, as typed.
    :raises InputError: something is missing, not a number, or not possible.
    """
    parameters = Parameters(store)
    taxed = _taxed(case)
    result = compute(taxed, parameters)
    steps, total = list(result.steps), result.tax
    if case.get("late") or case.get("extended"):
        paid = late(
            result.tax, taxed.year, case.get("late") or "before-warning",
            case.get("months") or 0, parameters, bool(case.get("extended")),
        )  # fmt: skip
        steps += paid.steps
        total = paid.total
    due = payment_due(taxed.year, parameters)
    assumed = _assumed(case, taxed, parameters)
    return {
        "property": {key: _plain(value) for key, value in asdict(taxed).items()},
        "steps": [_step(step, store) for step in steps],
        "tax": str(result.tax),
        "total": str(total),
        "certainty": result.certainty,
        "due": due
        and {
            "by": due.by,
            "last_day": due.last_day.isoformat(),
            "ref": due.ref,
            "certainty": due.certainty,
            "note": due.note,
        },
        "assumed": [th for th, _ in assumed],
        "assumed_en": [en for _, en in assumed],
    }


def reckoning_text(reckoning: dict[str, Any]) -> str:
    """Return a computation for reading."""
    taxed = reckoning["property"]
    lines = [f"ปีภาษี {taxed['year']} การใช้ประโยชน์ {taxed['use']}"]
    for number, step in enumerate(reckoning["steps"], 1):
        worked = f" {step['formula']} =" if step["formula"] else " ="
        worked = f"{worked} {step['amount']} บาท" if step["key"] != "vacant-rate" else worked[:-2]
        sure = certainty_text(step["certainty"])
        lines.append(f"{number}. {step['label']}{worked} [{step['source']}]{sure}")
        if step["note"]:
            lines.append(f"   {step['note']}")
    lines.append(f"ภาษีที่ต้องชำระ {Decimal(reckoning['tax']):,.2f} บาท")
    if reckoning["total"] != reckoning["tax"]:
        lines.append(f"รวมเบี้ยปรับและเงินเพิ่ม {Decimal(reckoning['total']):,.2f} บาท")
    if due := reckoning["due"]:
        sure = certainty_text(due["certainty"])
        lines.append(f"ชำระภายใน {due['by']} [{due['ref']}]{sure}")
        if due["note"]:
            lines.append(f"   {due['note']}")
    lines += [f"ข้อสมมติ: {text}" for text in reckoning["assumed"]]
    lines.append("เป็นการคำนวณของ mattra ไม่ใช่การแจ้งประเมินของท้องถิ่น")
    return "\n".join(lines)


def reckoning_lines(reckoning: dict[str, Any], cited: Cited, language: str) -> list[str]:
    """Return a computation as lines of an answer: the tax first, then each step, cited."""
    thai = language == "th"
    taxed, steps = reckoning["property"], reckoning["steps"]
    year = int(taxed["year"])
    total = f"{float(str(reckoning['tax'])):,.2f}"
    lines = [
        f"ภาษีปี {year} = {total} บาท (คำนวณโดย mattra ไม่ใช่การแจ้งประเมินของท้องถิ่น)"
        if thai
        else f"The tax of {year - BUDDHIST_OFFSET} = {total} baht "
        "(worked out by mattra, not an assessment)"
    ]
    for number, step in enumerate(steps, 1):
        label = step["label"] if thai else step["label_en"]
        worked = f"{step['formula']} = " if step["formula"] else ""
        mark = cited.number(step["ref"].partition("(")[0])
        sure = certainty_text(step["certainty"], language)
        lines.append(f"{number}. {label}: {worked}{step['amount']}{mark}{sure}")
    head, assumed = ("ข้อสมมติ", "assumed") if thai else ("Assumed", "assumed_en")
    return [*lines, *(f"{head}: {text}" for text in reckoning[assumed])]


def _taxed(case: dict[str, Any]) -> TaxedProperty:
    if (case.get("value") is None) == (case.get("land") is None and case.get("building") is None):
        raise InputError(
            "ใส่ --value หรือใส่ --land กับ --building อย่างใดอย่างหนึ่ง",
            "give either --value, or --land and --building",
        )
    return TaxedProperty(
        use=str(case["use"]).strip(),
        year=_year(str(case["year"])),
        land=_baht(case.get("value") or case.get("land") or "0", "--value หรือ --land"),
        building=_baht(case.get("building") or "0", "--building"),
        structure=case.get("structure"),
        age=case.get("age"),
        natural_person=case.get("owner") != "juristic",
        vacant_years=case.get("vacant_years") or 0,
        special_reduction=int(case["special_reduction"]) if case.get("special_reduction") else None,
        old_tax=_baht(case["old_tax"], "--old-tax") if case.get("old_tax") else None,
    )


def _baht(text: str, option: str) -> Decimal:
    try:
        value = Decimal(text.translate(ARABIC).replace(",", "").strip())
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite():
        raise InputError(
            f"{option} ต้องเป็นจำนวนบาท เช่น 1,500,000.50 ไม่ใช่ «{text}»",
            f"{option} is a sum of baht such as 1,500,000.50, not {text!r}",
        )
    return value


def _year(text: str) -> int:
    plain = text.translate(ARABIC).strip()
    if not plain.isdigit() or len(plain) != 4:
        raise InputError(
            f"ปีภาษีเขียนเป็นเลขสี่หลัก เช่น 2569 ไม่ใช่ «{text}»",
            f"a tax year has four digits, such as 2569, not {text!r}",
        )
    year = int(plain)
    return year if year > 2400 else year + BUDDHIST_OFFSET


def _assumed(
    case: dict[str, Any], taxed: TaxedProperty, parameters: Parameters
) -> list[tuple[str, str]]:
    """Say what was taken for granted, in Thai and English, so that nothing is a silent guess."""
    found = []
    year, before = taxed.year, taxed.year - BUDDHIST_OFFSET
    if case.get("owner") is None and parameters.of("ExemptBase", year, taxed.use):
        found.append(
            (
                "เจ้าของเป็นบุคคลธรรมดา (ถ้าเป็นนิติบุคคลใส่ --owner juristic)",
                "the owner is a natural person (else --owner juristic)",
            )
        )
    if taxed.use == "vacant" and case.get("vacant_years") is None:
        found.append(
            (
                "ทิ้งว่างติดต่อกันไม่ถึง 3 ปี ถ้านานกว่านั้นอัตราเพิ่มตามมาตรา 43 (ใส่ --vacant-years)",
                "left vacant for less than 3 years in a row; longer raises the rate by section 43 "
                "(--vacant-years)",
            )
        )
    if taxed.use.startswith("residential-own"):
        found.append(
            (
                f"เจ้าของมีชื่อในทะเบียนบ้านในวันที่ 1 มกราคม {year} (มาตรา 41)",
                f"the owner was in the house register on 1 January {before} (section 41)",
            )
        )
    if taxed.use == "agriculture" and taxed.natural_person:
        found.append(
            (
                "มูลค่านี้เป็นทรัพย์สินเกษตรทั้งหมดของเจ้าของในท้องถิ่นเดียว (มาตรา 40)",
                "this is all farm property of the owner in one locality (section 40)",
            )
        )
    if taxed.building and taxed.age is None:
        found.append(
            (
                "ราคาสิ่งปลูกสร้างหักค่าเสื่อมแล้ว (ถ้ายังใส่ --structure และ --age)",
                "depreciation was taken off the building's value (else --structure and --age)",
            )
        )
    if not parameters.of("TaxReduction", year):
        found.append(
            (
                f"กราฟไม่พบการลดภาษีทั่วไปของปีภาษี {year}",
                f"the graph holds no general reduction for tax year {before}",
            )
        )
    found.append(
        (
            "ท้องถิ่นไม่ได้ออกข้อบัญญัติเก็บในอัตราสูงกว่าพระราชกฤษฎีกา (มาตรา 37 วรรคหก)",
            "no local ordinance sets rates above the decree's (section 37 paragraph six)",
        )
    )
    if year > parameters.last_known_year:
        last = parameters.last_known_year
        found.append(
            (
                f"ปีภาษี {year} ใช้อัตราเดิมและไม่มีการลดภาษี ข้อมูลในกราฟถึงปี {last}",
                f"tax year {before} keeps the rates and has no reduction; the graph knows years "
                f"up to {last - BUDDHIST_OFFSET}",
            )
        )
    return found  # fmt: skip


def _step(step: Step, store: Store) -> dict[str, str]:
    source = View(store).label(NamedNode(ontology.iri(step.ref))) or step.ref
    return {
        "key": step.key,
        "label": LABELS[step.key][0],
        "label_en": LABELS[step.key][1],
        "formula": step.formula,
        "amount": f"{step.amount:,.2f}",
        "ref": step.ref,
        "source": source,
        "certainty": step.certainty,
        "note": step.note,
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value
