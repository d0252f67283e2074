"""Examples of answers for the OpenAPI document; a test holds them to their schemas."""

from typing import Any, Final

_IRI: Final = "https://w3id.org/mattra/id/"
_LABEL: Final = "มสพร. 7-2565 ว่าด้วยแนวปฏิบัติการลงลายมือชื่ออิเล็กทรอนิกส์สำหรับเจ้าหน้าที่ของรัฐ"

ANSWER: Final[dict[str, Any]] = {
    "question": "จะทำระบบลงลายมือชื่ออิเล็กทรอนิกส์ ต้องใช้มาตรฐานไหน",
    "language": "th", "answer": f"ใช้ {_LABEL} [1]", "abstained": False, "confidence": 0.91,
    "citations": [
        {"n": 1, "ref": "mspr-7-2565", "iri": f"{_IRI}mspr-7-2565", "label": _LABEL,
         "kind": "standard", "status": "in-force", "excerpt": "แนวปฏิบัติให้เจ้าหน้าที่ของรัฐเลือกใช้",
         "excerpt_kind": "summary", "score": 0.83, "state": "in-force", "announced": "2022",
         "in_force_from": "", "in_force_until": "", "superseded_by": [], "certainty": "stated"}
    ],
    "facts": [{"label": "สถานะ", "value": "in-force", "text": "ประกาศใช้แล้ว", "ref": "mspr-7-2565",
               "certainty": "stated"}],
    "sparql": "SELECT ?p ?o WHERE { id:mspr-7-2565 ?p ?o }", "as_of": "2026-11-23",
    "took_ms": 21.4, "tables": [], "understood": {},
    "why": [
        {"subject": {"ref": "concept/activity/e-signature", "label": "ลงลายมือชื่ออิเล็กทรอนิกส์",
                     "label_en": "signing electronically", "note": "", "note_en": ""},
         "relation": "applies",
         "object": {"ref": "mspr-7-2565", "label": _LABEL, "label_en": "", "note": "",
                    "note_en": ""},
         "derived": False}
    ],
    "related": ["ข้าราชการใช้ e-signature ได้แบบไหนบ้าง"],
}  # fmt: skip
FEEDBACK: Final[dict[str, Any]] = {
    "time": "2026-11-23T03:00:00+00:00", "verdict": "up", "question": "มสพร. 7 คืออะไร",
    "note": "ตรงกับที่ถาม", "refs": ["mspr-7-2565"], "graph": "0f3a9c41d2b7e865", "version": "0.5.0",
}  # fmt: skip
SEARCH: Final[dict[str, Any]] = {
    "query": "ลายมือชื่ออิเล็กทรอนิกส์", "nothing": 0.01,
    "hits": [
        {"ref": "mspr-7-2565", "iri": f"{_IRI}mspr-7-2565", "label": _LABEL, "heading": "",
         "kind": "standard", "status": "in-force", "score": 0.62, "lexical": 0.56, "dense": 4.03,
         "view": "title", "matched": _LABEL,
         "why": [{"sign": "lexical", "text": "ใช้คำเดียวกัน", "text_en": "same words", "adds": 6.3}]}
    ],
    "facets": {"kind": [{"value": "standard", "label": "มาตรฐาน", "count": 12}]},
}  # fmt: skip
APPLIES: Final[dict[str, Any]] = {
    "description": "รับชำระค่าธรรมเนียมออนไลน์", "activities": ["รับและจ่ายเงินทางอิเล็กทรอนิกส์"],
    "things": [
        {"ref": "mspr-6-6-2567", "iri": f"{_IRI}mspr-6-6-2567", "label": "มสพร. 6-6 : 2567",
         "kind": "standard", "status": "in-force", "level": "should", "level_certainty": "stated",
         "summary": "แนวทางรับและจ่ายเงินทางอิเล็กทรอนิกส์",
         "path": [{"subject": "รับและจ่ายเงินทางอิเล็กทรอนิกส์", "relation": "ใช้",
                   "object": "มสพร. 6-6 : 2567", "derived": False}]}
    ],
    "took_ms": 12.0,
}  # fmt: skip
_TEXTS: Final = (
    "heading", "heading_en", "summary", "summary_en", "official_text", "in_force_from",
    "in_force_until", "published", "citation",
)  # fmt: skip
_LISTS: Final = (
    "notes", "features", "names", "questions", "parts", "subjects", "activities", "cites",
    "cited_by", "implements", "implemented_by", "superseded_by", "revises", "guides", "based_on",
    "detailed_by", "norms", "events", "bases", "uses", "documents", "parameters", "put_off",
    "sanctions",
)  # fmt: skip
THING: Final[dict[str, Any]] = {
    "ref": "mspr-7-2565", "iri": f"{_IRI}mspr-7-2565", "kind": "standard", "label": _LABEL,
    "label_en": "Guideline on electronic signatures for state officials",
    "number": "มสพร. 7-2565", "status": "in-force", "as_of": "2024", "certainty": "stated",
    "source": None, "tax_years": None, "part_of": None, "publisher": None,
} | dict.fromkeys(_TEXTS, "") | {name: [] for name in _LISTS}  # fmt: skip
REPORT: Final[dict[str, Any]] = {
    "conforms": False, "dataset": "assessment", "files": ["a.csv"], "records": 100000,
    "counts": {"violation": 1, "warning": 0, "info": 0}, "truncated": False, "notes": [],
    "findings": [
        {"rule": "LBT-037", "severity": "violation", "file": "a.csv", "row": 17, "column": "taxDue",
         "value": "41,000.00", "message_th": "ภาษีต้องเท่ากับ 41,250.00",
         "message_en": "the tax must be 41,250.00", "source": "lbt-2562/42",
         "focus": f"{_IRI}record/17", "path": "https://w3id.org/mattra/ns/tax#taxDue"}
    ],
    "engine": "columns", "took_ms": 812.0,
}  # fmt: skip
JOB: Final[dict[str, Any]] = {
    "id": "q3Zt0bY8m1nXc4Vd7KfJ2sLwR5gHaU9e", "state": "checking", "dataset": "assessment",
    "format": "json", "bytes": 52428800, "bytes_read": 20971520, "rows": 200000,
    "rows_per_second": 98000.0, "created": "2026-11-23T03:00:00Z", "expires": None,
    "problem": None, "links": {"self": "/api/jobs/q3Zt0bY8m1nXc4Vd7KfJ2sLwR5gHaU9e"},
}  # fmt: skip
FINDINGS: Final[dict[str, Any]] = {
    "dataset": "assessment", "files": ["a.csv"], "records": 100000,
    "counts": {"violation": 12, "warning": 3, "info": 0},
    "by_rule": [{"rule": "LBT-037", "severity": "violation", "title_th": "ภาษีต้องตรงกับที่คำนวณ",
                 "title_en": "the tax must be as computed", "source": "lbt-2562/42", "count": 12}],
    "by_column": [{"column": "taxDue", "name_th": "ภาษีที่ต้องชำระ", "count": 12}],
    "total": 12, "offset": 0, "limit": 50, "findings": REPORT["findings"],
    "rows": [{"row": 17, "cells": {"assessmentId": "2569-000016", "taxDue": "41,000.00"}}],
}  # fmt: skip
TAX: Final[dict[str, Any]] = {
    "property": {"use": "other", "year": 2569, "land": "5000000", "building": "0",
                 "structure": None, "age": None, "natural_person": True, "vacant_years": 0,
                 "special_reduction": None, "old_tax": None},
    "steps": [{"key": "base", "label": "ฐานภาษี", "label_en": "tax base", "formula": "",
               "amount": "5,000,000.00", "ref": "lbt-2562/35",
               "source": "พ.ร.บ. ภาษีที่ดินและสิ่งปลูกสร้าง พ.ศ. 2562 มาตรา 35",
               "certainty": "stated", "note": ""}],
    "tax": "15000.00", "total": "15000.00", "certainty": "secondary",
    "due": {"by": "สิ้นเดือนมิถุนายน 2569", "last_day": "2026-06-30",
            "ref": "lbt-extension-2569", "certainty": "stated", "note": ""},
    "assumed": ["ท้องถิ่นไม่ได้ออกข้อบัญญัติเก็บในอัตราสูงกว่าพระราชกฤษฎีกา (มาตรา 37 วรรคหก)"],
    "assumed_en": ["no local ordinance sets rates above the decree's (section 37 paragraph six)"],
}  # fmt: skip
COLUMNS: Final[list[dict[str, Any]]] = [
    {"name": "taxYear", "name_th": "ปีภาษี", "name_en": "tax year", "official_name": "",
     "datatype": "integer", "required": True, "key": False, "link": "", "code_list": None,
     "unit": "", "personal_data": "", "form": "", "form_column": "",
     "definition_th": "ปีภาษีตามปฏิทิน พ.ศ.", "definition_en": "the tax year, B.E.",
     "example": "2569",
     "rules": [{"number": "LBT-001", "severity": "violation", "title_th": "ต้องมีปีภาษี",
                "title_en": "a tax year is needed", "source": "lbt-2562/9"}]}
]  # fmt: skip
GUIDE_CHOICES: Final[dict[str, Any]] = {
    "agencies": [{"value": "public-organisation",
                  "label": "องค์การมหาชน", "label_en": "public organisation",
                  "group": "องค์การมหาชน", "group_en": "public organisation"}],
    "activities": [{"value": "e-payment", "label": "รับและจ่ายเงินทางอิเล็กทรอนิกส์",
                    "label_en": "electronic payment", "group": "ให้บริการประชาชนทางดิจิทัล",
                    "group_en": "digital public service"}],
    "data": [], "channels": [],
}  # fmt: skip
GUIDE: Final[dict[str, Any]] = {
    "day": "2026-01-31", "agency": GUIDE_CHOICES["agencies"][0],
    "activities": GUIDE_CHOICES["activities"], "data": [], "channels": [], "description": "",
    "query": "agency=public-organisation&activity=e-payment&day=2026-01-31",
    "items": [
        {"ref": "eadmin-2565/6", "iri": f"{_IRI}eadmin-2565/6",
         "label": "พ.ร.บ. การปฏิบัติราชการทางอิเล็กทรอนิกส์ พ.ศ. 2565 มาตรา 6", "label_en": "Section 6",
         "heading": "วิธีการทางอิเล็กทรอนิกส์", "heading_en": "Electronic methods", "kind": "section",
         "group": "must", "level": "must", "level_certainty": "stated", "status": "in-force",
         "state": "in-force", "begins": "2023-01-10", "begins_as": "in-force", "ends": "",
         "summary": "หน่วยงานต้องใช้วิธีการทางอิเล็กทรอนิกส์ที่คณะรัฐมนตรีกำหนด",
         "tasks": [{"ref": "eadmin-2565/6", "kind": "Duty",
                    "text": {"th": "หน่วยงานของรัฐต้องใช้วิธีการทางอิเล็กทรอนิกส์", "en": "must use them"},
                    "actor": {"th": "หน่วยงานของรัฐ", "en": "state agency"}, "whose": "own",
                    "deadline": "", "time": {"th": "", "en": ""}, "certainty": "stated"}],
         "others": 1,
         "bound": [{"law": "eadmin-2565", "label": "พ.ร.บ. การปฏิบัติราชการทางอิเล็กทรอนิกส์ พ.ศ. 2565",
                    "extent": "bound", "section": "eadmin-2565/5", "certainty": "stated",
                    "note": {"th": "", "en": ""}}],
         "checks": [], "notes": [], "source": "ตัวบทกฎหมายฉบับรวม", "certainty": "stated",
         "path": [{"subject": "รับและจ่ายเงินทางอิเล็กทรอนิกส์", "relation": "ใช้",
                   "object": "มาตรา 6", "derived": False}]}
    ],
    "counts": {"must": 1, "should": 0, "informative": 0, "check": 0, "not-now": 0},
    "notes": [],
    "timeline": [{"ref": "eadmin-2565", "label": "พ.ร.บ. การปฏิบัติราชการทางอิเล็กทรอนิกส์ พ.ศ. 2565",
                  "state": "in-force", "begins": "2023-01-10", "ends": "", "count": 1}],
    "graph": "5d1c9a0be2f34a17", "took_ms": 21.0,
}  # fmt: skip
