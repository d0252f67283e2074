"""How soon the page is painted, and how soon an answer's first words are there, in Chromium."""

import statistics
import time
from collections.abc import Sequence
from typing import Final

from playwright.sync_api import BrowserContext, Page
from rich.console import Console
from rich.table import Table

from bench.browser import chromium, service

QUESTIONS: Final = (
    "ข้อมูลรั่วต้องแจ้ง สคส. ภายในกี่ชั่วโมง",
    "มสพร. 6-5 ประกาศเมื่อไหร่ ใครลงนาม",
    "ข้อมูลเปิดภาครัฐต้องมีคุณลักษณะอะไร",
    "ขอสำเนาบัตรประชาชนจากผู้ยื่นคำขอได้ไหม",
    "ร่างแนวทางจัดทำข้อมูลนิรนามมีกี่ขั้นตอน",
)


def run(console: Console) -> None:
    """Print medians in ms: cold is a browser with an empty cache, warm one that was here before."""
    table = Table("ms", "first contentful paint", "box can be typed in", "first words of an answer")
    with service() as address, chromium() as browser:
        first = _median([_measure(browser.new_context(), address, QUESTIONS[0])])
        cold, warm = [], []
        for question in QUESTIONS:
            context = browser.new_context(locale="th-TH")
            cold.append(_measure(context, address, question))
            warm.append(_measure(context, address, question))
            context.close()
    table.add_row("first visit after the start", *first)
    table.add_row("cold", *_median(cold))
    table.add_row("warm", *_median(warm))
    console.print(table)


def _measure(context: BrowserContext, address: str, question: str) -> tuple[float, float, float]:
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address)
    page.locator("#ask-q textarea").wait_for()
    ready = (time.perf_counter() - start) * 1000
    page.locator("#ready", has_text="ready").wait_for(state="attached")
    page.locator("#ask-q textarea").fill(question)
    start = time.perf_counter()
    page.locator("#ask-q textarea").press("Enter")
    page.locator("#ask-result .m-lead").wait_for()
    words = (time.perf_counter() - start) * 1000
    paint = _painted(page)
    page.close()
    return paint, ready, words


def _painted(page: Page) -> float:
    return float(
        page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    )


def _median(rows: Sequence[tuple[float, float, float]]) -> list[str]:
    return [f"{statistics.median(column):,.0f}" for column in zip(*rows, strict=True)]
