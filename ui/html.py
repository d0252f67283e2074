"""HTML of things and answers. Text of documents and users is always escaped."""

import re
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup, escape

import ontology
from graph.statements import Link
from graph.thai import date_text
from qa.force import years_text
from qa.model import Answer, Applies
from qa.of_tax import figures_of
from qa.sentences import event_text, norm_text
from qa.words import CERTAINTY, LEVEL, name_of, say, status_of

_PAGES: Final = {"tax/": "/ns/tax#", "shape/": "/shapes#"}
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


def local_path(ref: str) -> str:
    """Return the path of a thing's page on this server; another's address as it is.

    >>> local_path("dgov-2562/12(3)"), local_path("shape/LBT-101")
    ('/id/dgov-2562/12(3)', '/shapes#LBT-101')
    >>> local_path("https://w3id.org/mattra/ns#Duty")
    '/ns#Duty'
    """
    if ref.startswith(("https://", "http://")):
        return "/" + ref.removeprefix(ontology.BASE) if ref.startswith(ontology.BASE) else ref
    for start, page in _PAGES.items():
        if ref.startswith(start):
            return page + ref.removeprefix(start)
    return "/" + quote(ref if ref.startswith("concept/") else f"id/{ref}", safe="/()-._~:,;@!*")


def answer_html(answer: Answer) -> str:
    """Return an answer with its numbered citations, as a fragment."""
    return ENVIRONMENT.get_template("answer.html").render(answer=answer)


def applies_html(found: Applies) -> str:
    """Return what applies to some work, as a fragment."""
    return ENVIRONMENT.get_template("applies.html").render(found=found)


def _numbered(line: str, count: int) -> Markup:
    """Return a line of an answer whose [n] lead to the citations below it."""
    safe = str(escape(line))
    return Markup(  # noqa: S704 - escaped just above
        re.sub(
            r"\[(\d+)\]",
            lambda m: (
                f'<a class="cite" href="#cite-{m[1]}" aria-label="แหล่งอ้างอิง {m[1]}">[{m[1]}]</a>'
                if 1 <= int(m[1]) <= count
                else m[0]
            ),
            safe,
        )
    )


def _link(link: Link) -> Markup:
    return Markup('<a href="{}">{}</a>').format(local_path(link.ref), link.label)


ENVIRONMENT: Final = Environment(
    loader=PackageLoader("ui", "templates"),
    autoescape=select_autoescape(default=True),
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.globals.update(
    base=ontology.BASE, date_text=date_text, event_text=event_text, norm_text=norm_text,
    say=say, path=local_path, figures_of=figures_of, years_text=years_text,
    link=_link, numbered=_numbered,
)  # fmt: skip
ENVIRONMENT.filters.update(
    status=status_of,
    level=lambda key: name_of(LEVEL, key),
    certainty=lambda key: name_of(CERTAINTY, key),
    slug=lambda links: links[0].ref.rpartition("/")[2] if links else "",
)
