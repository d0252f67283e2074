"""Words of the tab where questions are asked, and of an answer."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "ask.tab": ("ถาม", "Ask"),
    "ask.box": ("คำถาม", "Question"),
    "ask.hint": ("พิมพ์คำถามเป็นภาษาไทยตามที่พูด", "Type a question, best in Thai"),
    "ask.go": ("ถาม", "Ask"),
    "ask.sources": ("แหล่งอ้างอิง", "Sources"),
    "ask.source": ("แหล่งอ้างอิง {n}", "Source {n}"),
    "ask.near": ("สิ่งที่ใกล้เคียง", "Nearest things"),
    "ask.official": ("ตัวบท", "Official text (Thai)"),
    "ask.ours": ("สรุปของเรา", "Our summary (Thai)"),
    "ask.as-of": ("ตอบตามข้อมูล ณ {day}", "As of {day}"),
    "ask.confidence": ("ความมั่นใจ {percent}%", "confidence {percent}%"),
    "ask.took": ("{ms} มิลลิวินาที", "{ms} ms"),
}
