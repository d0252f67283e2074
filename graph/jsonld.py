"""JSON-LD for reading: a context made from the ontology, and documents compacted by it.

The context travels inside each document, cut to the terms that the document uses, so that a
reader need not fetch anything. The same context as a whole is what ``/context.jsonld`` serves.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

import ontology
from ontology.tax import vocabulary_files

_RDF: Final = ontology.PREFIXES["rdf"]
_RDFS: Final = ontology.PREFIXES["rdfs"]
_OWL: Final = ontology.PREFIXES["owl"]
_XSD: Final = ontology.PREFIXES["xsd"]
_TYPE: Final = _RDF + "type"
_STRING: Final = _XSD + "string"
_LANGUAGES: Final = {
    "m:summary", "m:sampleQuestion", "m:action", "m:trigger", "m:exception", "m:deadlineFrom",
    "m:note", "m:feature", "dcterms:title", "dcterms:description", "rdfs:label", "skos:prefLabel",
    "skos:altLabel", "skos:hiddenLabel", "skos:definition", "skos:scopeNote",
}  # fmt: skip
"""Properties whose values are texts by language: ``{"th": …, "en": …}``."""

_TYPED: Final = {
    "eli:date_document": "xsd:date", "eli:date_publication": "xsd:date",
    "eli:first_date_entry_in_force": "xsd:date", "eli:date_no_longer_in_force": "xsd:date",
}  # fmt: skip
"""Datatypes that the other vocabularies give their properties."""


@cache
def terms() -> dict[str, dict[str, str]]:
    """Return the definition of each term, by name: our own properties bare, others as CURIEs.

    A term's definition says that its values are nodes (``@type: @id``), of a datatype, or texts
    by language, as the ontology says of the property.
    """
    properties: dict[str, dict[str, str]] = {}
    for file in (ontology.vocabulary_file(), vocabulary_files()["tax"]):
        for quad in parse(file.read_bytes(), format=RdfFormat.TURTLE):
            _note(properties, quad)
    found: dict[str, dict[str, str]] = {}
    for iri, about in sorted(properties.items()):
        curie = shorten(iri)
        name = iri.removeprefix(ontology.NS) if iri.startswith(ontology.NS) else curie
        if name == iri or (name != curie and name in ontology.PREFIXES):
            continue
        if curie in _LANGUAGES:
            about = {"@container": "@language"}
        elif curie in _TYPED:
            about = {"@type": _TYPED[curie]}
        found[name] = {"@id": curie, **about}
    for curie in sorted(_LANGUAGES - found.keys()):
        if not curie.startswith("m:"):
            found[curie] = {"@id": curie, "@container": "@language"}
    return found


def _note(properties: dict[str, dict[str, str]], quad: Quad) -> None:
    if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode):
        return
    iri, predicate, value = quad.subject.value, quad.predicate.value, quad.object.value
    if predicate == _TYPE and value == _OWL + "ObjectProperty":
        properties.setdefault(iri, {})["@type"] = "@id"
    elif predicate == _TYPE and value in (_OWL + "AnnotationProperty", _OWL + "DatatypeProperty"):
        properties.setdefault(iri, {})
    elif predicate == _RDFS + "range" and value.startswith(_XSD) and value != _STRING:
        properties.setdefault(iri, {})["@type"] = shorten(value)


def context() -> dict[str, Any]:
    """Return the whole context, as ``{"@context": …}``.

    >>> context()["@context"]["deadline"]
    {'@id': 'm:deadline', '@type': 'xsd:duration'}
    """
    return {"@context": {**ontology.PREFIXES, **terms()}}


@cache
def _longest_first() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((s, p) for p, s in ontology.PREFIXES.items()), key=lambda x: -len(x[0])))


def shorten(iri: str) -> str:
    """Return an IRI as prefix and name where a prefix fits, else as it is.

    >>> shorten("https://w3id.org/mattra/id/pdpa-2562/37(4)")
    'id:pdpa-2562/37(4)'
    """
    for space, prefix in _longest_first():
        name = iri.removeprefix(space)
        if name != iri and name and not name.startswith("//"):
            return f"{prefix}:{name}"
    return iri


def compact(triples: Iterable[Triple], root: str) -> dict[str, Any]:
    """Return triples as one compacted document, the node ``root`` first.

    A node that only the root leads to, by one property, stands inside it; others follow in
    ``@graph``. Expanding the document gives the same triples.
    """
    ordered = sorted(set(triples), key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    nodes = {
        _name(subject): list(group) for subject, group in groupby(ordered, key=lambda t: t.subject)
    }
    leads: dict[str, list[str]] = {}
    for triple in ordered:
        if isinstance(triple.object, NamedNode | BlankNode):
            leads.setdefault(_name(triple.object), []).append(_name(triple.subject))
    inside = {
        name for name in nodes if name != root and leads.get(name) == [root] and root in nodes
    }
    used: dict[str, Any] = {}
    rest = [name for name in nodes if name not in inside and name != root]
    written = [
        _node(name, nodes, inside, used) for name in ([root] if root in nodes else []) + rest
    ]
    body = written[0] if len(written) == 1 else {"@graph": written}
    return {"@context": {**_prefixes(used, body), **used}, **body}


def _name(node: object) -> str:
    return f"_:{node.value}" if isinstance(node, BlankNode) else node.value  # type: ignore[attr-defined]


def _node(
    name: str, nodes: dict[str, list[Triple]], inside: set[str], used: dict[str, Any]
) -> dict[str, Any]:
    types = [shorten(t.object.value) for t in nodes[name] if _is_type(t)]  # type: ignore[union-attr]
    written: dict[str, Any] = {"@id": shorten(name)}
    for kind in types:
        _add(written, "@type", kind)
    for predicate, group in groupby(nodes[name], key=lambda t: t.predicate.value):
        for triple in group:
            if _is_type(triple):
                continue
            value = triple.object
            key, term = _term_of(predicate)
            if isinstance(value, NamedNode | BlankNode):
                target = _name(value)
                if target in inside:
                    _use(used, key, term)
                    _add(written, key, _node(target, nodes, inside, used))
                    continue
            _write(written, used, (predicate, key, term), value)
    return written


def _is_type(triple: Triple) -> bool:
    return triple.predicate.value == _TYPE and isinstance(triple.object, NamedNode)


def _write(
    written: dict[str, Any], used: dict[str, Any], how: tuple[str, str, dict[str, str]], value: Any
) -> None:
    predicate, key, term = how
    coerced = term.get("@type")
    if isinstance(value, Literal):
        kind = value.datatype.value
        if term.get("@container") and value.language:
            _use(used, key, term)
            _add(written.setdefault(key, {}), value.language, value.value)
        elif not term.get("@container") and coerced == shorten(kind):
            _use(used, key, term)
            _add(written, key, value.value)
        elif not term and kind == _STRING:
            _add(written, key, value.value)
        else:
            _add(written, predicate if term else key, _literal(value))
        return
    if coerced == "@id":
        _use(used, key, term)
        _add(written, key, shorten(_name(value)))
    else:
        _add(written, predicate if term else key, {"@id": shorten(_name(value))})


def _literal(value: Literal) -> dict[str, str]:
    if value.language:
        return {"@value": value.value, "@language": value.language}
    kind = value.datatype.value
    return {"@value": value.value} | ({} if kind == _STRING else {"@type": shorten(kind)})


@cache
def _by_iri() -> dict[str, str]:
    return {about["@id"]: name for name, about in terms().items()}


def _term_of(predicate: str) -> tuple[str, dict[str, str]]:
    """Return the key of a property and the definition it needs; none for a plain CURIE."""
    curie = shorten(predicate)
    name = _by_iri().get(curie, curie)
    about = terms().get(name, {})
    return name, about if about.keys() - {"@id"} or name != curie else {}


def _use(used: dict[str, Any], key: str, term: dict[str, str]) -> None:
    if term:
        used[key] = term


def _add(written: dict[str, Any], key: str, value: Any) -> None:
    earlier = written.get(key)
    if earlier is None:
        written[key] = value
    elif isinstance(earlier, list):
        earlier.append(value)
    else:
        written[key] = [earlier, value]


def _prefixes(used: dict[str, Any], body: dict[str, Any]) -> dict[str, str]:
    wanted = {text.partition(":")[0] for text in _texts([used, body])}
    return {prefix: space for prefix, space in ontology.PREFIXES.items() if prefix in wanted}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key != "@value":
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value
