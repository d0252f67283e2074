"""How to break the rules on payments that compare cells."""

from typing import Final

from graph.thai import BUDDHIST_OFFSET
from ingest.records.defect import (
    Change,
    Defect,
    Record,
    Together,
    added,
    column,
    has,
    is_,
    money,
    number,
    put,
    repeated,
    single,
)  # fmt: skip
from ingest.records.defects_common import YEARLY, only_where, wrong_check_digit

WHOLE: Final = is_("instalmentCount", "1")
"""Tax paid at once: a change to it leaves the other instalments of a tax as they are."""
_ON_TIME: Final = is_("lateCase", "on-time")
_LATE: Final = has("lateCase") & ~_ON_TIME & is_("extensionGranted", "false")
_FIRST: Final = (
    is_("instalmentNumber", "1") & is_("instalmentCount", "3") & _ON_TIME & _ON_TIME.shift(-1)
)
_ALL_THREE: Final = (0, 1, 2)


def _split(count: int) -> Change:
    """Make of a payment the first instalment of some."""

    def change(record: Record, n: int) -> Record:
        due = number(record, "taxDue")
        equal = due * 100 // count / 100
        amount = money(due - (count - 1) * equal)
        return {"instalmentCount": str(count), "instalmentAmount": amount, "amountPaid": amount}

    return change


def _first_by(amount: str) -> Together:
    def change(records: list[Record], n: int) -> list[Record]:
        return [added("instalmentAmount", "amountPaid", amount=amount)(records[0], n), {}, {}]

    return change


def _unequal(records: list[Record], n: int) -> list[Record]:
    more = added("instalmentAmount", "amountPaid", amount="100.00")
    less = added("instalmentAmount", "amountPaid", amount="-100.00")
    return [less(records[0], n), more(records[1], n)]


def _same_number(records: list[Record], n: int) -> list[Record]:
    last = records[1]
    return [{"instalmentNumber": last["instalmentNumber"], "dueDate": last["dueDate"]}, {}]


def _day(month_day: str, years: int = 0) -> Change:
    def change(record: Record, n: int) -> Record:
        return {"paidDate": f"{int(record['taxYear'] or 0) - BUDDHIST_OFFSET + years}-{month_day}"}

    return change


def _due_later(record: Record, n: int) -> Record:
    return {"dueDate": f"{int(record['taxYear'] or 0) - BUDDHIST_OFFSET}-07-15"}


def _month_more(record: Record, n: int) -> Record:
    return {"monthsLate": str(int(record["monthsLate"] or 0) + 1)}


def _no_penalty(record: Record, n: int) -> Record:
    paid = number(record, "amountPaid") - number(record, "penalty")
    return {"penalty": "0.00", "amountPaid": money(paid)}


_ONE: Final = only_where(
    WHOLE,
    (
        *YEARLY,
        single("LBT-012", "ownerId", has("ownerId"), wrong_check_digit),
        single(
            "LBT-604",
            "assessmentId",
            has("assessmentId"),
            put(assessmentId="none-{n}"),
            linked="assessment",
        ),
        single(
            "LBT-605",
            "taxDue",
            _ON_TIME,
            added("taxDue", "instalmentAmount", "amountPaid"),
            linked="assessment",
        ),
        single("LBT-608", "instalmentCount", _ON_TIME & (column("taxDue") > 3000), _split(2)),
        single(
            "LBT-609",
            "instalmentCount",
            _ON_TIME & (column("taxDue") < 3000) & (column("taxDue") > 1),
            _split(3),
        ),
        single("LBT-612", "instalmentNumber", has("taxDue"), put(instalmentNumber="2")),
        # On a late payment, penalty and surcharge would be too much for it.
        single("LBT-615", "instalmentAmount", _ON_TIME, put(instalmentAmount="-1")),
        single(
            "LBT-616",
            "instalmentAmount",
            _ON_TIME & (column("taxDue") > 200),
            added("instalmentAmount", "amountPaid", amount="-100.00"),
        ),
        single("LBT-621", "dueDate", _ON_TIME, _due_later),
        # Where time was granted, penalty and surcharge hang on it.
        single(
            "LBT-622",
            "extensionGranted",
            is_("extensionGranted", "false"),
            put(extensionGranted="ไม่ทราบ"),
        ),
        single("LBT-624", "paidDate", _ON_TIME, put(paidDate="2099-06-15")),
        single("LBT-625", "paidDate", _ON_TIME, _day("06-15", -1)),
        single("LBT-626", "paidDate", _ON_TIME & (column("amountPaid") > 1), put(paidDate=None)),
        single("LBT-628", "lateCase", _LATE, put(lateCase="on-time")),
        single("LBT-629", "lateCase", _LATE, put(lateCase=None)),
        single("LBT-631", "monthsLate", _LATE, _month_more),
        single("LBT-633", "penalty", _ON_TIME, added("penalty", "amountPaid", amount="100.00")),
        single("LBT-634", "penalty", _LATE, added("penalty", "amountPaid", amount="100.00")),
        single("LBT-635", "penalty", _LATE & (column("penalty") > 1), _no_penalty),
        single("LBT-637", "surcharge", _ON_TIME, added("surcharge", "amountPaid", amount="10.00")),
        single("LBT-638", "surcharge", _LATE, added("surcharge", "amountPaid", amount="10.00")),
        single("LBT-640", "amountPaid", has("amountPaid"), added("amountPaid", amount="100.00")),
        single(
            "LBT-641", "amountPaid", column("amountPaid") > 2, added("amountPaid", amount="-1.00")
        ),
        single("LBT-645", "dueDate", ~has("paidDate"), put(dueDate="2099-06-30")),
        repeated("LBT-603", "paymentId"),
    ),
)
PAYMENT: Final = (
    *_ONE,
    Defect(
        "LBT-613",
        "instalmentNumber",
        is_("instalmentNumber", "2") & _ON_TIME,
        _same_number,
        span=2,
        blamed=(0, 1),
    ),
    Defect("LBT-617", "instalmentAmount", _FIRST, _first_by("100.00"), span=3, blamed=_ALL_THREE),
    Defect("LBT-618", "instalmentAmount", _FIRST, _first_by("-100.00"), span=3, blamed=_ALL_THREE),
    Defect("LBT-619", "instalmentAmount", _FIRST, _unequal, span=2, blamed=(0, 1)),
)
