"""How much a file of records may ask of the machine; each limit is a setting."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph.settings import from_environment
from shapes.kept import MOST_HELD

PREFIX: Final = "MATTRA_RECORDS_"


@dataclass(frozen=True)
class Limits:
    """Limits of reading, each set by an environment variable such as MATTRA_RECORDS_MAX_BYTES.

    :param max_bytes: size of the file.
    :param block_bytes: text that is read and held at a time.
    :param max_line_bytes: one line of text, or one record whose cells span several.
    :param max_cell_chars: characters of one cell; 32,767 is what a spreadsheet holds.
    :param max_columns: cells of the header.
    :param max_unzipped_bytes: what a packed workbook may unpack to.
    :param max_zip_ratio: how often larger than packed a part of a workbook may be.
    :param chunk_rows: rows of one frame handed on.
    :param max_xml_depth: elements or JSON values within one another.
    :param max_row_findings: rows that are named; more of them are only counted.
    :param max_triples: triples of RDF that is unlike a table.
    :param held_bytes: columns that rules across records need; more of them go to the disk.
    :param task_bytes: files that Spark checks in one task, if they can be divided or are small.
    """

    max_bytes: int = 50_000_000_000
    block_bytes: int = 16 * 2**20
    max_line_bytes: int = 2**20
    max_cell_chars: int = 32_767
    max_columns: int = 1_000
    max_unzipped_bytes: int = 512 * 2**20
    max_zip_ratio: int = 200
    chunk_rows: int = 100_000
    max_xml_depth: int = 16
    max_row_findings: int = 10_000
    max_triples: int = 1_000_000
    held_bytes: int = MOST_HELD
    task_bytes: int = 16 * 2**20

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Limits":
        """Return the limits, with those that the environment sets.

        :raises InputError: a setting that is not a positive integer.

        >>> Limits.from_environment({"MATTRA_RECORDS_MAX_COLUMNS": "50"}).max_columns
        50
        """
        return from_environment(cls, PREFIX, environment)
