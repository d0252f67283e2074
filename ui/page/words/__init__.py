"""Every word of the interface in Thai and English, a module for each tab.

A module holds ``WORDS``: a key, which begins with the tab's name, and its Thai and English text.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from ui.page.words import asking, browse, calculator, checking, frame, guide, query

MODULES: Final = (frame, asking, guide, browse, checking, calculator, query)
LANGUAGES: Final = ("th", "en")
Say = Callable[..., str]

WORDS: Final[dict[str, tuple[str, str]]] = {
    key: texts for module in MODULES for key, texts in module.WORDS.items()
}


def words(language: str) -> Say:
    """Return what gives the text of a key in a language, its blanks filled.

    >>> words("th")("ask.go"), words("en")("ask.go")
    ('ถาม', 'Ask')
    """
    return partial(_text, LANGUAGES.index(language))


def _text(place: int, key: str, **values: object) -> str:
    return WORDS[key][place].format(**values)
