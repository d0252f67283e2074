"""What the endpoint says of itself: SPARQL 1.1 Service Description and VoID."""

import json
from collections.abc import Callable, Sequence
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize

import ontology
from graph.answers import Engine, Job, whole
from graph.forms import GRAPHS
from graph.functions import function_triples

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads",
)  # fmt: skip
_COUNTS: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
_TRIPLES: Final = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_CLASSES: Final = "SELECT ?g (COUNT(*) AS ?n) { ?s a ?g } GROUP BY ?g ORDER BY DESC(?n) ?g LIMIT 50"
_TITLE_TH: Final = "กราฟความรู้มาตรฐานและกฎหมายรัฐบาลดิจิทัลของไทย"
_TITLE_EN: Final = "Knowledge graph of Thai digital-government standards and laws"
_Node = NamedNode | BlankNode


class Counts:
    """How many triples the graph has, in all, by graph and by class (asked of the engine)."""

    def __init__(self, engine: Engine) -> None:
        self.all = self._ask(engine, _TRIPLES)[0][1]
        self.graphs = self._ask(engine, _COUNTS)
        self.classes = self._ask(engine, _CLASSES)

    @staticmethod
    def _ask(engine: Engine, query: str) -> list[tuple[str, int]]:
        rows = json.loads(whole(engine.ask(Job(query, "json"), "description")))
        return [
            (row["g"]["value"] if "g" in row else "", int(row["n"]["value"]))
            for row in rows["results"]["bindings"]
        ]


def description(address: str, counts: Counts, functions: Sequence[str], form: str) -> bytes:
    """Return the description.

    :param address: the endpoint's own address.
    :param functions: IRIs of extension functions.
    :param form: one of :data:`graph.forms.GRAPHS`.
    """
    triples: list[Triple] = []
    service, dataset, default = (BlankNode(name) for name in ("service", "dataset", "default"))

    def say(subject: _Node, predicate: str, value: _Node | Literal) -> None:
        triples.append(Triple(subject, NamedNode(predicate), value))

    kind = ontology.PREFIXES["rdf"] + "type"
    title = ontology.PREFIXES["dcterms"] + "title"
    say(service, kind, NamedNode(SD + "Service"))
    say(service, SD + "endpoint", NamedNode(address))
    say(service, SD + "supportedLanguage", NamedNode(SD + "SPARQL11Query"))
    say(service, SD + "feature", NamedNode(SD + "UnionDefaultGraph"))
    for name in _RESULTS:
        say(service, SD + "resultFormat", NamedNode(_FORMATS + name))
    for iri in functions:
        say(service, SD + "extensionFunction", NamedNode(iri))
        say(NamedNode(iri), kind, NamedNode(SD + "Function"))
    if functions:
        triples += [triple for triple in function_triples(service) if triple not in triples]
    say(service, SD + "defaultDataset", dataset)
    say(dataset, kind, NamedNode(SD + "Dataset"))
    say(dataset, kind, NamedNode(VOID + "Dataset"))
    say(dataset, title, Literal(_TITLE_TH, language="th"))
    say(dataset, title, Literal(_TITLE_EN, language="en"))
    say(dataset, VOID + "sparqlEndpoint", NamedNode(address))
    say(dataset, VOID + "uriSpace", Literal(ontology.BASE))
    say(dataset, VOID + "vocabulary", NamedNode(ontology.NS))
    _count(say, dataset, counts.all)
    say(dataset, SD + "defaultGraph", default)
    say(default, kind, NamedNode(SD + "Graph"))
    _count(say, default, counts.all)
    for number, (iri, triples_in) in enumerate(counts.graphs):
        named, graph = BlankNode(f"named{number}"), BlankNode(f"graph{number}")
        say(dataset, SD + "namedGraph", named)
        say(named, kind, NamedNode(SD + "NamedGraph"))
        say(named, SD + "name", NamedNode(iri))
        say(named, SD + "graph", graph)
        say(graph, kind, NamedNode(SD + "Graph"))
        _count(say, graph, triples_in)
    for number, (iri, entities) in enumerate(counts.classes):
        part = BlankNode(f"class{number}")
        say(dataset, VOID + "classPartition", part)
        say(part, VOID + "class", NamedNode(iri))
        say(part, VOID + "entities", _integer(entities))
    prefixes = {"sd": SD, "void": VOID, "formats": _FORMATS} | {
        name: ontology.PREFIXES[name] for name in ("m", "graph", "dcterms", "xsd")
    }
    return serialize(triples, format=GRAPHS[form], prefixes=prefixes) or b""


def _count(say: Callable[[_Node, str, Literal], None], subject: _Node, number: int) -> None:
    say(subject, VOID + "triples", _integer(number))


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(ontology.PREFIXES["xsd"] + "integer"))
