"""Words around the tabs: header, footer, switches, errors."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "frame.title": (
        "mattra · มาตรฐานและกฎหมายรัฐบาลดิจิทัล",
        "mattra · digital government standards and laws",
    ),
    "frame.name": ("มาตรฐานและกฎหมายรัฐบาลดิจิทัล", "Digital government standards and laws"),
    "frame.lead": (
        "ถามเรื่องมาตรฐานรัฐบาลดิจิทัล (มรด. มสพร.) และกฎหมายที่อยู่เบื้องหลัง "
        "คำตอบมาจากกราฟความรู้พร้อมแหล่งอ้างอิง ถ้าไม่มีข้อมูลจะบอกว่าไม่มี ไม่เดา",
        "Ask about Thailand's digital government standards and the laws behind them. Answers come "
        "from a knowledge graph with their sources; what it does not know, it does not guess.",
    ),
    "frame.skip": ("ข้ามไปที่เนื้อหา", "Skip to the content"),
    "frame.tabs": ("ส่วนของบริการ", "Parts of the service"),
    "frame.data": ("หมวดของข้อมูล", "Data"),
    "frame.laws": ("กฎหมายและมาตรฐาน", "Laws and standards"),
    "frame.concepts": ("คำและแนวคิด", "Concepts"),
    "frame.ontology": ("ออนโทโลยี", "Ontology"),
    "frame.shapes": ("กฎตรวจข้อมูล", "Data rules"),
    "frame.dump": ("ดาวน์โหลด", "Download"),
    "frame.api": ("API", "API"),
    "frame.size": ("ขนาดตัวอักษร", "Text size"),
    "frame.size-normal": ("ตัวอักษรขนาดปกติ", "Normal text"),
    "frame.size-large": ("ตัวอักษรขนาดใหญ่", "Large text"),
    "frame.size-larger": ("ตัวอักษรขนาดใหญ่มาก", "Largest text"),
    "frame.letter": ("ก", "A"),
    "frame.switch": ("เปลี่ยนภาษา", "Language"),
    "frame.other-language": ("English", "ภาษาไทย"),
    "frame.private": (
        "ไม่มีการส่งข้อมูลออกนอกเซิร์ฟเวอร์นี้", "Nothing you type leaves this server",
    ),
    "frame.not-advice": (
        "เป็นข้อมูลประกอบการทำงาน ไม่ใช่คำวินิจฉัยทางกฎหมาย",
        "For information; not a legal ruling",
    ),
    "frame.loading": ("กำลังเปิดหน้า…", "Opening…"),
    "frame.no-script": (
        "หน้านี้ต้องเปิด JavaScript ถ้าเปิดไม่ได้ ดูข้อมูลได้ที่",
        "This page needs JavaScript. Without it, read the data at",
    ),
    "frame.result": ("ผลลัพธ์", "Result"),
    "frame.samples": ("ตัวอย่าง", "Examples"),
    "frame.enter": (
        "กด Enter เพื่อส่ง กด Shift+Enter เพื่อขึ้นบรรทัดใหม่",
        "Enter sends, Shift+Enter begins a new line",
    ),
    "frame.failed": ("ทำตามคำขอไม่ได้", "This could not be done"),
    "frame.empty": ("ยังไม่ได้พิมพ์อะไร พิมพ์แล้วลองอีกครั้ง", "Nothing was typed; type and try again"),
    "frame.too-long": (
        "ข้อความยาวเกิน {most} ตัวอักษร ย่อให้สั้นลง", "The text is above {most} characters; shorten it",
    ),
}  # fmt: skip
