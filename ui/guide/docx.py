"""A checklist as a Word document to attach to a memo.

The font is the one that Thai agencies write their letters in; a machine without it shows another.
"""

import io
from datetime import date
from typing import Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from graph.thai import date_text
from qa.guide.model import GROUPS, Checklist, Item, Option
from qa.words import CERTAINTY, name_of
from ui.guide.words import Say, words

MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FONT: Final = "TH Sarabun New"
_SIZE: Final = 14
_WIDTHS: Final = (0.9, 7.2, 10.6, 6.2)
"""Centimetres of the columns of a landscape A4 page with margins of 2.4 cm."""


def document_docx(found: Checklist, language: str) -> bytes:
    """Return a checklist as a DOCX: choices, day, items with boxes, dates, sources, links."""
    say = words(language)
    document = Document()
    _page(document, say("title"))
    document.add_heading(say("title"), 0)
    counts = {key.replace("-", "_"): number for key, number in found.counts.items()}
    day = date_text(found.day, language)
    document.add_paragraph(say("summary", day=day, all=len(found.items), **counts))
    _choices(document, found, say, language)
    for note in found.notes:
        document.add_paragraph(getattr(note, language))
    for group in GROUPS:
        if items := found.in_group(group):
            document.add_heading(f"{say(group)} ({len(items)})", 1)
            document.add_paragraph(say(f"about-{group}"))
            _table(document, items, say, language)
    document.add_paragraph()
    document.add_paragraph(say("ours"))
    made = date_text(date.today().isoformat(), language)
    document.add_paragraph(say("version", graph=found.graph, made=made))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _page(document: Any, title: str) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin = section.bottom_margin = Cm(2)
    document.core_properties.title = title
    for style in ("Normal", "Heading 1", "Title"):
        _thai(document.styles[style], _SIZE + {"Normal": 0, "Heading 1": 4, "Title": 8}[style])


def _thai(style: Any, size: int) -> None:
    """Set font and size for Thai too, which Word keeps apart as «complex script»."""
    style.font.name, style.font.size = _FONT, Pt(size)
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for script in ("w:cs", "w:hAnsi", "w:eastAsia", "w:ascii"):
        fonts.set(qn(script), _FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(size * 2))
    properties.append(complex_size)


def _choices(document: Any, found: Checklist, say: Say, language: str) -> None:
    def names(options: list[Option]) -> str:
        return ", ".join(o.label_en if language == "en" else o.label for o in options)

    agency = names([found.agency]) if found.agency else say("no-agency")
    rows = [("agency", agency), ("activity", names(found.activities)), ("data", names(found.data)),
            ("channel", names(found.channels)),
            ("day", date_text(found.day, language))]  # fmt: skip
    for key, text in rows:
        if text:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{say(key)}: ").bold = True
            paragraph.add_run(_clean(text))


def _table(document: Any, items: list[Item], say: Say, language: str) -> None:
    table = document.add_table(rows=1, cols=len(_WIDTHS))
    table.style = "Table Grid"
    table.autofit = False
    heads = ("☐", say("item"), say("to-do"), say("state"))
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    _repeat(table.rows[0])
    for item in items:
        cells = table.add_row().cells
        cells[0].text = "☐"
        _link(cells[1].paragraphs[0], item.iri, item.label)
        if item.heading:
            cells[1].add_paragraph(_clean(item.heading))
        _tasks(cells[2], item, say, language)
        _state(cells[3], item, say, language)
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)


def _tasks(cell: Any, item: Item, say: Say, language: str) -> None:
    lines = [
        " ".join(
            part
            for part in (
                f"({say('if', actor=getattr(task.actor, language))})"
                if task.whose == "capacity" else "",
                task.text.th,
            )
            if part
        )
        for task in item.tasks
    ] or [item.summary]  # fmt: skip
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.add_run(_clean(f"{place + 1}. {line}" if len(lines) > 1 else line))


def _state(cell: Any, item: Item, say: Say, language: str) -> None:
    lines = [say(f"state-{item.state}")]
    if item.begins:
        ends = " " + say("ends", day=date_text(item.ends, language)) if item.ends else ""
        begins = say(f"begins-{item.begins_as}", day=date_text(item.begins, language))
        lines.append(begins + ends)
    lines += [f"{say('look-up')}: {getattr(check, language)}" for check in item.checks]
    if item.certainty:
        lines.append(say("certainty", certainty=name_of(CERTAINTY, item.certainty, language)))
    if item.source:
        lines.append(say("source", source=item.source))
    cell.text = _clean(lines[0])
    for line in lines[1:]:
        cell.add_paragraph(_clean(line))
    _link(cell.add_paragraph(), item.iri, item.iri)


def _link(paragraph: Any, address: str, text: str) -> None:
    """Add a link, which python-docx has no call for."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(_clean(text))
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _repeat(row: Any) -> None:
    """Let a table's head stand again on each page."""
    properties = row._tr.get_or_add_trPr()
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    properties.append(head)


def _clean(text: str) -> str:
    """Return text without the control characters that XML forbids."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t")
