"""How far a check has come."""

from collections.abc import Callable

from ingest.records.reading import Reading

Progress = Callable[[int, int, int], None]
"""Called with bytes read, bytes in all and records so far."""


class Meter:
    """Adds up what several files say of themselves."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total, self._progress = total, progress
        self._bytes = self._records = 0

    def tell(self, reading: Reading) -> None:
        """Say how far a file has been read."""
        if self._progress:
            done = self._bytes + reading.bytes_read
            self._progress(done, self._total, self._records + reading.records)

    def close(self, reading: Reading) -> None:
        """Count a file as read."""
        self._bytes += reading.total_bytes
        self._records += reading.records
        if self._progress:
            self._progress(self._bytes, self._total, self._records)
