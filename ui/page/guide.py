"""The tab that says which standards and sections apply to some work."""

from typing import Final

from qa.model import Applies
from qa.service import Service
from ui.html import ENVIRONMENT
from ui.page.fragments import box
from ui.page.words import words

SAMPLES: Final = (
    "รับชำระค่าธรรมเนียมออนไลน์",
    "ลงลายมือชื่ออิเล็กทรอนิกส์ในหนังสือราชการ",
    "เปิดเผยชุดข้อมูลบน data.go.th",
)


def draw(service: Service, language: str) -> None:
    """Draw the box of a description and the place of what applies to it."""
    box("guide", language, SAMPLES, lambda text: applies_html(service.applies(text), language))


def applies_html(found: Applies, language: str = "th") -> str:
    """Return what applies to some work, as a fragment; all its text is escaped.

    :param language: of the labels; the text of laws and standards is Thai.
    """
    return ENVIRONMENT.get_template("page/applies.html").render(
        found=found, say=words(language), language=language
    )
