"""What saved pages say, as a graph of the ontology's terms."""

import hashlib
import re
from collections.abc import Mapping

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, XSD

import ontology
from graph.store import PAGE_NODE
from ingest.page_facts import PageEvent, PageStandard
from ingest.pages import PageReading

M = Namespace(ontology.NS)
ELI = Namespace(ontology.PREFIXES["eli"])
ADMS = Namespace(ontology.PREFIXES["adms"])
ST = Namespace(ontology.PREFIXES["st"])
CT = Namespace(ontology.PREFIXES["ct"])
_CLASS = {"hearing": M.PublicHearing, "approval": M.Approval, "announcement": M.Announcement}
_SERIES = {"mspr": "มสพร.", "mrd": "มรด."}


def title_key(title: str) -> str:
    """Return what identifies a standard's title, whatever surrounds it.

    >>> title_key("(ร่าง) มาตรฐานรัฐบาลดิจิทัล ว่าด้วยแนวทาง ก เวอร์ชัน 2.0")
    'แนวทางก'
    """
    core = title.rpartition("ว่าด้วย")[2].partition("เวอร์ชัน")[0]
    return re.sub(r"[\W_ฯ]", "", core)


def ref_of(standard: PageStandard, known: Mapping[str, str]) -> str:
    """Return the ref of a standard: its number, a known thing's of that title, or a new draft's.

    :param known: refs by number without year and by :func:`title_key`.
    """
    if standard.stem and standard.year:
        return f"{standard.stem}-{standard.year}"
    found = known.get(standard.stem or title_key(standard.title))
    if found:
        return found
    if standard.stem:
        return standard.stem
    year = next((int(e.start[:4]) + 543 for e in standard.events if e.start), "")
    digest = hashlib.sha256(title_key(standard.title).encode()).hexdigest()[:8]
    return f"draft-{digest}" + (f"-{year}" if year else "")


def source_iri(reading: PageReading) -> str:
    """Return the IRI of the file as a source."""
    return f"{ontology.ID}source/pages-{reading.digest}"


def to_graph(reading: PageReading, known: Mapping[str, str]) -> Graph:
    """Return the facts of a reading, each with the lines it came from.

    Title and status are given only to things that the graph does not know yet: what is known of
    the others rests on more than one page.
    """
    graph = Graph()
    source = URIRef(source_iri(reading))
    graph.add((source, RDF.type, M.Source))
    graph.add((source, DCTERMS.title, Literal(f"หน้าเว็บที่นำเข้า: {reading.name}", lang="th")))
    for standard in reading.standards:
        _standard(graph, standard, ref_of(standard, known), source, set(known.values()))
    return graph


def _standard(
    graph: Graph, standard: PageStandard, ref: str, source: URIRef, known: set[str]
) -> None:
    node = URIRef(ontology.ID + ref)
    graph.add((node, DCTERMS.source, source))
    graph.add((node, M.sourcePosition, Literal(_lines(standard.lines))))
    if ref not in known:
        graph.add((node, RDF.type, M.Standard))
        graph.add((node, DCTERMS.title, Literal(standard.title, lang="th")))
        graph.add((node, ADMS.status, ST.draft if standard.draft else ST.published))
        graph.add((node, M.certainty, CT.stated))
        if standard.stem:
            graph.add((node, ELI.number, Literal(_number(standard))))
    digest = source.rpartition("-")[2]
    for n, event in enumerate(standard.events, 1):
        event_node = URIRef(f"{node}{PAGE_NODE}{digest}-event-{n}")
        graph.add((node, M.hasEvent, event_node))
        _event(graph, event, event_node, source)
    for n, document in enumerate(standard.documents, 1):
        listed = URIRef(f"{node}{PAGE_NODE}{digest}-doc-{n}")
        graph.add((node, DCAT.distribution, listed))
        graph.add((listed, RDF.type, M.Document))
        graph.add((listed, DCTERMS.title, Literal(document.title, lang="th")))
        if document.uploaded:
            graph.add((listed, DCTERMS.issued, Literal(document.uploaded, datatype=XSD.date)))
        graph.add((listed, DCTERMS.source, source))
        graph.add((listed, M.sourcePosition, Literal(_lines(document.lines))))


def _event(graph: Graph, event: PageEvent, node: URIRef, source: URIRef) -> None:
    graph.add((node, RDF.type, _CLASS[event.kind]))
    graph.add((node, M.certainty, CT.stated))
    graph.add((node, DCTERMS.source, source))
    graph.add((node, M.sourcePosition, Literal(_lines(event.lines))))
    for predicate, day in ((M["from"], event.start), (M.until, event.end)):
        if day:
            graph.add((node, predicate, Literal(day, datatype=XSD.date)))
    if event.meeting and event.times:
        for predicate, clock in zip((M.meeting, M.meetingUntil), event.times, strict=True):
            stamp = Literal(f"{event.meeting}T{clock}:00+07:00", datatype=XSD.dateTime)
            graph.add((node, predicate, stamp))
    elif event.meeting:
        graph.add((node, M.meeting, Literal(event.meeting, datatype=XSD.date)))
    for predicate, text in (
        (M.channel, event.channel),
        (M.signedBy, event.office),
        (M.note, f"โดย {event.body}" if event.body else ""),
    ):
        if text:
            graph.add((node, predicate, Literal(text, lang="th")))
    if event.number:
        graph.add((node, DCTERMS.identifier, Literal(event.number)))


def _lines(lines: tuple[int, int]) -> str:
    return str(lines[0]) if lines[0] == lines[1] else f"{lines[0]}-{lines[1]}"


def _number(standard: PageStandard) -> str:
    series, _, number = standard.stem.partition("-")
    return f"{_SERIES[series]} {number}" + (f" : {standard.year}" if standard.year else "")
