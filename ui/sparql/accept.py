"""Which form of a result a client wants: ``Accept`` (RFC 9110, section 12.5.1) or ``format=``."""

from typing import Final, NamedTuple

from graph.limits import LimitError
from ui.media_ranges import MediaRange, media_ranges


class Form(NamedTuple):
    """A form of a result: its name for the engine, and the media type it is sent as."""

    name: str
    media: str


_ROWS: Final = (
    Form("json", "application/sparql-results+json"),
    Form("xml", "application/sparql-results+xml"),
    Form("csv", "text/csv"),
    Form("tsv", "text/tab-separated-values"),
    Form("json", "application/json"),
    Form("xml", "application/xml"),
    Form("xml", "text/xml"),
)
_TRIPLES: Final = (
    Form("ttl", "text/turtle"),
    Form("nt", "application/n-triples"),
    Form("jsonld", "application/ld+json"),
    Form("xml", "application/rdf+xml"),
    Form("trig", "application/trig"),
    Form("nq", "application/n-quads"),
    Form("jsonld", "application/json"),
    Form("xml", "application/xml"),
    Form("xml", "text/xml"),
    Form("nt", "text/plain"),
)
_NAMES: Final = {
    "turtle": "ttl", "ntriples": "nt", "n-triples": "nt", "json-ld": "jsonld", "rdf": "xml",
    "rdfxml": "xml", "rdf+xml": "xml", "nquads": "nq", "n-quads": "nq", "srj": "json",
    "srx": "xml",
}  # fmt: skip
ROWS: Final = "rows"
TRIPLES: Final = "triples"
_OFFERED: Final = {ROWS: _ROWS, TRIPLES: _TRIPLES}
_PAGE: Final = Form("html", "text/html")
_MOST: Final = 100


def offered(kind: str) -> tuple[Form, ...]:
    """Return the forms of a kind of result, the one preferred first.

    :param kind: :data:`ROWS` or :data:`TRIPLES`.
    """
    return _OFFERED[kind]


def wanted_form(kind: str, accept: str, name: str | None = None, page: bool = False) -> Form:
    """Return the form to send.

    :param name: the parameter ``format``: a short name or a media type; it goes before ``accept``.
    :param page: whether HTML is offered too.
    :raises LimitError: 406, nothing that is offered will do.

    >>> wanted_form(ROWS, "text/csv;q=0.5, application/sparql-results+xml").name
    'xml'
    """
    forms = (*_OFFERED[kind], _PAGE) if page else _OFFERED[kind]
    if name is not None:
        short = name.strip().lower()
        for form in forms:
            if _NAMES.get(short, short) in (form.name, form.media):
                return form
        raise _none_of(forms)
    ranges = media_ranges(accept, _MOST)
    if not ranges:
        return forms[0]
    rated = [
        (rate, -place, form) for place, form in enumerate(forms) if (rate := _rate(form, ranges))
    ]
    if not rated:
        raise _none_of(forms)
    return max(rated, key=lambda each: each[:2])[2]


def _rate(form: Form, ranges: list[MediaRange]) -> tuple[float, int, int] | None:
    """Return quality, closeness and order of the range closest to a form; none if unwanted."""
    whole = form.media.partition("/")[0] + "/*"
    closest: tuple[int, float, int] | None = None
    for place, (media, rate) in enumerate(ranges):
        close = 3 if media == form.media else 2 if media == whole else 1 if media == "*/*" else 0
        if close and (closest is None or close > closest[0]):
            closest = (close, rate, -place)
    if closest is None or not closest[1]:
        return None
    return closest[1], closest[0], closest[2]


def _none_of(forms: tuple[Form, ...]) -> LimitError:
    known = ", ".join(dict.fromkeys(form.media for form in forms))
    return LimitError(
        406,
        f"ผลของคำสั่งนี้ไม่มีรูปแบบที่ขอ เลือกได้: {known}",
        f"this query's result has none of the forms asked for; offered: {known}",
    )
