"""The tab that makes a checklist of standards and sections from five short steps."""

from typing import Any, Final
from urllib.parse import parse_qs

import gradio as gr
from markupsafe import Markup

from graph.errors import MattraError
from qa.guide import Asked, Checklist
from qa.guide.model import Offer, Option
from qa.service import Service
from ui.guide.html import fragment_html
from ui.html import ENVIRONMENT
from ui.page.fragments import box, failure, fragment
from ui.page.served import Served
from ui.page.words import words

SAMPLES: Final = (
    "เทศบาลจะรับชำระค่าธรรมเนียมออนไลน์ทางเว็บไซต์",
    "ลงลายมือชื่ออิเล็กทรอนิกส์ในหนังสือราชการ",
    "เปิดเผยชุดข้อมูลบน data.go.th",
)
_LONGEST: Final = 8000
"""Characters of a query; every choice ticked has fewer than half."""


def draw(served: Served, language: str) -> None:
    """Draw the box of a description, the five steps, and the place of the checklist.

    The steps are plain HTML; the tab's script hands what is chosen to a box that is not shown.
    """
    service = served.service

    def show(query: str | None) -> str:
        try:
            return fragment(checklist_html(service.guide(asked_in(query or "")), language))
        except MattraError as error:
            return fragment(failure(error, language))

    def described(text: str) -> str:
        return checklist_html(service.guide(Asked(description=text)), language)

    _, shown = box("guide", language, SAMPLES, described, lambda: steps(service, language))
    query = gr.Textbox(elem_id="guide-choices", elem_classes="g-hidden", lines=1, max_lines=2)
    button = gr.Button(elem_id="guide-show", elem_classes="g-hidden")
    button.click(show, query, shown, api_visibility="private")


def steps(service: Service, language: str) -> Any:
    """Draw the five steps."""
    return gr.Markdown(
        fragment(form_html(service.guide_choices(), language)),
        sanitize_html=False, latex_delimiters=[], elem_id="guide-steps",
    )  # fmt: skip


def form_html(offer: Offer, language: str) -> str:
    """Return the five steps as a form."""

    def name(option: Option) -> str:
        return option.label_en if language == "en" else option.label

    return ENVIRONMENT.get_template("page/guide_form.html").render(
        offer=offer, say=words(language), language=language, name=name
    )


def asked_in(query: str) -> Asked:
    """Return the choices of an address's query; what else it says is left out.

    >>> asked_in("agency=local&activity=e-payment&activity=website&q=x").activities
    ['e-payment', 'website']
    """
    found = parse_qs(query[:_LONGEST], errors="replace")
    return Asked(
        next(iter(found.get("agency", ())), ""), found.get("activity", ()), found.get("data", ()),
        found.get("channel", ()), next(iter(found.get("day", ())), ""),
    )  # fmt: skip


def checklist_html(found: Checklist, language: str = "th") -> str:
    """Return a checklist with ways to save it, as a fragment; all its text is escaped."""
    return ENVIRONMENT.get_template("page/guide.html").render(
        found=found, say=words(language), language=language,
        body=Markup(fragment_html(found, language)),  # noqa: S704 - escaped by its template
    )  # fmt: skip
