"""Keeping an ingested graph: whole or not at all, and unchanged when nothing is new."""

from datetime import UTC, datetime

import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

import ontology
from graph.store import CATALOG, INGESTED, home, save_ingested
from graph.view import term

_GENERATED = term("prov:generatedAtTime")


def keep(graph: rdflib.Graph, name: str, title: str, source: str) -> bool:
    """Save a graph under ``graph/ingested/<name>`` and say whether that changed anything.

    :param name: stable for the same source, such as ``pages-<hash>``.
    :param title: what the catalog calls it.
    :param source: IRI of the source it was derived from (PROV).
    :raises InputError: the home folder cannot be written.
    """
    node = NamedNode(INGESTED + name)
    # Parsing our own N-Triples turns rdflib's terms into the store's.
    triples = parse(graph.serialize(format="nt", encoding="utf-8"), format=RdfFormat.N_TRIPLES)
    quads = [Quad(t.subject, t.predicate, t.object, node) for t in triples]
    quads += [
        Quad(node, term("rdf:type"), term("prov:Entity"), CATALOG),
        Quad(node, term("dcterms:title"), Literal(title), CATALOG),
        Quad(node, term("prov:wasDerivedFrom"), NamedNode(source), CATALOG),
    ]
    if _saved(name) == set(_as_stored(quads)):
        return False
    now = Literal(
        datetime.now(UTC).isoformat(timespec="seconds"),
        datatype=NamedNode(ontology.PREFIXES["xsd"] + "dateTime"),
    )
    save_ingested(name, [*quads, Quad(node, _GENERATED, now, CATALOG)])
    return True


def _as_stored(quads: list[Quad]) -> Store:
    """Return the quads as a store keeps them: it writes equal durations alike."""
    store = Store()
    store.extend(quads)
    return store


def _saved(name: str) -> set[Quad]:
    path = home() / "graphs" / f"{name}.nq"
    if not path.exists():
        return set()
    try:
        quads = list(parse(path=str(path), format=RdfFormat.N_QUADS))
    except (SyntaxError, OSError):
        return set()
    return {quad for quad in quads if quad.predicate != _GENERATED}
