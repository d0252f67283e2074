"""The tab where questions are asked: a conversation whose answers are documents with evidence."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import gradio as gr

from graph.errors import MattraError
from qa.service import Service
from qa.text import MAX_QUESTION
from ui.days import day_in
from ui.html import ENVIRONMENT
from ui.page.answers import Turn, thread_html
from ui.page.fragments import failure, fragment, result
from ui.page.served import Served
from ui.page.words import words

MOST_BEFORE: Final = 5
"""Earlier questions that a conversation goes on from, and that its link repeats."""
SAMPLES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "th": {
        "ask.topic-standards": (
            "จะทำระบบลงลายมือชื่ออิเล็กทรอนิกส์ให้เจ้าหน้าที่ ต้องใช้มาตรฐานไหน",
            "มสพร. 6-5 ประกาศเมื่อไหร่ ใครลงนาม",
            "เปรียบเทียบ มสพร. 6-5 กับ มสพร. 7",
        ),
        "ask.topic-privacy": (
            "ข้อมูลรั่วต้องแจ้ง สคส. ภายในกี่ชั่วโมง",
            "ร่างแนวทางจัดทำข้อมูลนิรนามมีกี่ขั้นตอน",
            "ผู้ควบคุมข้อมูลส่วนบุคคลมีหน้าที่อะไรบ้าง",
        ),
        "ask.topic-services": (
            "หน่วยงานต้องประกาศช่องทางติดต่อทางอิเล็กทรอนิกส์ภายในกี่วัน",
            "ขอสำเนาบัตรประชาชนจากผู้ยื่นคำขอได้ไหม",
            "ข้อมูลเปิดภาครัฐต้องมีคุณลักษณะอะไร",
        ),
        "ask.topic-tax": (
            "ภาษีที่ดินปี 2569 จ่ายภายในเดือนไหน",
            "บ้านหลังหลักมูลค่า 60 ล้านบาท ปี 2569 ต้องเสียภาษีที่ดินเท่าไร",
            "ไม่จ่ายภาษีที่ดินตามกำหนดต้องเสียเบี้ยปรับเท่าไร",
        ),
    },
    "en": {
        "ask.topic-standards": (
            "Which standard applies to electronic signatures of officials?",
            "When was มสพร. 6-5 announced?",
        ),
        "ask.topic-privacy": (
            "How soon must a data breach be reported?",
            "What are the duties of a data controller?",
        ),
        "ask.topic-services": (
            "Within how many days must an agency announce its electronic channels?",
            "Can an agency ask for a copy of my ID card?",
        ),
        "ask.topic-tax": (
            "How much land tax is due on a main home worth 60 million baht in 2569?",
            "What is the penalty for paying land tax late?",
        ),
    },
}  # fmt: skip
"""Questions to start from, by topic; in Thai and, on the English page, in English."""
Shown = tuple[Any, ...]


@dataclass(frozen=True)
class _Asked:
    """What one press of the button asks."""

    question: str
    day: date | None
    before: list[str]


def draw(served: Served, language: str) -> None:
    """Draw the conversation, the boxes of a question and its day, and examples."""
    service = served.service
    say = words(language)
    shown = result("ask")
    turns = gr.State(())
    with gr.Row(elem_id="ask-form"):
        # With one line Enter sends; the style sheet makes it as high as two.
        typed = gr.Textbox(
            label=say("ask.box"), placeholder=say("ask.hint"), info=say("frame.enter"),
            lines=1, max_lines=6, elem_id="ask-q", elem_classes="m-box", scale=3,
            html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", spellcheck=False),
        )  # fmt: skip
        day = gr.Textbox(
            label=say("ask.day"), placeholder=say("ask.day-hint"), info=say("ask.day-info"),
            lines=1, max_lines=1, elem_id="ask-day", scale=1,
            html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", spellcheck=False),
        )  # fmt: skip
    before = gr.Textbox(elem_id="ask-before", elem_classes="m-kept", lines=1, show_label=False)
    with gr.Row(elem_id="ask-buttons"):
        go = gr.Button(say("ask.go"), variant="primary", elem_id="ask-go")
        again = gr.Button(say("ask.again"), elem_id="ask-again", elem_classes="m-later")
    samples = gr.Markdown(
        samples_html(language), elem_id="ask-samples", sanitize_html=False, latex_delimiters=[]
    )

    def ask(
        text: str | None, on: str | None, earlier: str | None, kept: tuple[Turn, ...]
    ) -> Iterator[Shown]:
        try:
            asked = _asked(text, on, earlier)
            turns_now = _earlier(service, asked, kept)
            for turn in _turns(service, asked):
                whole = (*turns_now, turn)
                html = fragment(thread_html(service, whole, language))
                opened = turn.answer.abstained
                yield html, whole, _dumped(whole), samples_html(language, opened)
        except MattraError as error:
            html = thread_html(service, kept, language) + failure(error, language)
            yield fragment(html), kept, _dumped(kept), gr.skip()

    def forget() -> Shown:
        return "", (), "", "", "", samples_html(language)

    gr.on(
        [go.click, typed.submit], ask, [typed, day, before, turns],
        [shown, turns, before, samples], api_visibility="private", show_progress="hidden",
    )  # fmt: skip
    again.click(forget, None, [shown, turns, before, typed, day, samples], api_visibility="private")


def samples_html(language: str, opened: bool = True) -> str:
    """Return the examples by topic, as a fragment; folded once there is an answer."""
    html = ENVIRONMENT.get_template("page/topics.html").render(
        say=words(language), language=language, topics=SAMPLES[language], opened=opened
    )
    return fragment(html)


def _asked(text: str | None, on: str | None, earlier: str | None) -> _Asked:
    """Return what is asked.

    :raises MattraError: nothing was typed, too much was, or the day is none.
    """
    text, on = (text or "").strip(), (on or "").strip()
    if not text or len(text) > MAX_QUESTION:
        key = "frame.too-long" if text else "frame.empty"
        raise MattraError(*(words(each)(key, most=MAX_QUESTION) for each in ("th", "en")))
    return _Asked(text, day_in(on) if on else None, read_before(earlier))


def read_before(text: str | None) -> list[str]:
    """Return the earlier questions that the page keeps as JSON; none where it is something else.

    >>> read_before('["ก", "ข"]'), read_before("{"), read_before(None)
    (['ก', 'ข'], [], [])
    """
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return []
    if not isinstance(found, list):
        return []
    return [each[:MAX_QUESTION] for each in found if isinstance(each, str) and each.strip()][
        -MOST_BEFORE:
    ]


def _earlier(service: Service, asked: _Asked, kept: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Return the turns before this one: those kept, or those that a link names, asked anew.

    The last question asked again, for another day, takes its own place.
    """
    before = asked.before
    if before and before[-1] == asked.question:
        before = before[:-1]
    if [turn.answer.question for turn in kept[: len(before)]] == before:
        return kept[: len(before)]
    asked_anew = []
    for place, question in enumerate(before):
        answer = service.ask(question, asked.day, before[:place])
        asked_anew.append(Turn(answer, tuple(before[:place])))
    return tuple(asked_anew)


def _turns(service: Service, asked: _Asked) -> Iterator[Turn]:
    """Yield the answer as far as it is known: its first sentence, the whole, the whole reworded."""
    before = asked.before
    if before and before[-1] == asked.question:
        before = before[:-1]
    for place, answer in enumerate(service.drafts(asked.question, asked.day, before)):
        turn = Turn(answer, tuple(before))
        if place == 0:
            yield replace(turn, begun=True)
        yield turn


def _dumped(turns: tuple[Turn, ...]) -> str:
    asked = [turn.answer.question for turn in turns][-MOST_BEFORE:]
    return json.dumps(asked, ensure_ascii=False) if asked else ""
