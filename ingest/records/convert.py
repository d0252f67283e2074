"""Records in another form: their triples, or a table of columns."""

import io
from collections.abc import Iterator
from typing import BinaryIO, Final

import polars as pl
import pyoxigraph

from graph.errors import InputError
from ingest.records.reading import Reading
from ingest.records.writing import write_to
from ontology import PREFIXES
from shapes.ntriples import to_ntriples

FORMS: Final = ("ttl", "nt", "jsonld", "parquet")
_GRAPHS: Final = {
    "ttl": pyoxigraph.RdfFormat.TURTLE, "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}  # fmt: skip


def convert(reading: Reading, form: str, out: BinaryIO) -> int:
    """Write the records of a file in another form and return how many there are.

    N-Triples and Parquet are written as the file is read; the other graphs are held in memory.

    :param form: one of :data:`FORMS`.
    :raises InputError: the form is not known, or the records are triples already.
    """
    if form not in FORMS:
        raise InputError(
            f"ไม่รู้จักรูปแบบ {form} เลือกจาก {', '.join(FORMS)}",
            f"no form {form}; choose from {', '.join(FORMS)}",
        )
    if reading.irregular:
        raise InputError(
            "ไฟล์นี้เป็นกราฟที่ไม่ตรงกับคอลัมน์ของชุดข้อมูล แปลงไม่ได้",
            "these triples do not have the columns of the data set and cannot be converted",
        )
    if form == "parquet":
        names = [column.name for column in reading.dataset.columns]
        write_to(_tables(reading, names), reading.dataset.slug, form, out)
    elif form == "nt":
        for frame in reading.chunks():
            out.write(to_ntriples(frame, reading.dataset, reading.file))
    else:
        parts = (to_ntriples(f, reading.dataset, reading.file) for f in reading.chunks())
        triples = pyoxigraph.parse(b"".join(parts), pyoxigraph.RdfFormat.N_TRIPLES)
        prefixes = {name: PREFIXES[name] for name in ("t", "xsd", "rdf")}
        pyoxigraph.serialize(
            (quad.triple for quad in triples), out, format=_GRAPHS[form], prefixes=prefixes
        )
    return reading.records


def converted(reading: Reading, form: str) -> bytes:
    """Return the same as bytes."""
    buffer = io.BytesIO()
    convert(reading, form, buffer)
    return buffer.getvalue()


def _tables(reading: Reading, names: list[str]) -> Iterator[pl.DataFrame]:
    for frame in reading.chunks():
        yield frame.select(
            pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name)
            for name in names
        )
