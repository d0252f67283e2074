"""Structured data for search engines: schema.org in a script element that runs nothing."""

import json
from datetime import date
from typing import Any, Final

from markupsafe import Markup

import ontology
from graph.things import Thing
from qa.around import announced_on
from qa.force import state_on
from ui.linked.nodes import Row

_FORCE: Final = {"in-force": "InForce", "not-yet": "NotInForce", "ended": "NotInForce"}
_LAW: Final = {
    "act": "Act",
    "instrument": "Subordinate instrument",
    "section": "Section",
    "item": "Item",
}


def script(data: dict[str, Any]) -> Markup:
    """Return data as a ``script`` element; no text in it can end the element."""
    text = json.dumps(data, ensure_ascii=False)
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup('<script type="application/ld+json">' + text + "</script>")  # noqa: S704 - no < is left


def of_thing(thing: Thing, crumbs: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return a law or standard as schema.org, and the path to it.

    :param crumbs: label and ref of what the thing stands in, the outermost first.
    """
    about = _law(thing) if thing.kind in _LAW else _standard(thing)
    return [_given(about), breadcrumbs([*crumbs, (thing.label, thing.ref)])]


def _common(thing: Thing, kind: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": thing.iri,
        "url": thing.iri,
        "identifier": thing.ref,
        "name": thing.label,
        "alternateName": [thing.label_en, *thing.names],
        "abstract": thing.summary,
        "inLanguage": "th",
    }


def _law(thing: Thing) -> dict[str, Any]:
    return _common(thing, "Legislation") | {
        "legislationIdentifier": thing.ref,
        "legislationType": _LAW[thing.kind],
        "legislationJurisdiction": "TH",
        "legislationDate": thing.published,
        "legislationDateVersion": thing.in_force_from,
        "legislationLegalForce": "https://schema.org/"
        + _FORCE.get(state_on(thing, date.today()), "NotInForce"),
        "isPartOf": ontology.iri(thing.part_of.ref) if thing.part_of else "",
        "text": thing.official_text,
    }


def _standard(thing: Thing) -> dict[str, Any]:
    return _common(thing, "CreativeWork") | {
        "creativeWorkStatus": thing.status or "",
        "version": thing.number,
        "datePublished": announced_on(thing),
        "publisher": (
            {
                "@type": "GovernmentOrganization",
                "@id": ontology.iri(thing.publisher.ref),
                "name": thing.publisher.label,
            }
            if thing.publisher
            else ""
        ),
        "isBasedOn": [ontology.iri(link.ref) for link in thing.implements],
    }


def of_node(iri: str, kind: str, names: tuple[str, str], rows: list[Row]) -> list[dict[str, Any]]:
    """Return a concept, scheme, organisation or other node as schema.org.

    :param names: label in Thai and English.
    """
    types = {"concept": "DefinedTerm", "scheme": "DefinedTermSet",
             "organisation": "GovernmentOrganization"}  # fmt: skip
    about = {
        "@context": "https://schema.org",
        "@type": types.get(kind, "CreativeWork"),
        "@id": iri,
        "url": iri,
        "name": names[0],
        "alternateName": names[1] if names[1] != names[0] else "",
        "description": next(
            (v.text for row in rows if row.en in ("definition", "note") for v in row.values), ""
        ),
    }
    if kind == "concept":
        scheme = iri.removeprefix(ontology.CONCEPT).partition("/")[0]
        about["inDefinedTermSet"] = ontology.CONCEPT + scheme
        about["termCode"] = iri.rpartition("/")[2]
    return [_given(about)]


def breadcrumbs(path: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the way to a page, label and ref of each step."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": label, "item": ontology.iri(ref)}
            for place, (label, ref) in enumerate(path, 1)
        ],
    }


def _given(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ("", [], None)}
