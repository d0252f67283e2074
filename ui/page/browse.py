"""The tab that lets one look through all there is: facets, cards, and a thing with what is around.

What is looked at stands in the address, as ``?tab=browse&ref=…`` or ``&q=…&kind=…``; the page's
script hands that query string over through a box that nobody sees.
"""

from typing import Any, Final
from urllib.parse import parse_qs, urlencode

import gradio as gr
from markupsafe import Markup

import ontology
from graph.errors import MattraError
from qa.catalogue import FACETS, KINDS
from qa.neighbours import Around
from qa.service import Service
from qa.versions import CHANGES, COMPARED, RELATIONS
from qa.versions import KINDS as VERSION_KINDS
from ui.drawing import Edge, Node, network
from ui.html import ENVIRONMENT
from ui.linked.finding import Elsewhere, Found, find
from ui.linked.pages import part_of
from ui.page.fragments import failure, fragment, result
from ui.page.served import Served
from ui.page.words import words

PAGE: Final = 20
"""Cards of one page."""
_SHOWN: Final = 8
"""Values of a facet before the rest is folded away."""


def draw(served: Served, language: str) -> None:
    """Draw the box to search by and the place of what is looked at."""
    service = served.service

    def look(at: str | None) -> str:
        try:
            return fragment(view_html(service, at or "", language))
        except MattraError as error:
            return fragment(failure(error, language))

    gr.Markdown(
        fragment(_render("page/browse.html", language)), sanitize_html=False, latex_delimiters=[]
    )
    at = gr.Textbox(elem_id="browse-at", elem_classes="m-unseen", show_label=False)
    button = gr.Button(elem_id="browse-move", elem_classes="m-unseen")
    button.click(look, at, result("browse"), api_visibility="private")


def view_html(service: Service, at: str, language: str) -> str:
    """Return what a query string asks to look at, as a fragment; all its text is escaped.

    :raises MattraError: nothing has that ref, or a facet has no such value.
    """
    asked = parse_qs(at[:4000], keep_blank_values=True)
    if ref := asked.get("ref", [""])[0].strip():
        if "before" in asked:
            return versions_html(service, ref, asked["before"][0], language)
        return thing_html(service, ref, language)
    return listing_html(service, asked, language)


def listing_html(service: Service, asked: dict[str, list[str]], language: str) -> str:
    """Return the things of some facets as cards, with the facets to narrow them by."""
    text = asked.get("q", [""])[0].strip()[:500]
    start = asked.get("start", ["0"])[0]
    begin = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 0
    wanted: dict[str, list[str]] = {name: asked[name][:20] for name in FACETS if name in asked}
    found = service.browse(text, wanted, begin, PAGE)

    def link(**change: Any) -> str:
        """Return the query string of the same with one facet, text or place changed."""
        now: dict[str, Any] = {"q": text, **wanted, **change}
        return urlencode({k: v for k, v in now.items() if v}, doseq=True)

    def toggled(name: str, value: str) -> str:
        had = wanted.get(name, [])
        return link(**{name: [v for v in had if v != value] if value in had else [*had, value]})

    return _render(
        "page/listing.html", language, found=found, wanted=wanted, link=link, toggled=toggled,
        kinds=KINDS, most=_SHOWN, page=PAGE, last=min(begin + PAGE, found.total),
        labels={name: {v["value"]: v for v in found.facets[name]} for name in FACETS},
    )  # fmt: skip


def thing_html(service: Service, ref: str, language: str) -> str:
    """Return a thing as on its own page, with what is around it, its timeline and versions.

    :raises UnknownRefError: nothing has that name.
    """
    found = _found(service, ref)
    near = service.around(found.ref) if found.is_described else None
    label = found.thing.label if found.is_described else found.ref
    law = found.thing.part_of if found.is_described else None
    return _render(
        "page/thing.html", language, found=found, label=label, law=law,
        kinds=KINDS, part=Markup(part_of(found)),  # noqa: S704 - a page of ours, escaped there
        picture=_picture(near, language), timeline=near.timeline if near else [], near=near,
        earlier=service.earlier(found.ref) if found.is_described else [],
        compared=found.kind in COMPARED,
    )  # fmt: skip


def versions_html(service: Service, ref: str, before: str, language: str) -> str:
    """Return two versions side by side, what is the same folded away.

    :raises UnknownRefError: a name means nothing here.
    :raises InputError: the two cannot be compared, or no earlier version is known.
    """
    found = service.compare(ref, before)
    return _render(
        "page/versions.html",
        language,
        found=found,
        changes=CHANGES,
        kinds=VERSION_KINDS,
        relation=RELATIONS[found.relation],
    )


def _found(service: Service, ref: str) -> Found:
    """Return what a ref names, however it is written; terms of tax data as things too."""
    found = find(service, ref)
    for _ in range(3):
        if not isinstance(found, Elsewhere):
            return found
        if found.ref.startswith(("tax/", "shape/")) and found.path:
            kind = "record" if found.ref.rpartition("/")[2][:1].isupper() else "column"
            service.show(found.ref)
            return Found(found.ref, kind, service.store)
        found = find(service, found.ref)
    return Found(ref, "node", service.store)


def _picture(near: Around | None, language: str) -> Markup | None:
    if near is None or not near.relations:
        return None
    english = language == "en"
    nodes = [
        Node(
            each.ref, (each.label_en if english else each.label) or each.label,
            f"?tab=browse&ref={each.ref}", each.step, "center" if each.step == 0 else "",
        )
        for each in near.neighbours
    ]  # fmt: skip
    edges = [Edge(r.source, r.target, r.en if english else r.th) for r in near.relations]
    return network(nodes, edges, words(language)("browse.around"))


def _render(template: str, language: str, **values: Any) -> str:
    return ENVIRONMENT.get_template(template).render(
        say=words(language), language=language, base=ontology.BASE, **values
    )
