"""What a reader met on its way: cells it read in another form, rows it could not take whole."""

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

NOTES: Final[dict[str, tuple[str, str]]] = {
    "trimmed": ("ตัดช่องว่างหัวท้ายออก", "blanks around a value were cut off"),
    "thai-digits": ("อ่านเลขไทยเป็นเลขอารบิก", "Thai digits were read as Arabic digits"),
    "thousands-separator": (
        "อ่านจำนวนที่มีเครื่องหมายจุลภาคคั่นหลักพัน",
        "numbers with commas between thousands were read",
    ),
    "negative-form": (
        "อ่านจำนวนในวงเล็บหรือที่ใช้เครื่องหมาย − เป็นจำนวนลบ",
        "numbers in parentheses or with the sign − were read as negative",
    ),
    "integer-decimals": (
        "อ่านจำนวนเต็มที่เขียนมีจุดทศนิยมตามด้วยศูนย์ เช่น 12.0 เป็น 12",
        "integers written with decimals, such as 12.0, were read as 12",
    ),
    "percent-sign": (
        "ตัดเครื่องหมาย % ในคอลัมน์ร้อยละออก เช่น 0.3% เป็น 0.3",
        "the sign % was cut off in columns that count percent: 0.3% is 0.3",
    ),
    "buddhist-date": (
        "อ่านวันที่ปีพุทธศักราช (ปีตั้งแต่ 2400) เป็นวันที่เดียวกันในปฏิทินสากล",
        "dates of the Buddhist era (years from 2400) were read",
    ),
    "date-form": (
        "อ่านวันที่แบบ วัน/เดือน/ปี หรือแบบอื่นที่ไม่ใช่ ปปปป-ดด-วว",
        "dates in another form than YYYY-MM-DD, such as day/month/year, were read",
    ),
    "midnight-time": (
        "ตัดเวลา 00:00 ที่ต่อท้ายวันที่ออก",
        "a time of 00:00 after a date was cut off",
    ),
    "excel-date": ("อ่านวันที่จากเซลล์วันที่ของ Excel", "dates were taken from Excel's date cells"),
    "boolean-word": (
        "อ่านคำตอบใช่หรือไม่ใช่ที่เขียนแบบอื่น เช่น 1 0 Y N ใช่ ไม่ใช่",
        "yes or no in another form (1, 0, Y, N, ใช่, ไม่ใช่) was read as true or false",
    ),
    "code-label": (
        "อ่านชื่อหรือรหัสแบบอื่นในบัญชีรหัสเป็นรหัสที่ตรงกัน",
        "a name or another notation of a code list was read as its code",
    ),
    "blank-row": ("ข้ามแถวว่าง", "blank rows were skipped"),
    "extra-empty-cells": (
        "ข้ามเซลล์ว่างที่เกินจำนวนคอลัมน์",
        "empty cells beyond the last column were skipped",
    ),
    "cp874": (
        "อ่านข้อความที่เข้ารหัส cp874 (TIS-620) ควรบันทึกเป็น UTF-8",
        "the text was read as cp874 (TIS-620); UTF-8 is safer",
    ),
    "utf-16": ("อ่านข้อความที่เข้ารหัส UTF-16", "the text was read as UTF-16"),
    "cr-lines": (
        "อ่านบรรทัดที่จบด้วย CR แบบเครื่อง Mac รุ่นเก่า",
        "lines ending with CR alone, as of old Macs, were read",
    ),
    "header-below": (
        "หัวคอลัมน์ไม่ได้อยู่แถวแรก ข้ามแถวที่อยู่เหนือหัวคอลัมน์",
        "the header is not the first row; the rows above it were skipped",
    ),
    "other-suffix": (
        "อ่านไฟล์ตามเนื้อหา เพราะนามสกุลไฟล์ไม่ตรงกับเนื้อหา",
        "the file was read as what it holds, not as what its name says",
    ),
    "other-sheets": (
        "อ่านเฉพาะแผ่นงานแรกที่มีหัวคอลัมน์ที่รู้จัก แผ่นงานอื่นไม่ได้อ่าน",
        "only the first sheet with known columns was read, the others were not",
    ),
    "formula-result": (
        "ใช้ผลลัพธ์ที่ Excel บันทึกไว้ของเซลล์สูตร",
        "formula cells were read by the result that Excel stored",
    ),
    "folder-value": (
        "อ่านค่าของคอลัมน์จากชื่อโฟลเดอร์ เช่น taxYear=2569",
        "values of a column were taken from the name of a folder, such as taxYear=2569",
    ),
    "duplicate-key": (
        "ระเบียนที่มีชื่อเดียวกันซ้ำ ใช้ค่าแรก",
        "records name a column twice; the first value was taken",
    ),
}  # fmt: skip
"""Kinds of notes with what they say in Thai and English."""

_ROWS: Final[dict[str, tuple[str, str]]] = {
    "ragged": (
        "แถว {row} มี {found} เซลล์แต่หัวมี {expected} คอลัมน์ แถวนี้ไม่ได้ตรวจ "
        'อาจมีจุลภาคในจำนวนเช่น 1,234.50 ให้ครอบด้วยเครื่องหมาย "',
        "row {row} has {found} cells but the header {expected}, so it was not checked; a number "
        'such as 1,234.50 may lack its quotes "',
    ),
    "short": (
        "แถว {row} มีเพียง {found} เซลล์จาก {expected} คอลัมน์ เซลล์ที่ขาดถือว่าว่าง ไฟล์อาจถูกตัด",
        "row {row} has only {found} of {expected} cells; the rest counts as empty, or the file "
        "was cut off",
    ),
    "stray-quote": (
        'แถว {row} มีเครื่องหมาย " ผิดที่ ตรวจว่าเซลล์แบ่งถูกหรือไม่',
        'row {row} has a misplaced quote "; check that its cells are divided rightly',
    ),
    "line-break": (
        "แถว {row} มีตัวขึ้นบรรทัด CR อยู่กลางแถว แถวนี้ไม่ได้ตรวจ บันทึกไฟล์ใหม่จากโปรแกรมตาราง",
        "row {row} holds a bare carriage return, so it was not checked; save the file anew",
    ),
    "excel-error": (
        "แถว {row} คอลัมน์ {column} เป็นค่าผิดพลาดของ Excel {value} แก้สูตรแล้วบันทึกใหม่",
        "row {row}, {column}: the Excel error {value}; mend the formula and save",
    ),
    "formula-empty": (
        "แถว {row} คอลัมน์ {column} เป็นสูตรที่ไม่มีผลลัพธ์บันทึกไว้ เปิดใน Excel แล้วบันทึกใหม่",
        "row {row}, {column}: a formula without a stored result; open the file in Excel and save",
    ),
    "broken-record": (
        "ระเบียนที่ {row} ไม่ใช่ JSON ที่ถูกต้อง จึงไม่ได้ตรวจ: {value}",
        "record {row} is not valid JSON, so it was not checked: {value}",
    ),
    "duplicate-key": (
        "ระเบียนที่ {row} มี {column} ซ้ำ ใช้ค่าแรก",
        "record {row} has {column} twice; the first value was taken",
    ),
}


@dataclass(frozen=True)
class RowFinding:
    """A row or record that is not as its header says.

    :param kind: ``ragged``, ``short``, ``stray-quote``, ``line-break``, ``excel-error``,
        ``formula-empty``, ``broken-record`` or ``duplicate-key``.
    :param row: the row as a spreadsheet numbers it, or the record's number.
    :param found: cells that the row has.
    :param expected: cells that the header has.
    """

    kind: str
    row: int
    found: int = 0
    expected: int = 0
    column: str = ""
    value: str = ""

    @property
    def th(self) -> str:
        """What is wrong with the row, in Thai."""
        return _ROWS[self.kind][0].format(**vars(self))

    @property
    def en(self) -> str:
        """The same in English."""
        return _ROWS[self.kind][1].format(**vars(self))


@dataclass
class Journal:
    """The record of one reading; several threads may write it.

    :param most: row findings that are kept; what is above is only counted.
    """

    most: int = 10_000
    notes: Counter[str] = field(default_factory=Counter)
    row_findings: list[RowFinding] = field(default_factory=list)
    row_finding_count: int = 0
    bytes_read: int = 0
    _lock: Lock = field(default_factory=Lock, repr=False)

    def note(self, kind: str, count: int = 1) -> None:
        """Count cells, rows or files that were read in another form."""
        if count:
            with self._lock:
                self.notes[kind] += count

    def row(self, finding: RowFinding) -> None:
        """Keep a finding on a row."""
        with self._lock:
            self.row_finding_count += 1
            if len(self.row_findings) < self.most:
                self.row_findings.append(finding)
