"""The tab of SPARQL: a box that the editor takes the place of, and what the query found."""

import re
import time
from typing import Final
from urllib.parse import quote

import gradio as gr

from graph.errors import InputError, MattraError
from graph.examples import AUDIENCES, Example, examples, find
from graph.safety import read
from ui.html import ENVIRONMENT
from ui.page.fragments import failure, fragment, result
from ui.page.rows import SHOWN, Rows, chart, links, rows_of_json, rows_of_triples
from ui.page.served import Served
from ui.page.words import words
from ui.serving.clients import client_of, key_of

MOST: Final = 8_000_000
"""Bytes of an answer that is shown; a file to download may be larger."""
LINK: Final = 12_000
"""Letters of a query that a link can hold."""
_FORMS: Final = {
    "rows": (("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML")),
    "triples": (("ttl", "Turtle"), ("nt", "N-Triples"), ("jsonld", "JSON-LD"), ("xml", "RDF/XML")),
}
_FIRST: Final = "27"


def draw(served: Served, language: str) -> None:
    """Draw the box of a query, examples to start from and the place of what it finds."""
    say = words(language)

    def run(text: str | None, request: gr.Request) -> str:
        endpoint = served.endpoint
        client = key_of(client_of(request.request.scope, endpoint.settings))
        try:
            return fragment(answer_html(served, text or "", client, language))
        except MattraError as error:
            return fragment(failure(_placed(error), language))

    gr.Markdown(
        fragment(_render("page/queries.html", language, groups=_groups())),
        sanitize_html=False, latex_delimiters=[], elem_id="sparql-top",
    )  # fmt: skip
    typed = gr.Textbox(
        find(_FIRST).query, label=say("sparql.box"), lines=12, max_lines=30,
        elem_id="sparql-query", html_attributes=gr.InputHTMLAttributes(spellcheck=False),
    )  # fmt: skip
    button = gr.Button(say("sparql.run"), variant="primary", elem_id="sparql-run")
    shown = result("sparql")
    button.click(run, typed, shown, api_visibility="private")


def _placed(error: MattraError) -> MattraError:
    """Return an error of syntax as its place in the query; what a parser expected fills lines."""
    found = re.search(r"error at (\d+):(\d+)", error.en)
    if not found:
        return error
    line, letter = found.groups()
    return InputError(
        *(words(each)("sparql.syntax", line=line, letter=letter) for each in ("th", "en"))
    )


def answer_html(served: Served, query: str, client: str, language: str) -> str:
    """Return what a query finds, as a fragment; all its text is escaped.

    :param client: who asks, by whom limits are counted.
    :raises MattraError: the query is empty, not allowed, or cannot be answered in time.
    """
    if not query.strip():
        raise InputError(*(words(each)("sparql.empty") for each in ("th", "en")))
    endpoint = served.endpoint
    say = words(language)
    start = time.perf_counter()
    # Expanded once: what searches in it is asked of the index.
    expanded = endpoint.expand(query)
    reading = read(expanded)
    form, triples = reading.form or "SELECT", reading.gives_triples
    answer = endpoint.whole(expanded, "nt" if triples else "json", client, MOST)
    found = rows_of_triples(answer, form) if triples else rows_of_json(answer, form)
    views = {
        "table": "table" if found.truth is None else None,
        "chart": chart(found, say("sparql.chart")),
        "graph": links(found, served.service.store, say("sparql.graph"), language),
    }
    return _render(
        "page/rows.html", language,
        found=found, shown=found.rows[:SHOWN], views={k: v for k, v in views.items() if v},
        first="graph" if triples and views["graph"] else "table",
        downloads=_downloads(query, found), took=f"{time.perf_counter() - start:.2f}",
    )  # fmt: skip


def _downloads(query: str, found: Rows) -> list[tuple[str, str, str]]:
    """Return address, name of the file and form of each download; none where a link is too long."""
    asked = quote(query, safe="")
    if len(asked) > LINK:
        return []
    return [
        (f"/sparql?query={asked}&format={form}", f"mattra.{form}", name)
        for form, name in _FORMS["triples" if found.is_triples else "rows"]
        if found.truth is None or form in ("json", "xml")
    ]


def _groups() -> list[tuple[str, list[Example]]]:
    return [(of, [each for each in examples() if each.audience == of]) for of in AUDIENCES]


def _render(template: str, language: str, **values: object) -> str:
    return ENVIRONMENT.get_template(template).render(
        say=words(language), language=language, **values
    )
