"""Files of records laid out as tasks, the same way each time."""

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import InputError
from ingest.records.limits import Limits
from ingest.records.sniffing import SUFFIXES

_MOST_TASKS: Final = 10_000


@dataclass(frozen=True)
class Part:
    """A file of records, or some row groups of a large Parquet file.

    :param name: what the report calls the file.
    :param linked: whether these are records that links lead to.
    :param groups: the first row group and the one after the last; None for the whole file.
    """

    path: str
    name: str
    dataset: str
    size: int
    changed: int
    linked: bool = False
    groups: tuple[int, int] | None = None

    @property
    def first(self) -> bool:
        """Whether it has the start of the file."""
        return self.groups is None or self.groups[0] == 0


@dataclass(frozen=True)
class Task:
    """What is checked in one go."""

    parts: tuple[Part, ...]

    def key(self, job: str) -> str:
        """Return a name for the results: another one once a file or the job is another."""
        about = [job, *(asdict(part) for part in self.parts)]
        return sha256(json.dumps(about, ensure_ascii=False).encode()).hexdigest()[:32]


def files_of(paths: Iterable[Path], out: Path) -> tuple[list[Path], list[Path]]:
    """Return the files of records in folders and their folders, and the files of other kinds.

    Hidden files are passed over, as are those that begin with ``_``: Spark and Hadoop write such.

    :param out: the folder of the results, which is no input.
    :raises InputError: there is no such folder, or nothing in it.
    """
    found: list[Path] = []
    skipped: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = list(_walk(path, out.absolute()))
        known = [file for file in inside if file.suffix.lower() in SUFFIXES]
        if not known:
            raise InputError(
                f"โฟลเดอร์ {path} ไม่มีไฟล์ระเบียน (เช่น .csv .parquet .xlsx)",
                f"the folder {path} has no files of records (such as .csv, .parquet, .xlsx)",
            )
        found += known
        skipped += [file for file in inside if file.suffix.lower() not in SUFFIXES]
    return list(dict.fromkeys(found)), skipped


def _walk(folder: Path, out: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(
            f"เปิดโฟลเดอร์ {folder} ไม่ได้ ตรวจสิทธิ์การอ่าน",
            f"cannot open the folder {folder}; check your right to read it",
        ) from error
    for each in entries:
        if each.name.startswith((".", "_")) or each.absolute() == out:
            continue
        if each.is_dir():
            yield from _walk(each, out)
        else:
            yield each


def parts_of(
    files: Sequence[Path], names: Sequence[str], dataset: str, *, linked: bool = False
) -> list[Part]:
    """Return files as parts.

    :raises InputError: a file is not there.
    """
    return [
        Part(str(path.absolute()), name, dataset, *_about(path), linked)
        for path, name in zip(files, names, strict=True)
    ]


def _about(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError as error:
        raise InputError(f"ไม่พบไฟล์ {path}", f"there is no file {path}") from error
    return about.st_size, about.st_mtime_ns


def lay_out(parts: Sequence[Part], limits: Limits) -> list[Task]:
    """Return the tasks: small files together, large Parquet files divided."""
    block = max(limits.task_bytes, sum(part.size for part in parts) // _MOST_TASKS)
    tasks: list[Task] = []
    together: list[Part] = []
    for part in parts:
        if together and sum(p.size for p in together) + part.size > block:
            tasks.append(Task(tuple(together)))
            together = []
        if part.size < block:
            together.append(part)
        else:
            tasks += [Task((piece,)) for piece in _divided(part, block)]
    return [*tasks, Task(tuple(together))] if together else tasks


def _divided(part: Part, block: int) -> Iterator[Part]:
    """Yield runs of row groups of about the size of a block."""
    try:
        with Path(part.path).open("rb") as file:
            if file.read(4) != b"PAR1":
                raise ValueError("no Parquet")
            about = pq.read_metadata(file)
    except (OSError, ValueError, pa.ArrowException):
        # Whoever reads it says what is wrong with it.
        yield part
        return
    groups = about.num_row_groups
    runs = min(groups, part.size // block)
    if runs < 2:
        yield part
        return
    rows = list(accumulate((about.row_group(n).num_rows for n in range(groups)), initial=0))
    cuts = {bisect_left(rows, rows[-1] * run / runs) for run in range(runs)} | {groups}
    for first, last in pairwise(sorted(cuts)):
        yield replace(part, groups=(first, last))
