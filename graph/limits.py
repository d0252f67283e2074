"""What one query may cost, and the errors of those that cost more.

The status tells a client whether asking again can help: 429 and 503 with ``Retry-After`` can, 413
and 504 want another query.
"""

from dataclasses import dataclass
from typing import Final

from graph.errors import QueryError
from graph.settings import from_environment

MIB: Final = 1 << 20


@dataclass(frozen=True)
class QueryLimits:
    """Limits of the SPARQL endpoint; ``MATTRA_SPARQL_<NAME>`` replaces each.

    ``timeout`` and ``wait`` are seconds (of one query with its answer; in the queue), ``rows``
    rows or triples, ``bytes`` those of one answer, ``length`` bytes of one query, ``memory`` MiB
    of one worker, ``per_client`` queries of one address that run or wait, ``queue`` queries that
    wait in all.
    """

    timeout: float = 30.0
    wait: float = 10.0
    rows: int = 1_000_000
    bytes: int = 1_000_000_000
    length: int = 100_000
    workers: int = 4
    per_client: int = 16
    queue: int = 64
    memory: int = 1024

    @classmethod
    def from_environment(cls) -> "QueryLimits":
        """Return the limits with what the environment sets of them.

        :raises InputError: a setting is no number.
        """
        return from_environment(cls, "MATTRA_SPARQL_")


class LimitError(QueryError):
    """A query that is refused or stopped for what it costs, or for the state of the service.

    :param status: the HTTP status that says so.
    :param retry_after: whole seconds after which the same query may do, if that helps.
    """

    def __init__(self, status: int, th: str, en: str, retry_after: int | None = None) -> None:
        super().__init__(th, en)
        self.status = status
        self.retry_after = retry_after


def too_slow(seconds: float) -> LimitError:
    """Return the error of a query whose time is over (504: it would be so again)."""
    return LimitError(
        504,
        f"คำสั่งใช้เวลาเกิน {seconds:g} วินาทีจึงถูกหยุด จำกัดด้วย LIMIT หรือเงื่อนไขที่แคบลง",
        f"the query took more than {seconds:g} s and was stopped; add LIMIT or narrow it",
    )


def too_much_memory(mib: int) -> LimitError:
    """Return the error of a query that wanted more memory than one may have."""
    return LimitError(
        413,
        f"คำสั่งใช้หน่วยความจำเกิน {mib} MiB จึงถูกหยุด ลดการเรียงลำดับหรือการจัดกลุ่ม หรือใช้ LIMIT",
        f"the query wanted more than {mib} MiB and was stopped; sort or group less, or add LIMIT",
    )


def too_large(limit: int, unit_th: str, unit_en: str) -> LimitError:
    """Return the error of an answer that is larger than one may be."""
    return LimitError(
        413,
        f"ผลมากกว่า {limit:,} {unit_th} แบ่งเป็นช่วงด้วย LIMIT และ OFFSET",
        f"the result has more than {limit:,} {unit_en}; take it in parts by LIMIT and OFFSET",
    )


def too_long(limit: int) -> LimitError:
    """Return the error of a query text that is too long."""
    return LimitError(
        413,
        f"คำสั่งยาวเกิน {limit:,} ไบต์ แบ่งเป็นหลายคำสั่ง",
        f"the query is longer than {limit:,} bytes; split it",
    )


def died() -> LimitError:
    """Return the error of a query whose worker is gone."""
    return LimitError(
        503,
        "กระบวนการที่ตอบคำสั่งนี้หยุดกลางคัน ลองใหม่ หากเป็นอีกให้ลดความซับซ้อนของคำสั่ง",
        "the process that ran this query died; try again, and simplify the query if it recurs",
        retry_after=1,
    )


def too_complex() -> LimitError:
    """Return the error of a query that the engine cannot take apart."""
    return LimitError(
        413,
        "คำสั่งซับซ้อนเกินกว่าที่จะประมวลผลได้ แบ่งเป็นหลายคำสั่ง",
        "the query is too complex for the engine; split it",
    )


def broken_store(reason: str) -> LimitError:
    """Return the error of a service whose graph cannot be opened."""
    return LimitError(
        503,
        f"เปิดกราฟบนดิสก์ไม่ได้: {reason} ตรวจโฟลเดอร์ MATTRA_STORE แล้วเริ่มบริการใหม่",
        f"the graph on disk cannot be opened: {reason}; check the folder MATTRA_STORE",
        retry_after=60,
    )
