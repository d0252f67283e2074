"""What the data set is: sizes, graphs, files and vocabularies, for a page and as VoID and DCAT."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Store, Triple, serialize

import ontology
from graph.dump import DUMPS, stream, zipped
from graph.export import FORMATS
from graph.jsonld import compact
from graph.statements import natural_order
from graph.store import LICENCE
from graph.view import View, term

MEASURED: Final = 200_000
"""Triples up to which the sizes of the files are measured for the page; it takes some seconds."""
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_NAMES: Final = {"nq": "N-Quads", "trig": "TriG", "ttl": "Turtle", "nt": "N-Triples"}
_TITLES: Final = (
    Literal("mattra: มาตรฐานและกฎหมายรัฐบาลดิจิทัล", language="th"),
    Literal("mattra: digital-government standards and the laws behind them", language="en"),
)


@dataclass(frozen=True)
class File:
    """A file to download; ``size`` in bytes, 0 where it was not measured."""

    name: str
    syntax: str
    media: str
    named_graphs: bool
    size: int


@dataclass(frozen=True)
class Graph:
    """A named graph with its number of triples."""

    ref: str
    title: str
    triples: int


@dataclass(frozen=True)
class Facts:
    """The data set in figures."""

    triples: int
    graphs: list[Graph]
    classes: list[tuple[str, int]]
    files: list[File]


@lru_cache(maxsize=2)
def facts(store: Store) -> Facts:
    """Return the figures of the data set, counted once for a store."""
    view = View(store)
    graphs = sorted(
        (g for g in store.named_graphs() if isinstance(g, NamedNode)), key=natural_order
    )
    counted = [
        Graph(
            ontology.ref(graph.value),
            view.text(graph, "dcterms:title") or ontology.ref(graph.value),
            sum(1 for _ in store.quads_for_pattern(None, None, None, graph)),
        )
        for graph in graphs
    ]
    kinds = Counter(
        quad.object.value
        for quad in store.quads_for_pattern(None, term("rdf:type"), None, None)
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(ontology.NS)
    )
    return Facts(len(store), counted, kinds.most_common(), list(_files(store)))


def _files(store: Store) -> Iterator[File]:
    small = len(store) <= MEASURED
    for form, (_, media) in DUMPS.items():
        sizes = _sizes(store, form) if small else (0, 0)
        for ending, packed, size in ((form, False, sizes[0]), (f"{form}.gz", True, sizes[1])):
            syntax = _NAMES[form] + (" gzip" if packed else "")
            kind = "application/gzip" if packed else media
            yield File(f"mattra.{ending}", syntax, kind, form in ("nq", "trig"), size)


def _sizes(store: Store, form: str) -> tuple[int, int]:
    """Return the size of a dump as it is and compressed."""
    whole = 0

    def counted() -> Iterator[bytes]:
        nonlocal whole
        for block in stream(store, form):
            whole += len(block)
            yield block

    packed = sum(map(len, zipped(counted())))
    return whole, packed


def described(about: Facts, base: str, form: str, changed: datetime) -> bytes:
    """Return the description as RDF.

    :param base: the address of this server, without a slash at its end.
    :param form: one of :data:`graph.export.FORMATS`.
    """
    triples = list(_triples(about, base, changed))
    if form == "jsonld":
        return json.dumps(
            compact(triples, ontology.BASE + "dump"), ensure_ascii=False, indent=1
        ).encode()
    prefixes = {p: ontology.PREFIXES[p] for p in ("dcat", "dcterms", "m", "xsd")} | {"void": _VOID}
    return serialize(triples, format=FORMATS[form][0], prefixes=prefixes) or b""


def _triples(about: Facts, base: str, changed: datetime) -> Iterator[Triple]:
    whole = NamedNode(ontology.BASE + "dump")

    def say(node: NamedNode, predicate: str, *values: NamedNode | Literal) -> Iterator[Triple]:
        name = predicate.partition(":")
        property_ = NamedNode(_VOID + name[2]) if name[0] == "void" else term(predicate)
        for value in values:
            yield Triple(node, property_, value)

    day = Literal(changed.isoformat(timespec="seconds"), datatype=term("xsd:dateTime"))
    yield from say(whole, "rdf:type", NamedNode(_VOID + "Dataset"), term("dcat:Dataset"))
    yield from say(whole, "dcterms:title", *_TITLES)
    yield from say(whole, "dcterms:license", LICENCE)
    yield from say(whole, "dcterms:modified", day)
    yield from say(whole, "dcterms:language", Literal("th"), Literal("en"))
    yield from say(whole, "void:triples", Literal(about.triples))
    yield from say(whole, "void:uriSpace", Literal(ontology.BASE))
    yield from say(whole, "void:sparqlEndpoint", NamedNode(base + "/sparql"))
    yield from say(
        whole, "void:rootResource", *(NamedNode(ontology.BASE + p) for p in ("id", "concept"))
    )
    yield from say(whole, "void:exampleResource", NamedNode(ontology.ID + "pdpa-2562/37"))
    spaces = [ontology.PREFIXES[p] for p in ("m", "eli", "skos", "adms", "dcat", "prov", "dpv")]
    yield from say(whole, "void:vocabulary", *map(NamedNode, spaces))
    for form in ("Turtle", "N-Triples", "JSON-LD", "RDF_XML"):
        yield from say(whole, "void:feature", NamedNode(_FORMATS + form))
    for name, count in about.classes:
        part = NamedNode(f"{ontology.BASE}dump#class-{name.rpartition('#')[2]}")
        yield from say(whole, "void:classPartition", part)
        yield from say(part, "void:class", NamedNode(name))
        yield from say(part, "void:entities", Literal(count))
    for graph in about.graphs:
        part = NamedNode(ontology.iri(graph.ref))
        yield from say(whole, "void:subset", part)
        yield from say(part, "rdf:type", NamedNode(_VOID + "Dataset"))
        yield from say(part, "dcterms:title", Literal(graph.title))
        yield from say(part, "void:triples", Literal(graph.triples))
    for file in about.files:
        place = NamedNode(f"{base}/dump/{file.name}")
        node = NamedNode(f"{ontology.BASE}dump#{file.name}")
        yield from say(whole, "void:dataDump", place)
        yield from say(whole, "dcat:distribution", node)
        yield from say(node, "rdf:type", term("dcat:Distribution"))
        yield from say(node, "dcterms:title", Literal(file.syntax))
        yield from say(node, "dcat:downloadURL", place)
        yield from say(node, "dcat:mediaType", _media(file.media))
        if file.size:
            size = Literal(str(file.size), datatype=term("xsd:nonNegativeInteger"))
            yield from say(node, "dcat:byteSize", size)


def _media(media: str) -> NamedNode:
    return NamedNode(f"https://www.iana.org/assignments/media-types/{media}")
