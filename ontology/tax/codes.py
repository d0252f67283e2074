"""The code lists of tax records: what a cell may say, and the concepts that stand for it.

``codes.ttl`` holds the lists of the project, the tax parameters those of land uses and structures;
the areas come from :mod:`ontology.tax.areas`.
"""

from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ontology import CONCEPT, PREFIXES
from ontology.tax.areas import AREAS, areas
from ontology.tax.code import Code, code_iri

__all__ = ["Code", "all_lists", "code_iri", "code_list", "code_lists", "codes_ntriples"]

_SKOS: Final = PREFIXES["skos"]
_TYPE: Final = PREFIXES["rdf"] + "type"
_FILES: Final = ("tax/codes.ttl", "knowledge/land-tax-parameters.ttl")
_OTHER_SCHEMES: Final = {"tax-step"}
"""Schemes of the parameters that no column takes its values from."""

_Facts = dict[str, list[Literal]]


@cache
def code_lists() -> dict[str, dict[str, Code]]:
    """Return the lists by scheme and slug in the order of their files, without the areas.

    >>> code_lists()["building-type"]["506-1"].notation
    '506/1'
    >>> "โฉนด" in code_lists()["title-document"]["chanote"].alt_labels
    True
    """
    facts: dict[str, _Facts] = defaultdict(lambda: defaultdict(list))
    members: list[tuple[str, str]] = []
    for name in _FILES:
        text = files("ontology").joinpath(name).read_bytes()
        for quad in parse(text, format=RdfFormat.TURTLE):
            subject = str(quad.subject)[1:-1]
            if quad.predicate.value == _SKOS + "inScheme" and isinstance(quad.object, NamedNode):
                members.append((quad.object.value.removeprefix(CONCEPT), subject))
            elif isinstance(quad.object, Literal):
                facts[subject][quad.predicate.value].append(quad.object)
    lists: dict[str, dict[str, Code]] = defaultdict(dict)
    for scheme, subject in members:
        if scheme not in _OTHER_SCHEMES:
            slug = subject.removeprefix(f"{CONCEPT}{scheme}/")
            lists[scheme][slug] = _code(scheme, slug, facts[subject])
    return dict(lists)


@cache
def all_lists() -> dict[str, dict[str, Code]]:
    """Return every list by scheme and slug, the areas among them."""
    return {**code_lists(), **areas()}


def code_list(scheme: str) -> dict[str, Code]:
    """Return one list by slug; areas are read only when one of theirs is asked for.

    :raises KeyError: there is no such list.
    """
    return areas()[scheme] if scheme in AREAS else code_lists()[scheme]


@cache
def codes_ntriples() -> bytes:
    """Return every list as N-Triples: scheme, notation, labels, and for areas what is above."""
    lists = all_lists().values()
    return "".join(_lines(code) for members in lists for code in members.values()).encode()


def _code(scheme: str, slug: str, facts: _Facts) -> Code:
    labels = {literal.language: literal.value for literal in facts[_SKOS + "prefLabel"]}
    notations = facts[_SKOS + "notation"]
    return Code(
        scheme,
        slug,
        notations[0].value if notations else slug,
        labels["th"],
        labels["en"],
        tuple(literal.value for literal in facts[_SKOS + "altLabel"]),
    )


def _lines(code: Code) -> str:
    node = f"<{code.iri}>"
    broader = ""
    if code.parent:
        around = AREAS[AREAS.index(code.scheme) - 1]
        broader = f"{node} <{_SKOS}broader> <{code_iri(around, code.parent)}> .\n"
    return (
        f"{node} <{_TYPE}> <{_SKOS}Concept> .\n"
        f"{node} <{_SKOS}inScheme> <{CONCEPT}{code.scheme}> .\n"
        f"{node} <{_SKOS}notation> {_quoted(code.notation)} .\n"
        f"{node} <{_SKOS}prefLabel> {_quoted(code.label_th)}@th .\n"
        f"{node} <{_SKOS}prefLabel> {_quoted(code.label_en)}@en .\n"
        f"{broader}"
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
