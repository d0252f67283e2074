"""Our HTML inside Gradio without ``eval``, and a box whose answer is such a fragment.

``gr.HTML`` compiles its template in the browser by ``Function``, which a policy without
``unsafe-eval`` forbids. ``gr.Markdown`` leaves a block of HTML as it is up to its first blank line.
"""

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from graph.errors import MattraError
from qa.text import MAX_QUESTION
from ui.html import ENVIRONMENT
from ui.page.words import words


def result(name: str, html: str | None = None) -> Any:
    """Return the place of a tab's result, ``<name>-result``; what is printed is inside it.

    Its value is always made by ``fragment``: text of users must be escaped before.

    :param html: what stands there at first, where a script of ours puts the result in its place.
    """
    return gr.Markdown(
        None if html is None else fragment(html),
        elem_id=f"{name}-result", sanitize_html=False, latex_delimiters=[],
    )  # fmt: skip


def show(html: str) -> Any:
    """Draw HTML of ours that stays as it is; text of users in it must be escaped before."""
    return gr.Markdown(fragment(html), sanitize_html=False, latex_delimiters=[])


def fragment(html: str) -> str:
    r"""Return HTML as one block that Markdown leaves alone.

    A line's end becomes a reference to it, which HTML reads as the same character.

    >>> fragment("<p>ก\n\n# ข</p>")
    '<div><p>ก&#10;&#10;# ข</p></div>'
    """
    return "<div>" + html.replace("\r", "").replace("\n", "&#10;") + "</div>"


def failure(error: MattraError, language: str) -> str:
    """Return an error as a fragment that is read out at once."""
    return ENVIRONMENT.get_template("page/failure.html").render(
        say=words(language), text=error.th if language == "th" else error.en
    )


def samples_html(name: str, samples: Sequence[str], language: str) -> str:
    """Return examples as links that ask them; the page's script does so without leaving it."""
    return ENVIRONMENT.get_template("page/samples.html").render(
        say=words(language), name=name, samples=samples
    )


def box(
    name: str,
    language: str,
    samples: Sequence[str],
    reply: Callable[[str], str],
    between: Callable[[], Any] | None = None,
) -> tuple[Any, Any]:
    """Draw a box, its button, its result and examples to start from.

    :param name: the tab's; its words are ``<name>.box``, ``<name>.hint`` and ``<name>.go``.
    :param reply: gives the HTML of the result for what was typed.
    :param between: draws what stands between the examples and the result; then the examples come
        before the result.
    :return: the box and the result.
    """
    say = words(language)

    def answer(text: str | None) -> str:
        text = (text or "").strip()
        if not text or len(text) > MAX_QUESTION:
            key = "frame.too-long" if text else "frame.empty"
            error = MattraError(*(words(each)(key, most=MAX_QUESTION) for each in ("th", "en")))
            return fragment(failure(error, language))
        try:
            return fragment(reply(text))
        except MattraError as error:
            return fragment(failure(error, language))

    # With one line Enter sends; the style sheet makes it as high as two.
    typed = gr.Textbox(
        label=say(f"{name}.box"), placeholder=say(f"{name}.hint"), info=say("frame.enter"),
        lines=1, max_lines=6, elem_id=f"{name}-q", elem_classes="m-box",
        html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", spellcheck=False),
    )  # fmt: skip
    button = gr.Button(say(f"{name}.go"), variant="primary", elem_id=f"{name}-go")
    shown = None if between else result(name)
    show(samples_html(name, samples, language))
    if between:
        between()
        shown = result(name)
    gr.on([button.click, typed.submit], answer, typed, shown, api_visibility="private")
    return typed, shown
