"""Norms and events said in a sentence, from their facts."""

import re
from typing import Final

from graph.statements import Statement, value_text

_THAI: Final = re.compile("[ก-๎]")


def norm_text(
    norm: Statement, language: str = "th", timed: bool = True, counted: bool = True
) -> str:
    """Say a norm in one sentence: who, what, when, within which time, how much, except when.

    :param timed: whether to say the time; an answer that begins with it need not repeat it.
    :param counted: whether to say amount and rate.
    """
    thai = language == "th"
    if norm.kind == "Penalty":
        return penalty_text(norm, language)
    verb = _VERBS[norm.kind][0 if thai else 1]
    pieces = [_clause(norm.linked("actor", language), verb, norm.one("action", language), thai)]
    if trigger := norm.one("trigger", language):
        pieces.append(f"เมื่อ{trigger.removeprefix('เมื่อ')}" if thai else f"({trigger})")
    if timed:
        pieces.append(time_text(norm, language))
    if counted:
        pieces += [
            value_text(key, norm.one(key), language) for key in ("amount", "rate") if norm.one(key)
        ]
    pieces.append(_exception(norm, language))
    return " ".join(piece for piece in pieces if piece)


def _exception(norm: Statement, language: str) -> str:
    exception = norm.one("exception", language)
    if not exception:
        return ""
    if language == "th":
        return f"เว้นแต่{exception.removeprefix('เว้นแต่')}"
    return f"unless {exception.removeprefix('unless ')}"


def time_text(norm: Statement, language: str = "th") -> str:
    """Say the time limit of a norm, with when it starts: «ภายใน 72 ชั่วโมง นับแต่ทราบเหตุ»."""
    thai = language == "th"
    pieces = []
    if deadline := norm.one("deadline"):
        pieces.append(
            ("ภายใน " if thai else "within ") + value_text("deadline", deadline, language)
        )
        if start := norm.one("deadlineFrom", language):
            pieces.append(f"นับแต่{start.removeprefix('นับแต่')}" if thai else f"from {start}")
    if frequency := norm.one("frequency"):
        pieces.append(("ทุก " if thai else "every ") + value_text("frequency", frequency, language))
    return " ".join(pieces)


def _clause(actor: str, verb: str, action: str, thai: bool) -> str:
    """Join actor, verb and action; Thai words run together, Latin ones keep their space."""
    if not thai:
        return " ".join(piece for piece in (actor, verb, action) if piece)
    text = actor
    for piece in (verb, action):
        apart = bool(text and piece) and not (_THAI.match(text[-1]) and _THAI.match(piece[0]))
        text += (" " if apart else "") + piece
    return text


def penalty_text(norm: Statement, language: str = "th") -> str:
    """Say a penalty in one sentence: who, for what, which measures at most."""
    thai = language == "th"
    pieces = [penalty_case(norm, language)]
    if norm.one("rate") and len(measures_of(norm)) == 1:
        pieces += ["ในอัตรา" if thai else "at", measures_text(norm, language)]
    else:
        pieces.append(("มีโทษ" if thai else "— liable to ") + measures_text(norm, language))
    return " ".join(piece for piece in pieces if piece)


def penalty_case(norm: Statement, language: str = "th") -> str:
    """Say for what a penalty is: who did what, except when."""
    pieces = [norm.linked("actor", language), norm.one("action", language)]
    if exception := _exception(norm, language):
        pieces.append(f"({exception})")
    return " ".join(piece for piece in pieces if piece)


def measures_of(norm: Statement, language: str = "th") -> list[str]:
    """Return the measures of a penalty, each in words: prison first, then fines, then a rate."""
    return [
        words[0 if language == "th" else 1].format(value_text(key, norm.one(key), language))
        for key, words in _MEASURES.items()
        if norm.one(key)
    ]


def measures_text(norm: Statement, language: str = "th") -> str:
    """Say the measures of a penalty: prison or fine, or both where the law says so of both."""
    measures = measures_of(norm, language)
    thai = language == "th"
    if norm.one("imprisonmentMax") and norm.one("fineMax"):
        measures.append("ทั้งจำทั้งปรับ" if thai else "both")
    return (" หรือ" if thai else " or ").join(measures)


def event_text(event: Statement, language: str = "th") -> str:
    """Say a status event in one sentence: what, when, by whom, under which number."""
    thai = language == "th"
    start, end = event.one("from"), event.one("until")
    title = event.one("title", language)
    pieces = [title or _EVENTS[event.kind][0 if thai else 1]]
    if start and end and start != end:
        pieces.append(
            f"ระหว่างวันที่ {value_text('from', start)} ถึง {value_text('until', end)}"
            if thai
            else f"from {value_text('from', start, 'en')} to {value_text('until', end, 'en')}"
        )
    elif start:
        pieces.append(("เมื่อ " if thai else "on ") + value_text("from", start, language))
    if agent := event.linked("agent", language):
        pieces.append(("โดย" if thai else "by ") + agent)
    if (number := event.one("identifier")) and number not in title:
        pieces.append(("เลขที่ " if thai else "no. ") + number)
    if meeting := event.one("meeting"):
        until = event.one("meetingUntil")
        clock = f" ถึง {until[11:16].replace(':', '.')} น." if until and thai else ""
        pieces.append(
            f"ประชุมรับฟังความคิดเห็นวันที่ {value_text('meeting', meeting)}{clock}"
            if thai
            else f"meeting {value_text('meeting', meeting, 'en')}"
        )
    if thai and (gazette := event.one("bibliographicCitation")):
        pieces.append(f"({gazette})")
    if thai and (channel := event.one("channel")):
        pieces.append(f"ช่องทาง {channel}")
    if thai and (signer := event.one("signedBy")):
        pieces.append(f"ลงนามโดย{signer}")
    return " ".join(piece for piece in pieces if piece)


_VERBS = {
    "Duty": ("ต้อง", "must"),
    "Prohibition": ("ต้องไม่", "must not"),
    "Right": ("มีสิทธิ", "has the right to"),
    "Permission": ("อาจ", "may"),
    "Power": ("มีอำนาจ", "has the power to"),
    "Definition": ("", ""),
    "Statement": ("", ""),
}
_MEASURES = {
    "imprisonmentMax": ("จำคุกไม่เกิน {}", "imprisonment up to {}"),
    "fineMax": ("ปรับไม่เกิน {}", "a fine up to {}"),
    "administrativeFineMax": ("ปรับทางปกครองไม่เกิน {}", "an administrative fine up to {}"),
    "dailyFineMax": ("ปรับรายวันไม่เกินวันละ {}", "a daily fine up to {}"),
    "rate": ("{}", "{}"),
}
_EVENTS = {
    "PublicHearing": ("ประชาพิจารณ์", "public hearing"),
    "Approval": ("เห็นชอบ", "approved"),
    "Announcement": ("ประกาศ", "announced"),
    "StatusEvent": ("", ""),
    "Statement": ("", ""),
}
