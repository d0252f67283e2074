"""Words of a checklist, on the page and in documents.

They stand here and not with the page's: the command line writes documents without Gradio.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

LANGUAGES: Final = ("th", "en")

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("รายการตรวจสอบมาตรฐานและกฎหมายที่ต้องใช้", "Checklist of standards and laws that apply"),
    "summary": (
        "ณ วันที่ {day} มี {all} รายการ: ต้องทำ {must} ควรทำ {should} ใช้ประกอบ {informative} "
        "ต้องตรวจสอบเอง {check} ไม่ใช้ในวันที่เลือก {not_now}",
        "On {day} there are {all} items: {must} must, {should} should, {informative} informative, "
        "{check} to be looked up, {not_now} not in use on the day.",
    ),
    "must": ("ต้องทำ", "Must"),
    "should": ("ควรทำ", "Should"),
    "informative": ("ใช้ประกอบ", "Informative"),
    "check": ("ต้องตรวจสอบเอง", "To be looked up"),
    "not-now": ("ไม่ใช้ในวันที่เลือก", "Not in use on the day chosen"),
    "about-must": (
        "หน้าที่และข้อห้ามของหน่วยงาน รวมถึงหน้าที่ในฐานะที่ระบุไว้ เช่น ผู้ควบคุมข้อมูลส่วนบุคคล",
        "Duties and prohibitions on the agency, also in a capacity named, such as data controller.",
    ),
    "about-should": ("แนวปฏิบัติที่แนะนำให้หน่วยงานใช้", "Guidance that agencies are advised to follow."),
    "about-informative": (
        "สิทธิ อำนาจ บทนิยาม และเรื่องที่ควรรู้", "Rights, powers, definitions and things worth knowing.",
    ),
    "about-check": (
        "กราฟไม่มีข้อมูลพอจะบอกว่าใช้กับหน่วยงานหรือไม่ เหตุผลอยู่ที่แต่ละรายการ",
        "The graph cannot tell whether these apply; each says why.",
    ),
    "about-not-now": (
        "ร่าง เรื่องที่ยังไม่เริ่มใช้ และเรื่องที่สิ้นผลแล้ว", "Drafts, what had not begun, and what had ended.",
    ),
    "choices": ("สิ่งที่เลือก", "Choices"),
    "agency": ("หน่วยงาน", "Agency"),
    "no-agency": ("ไม่ได้เลือก", "not chosen"),
    "activity": ("งานที่จะทำ", "Work"),
    "data": ("ข้อมูล", "Data"),
    "channel": ("ช่องทาง", "Channel"),
    "day": ("วันที่", "Day"),
    "timeline": ("อะไรเริ่มใช้เมื่อใด", "What came into force when"),
    "timeline-about": (
        "เส้นตั้งคือวันที่เลือก {day} แถบทึบใช้อยู่ในวันนั้น แถบประคือร่าง แถบโปร่งคือยังไม่เริ่มหรือไม่ใช้แล้ว",
        "The upright line is the day chosen, {day}. Solid: in use on it; dashed: a draft; hollow: "
        "not begun, or ended.",
    ),
    "timeline-unknown": ("กราฟไม่มีวันที่ของ: {names}", "The graph has no day for: {names}"),
    "chosen-day": ("วันที่เลือก {day}", "Day chosen: {day}"),
    "sections": ("{count} มาตรา", "{count} sections"),
    "state-in-force": ("ใช้อยู่", "in use"),
    "state-not-yet": ("ยังไม่เริ่มใช้", "not begun"),
    "state-ended": ("ไม่ใช้แล้ว", "ended"),
    "state-superseded": ("มีฉบับใหม่แทนแล้ว", "replaced"),
    "state-draft": ("ร่าง", "draft"),
    "state-published": ("เผยแพร่ ไม่เห็นหลักฐานการประกาศ", "published; no announcement seen"),
    "state-other-year": ("ใช้กับปีภาษีอื่น", "for other tax years"),
    "state-unknown": ("ไม่ทราบแน่", "not known"),
    "begins-in-force": ("เริ่มใช้ {day}", "in force from {day}"),
    "begins-announced": ("ประกาศเมื่อ {day}", "announced {day}"),
    "begins-": ("รับฟังความเห็นตั้งแต่ {day}", "hearing from {day}"),
    "ends": ("ถึง {day}", "until {day}"),
    "done": ("ทำแล้ว: {label}", "Done: {label}"),
    "to-do": ("สิ่งที่ต้องทำ", "What to do"),
    "more": ("อีก {count} ข้อ", "{count} more"),
    "if": ("ถ้าหน่วยงานเป็น{actor}", "If the agency is: {actor}"),
    "others": (
        "มาตรานี้มีอีก {count} ข้อที่เป็นของผู้อื่น", "The section has {count} more for others.",
    ),
    "look-up": ("ตรวจสอบ", "Look up"),
    "why": ("เหตุผลและแหล่งที่มา", "Why, and sources"),
    "derived": ("อนุมานตามกฎ", "inferred by rule"),
    "source": ("แหล่งข้อมูล: {source}", "Source: {source}"),
    "certainty": ("ความแน่นอน: {certainty}", "Certainty: {certainty}"),
    "level-certainty": ("ระดับการใช้: {certainty}", "Level: {certainty}"),
    "bound-bound": ("{law} บังคับแก่หน่วยงานชนิดนี้", "{law} binds this kind of agency"),
    "bound-in-part": ("{law} บังคับบางส่วน", "{law} binds in part"),
    "bound-not-bound": ("{law} ไม่บังคับแก่หน่วยงานชนิดนี้", "{law} does not bind this kind of agency"),
    "bound-unknown": (
        "กราฟไม่มีข้อมูลว่า {law} บังคับแก่หน่วยงานชนิดนี้หรือไม่", "not known whether {law} binds",
    ),
    "permanent": ("ลิงก์ถาวร", "Permanent link"),
    "nothing": ("ไม่พบมาตรฐานหรือมาตราที่ใช้กับงานนี้", "No standard or section applies to this work."),
    "ours": (
        "ข้อความสรุปเป็นถ้อยคำของโครงการ ไม่ใช่ถ้อยคำของกฎหมายหรือมาตรฐาน โปรดอ่านตัวบทก่อนอ้างอิง "
        "เป็นข้อมูลประกอบการทำงาน ไม่ใช่คำวินิจฉัยทางกฎหมาย",
        "Summaries are in the project's own words, not those of a law or standard: read the text "
        "before you rely on it. For information; not a legal ruling.",
    ),
    "version": (
        "จัดทำจากกราฟความรู้ mattra รุ่นข้อมูล {graph} เมื่อ {made}",
        "Made from the mattra knowledge graph, data version {graph}, on {made}.",
    ),
    "item": ("รายการ", "Item"),
    "state": ("สถานะ ณ วันที่เลือก", "State on the day"),
}  # fmt: skip

Say = Callable[..., str]


def words(language: str) -> Say:
    """Return what gives the text of a key in a language, its blanks filled.

    >>> words("th")("must"), words("en")("must")
    ('ต้องทำ', 'Must')
    """
    return partial(_text, LANGUAGES.index(language))


def _text(place: int, key: str, **values: object) -> str:
    return WORDS[key][place].format(**values)
