"""The tabs, one under each name that an address may give; header and footer are HTML around."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr

from ui.page import asking, browse, calculator, checking, guide, query
from ui.page.served import Served
from ui.page.words import words

CONCURRENT: Final = 8
"""Events of one kind that run at a time; without it Gradio lets each user wait for the last."""


@dataclass(frozen=True)
class Tab:
    """A tab: its name in addresses and words, and what draws it."""

    name: str
    draw: Callable[[Served, str], None]


TABS: Final = (
    Tab("ask", asking.draw),
    Tab("guide", guide.draw),
    Tab("browse", browse.draw),
    Tab("check", checking.draw),
    Tab("tax", calculator.draw),
    Tab("sparql", query.draw),
)


def build(served: Served, language: str) -> Any:
    """Return the page over what is served, as Gradio's Blocks.

    :param language: ``th`` or ``en``.
    """
    say = words(language)
    with gr.Blocks(title=say("frame.title"), analytics_enabled=False) as page:
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):
            for tab in TABS:
                with gr.Tab(say(f"{tab.name}.tab"), id=tab.name, elem_id=f"tab-{tab.name}"):
                    tab.draw(served, language)
        # Its first answer tells the page's script that Gradio takes clicks.
        ready = gr.Markdown(elem_id="ready")
        page.load(lambda: "ready", None, ready, queue=False, api_visibility="private")
        page.queue(default_concurrency_limit=CONCURRENT)
    return page
