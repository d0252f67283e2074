"""The Gradio page: Thai first, no logic that the command line or the API lack."""

import os
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr

from qa.service import Service
from qa.text import MAX_QUESTION
from ui.html import SAMPLES, answer_html, applies_html

TITLE = "mattra · มาตรฐานและกฎหมายรัฐบาลดิจิทัล"
_INTRO = (
    "# mattra\nถามเรื่องมาตรฐานรัฐบาลดิจิทัล (มรด. มสพร.) และกฎหมายที่อยู่เบื้องหลัง "
    "ได้คำตอบจากกราฟความรู้พร้อมแหล่งอ้างอิง ถ้าไม่มีข้อมูลจะบอกว่าไม่มี ไม่เดา"
)
_WORK = ("รับชำระค่าธรรมเนียมออนไลน์", "ลงลายมือชื่ออิเล็กทรอนิกส์ในหนังสือราชการ", "เปิดเผยชุดข้อมูลบน data.go.th")


def theme() -> Any:
    """Return the theme, its Thai font served from here."""
    return gr.themes.Default(
        primary_hue="blue", font=[gr.themes.Font("Sarabun"), "sans-serif"], font_mono=["monospace"]
    )


def build(service: Service) -> Any:
    """Return the page over a service."""

    def ask(question: str) -> str:
        return answer_html(service.ask(question[:MAX_QUESTION]))

    def applies(description: str) -> str:
        return applies_html(service.applies(description[:MAX_QUESTION]))

    with gr.Blocks(title=TITLE, analytics_enabled=False) as page:
        gr.Markdown(_INTRO)
        with gr.Tab("ถาม"):
            _asking("คำถาม", "พิมพ์คำถามเป็นภาษาไทยตามที่พูด", "ถาม", SAMPLES, ask)
        with gr.Tab("มาตรฐานที่ต้องใช้"):
            _asking("งานที่กำลังจะทำ", "เช่น จะรับชำระค่าธรรมเนียมออนไลน์", "ดูว่าใช้อะไร", _WORK, applies)
        gr.Markdown("[API](/docs) · [คลังคำศัพท์](/ns) · ไม่มีการส่งข้อมูลออกนอกเครื่องนี้")
    return page


def _asking(label: str, hint: str, verb: str, samples: tuple[str, ...], reply: Any) -> None:
    box = gr.Textbox(
        label=label, placeholder=hint, lines=2, max_lines=6, max_length=MAX_QUESTION,
        submit_btn=False,
    )  # fmt: skip
    button = gr.Button(verb, variant="primary")
    answer = gr.HTML(label="คำตอบ")
    gr.Examples([[sample] for sample in samples], box, label="ตัวอย่าง")
    gr.on([button.click, box.submit], reply, box, answer, api_visibility="private")
