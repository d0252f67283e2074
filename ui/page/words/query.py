"""Words of the tab of SPARQL."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "sparql.tab": ("SPARQL", "SPARQL"),
    "sparql.lead": (
        "เขียนคำสั่งเองหรือเลือกจากตัวอย่าง กราฟอ่านได้อย่างเดียว ไม่ต้องประกาศคำนำหน้า (PREFIX) ของกราฟนี้",
        "Write a query or start from an example. The graph is read-only; its prefixes need not be "
        "declared.",
    ),
    "sparql.box": ("คำสั่ง SPARQL", "SPARQL query"),
    "sparql.keys": (
        "Ctrl+Enter สั่งค้น · Ctrl+Space เติมคำ · Tab ออกจากช่องนี้ไปปุ่มถัดไป",
        "Ctrl+Enter runs · Ctrl+Space completes · Tab leaves the editor",
    ),
    "sparql.run": ("สั่งค้น", "Run"),
    "sparql.empty": (
        "ยังไม่ได้เขียนคำสั่ง ลองเลือกจากตัวอย่าง", "There is no query yet; try an example",
    ),
    "sparql.syntax": (
        "คำสั่งผิดไวยากรณ์ที่บรรทัด {line} ตัวอักษรที่ {letter} แก้แล้วสั่งค้นใหม่",
        "The syntax is wrong at line {line}, character {letter}; mend it and run again",
    ),
    "sparql.examples": ("คำสั่งตัวอย่าง ({n})", "Example queries ({n})"),
    "sparql.for-policy": ("สำหรับผู้ทำนโยบาย", "For policy staff"),
    "sparql.for-developer": ("สำหรับนักพัฒนา", "For developers"),
    "sparql.for-integrator": ("สำหรับผู้เชื่อมระบบ", "For integrators"),
    "sparql.endpoint": ("ที่อยู่สำหรับโปรแกรม", "Endpoint for programs"),
    "sparql.copy": ("คัดลอกลิงก์ของคำสั่งนี้", "Copy a link to this query"),
    "sparql.copied": ("คัดลอกแล้ว", "Copied"),
    "sparql.found": ("พบ {n} แถว", "{n} rows"),
    "sparql.triples": ("พบ {n} ทริปเปิล", "{n} triples"),
    "sparql.none": ("ไม่พบข้อมูลที่ตรงกับคำสั่ง", "Nothing in the graph matches the query"),
    "sparql.yes": ("ใช่ มีข้อมูลตามที่ถาม", "Yes, the graph has it"),
    "sparql.no": ("ไม่มีข้อมูลตามที่ถาม", "No, the graph has no such data"),
    "sparql.took": ("ใช้เวลา {s} วินาที", "took {s} s"),
    "sparql.shown": (
        "แสดง {shown} จาก {n} แถว ดาวน์โหลดเพื่อดูทั้งหมด",
        "The first {shown} of {n} rows; a download holds all",
    ),
    "sparql.views": ("ดูแบบ", "View as"),
    "sparql.table": ("ตาราง", "Table"),
    "sparql.chart": ("แผนภูมิ", "Chart"),
    "sparql.graph": ("ภาพความเชื่อมโยง", "Graph picture"),
    "sparql.download": ("ดาวน์โหลด", "Download"),
    "sparql.too-long": (
        "คำสั่งยาวเกินจะทำเป็นลิงก์ ดาวน์โหลดด้วย POST ไปที่ /sparql",
        "The query is too long for a link; download by POST to /sparql",
    ),
}  # fmt: skip
