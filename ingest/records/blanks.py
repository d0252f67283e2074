"""Characters that show as nothing at the ends of a cell."""

from typing import Final

BLANKS: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680"
    + "".join(map(chr, range(0x2000, 0x2010)))
    + "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u3000\ufeff"
)
"""White space, no-break and zero-width characters, marks of direction."""


def strip(text: str) -> str:
    r"""Return a text without blanks at its ends.

    >>> strip("\u200b 12\xa0")
    '12'
    """
    return text.strip(BLANKS)
