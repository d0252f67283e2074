"""Words of the tab that says which standards apply to some work."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "guide.tab": ("มาตรฐานที่ต้องใช้", "Which standard applies"),
    "guide.box": ("งานที่กำลังจะทำ", "What you are about to do"),
    "guide.hint": ("เช่น จะรับชำระค่าธรรมเนียมออนไลน์", "Best in Thai, such as รับชำระค่าธรรมเนียมออนไลน์"),
    "guide.go": ("ดูว่าใช้อะไร", "Show what applies"),
    "guide.activities": (
        "กิจกรรมที่เข้าใจจากคำอธิบาย: {names}", "Activities understood: {names}",
    ),
    "guide.why": ("เพราะอะไร", "Why"),
    "guide.derived": ("อนุมานตามกฎ", "inferred by rule"),
    "guide.nothing": (
        "ไม่พบกิจกรรมที่ตรงกับคำอธิบายนี้", "No activity goes with this description",
    ),
    "guide.try": (
        "ลองบรรยายงานให้เจาะจงขึ้น เช่น «ลงลายมือชื่ออิเล็กทรอนิกส์» «รับชำระค่าธรรมเนียมออนไลน์» «เปิดเผยชุดข้อมูล»",
        "Describe the work more closely, such as «ลงลายมือชื่ออิเล็กทรอนิกส์» (electronic signature), "
        "«รับชำระค่าธรรมเนียมออนไลน์» (online payment), «เปิดเผยชุดข้อมูล» (open data)",
    ),
}  # fmt: skip
