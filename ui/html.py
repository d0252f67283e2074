"""HTML of things and answers. Text of documents and users is always escaped."""

from typing import Final
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

import ontology
from graph.statements import Link
from graph.thai import date_text
from qa.force import years_text
from qa.of_tax import figures_of
from qa.sentences import event_text, norm_text
from qa.words import CERTAINTY, LEVEL, name_of, say, status_of

_PAGES: Final = {"tax/": "/ns/tax#", "shape/": "/shapes#"}


def local_path(ref: str) -> str:
    """Return the path of a thing's page on this server; another's address as it is.

    >>> local_path("dgov-2562/12(3)"), local_path("shape/LBT-101")
    ('/id/dgov-2562/12(3)', '/shapes#LBT-101')
    >>> local_path("https://w3id.org/mattra/ns#Duty")
    '/ns#Duty'
    """
    if ref.startswith(("https://", "http://")):
        return "/" + ref.removeprefix(ontology.BASE) if ref.startswith(ontology.BASE) else ref
    for start, page in _PAGES.items():
        if ref.startswith(start):
            return page + ref.removeprefix(start)
    return "/" + quote(ref if ref.startswith("concept/") else f"id/{ref}", safe="/()-._~:,;@!*")


def _link(link: Link) -> Markup:
    return Markup('<a href="{}">{}</a>').format(local_path(link.ref), link.label)


ENVIRONMENT: Final = Environment(
    loader=PackageLoader("ui", "templates"),
    autoescape=select_autoescape(default=True),
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.globals.update(
    base=ontology.BASE, date_text=date_text, event_text=event_text, norm_text=norm_text,
    say=say, path=local_path, figures_of=figures_of, years_text=years_text,
    link=_link,
)  # fmt: skip
ENVIRONMENT.filters.update(
    status=status_of,
    level=lambda key, language="th": name_of(LEVEL, key, language),
    certainty=lambda key, language="th": name_of(CERTAINTY, key, language),
    slug=lambda links: links[0].ref.rpartition("/")[2] if links else "",
)
