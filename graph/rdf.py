"""The store as rdflib sees it, for tools that speak rdflib."""

import rdflib
from oxrdflib import OxigraphStore
from pyoxigraph import Store


def as_dataset(store: Store) -> rdflib.Dataset:
    """Return the store through rdflib's API, all named graphs as one; nothing is copied."""
    return rdflib.Dataset(OxigraphStore(store=store), default_union=True)


def in_memory(store: Store) -> rdflib.Graph:
    """Return the union of all graphs in rdflib's own memory.

    pySHACL needs this: on other stores it reports false ``sh:in`` findings.
    """
    graph = rdflib.Graph()
    for triple in as_dataset(store).triples((None, None, None)):
        graph.add(triple)
    return graph
