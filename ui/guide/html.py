"""A checklist as HTML: a fragment for the page, and a whole document that needs nothing else."""

from datetime import date
from importlib.resources import files
from typing import Final

from markupsafe import Markup

import ontology
from qa.guide.model import GROUPS, Checklist, Item, Option, Task
from ui.guide.timeline import timeline
from ui.guide.words import words
from ui.html import ENVIRONMENT, local_path

_MOST_TASKS: Final = 3
"""Tasks of an item shown before the rest is folded away."""
_STYLE: Final = "static/guide.css"


def fragment_html(found: Checklist, language: str) -> str:
    """Return a checklist for the page; all its text is escaped, its links are of this server."""
    return _checklist(found, language, whole=False)


def document_html(found: Checklist, language: str) -> str:
    """Return a checklist as a document of its own, with permanent links."""
    say = words(language)
    css = files("ui").joinpath(_STYLE).read_text(encoding="utf-8")
    return ENVIRONMENT.get_template("guide/document.html").render(
        say=say, language=language,
        css=Markup(css),  # noqa: S704 - a file of ours
        body=Markup(_checklist(found, language, whole=True)),  # noqa: S704 - escaped by its template
    )  # fmt: skip


def _checklist(found: Checklist, language: str, whole: bool) -> str:
    say = words(language)
    task_template = ENVIRONMENT.get_template("guide/task.html")

    def name(option: Option) -> str:
        return option.label_en if language == "en" else option.label

    def one(task: Task) -> Markup:
        return Markup(task_template.render(task=task, say=say, language=language))  # noqa: S704

    def link_of(ref: str) -> str:
        return ontology.iri(ref) if whole else local_path(ref)

    def link_to(item: Item) -> str:
        return item.iri if whole else local_path(item.ref)

    shown = {
        "list": found, "say": say, "language": language, "groups": GROUPS, "whole": whole,
        "name": name, "one": one, "link_of": link_of, "link_to": link_to, "most": _MOST_TASKS,
        "picture": timeline(found.timeline, found.day, language),
        "undated": [span.label for span in found.timeline if not span.begins],
        "made": date.today().isoformat(),
    }  # fmt: skip
    named = {
        key: [name(option) for option in options]
        for key, options in (("activity", found.activities), ("data", found.data),
                             ("channel", found.channels))
    }  # fmt: skip
    return ENVIRONMENT.get_template("guide/checklist.html").render(**shown, named=named)
