"""Each norm's actor is one that the importer reads or the section names, or is listed with a reason."""

import csv
import re
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

import ontology
from tests.knowledge.official import (
    FILES,
    extracted,
    official_texts,
    parts_of,
    sections_of,
    shipped,
)

UNSPOKEN = Path(__file__).parent / "unspoken_actors.tsv"
# What a law calls a body or person whose full name another section, or another law, gives.
SHORT = {
    "any-person": ("ผู้ใด", "บุคคล", "ผู้มีส่วนได้เสีย", "ผู้ซึ่ง"),
    "etda": ("สำนักงาน",),
    "etda-director": ("ผู้อำนวยการ",),
    "digital-id-provider": ("ผู้ประกอบธุรกิจ", "ผู้ประสงค์จะประกอบธุรกิจ"),
    "digital-id-licensee": ("ผู้รับใบอนุญาต",),
    "et-commission": ("คณะกรรมการ",),
    "pdp-committee": ("คณะกรรมการ",),
    "pdpc-secretary": ("เลขาธิการ",),
    "oic": ("คณะกรรมการ",),
    "e-service-provider": ("ผู้ประกอบธุรกิจ", "ผู้แจ้ง", "ผู้ขึ้นทะเบียน", "ผู้ได้รับใบอนุญาต", "ผู้ประสงค์"),
    "pdpc": ("สำนักงาน",),
    "dga": ("สำนักงาน",),
    "dg-committee": ("คณะกรรมการ",),
    "addressee": ("ผู้รับข้อมูล",),
    "originator": ("ผู้ส่งข้อมูล",),
    "permit-applicant": ("ผู้ยื่นคำขอ", "ผู้ขอ"),
    "signatory": ("เจ้าของลายมือชื่อ",),
    "juristic-director": ("กรรมการ", "ผู้จัดการ"),
    "des-minister": ("รัฐมนตรี",),
    "info-requester": ("ผู้ขอ", "ผู้นั้น", "บุคคล"),
}


def _names(graph: Graph, actor: Node) -> set[str]:
    labels = [*graph.objects(actor, SKOS.prefLabel), *graph.objects(actor, SKOS.altLabel)]
    return {
        part.strip()
        for label in labels
        if getattr(label, "language", None) == "th"
        for part in re.split(r"\s*หรือ\s*|,\s*|[()]", str(label))
        if len(part.strip()) > 1
    }


def _listed() -> set[tuple[str, str]]:
    with UNSPOKEN.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert all(row["reason"].strip() for row in rows)
    return {(row["section"], row["actor"]) for row in rows}


def _unread(shared: Path, ref: str) -> set[tuple[str, str]]:
    graph = shipped()
    found = set()
    for number, section in sections_of(ref).items():
        text, read = official_texts(shared, ref)[number], extracted(shared, ref)[number].actors
        for part in parts_of(section):
            for actor in graph.objects(part, URIRef(ontology.NS + "actor")):
                slug = str(actor).rpartition("/")[2]
                names = _names(graph, actor)
                if names & set(read):
                    continue
                if not any(name in text for name in (*names, *SHORT.get(slug, ()))):
                    found.add((f"{ref}/{number.replace('/', '-')}", slug))
    return found


@pytest.mark.parametrize("ref", FILES)
def test_every_actor_is_read_named_or_listed_with_its_reason(shared: Path, ref: str) -> None:
    listed = {(section, actor) for section, actor in _listed() if section.startswith(f"{ref}/")}
    assert _unread(shared, ref) == listed


@pytest.mark.parametrize("ref", FILES)
def test_every_deadline_is_one_that_the_importer_reads(shared: Path, ref: str) -> None:
    wrong = []
    for number, section in sections_of(ref).items():
        read = {time.value for time in extracted(shared, ref)[number].times}
        for part in parts_of(section):
            for name in ("deadline", "frequency"):
                for value in shipped().objects(part, URIRef(ontology.NS + name)):
                    if str(value) not in read:
                        wrong.append((str(part), name, str(value)))
    assert wrong == []
