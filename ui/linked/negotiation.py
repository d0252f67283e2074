"""Which representation a request is for: by the ending of its path, or by ``Accept``."""

from typing import Final

from graph.errors import MattraError
from graph.export import FORMATS
from ui.media_ranges import media_ranges

HTML: Final = "html"
MEDIA: Final = {HTML: "text/html", **{form: media for form, (_, media) in FORMATS.items()}}
"""Media type of each representation, by the ending that names it in a path."""
_MOST: Final = 50
_ALSO: Final = {
    "application/xhtml+xml": HTML, "application/json": "jsonld", "application/x-turtle": "ttl",
    "text/rdf+n3": "ttl", "text/n3": "ttl", "text/plain": "nt", "application/xml": "rdf",
    "text/xml": "rdf",
}  # fmt: skip
"""Other media types under which clients ask for the same."""


class NotAcceptableError(MattraError):
    """The client takes none of the media types that there are."""

    title = "not acceptable"
    status = 406


def negotiate(accept: str, default: str = HTML) -> str:
    """Return the representation that an ``Accept`` header prefers.

    Of types wanted equally the one named first wins; a type named outright beats a wildcard.

    :param default: the representation for a client that does not care; browsers do, by name.
    :raises NotAcceptableError: it wants none of what there is.

    >>> negotiate("text/turtle"), negotiate("*/*"), negotiate("")
    ('ttl', 'html', 'html')
    >>> negotiate("*/*", "ttl"), negotiate("text/html,*/*;q=0.8", "ttl")
    ('ttl', 'html')
    >>> negotiate("text/html;q=0.5, application/ld+json")
    'jsonld'
    >>> negotiate("text/*;q=0.1, application/rdf+xml;q=0.9")
    'rdf'
    """
    ranges = media_ranges(accept, _MOST)
    if not ranges:
        return default
    offers = {MEDIA[default]: default, **{media: form for form, media in MEDIA.items()}, **_ALSO}
    best: tuple[float, int, int] | None = None
    chosen = default
    for order, (media, form) in enumerate(offers.items()):
        exact = [i for i, r in enumerate(ranges) if r.media == media]
        wide = [i for i, r in enumerate(ranges) if r.media == media.partition("/")[0] + "/*"]
        every = [i for i, r in enumerate(ranges) if r.media == "*/*"]
        match = next(iter([*exact, *wide, *every]), None)
        if match is None or ranges[match].quality <= 0:
            continue
        # A wildcard's place is its own: the offers under it come in our order.
        rank = (ranges[match].quality, -match, -order)
        if best is None or rank > best:
            best, chosen = rank, form
    if best is None:
        offered = ", ".join(MEDIA.values())
        raise NotAcceptableError(
            f"ไม่มีรูปแบบที่ขอ มีให้: {offered}", f"none of the types asked for; there are {offered}"
        )
    return chosen


def wants_page(accept: str) -> bool:
    """Tell whether an error should be a page: the client names HTML itself, as browsers do.

    >>> wants_page("text/html,*/*;q=0.8"), wants_page("*/*")
    (True, False)
    """
    return any(
        r.media in ("text/html", "application/xhtml+xml") for r in media_ranges(accept, _MOST)
    )


def split_ending(path: str) -> tuple[str, str | None]:
    """Return a document's ref and the representation that its ending names, if any.

    >>> split_ending("pdpa-2562/37(4).ttl"), split_ending("pdpa-2562/37")
    (('pdpa-2562/37(4)', 'ttl'), ('pdpa-2562/37', None))
    """
    ref, dot, ending = path.rpartition(".")
    return (ref, ending) if dot and ending in MEDIA else (path, None)
