"""Taking a law into the graph: read, told apart from what the graph holds, kept."""

import re
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Store

import ontology
from graph.errors import InputError
from graph.view import View, term
from ingest.keep import keep
from ingest.law import triples
from ingest.law.reading import LawReading, read_law


def known_laws(store: Store) -> tuple[tuple[str, str], ...]:
    """Return the names of acts and instruments as texts write them, without spaces, and refs.

    A year is left out, for texts leave it out too; longest first.
    """
    view = View(store)
    names: dict[str, str] = {}
    for kind in ("m:Act", "m:Instrument"):
        for node in view.subjects("rdf:type", term(kind)):
            for title in view.texts(node, "dcterms:title", "th"):
                name = re.sub(r"\s*(?:\(.*\))?\s*พ\.ศ\. 25\d\d.*$", "", title).replace(" ", "")
                names.setdefault(name, ontology.ref(node.value))
    return tuple(sorted(names.items(), key=lambda item: -len(item[0])))


def known_actors(store: Store) -> tuple[str, ...]:
    """Return the names of actors and bodies that the graph knows, longest first."""
    view = View(store)
    nodes = view.subjects("skos:inScheme", term("c:actor"))
    nodes += view.subjects("rdf:type", term("cpov:PublicOrganisation"))
    names = {
        part.strip()
        for node in nodes
        for label in [
            *view.texts(node, "skos:prefLabel", "th"),
            *view.texts(node, "skos:altLabel", "th"),
        ]
        for part in re.split(r"\s+หรือ\s*|,\s*|\(", label)
    }
    return tuple(
        sorted((n for n in names | set(_COMMON_ACTORS) if len(n) > 3), key=lambda n: -len(n))
    )


_COMMON_ACTORS = (
    "กรรมการ", "รองประธานกรรมการ", "กรรมการผู้ทรงคุณวุฒิ",
    "คณะกรรมการ", "รัฐมนตรี", "พนักงานเจ้าหน้าที่", "สำนักงาน", "เลขาธิการ", "ผู้อำนวยการ", "ศาล",
    "ประธานกรรมการ", "คณะอนุกรรมการ", "คณะกรรมการสรรหา", "หน่วยงานของรัฐ", "เจ้าหน้าที่ของรัฐ",
    "ผู้ว่าราชการจังหวัด", "ผู้บริหารท้องถิ่น", "พนักงานสำรวจ", "พนักงานประเมิน", "พนักงานเก็บภาษี",
    "กรมธนารักษ์", "กรมที่ดิน", "กระทรวงมหาดไทย", "กระทรวงการคลัง", "นายกรัฐมนตรี", "คณะรัฐมนตรี",
    "คณะกรรมการผู้เชี่ยวชาญ", "เจ้าพนักงานบังคับคดี", "ผู้อุทธรณ์", "ผู้รับใบอนุญาต", "ผู้ให้บริการ",
)  # fmt: skip


def ingest_law(path: Path, ref: str, store: Store) -> dict[str, Any]:
    """Ingest one law and return what was read.

    :param ref: the law's ref, known to the graph or new, such as ``pdpa-2562``.
    :raises InputError: the file cannot be read, holds no section or another law than the ref
        names, or the ref has a wrong form.
    """
    if not triples.valid_ref(ref):
        raise InputError(
            f"ref «{ref}» ใช้ไม่ได้ ใช้ตัวอักษร a-z ตัวเลข และขีด เช่น pdpa-2562",
            f"{ref!r} is no ref of a law; use a-z, digits and hyphens, such as pdpa-2562",
        )
    reading = read_law(path, known_laws(store), known_actors(store))
    _check_title(reading, ref, store)
    shipped = _sections_shipped(store, ref)
    graph = triples.to_graph(reading, ref, shipped)
    title = f"ตัวบทที่นำเข้า: {reading.parts.title or reading.name}"
    changed = keep(graph, f"law-{ref}", title, triples.source_iri(reading))
    return _law_report(reading, ref, shipped) | {"changed": changed, "triples": len(graph)}


def _check_title(reading: LawReading, ref: str, store: Store) -> None:
    """Refuse a text whose title is another law's: it would be quoted as this one's words."""
    view = View(store)
    title = view.text(NamedNode(ontology.iri(ref)), "dcterms:title", "th")
    if not title or not reading.parts.title:
        return
    wanted, found = (_packed(name) for name in (title, reading.parts.title))
    if wanted not in found and found not in wanted:
        raise InputError(
            f"{reading.name} คือ «{reading.parts.title}» แต่ {ref} คือ «{title}» ตรวจไฟล์หรือ --ref",
            f"{reading.name} holds another law than {ref}; check the file or --ref",
        )


def _packed(title: str) -> str:
    return re.sub(r"\s|\(รวมแก้ไข.*?\)", "", title)


def _sections_shipped(store: Store, ref: str) -> set[str]:
    view = View(store)
    node = NamedNode(ontology.iri(ref))
    return {
        ontology.ref(part.value)
        for part in view.subjects("eli:is_part_of", node)
        if view.text(part, "m:summary", "th")
    }


def _law_report(reading: LawReading, ref: str, shipped: set[str]) -> dict[str, Any]:
    keys = {f"{ref}/{section.key}" for section in reading.parts.sections}
    facts = reading.facts.values()
    return {
        "file": reading.name,
        "ref": ref,
        "title": reading.parts.title,
        "new": not shipped,
        "gazette": reading.gazette.citation if reading.gazette else None,
        "in_force_from": reading.in_force.isoformat() if reading.in_force else None,
        "sections": len(reading.parts.sections),
        "divisions": len(reading.parts.divisions),
        "mended": reading.mended,
        "read": {
            name: sum(len(getattr(found, name)) for found in facts)
            for name in ("citations", "definitions", "times", "penalties", "amounts", "rates")
        },
        "missing": sorted(shipped - keys),
        "unexpected": sorted(keys - shipped) if shipped else [],
    }
