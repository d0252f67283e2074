"""Who a section tells to do something, lets do it, empowers or forbids it.

A role is a name that the graph or the law itself knows, or a noun that only roles begin with
(ปลัด…, คณะกรรมการ…, ผู้ยื่น…), up to the verb that it is the subject of.
"""

import re
from collections.abc import Iterator
from typing import Final

_MODAL: Final = r"(?:ต้อง|อาจ|พึง|มีหน้าที่|มีสิทธิ|มีอำนาจ|ชอบที่จะ|จะ|ไม่ต้อง|ไม่มีสิทธิ|ย่อม|สามารถ)"
_VERB: Final = (
    r"(?:มี(?:หน้าที่|อำนาจ|สิทธิ|คำสั่ง|หนังสือ|มติ)|ต้อง|อาจ|พิจารณา|ประกาศ|ออก|เป็นผู้|แจ้ง|จัด|ส่ง|ยื่น|แต่งตั้ง|กำหนด"
    r"|ดำเนินการ|ได้รับ|สั่ง|เสนอ|ทำ|รับ|เก็บ|ชำระ|คืน|ขอ|เลือก|ลงนาม|ตรวจ|เรียก|นำ|ปฏิบัติ|ควบคุม|ถือ|หยุด|ระงับ|ถอน"
    r"|พักใช้|เพิกถอน|ประเมิน|สำรวจ|เข้า|ใช้|เปิดเผย|รวบรวม|ลด|ขยาย|เลิก|ประกอบ|ร่วมกัน|รายงาน|เผยแพร่|ให้ความ|ให้คำ"
    r"|วินิจฉัย|รักษาการ|หารือ|ตั้ง|โอน|บันทึก|ชี้แจง|สนับสนุน|ประชุม|คัด|(?<!ใบ)อนุญาต|อนุมัติ|เห็นชอบ|คิด|คำนวณ|เชื่อม|เสีย)"
)
_BREACH: Final = r"ผู้ใด(?:มิได้|ฝ่าฝืน|ไม่ปฏิบัติ|ไม่ดำเนินการ|กระทำ|ไม่แจ้ง|ไม่ยื่น|โอน)"
_OPEN: Final = (
    r"(?:ปลัด|อธิบดี|เจ้าของ|รองประธาน|ศูนย์|คณะกรรมการ|คณะอนุกรรมการ|สำนักงาน|กระทรวง|กรม(?!ธรรม์)|เลขาธิการ|ประธาน|กรรมการ|พนักงาน|เจ้าพนักงาน"
    r"|รัฐมนตรี|สภา|องค์กร|ศาล|นายทะเบียน|หัวหน้า|ผู้อำนวยการ|ผู้ว่าราชการ|ผู้บริหาร|ผู้ยื่น|ผู้แจ้ง|ผู้ขอ|ผู้รับ|ผู้ประกอบ"
    r"|ผู้เสีย|ผู้มีอำนาจ|ผู้มีหน้าที่|ผู้ครอบครอง|ผู้ค้าง|ผู้อุทธรณ์|ผู้ร้อง|ผู้ส่ง|ผู้ให้บริการ|ผู้ควบคุม|ผู้ประมวลผล)"
)
_WITHIN: Final = (
    r"(?:(?!และ|หรือ|ใน|ที่|ซึ่ง|ต่อ|ให้|เพื่อ(?!เศรษฐกิจ)|ทราบ|ของ|ราย|คน|เว้นแต่|กับ|โดย|ทุก"
    r"|ไม่|ได้|จะ|เป็น|เห็น|ตาม|แต่|จาก|ผู้(?!ทรง|เชี่ยว)|มี(?!อำนาจ|หน้าที่)|ใด|นั้น)[ก-๙])"
)
_LIST: Final = r"(?:\s|หรือ|และ)"
_AT: Final = r"(?:ใด|นั้น|ดังกล่าว|แต่ละแห่ง|แต่ละคน|แล้วแต่กรณี|ทุกแห่ง)?(?:\s*แล้วแต่กรณี)?\s?"
_RELATIVE: Final = r"(?:(?:ที่|ซึ่ง|ตาม)\S{1,120}\s?)?"
_STARTS: Final = r"(?:^|\s|และ|หรือ|แต่|หาก|ถ้า|เมื่อ|ในกรณีที่|กรณีที่|โดย)"
_NOT_A_ROLE: Final = re.compile(
    r"ผู้(?:ใด|นั้น|อื่น)|^ผู้มี(?:อำนาจ|หน้าที่)$|^(?:กรรมการ|คณะ|องค์กร|สภา|กรม|พนักงาน|ประธาน)$"
)
_TOO_LONG: Final = 60


def actors_in(text: str, names: tuple[str, ...]) -> list[str]:
    """Return the actors, each once, in the order of the text.

    :param names: names of actors to look for, longest first.
    """
    found: dict[str, int] = {}
    for name, place in _candidates(text, names):
        if not _NOT_A_ROLE.search(name) and len(name) <= _TOO_LONG:
            found.setdefault(name, place)
    inside = {a for a in found for b in found if a != b and _only_within(a, b, text)}
    return sorted((name for name in found if name not in inside), key=lambda name: found[name])


def is_role(term: str) -> bool:
    """Tell whether a defined term names a person or a body."""
    heads = rf"{_OPEN}|ผู้(?!ใด|นั้น|อื่น)|หน่วยงาน|เจ้าหน้าที่|คู่กรณี"
    return len(term) > 3 and re.match(heads, term) is not None


def _candidates(text: str, names: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    known = "|".join(re.escape(name) for name in names) or "(?!)"
    role = rf"(?:{known}|{_OPEN}{_WITHIN}{{0,50}}?)"
    told = re.compile(
        rf"(?<!เพื่อ)(?<!แจ้ง)(?<!กำหนด)(?<!สั่ง)(?:ให้|ห้ามมิให้|มิให้)({role}){_AT}(?={_VERB})", re.M
    )
    able = re.compile(rf"{_STARTS}({role}){_AT}{_RELATIVE}(?={_MODAL}|{_BREACH})", re.M)
    for pattern in (told, able):
        place = 0
        while match := pattern.search(text, place):
            yield match[1], match.start(1)
            yield from _joined(text, match.start(1), role)
            place = match.end(1)
    implied = re.compile(
        rf"(?:เมื่อ|ในกรณีที่|ถ้า|หาก)({known})(?:ใด)?(?!แต่งตั้ง)\S*(?:\s\S+){{0,4}}?\sให้(?!ถือ|นำ|เป็น|ใช้)(?={_VERB})"
    )
    for match in implied.finditer(text):
        if "\n" not in match[0]:
            yield match[1], match.start(1)


def _joined(text: str, end: int, role: str) -> Iterator[tuple[str, int]]:
    """Yield the roles that are listed before one: «ก ข หรือค ต้อง…»."""
    before = re.compile(rf"(?:^|\s|ให้)((?:{role}{_LIST})+)$", re.M)
    if match := before.search(text[max(0, end - 160) : end]):
        start = max(0, end - 160) + match.start(1)
        for piece in re.split(r"\s|หรือ|และ", match[1]):
            if piece and re.fullmatch(role, piece):
                yield piece, start


def _only_within(short: str, long: str, text: str) -> bool:
    return short in long and text.count(short) <= text.count(long) * long.count(short)
