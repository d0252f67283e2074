"""Logs: one JSON object a line on standard error, without personal data."""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, Final

_PERSONAL: Final = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    # Thirteen digits with or without separators: a Thai national or tax id.
    (re.compile(r"(?<![\d๐-๙])[\d๐-๙](?:[ -]?[\d๐-๙]){12}(?![\d๐-๙])"), "[id]"),
    (re.compile(r"(?<![\d๐-๙])(?:\+66|[0๐])(?:[ -]?[\d๐-๙]){8,9}(?![\d๐-๙])"), "[phone]"),
)
_OWN: Final = logging.getLogger("mattra")


def masked(text: str) -> str:
    """Return a text without national ids, phone numbers and e-mail addresses.

    >>> masked("เลข 1-1014-00123-45-6 โทร 081 234 5678 ที่ a.b@example.go.th")
    'เลข [id] โทร [phone] ที่ [e-mail]'
    """
    for pattern, word in _PERSONAL:
        text = pattern.sub(word, text)
    return text


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; what is free text in it is masked."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": masked(record.getMessage()),
        }
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line["error"] = _where(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _where(error: BaseException) -> list[str]:
    """Return the kind of an error and the lines of code it went through.

    Its message is left out: it may repeat what a user sent.
    """
    frames = traceback.extract_tb(error.__traceback__)
    named = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return [type(error).__name__, *named]


def log(event: str, level: int = logging.INFO, **fields: Any) -> None:
    """Write one line of the server's log."""
    _OWN.log(level, event, extra={"fields": fields})


def log_failure(event: str, error: BaseException, **fields: Any) -> None:
    """Write an error that nobody foresaw, with where it came from."""
    _OWN.error(event, exc_info=error, extra={"fields": fields})


def configure() -> None:
    """Send the logs of this process, and of its HTTP server, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name, level in (("mattra", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
