"""The media ranges of an ``Accept`` header (RFC 9110, section 12.5.1), for all that negotiate."""

from typing import NamedTuple


class MediaRange(NamedTuple):
    """A media type, or ``text/*`` or ``*/*``, in lower case, and how much it is wanted, 0 to 1."""

    media: str
    quality: float


def media_ranges(accept: str, most: int) -> list[MediaRange]:
    """Return the ranges in the order of the header; what cannot be read is left out.

    :param most: pieces of the header that are looked at.

    >>> media_ranges("text/Turtle;q=0.5, */*, nonsense, a/b;q=2", 50)
    [MediaRange(media='text/turtle', quality=0.5), MediaRange(media='*/*', quality=1.0)]
    """
    found = []
    for piece in accept.split(",")[:most]:
        media, *parameters = (part.strip().lower() for part in piece.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            number = float(quality)
        except ValueError:
            continue
        if "/" in media and 0 <= number <= 1:
            found.append(MediaRange(media, number))
    return found
