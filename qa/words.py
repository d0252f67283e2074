"""The fixed words of answers, Thai and English, in one place."""

from typing import Final

STATUS: Final[dict[str, tuple[str, str]]] = {
    "in-force": ("ประกาศใช้แล้ว", "announced, in force"),
    "draft": ("ยังเป็นร่าง", "still a draft"),
    "superseded": ("ถูกแทนที่แล้ว", "superseded"),
    "published": ("เผยแพร่แล้ว แต่ยังไม่เห็นหลักฐานการประกาศ", "published; no announcement was seen"),
    "unknown": ("ไม่ทราบสถานะ", "status not known"),
}  # fmt: skip
CERTAINTY: Final[dict[str, tuple[str, str]]] = {
    "stated": ("ต้นทางระบุ", "stated by the source"),
    "secondary": ("จากแหล่งรอง", "from a secondary source"),
    "inferred": ("อนุมาน ต้นทางไม่ได้ระบุ", "inferred, not stated by the source"),
    "unverified": ("ยังไม่ยืนยัน", "not verified"),
}
LEVEL: Final[dict[str, tuple[str, str]]] = {
    "must": ("ต้องใช้", "must follow"),
    "should": ("ควรใช้เป็นแนวปฏิบัติ", "should follow, as guidance"),
    "informative": ("ใช้ประกอบ", "for information"),
}
SIGNS: Final[dict[str, tuple[str, str]]] = {
    "dense-questions": ("คล้ายคำถามที่ข้อนี้ตอบ", "like a question that it answers"),
    "dense-content": ("ความหมายใกล้เนื้อหา", "near its content in meaning"),
    "dense-names": ("ความหมายใกล้ชื่อหรือคำที่ใช้เรียก", "near its names in meaning"),
    "dense-english": ("ความหมายใกล้คำภาษาอังกฤษ", "near its English text in meaning"),
    "dense": ("ความหมายใกล้ที่สุด", "nearest in meaning"),
    "dense-second": ("ใกล้มากกว่าหนึ่งแง่", "near in more than one view"),
    "dense-mean": ("ใกล้หลายแง่", "near in several views"),
    "votes": ("อยู่ในกลุ่มใกล้ที่สุดหลายครั้ง", "often among the nearest"),
    "lexical-questions": ("ใช้คำเดียวกับคำถามที่ข้อนี้ตอบ", "words of a question that it answers"),
    "lexical-content": ("ใช้คำเดียวกับเนื้อหา", "words of its content"),
    "lexical-names": ("ใช้คำเดียวกับชื่อ", "words of its names"),
    "lexical-english": ("ใช้คำภาษาอังกฤษเดียวกัน", "words of its English text"),
    "lexical": ("ใช้คำเดียวกัน", "the same words"),
    "covered": ("มีคำสำคัญของคำถามครบ", "holds the telling words of the question"),
    "heading": ("คำสำคัญอยู่ในชื่อ", "telling words in its heading"),
    "agreement": ("ทั้งคำและความหมายชี้ตรงกัน", "words and meaning agree"),
    "law-dense": ("กฎหมายเดียวกันใกล้ในความหมาย", "its law is near in meaning"),
    "law-lexical": ("กฎหมายเดียวกันใช้คำเดียวกัน", "its law has the same words"),
    "named": ("คำถามระบุเลขมาตราหรือมาตรฐาน", "named by its number"),
    "law-named": ("คำถามระบุชื่อกฎหมาย", "its law is named"),
    "kind-named": ("เป็นประเภทที่ถาม", "of the kind named"),
    "outdated": ("ไม่มีผลในวันที่ถาม", "not in force on the day asked of"),
    "has-asked": ("มีข้อเท็จจริงชนิดที่ถาม", "holds the kind of fact asked for"),
    "lacks-asked": ("ไม่มีข้อเท็จจริงชนิดที่ถาม", "lacks the kind of fact asked for"),
    "breach-asked": ("เป็นโทษของเรื่องที่ถาม", "the penalty for what is asked of"),
    "which-standard": ("ถามหามาตรฐาน", "a standard is asked for"),
    "standard": ("เป็นมาตรฐาน", "is a standard"),
    "instrument": ("เป็นกฎหมายลำดับรองทั้งฉบับ", "is an instrument as a whole"),
    "act": ("เป็นกฎหมายทั้งฉบับ", "is an act as a whole"),
    "outside": ("เป็นเรื่องนอกกราฟ", "is a topic outside"),
    "outside-named": ("คำถามระบุเรื่องนอกกราฟ", "a topic outside is named"),
    "none": ("ไม่มีคำตอบ", "no answer"),
    "none-far": ("ไม่มีสิ่งใดใกล้", "nothing is near"),
    "none-unknown": ("มีคำที่กราฟไม่รู้จัก", "words that the graph does not know"),
    "none-uncovered": ("ไม่มีสิ่งใดมีคำครบ", "nothing holds all the words"),
    "none-country": ("ถามถึงประเทศอื่น", "another country is named"),
    "none-law": ("ถามถึงกฎหมายอื่น", "another law is named"),
    "none-section": ("อ้างเลขมาตราโดยไม่ใช่กฎหมายในกราฟ", "a section of no law of the graph"),
}  # fmt: skip
"""What each sign of :data:`qa.signs.NAMES` means."""
TEXTS: Final[dict[str, tuple[str, str]]] = {
    "status": ("สถานะ", "Status"),
    "known-as-of": ("ข้อมูล ณ", "as known in"),
    "announced": ("การประกาศ", "Announcement"),
    "hearing": ("รับฟังความคิดเห็น", "Public hearing"),
    "event": ("เหตุการณ์", "Event"),
    "approval": ("การเห็นชอบ", "Approval"),
    "basis": ("ฐานกฎหมาย", "Legal basis"),
    "use": ("ผู้ที่ต้องใช้", "Who follows it"),
    "feature": ("สาระสำคัญ", "Contents"),
    "parts": ("ส่วนของชุดนี้", "Parts"),
    "in-force-from": ("มีผลใช้บังคับตั้งแต่", "In force since"),
    "tax-years": ("ใช้กับปีภาษี", "For tax years"),
    "exempt": ("มูลค่าที่ยกเว้น", "Exempt"),
    "due": ("กำหนดในปีภาษี", "Due in the tax year"),
    "instalments": ("ผ่อนชำระ", "Instalments"),
    "depreciation": ("ค่าเสื่อมราคา", "Depreciation"),
    "reduction": ("ลดภาษี", "Reduction"),
    "in-force-until": ("ถูกยกเลิกตั้งแต่", "Repealed from"),
    "certainty": ("ความแน่นอน", "Certainty"),
    "deadline": ("กำหนดเวลา", "Deadline"),
    "frequency": ("ความถี่", "How often"),
    "amount": ("จำนวนเงิน", "Amount"),
    "rate": ("อัตรา", "Rate"),
    "imprisonmentMax": ("โทษจำคุก", "Imprisonment"),
    "fineMax": ("โทษปรับ", "Fine"),
    "administrativeFineMax": ("โทษปรับทางปกครอง", "Administrative fine"),
    "dailyFineMax": ("ค่าปรับรายวัน", "Daily fine"),
    "norm": ("บทกำหนด", "Norm"),
    "definition": ("นิยาม", "Definition"),
    "names": ("ชื่อเรียก", "Also called"),
    "gazette": ("ราชกิจจานุเบกษา", "Royal Gazette"),
    "replaced-by": ("ถูกแทนที่โดย", "Superseded by"),
    "revises": ("ปรับปรุงจาก", "Revises"),
    "note": ("หมายเหตุ", "Note"),
    "penalties-of": (
        "กราฟมีบทลงโทษของกฎหมายนี้ {count} มาตรา โทษสูงสุดแต่ละประเภทคือ {measures}",
        "The graph holds {count} sections of penalties in this law; the highest of each kind: {measures}",
    ),
    "sections": ("มาตรา", "sections"),
    "listed": ("กราฟมีมาตรฐานตามที่ถาม {count} ฉบับ", "The graph has {count} such standards"),
    "summary": ("สรุป", "Summary"),
    "computed": ("คำนวณ", "Computed"),
    "not-computed": ("คำนวณให้ไม่ได้", "It could not be computed"),
    "compared": ("เปรียบเทียบ {heads}", "{heads} compared"),
    "levied": ("อัตราที่จัดเก็บในปีภาษี {year}", "Rates collected in tax year {year}"),
    "levied-range": (
        "ร้อยละ {low} ถึง {high} แล้วแต่การใช้ประโยชน์และมูลค่า",
        "{low} to {high} percent, depending on use and value",
    ),
    "by-case": ("{figures} แล้วแต่กรณี", "{figures}, depending on the case"),
    "or": (" หรือ ", " or "),
    "basis-of": ("อ้างอิง", "Source"),
    "if-breached": ("ถ้าฝ่าฝืน", "If breached"),
    "overlap": ("กฎหมายอื่นว่าด้วยเรื่องเดียวกัน", "Another law on the same"),
    "also": ("อาจเกี่ยวข้องด้วย", "Possibly also"),
    "details": ("รายละเอียดอยู่ใน", "Detailed in"),
    "related": ("ดูเพิ่ม", "See also"),
    "cites": ("อ้างถึง", "Cites"),
    "ours": (
        "ข้อความข้างต้นเป็นสรุปของ mattra ไม่ใช่ถ้อยคำของกฎหมายหรือมาตรฐาน",
        "The text above is mattra's own summary, not the words of the law or the standard.",
    ),
    "official": ("ตัวบท", "Official text (Thai)"),
    "official-only": (
        "ข้อความข้างต้นยกมาจากตัวบทที่นำเข้า mattra ยังไม่มีสรุปของมาตรานี้",
        "The text above is quoted from the ingested law; mattra has no summary of this section.",
    ),
    "not-yet": ("ณ วันที่ {day} ยังไม่มีผลใช้บังคับ เริ่ม {start}", "Not yet in force on {day}; from {start}."),
    "ended": ("ณ วันที่ {day} ไม่มีผลใช้บังคับแล้ว ถูกยกเลิกตั้งแต่ {end}", "No longer in force on {day}; repealed from {end}."),
    "replaced": ("ใช้ {by} แทน", "{by} replaced it."),
    "other-year": ("ใช้กับปีภาษี {years} เท่านั้น", "For tax years {years} only."),
    "in-force-today": ("มีผลใช้บังคับ", "It is in force."),
    "differs": ("ปัจจุบันต่างไป: {sentence}", "Today it is different: {sentence}"),
    "not-announced": ("ณ วันที่ {day} ยังไม่ประกาศ ประกาศเมื่อ {start}", "Not yet announced on {day}; on {start}."),
    "abstain": (
        "ไม่พบคำตอบที่เชื่อถือได้ในกราฟ จึงขอไม่ตอบ",
        "The graph holds no answer that can be relied on, so none is given.",
    ),
    "outside": (
        "เรื่อง {topic} อยู่นอกขอบเขตของกราฟนี้ จึงขอไม่ตอบ ลองสอบถาม {where}",
        "{topic} is outside this graph, so no answer is given; try {where}.",
    ),
    "no-sections": (
        "กราฟรู้จัก {law} แต่ยังไม่มีรายมาตราของกฎหมายนี้ จึงขอไม่ตอบรายละเอียด",
        "The graph knows {law} but not its sections yet, so no detail is given.",
    ),
    "unknown-ref": ("ไม่พบ {ref} ในกราฟ", "The graph has no {ref}."),
    "covers": (
        "กราฟนี้ครอบคลุมมาตรฐานรัฐบาลดิจิทัล (มรด. มสพร.) และรายมาตราของ {laws}",
        "The graph covers digital-government standards (DGS, DGA standards) and the sections of {laws}.",
    ),
    "nearest": ("สิ่งที่ใกล้เคียงที่สุดที่มี", "The nearest things it has"),
    "empty": ("กรุณาพิมพ์คำถาม", "Please type a question."),
}  # fmt: skip


def say(key: str, language: str = "th", **values: str) -> str:
    """Return a fixed text in a language, its blanks filled.

    >>> say("status"), say("status", "en")
    ('สถานะ', 'Status')
    """
    return TEXTS[key][language == "en"].format(**values)


def status_of(status: str | None, kind: str, language: str = "th") -> str:
    """Return the name of a status; a law is in force where a standard is announced.

    >>> status_of("in-force", "section"), status_of("in-force", "standard")
    ('มีผลใช้บังคับ', 'ประกาศใช้แล้ว')
    """
    if status == "in-force" and kind != "standard":
        return ("มีผลใช้บังคับ", "in force")[language == "en"]
    return name_of(STATUS, status, language)


def certainty_text(certainty: str | None, language: str = "th") -> str:
    """Return a remark, with a space before it, on what is less certain than stated; else nothing.

    >>> certainty_text("stated"), certainty_text("secondary")
    ('', ' (จากแหล่งรอง)')
    """
    if certainty in (None, "stated"):
        return ""
    return f" ({name_of(CERTAINTY, certainty, language)})"


def name_of(table: dict[str, tuple[str, str]], key: str | None, language: str = "th") -> str:
    """Return the name of a status, certainty or level; empty for None."""
    return table[key][language == "en"] if key in table else (key or "")
