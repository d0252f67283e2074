"""Words of the tab that makes a checklist; those of the list itself are in ``ui.guide.words``."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "guide.tab": ("มาตรฐานที่ต้องใช้", "Which standard applies"),
    "guide.box": ("บรรยายงานที่กำลังจะทำ", "Describe what you are about to do"),
    "guide.hint": ("เช่น เทศบาลจะรับชำระค่าธรรมเนียมออนไลน์", "In Thai, such as รับชำระค่าธรรมเนียมออนไลน์"),
    "guide.go": ("ดูว่าใช้อะไร", "Show what applies"),
    "guide.form": ("เลือกงานทีละขั้น", "Choose step by step"),
    "guide.choose": ("หรือเลือกทีละขั้น", "Or choose step by step"),
    "guide.step-agency": ("1. หน่วยงานของท่านเป็นชนิดใด", "1. What kind of agency is yours?"),
    "guide.no-agency": ("ยังไม่ระบุ", "Not said"),
    "guide.step-activity": (
        "2. กำลังจะทำอะไร (เลือกได้หลายข้อ)", "2. What are you about to do? (choose any)",
    ),
    "guide.open-hint": ("กดที่หมวดเพื่อดูงานในหมวดนั้น", "Open a heading to see the work under it"),
    "guide.step-data": ("3. ใช้ข้อมูลของใคร (เลือกได้หลายข้อ)", "3. Whose data? (choose any)"),
    "guide.step-channel": ("4. ผ่านช่องทางใด (เลือกได้หลายข้อ)", "4. By which channel? (choose any)"),
    "guide.step-day": ("5. ต้องการรู้ ณ วันที่ใด", "5. On which day?"),
    "guide.day-hint": (
        "เช่น 31 มกราคม 2569 หรือ 31/1/2569 ถ้าว่างไว้หมายถึงวันนี้",
        "Such as 2026-01-31 or 31/1/2569; leave it empty for today",
    ),
    "guide.make": ("ทำรายการตรวจสอบ", "Make the checklist"),
    "guide.clear": ("ล้างที่เลือก", "Clear the choices"),
    "guide.save": ("บันทึกรายการนี้", "Save this checklist"),
    "guide.word": ("เอกสาร Word (.docx)", "Word document (.docx)"),
    "guide.document": ("เอกสาร HTML", "HTML document"),
    "guide.link": ("ลิงก์ของรายการนี้", "Link to this checklist"),
    "guide.copy": ("คัดลอกลิงก์", "Copy the link"),
    "guide.copied": ("คัดลอกแล้ว", "Copied"),
}  # fmt: skip
