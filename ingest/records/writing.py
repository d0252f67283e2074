"""Records written to a file of any format: all of it, or the file stays as it was."""

import os
import tempfile
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl
import pyarrow.parquet as pq

from graph.errors import InputError
from ingest.records.markup import json_lines, xml_elements
from ingest.records.workbooks import write_sheet
from ontology.tax import Dataset, datasets

Frames = Iterable[pl.DataFrame]
_TABLES: Final = ("csv", "tsv", "xlsx")
_FORMULA: Final = r"^[=+\-@\t\r]"
_PLAIN_NUMBER: Final = r"^[+-]?[0-9][0-9,]*(\.[0-9]+)?$"


def write(frames: Frames, dataset: str, fmt: str, path: Path) -> None:
    """Write records whose cells are texts.

    :param fmt: one of :data:`FORMATS`.
    :raises InputError: the format is not known, or the file cannot be written.
    """
    writer = _writer(fmt)
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        scratch = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as handle:
                writer(frames, datasets()[dataset], handle)
            # A temporary file is for its owner only; a new file is as the user's mask says.
            mask = os.umask(0)
            os.umask(mask)
            scratch.chmod(0o666 & ~mask)
            scratch.replace(path)
        except BaseException:
            scratch.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            f"เขียนไฟล์ {path} ไม่ได้ ตรวจโฟลเดอร์และสิทธิ์",
            f"cannot write {path}: {error}; check the folder and its permissions",
        ) from error


def write_to(frames: Frames, dataset: str, fmt: str, handle: BinaryIO) -> None:
    """Write the same to an open file, such as standard output."""
    _writer(fmt)(frames, datasets()[dataset], handle)


def first_row(fmt: str) -> int:
    """Return the number of the first record in a format: a table's header is row 1."""
    return 2 if fmt in _TABLES else 1


def formula_safe(name: str) -> pl.Expr:
    """Put an apostrophe before a text that a spreadsheet would run; numbers stay as they are."""
    value = pl.col(name)
    runs = value.str.contains(_FORMULA) & ~value.str.contains(_PLAIN_NUMBER)
    return pl.when(runs).then(pl.lit("'") + value).otherwise(value).alias(name)


def _writer(fmt: str) -> Callable[[Frames, Dataset, BinaryIO], None]:
    if fmt not in _WRITERS:
        known = ", ".join(FORMATS)
        raise InputError(
            f"ไม่รู้จักรูปแบบ {fmt} เลือกจาก {known}", f"no format {fmt}; choose from {known}"
        )
    return _WRITERS[fmt]


def _csv(frames: Frames, dataset: Dataset, handle: BinaryIO) -> None:
    _delimited(frames, handle, ",")


def _tsv(frames: Frames, dataset: Dataset, handle: BinaryIO) -> None:
    _delimited(frames, handle, "\t")


def _delimited(frames: Frames, handle: BinaryIO, separator: str) -> None:
    for number, frame in enumerate(frames):
        starts = frame.select(pl.col(frame.columns).str.contains(_FORMULA).any()).row(0)
        risky = [name for name, found in zip(frame.columns, starts, strict=True) if found]
        safe = frame.with_columns(formula_safe(name) for name in risky)
        # Without a byte-order mark, Excel shows Thai as noise.
        safe.write_csv(
            handle, separator=separator, include_bom=number == 0, include_header=number == 0
        )


def _json(frames: Frames, dataset: Dataset, handle: BinaryIO) -> None:
    handle.write(b"[")
    before = "\n"
    for lines in (json_lines(frame, dataset) for frame in frames):
        handle.write((before + ",\n".join(lines)).encode())
        before = ",\n"
    handle.write(b"\n]\n")


def _ndjson(frames: Frames, dataset: Dataset, handle: BinaryIO) -> None:
    for frame in frames:
        handle.write(("\n".join(json_lines(frame, dataset)) + "\n").encode())


def _xml(frames: Frames, dataset: Dataset, handle: BinaryIO) -> None:
    handle.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    handle.write(f'<records dataset="{dataset.slug}">\n'.encode())
    for frame in frames:
        handle.write(("\n".join(xml_elements(frame, dataset)) + "\n").encode())
    handle.write(b"</records>\n")


def _parquet(frames: Frames, dataset: Dataset, handle: BinaryIO) -> None:
    each = iter(frames)
    first = next(each, pl.DataFrame())
    table = first.to_arrow()
    with pq.ParquetWriter(handle, table.schema) as writer:
        for frame in chain([first], each):
            writer.write_table(frame.to_arrow())


def _xlsx(frames: Frames, dataset: Dataset, handle: BinaryIO) -> None:
    write_sheet(frames, dataset, handle)


_WRITERS: Final[dict[str, Callable[[Frames, Dataset, BinaryIO], None]]] = {
    "csv": _csv,
    "tsv": _tsv,
    "xlsx": _xlsx,
    "json": _json,
    "ndjson": _ndjson,
    "xml": _xml,
    "parquet": _parquet,
}
FORMATS: Final = tuple(_WRITERS)
"""The formats that records are written in."""
