"""Reasoning over the ontology and any individuals with HermiT, an OWL 2 DL reasoner."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import owlready2
from rdflib import Graph
from rdflib.namespace import OWL, RDF

import ontology


class NoJavaError(RuntimeError):
    """HermiT needs a Java runtime and there is none."""


@dataclass(frozen=True)
class Reasoning:
    """What the reasoner found: names of unsatisfiable classes, and types of each individual."""

    consistent: bool
    unsatisfiable: list[str]
    types: dict[str, set[str]]


def vocabulary() -> Graph:
    """Return the ontology as an rdflib graph."""
    return Graph().parse(data=ontology.vocabulary_file().read_bytes(), format="turtle")


def knowledge() -> Graph:
    """Return the shipped knowledge, all files as one rdflib graph."""
    graph = Graph()
    for file in ontology.knowledge_files():
        graph.parse(data=file.read_bytes(), format="turtle")
    return graph


def reason(individuals: Graph) -> Reasoning:
    """Run HermiT over the ontology with these individuals.

    Literals of datatypes outside OWL 2's own list (dates, durations) are passed over.

    :raises NoJavaError: there is no Java runtime.
    """
    if shutil.which("java") is None:
        raise NoJavaError("HermiT needs Java: apt-get install default-jre-headless")
    world = owlready2.World()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.nt"
        (vocabulary() + individuals + _declared(individuals)).serialize(
            path, format="nt", encoding="utf-8"
        )
        loaded = world.get_ontology(path.as_uri()).load()
    try:
        with loaded:
            owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Reasoning(False, [], {})
    types = {i.iri: {c.iri for c in i.is_a if hasattr(c, "iri")} for i in world.individuals()}
    unsatisfiable = [c.iri for c in world.inconsistent_classes() if c is not owlready2.Nothing]
    return Reasoning(True, unsatisfiable, types)


def _declared(individuals: Graph) -> Graph:
    # owlready2 reports inferred types of declared individuals only.
    graph = Graph()
    for node in individuals.subjects(RDF.type, None):
        graph.add((node, RDF.type, OWL.NamedIndividual))
    return graph
