"""Words of the tab that lets one look through all there is."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "browse.tab": ("สำรวจ", "Browse"),
    "browse.box": (
        "ค้นกฎหมาย มาตรา มาตรฐาน คำ หรือชุดข้อมูล",
        "Find a law, section, standard, concept or data set",
    ),
    "browse.hint": ("เช่น ลายมือชื่อ หรือ มสพร. 6", "Best in Thai, such as ลายมือชื่อ, or PDPA"),
    "browse.go": ("ค้น", "Find"),
    "browse.names": ("ชื่อที่ตรงกับที่พิมพ์", "Names that match"),
    "browse.all": ("ทั้งหมด", "Everything"),
    "browse.path": ("ตำแหน่งที่อยู่", "Where you are"),
    "browse.found": ("พบ {n} รายการ", "{n} things"),
    "browse.for": ("สำหรับ «{text}»", "for «{text}»"),
    "browse.none": ("ไม่พบรายการที่ตรงกับคำค้นและตัวกรอง", "Nothing goes with the text and filters"),
    "browse.mend": (
        "ลองเอาตัวกรองออก หรือใช้คำที่สั้นลง", "Take a filter away, or use fewer words",
    ),
    "browse.filters": ("ตัวกรอง", "Filters"),
    "browse.clear": ("เอาตัวกรองออกทั้งหมด", "Clear all filters"),
    "browse.without": ("เอาตัวกรอง {name} ออก", "Take the filter {name} away"),
    "browse.kind": ("ประเภท", "Kind"),
    "browse.status": ("สถานะ", "Status"),
    "browse.year": ("ปี พ.ศ.", "Year (Buddhist era)"),
    "browse.act": ("กฎหมายหรือชุดมาตรฐาน", "Law or family of standards"),
    "browse.certainty": ("ความแน่นอนของข้อมูล", "Certainty"),
    "browse.more": ("อีก {n}", "{n} more"),
    "browse.range": ("รายการที่ {start}–{last} จาก {n}", "{start}–{last} of {n}"),
    "browse.before": ("ก่อนหน้า", "Previous"),
    "browse.next": ("ถัดไป", "Next"),
    "browse.pages": ("หน้าของรายการ", "Pages"),
    "browse.around": ("สิ่งที่เกี่ยวข้อง", "What is around it"),
    "browse.way": (
        "ซ้าย: สิ่งที่อ้างถึงเรื่องนี้ · ขวา: สิ่งที่เรื่องนี้อ้างถึง · กดชื่อเพื่อเปิด",
        "Left: what leads to it. Right: what it leads to. Press a name to open it.",
    ),
    "browse.left-out": ("ไม่ได้แสดงอีก {n} รายการ", "{n} more are not shown"),
    "browse.jump": ("ไปยังส่วนของหน้านี้", "Parts of this page"),
    "browse.timeline": ("เส้นเวลา", "Timeline"),
    "browse.version": ("ฉบับอื่น", "Another version"),
    "browse.undated": ("ไม่ทราบวันที่", "Day not known"),
    "browse.permanent": ("หน้าถาวรของรายการนี้", "Its permanent page"),
}  # fmt: skip
