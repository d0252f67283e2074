"""A day as a person writes it: as numbers or in Thai words, Buddhist years or others."""

from datetime import date

from graph.errors import InputError
from ingest.thai_dates import find_date
from qa.text import normalize


def day_in(text: str) -> date:
    """Return the day that a text names.

    :raises InputError: it names none.

    >>> day_in("2569-01-31"), day_in("31 มกราคม ๒๕๖๙"), day_in("31 ม.ค. 2569")
    (datetime.date(2026, 1, 31), datetime.date(2026, 1, 31), datetime.date(2026, 1, 31))
    """
    from ui.linked.moment import read_day

    try:
        return read_day(text)
    except InputError:
        found = find_date(normalize(text))
        if found is None:
            shown = text.strip()[:40]
            raise InputError(
                f"ไม่รู้ว่า «{shown}» คือวันใด พิมพ์เช่น 31 มกราคม 2569 หรือ 2569-01-31",
                f"«{shown}» names no day; write 2026-01-31, 2569-01-31 or 31 มกราคม 2569",
            ) from None
        return found
