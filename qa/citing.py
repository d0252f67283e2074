"""An answer as plain text that can be pasted into a memo, its sources numbered and linked."""

from graph.thai import date_text
from qa.model import Answer
from qa.words import CERTAINTY, name_of, status_of


def cited_text(answer: Answer, language: str = "") -> str:
    """Return question, answer and sources as text, with the day it holds for and the tool.

    A source has its name, its status and its permanent link; a doubt about it is said.

    :param language: of the words around; by default the answer's own.
    """
    language = language or answer.language
    thai = language == "th"
    lines = [("คำถาม: " if thai else "Question: ") + answer.question, "", answer.answer]
    if answer.citations:
        near = ("สิ่งที่ใกล้เคียง", "Nearest things") if answer.abstained else ("แหล่งอ้างอิง", "Sources")
        lines += ["", near[not thai]]
    for citation in answer.citations:
        tags = [status_of(citation.status, citation.kind, language)]
        if citation.certainty not in (None, "stated"):
            tags.append(name_of(CERTAINTY, citation.certainty, language))
        said = ", ".join(tag for tag in tags if tag)
        lines.append(f"[{citation.n}] {citation.label}{f' ({said})' if said else ''}")
        lines.append(f"    {citation.iri}")
    day = date_text(answer.as_of, language)
    lines += ["", f"ตอบตามข้อมูล ณ {day} โดย mattra" if thai else f"As of {day}, by mattra"]
    return "\n".join(lines)
