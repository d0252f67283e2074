"""What users think of answers: one JSON object a line in ``MATTRA_HOME/feedback.jsonl``.

Nothing of it leaves the machine. What users typed is masked as logs are.
"""

import csv
import fcntl
import io
import json
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from graph.errors import MattraError
from graph.store import fingerprint, home
from ui.serving.logs import masked

FIELDS: Final = ("time", "verdict", "question", "note", "refs", "graph", "version")


class FullError(MattraError):
    """The file of feedback has reached its limit."""

    title = "no space left"
    status = 507


def path() -> Path:
    """Return the file."""
    return home() / "feedback.jsonl"


def keep(
    question: str, verdict: str, note: str, refs: Sequence[str], most_bytes: int
) -> dict[str, Any]:
    """Append one line; return what was kept.

    Lines of several processes never mix: each is one write, made while the file is locked.

    :param verdict: ``up`` or ``down``.
    :param refs: what the answer cited.
    :param most_bytes: that the file may have; beyond it nothing more is kept.
    :raises FullError: it would have more.
    """
    kept: dict[str, Any] = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "verdict": verdict,
        "question": masked(question),
        "note": masked(note),
        "refs": list(refs),
        "graph": fingerprint(),
        "version": version("mattra"),
    }
    line = (json.dumps(kept, ensure_ascii=False) + "\n").encode()
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        before = os.fstat(descriptor).st_size
        if before + len(line) > most_bytes:
            raise FullError(
                "ที่เก็บความเห็นเต็มแล้ว แจ้งผู้ดูแลให้ส่งออกด้วย mattra feedback แล้วลบไฟล์เดิม",
                "the feedback file is full; the operator may export it by mattra feedback and "
                "delete it",
            )
        try:
            written = os.write(descriptor, line)
        except OSError:
            os.ftruncate(descriptor, before)
            raise
        if written < len(line):
            # A full disk takes part of a line; half of one would spoil the next.
            os.ftruncate(descriptor, before)
            raise OSError(28, "no space left on device")
    finally:
        os.close(descriptor)
    return kept


def lines() -> Iterator[dict[str, Any]]:
    """Yield what was kept, oldest first; a line that is no such object is passed over."""
    try:
        with path().open(encoding="utf-8", errors="replace") as file:
            for line in file:
                try:
                    found = json.loads(line)
                except ValueError:
                    continue
                if isinstance(found, dict) and found.keys() >= set(FIELDS):
                    yield found
    except FileNotFoundError:
        return


def as_csv() -> str:
    """Return all of it as CSV with a header, for a spreadsheet.

    A text that a spreadsheet would run as a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    for line in lines():
        cells = (" ".join(line[f]) if f == "refs" else str(line[f]) for f in FIELDS)
        writer.writerow([f"'{cell}" if cell[:1] in tuple("=+-@\t\r") else cell for cell in cells])
    return out.getvalue()
