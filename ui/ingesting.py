"""Ingesting as the command line does it: read, match with the graph, keep, report."""

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pyoxigraph import Store

import ontology
from graph.thai import date_text
from graph.view import View, term
from ingest.keep import keep
from ingest.page_graph import ref_of, source_iri, title_key, to_graph
from ingest.pages import read_pages


def known_standards(store: Store) -> dict[str, str]:
    """Return the refs of the graph's standards by number without year and by title."""
    view = View(store)
    nodes = view.subjects("rdf:type", term("m:Standard"))
    nodes += view.subjects("rdf:type", term("m:StandardFamily"))
    known: dict[str, str] = {}
    for node in nodes:
        ref = ontology.ref(node.value)
        known[re.sub(r"-25\d\d$", "", ref)] = ref
        for title in view.texts(node, "dcterms:title", "th"):
            known.setdefault(title_key(title), ref)
    # A family's own number is not that of an earlier edition of it.
    return known | {ref: ref for ref in known.values() if not re.search(r"-25\d\d$", ref)}


def ingest_pages(path: Path, store: Store) -> dict[str, Any]:
    """Ingest one file of saved pages and return what was found, mended and not placed.

    :raises InputError: the file cannot be read or the graph cannot be kept.
    """
    reading = read_pages(path)
    known = known_standards(store)
    report: dict[str, Any] = {
        "file": reading.name,
        "standards": [
            {"ref": ref_of(s, known), "new": ref_of(s, known) not in known.values()} | asdict(s)
            for s in reading.standards
        ],
        "mended": [asdict(m) for m in reading.mended],
        "unplaced": [asdict(u) for u in reading.unplaced],
        "changed": False,
        "triples": 0,
    }
    if reading.standards:
        graph = to_graph(reading, known)
        name = f"pages-{reading.digest}"
        title = f"หน้าเว็บที่นำเข้า: {reading.name}"
        report["changed"] = keep(graph, name, title, source_iri(reading))
        report["triples"] = len(graph)
    return report


def law_report_text(report: dict[str, Any]) -> str:
    """Return the report of a law for reading."""
    state = "บันทึกลงกราฟแล้ว" if report["changed"] else "มีอยู่แล้ว ไม่มีอะไรเปลี่ยน"
    lines = [
        f"{report['file']}: {report['title'] or '(ไม่พบชื่อกฎหมาย)'} → {report['ref']}",
        f"{report['sections']} มาตราหรือข้อ {report['divisions']} หมวด "
        f"{report['triples']} ข้อเท็จจริง {state}",
    ]
    if report["gazette"]:
        lines.append(report["gazette"])
    if report["in_force_from"]:
        lines.append(f"มีผลใช้บังคับตั้งแต่ {date_text(report['in_force_from'])} (คำนวณจากตัวบท)")
    names = {
        "citations": "การอ้างถึง", "definitions": "นิยาม", "times": "กำหนดเวลา",
        "penalties": "บทลงโทษ", "amounts": "จำนวนเงิน", "rates": "อัตรา",
    }  # fmt: skip
    lines.append("อ่านได้ " + " ".join(f"{names[k]} {n}" for k, n in report["read"].items()))
    if report["mended"]:
        lines.append(f"แก้คำพิมพ์ผิด {report['mended']} แห่ง")
    if report["missing"]:
        lines.append("ไฟล์ไม่มีมาตราที่กราฟรู้จัก: " + ", ".join(report["missing"]))
    if report["unexpected"]:
        lines.append("ไฟล์มีมาตราที่กราฟไม่รู้จัก: " + ", ".join(report["unexpected"]))
    return "\n".join(lines)


def report_text(report: dict[str, Any]) -> str:
    """Return a report for reading."""
    standards = report["standards"]
    if not standards:
        lines = [f"{report['file']}: ไม่พบมาตรฐาน ไม่ได้เพิ่มอะไรลงกราฟ"]
    else:
        state = "บันทึกลงกราฟแล้ว" if report["changed"] else "มีอยู่แล้ว ไม่มีอะไรเปลี่ยน"
        lines = [
            f"{report['file']}: พบ {len(standards)} มาตรฐาน {report['triples']} ข้อเท็จจริง {state}"
        ]
    for standard in standards:
        tags = [
            t for t in ("ใหม่" if standard["new"] else "", "ร่าง" if standard["draft"] else "") if t
        ]
        lines.append(
            f"\n{standard['ref']}  {standard['title']}" + (f"  ({', '.join(tags)})" if tags else "")
        )
        lines += [f"  • {_event(event)}" for event in standard["events"]]
        if standard["documents"]:
            lines.append(f"  • เอกสาร {len(standard['documents'])} รายการ")
    if report["mended"]:
        lines.append("\nแก้คำผิด")
    lines += [
        f"  บรรทัด {m['line']}: …{m['before'][-40:]} → …{m['after'][-40:]}" for m in report["mended"]
    ]
    if report["unplaced"]:
        lines.append("\nจัดวางไม่ได้")
    lines += [f"  บรรทัด {u['line']}: {u['text'][:70]} ({u['reason']})" for u in report["unplaced"]]
    return "\n".join(lines)


def _event(event: dict[str, Any]) -> str:
    names = {"hearing": "รับฟังความคิดเห็น", "approval": "เห็นชอบ", "announcement": "ประกาศ"}
    days = " ถึง ".join(date_text(day) for day in (event["start"], event["end"]) if day)
    parts = [
        names[event["kind"]],
        event["number"],
        days,
        event["body"] if event["kind"] == "approval" else "",
    ]
    if event["meeting"]:
        parts.append(f"ประชุม {date_text(event['meeting'])}")
    first, last = event["lines"]
    where = f"[บรรทัด {first}]" if first == last else f"[บรรทัด {first}-{last}]"
    return " ".join(part for part in [*parts, where] if part)
