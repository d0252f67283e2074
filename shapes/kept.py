"""Columns kept of every record until all are read: in memory while they are few, then on disk.

On disk they are divided by the values that records meet in, so that what is decided together is
read together, and each part once.
"""

import tempfile
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import xor
from pathlib import Path
from threading import Lock
from typing import Final

import polars as pl

from shapes.meeting import Meet
from shapes.query import Tables

MOST_HELD: Final = 128 * 2**20
_PARTS: Final = 32
_TOGETHER: Final = 4
_PART: Final = "?part"


class Kept:
    """Takes frames from several threads.

    :param own: slug of the data set that is checked.
    :param meets: the rules that the columns are for.
    :param most: bytes to hold before frames go to a temporary folder.
    """

    def __init__(self, own: str, meets: Sequence[Meet], most: int = MOST_HELD) -> None:
        self._own, self._meets, self._most = own, meets, most
        self._frames: dict[str, list[pl.DataFrame]] = {}
        self._held = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files: dict[tuple[int, str], dict[int, list[Path]]] = {}
        self._lock = Lock()

    def fresh(self) -> "Kept":
        """Return one for the same rules that holds nothing."""
        return Kept(self._own, self._meets, self._most)

    @property
    def spilled(self) -> bool:
        """Whether some are on disk."""
        return self._folder is not None

    def add(self, dataset: str, frame: pl.DataFrame) -> None:
        """Keep a frame of a data set."""
        with self._lock:
            self._frames.setdefault(dataset, []).append(frame)
            self._held += int(frame.estimated_size())
            if self._held > self._most:
                self._write(self.take())

    def take(self) -> dict[str, list[pl.DataFrame]]:
        """Hand over what is in memory, by data set."""
        frames, self._frames, self._held = self._frames, {}, 0
        return frames

    def tables(self) -> Tables:
        """Return what is in memory, by data set."""
        return {name: pl.concat(frames) for name, frames in self._frames.items()}

    def parts(self) -> Iterator[tuple[Meet, Tables]]:
        """Yield what is on disk in parts, each with the rules that it is for."""
        self._write(self.take())
        for number, meet in enumerate(self._meets):
            files = {n: self._files[number, n] for n in meet.sent if (number, n) in self._files}
            for part in files.get(self._own, ()):
                yield (
                    meet,
                    {
                        # Records with other values in these columns stand for there being any.
                        name: pl.concat(map(pl.read_ipc, parts.get(part) or _any_of(parts)))
                        for name, parts in files.items()
                    },
                )

    def _write(self, held: dict[str, list[pl.DataFrame]]) -> None:
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="mattra-")
        for dataset, frames in held.items():
            while frames:
                # Few at a time, each let go when it is written.
                few, frames[:] = frames[:_TOGETHER], frames[_TOGETHER:]
                self._divide(Path(self._folder.name), dataset, pl.concat(few))

    def _divide(self, folder: Path, dataset: str, frame: pl.DataFrame) -> None:
        for number, meet in enumerate(self._meets):
            if dataset not in meet.sent:
                continue
            columns = [name for name in meet.sent[dataset] if name in frame.columns]
            keys = meet.keys.get(dataset, ())
            part = reduce(xor, (pl.col(key).hash() for key in keys), pl.lit(0, pl.UInt64)) % _PARTS
            divided = frame.select(*columns, part.alias(_PART)).partition_by(
                _PART, as_dict=True, include_key=False
            )
            files = self._files.setdefault((number, dataset), {})
            for (place,), rows in divided.items():
                there = files.setdefault(place, [])
                path = folder / f"{number}.{dataset}.{place}.{len(there)}.arrow"
                # Packed files are read, not mapped: what is mapped counts as memory in use.
                rows.write_ipc(path, compression="lz4")
                there.append(path)

    def close(self) -> None:
        """Delete what is on disk."""
        if self._folder:
            self._folder.cleanup()


def _any_of(parts: dict[int, list[Path]]) -> list[Path]:
    """Return a file of any part."""
    return next(iter(parts.values()))[:1]
