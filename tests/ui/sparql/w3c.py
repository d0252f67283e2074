"""The W3C suite as data: its tests, and whether two results are the same."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import RDF
from rdflib.plugins.sparql.results.rdfresults import RDFResult
from rdflib.query import Result

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
NUMBERS = {str(rdflib.XSD[n]) for n in ("integer", "decimal", "double", "float")}
ACCEPT = {
    "srx": "application/sparql-results+xml",
    "srj": "application/sparql-results+json",
    "tsv": "text/tab-separated-values",
    "csv": "text/csv",
    "ttl": "text/turtle, application/sparql-results+json;q=0.9",
    "rdf": "text/turtle",
}


@dataclass(frozen=True)
class Case:
    """One test: its name, kind, query, the graphs to ask and the result to expect."""

    name: str
    kind: str
    query: Path
    default: list[Path]
    named: list[Path]
    result: Path | None


def cases(folder: Path) -> Iterator[Case]:
    """The query tests of one folder's manifest."""
    graph = rdflib.Graph().parse(
        folder / "manifest.ttl", publicID=(folder / "manifest.ttl").as_uri()
    )
    entries = next(graph.objects(None, MF.entries))
    for test in Collection(graph, entries):
        kind = str(graph.value(test, RDF.type)).rpartition("#")[2]
        action = graph.value(test, MF.action)
        if kind.startswith(("Positive", "Negative")) and "Update" not in kind:
            yield Case(_name(folder, test), kind, _path(action), [], [], None)
        elif kind in ("QueryEvaluationTest", "CSVResultFormatTest"):
            yield Case(
                _name(folder, test),
                kind,
                _path(graph.value(action, QT.query)),
                [_path(each) for each in graph.objects(action, QT.data)],
                [_path(each) for each in graph.objects(action, QT.graphData)],
                _path(graph.value(test, MF.result)),
            )


def _name(folder: Path, test: Any) -> str:
    return f"{folder.name}/{str(test).rpartition('#')[2]}"


def _path(iri: Any) -> Path:
    return Path(str(iri).removeprefix("file://"))


def same(expected: Path, media: str, body: bytes) -> bool:
    """Whether a response holds the result of a file, up to blank nodes and order."""
    ending = expected.suffix[1:]
    if media.startswith("text/turtle"):
        form = "xml" if ending == "rdf" else "turtle"
        return bool(
            isomorphic(
                rdflib.Graph().parse(expected, format=form),
                rdflib.Graph().parse(data=body, format="turtle"),
            )
        )
    if media.startswith("text/csv"):
        # In which order SELECT * gives its columns is left open.
        wanted, got = _table(expected.read_text("utf-8")), _table(body.decode())
        return wanted[0] == got[0] and _same_rows(wanted[1:], got[1:])
    form = {"srx": "xml", "srj": "json", "tsv": "tsv", "ttl": "json"}[ending]
    first = (
        RDFResult(rdflib.Graph().parse(expected))
        if ending == "ttl"
        else Result.parse(io.BytesIO(expected.read_bytes()), format=form)
    )
    second = Result.parse(io.BytesIO(body), format=form)
    if first.type == "ASK":
        return bool(first.askAnswer == second.askAnswer)
    names = sorted(first.vars or [])
    return names == sorted(second.vars or []) and _same_rows(
        [tuple(row.get(n) for n in names) for row in first.bindings],
        [tuple(row.get(n) for n in names) for row in second.bindings],
    )


def _table(text: str) -> list[tuple[str, ...]]:
    """Names and rows of CSV, the columns sorted by name."""
    names, *rows = csv.reader(io.StringIO(text))
    order = sorted(range(len(names)), key=lambda place: names[place])
    return [tuple(row[place] for place in order) for row in [names, *rows]]


def _same_rows(wanted: Sequence[tuple[Any, ...]], got: Sequence[tuple[Any, ...]]) -> bool:
    first, second = [tuple(map(_key, row)) for row in wanted], [tuple(map(_key, r)) for r in got]
    if len(first) != len(second):
        return False
    if not any(kind == "bnode" for row in first for kind, *_ in row):
        return Counter(first) == Counter(second)
    return _matches(first, second, {})


def _matches(first: list[Any], second: list[Any], names: dict[str, str]) -> bool:
    """Match rows one by one, trying each renaming of blank nodes."""
    if not first:
        return True
    for place, row in enumerate(second):
        renamed = dict(names)
        if all(_fits(a, b, renamed) for a, b in zip(first[0], row, strict=True)) and _matches(
            first[1:], second[:place] + second[place + 1 :], renamed
        ):
            return True
    return False


def _fits(a: tuple[str, ...], b: tuple[str, ...], names: dict[str, str]) -> bool:
    if a[0] != "bnode" or b[0] != "bnode":
        return a == b
    if a[1] not in names and b[1] not in names.values():
        names[a[1]] = b[1]
    return names.get(a[1]) == b[1]


def _key(term: Any) -> tuple[str, ...]:
    """What two terms that are the same have in common; numbers and booleans by value."""
    if term is None or (isinstance(term, str) and not isinstance(term, rdflib.term.Identifier)):
        text = term or ""
        return ("bnode", text) if text.startswith("_:") else ("text", text)
    if isinstance(term, rdflib.BNode):
        return ("bnode", str(term))
    if isinstance(term, rdflib.Literal):
        kind = str(term.datatype or rdflib.XSD.string)
        if kind in NUMBERS:
            try:
                return ("number", str(float(term)), kind)
            except ValueError:
                pass
        if kind == str(rdflib.XSD.boolean):
            return ("boolean", {"1": "true", "0": "false"}.get(str(term), str(term)))
        return ("literal", str(term), kind, (term.language or "").lower())
    return ("iri", str(term))
