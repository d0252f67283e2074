"""Words of the tab that works out the land and building tax."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "tax.tab": ("คำนวณภาษี", "Work out the tax"),
    "tax.lead": (
        "คำนวณภาษีที่ดินและสิ่งปลูกสร้างทีละขั้น พร้อมมาตราที่ใช้ เป็นการประมาณ ไม่ใช่การแจ้งประเมินของท้องถิ่น",
        "Work out the land and building tax step by step, with the section behind each step. An "
        "estimate, not an assessment by the local government.",
    ),
    "tax.property": ("ทรัพย์สิน", "The property"),
    "tax.use": ("การใช้ประโยชน์", "Use"),
    "tax.year": ("ปีภาษี (พ.ศ.)", "Tax year (B.E.)"),
    "tax.value": ("มูลค่ารวมของที่ดินและสิ่งปลูกสร้าง (บาท)", "Value of land and building together (baht)"),
    "tax.apart": ("หรือแยกราคาที่ดินกับสิ่งปลูกสร้าง", "Or land and building apart"),
    "tax.land": ("ราคาประเมินที่ดิน (บาท)", "Appraised value of the land (baht)"),
    "tax.building": (
        "ราคาประเมินสิ่งปลูกสร้างก่อนหักค่าเสื่อม (บาท)",
        "Appraised value of the building before depreciation (baht)",
    ),
    "tax.structure": ("โครงสร้าง", "Structure"),
    "tax.age": ("อายุสิ่งปลูกสร้าง (ปี)", "Age of the building (years)"),
    "tax.owner-part": ("เจ้าของและการลดภาษี", "Owner and reductions"),
    "tax.owner": ("เจ้าของ", "Owner"),
    "tax.natural": ("บุคคลธรรมดา", "natural person"),
    "tax.juristic": ("นิติบุคคล", "juristic person"),
    "tax.vacant-years": (
        "ทิ้งว่างติดต่อกันมาแล้ว (ปี) เฉพาะที่ดินทิ้งว่าง", "Years left vacant in a row (vacant land only)",
    ),
    "tax.special-reduction": (
        "ลดภาษีตามพระราชกฤษฎีกา พ.ศ. 2563 (ร้อยละ)", "Reduction by the decree of B.E. 2563 (percent)",
    ),
    "tax.old-tax": (
        "ภาษีเดิมของปี 2562 (บาท) สำหรับการบรรเทาภาระปี 2563 ถึง 2565",
        "Old tax of B.E. 2562 (baht), for the relief of 2563 to 2565",
    ),
    "tax.late-part": ("ชำระล่าช้าหรือได้ขยายเวลา", "Paid late, or with an extension"),
    "tax.late": ("ชำระเมื่อ", "Paid"),
    "tax.before-warning": ("พ้นกำหนดแล้ว แต่ก่อนมีหนังสือแจ้งเตือน", "late, before a warning"),
    "tax.within-warning": ("ภายในเวลาที่หนังสือแจ้งเตือนกำหนด", "within the time of the warning"),
    "tax.after-warning": ("พ้นเวลาที่หนังสือแจ้งเตือนกำหนด", "after the time of the warning"),
    "tax.months": ("ล่าช้ากี่เดือน เศษของเดือนนับเป็นหนึ่ง", "Months late, a part of one counts as one"),
    "tax.extended": ("ได้รับอนุมัติขยายเวลาชำระ", "An extension of the time was granted"),
    "tax.not-said": ("ไม่ระบุ", "not said"),
    "tax.send": ("คำนวณ", "Work it out"),
    "tax.empty-form": ("ล้างแบบ", "Clear"),
    "tax.examples": ("ตัวอย่าง", "Examples"),
    "tax.example-home": ("บ้านของตนเอง 60 ล้านบาท", "Own home, 60 million baht"),
    "tax.example-shop": ("ร้านค้า 5 ล้านบาท", "Shop, 5 million baht"),
    "tax.example-vacant": ("ที่ดินทิ้งว่าง 7 ปี", "Land vacant for 7 years"),
    "tax.example-late": ("ชำระช้า 3 เดือน", "Paid 3 months late"),
    "tax.unreachable": (
        "ติดต่อเซิร์ฟเวอร์ไม่ได้ ตรวจเครือข่ายแล้วลองอีกครั้ง ค่าที่กรอกยังอยู่",
        "The server cannot be reached; check the network and try again. What you typed is kept.",
    ),
    "tax.failed": ("คำนวณไม่ได้", "This could not be worked out"),
    "tax.due-sum": ("ภาษีที่ต้องชำระ {baht} บาท", "The tax is {baht} baht"),
    "tax.total": (
        "รวมเบี้ยปรับและเงินเพิ่มเป็น {baht} บาท", "{baht} baht with penalty and surcharge",
    ),
    "tax.pay-by": ("ชำระภายใน", "Pay by"),
    "tax.case": ("ปีภาษี {year} · {use}", "Tax year B.E. {year} · {use}"),
    "tax.steps": ("ขั้นตอนการคำนวณ", "Steps"),
    "tax.step": ("ขั้นตอน", "Step"),
    "tax.working": ("วิธีคิด", "Working"),
    "tax.amount": ("ผล (บาท)", "Result (baht)"),
    "tax.law": ("มาตรา", "Section"),
    "tax.certainty": ("ความแน่ชัด", "Certainty"),
    "tax.assumed": ("ข้อสมมติที่ใช้", "What was assumed"),
    "tax.link": ("ลิงก์ที่เปิดผลนี้อีกครั้ง", "Link that opens this result again"),
    "tax.as-data": ("ผลนี้เป็น JSON", "This result as JSON"),
}  # fmt: skip
