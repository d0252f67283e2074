"""The tab where questions are asked, and an answer as HTML."""

import re
from typing import Final

from markupsafe import Markup, escape

from qa.model import Answer
from qa.service import Service
from ui.html import ENVIRONMENT
from ui.page.fragments import box
from ui.page.words import Say, words

SAMPLES: Final = (
    "จะทำระบบลงลายมือชื่ออิเล็กทรอนิกส์ให้เจ้าหน้าที่ ต้องใช้มาตรฐานไหน",
    "มสพร. 6-5 ประกาศเมื่อไหร่ ใครลงนาม",
    "หน่วยงานต้องประกาศช่องทางติดต่อทางอิเล็กทรอนิกส์ภายในกี่วัน",
    "ร่างแนวทางจัดทำข้อมูลนิรนามมีกี่ขั้นตอน",
    "ขอสำเนาบัตรประชาชนจากผู้ยื่นคำขอได้ไหม",
    "ข้อมูลเปิดภาครัฐต้องมีคุณลักษณะอะไร",
    "ข้อมูลรั่วต้องแจ้ง สคส. ภายในกี่ชั่วโมง",
    "ภาษีที่ดินปี 2569 จ่ายภายในเดือนไหน",
)


def draw(service: Service, language: str) -> None:
    """Draw a question's box and the place of its answer."""
    box("ask", language, SAMPLES, lambda text: answer_html(service.ask(text), language))


def answer_html(answer: Answer, language: str = "th") -> str:
    """Return an answer with its numbered citations, as a fragment; all its text is escaped.

    :param language: of the labels; the text is in the answer's own.
    """
    return ENVIRONMENT.get_template("page/answer.html").render(
        answer=answer, say=words(language), language=language, numbered=_numbered
    )


def _numbered(line: str, count: int, say: Say) -> Markup:
    """Return a line of an answer whose [n] lead to the citations below it."""
    safe = str(escape(line))
    return Markup(  # noqa: S704 - escaped just above
        re.sub(
            r"\[(\d+)\]",
            lambda m: (
                f'<a class="cite" href="#cite-{m[1]}" aria-label="{say("ask.source", n=m[1])}">'
                f"[{m[1]}]</a>"
                if 1 <= int(m[1]) <= count
                else m[0]
            ),
            safe,
        )
    )
