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

_MOST: Final = 128 * 2**20
_PARTS: Final = 32
_TOGETHER: Final = 4
_PART: Final = "?part"


class Kept:
    """Takes frames from several threads.

    :param most: bytes to hold before frames go to a temporary folder.
    """

    def __init__(self, most: int = _MOST) -> None:
        self.meets: Sequence[Meet] = ()
        self._most = most
        self._frames: dict[str, list[pl.DataFrame]] = {}
        self._held = self._written = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._lock = Lock()

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
        for number, meet in enumerate(self.meets):
            names = [name for name in meet.sent if list(self._files(number, name, "*"))]
            for part in range(_PARTS if meet.keys else 1):
                tables = {}
                for name in names:
                    files = sorted(self._files(number, name, str(part)))
                    # Where there are such records at all, a rule may ask just that.
                    files = files or sorted(self._files(number, name, "*"))[:1]
                    tables[name] = pl.concat([pl.read_ipc(file) for file in files])
                yield meet, tables

    def _files(self, meet: int, dataset: str, part: str) -> Iterator[Path]:
        if self._folder is None:
            return iter(())
        return Path(self._folder.name).glob(f"{meet}.{dataset}.{part}.*.arrow")

    def _write(self, held: dict[str, list[pl.DataFrame]]) -> None:
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="mattra-")
        folder = Path(self._folder.name)
        for dataset, frames in held.items():
            while frames:
                # Few at a time, each let go when it is written.
                few, frames[:] = frames[:_TOGETHER], frames[_TOGETHER:]
                self._divide(folder, dataset, pl.concat(few))

    def _divide(self, folder: Path, dataset: str, frame: pl.DataFrame) -> None:
        for number, meet in enumerate(self.meets):
            if dataset not in meet.sent:
                continue
            columns = [name for name in meet.sent[dataset] if name in frame.columns]
            keys = meet.keys.get(dataset)
            if not keys:
                self._put(folder, f"{number}.{dataset}.0", frame.select(columns))
                continue
            part = reduce(xor, (pl.col(key).hash() for key in keys)) % _PARTS
            divided = frame.select(*columns, part.alias(_PART)).partition_by(
                _PART, as_dict=True, include_key=False
            )
            for (place,), rows in divided.items():
                self._put(folder, f"{number}.{dataset}.{place}", rows)

    def _put(self, folder: Path, name: str, frame: pl.DataFrame) -> None:
        self._written += 1
        # Packed files are read, not mapped: what is mapped counts as memory in use.
        frame.write_ipc(folder / f"{name}.{self._written}.arrow", compression="lz4")

    def close(self) -> None:
        """Delete what is on disk."""
        if self._folder:
            self._folder.cleanup()
