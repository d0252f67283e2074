"""One job on disk: its state, which every worker of the server can read, and its files."""

import json
import re
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

_ID: Final = re.compile(r"[A-Za-z0-9_-]{32}")
_STATE: Final = "state.json"
_STOP: Final = "stop"


@dataclass(frozen=True)
class JobState:
    """How far a job has come. Times are seconds since 1970; 0 is not yet.

    :param keep: file and findings stay as long as the report.
    """

    id: str
    dataset: str
    format: str
    bytes: int
    state: str = "waiting"
    bytes_read: int = 0
    rows: int = 0
    created: float = field(default_factory=time.time)
    started: float = 0.0
    finished: float = 0.0
    status: int = 0
    title: str = ""
    th: str = ""
    en: str = ""
    keep: bool = False

    @property
    def rows_per_second(self) -> float:
        """Records read for each second of checking so far."""
        if not self.started:
            return 0.0
        return round(self.rows / max((self.finished or time.time()) - self.started, 1e-3), 1)


class JobFiles:
    """The folder of one job."""

    def __init__(self, spool: Path, id_: str) -> None:
        self.id, self.folder = id_, spool / id_

    @classmethod
    def create(cls, spool: Path) -> "JobFiles":
        """Make the folder of a new job, whose id nobody can guess (192 bits)."""
        made = cls(spool, secrets.token_urlsafe(24))
        made.folder.mkdir(mode=0o700)
        made.upload.mkdir()
        return made

    @classmethod
    def find(cls, spool: Path, id_: str) -> "JobFiles | None":
        """Return the job of this id, if there is one."""
        if not _ID.fullmatch(id_):
            return None
        found = cls(spool, id_)
        return found if found.state() else None

    @classmethod
    def all(cls, spool: Path) -> list["JobFiles"]:
        """Return every job of a spool."""
        return [cls(spool, each.name) for each in spool.iterdir() if _ID.fullmatch(each.name)]

    @property
    def upload(self) -> Path:
        """The folder of the file to check, which keeps its own name there."""
        return self.folder / "upload"

    @property
    def report(self) -> Path:
        """The file of the report."""
        return self.folder / "report"

    @property
    def kept(self) -> Path:
        """The folder of the findings, where they are kept."""
        return self.folder / "kept"

    def report_in(self, form: str) -> Path:
        """Return the file of the report in a further form."""
        return self.folder / f"report.{form}"

    @property
    def sent(self) -> Path | None:
        """The file that was sent, as long as it is kept."""
        return next(iter(self.upload.glob("*")), None)

    def state(self) -> JobState | None:
        """Read the state; None where the job is gone."""
        try:
            return JobState(**json.loads((self.folder / _STATE).read_bytes()))
        except (OSError, ValueError):
            return None

    def write(self, state: JobState, /, **changes: Any) -> JobState:
        """Write a state with changes, in one step for those who read it.

        A job that was deleted meanwhile stays so.
        """
        state = replace(state, **changes)
        scratch = self.folder / f"{_STATE}.part"
        with suppress(FileNotFoundError):
            scratch.write_text(json.dumps(asdict(state)), encoding="utf-8")
            scratch.replace(self.folder / _STATE)
        return state

    def ask_to_stop(self) -> None:
        """Tell the worker that has the job, whichever it is, to stop it."""
        with suppress(OSError):
            (self.folder / _STOP).touch()

    @property
    def asked_to_stop(self) -> bool:
        """Whether somebody wants the job stopped, or has deleted it."""
        return (self.folder / _STOP).exists() or not self.folder.exists()

    def delete_upload(self) -> None:
        """Delete what was sent."""
        shutil.rmtree(self.upload, ignore_errors=True)

    def delete(self) -> None:
        """Delete all of the job."""
        shutil.rmtree(self.folder, ignore_errors=True)


def moment(seconds: float) -> str:
    """Return a time as text, in UTC.

    >>> moment(0)
    '1970-01-01T00:00:00Z'
    """
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
