"""A law that was read, as triples: its text piece by piece, and what was read from it by rule."""

import re
from collections.abc import Iterator
from typing import Final

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, XSD

import ontology
from ingest.law.facts import Facts
from ingest.law.parts import Section
from ingest.law.reading import LawReading

M: Final = Namespace(ontology.NS)
ELI: Final = Namespace(ontology.PREFIXES["eli"])
_READ: Final = URIRef(ontology.CONCEPT + "certainty/inferred")


def source_iri(reading: LawReading) -> str:
    """Return the IRI of the file that a law was read from."""
    return f"{ontology.ID}source/law-{reading.digest}"


def to_graph(reading: LawReading, ref: str, shipped: set[str]) -> Graph:
    """Return the triples of a law.

    :param shipped: refs of its sections that the graph already describes: to those only the text
        and what was read by rule are added, and none of their facts is stated twice.
    """
    graph = Graph()
    law = _node(ref)
    source = URIRef(source_iri(reading))
    graph.add((source, RDF.type, M.Source))
    graph.add((source, DCTERMS.title, Literal(f"ตัวบทที่นำเข้า: {reading.name}", lang="th")))
    graph.add((source, DCTERMS.title, Literal(f"Ingested text: {reading.name}", lang="en")))
    text = URIRef(f"{law}/text")
    graph.add((law, RDF.type, ELI.LegalResource))
    graph.add((text, RDF.type, ELI.LegalExpression))
    graph.add((text, ELI.realizes, law))
    graph.add((text, PROV.wasDerivedFrom, source))
    _describe(graph, reading, text)
    for name, lines in (
        ("preamble", reading.parts.preamble),
        ("closing", reading.parts.closing),
        ("remarks", [*reading.parts.remarks, *reading.parts.footnotes]),
    ):
        if lines:
            graph.add((text, M[name], Literal("\n".join(lines), lang="th")))
    if not shipped:
        _describe(graph, reading, law)
        kind = M.Act if reading.parts.title.startswith("พระราชบัญญัติ") else M.Instrument
        graph.add((law, RDF.type, kind))
        graph.add((law, DCTERMS.source, source))
        graph.add((law, M.certainty, _READ))
    for number, title in enumerate(reading.parts.divisions, 1):
        division = URIRef(f"{law}/division/{number}")
        graph.add((division, RDF.type, M.Division))
        graph.add((division, ELI.is_part_of, law))
        graph.add((division, DCTERMS.title, Literal(title, lang="th")))
    for section in reading.parts.sections:
        known = f"{ref}/{section.key}" in shipped
        _section(graph, reading, ref, section, known, source)
    return graph


def _describe(graph: Graph, reading: LawReading, node: URIRef) -> None:
    title = reading.parts.title or reading.name
    graph.add((node, DCTERMS.title, Literal(title, lang="th")))
    if reading.gazette:
        graph.add(
            (node, DCTERMS.bibliographicCitation, Literal(reading.gazette.citation, lang="th"))
        )
        if reading.gazette.published:
            graph.add((node, ELI.date_publication, Literal(reading.gazette.published)))
    if reading.in_force:
        graph.add((node, ELI.first_date_entry_in_force, Literal(reading.in_force)))


def _section(
    graph: Graph, reading: LawReading, ref: str, section: Section, known: bool, source: URIRef
) -> None:
    node = _node(f"{ref}/{section.key}")
    graph.add((node, M.officialText, Literal(section.text, lang="th")))
    graph.add((node, M.sourcePosition, Literal(section.position)))
    if section.division:
        index = reading.parts.divisions.index(section.division) + 1
        graph.add((node, M.inDivision, URIRef(f"{_node(ref)}/division/{index}")))
    if not known:
        graph.add((node, RDF.type, M.Section))
        graph.add((node, ELI.is_part_of, _node(ref)))
        graph.add((node, ELI.number, Literal(section.number)))
        graph.add((node, DCTERMS.title, Literal(_heading(section), lang="th")))
        graph.add((node, M.certainty, _READ))
        graph.add((node, DCTERMS.source, source))
    for item in section.items:
        part = _node(f"{ref}/{section.key}({item.number})")
        graph.add((part, M.officialText, Literal(item.text, lang="th")))
        if not known:
            graph.add((part, RDF.type, M.Item))
            graph.add((part, ELI.is_part_of, node))
            graph.add((part, ELI.number, Literal(item.number)))
    _facts(graph, reading.facts[section.number], ref, node)


def _heading(section: Section) -> str:
    """Return the first words of a section: the text has no headings of its own."""
    first = section.text.split("\n", 1)[0]
    return first if len(first) <= 80 else first[:80].rsplit(" ", 1)[0] + " …"


def _facts(graph: Graph, facts: Facts, ref: str, section: URIRef) -> None:
    """Add what was read by rule: each a node that says where it stands and what it says."""
    for count, (kind, values) in enumerate(_readings(facts, ref), 1):
        node = URIRef(f"{section}/read/{count}")
        graph.add((node, RDF.type, M.Extraction))
        graph.add((node, M.readFrom, section))
        graph.add((node, M.extractionKind, Literal(kind)))
        graph.add((node, M.certainty, _READ))
        for name, value in values.items():
            if value not in ("", None):
                graph.add((node, M[name], _literal(name, value)))
    for citation in facts.citations:
        if citation.law != "other" and not citation.number.startswith("#"):
            graph.add((section, ELI.cites, _node(citation.ref(ref).partition("(")[0])))


def _readings(facts: Facts, ref: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield each reading: its kind, and its values by the name of their property."""
    for citation in facts.citations:
        yield "citation", {"cited": citation.ref(ref)}
    for term in facts.definitions:
        yield "definition", {"term": term}
    for time in facts.times:
        yield (
            "time",
            {
                "deadline": time.value,
                "statedAs": time.value,
                "deadlineFrom": time.start,
                "words": time.text,
            },
        )
    for penalty in facts.penalties:
        yield (
            "penalty",
            {
                "imprisonmentMax": penalty.imprisonment_max,
                "fineMax": penalty.fine_max,
                "administrativeFineMax": penalty.administrative_fine_max,
                "dailyFineMax": penalty.daily_fine_max,
            },
        )
    for amount in facts.amounts:
        yield "amount", {"amount": amount}
    for rate in facts.rates:
        yield "rate", {"rate": rate}
    for actor in facts.actors:
        yield "actor", {"words": actor}


def _literal(name: str, value: object) -> Literal:
    if name in ("deadline", "imprisonmentMax"):
        return Literal(str(value), datatype=XSD.duration, normalize=False)
    if isinstance(value, float):
        return Literal(f"{value:.10g}" if value % 1 else f"{value:.1f}", datatype=XSD.decimal)
    if name in ("deadlineFrom", "words", "term"):
        return Literal(str(value), lang="th")
    return Literal(str(value))


def _node(ref: str) -> URIRef:
    return URIRef(ontology.iri(ref))


def valid_ref(ref: str) -> bool:
    """Tell whether a ref has the form of a law's: ``pdpa-2562``."""
    return re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", ref) is not None
