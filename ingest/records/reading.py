"""The one door to files of tax records, whatever their form."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Final

import polars as pl

from graph.errors import InputError
from ingest.records.delimited import Delimited
from ingest.records.folders import with_folders
from ingest.records.graphs import RecordGraph
from ingest.records.headers import HeaderFinding
from ingest.records.journal import NOTES, Journal, RowFinding
from ingest.records.limits import Limits
from ingest.records.rdfs import Rdf
from ingest.records.sniffing import SUFFIXES, check, named_format, sniff
from ingest.records.source import Request, Source
from ingest.records.values import Values
from ontology.tax import Dataset


class Reading:
    """A file of records whose header was read.

    :ivar file: the file's name.
    :ivar format: ``csv``, ``tsv``, ``xlsx``, ``json``, ``ndjson``, ``xml``, ``parquet`` or a
        syntax of RDF.
    :ivar total_bytes: the file's size.
    """

    def __init__(self, request: Request, form: str, source: Source) -> None:
        self.file = request.path.name
        self.path = request.path
        self.format = form
        self.dataset = request.dataset
        self.total_bytes = request.path.stat().st_size
        self.records = 0
        self._request = request
        self._source = source
        self._lock = Lock()
        self._opened = Journal(request.limits.max_row_findings, Counter(request.journal.notes))

    @property
    def encoding(self) -> str | None:
        """What its text is written in; None where that is no question."""
        return self._source.encoding

    @property
    def columns(self) -> dict[str, str]:
        """Names of columns by the header that the file has for them."""
        return self._source.headers.columns

    @property
    def header_row(self) -> int:
        """The row of the header, from 1; 0 where each record names its columns."""
        return getattr(self._source, "header_row", 0)

    @property
    def separator(self) -> str:
        """The delimiter of a text, or nothing."""
        return getattr(self._source, "separator", "")

    @property
    def sheet(self) -> str:
        """Name of the sheet of a workbook that is read, only to be shown, or nothing."""
        return getattr(self._source, "sheet", "")

    @property
    def absent(self) -> frozenset[str]:
        """Names of the data set's columns that the file does not have."""
        if self.irregular:
            return frozenset()
        present = set(self.columns.values())
        return frozenset(c.name for c in self.dataset.columns if c.name not in present)

    @property
    def header_findings(self) -> list[HeaderFinding]:
        """What is wrong with the headers, known before a row is read."""
        return [] if self.irregular else list(self._source.headers.findings)

    @property
    def better(self) -> str:
        """Slug of a data set that the headers fit better, or nothing."""
        return self._source.headers.better

    @property
    def irregular(self) -> bool:
        """Whether these are triples that columns cannot hold, for a triple engine to check.

        There are no chunks then.
        """
        return bool(self.irregular_reason)

    @property
    def irregular_reason(self) -> str:
        """What makes the triples irregular, in English, or nothing."""
        return self._source.irregular if isinstance(self._source, Rdf) else ""

    def graph(self) -> RecordGraph:
        """Return the triples of an irregular file.

        :raises InputError: there are too many.
        :raises ValueError: the file is regular.
        """
        if not isinstance(self._source, Rdf) or not self.irregular:
            raise ValueError(f"{self.file} has chunks")
        with _naming(self.file):
            graph = self._source.graph()
        self.records = len(graph.nodes)
        self._finish()
        return graph

    @property
    def notes(self) -> Counter[str]:
        """How many cells, rows or files were read in another form, by kind; grows with reading."""
        return self._request.journal.notes

    @property
    def row_findings(self) -> list[RowFinding]:
        """Rows that are not as the header says; grows with reading."""
        return self._request.journal.row_findings

    @property
    def row_finding_count(self) -> int:
        """How many such rows there are, also those too many to be kept."""
        return self._request.journal.row_finding_count

    @property
    def bytes_read(self) -> int:
        """Bytes of the file that were read so far."""
        return self._request.journal.bytes_read

    def note_texts(self) -> Iterator[tuple[str, int, str, str]]:
        """Yield the kind, count and Thai and English text of each note, most frequent first."""
        for kind, count in self.notes.most_common():
            yield kind, count, *NOTES[kind]

    def raw_chunks(self) -> Iterator[pl.DataFrame]:
        """Yield frames of texts as the file has them, of any length."""
        self._restart()
        with _naming(self.file):
            yield from self._source.frames()
        self._finish()

    def chunks(self) -> Iterator[pl.DataFrame]:
        """Yield typed frames; each call reads the file anew.

        :raises InputError: the file is damaged further down, or a limit is passed.
        """
        for read in self.parts():
            frame = read()
            if frame.height:
                yield frame

    def parts(self) -> Iterator[Callable[[], pl.DataFrame]]:
        """Yield what makes the typed frames of :meth:`chunks`, to be called in any thread.

        :raises InputError: as :meth:`chunks`; what it yields may raise it too.
        """
        self._restart()
        limits = self._request.limits
        values = Values(
            self.dataset.columns,
            self._request.journal,
            limits.max_cell_chars,
            drop_blank=self._source.drop_blank,
        )
        with _naming(self.file):
            for raw in self._source.frames():
                for part in raw.iter_slices(limits.chunk_rows):
                    yield partial(self._typed, values, part)
        self._finish()

    def _typed(self, values: Values, part: pl.DataFrame) -> pl.DataFrame:
        with _naming(self.file):
            frame = values.read(part)
        with self._lock:
            self.records += frame.height
        return frame

    def _restart(self) -> None:
        journal = self._request.journal
        journal.notes.clear()
        journal.notes.update(self._opened.notes)
        journal.row_findings.clear()
        journal.row_finding_count = journal.bytes_read = self.records = 0

    def _finish(self) -> None:
        journal = self._request.journal
        journal.bytes_read = self.total_bytes
        for kind in ("cp874", "utf-16"):
            if (self.encoding or "").startswith(kind):
                journal.notes[kind] = 1


def open_records(
    path: Path,
    dataset: Dataset,
    limits: Limits | None = None,
    fmt: str | None = None,
    sheet: str | None = None,
    groups: range | None = None,
) -> Reading:
    """Open a file of records: its form, encoding, delimiter and header are found out.

    :param limits: what the file may ask of the machine; by default as the environment sets it.
    :param fmt: the form, where its content shall not decide.
    :param sheet: name of the sheet of a workbook, where it shall not be found.
    :param groups: of a Parquet file, the row groups to be read; all by default.
    :raises InputError: the file cannot be read, or has no known column.
    """
    path = Path(path)
    limits = limits or Limits.from_environment()
    check(path, limits)
    form = named_format(fmt) if fmt else sniff(path, limits)
    request = Request(path, dataset, limits, Journal(limits.max_row_findings))
    suffix = SUFFIXES.get(path.suffix.lower(), form)
    if suffix != form and {suffix, form} not in _ALIKE:
        request.journal.note("other-suffix")
    with _naming(path.name):
        source = _source(request, form, sheet, groups)
    if form in ("csv", "tsv", "parquet"):
        source = with_folders(source, request)
    return Reading(request, form, source)


@contextmanager
def _naming(file: str) -> Iterator[None]:
    """Have every error name the file: there may be many."""
    try:
        yield
    except InputError as error:
        if file in error.en:
            raise
        raise InputError(f"{file}: {error.th}", f"{file}: {error.en}") from error


def _source(request: Request, form: str, sheet: str | None, groups: range | None) -> Source:
    # Libraries for one form are not loaded for another.
    if form in ("csv", "tsv"):
        return Delimited(request)
    if form == "xlsx":
        from ingest.records.excel import Excel

        return Excel(request, sheet)
    if form in ("json", "ndjson"):
        from ingest.records.jsons import Json, NdJson

        return Json(request) if form == "json" else NdJson(request)
    if form == "xml":
        from ingest.records.xmls import Xml

        return Xml(request)
    if form == "parquet":
        from ingest.records.parquets import Parquet

        return Parquet(request, groups)
    return Rdf(request, form)


_ALIKE: Final = ({"csv", "tsv"}, {"json", "ndjson"}, {"json", "jsonld"}, {"xml", "rdf"})
