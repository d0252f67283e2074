"""RDF: records of the vocabulary as columns, where they have the shape of a table's row.

Columns hold one value of the right kind for each property. Triples that say anything else mean
something that columns cannot, so the whole file is then left to an engine for triples.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import BinaryIO, Final

import polars as pl
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from graph.errors import InputError
from ingest.records.graphs import RecordGraph, record_graph
from ingest.records.headers import Headers, match
from ingest.records.shape import Text, text_of
from ingest.records.source import Request
from ontology import PREFIXES
from ontology.tax import TAX, datasets

FORMATS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}
_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)|\0", re.I)
_TYPE: Final = PREFIXES["rdf"] + "type"
_BATCH: Final = 20_000
_GATHERED: Final = 1_000_000
"""Triples that are held at a time where those of one record do not stand together."""
_Record = tuple[str, dict[str, str]]


class Rdf:
    """Records in a syntax of RDF.

    :ivar irregular: why columns cannot hold the file, or nothing.
    :raises InputError: not valid RDF, or without a record of the data set.
    """

    encoding = "utf-8"
    drop_blank = False

    def __init__(self, request: Request, form: str) -> None:
        self._request = request
        self._format = FORMATS[form]
        self._columns = {column.iri: column for column in request.dataset.columns}
        self._classes = {dataset.iri: dataset for dataset in datasets().values()}
        self._seen: dict[str, None] = {}
        self._others: dict[str, None] = {}
        self.irregular = ""
        self._scattered = False
        try:
            found = self._count()
        except _ScatteredError:
            self._scattered = True
            found = self._count()
        if not found and not self._has_class():
            raise self._no_record()
        self.headers = self._headers()

    def _count(self) -> int:
        found = 0
        try:
            for _ in self._records():
                found += 1
        except _IrregularError as error:
            self.irregular = str(error)
        return found

    def frames(self) -> Iterator[pl.DataFrame]:
        """Yield frames of texts, with the node of each record as ``focus``.

        :raises ValueError: the file is irregular.
        """
        if self.irregular:
            raise ValueError(f"not a table: {self.irregular}")
        batch: list[_Record] = []
        row = 1
        for record in self._records():
            batch.append(record)
            if len(batch) == _BATCH:
                yield self._frame(batch, row)
                row, batch = row + _BATCH, []
        yield self._frame(batch, row)

    def graph(self) -> RecordGraph:
        """Return the triples as they are.

        :raises InputError: there are too many.
        """
        request = self._request
        most = request.limits.max_triples
        return record_graph(self._quads(), request.dataset, request.path.name, most)

    def _frame(self, batch: list[_Record], row: int) -> pl.DataFrame:
        columns = self.headers.places.values()
        return pl.DataFrame(
            {
                "row": range(row, row + len(batch)),
                "focus": [focus for focus, _ in batch],
                **{c.name: [values.get(c.name) for _, values in batch] for c in columns},
            },
            schema={
                "row": pl.UInt32,
                "focus": pl.String,
                **{c.name: pl.String for c in columns},
            },
        )

    def _headers(self) -> Headers:
        names = list(self._seen) or [self._request.dataset.key.name]
        return match([*names, *self._others], self._request.dataset, self._request.path.name)

    def _records(self) -> Iterator[_Record]:
        """Yield the node and the texts of each record.

        :raises _IrregularError: the triples are more than a table's rows.
        :raises _ScatteredError: a record's triples do not stand together.
        """
        groups = self._gathered() if self._scattered else self._together()
        for node, quads in groups:
            if not isinstance(node, NamedNode | BlankNode):
                raise _IrregularError("a triple is about a triple")
            yield self._record(node, quads)

    def _together(self) -> Iterator[tuple[object, list[Quad]]]:
        done: set[int] = set()
        for node, quads in groupby(self._quads(), key=lambda quad: quad.subject):
            # A hash met by chance only makes the file be read in the other way.
            if hash(node) in done:
                raise _ScatteredError
            done.add(hash(node))
            yield node, list(quads)

    def _gathered(self) -> Iterator[tuple[object, list[Quad]]]:
        groups: dict[object, list[Quad]] = {}
        for number, quad in enumerate(self._quads()):
            if number >= _GATHERED:
                raise _IrregularError("the triples of a record do not stand together")
            groups.setdefault(quad.subject, []).append(quad)
        yield from groups.items()

    def _record(self, node: NamedNode | BlankNode, quads: list[Quad]) -> _Record:
        texts: dict[str, Text] = {}
        classes = set()
        for quad in quads:
            predicate = quad.predicate.value
            if predicate == _TYPE:
                classes.add(getattr(quad.object, "value", ""))
                continue
            column = self._columns.get(predicate)
            if column is None:
                self._others[predicate.removeprefix(TAX)] = None
                raise _IrregularError(f"{predicate} is no column")
            self._seen[column.name] = None
            text = text_of(quad.object, column)
            if text is None:
                raise _IrregularError(f"{node} {column.name}: {quad.object} is no plain cell")
            if texts.setdefault(column.name, text) != text:
                raise _IrregularError(f"{node} has more than one {column.name}")
        if not classes and not self._scattered:
            raise _ScatteredError
        if classes != {self._request.dataset.iri}:
            raise _IrregularError(f"{node} is not of the one class {self._request.dataset.iri}")
        focus = node.value if isinstance(node, NamedNode) else f"_:{node.value}"
        return focus, {name: text.text for name, text in texts.items()}

    def _quads(self) -> Iterator[Quad]:
        journal, path = self._request.journal, self._request.path
        with path.open("rb") as file, self._guarded():
            text = _WithoutEntities(file) if self._format == RdfFormat.RDF_XML else file
            quads = parse(
                text,  # type: ignore[arg-type]
                format=self._format,
                rename_blank_nodes=bool(self.irregular),
            )
            for number, quad in enumerate(quads):
                if not number % 1000:
                    journal.bytes_read = file.tell()
                yield quad

    def _has_class(self) -> bool:
        wanted = self._request.dataset.iri
        return any(
            quad.predicate.value == _TYPE and getattr(quad.object, "value", "") == wanted
            for quad in self._quads()
        )

    def _no_record(self) -> InputError:
        kinds = {
            getattr(q.object, "value", "") for q in self._quads() if q.predicate.value == _TYPE
        }
        other = next((d for iri, d in self._classes.items() if iri in kinds), None)
        name, wanted = self._request.path.name, self._request.dataset
        return InputError(
            f"{name} ไม่มีระเบียนของคลาส {wanted.iri}"
            + (f" แต่มีของชุดข้อมูล {other.slug} ({other.label_th})" if other else ""),
            f"{name} has no record of the class {wanted.iri}"
            + (f"; it has some of the data set {other.slug}" if other else ""),
        )

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        name = self._request.path.name
        try:
            yield
        except (SyntaxError, ValueError, OSError) as error:
            if "LoadDocumentCallback" in str(error):
                raise InputError(
                    f"{name} อ้าง @context ที่อยู่นอกไฟล์ ซึ่งไม่ดึงมา เขียน @context ไว้ในไฟล์",
                    f"{name} names an @context elsewhere, which is not fetched; put it in the file",
                ) from error
            where = getattr(error, "lineno", None)
            place_th, place_en = (f" บรรทัด {where}", f", line {where}") if where else ("", "")
            raise InputError(
                f"{name} ไม่ใช่ RDF ที่ถูกต้อง{place_th}: {error}",
                f"{name} is not valid RDF{place_en}: {error}",
            ) from error


class _WithoutEntities:
    """A file that has no entities of its own: the parser would unfold them without end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._before = b""

    def read(self, size: int = -1) -> bytes:
        """Return some bytes.

        :raises ValueError: they declare an entity, or hide it by UTF-16.
        """
        data = self._file.read(size)
        if _DECLARATION.search(self._before + data):
            raise ValueError("entities, DOCTYPE and UTF-16 are refused; write plain UTF-8 RDF/XML")
        self._before = data[-16:]
        return data


class _ScatteredError(Exception):
    """The triples of one record do not stand together."""


class _IrregularError(Exception):
    """The triples are more than a table can hold."""
